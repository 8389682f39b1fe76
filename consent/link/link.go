// Package link spells the signed addresses of the portal. A tracking address
// cannot be spelled without a permit for it.
package link

import (
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// Book is where the portal lives and the key its tokens are signed with.
type Book struct {
	base string
	key  []byte
}

// New makes a book for a base address (https, or http on loopback) and a key
// of at least 32 bytes.
func New(base string, key []byte) (*Book, error) { panic("to be written") }

// Pixel is the address of the open pixel of one message. permit must be fresh
// and for TrackOpen, else consent.ErrNoPermit or ErrStalePermit.
func (b *Book) Pixel(permit consent.TrackPermit, id mail.MessageID, now time.Time) (string, error) {
	panic("to be written")
}

// Click is the address that leads to target through the click counter. permit
// must be fresh and for TrackClick.
func (b *Book) Click(permit consent.TrackPermit, id mail.MessageID, target string, now time.Time) (string, error) {
	panic("to be written")
}
