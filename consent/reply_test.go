package consent

import (
	"strings"
	"testing"
)

// TestL13_Reply: a mail of theirs carries the answer to it, and only that.
func TestL13_Reply(t *testing.T) {
	c := company("PL")
	bare := func(h History) Letter {
		l := letterFor(h, c, BasisReply, Tracking{})
		l.Text = "Thank you, yes, we deliver to Cork."
		return l
	}
	first := func(l Letter) Letter { l.Text += "\n\nPrivacy policy: " + c.PolicyURL; return l }
	informed := event(1, KindNotice, "", ago(9))
	stop := event(2, KindWithdrawn, MarketingEmail, ago(3))
	for _, tc := range []struct {
		name    string
		history History
		change  func(Letter) Letter
		failed  string
	}{
		{"first answer with the policy", wrote(past("PL"), 1), first, ""},
		{"first answer without", wrote(past("PL"), 1), nil, "policy"},
		{"later answer", wrote(past("PL", informed), 1), nil, ""},
		{"a country nobody knows", wrote(past("", informed), 1), nil, ""},
		{"an answer to something else", wrote(past("PL", informed), 1), func(l Letter) Letter { l.InReplyTo = "x@y"; return l },
			"basis country reason agree object rights policy told subject"},
		{"last day", wrote(past("PL", informed), 180), nil, ""},
		{"too old", wrote(past("PL", informed), 181), nil, "basis country reason agree object rights policy told subject"},
		{"they said stop later", wrote(past("PL", informed, stop), 5), nil, "basis country agree object rights policy told reason subject"},
		{"they wrote again after stop", wrote(past("PL", informed, stop), 1), nil, ""},
		{"their mail is the stop", wrote(past("PL", informed, with(stop, func(e *Event) { e.Message = theirMail })), 1), nil,
			"basis country agree object rights policy told reason subject"},
		{"a refusal ends no conversation", wrote(past("PL", informed, event(2, KindRefused, MarketingEmail, ago(1))), 1), nil, ""},
		{"claims to record", wrote(past("PL", informed), 1), func(l Letter) Letter {
			l.Text += "\n\nWe record when and how often this message is opened."
			return l
		}, "told"},
	} {
		l := bare(tc.history)
		if tc.change != nil {
			l = tc.change(l)
		}
		v := DecideSend(tc.history, l, c, noon)
		want := strings.Fields(tc.failed)
		for _, key := range want {
			if check(v, key).OK {
				t.Errorf("%s: %s passed", tc.name, key)
			}
		}
		if got := strings.Fields(failedKeys(v)); len(got) != len(want) {
			t.Errorf("%s: failed %v, want %v", tc.name, got, want)
		}
	}
}

// TestL14_3_OverDueLocks everything but an answer, also a mail with the notice in it.
func TestL14_3_OverDueLocks(t *testing.T) {
	for basis, want := range map[Basis]bool{BasisInterest: false, BasisConsent: false, BasisSoft: false, BasisReply: true} {
		h, _, c := lawful("US", basis, "ewa@studio.example")
		if basis == BasisSoft {
			h.Lead.Country, c.Country = "DE", "DE"
		}
		fresh := DecideSend(h, letterFor(h, c, basis, Tracking{}), c, noon)
		h.Lead.ObtainedAt, h.Lead.Since = ago(31), ago(31)
		late := DecideSend(h, letterFor(h, c, basis, Tracking{}), c, noon)
		if !fresh.Allowed() || late.Allowed() != want {
			t.Errorf("%s: fresh %v (%s), over due %v (%s)", basis, fresh.Allowed(), failedKeys(fresh), late.Allowed(), failedKeys(late))
		}
		if !want && (failedKeys(late) != "notice-due" || check(late, "notice-due").Fix != FixNotice) {
			t.Errorf("%s: %s", basis, failedKeys(late))
		}
	}
}
