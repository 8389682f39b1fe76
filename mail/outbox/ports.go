package outbox

import (
	"context"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/compose"
)

// Store is the durable side of the outbox. Each method is one transaction with
// synchronous=FULL: when it returned nil, it is on the disk.
type Store interface {
	// Recover is called at start, before the first Claim, and again after an error
	// of the store, while nothing is being handed over. A row in Sending
	// whose sealed bytes were stored becomes Unknown (zgoda ended before the
	// answer); one without goes back to Queued, for nothing was handed over.
	Recover(ctx context.Context) error
	// Claim takes the next due row from Queued to Sending and counts the attempt;
	// false when none is due.
	Claim(ctx context.Context) (mail.Outgoing, bool, error)
	// Sealing stores the bytes that are about to be handed over.
	Sealing(ctx context.Context, id mail.DraftID, raw []byte) error
	// Settle ends an attempt: out.State is Sent, Unknown, Failed, Refused, or
	// Queued with a later DueAt for another try. Sent also writes what the mail did
	// to the person's rights (notice given, consent asked for), and what the store
	// itself knows to follow (a request answered),
	// in the same transaction.
	Settle(ctx context.Context, out mail.Outgoing, events ...consent.Event) error
	// NextDue is when the earliest Queued row is due; false when there is none.
	NextDue(ctx context.Context) (time.Time, bool, error)
	// Copies are the mails whose Sent copy is still to be saved, oldest first.
	Copies(ctx context.Context) ([]mail.SentCopy, error)
	// CopyDone says that the Sent mailbox holds it; the stored bytes are dropped.
	CopyDone(ctx context.Context, id mail.DraftID) error
}

// Gate answers at the last moment; *consent.Gate is one.
type Gate interface {
	MaySend(ctx context.Context, letter consent.Letter) (consent.SendPermit, error)
	MayTrack(ctx context.Context, person mail.PersonID, purpose consent.Purpose) (consent.TrackPermit, error)
}

// Submitter is the door out; *smtp.Client is one. still is asked once more when
// the connection stands and before DATA; its error ends the attempt with
// nothing handed over and is returned as it is.
type Submitter interface {
	Submit(ctx context.Context, sealed compose.Sealed, still func(context.Context) error) error
}

// SentBox saves a copy to the Sent mailbox; *imap.Client is one. It looks for
// the Message-ID first, for some servers save by themselves.
type SentBox interface {
	SaveSent(ctx context.Context, copy mail.SentCopy) error
}
