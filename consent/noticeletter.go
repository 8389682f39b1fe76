package consent

import (
	"fmt"
	"strings"
	"time"
)

// NoticeLetter computes a mail that gives the whole information of Art. 13 and
// 14 and nothing else: no offer, no question, no word that a rep wrote but where
// the data came from. It is for leads who may not be written to otherwise, and
// it is what mail.DutyNotice lets through, to the letter. A missing fact stays
// visible as "{{name}}", which the gate refuses. language is as for [Duties].
func NoticeLetter(controller Controller, lead Lead, language string) (subject, text string) {
	var subjects, texts []string
	for _, w := range wordings(language) {
		d := dutyWordsOf(w)
		subjects = append(subjects, d.noticeSubject)
		texts = append(texts, noticeText(w, d, controller, lead))
	}
	return strings.Join(subjects, " / "), strings.Join(texts, "\n") // each ends with a line break
}

func noticeText(w wording, d dutyWords, c Controller, lead Lead) string {
	var gaps []string
	n := notice{w: w, controller: c, lead: lead, gaps: &gaps}
	contact := n.need("privacy_contact", c.Contact)
	return letterText(
		d.hello,
		d.noticeWhy,
		fmt.Sprintf(d.controller, n.need("company_name", c.Name), n.need("company_address", c.Postal), contact),
		fmt.Sprintf(w.source, n.need("source", phrase(lead.Source)), n.obtained(), n.public()),
		d.purpose,
		d.categories,
		d.recipients,
		fmt.Sprintf(w.retention, n.need("retention", w.period(c.Retention))),
		fmt.Sprintf(d.rights, contact),
		d.automated+" "+fmt.Sprintf(w.policy, n.need("privacy_policy", c.PolicyURL)),
		w.objection,
		w.tracking[Tracking{}],
	)
}

func letterText(all ...string) string {
	var kept []string
	for _, p := range all {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n\n") + "\n"
}

// RequestAnswer drafts the answer to a rights request from what is on file. A
// person reads it before it goes: it says what was done, and that must be so.
func RequestAnswer(request Request, history History, controller Controller, language string) (subject, text string) {
	var subjects, texts []string
	for _, w := range wordings(language) {
		a := answer{w: w, d: dutyWordsOf(w), request: request, history: history, controller: controller}
		subjects = append(subjects, a.d.subject[request.Right])
		texts = append(texts, a.write())
	}
	return strings.Join(subjects, " / "), strings.Join(texts, "\n")
}

// AccessAnswer drafts the answer to "what do you have about me?" (Art. 15): what
// is kept, why, from where, how long, who received it, the rights, and who
// tracks them (S9).
func AccessAnswer(history History, controller Controller, language string) (subject, text string) {
	return RequestAnswer(Request{Person: history.Lead.ID, Right: RightAccess}, history, controller, language)
}

// answer writes the answer to one request in one language.
type answer struct {
	w          wording
	d          dutyWords
	request    Request
	history    History
	controller Controller
}

func (a answer) write() string {
	lines := []string{a.d.hello}
	if !a.request.Received.IsZero() {
		lines = append(lines, fmt.Sprintf(a.d.asked, a.date(a.request.Received)))
	}
	lines = append(lines, a.d.does[a.request.Right])
	switch a.request.Right {
	case RightAccess, RightCopy:
		lines = append(lines, a.kept(), a.d.mails, a.agreed(), a.whence(), a.given(), a.tracking(), a.d.automated)
	case RightRectify, RightPortability:
		lines = append(lines, a.kept(), a.given())
	case RightErase, RightRestrict:
		lines = append(lines, a.given())
	case RightWhoTracks:
		lines = append(lines, a.tracking())
	}
	return letterText(append(lines, a.company())...)
}

func (a answer) date(t time.Time) string { return t.UTC().Format(a.w.date) }

// kept lists the facts of the lead card, one a line. An empty one is left out.
func (a answer) kept() string {
	l, lines := a.history.Lead, []string{a.d.kept}
	facts := [8]string{l.Call(), l.Address.Email, l.Company, l.Role, l.Country, l.Language, l.Reason, l.Note}
	for i, fact := range facts {
		if fact = phrase(fact); fact != "" {
			lines = append(lines, a.d.facts[i]+": "+fact)
		}
	}
	return strings.Join(lines, "\n")
}

// whence is source, purpose and term, as the notice says them.
func (a answer) whence() string {
	if !a.history.Lead.IsLead() {
		return a.d.nowhere
	}
	n := notice{w: a.w, controller: a.controller, lead: a.history.Lead, gaps: new([]string)}
	return strings.Join([]string{
		fmt.Sprintf(a.w.source, n.need("source", phrase(n.lead.Source)), n.obtained(), n.public()),
		a.d.purpose,
		fmt.Sprintf(a.w.retention, n.need("retention", a.w.period(a.controller.Retention))),
	}, " ")
}

// given names who received the data (Art. 15(1)(c), 19).
func (a answer) given() string {
	lines := []string{a.d.given}
	for _, e := range a.history.Events {
		if e.Kind == KindDisclosed && e.Person == a.history.Lead.ID {
			lines = append(lines, phrase(e.Evidence)+" ("+a.date(e.At)+")")
		}
	}
	if len(lines) == 1 {
		return a.d.nobody
	}
	return strings.Join(lines, "\n")
}

// now is the moment of the last entry.
func (a answer) now() time.Time {
	var now time.Time
	for _, e := range a.history.Events {
		now = later(now, later(e.At, e.RecordedAt))
	}
	return now
}

// agreed says that they agreed to more mail, when that stands.
func (a answer) agreed() string {
	state := fold(a.history, a.now())
	if state.states[MarketingEmail] != Granted {
		return ""
	}
	return fmt.Sprintf(a.d.agreed, a.date(state.grant.At))
}

// tracking says who tracks them, and since when; of a consent that ended, when
// it ended. It reads the ledger as of its last entry, and names the end of what
// will end, so that it is true on whatever day it is read.
func (a answer) tracking() string {
	in, state := folding{history: a.history, now: a.now(), corrected: correctedIn(a.history.Events)}, fold(a.history, a.now())
	var now, ended []string
	for _, p := range []Purpose{TrackOpen, TrackClick, TrackDevice} {
		if state.states[p] == Granted {
			_, grant, _ := in.purpose(p)
			line := fmt.Sprintf(a.d.tracks[p], a.date(grant.At))
			if !grant.ValidUntil.IsZero() {
				line += fmt.Sprintf(a.d.until, a.date(grant.ValidUntil))
			}
			now = append(now, line+a.d.stopTracks)
		} else if once, end := in.once(p); once {
			ended = append(ended, fmt.Sprintf(a.d.tracksEnded[p], a.date(end)))
		}
	}
	if len(now) == 0 {
		now = []string{a.d.tracks[""]}
	}
	return strings.Join(append(now, ended...), " ")
}

// once reports whether p was ever granted though it is not now, and when that ended.
func (in folding) once(p Purpose) (granted bool, end time.Time) {
	for _, e := range in.history.Events {
		if e.Kind == KindGranted && e.Purpose == p && in.good(e) {
			granted = true
			end = later(end, e.ValidUntil)
		}
	}
	if noes := in.noes(p); granted && noes.any && (end.IsZero() || noes.at.Before(end)) {
		end = noes.at
	}
	return granted && !end.IsZero(), end
}

func correctedIn(events []Event) map[int64]bool {
	corrected := make(map[int64]bool)
	for _, e := range events {
		if e.Kind == KindCorrected {
			corrected[e.Corrects] = true
		}
	}
	return corrected
}

// company is who answers, and where to go on from here (Art. 12(4), 15(1)(e), (f)).
func (a answer) company() string {
	n := notice{w: a.w, controller: a.controller, gaps: new([]string)}
	return strings.Join([]string{
		fmt.Sprintf(a.d.controller, n.need("company_name", a.controller.Name), n.need("company_address", a.controller.Postal),
			n.need("privacy_contact", a.controller.Contact)),
		fmt.Sprintf(a.d.rights, n.need("privacy_contact", a.controller.Contact)),
		fmt.Sprintf(a.w.policy, n.need("privacy_policy", a.controller.PolicyURL)),
	}, " ")
}
