package consent

import "time"

// DecideSend answers whether letter may go to the person of history now. It is
// total and pure: the same four values give the same verdict.
func DecideSend(history History, letter Letter, controller Controller, now time.Time) Verdict {
	return Verdict{Person: letter.Person, Act: ActSend, At: now, Seq: history.Head}
}

// DecideTrack answers whether purpose may be used for the person of history now.
func DecideTrack(history History, purpose Purpose, now time.Time) Verdict {
	return Verdict{Person: history.Lead.ID, At: now, Seq: history.Head}
}

// Stand folds a history into what the badges show now.
func Stand(history History, controller Controller, now time.Time) Standing {
	return Standing{}
}

// Validate checks an event before it may enter the ledger.
func (e Event) Validate(now time.Time) error { return ErrBadKind }
