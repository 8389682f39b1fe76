package mime

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// maxLinks bounds the foot-notes of one mail.
const maxLinks = 300

// footnotes numbers the links of a text, each target once.
type footnotes struct {
	targets []string
	numbers map[string]int
}

// number is the foot-note of a target, 0 when there is no room for more.
func (f *footnotes) number(target string) int {
	if n, ok := f.numbers[target]; ok {
		return n
	}
	if len(f.targets) >= maxLinks {
		return 0
	}
	if f.numbers == nil {
		f.numbers = map[string]int{}
	}
	f.targets = append(f.targets, target)
	f.numbers[target] = len(f.targets)
	return len(f.targets)
}

// string is the list that goes below the text.
func (f *footnotes) string() string {
	var b strings.Builder
	for i, target := range f.targets {
		fmt.Fprintf(&b, "[%d] %s\n", i+1, target)
	}
	return b.String()
}

// target is where a link leads, in the form a reader can judge: host and path,
// or an address. What is neither (javascript:, data:, anchors) gives "".
func target(href string) string {
	href = strings.TrimSpace(href)
	scheme, rest, ok := strings.Cut(href, ":")
	if !ok {
		return ""
	}
	switch strings.ToLower(scheme) {
	case "mailto", "tel", "sms":
		rest, _, _ = strings.Cut(rest, "?")
		return clip(Safe(string(unpercent(rest))), 200)
	case "http", "https", "ftp":
	default:
		return ""
	}
	u, err := url.Parse(href)
	if err != nil || u.Host == "" {
		return hostOfBroken(rest)
	}
	path := strings.TrimSuffix(u.EscapedPath(), "/")
	return clip(hostForms(u.Hostname())+port(u)+Safe(path)+more(u), 300)
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return ":" + p
	}
	return ""
}

// more says that an address goes on behind its path.
func more(u *url.URL) string {
	if u.RawQuery != "" {
		return "?…"
	}
	return ""
}

// hostOfBroken is what can be said of an address that does not parse.
func hostOfBroken(rest string) string {
	rest = strings.TrimLeft(rest, `/\`)
	host := rest[:strings.IndexFunc(rest+"/", func(r rune) bool { return strings.ContainsRune(`/\?# `, r) })]
	if i := strings.LastIndexByte(host, '@'); i >= 0 {
		host = host[i+1:]
	}
	return clip(Safe(host), 200)
}

// hostForms is a host as written, and its other spelling when it has one, so
// that a look-alike domain is seen.
func hostForms(host string) string {
	host = Safe(strings.ToLower(host))
	if other := otherForm(host); other != "" {
		return host + " (" + other + ")"
	}
	return host
}

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

// sameAs reports whether the text of a link already says its whole target.
func sameAs(text, href, target string) bool {
	text = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(text), "/"))
	href = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(href), "/"))
	return text == strings.ToLower(target) || text == href || "http://"+text == href || "https://"+text == href
}
