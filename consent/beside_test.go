package consent

import (
	"strings"
	"testing"
	"time"
)

// TestA3_TheReasonIsToldOnce keeps the notice from repeating what the rep's own
// words say, and from being silent where they do not.
func TestA3_TheReasonIsToldOnce(t *testing.T) {
	lead := Lead{
		ID: 1, Name: "Ewa Żółć", Source: "firma.example/team", ObtainedAt: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC),
		Reason: "You open a second studio in Cork in March and look for lighting.",
	}
	for _, language := range []string{"pl", "en", "de", ""} {
		duties := DutiesOn(BasisInterest, Controller{Name: "Firma", Offer: "lamps"}, lead, language, Tracking{})
		reason := "You open a second studio in Cork in March"
		if !strings.Contains(duties.Notice, reason) {
			t.Errorf("%q: the notice does not give the reason", language)
		}
		if got := duties.Beside("Hello, a word about light.").Notice; got != duties.Notice {
			t.Errorf("%q: the reason was taken from the notice of a mail that does not give it", language)
		}
		said := duties.Beside("Hello Ewa,\n\n" + lead.Reason + "\n")
		if strings.Contains(said.Notice, reason) {
			t.Errorf("%q: the reason is told twice", language)
		}
		if !strings.Contains(said.Notice, "firma.example/team") || said.Objection != duties.Objection {
			t.Errorf("%q: more than the reason was taken away: %s", language, said.Notice)
		}
	}
}
