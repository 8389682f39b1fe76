package consent

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"zgoda/mail"
)

// Stopping is how surely a mail asks us to write no more.
type Stopping string

// The degrees. A clear one acts by itself; a doubtful one holds every mail until
// the rep has said what was meant.
const (
	StopNone     Stopping = ""
	StopDoubtful Stopping = "doubtful"
	StopClear    Stopping = "clear"
)

// Intent is what a mail's own words ask for, as package intent reads them.
type Intent struct {
	Stop         Stopping
	StopTracking bool    // end the tracking; it says nothing of further mail
	Withdraw     bool    // a consent is taken back in so many words
	Rights       []Right // in the order of Rights
	Found        string  // the words that asked first, folded, for the evidence; "" when nothing is asked
	Own          string  // their own words, without what they quote, folded by [Plain]
}

// Asks reports whether the words ask for anything at all.
func (i Intent) Asks() bool {
	return i.Stop != StopNone || i.StopTracking || i.Withdraw || len(i.Rights) > 0
}

// Heard is one mail of theirs, with what is known of it.
type Heard struct {
	ID     mail.MessageID
	Placed bool      // it has no Message-ID, and ID is its place on the server
	At     time.Time // when it reached us
	Kind   mail.Kind // only a personal mail says anything (law.md M4)
	Intent Intent
	Auth   mail.Authentication
	Raw    string // SHA-256 of the raw mail in hex, "" when it was not kept
}

// AnswerLife is how long a question by mail waits for its answer.
const AnswerLife = 60 * 24 * time.Hour

// answerSkew is how much earlier than its question an answer may seem: the
// server's clock is not ours.
const answerSkew = 10 * time.Minute

// zgodaActs is the actor of what no person recorded.
const zgodaActs = "zgoda"

// Hear decides what one mail of theirs changes. It is total and pure, and hearing
// a mail twice changes nothing.
//
// A no needs nothing but its words, from any sender address at any alignment
// (L21.2): it acts at once. A yes needs a question that waits, the shown sentence
// or its code in the person's own words, and the proof that the mail came from
// them (G12); with any of it missing a person decides, and nothing is granted.
func Hear(history History, heard Heard, now time.Time) Hearing {
	if heard.Kind != mail.Personal || heard.At.IsZero() || history.Lead.ID == 0 {
		return Hearing{}
	}
	h := hearing{history: history, heard: heard, now: now, at: earlier(heard.At, now)}
	if h.settled() {
		return Hearing{}
	}
	if h.past() {
		return h.ofOld()
	}
	h.noes()
	h.rights()
	h.answer()
	return h.out
}

// hearing is one mail while it is being heard.
type hearing struct {
	history History
	heard   Heard
	now, at time.Time
	out     Hearing
}

// settled reports whether a person read the mail already and said what it means.
func (h *hearing) settled() bool {
	return h.heard.ID != "" && slices.ContainsFunc(h.history.Events, func(e Event) bool {
		return e.Message == h.heard.ID && e.Kind == KindRead
	})
}

// past reports whether the mail is older than our work with the person and was
// overtaken: they wrote again since, or we answered. What it asked was asked of
// somebody else's inbox, and an answer now would be years late.
func (h *hearing) past() bool {
	if !h.at.Before(h.history.Lead.Since) {
		return false
	}
	return h.answered() || slices.ContainsFunc(h.history.Inbound, func(in Inbound) bool {
		return in.ID != h.heard.ID && in.At.After(h.heard.At)
	})
}

func (h *hearing) answered() bool { return h.history.LastOutbound.After(h.heard.At) }

// ofOld makes no entry. What nobody answered is shown to the rep.
func (h *hearing) ofOld() Hearing {
	if h.heard.Intent.Asks() && !h.answered() {
		h.out.Doubt = fmt.Sprintf("Their mail of %s is older than your work with them and asks for something.", day(h.at))
	}
	return h.out
}

// noes hears what closes. None of it needs proof of the sender.
func (h *hearing) noes() {
	intent := h.heard.Intent
	switch intent.Stop {
	case StopClear:
		h.record(h.event(KindObjected, ""))
	case StopDoubtful:
		h.out.Doubt = fmt.Sprintf("Their mail of %s may ask you to stop.", day(h.at))
	}
	if intent.Withdraw {
		h.record(h.event(KindWithdrawn, MarketingEmail))
	}
	if intent.StopTracking {
		for _, p := range Purposes() {
			if p.Tracking() {
				h.record(h.event(KindWithdrawn, p))
			}
		}
	}
}

// rights opens a case for each right that is asked for; the clock starts when
// the mail reached us (Art. 12(3); law.md D2).
func (h *hearing) rights() {
	for _, right := range h.heard.Intent.Rights {
		e := h.event(KindRequested, "")
		e.Right = right
		h.record(e)
	}
}

// event is an entry that names the mail as its proof.
func (h *hearing) event(kind Kind, purpose Purpose) Event {
	e := Event{
		Person: h.history.Lead.ID, Kind: kind, Purpose: purpose, Method: ByEmail, Message: h.heard.ID, At: h.at,
		Actor: zgodaActs, Evidence: "their own mail",
	}
	if h.heard.Intent.Found != "" {
		e.Evidence = fmt.Sprintf("their own mail says %q", h.heard.Intent.Found)
	}
	if h.heard.Auth.By != "" {
		e.Auth = h.heard.Auth.String()
	}
	return e
}

// record takes an entry up unless the ledger holds it already.
func (h *hearing) record(e Event) {
	known := slices.ContainsFunc(h.history.Events, func(k Event) bool {
		return e.Message != "" && k.Message == e.Message && k.Kind == e.Kind && k.Purpose == e.Purpose && k.Right == e.Right
	})
	if !known {
		h.out.Events = append(h.out.Events, e)
	}
}

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

// settles reports whether an entry that names a mail says what that mail meant.
// A case that zgoda opened by itself says nothing of a stop in the same mail,
// nor does the end of tracking.
func (e Event) settles() bool {
	switch e.Kind {
	case KindAsked, KindRequested, KindExtended, KindAnswered:
		return false
	case KindWithdrawn:
		return e.Actor != zgodaActs || !e.Purpose.Tracking()
	}
	return e.Message != ""
}

// unheard is the mail of theirs that seems to ask us to stop, or that only a person
// can judge, and of which the ledger says nothing yet; false when there is none. An
// entry that says what the mail means settles it (see settles), and so does a later consent.
func (f folded) unheard(history History) (Inbound, bool) {
	for _, in := range history.Inbound {
		if (in.Stop || in.Doubt != "") && !f.heard[in.ID] && !(f.states[MarketingEmail] == Granted && f.grant.At.After(in.At)) {
			return in, true
		}
	}
	return Inbound{}, false
}
