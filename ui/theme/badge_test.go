package theme

import (
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"zgoda/consent"
)

// S20: six states are told apart without colour, in a column of one width.
func TestS20_SixStatesReadWithoutColour(t *testing.T) {
	states := []consent.State{consent.NeverAsked, consent.Asked, consent.Granted, consent.Refused, consent.Withdrawn, consent.Expired}
	styles, seen := New(true, false), map[string]consent.State{}
	for _, state := range states {
		s := consent.Standing{States: map[consent.Purpose]consent.State{consent.TrackOpen: state}}
		badge := ansi.Strip(Badge(styles, s, time.Time{}))
		if w := ansi.StringWidth(badge); w != BadgeWidth {
			t.Errorf("%s: %q is %d cells wide", state, badge, w)
		}
		if other, ok := seen[badge]; ok {
			t.Errorf("%s and %s both read %q", state, other, badge)
		}
		seen[badge] = state
	}
	for _, s := range []consent.Standing{{Objected: true}, {Suppressed: true}, {Stale: true}} {
		badge := ansi.Strip(Badge(styles, s, time.Time{}))
		if ansi.StringWidth(badge) != BadgeWidth || seen[badge] != "" {
			t.Errorf("%+v reads %q", s, badge)
		}
	}
}

// S24: a notice shows from seven days before its term, and says when it is late.
func TestS24_NoticeShowsInTime(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	styles := New(true, true)
	for _, c := range []struct {
		in   time.Duration
		want string
	}{
		{8 * 24 * time.Hour, ""}, {7 * 24 * time.Hour, "notice 7d"}, {25 * time.Hour, "notice 1d"},
		{time.Hour, "notice today"}, {-time.Hour, "notice 1d late"}, {-73 * time.Hour, "notice 3d late"},
	} {
		if got, _ := Notice(styles, consent.Standing{NoticeDue: now.Add(c.in)}, now); got != c.want {
			t.Errorf("%v: %q, want %q", c.in, got, c.want)
		}
	}
	if got, _ := Notice(styles, consent.Standing{}, now); got != "" {
		t.Errorf("nothing is due, but it says %q", got)
	}
}

func TestWhen(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 42, 0, 0, time.UTC)
	for _, c := range []struct {
		ago               time.Duration
		age, moment, note string
	}{
		{30 * time.Second, "now", "today 09:41", "just now"},
		{12 * time.Minute, "12m", "today 09:30", "12 min ago"},
		{26 * time.Hour, "1d", "yesterday 07:42", "yesterday"},
		{20 * 24 * time.Hour, "2w", "4 Nov 09:42", "on 4 Nov"},
		{400 * 24 * time.Hour, "1y", "20 Oct 2025 09:42", "on 20 Oct 2025"},
	} {
		at := now.Add(-c.ago)
		if Age(at, now) != c.age || Moment(at, now) != c.moment || Ago(at, now) != c.note {
			t.Errorf("%v: %q %q %q", c.ago, Age(at, now), Moment(at, now), Ago(at, now))
		}
	}
	if Left(now.Add(7500*time.Millisecond), now) != "8 s" || Left(now.Add(-time.Hour), now) != "0 s" {
		t.Error("the time left is wrong")
	}
}
