package consent

import (
	"testing"
	"time"
)

// TestG24_ClosingSaysAllFourParts: whatever closes a person for all mail says the
// rule, the reason, the source and the way, and it is what the gate says too.
func TestG24_ClosingSaysAllFourParts(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for _, s := range []Standing{{Objected: true}, {Suppressed: true}, {Restricted: true}, {Held: Inbound{ID: "a@b", At: now}}, {Stale: true}} {
		check, closed := s.Closing()
		if !closed || check.OK || check.Rule == "" || check.Reason == "" || check.Source == "" || check.Way == "" {
			t.Errorf("%+v: %+v", s, check)
		}
	}
	if check, closed := (Standing{}).Closing(); closed {
		t.Errorf("nothing closes, but %+v", check)
	}
	if c := NotALead(); c.OK || c.Rule == "" || c.Reason == "" || c.Source == "" || c.Way == "" {
		t.Errorf("%+v", c)
	}
}
