package mime

import (
	"strings"

	"golang.org/x/net/idna"
)

// otherForm is the other spelling of an internationalised domain: the A-label
// of a Unicode one, the Unicode of an A-label. It is "" for a plain domain.
func otherForm(domain string) string {
	ascii, err := idna.ToASCII(domain)
	if err != nil || !strings.Contains(ascii, "xn--") {
		return ""
	}
	if ascii != domain {
		return Safe(ascii)
	}
	wide, err := idna.ToUnicode(domain)
	if err != nil || wide == domain {
		return ""
	}
	return Safe(wide)
}
