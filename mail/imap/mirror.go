package imap

import (
	"context"

	"zgoda/mail"
)

// Mirror is our side of a mailbox, as the syncer needs it. Every method is one
// transaction, and every one may be repeated without harm: a sync that was cut
// anywhere is simply run again.
type Mirror interface {
	// Mailbox finds or makes our record of a folder.
	Mailbox(ctx context.Context, account, name string, role mail.Role) (mail.Mailbox, error)
	// SaveBatch stores messages (envelopes, or whole) together with box's cursor
	// (LowUID, HighUID, Complete, SyncedAt). A message whose UID is known is
	// updated, never doubled.
	SaveBatch(ctx context.Context, box mail.Mailbox, batch []mail.Fetched) error
	// Reset takes the places of all messages in box away because the server's
	// UIDVALIDITY is now validity, and gives the fresh record back. Messages found
	// again by Message-ID keep their bodies; the rest go when the sync completes.
	Reset(ctx context.Context, box mail.Mailbox, validity uint32) (mail.Mailbox, error)
	// Known is the UIDs and flags that we hold, ascending.
	Known(ctx context.Context, box mail.Mailbox) ([]mail.FlagChange, error)
	// Expunged forgets messages that the server no longer has.
	Expunged(ctx context.Context, box mail.Mailbox, uids []uint32) error
	// SetFlags takes the server's flags over, except a \Seen that we still owe it.
	SetFlags(ctx context.Context, box mail.Mailbox, changes []mail.FlagChange) error
	// Wanted is the UIDs of leads' messages whose bodies are missing, newest first.
	Wanted(ctx context.Context, box mail.Mailbox, limit int) ([]uint32, error)
	// SaveBodies completes envelopes.
	SaveBodies(ctx context.Context, box mail.Mailbox, whole []mail.Fetched) error
	// OwedSeen is the UIDs that were read here and not yet marked \Seen there.
	OwedSeen(ctx context.Context, box mail.Mailbox) ([]uint32, error)
	// SeenPushed says that the server has them now.
	SeenPushed(ctx context.Context, box mail.Mailbox, uids []uint32) error
}
