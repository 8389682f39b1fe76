package consent

import "time"

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
