package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"zgoda/consent"
	"zgoda/mail"
)

// marks are what a person can be recognised by in the mails and notes of others.
type marks struct {
	keys      []string // address keys, the person's own first
	addresses []string // the same as people write them
	names     []string // full names as people write them: "Ewa Żółć", "EWA ŻÓŁĆ", "ewa zolc"
}

const sqlAliasesOf = `SELECT address_key FROM aliases WHERE person = $1 ORDER BY address_key`

func (t *tx) marks(ctx context.Context, lead consent.Lead) (marks, error) {
	aliases, err := list[string](ctx, t, sqlAliasesOf, lead.ID)
	if err != nil {
		return marks{}, fmt.Errorf("read the addresses of a person: %w", err)
	}
	return marksOf(lead, aliases), nil
}

func marksOf(lead consent.Lead, aliases []string) marks {
	m := marks{keys: []string{lead.Address.Key()}}
	for _, key := range aliases {
		m.keys = addNew(m.keys, key)
	}
	for _, key := range m.keys {
		m.addresses = addNew(m.addresses, key)
		local, domain, _ := strings.Cut(key, "@")
		if shown, err := idna.ToUnicode(domain); err == nil {
			m.addresses = addNew(m.addresses, local+"@"+shown)
		}
	}
	m.addresses = addNew(m.addresses, lead.Address.Email)
	for _, name := range []string{lead.Name, lead.Address.Name} {
		words := strings.Fields(name)
		if len(words) < 2 || strings.Contains(name, "@") {
			continue // one word is half the country's
		}
		whole := strings.Join(words, " ")
		for _, form := range []string{whole, strings.ToLower(whole), strings.ToUpper(whole), fold(whole), titled(fold(whole))} {
			m.names = addNew(m.names, form)
		}
	}
	return m
}

func addNew(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// titled is each part with a capital, as somebody without our letters types a name.
func titled(s string) string {
	start := true
	return strings.Map(func(r rune) rune {
		if start {
			r = unicode.ToUpper(r)
		}
		start = r == ' ' || r == '-'
		return r
	}, s)
}

// hashes are the suppression hashes of all addresses.
func (m marks) hashes(db *DB) []string {
	hashes := make([]string, len(m.keys))
	for i, key := range m.keys {
		hashes[i] = db.hashKey(key)
	}
	return hashes
}

// of reports whether an address is the person's.
func (m marks) of(a mail.Address) bool { return !a.IsZero() && slices.Contains(m.keys, a.Key()) }

func (m marks) in(text string) bool { return m.inBytes([]byte(text)) }

// inBytes reports whether a text names the person by an address, in any case, or
// by a full name. It looks at a gigabyte in about a second: addresses are found
// by their "@", of which a text has few.
func (m marks) inBytes(text []byte) bool {
	for _, name := range m.names {
		if bytes.Contains(text, []byte(name)) {
			return true
		}
	}
	for rest, base := text, 0; ; {
		i := bytes.IndexByte(rest, '@')
		if i < 0 {
			return false
		}
		for _, address := range m.addresses {
			local := strings.LastIndexByte(address, '@')
			from := base + i - local
			if from >= 0 && from+len(address) <= len(text) && bytes.EqualFold(text[from:from+len(address)], []byte(address)) {
				return true
			}
		}
		base += i + 1
		rest = rest[i+1:]
	}
}
