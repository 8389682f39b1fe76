package consent

import "fmt"

// Purpose is what one consent is for. Each is asked, given and withdrawn alone
// (GDPR Art. 7(4), rec. 43; law.md L4, L7.4).
type Purpose string

// The purposes.
const (
	MarketingEmail Purpose = "marketing_email"
	TrackOpen      Purpose = "track_open"   // that, when and how often a mail was opened
	TrackClick     Purpose = "track_click"  // the same of its links
	TrackDevice    Purpose = "track_device" // country, mail client and system family
)

// Purposes is every purpose, in the order in which badges are shown.
func Purposes() []Purpose { return []Purpose{MarketingEmail, TrackOpen, TrackClick, TrackDevice} }

// ParsePurpose knows the four names and nothing else.
func ParsePurpose(s string) (Purpose, error) {
	for _, p := range Purposes() {
		if string(p) == s {
			return p, nil
		}
	}
	return "", fmt.Errorf("unknown purpose %q", s)
}

// Letter is the purpose's badge: M, O, C or D.
func (p Purpose) Letter() string {
	switch p {
	case MarketingEmail:
		return "M"
	case TrackOpen:
		return "O"
	case TrackClick:
		return "C"
	case TrackDevice:
		return "D"
	}
	return "?"
}

// Title says the purpose in words for a screen.
func (p Purpose) Title() string {
	switch p {
	case MarketingEmail:
		return "marketing e-mail"
	case TrackOpen:
		return "open tracking"
	case TrackClick:
		return "click tracking"
	case TrackDevice:
		return "device and country"
	}
	return "unknown purpose"
}

// Tracking reports whether the purpose learns something about the person that
// they did not tell us.
func (p Purpose) Tracking() bool { return p == TrackOpen || p == TrackClick || p == TrackDevice }

// State is where one purpose of one person stands. Only Granted opens anything.
type State string

// The six states. Never asked is not refused. Expired is a predicate over time
// and never an event (law.md E, consent-systems G11).
const (
	NeverAsked State = "never asked"
	Asked      State = "asked"
	Granted    State = "granted"
	Refused    State = "refused"
	Withdrawn  State = "withdrawn"
	Expired    State = "expired"
)
