package mime

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"zgoda/mail"
)

// The words of mail.Tracker.What.
const (
	pixel       = "pixel"
	remoteImage = "remote image"
	redirect    = "redirect link"
)

// trackers collects what a mail would load or lead through, each address once.
type trackers struct {
	list []mail.Tracker
	seen map[string]bool
}

func (t *trackers) add(u *url.URL, what string) {
	key := what + " " + u.Host + u.Path + "?" + u.RawQuery
	if len(t.list) >= maxTrackers || t.seen[key] {
		return
	}
	if t.seen == nil {
		t.seen = map[string]bool{}
	}
	t.seen[key] = true
	t.list = append(t.list, mail.Tracker{Host: clip(Safe(strings.ToLower(u.Hostname())), 253), What: what})
}

// resource notes an address that a mail program would load by itself.
func (t *trackers) resource(address, what string) {
	if u := remote(address); u != nil {
		t.add(u, what)
	}
}

// link notes an address that counts the click before it leads on.
func (t *trackers) link(href string) {
	if u := remote(href); u != nil && (counter(u.Hostname()) || leadsOn(u)) {
		t.add(u, redirect)
	}
}

// remote parses an address that lies on another machine, else nil.
func remote(address string) *url.URL {
	address = strings.TrimSpace(address)
	if strings.HasPrefix(address, "//") {
		address = "https:" + address
	}
	if len(address) < 8 || !strings.EqualFold(address[:4], "http") {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || !strings.EqualFold(u.Scheme, "http") && !strings.EqualFold(u.Scheme, "https") {
		return nil
	}
	return u
}

// counters is a few of the hosts whose only work is to count clicks. The full
// file of signatures belongs to consent/audit.
var counters = []string{
	"list-manage.com", "ct.sendgrid.net", "hubspotlinks.com", "awstrack.me", "exct.net", "mailtrack.io",
	"mandrillapp.com", "rs6.net", "klclick.com", "mlsend.com", "sendibt3.com", "yesware.com",
}

func counter(host string) bool {
	host = strings.ToLower(host)
	for _, known := range counters {
		if host == known || strings.HasSuffix(host, "."+known) {
			return true
		}
	}
	return false
}

// leadsOn reports whether a parameter holds another host's address. Filters of
// the receiver's own side, which rewrite links to check them, do not count.
func leadsOn(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	if strings.HasSuffix(host, "safelinks.protection.outlook.com") || strings.HasSuffix(host, "urldefense.com") ||
		strings.HasSuffix(host, "urldefense.proofpoint.com") || len(u.RawQuery) > 8<<10 {
		return false
	}
	for name, values := range u.Query() {
		switch strings.ToLower(name) {
		case "url", "u", "q", "r", "to", "go", "goto", "link", "target", "dest", "destination", "redirect",
			"redirect_url", "redirect_to", "redir", "next", "href":
		default:
			continue
		}
		for _, value := range values {
			if to := remote(value); to != nil && !strings.EqualFold(to.Hostname(), host) {
				return true
			}
		}
	}
	return false
}

// image judges an <img>: one that cannot be seen is a pixel (law.md T6; one
// thin side alone is a divider).
func (t *trackers) image(at attributes, hidden bool) {
	what := remoteImage
	width, height := side(at, "width"), side(at, "height")
	if hidden || at.hidden() || width == 0 || height == 0 || width >= 0 && width <= 1 && height >= 0 && height <= 1 {
		what = pixel
	}
	for _, address := range append(srcset(at["srcset"]), at["src"], at["lowsrc"], at["data-src"]) {
		t.resource(address, what)
	}
}

var styleSide = map[string]*regexp.Regexp{
	"width":  regexp.MustCompile(`(?i)(?:^|[;\s])(?:max-)?width\s*:\s*([\d.]+)(?:px|pt)?\s*(?:!important)?\s*(?:;|$)`),
	"height": regexp.MustCompile(`(?i)(?:^|[;\s])(?:max-)?height\s*:\s*([\d.]+)(?:px|pt)?\s*(?:!important)?\s*(?:;|$)`),
}

// side is the length of a side in pixels, -1 when it is not said.
func side(at attributes, name string) float64 {
	text := at[name]
	if found := styleSide[name].FindStringSubmatch(at["style"]); found != nil {
		text = found[1]
	}
	n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(text), "px"), 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

func srcset(value string) []string {
	var list []string
	for item := range strings.SplitSeq(value, ",") {
		if words := strings.Fields(item); len(words) > 0 && len(list) < 10 {
			list = append(list, words[0])
		}
	}
	return list
}

var cssURL = regexp.MustCompile(`(?i)(?:url\(\s*|@import\s+)["']?((?:https?:)?//[^"')\s;]+)`)

// css notes what a style would load.
func (t *trackers) css(style string) {
	for _, found := range cssURL.FindAllStringSubmatch(style, maxTrackers) {
		t.resource(found[1], remoteImage)
	}
}
