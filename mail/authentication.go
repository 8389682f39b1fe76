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
	From   string // the domain in the mail's one From field, lower case, A-labels
	// Aligned says that Domain and From are of one organisation (RFC 7489 section 3.1).
	Aligned bool
}

// Proves reports whether the mail is proven to come from the domain of address:
// DMARC passed for it, or a valid DKIM signature of that very domain or of its
// organisation. A mail whose From is of another domain proves nothing of this one.
func (a Authentication) Proves(address Address) bool {
	domain := address.Key()
	domain = domain[strings.LastIndexByte(domain, '@')+1:]
	switch {
	case a.By == "" || domain == "" || a.From != domain:
		return false
	case a.DMARC != "" && a.DMARC != "pass" && a.DMARC != "none":
		return false // the host that looked found something wrong
	case a.DMARC == "pass":
		return true
	}
	return a.DKIM == "pass" && (a.Domain == domain || a.Aligned)
}

// String is the verdict in one line, for a ledger entry.
func (a Authentication) String() string {
	if a.By == "" {
		return "not authenticated"
	}
	parts := []string{"by " + a.By}
	for _, p := range []struct{ name, value string }{{"dkim", a.DKIM}, {"spf", a.SPF}, {"dmarc", a.DMARC}, {"domain", a.Domain}, {"from", a.From}} {
		if p.value != "" {
			parts = append(parts, p.name+"="+p.value)
		}
	}
	if a.Aligned {
		parts = append(parts, "aligned")
	}
	return strings.Join(parts, " ")
}
