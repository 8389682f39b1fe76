package consent

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// answer hears a yes.
func (h *hearing) answer() {
	granted := false
	for _, q := range h.pending() {
		if !h.says(q) || granted && h.hasGrant(q.Purpose) {
			continue
		}
		h.out.Keep = true
		if why := h.unsure(q); why != "" {
			h.out.Doubt = cmp.Or(h.out.Doubt, why)
			continue
		}
		e := h.event(KindGranted, q.Purpose)
		e.Wording, e.Language, e.Version, e.Raw = q.Wording, q.Language, q.Version, h.heard.Raw
		e.Evidence = fmt.Sprintf("their own mail answers our question of %s", day(q.At))
		if q.Code != "" && h.hasCode(q.Code) {
			e.Evidence += " with its code " + q.Code
		}
		h.record(e)
		granted = true
	}
}

func (h *hearing) hasGrant(p Purpose) bool {
	return slices.ContainsFunc(h.out.Events, func(e Event) bool { return e.Kind == KindGranted && e.Purpose == p })
}

// pending is the questions that wait for an answer of this mail, the newest first.
func (h *hearing) pending() []Event {
	var waiting []Event
	for _, e := range h.history.Events {
		age := h.heard.At.Sub(e.At)
		if e.Kind == KindAsked && e.Person == h.history.Lead.ID && age >= -answerSkew && age <= AnswerLife && !blank(e.Wording) && !h.closed(e) {
			waiting = append(waiting, e)
		}
	}
	slices.Reverse(waiting)
	return waiting
}

// closed reports whether a question waits no more: it was taken back, its purpose
// was granted since, by whatever mail or hand, or a no came after it.
func (h *hearing) closed(asked Event) bool {
	in := folding{history: h.history, now: h.now}
	for _, e := range h.history.Events {
		switch {
		case e.Kind == KindCorrected && e.Corrects == asked.Seq:
			return true
		case e.Kind == KindGranted && e.Purpose == asked.Purpose && e.Seq > asked.Seq:
			return true
		case in.no(e, asked.Purpose) && (e.Seq > asked.Seq || !happened(e, h.now).Before(asked.At)):
			return true
		}
	}
	return false
}

// says reports whether the mail's own words hold the sentence or its code.
func (h *hearing) says(asked Event) bool {
	sentence := plain(phrase(asked.Wording))
	return sentence != "" && strings.Contains(h.heard.Intent.Own, sentence) || asked.Code != "" && h.hasCode(asked.Code)
}

func (h *hearing) hasCode(code string) bool {
	return slices.Contains(codesIn(h.heard.Intent.Own), foldCode(code))
}

// unsure is why words that look like a yes are not taken for one, "" when they are.
func (h *hearing) unsure(asked Event) string {
	switch {
	case h.heard.Intent.Stop != StopNone || h.heard.Intent.Withdraw || asked.Purpose.Tracking() && h.heard.Intent.StopTracking:
		return fmt.Sprintf("Their mail of %s agrees and also asks to stop.", day(h.at))
	case h.hedged(asked):
		return fmt.Sprintf("Their mail of %s holds the words of consent to %s beside others that may deny or bound them.", day(h.at), asked.Purpose.Title())
	case h.heard.ID == "" || h.heard.Placed:
		return fmt.Sprintf("Their mail of %s agrees, but it has no Message-ID that a proof could name.", day(h.at))
	case !h.heard.Auth.Proves(h.history.Lead.Address):
		return fmt.Sprintf("Their mail of %s agrees to %s, but it is not proven that it came from them.", day(h.at), asked.Purpose.Title())
	}
	return ""
}

// hedges are words that can turn a yes around or bound it, in three languages,
// folded. Every one of them beside the sentence leaves the yes to a person.
var hedges = regexp.MustCompile(`\?|\b(no|not|never|cannot|\w+n't|dont|if|unless|only|but|except|until|refuse|disagree|` +
	`nie|nigdy|ale|tylko|jesli|jezeli|gdyby|czy|oprocz|chyba|dopoki|odmawiam|` +
	`nein|nicht|nie|niemals|kein\w*|aber|nur|wenn|falls|ob|sofern|ausser|solange|verweigere)\b`)

// hedged looks at the own words without the sentences and codes that were shown.
func (h *hearing) hedged(asked Event) bool {
	rest := h.heard.Intent.Own
	for _, e := range h.history.Events {
		if e.Kind == KindAsked && !blank(e.Wording) {
			rest = strings.ReplaceAll(rest, plain(phrase(e.Wording)), " ")
		}
	}
	return hedges.MatchString(rest)
}
