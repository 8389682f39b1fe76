package compose

import (
	"errors"
	"reflect"
	"time"

	"zgoda/consent"
	"zgoda/consent/link"
	"zgoda/mail"
)

// The reasons for which a draft is not sealed, beside consent.ErrNoPermit and
// consent.ErrStalePermit. They name no person.
var (
	// ErrOtherLetter: the draft changed after the gate judged it, or goes to
	// another address than the permit's.
	ErrOtherLetter = errors.New("the draft is not the letter that the permit was issued for: ask the gate again")
	// ErrTracking: the draft wishes tracking and Seal was called.
	ErrTracking = errors.New("the draft wishes tracking: it needs the permits for it")
	// ErrOtherPerson: a tracking permit is of somebody else.
	ErrOtherPerson = errors.New("the tracking permit is for another person")
	// ErrNoLinks: tracking is wished and permitted, but no portal is configured.
	ErrNoLinks = errors.New("tracking needs the address of the portal, and none is configured")
	// ErrBadField: a line break or control character where it could end a
	// header field (law.md M3), or text that is not UTF-8.
	ErrBadField = errors.New("a control character where none may be")
	// ErrBadID: no Message-ID, one that cannot stand in a header, or one that
	// tells whom the mail is for (law.md M7).
	ErrBadID = errors.New("the Message-ID is missing or cannot be used")
)

// Sealed is a mail ready to leave: exactly one recipient, bytes that nobody
// can change. Only Seal and SealTracked make one; the zero Sealed has no bytes
// and is refused at the door.
type Sealed struct {
	from, to mail.Address
	id       mail.MessageID
	utf8     bool
	raw      []byte
}

// Sender is who the mail is from.
type Sender struct {
	From mail.Address
	Now  time.Time
	// Links spells the addresses of the portal; nil when none is configured.
	Links *link.Book
	// Plain are addresses that are never led through the click counter, such as
	// the privacy policy. Links that speak of stopping or of privacy are never
	// led through it either, named here or not.
	Plain []string
}

// Seal builds the mail of draft for the recipient of permit. The draft must be
// the letter that the permit was issued for, and may wish no tracking.
func Seal(permit consent.SendPermit, draft mail.Draft, sender Sender) (Sealed, error) {
	to, err := recipient(permit, draft, sender.Now)
	if err != nil {
		return Sealed{}, err
	}
	if draft.TrackOpens || draft.TrackClicks {
		return Sealed{}, ErrTracking
	}
	return build(to, draft, sender, tracks{})
}

// SealTracked is Seal with tracking: each wish of the draft needs the permit of
// its purpose, for the same person.
func SealTracked(permit consent.SendPermit, track []consent.TrackPermit, draft mail.Draft, sender Sender) (Sealed, error) {
	to, err := recipient(permit, draft, sender.Now)
	if err != nil {
		return Sealed{}, err
	}
	t, err := wishes(permit, track, draft, sender)
	if err != nil {
		return Sealed{}, err
	}
	return build(to, draft, sender, t)
}

// recipient uses the permit. The address of the envelope and of the To field
// is the permit's, never the draft's.
func recipient(permit consent.SendPermit, draft mail.Draft, now time.Time) (mail.Address, error) {
	to, letter, err := permit.Use(now)
	if err != nil {
		return mail.Address{}, err
	}
	if !reflect.DeepEqual(letter, consent.LetterOf(draft)) || draft.Person != permit.Person() ||
		len(letter.To) != 1 || letter.To[0].Key() != to.Key() {
		return mail.Address{}, ErrOtherLetter
	}
	if to.Name == "" {
		to.Name = draft.To.Name
	}
	return to, nil
}

// From is the envelope sender, its domain as an A-label.
func (s Sealed) From() mail.Address { return s.from }

// To is the one envelope recipient, as the permit names it, its domain as an A-label.
func (s Sealed) To() mail.Address { return s.to }

// ID is the Message-ID.
func (s Sealed) ID() mail.MessageID { return s.id }

// NeedsSMTPUTF8 says that an address has letters beyond ASCII before its "@",
// so that only a server that offers SMTPUTF8 can take the mail (RFC 6531).
func (s Sealed) NeedsSMTPUTF8() bool { return s.utf8 }

// Bytes is a copy of the mail as it goes over the wire: CRLF lines, no dot-stuffing.
func (s Sealed) Bytes() []byte { return append([]byte(nil), s.raw...) }
