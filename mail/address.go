package mail

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// ErrBadAddress is returned for text that is not one mail address: it has no
// "@", an empty side, a control character, or more than one address in it.
var ErrBadAddress = errors.New("not a mail address")

// PersonID names a person in the store. The ledger knows people by it alone,
// so that erasure can empty the person and leave the ledger whole. Zero is nobody.
type PersonID int64

// Address is one mailbox of RFC 5322 section 3.4, parsed. Email is as written
// (trimmed, NFC); Name is display text and may be empty. The zero Address is
// nobody, see [Address.IsZero].
type Address struct {
	Name  string
	Email string
}

// ParseAddress reads exactly one address, with or without a display name
// ("Ewa Żółć <ewa@firma.pl>" or "ewa@firma.pl"). Anything else is ErrBadAddress.
// It reads what people type; headers of foreign mail are read in mail/mime.
func ParseAddress(s string) (Address, error) {
	s = strings.TrimSpace(s)
	open := strings.LastIndexByte(s, '<')
	if open < 0 {
		return NewAddress("", s)
	}
	if !strings.HasSuffix(s, ">") {
		return Address{}, fmt.Errorf("%w: no closing bracket", ErrBadAddress)
	}
	name := strings.Trim(strings.TrimSpace(s[:open]), `"`)
	if strings.ContainsAny(name, "<>@") {
		return Address{}, fmt.Errorf("%w: more than one address", ErrBadAddress)
	}
	return NewAddress(name, s[open+1:len(s)-1])
}

// NewAddress checks a name and an address that were already taken apart.
func NewAddress(name, email string) (Address, error) {
	email = norm.NFC.String(strings.TrimSpace(email))
	local, domain, ok := cutLast(email, '@')
	if !ok || local == "" || domain == "" || strings.Contains(local, "@") || len(email) > 254 {
		return Address{}, ErrBadAddress
	}
	if strings.ContainsFunc(email, func(r rune) bool { return isControl(r) || strings.ContainsRune(" <>,;", r) }) {
		return Address{}, ErrBadAddress
	}
	if strings.ContainsFunc(name, isControl) {
		return Address{}, fmt.Errorf("%w: control character in the name", ErrBadAddress)
	}
	return Address{Name: strings.TrimSpace(name), Email: email}, nil
}

// IsZero reports whether a is nobody.
func (a Address) IsZero() bool { return a.Email == "" }

// Domain is the part after the last "@", lower case, as written.
func (a Address) Domain() string {
	_, domain, _ := cutLast(a.Email, '@')
	return strings.ToLower(domain)
}

// Key is the form in which two spellings of one address are equal: NFC, lower
// case, the domain as IDNA A-label (law.md D4). It is what lookups, suppression
// and the one-recipient rule compare.
func (a Address) Key() string {
	local, domain, ok := cutLast(norm.NFC.String(strings.TrimSpace(a.Email)), '@')
	if !ok {
		return strings.ToLower(a.Email)
	}
	if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
		domain = ascii
	}
	return strings.ToLower(local) + "@" + strings.ToLower(domain)
}

// roleLocals are local parts that name a function and not a person.
var roleLocals = map[string]bool{
	"info": true, "biuro": true, "kontakt": true, "contact": true, "office": true, "sekretariat": true,
	"sales": true, "handlowy": true, "support": true, "pomoc": true, "hello": true, "admin": true,
	"marketing": true, "firma": true, "zakupy": true, "kancelaria": true, "recepcja": true,
	"no-reply": true, "noreply": true, "postmaster": true, "abuse": true, "mailer-daemon": true,
}

// IsRole reports whether the address names a function (info@, biuro@) and not
// a person; law.md section 2 has a column of its own for those.
func (a Address) IsRole() bool {
	local, _, _ := cutLast(a.Email, '@')
	return roleLocals[strings.ToLower(local)]
}

// Label is what a screen shows for the address: its name, else the address.
func (a Address) Label() string {
	if a.Name != "" {
		return a.Name
	}
	return a.Email
}

func cutLast(s string, sep byte) (before, after string, found bool) {
	i := strings.LastIndexByte(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

func isControl(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }
