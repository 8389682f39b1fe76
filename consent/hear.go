package consent

import (
	"fmt"
	"slices"
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
