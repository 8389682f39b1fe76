package theme

import (
	"testing"
	"time"

	"charm.land/lipgloss/v2"
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
	for _, s := range []consent.Standing{{Objected: true}, {Suppressed: true}, {Stale: true}, {Restricted: true},
		{Held: consent.Inbound{ID: "a@b", Stop: true}}, {Held: consent.Inbound{ID: "a@b", Doubt: "Who wrote it?"}}} {
		badge := ansi.Strip(Badge(styles, s, time.Time{}))
		if ansi.StringWidth(badge) != BadgeWidth || seen[badge] != "" {
			t.Errorf("%+v reads %q", s, badge)
		}
		seen[badge] = "closed"
	}
}

// Art. 12(3): an open request shows its days, amber when they are few, red when over.
func TestL12_ARequestShowsItsDays(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	styles := New(true, true)
	for _, c := range []struct {
		in   time.Duration
		want string
		tone lipgloss.Style
	}{
		{20 * 24 * time.Hour, "request 20d", styles.Accent}, {7 * 24 * time.Hour, "request 7d", styles.Warn},
		{time.Hour, "request today", styles.Warn}, {-73 * time.Hour, "request 3d late", styles.Bad},
	} {
		got, tone := Request(styles, consent.Standing{Requests: 1, RequestDue: now.Add(c.in)}, now)
		if got != c.want || tone.Render("x") != c.tone.Render("x") {
			t.Errorf("%v: %q", c.in, got)
		}
	}
	if got, _ := Request(styles, consent.Standing{}, now); got != "" {
		t.Errorf("nothing is asked for, but it says %q", got)
	}
}

// Every kind of entry, right and fact has words of its own: none shows its raw name.
func TestEveryKindHasWords(t *testing.T) {
	for _, r := range consent.Rights() {
		if RightWord(r) == string(r) && r != consent.RightWhoTracks {
			t.Errorf("the right %q has no words", r)
		}
	}
	for _, f := range consent.Facts() {
		if FactWord(f) == string(f) {
			t.Errorf("the fact %q has no words", f)
		}
	}
	seen := map[string]consent.Kind{}
	for _, k := range []consent.Kind{
		consent.KindAsked, consent.KindGranted, consent.KindRefused, consent.KindWithdrawn, consent.KindObjected, consent.KindSoftOptIn, consent.KindNotice,
		consent.KindCorrected, consent.KindRead, consent.KindRequested, consent.KindExtended, consent.KindAnswered, consent.KindRestricted, consent.KindReleased,
		consent.KindEvidence, consent.KindOverride, consent.KindDisclosed, consent.KindHeld, consent.KindUnheld, consent.KindMerged,
	} {
		words := Event(consent.Event{Kind: k, Right: consent.RightAccess, Fact: consent.FactWork, Corrects: 3})
		if other, ok := seen[words]; ok || words == string(k) {
			t.Errorf("%s reads %q, as %s does", k, words, other)
		}
		seen[words] = k
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
