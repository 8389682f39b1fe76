// Package compose turns a permit and a draft into the bytes of a mail. What it
// gives, a [Sealed], is the only thing that mail/smtp takes: without a permit
// there is nothing to send.
package compose

import (
	"time"

	"zgoda/consent"
	"zgoda/consent/link"
	"zgoda/mail"
)

// Sealed is a mail ready to leave: exactly one recipient, bytes that nobody
// can change. Only Seal and SealTracked make one; the zero Sealed has no bytes
// and is refused at the door.
type Sealed struct {
	from, to mail.Address
	id       mail.MessageID
	raw      []byte
}

// Sender is who the mail is from.
type Sender struct {
	From mail.Address
	Now  time.Time
	// Links spells the addresses of the portal; nil when none is configured.
	Links *link.Book
}

// Seal builds the mail of draft for the recipient of permit. The draft must be
// the letter that the permit was issued for, and may wish no tracking.
func Seal(permit consent.SendPermit, draft mail.Draft, sender Sender) (Sealed, error) {
	panic("to be written")
}

// SealTracked is Seal with tracking: each wish of the draft needs the permit of
// its purpose, for the same person.
func SealTracked(permit consent.SendPermit, track []consent.TrackPermit, draft mail.Draft, sender Sender) (Sealed, error) {
	panic("to be written")
}

// From is the envelope sender.
func (s Sealed) From() mail.Address { return s.from }

// To is the one envelope recipient, as the permit names it.
func (s Sealed) To() mail.Address { return s.to }

// ID is the Message-ID.
func (s Sealed) ID() mail.MessageID { return s.id }

// Bytes is a copy of the mail as it goes over the wire: CRLF lines, no dot-stuffing.
func (s Sealed) Bytes() []byte { return append([]byte(nil), s.raw...) }
