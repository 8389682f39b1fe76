// Package event holds the facts and the wishes of the screen. A fact is what
// has happened, in the past tense, with its error inside; it arrives as a
// tea.Msg. A wish is what a component asks of its parent; it is returned by
// Update and never sent.
package event

import (
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// Wish is what a component asks of its parent.
type Wish interface{ wish() }

// Facts that the world outside sends through the relay.
type (
	// StoreChanged says whose rows changed; nobody named means anybody's.
	StoreChanged struct {
		People []mail.PersonID
		Outbox bool
	}
	// SyncChanged is the newest state of the sync.
	SyncChanged struct{ Status mail.SyncStatus }
	// Ticked is the clock, once a second.
	Ticked struct{ Now time.Time }
)

// Answers to the screen's own questions. Seq is the question's number; an
// answer to an older question is dropped.
type (
	// RowsLoaded answers a query for rows.
	RowsLoaded struct {
		Seq   int
		Query consent.Query
		Page  consent.Page
		Err   error
	}
	// CountsLoaded answers for the tabs.
	CountsLoaded struct {
		Counts consent.Counts
		Err    error
	}
	// PersonLoaded answers for one person: the conversation and the card.
	PersonLoaded struct {
		Seq     int
		Person  mail.PersonID
		Entries []mail.Entry
		History consent.History
		// Tracking is the gate's answer for each purpose of tracking.
		Tracking map[consent.Purpose]consent.Verdict
		Err      error
	}
	// OutgoingLoaded answers for the outbox.
	OutgoingLoaded struct {
		Outgoing []mail.Outgoing
		Err      error
	}
)
