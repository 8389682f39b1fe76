package consent

import (
	"errors"
	"time"
)

// Class is how long a person's data may be kept, and why (law.md D1).
type Class string

// The retention classes.
const (
	ClassNone       Class = ""            // not a lead: nothing but envelopes
	ClassUninformed Class = "un-notified" // one month, then notify or erase (L14.3)
	ClassCold       Class = "cold"        // no answer: a while after our last mail
	ClassDialogue   Class = "dialogue"    // a while after the last mail from the person; an open never counts
	ClassConsent    Class = "consent"     // they agreed: as long as that stands, then as dialogue
	ClassHeld       Class = "held"        // a legal hold: kept until it is lifted
)

// Periods is how long each class is kept. The configuration may shorten them.
type Periods struct {
	Cold     int // months after the last mail of ours, or after the data was obtained
	Dialogue int // months after the last mail of theirs
}

// DefaultPeriods are those of law.md D1.
func DefaultPeriods() Periods { return Periods{Cold: 6, Dialogue: 24} }

// The reasons for which periods cannot be used.
var (
	ErrLongCold     = errors.New("cold data is kept for 1 to 6 months")
	ErrLongDialogue = errors.New("a dialogue is kept for 1 to 24 months")
)

// Check refuses periods that are longer than the defaults, or no period at all:
// a company may keep for less time, never for more (law.md D1).
func (p Periods) Check() error {
	longest := DefaultPeriods()
	switch {
	case p.Cold < 1 || p.Cold > longest.Cold:
		return ErrLongCold
	case p.Dialogue < 1 || p.Dialogue > longest.Dialogue:
		return ErrLongDialogue
	}
	return nil
}

// LockedFor is how long a lead who was not informed in time stays locked before
// the purge erases them: within it a rep may still notify, and nothing else.
const LockedFor = 7 * 24 * time.Hour

// ceiling is how many months after the collection of the data, or the last word
// of the person, mails of ours may prolong anything (law.md D1, S95: the person's
// own contact counts, ours does not).
const ceiling = 36

// Retention is when a person's data must be gone.
type Retention struct {
	Class      Class
	EraseAfter time.Time // zero means not by itself
}

// DaysLeft is how many whole days are left at now, never below zero; ok is false when there is no end.
func (r Retention) DaysLeft(now time.Time) (days int, ok bool) {
	if r.EraseAfter.IsZero() {
		return 0, false
	}
	return max(0, int(r.EraseAfter.Sub(now).Hours()/24)), true
}

// RetentionOf is when the data of a person must be gone, and why (GDPR Art.
// 5(1)(e); law.md D1, L5e). Only the person's own words and mails prolong it, and
// for a while ours; what they opened or clicked is not in a History at all. A
// legal hold and a restriction win over everything. While a request of theirs is
// unanswered nothing goes by itself, except on a request for erasure.
func RetentionOf(history History, periods Periods, now time.Time) Retention {
	lead := history.Lead
	switch {
	case OnHold(history.Events, now), held(history.Events, KindRestricted, KindReleased, now):
		return Retention{Class: ClassHeld}
	case !lead.IsLead():
		return Retention{}
	}
	f := fold(history, now)
	if f.agrees() {
		return Retention{Class: ClassConsent}
	}
	r := Retention{Class: ClassCold}
	contact, from := lastContact(history, now), collected(lead)
	prolonged := earlier(sameDayLater(later(from, history.LastOutbound), periods.Cold), sameDayLater(later(from, contact), ceiling))
	switch {
	case !contact.IsZero():
		// Our answer gives the person as long to write back as a first mail does.
		r.Class, r.EraseAfter = ClassDialogue, later(sameDayLater(contact, periods.Dialogue), prolonged)
	case f.informed.IsZero():
		// Art. 14(3)(a). Of somebody who wrote to us the data is from themselves
		// (Art. 13), and no month ends it: the case above.
		r.Class, r.EraseAfter = ClassUninformed, earlier(from.Add(NoticeTerm), sameDayLater(from, 1)).Add(LockedFor)
	default:
		r.EraseAfter = prolonged
	}
	if owed(history.Events) {
		r.EraseAfter = time.Time{}
	}
	return r
}

// agrees reports whether any consent stands now.
func (f folded) agrees() bool {
	for _, p := range Purposes() {
		if f.states[p] == Granted {
			return true
		}
	}
	return false
}

// OnHold reports whether a legal hold keeps a person's data (Art. 17(3)(e)).
func OnHold(events []Event, now time.Time) bool { return held(events, KindHeld, KindUnheld, now) }

// held reports whether the last of two kinds that undo each other is the one that
// holds. At one moment the hold wins, and one of the future holds already.
func held(events []Event, hold, lift Kind, now time.Time) bool {
	var holds, lifts time.Time
	any := false
	for _, e := range events {
		at := happened(e, now)
		switch {
		case e.Kind == hold:
			any, holds = true, later(holds, at)
		case e.Kind == lift && !at.After(now):
			lifts = later(lifts, at)
		}
	}
	return any && !lifts.After(holds)
}

// lastContact is when the person last did something of their own will: wrote to
// us, agreed, or took that back. Zero is never. An agreement that ran out lasted
// until its end.
func lastContact(history History, now time.Time) time.Time {
	var last time.Time
	for _, in := range history.Inbound {
		last = later(last, in.At)
	}
	for _, e := range history.Events {
		if e.Person != history.Lead.ID || e.At.After(now) {
			continue
		}
		switch e.Kind {
		case KindGranted, KindSoftOptIn:
			if e.validateYes() != nil {
				continue
			}
			last = later(last, e.At)
			if !e.ValidUntil.After(now) {
				last = later(last, e.ValidUntil)
			}
		case KindWithdrawn:
			last = later(last, e.At)
		}
	}
	return last
}

// collected is since when a lead's data is kept; when that is not known, since
// the day on which they became one.
func collected(lead Lead) time.Time {
	if lead.ObtainedAt.IsZero() || lead.Since.Before(lead.ObtainedAt) {
		return lead.Since
	}
	return lead.ObtainedAt
}

// owed reports whether the answer to a request is still owed. Nobody who asks for
// erasure wants to be kept until they were answered.
func owed(events []Event) bool {
	answered := make(map[int64]bool)
	for _, e := range events {
		if e.Kind == KindAnswered && e.Message != "" {
			answered[e.Corrects] = true
		}
	}
	for _, e := range events {
		if e.Kind == KindRequested && e.Right != RightErase && !answered[e.Seq] {
			return true
		}
	}
	return false
}
