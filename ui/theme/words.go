package theme

import (
	"strconv"

	"zgoda/consent"
)

// Event says in a few words what an entry of the ledger records: "agreed to
// open tracking", "asked for access", "rule overridden until 3 Feb".
func Event(e consent.Event) string {
	of := func(word string) string {
		if e.Purpose == "" {
			return word
		}
		return word + " · " + e.Purpose.Title()
	}
	switch e.Kind {
	case consent.KindAsked:
		return of("was asked")
	case consent.KindGranted:
		return of("agreed")
	case consent.KindRefused:
		return of("said no")
	case consent.KindWithdrawn:
		return of("took it back")
	case consent.KindObjected:
		return "objected to all mail"
	case consent.KindSoftOptIn:
		return "soft opt-in"
	case consent.KindNotice:
		return "was informed"
	case consent.KindCorrected:
		return "entry " + number(e.Corrects) + " corrected"
	case consent.KindRead:
		return "mail read: asks for nothing of the kind"
	case consent.KindMerged:
		return "another lead was the same person"
	}
	return eventOfRights(e)
}

func eventOfRights(e consent.Event) string {
	switch e.Kind {
	case consent.KindRequested:
		return "asked for: " + RightWord(e.Right)
	case consent.KindExtended:
		return "request " + number(e.Corrects) + " takes longer"
	case consent.KindAnswered:
		return "request " + number(e.Corrects) + " answered"
	case consent.KindRestricted:
		return "data restricted"
	case consent.KindReleased:
		return "restriction lifted"
	case consent.KindEvidence:
		return "seen: " + FactWord(e.Fact)
	case consent.KindOverride:
		return "country rule overridden"
	case consent.KindDisclosed:
		return "given to somebody else"
	case consent.KindHeld:
		return "legal hold"
	case consent.KindUnheld:
		return "legal hold lifted"
	}
	return string(e.Kind)
}

func number(seq int64) string { return "#" + strconv.FormatInt(seq, 10) }

// RightWord says a right in a few words, with its article.
func RightWord(r consent.Right) string {
	switch r {
	case consent.RightAccess:
		return "what is kept of them (Art. 15)"
	case consent.RightCopy:
		return "a copy of their data (Art. 15)"
	case consent.RightRectify:
		return "their data to be corrected (Art. 16)"
	case consent.RightErase:
		return "their data to be erased (Art. 17)"
	case consent.RightRestrict:
		return "their data to be restricted (Art. 18)"
	case consent.RightPortability:
		return "their data to take along (Art. 20)"
	case consent.RightObject:
		return "no more mail (Art. 21)"
	case consent.RightWhoTracks:
		return "who tracks them"
	}
	return string(r)
}

// FactWord says a fact of a country rule in a few words.
func FactWord(f consent.Fact) string {
	switch f {
	case consent.FactWork:
		return "the offer concerns their job"
	case consent.FactPublished:
		return "the address is published for such mail"
	case consent.FactNoRefusal:
		return "nothing near the address refuses mail"
	case consent.FactRegister:
		return "the refusal register"
	}
	return string(f)
}
