//go:build unix

package cli

import (
	"testing"

	"zgoda/consent"
)

// TestStoryOfficerMorning: a data-protection officer informs a lead who is over
// due, withdraws a consent in two keys, and erases somebody for good, all from
// the screen (L14.3, G47, S59, L17).
func TestStoryOfficerMorning(t *testing.T) {
	if testing.Short() {
		t.Skip("the story of a morning waits out a real undo hold: left out with -short")
	}
	r := sits(t)
	r.sees("up to date", "1 notice over due", "2 requests open", "Leads 20")
	r.informsWhoIsOverDue()
	r.withdrawsInTwoKeys()
	r.hearsStop()
	r.erasesForGood()
	r.leaves()
}

// informsWhoIsOverDue: the notice alone goes where no other mail may, and the
// case is closed when it was sent.
func (r *rep) informsWhoIsOverDue() {
	r.t.Helper()
	r.types("d")
	r.sees("Notices 5", "Séamus Ó Conghaile", "The time is over: no other mail may go to them.")
	r.types("n")
	r.sees("Information about your personal data", "computed from the lead card; nothing can be added", "✓ Nothing but the duty")
	r.types(ctrlS)
	r.sees("Sending to Séamus Ó Conghaile in")
	r.sees("Sent to Séamus Ó Conghaile", "Notices 4")
	r.noLonger("over due")
	r.types(esc)
	r.noLonger("Notices 4")
}

// withdrawsInTwoKeys: W, Enter; marketing takes tracking along.
func (r *rep) withdrawsInTwoKeys() {
	r.t.Helper()
	r.finds("priya", "priya.raman@tidewater-")
	r.sees("M✓ O✓ C· D·")
	r.types("W")
	r.sees("Priya Raman takes it back", "All", "tracking goes with it.", "⏎ records this")
	r.types(enter)
	r.sees("Recorded in the ledger.", consent.MarketingEmail.Letter()+"− O− C− D−")
	r.types(esc)
	r.noLonger("1 found")
}

// hearsStop: who was informed answers STOP, and that closes them by itself (L21.2).
func (r *rep) hearsStop() {
	r.t.Helper()
	r.finds("conghaile", "seamus@oconghaile")
	r.sees("STOP. Please do not write to me again.", "⊘ objected")
	r.types("c")
	r.sees("They objected, and an objection is absolute.")
	r.types(esc)
	r.noLonger("1 found")
}

// erasesForGood: one slip of a key erases nobody, the word does, and afterwards
// they are nowhere on the screen.
func (r *rep) erasesForGood() {
	r.t.Helper()
	r.finds("oliver", "oliver.bennett@harbourf")
	r.types("x")
	r.sees("Erase Oliver Bennett", "It cannot be undone")
	r.types(right, enter, "ERASE", enter)
	r.sees("Erased here.", "No mail of theirs is known to lie on the server.")
	r.noLonger("oliver.bennett")
	r.types(esc)
	r.noLonger("Erased here.")
	r.noLonger("Oliver")
	r.sees("Leads 19")
}
