package consent

import (
	"fmt"
	"slices"
	"strings"
)

// DutyText is what the law wants said in a mail, computed and never typed
// (law.md N1 to N4; G20). Templates put its parts in as {{notice}},
// {{objection}} and {{tracking}}. The objection is a paragraph of its own
// (Art. 21(4)); keep it one.
type DutyText struct {
	Notice    string
	Objection string
	Tracking  string
	// Gaps names each fact that is missing. In the text it stays visible as
	// "{{name}}", which the gate refuses; nothing is ever invented.
	Gaps []string

	reason  string
	reasons []string // the sentences of Notice that give it, one a language
}

// Tracking is which tracking a mail carries.
type Tracking struct{ Opens, Clicks bool }

// Duties computes the paragraphs for a mail to lead that rests on legitimate
// interest. language is "pl", "en" or "de"; of anything else it speaks English
// and Polish (N5).
func Duties(controller Controller, lead Lead, language string, tracking Tracking) DutyText {
	return DutiesOn(BasisInterest, controller, lead, language, tracking)
}

// DutiesOn is Duties for a mail that rests on basis: a notice that names another
// basis than the true one is refused. BasisNone is taken as legitimate interest.
func DutiesOn(basis Basis, controller Controller, lead Lead, language string, tracking Tracking) DutyText {
	if basis == BasisNone {
		basis = BasisInterest
	}
	text := DutyText{reason: phrase(lead.Reason)}
	var notices, objections, trackings []string
	for _, w := range wordings(language) {
		n := notice{w: w, basis: basis, controller: controller, lead: lead, gaps: &text.Gaps, reasons: &text.reasons}
		notices = append(notices, n.write())
		objections = append(objections, w.objection)
		trackings = append(trackings, w.tracking[tracking])
	}
	text.Notice = strings.Join(notices, "\n\n")
	text.Objection = strings.Join(objections, "\n\n")
	text.Tracking = strings.Join(trackings, "\n\n")
	return text
}

// notice writes the first layer of Art. 13 and 14 in one language.
type notice struct {
	w          wording
	basis      Basis
	controller Controller
	lead       Lead
	gaps       *[]string
	reasons    *[]string
}

func (n notice) write() string {
	w, c := n.w, n.controller
	sentences := append(w.labels(n.basis, n.lead, c), fmt.Sprintf(w.source, n.need("source", phrase(n.lead.Source)), n.obtained(), n.public()))
	if n.basis == BasisInterest || !blank(n.lead.Reason) {
		sentence := fmt.Sprintf(w.reason, n.need("reason", phrase(n.lead.Reason)))
		sentences = append(sentences, sentence)
		*n.reasons = append(*n.reasons, sentence)
	}
	sentences = append(sentences,
		fmt.Sprintf(w.keeps, n.need("company_name", c.Name), n.need("company_address", c.Postal), n.purpose()),
		w.goOn,
		fmt.Sprintf(w.retention, n.need("retention", w.period(c.Retention))),
		fmt.Sprintf(w.rights, n.need("privacy_contact", c.Contact)),
	)
	if n.basis != BasisConsent {
		sentences = append(sentences, fmt.Sprintf(w.agree, n.need("company_name", c.Name)))
	}
	sentences = append(sentences, fmt.Sprintf(w.policy, n.need("privacy_policy", c.PolicyURL)))
	return strings.Join(sentences, " ")
}

func (n notice) purpose() string {
	purpose := n.w.purpose[n.basis]
	if !strings.Contains(purpose, "%s") {
		return purpose
	}
	return fmt.Sprintf(purpose, n.need("offer", phrase(n.controller.offer(n.w.language))))
}

func (n notice) obtained() string {
	if n.lead.ObtainedAt.IsZero() {
		return n.need("source_date", "")
	}
	return n.lead.ObtainedAt.UTC().Format(n.w.date)
}

func (n notice) public() string {
	if n.lead.SourcePublic {
		return n.w.public
	}
	return n.w.private
}

// need gives value, or leaves a visible gap and names it.
func (n notice) need(name, value string) string {
	if !blank(value) {
		return strings.TrimSpace(value)
	}
	if !slices.Contains(*n.gaps, name) {
		*n.gaps = append(*n.gaps, name)
	}
	return "{{" + name + "}}"
}

// phrase makes a free text fit into a sentence: one line, no end mark.
func phrase(s string) string {
	return strings.TrimRight(strings.Join(strings.Fields(s), " "), ".!;, ")
}

// Beside is the duties of a mail whose own words are text: a reason that the
// rep gives there is not told a second time in the notice (A3 asks for it once).
func (d DutyText) Beside(text string) DutyText {
	if d.reason == "" || !readBody(text).has(d.reason) {
		return d
	}
	for _, sentence := range d.reasons {
		d.Notice = strings.Replace(d.Notice, sentence+" ", "", 1)
	}
	return d
}

// Mend puts into text what is missing of the duties: an old computed notice is
// replaced, what is not there is added at the end, before any quoted mail.
func (d DutyText) Mend(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	own, quoted := splitQuoted(lines)
	var kept []string
	for _, p := range paragraphs(own) {
		if !computedDuty(p) {
			kept = append(kept, p)
		}
	}
	d = d.Beside(strings.Join(kept, "\n\n"))
	for _, duty := range []string{d.Notice, d.Objection, d.Tracking} {
		if duty != "" {
			kept = append(kept, duty)
		}
	}
	mended := strings.Join(kept, "\n\n") + "\n"
	if len(quoted) > 0 {
		mended += "\n" + strings.Join(quoted, "\n")
	}
	return mended
}

// splitQuoted cuts a text before its first quoted line and the line that says
// who wrote it.
func splitQuoted(lines []string) (own, quoted []string) {
	at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, ">") })
	if at < 0 {
		return lines, nil
	}
	if at > 0 && strings.HasSuffix(strings.TrimSpace(lines[at-1]), ":") {
		at--
	}
	return lines[:at], lines[at:]
}

// computedDuty reports whether a paragraph is one that this file once wrote.
func computedDuty(paragraph string) bool {
	p := plain(paragraph)
	for _, w := range everyWording() {
		if rest, ok := w.opensLabelled(p); ok {
			p = rest
		}
		opening, _, _ := strings.Cut(w.source, "%s")
		if strings.HasPrefix(p, plain(opening)) || p == plain(w.objection) {
			return true
		}
		for _, sentence := range w.tracking {
			if p == plain(sentence) {
				return true
			}
		}
	}
	return false
}
