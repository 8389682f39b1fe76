package mail

import "strings"

// Authentication is what is known of who really sent a mail (RFC 8601, RFC 6376,
// RFC 7489). The zero value says that nothing is known.
type Authentication struct {
	By     string // authserv-id of the host whose word it is, or "dkim" when zgoda verified the signature itself
	DKIM   string // "pass", "fail", "none", …
	DMARC  string
	SPF    string
	Domain string // that signed, lower case
}

// Proves reports whether the mail is proven to come from the domain of address:
// DMARC passed for it, or a valid DKIM signature of that very domain or of the
// organisational domain above it.
func (a Authentication) Proves(address Address) bool {
	domain := strings.ToLower(address.Domain())
	if a.By == "" || domain == "" {
		return false
	}
	if a.DMARC == "fail" {
		return false
	}
	aligned := a.Domain == domain || a.Domain != "" && strings.Contains(a.Domain, ".") && strings.HasSuffix(domain, "."+a.Domain)
	return aligned && (a.DKIM == "pass" || a.DMARC == "pass")
}

// String is the verdict in one line, for a ledger entry.
func (a Authentication) String() string {
	if a.By == "" {
		return "not authenticated"
	}
	parts := []string{"by " + a.By}
	for _, p := range []struct{ name, value string }{{"dkim", a.DKIM}, {"spf", a.SPF}, {"dmarc", a.DMARC}, {"domain", a.Domain}} {
		if p.value != "" {
			parts = append(parts, p.name+"="+p.value)
		}
	}
	return strings.Join(parts, " ")
}
