package auth

import (
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// aligned reports whether two domains are of one organisation (RFC 7489 section
// 3.1, relaxed): the same registered name under a public suffix. A public suffix
// itself is nobody's.
func aligned(signed, from string) bool {
	a, errA := publicsuffix.EffectiveTLDPlusOne(signed)
	b, errB := publicsuffix.EffectiveTLDPlusOne(from)
	return errA == nil && errB == nil && a == b
}

// ascii is a domain as it is compared: lower case, A-labels, no dot at its end.
func ascii(domain string) string {
	domain = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(domain), "."))
	if name, err := idna.Lookup.ToASCII(domain); err == nil {
		return name
	}
	return domain
}
