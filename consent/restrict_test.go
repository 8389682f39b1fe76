package consent

import (
	"testing"
	"time"
)

// TestL18_Restriction: nothing but the answer goes out, and nothing is tracked.
func TestL18_Restriction(t *testing.T) {
	agreed := []Event{event(1, KindGranted, MarketingEmail, ago(9)), event(2, KindGranted, TrackOpen, ago(9))}
	release := func(seq int64, days int) Event { return event(seq, KindReleased, "", ago(days)) }
	unproven := release(4, 1)
	unproven.Evidence = " "
	foreign := release(4, 1)
	foreign.Person = 8
	for _, tc := range []struct {
		name   string
		events []Event
		locked bool
	}{
		{"free", nil, false},
		{"restricted", []Event{event(3, KindRestricted, "", ago(5))}, true},
		{"released", []Event{event(3, KindRestricted, "", ago(5)), release(4, 1)}, false},
		{"released at the same moment", []Event{event(3, KindRestricted, "", ago(5)), release(4, 5)}, true},
		{"released before", []Event{release(3, 1), event(4, KindRestricted, "", ago(5))}, true},
		{"released without proof", []Event{event(3, KindRestricted, "", ago(5)), unproven}, true},
		{"released for somebody else", []Event{event(3, KindRestricted, "", ago(5)), foreign}, true},
		{"restricted anew", []Event{event(3, KindRestricted, "", ago(5)), release(4, 4), event(5, KindRestricted, "", ago(3))}, true},
		{"asked for", []Event{requested(3, RightRestrict, ago(5))}, true},
		{"asked for and answered", []Event{requested(3, RightRestrict, ago(5)), answered(4, 3, ago(4))}, false},
		{"objection asked for", []Event{requested(3, RightObject, ago(5))}, true},
		{"access asked for", []Event{requested(3, RightAccess, ago(5))}, false},
	} {
		h, c := past("GB", append(append([]Event{}, agreed...), tc.events...)...), company("PL")
		v := DecideSend(h, letterFor(h, c, BasisConsent, Tracking{}), c, noon)
		if v.Allowed() == tc.locked || check(v, "restricted").OK == tc.locked {
			t.Errorf("%s: sends %t (%s)", tc.name, v.Allowed(), failedKeys(v))
		}
		if v := DecideTrack(h, TrackOpen, noon); v.Allowed() == tc.locked {
			t.Errorf("%s: tracks %t", tc.name, v.Allowed())
		}
		if s := Stand(h, c, noon); s.Restricted != tc.locked || s.Closed() != tc.locked || (s.Basis == BasisNone) != tc.locked {
			t.Errorf("%s: stands %+v", tc.name, s)
		}
	}
}

// TestL14_3_EarliestOfThree: the earliest of the three terms wins.
func TestL14_3_EarliestOfThree(t *testing.T) {
	disclosed := event(1, KindDisclosed, "", ago(1))
	told := Event{Seq: 2, Person: ewa, Kind: KindNotice, Evidence: "letter", At: ago(1), Actor: "marta"}
	back := event(3, KindCorrected, "", ago(0))
	back.Corrects = 2
	foreign := disclosed
	foreign.Person = 8
	for _, tc := range []struct {
		name   string
		change func(*History)
		due    time.Time
	}{
		{"by the month", func(*History) {}, ago(3).AddDate(0, 0, 30)},
		{"February", func(h *History) { h.Lead.ObtainedAt = date("2026-01-31"); h.Lead.Since = date("2026-01-31") }, date("2026-02-28")},
		{"by the first mail", func(h *History) { h.FirstOutbound = ago(2) }, ago(2)},
		{"by the first disclosure", func(h *History) { h.Events = []Event{disclosed} }, ago(1)},
		{"by a disclosure of somebody else", func(h *History) { h.Events = []Event{foreign} }, ago(3).AddDate(0, 0, 30)},
		{"informed", func(h *History) { h.FirstOutbound, h.Events = ago(2), []Event{disclosed, told} }, time.Time{}},
		{"informed in vain", func(h *History) { h.FirstOutbound, h.Events = ago(2), []Event{told, back} }, ago(2)},
		{"no lead", func(h *History) { h.Lead.Since, h.FirstOutbound = time.Time{}, ago(2) }, time.Time{}},
	} {
		h, c := past("GB"), company("PL")
		tc.change(&h)
		if due := Stand(h, c, noon).NoticeDue; !due.Equal(tc.due) {
			t.Errorf("%s: due %s, want %s", tc.name, due, tc.due)
		}
	}
	h, c := past("US"), company("PL")
	h.FirstOutbound = ago(1)
	if v := DecideSend(h, letterFor(h, c, BasisInterest, Tracking{}), c, noon); check(v, "notice-due").OK || check(v, "notice-due").Fix != FixNotice {
		t.Error("a lead who was written to and not informed is not locked")
	}
}
