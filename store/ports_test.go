package store_test

import (
	"zgoda/consent"
	"zgoda/mail/imap"
	"zgoda/mail/outbox"
	"zgoda/store"
	"zgoda/ui"
)

// One database fits every room. The assertions stand here because the store
// itself may import none of those rooms.
var (
	_ consent.Ledger = (*store.DB)(nil)
	_ imap.Mirror    = (*store.DB)(nil)
	_ outbox.Store   = (*store.DB)(nil)
	_ ui.Inbox       = (*store.DB)(nil)
	_ ui.People      = (*store.DB)(nil)
	_ ui.Outbox      = (*store.DB)(nil)
)
