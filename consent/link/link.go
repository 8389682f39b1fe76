// Package link spells the signed addresses of the portal. A tracking address
// cannot be spelled without a permit for it.
//
// The way through it:
//
//  1. [New] checks where the portal lives and the key.
//  2. [Book.Pixel] and [Book.Click] open the permit, then spell the address.
//  3. token.go: the one opaque word in an address, and what it is made of.
package link

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// The reasons for which a book cannot be made or an address not be spelled.
var (
	ErrBadBase   = errors.New("the portal's address must be https, or http on this machine, with neither query nor user")
	ErrShortKey  = errors.New("the portal's key is shorter than 32 bytes")
	ErrBadTarget = errors.New("the link to count is not a whole web address")
	ErrNoMessage = errors.New("the mail has no Message-ID yet")
)

// MinKey is the least length of a key in octets.
const MinKey = 32

// Book is where the portal lives and the key its tokens are signed with.
type Book struct {
	base string
	key  []byte
}

// New makes a book for a base address (https, or http on loopback) and a key
// of at least MinKey bytes. It gives ErrBadBase or ErrShortKey.
func New(base string, key []byte) (*Book, error) {
	if len(key) < MinKey {
		return nil, ErrShortKey
	}
	u, err := url.Parse(base)
	if err != nil {
		return nil, ErrBadBase // the cause quotes the address, which may hold a secret
	}
	local := u.Scheme == "http" && loopback(u.Hostname())
	if u.Scheme != "https" && !local || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.ForceQuery ||
		u.Fragment != "" || u.Opaque != "" || strings.ContainsFunc(base, odd) {
		return nil, ErrBadBase
	}
	return &Book{base: strings.TrimRight(u.String(), "/"), key: slices.Clone(key)}, nil
}

// odd reports a character that has no place in a base address: it would have to
// be escaped somewhere, in a mail or in HTML, and one place would forget it.
func odd(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("-._~:/[]%", r)
}

// loopback takes the literal forms only: a name that resolves to this machine
// today may resolve to another one tomorrow.
func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// Pixel is the address of the open pixel of one message. permit must be fresh
// and for TrackOpen, else consent.ErrNoPermit or ErrStalePermit.
func (b *Book) Pixel(permit consent.TrackPermit, id mail.MessageID, now time.Time) (string, error) {
	if err := b.open(permit, consent.TrackOpen, id, now); err != nil {
		return "", fmt.Errorf("spell the open pixel: %w", err)
	}
	return b.base + "/o/" + b.token(consent.TrackOpen, id, "") + ".gif", nil
}

// Click is the address that leads to target through the click counter. permit
// must be fresh and for TrackClick. target is a whole http or https address; it
// is not in the address itself, so that the portal is no open redirector (T3).
func (b *Book) Click(permit consent.TrackPermit, id mail.MessageID, target string, now time.Time) (string, error) {
	if err := b.open(permit, consent.TrackClick, id, now); err != nil {
		return "", fmt.Errorf("spell the counted link: %w", err)
	}
	if !web(target) {
		return "", fmt.Errorf("spell the counted link: %w", ErrBadTarget)
	}
	return b.base + "/r/" + b.token(consent.TrackClick, id, target), nil
}

// open takes the permit through its one door and checks what it is for.
func (b *Book) open(permit consent.TrackPermit, purpose consent.Purpose, id mail.MessageID, now time.Time) error {
	_, allowed, err := permit.Use(now)
	switch {
	case err != nil:
		return err
	case allowed != purpose:
		return consent.ErrNoPermit
	case b == nil || b.base == "":
		return ErrBadBase
	case len(b.key) < MinKey:
		return ErrShortKey
	case id == "":
		return ErrNoMessage
	}
	return nil
}

func web(target string) bool {
	u, err := url.Parse(target)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil
}
