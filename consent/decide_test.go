package consent

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestD8_OrderOfChecks is the one order, and that every check is always there.
func TestD8_OrderOfChecks(t *testing.T) {
	const want = "suppressed objection restricted address recipient basis country notice-due source reason company " +
		"policy notice label agree object rights told track_open track_click fields subject text"
	for _, basis := range []Basis{BasisInterest, BasisConsent, BasisReply} {
		h, l, c := lawful("US", basis, "ewa@studio.example")
		for _, v := range []Verdict{DecideSend(h, l, c, noon), DecideSend(History{}, Letter{}, Controller{}, time.Time{})} {
			var keys []string
			for _, c := range v.Checks {
				keys = append(keys, c.Key)
			}
			if got := strings.Join(keys, " "); got != want {
				t.Errorf("order %s", got)
			}
		}
	}
	if v := DecideSend(History{}, Letter{}, Controller{}, time.Time{}); v.Allowed() || v.Basis != BasisNone {
		t.Error("nothing at all allows something")
	}
}

// TestG24_EveryCheckExplainsItself in every state it can be in.
func TestG24_EveryCheckExplainsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, l, c := anySending(t)
		for _, v := range []Verdict{DecideSend(h, l, c, noon), DecideTrack(h, TrackOpen, noon), DecideTrack(h, "x", noon)} {
			if v.Rules != RulesVersion() || !v.At.Equal(noon) || v.Seq != h.Head {
				t.Fatalf("verdict %+v", v)
			}
			for _, c := range v.Checks {
				switch {
				case c.Rule == "" || c.Key == "" || c.Title == "" || c.Source == "" || utf8.RuneCountInString(c.Title) > 24:
					t.Fatalf("a check without a name or with too long a one: %+v", c)
				case !strings.HasSuffix(c.Reason, ".") || strings.Contains(c.Reason, "\n"):
					t.Fatalf("not a sentence: %q", c.Reason)
				case c.OK != (c.Way == "") || c.OK && c.Fix != FixNone:
					t.Fatalf("way and answer do not match: %+v", c)
				case strings.Contains(c.Reason+c.Way, "Żółć") || strings.Contains(c.Reason+c.Way, "studio.example"):
					t.Fatalf("a check names the person: %+v", c)
				}
			}
		}
	})
}

// anySending leans to what is lawful: each flaw is rare, so that a yes is common.
func anySending(t *rapid.T) (History, Letter, Controller) {
	rare := func(label string) bool { return rapid.IntRange(0, 9).Draw(t, label) == 0 }
	country := rapid.SampledFrom([]string{"US", "US", "PL", "FR", "DE", "CH", "", "XX"})
	h, c := anyPast(t, country.Draw(t, "country")), company(country.Draw(t, "our country"))
	basis := rapid.SampledFrom([]Basis{BasisConsent, BasisSoft, BasisInterest, BasisReply}).Draw(t, "basis")
	if !rare("wild") {
		country := rapid.SampledFrom([]string{"US", "US", "DE", "FR", ""}).Draw(t, "both countries")
		h, _, c = lawful(country, basis, "ewa@studio.example")
		for seq := range int64(rapid.IntRange(0, 2).Draw(t, "more events")) {
			h.Events = append(h.Events, anyEvent(t, 5+seq, allKinds...))
		}
	}
	h.Suppressed = rare("suppressed")
	if rare("empty") {
		h.Lead.Reason, h.Lead.Source, h.Lead.ObtainedAt, c.Offer = "", "", time.Time{}, ""
	}
	tracking := Tracking{Opens: rare("opens"), Clicks: rare("clicks")}
	l := letterFor(h, c, basis, tracking)
	if rare("text") {
		l.Text = rapid.SampledFrom([]string{"", "{{answer}}", "Hello"}).Draw(t, "bad text")
	}
	if rare("subject") {
		l.Subject = rapid.SampledFrom([]string{"", "Re: x", "a\nb"}).Draw(t, "bad subject")
	}
	return h, l, c
}

// TestL6f_TruthTable: of the eight only the all-true row sends.
func TestL6f_TruthTable(t *testing.T) {
	for bits := range 8 {
		assessed, reasoned, allowed := bits&1 != 0, bits&2 != 0, bits&4 != 0
		h, _, c := lawful("US", BasisInterest, "ewa@studio.example")
		if !assessed {
			h.Assessments = nil
		}
		if !reasoned {
			h.Lead.Reason = "You might like it."
		}
		if !allowed {
			h.Lead.Country = "DE"
		}
		v := DecideSend(h, letterFor(h, c, BasisInterest, Tracking{}), c, noon)
		if want := bits == 7; v.Allowed() != want || (v.Basis == BasisInterest) != want {
			t.Errorf("assessment %v, reason %v, country %v: allowed %v on %q (%s)", assessed, reasoned, allowed, v.Allowed(), v.Basis, failedKeys(v))
		}
	}
}

// TestL4_TruthTableOfTracking: each purpose in each state; only granted opens it,
// and only itself.
func TestL4_TruthTableOfTracking(t *testing.T) {
	make := map[State]func(Purpose) []Event{
		NeverAsked: func(Purpose) []Event { return nil },
		Asked:      func(p Purpose) []Event { return []Event{event(1, KindAsked, p, ago(1))} },
		Granted:    func(p Purpose) []Event { return []Event{event(1, KindGranted, p, ago(1))} },
		Refused:    func(p Purpose) []Event { return []Event{event(1, KindRefused, p, ago(1))} },
		Withdrawn:  func(p Purpose) []Event { return []Event{event(1, KindWithdrawn, p, ago(1))} },
		Expired: func(p Purpose) []Event {
			return []Event{with(event(1, KindGranted, p, ago(9)), func(e *Event) { e.ValidUntil = ago(1) })}
		},
	}
	for _, of := range Purposes() {
		for state, events := range make {
			h := past("PL", events(of)...)
			if got := Stand(h, company("PL"), noon).State(of); got != state {
				t.Fatalf("%s is %s, want %s", of, got, state)
			}
			for _, asked := range Purposes() {
				v := DecideTrack(h, asked, noon)
				if want := asked == of && asked.Tracking() && state == Granted; v.Allowed() != want {
					t.Errorf("%s %s: track %s allowed %v", of, state, asked, v.Allowed())
				}
			}
		}
	}
}

// TestS61_UnknownCountryIsNotTracked, whatever else is on file.
func TestS61_UnknownCountryIsNotTracked(t *testing.T) {
	for _, country := range []string{"", "??", "XX"} {
		v := DecideTrack(past(country, event(1, KindGranted, TrackOpen, ago(1))), TrackOpen, noon)
		if v.Allowed() || check(v, "country").Fix != FixCountry {
			t.Errorf("%q: tracked", country)
		}
	}
}

// TestS15_UnknownNeverAllows: over all states, countries and settings a yes of
// the gate implies every fact that it must rest on.
func TestS15_UnknownNeverAllows(t *testing.T) {
	yes, bases := 0, map[Basis]int{}
	rapid.Check(t, func(t *rapid.T) {
		h, l, c := anySending(t)
		bases[DecideSend(h, l, c, noon).Basis]++
		f := fold(h, noon)
		for _, p := range append(Purposes(), "", "all") {
			if DecideTrack(h, p, noon).Allowed() && (f.states[p] != Granted || !p.Tracking() || h.Suppressed || f.objected || !LookupCountry(h.Lead.Country).Known()) {
				t.Fatalf("%q tracked in state %q", p, f.states[p])
			}
		}
		v := DecideSend(h, l, c, noon)
		if !v.Allowed() {
			return
		}
		yes++
		switch {
		case h.Suppressed || f.objected || v.Basis == BasisNone || strings.Contains(l.Text, "{{") || l.Text == "":
			t.Fatalf("sent: %+v", v)
		case l.TrackOpens && f.states[TrackOpen] != Granted, l.TrackClicks && f.states[TrackClick] != Granted:
			t.Fatal("tracked without consent")
		case v.Basis == BasisConsent && f.states[MarketingEmail] != Granted,
			v.Basis == BasisReply && len(h.Inbound) == 0,
			(v.Basis == BasisInterest || v.Basis == BasisSoft) && f.states[MarketingEmail] != NeverAsked && f.states[MarketingEmail] != Asked && f.states[MarketingEmail] != Expired,
			(v.Basis == BasisInterest || v.Basis == BasisSoft) && !(LookupCountry(h.Lead.Country).Known() && LookupCountry(c.Country).Known()):
			t.Fatalf("sent on %q in state %q", v.Basis, f.states[MarketingEmail])
		}
	})
	t.Logf("%d yes; bases found: %v", yes, bases)
	if yes == 0 {
		t.Error("the property never saw a yes")
	}
}

// TestS55_TrackedMail: with consent and the true sentence it goes, for each wish.
func TestS55_TrackedMail(t *testing.T) {
	h := past("PL", event(1, KindGranted, MarketingEmail, ago(2)), event(2, KindGranted, TrackOpen, ago(2)), event(3, KindGranted, TrackClick, ago(2)))
	c := company("PL")
	for _, wish := range []Tracking{{}, {Opens: true}, {Clicks: true}, {true, true}} {
		for _, language := range []string{"pl", "en", "de", ""} {
			plainMail := letterFor(h, c, BasisConsent, Tracking{})
			d := DutiesOn(BasisConsent, c, h.Lead, language, Tracking{})
			plainMail.Text = fmt.Sprintf("Hello\n\n%s\n\n%s\n\n%s\n", d.Notice, d.Objection, d.Tracking)
			plainMail.TrackOpens, plainMail.TrackClicks = wish.Opens, wish.Clicks
			plainMail.Text = SwapTracking(plainMail.Text, language, wish.Opens, wish.Clicks)
			if v := DecideSend(h, plainMail, c, noon); !v.Allowed() {
				t.Errorf("%v in %q: %s", wish, language, failedKeys(v))
			}
		}
	}
}

// TestS9_ToldIsExact: a tracked mail says what it records, no less, no more, and
// does not deny it.
func TestS9_ToldIsExact(t *testing.T) {
	h := past("PL", event(1, KindGranted, MarketingEmail, ago(2)), event(2, KindGranted, TrackOpen, ago(2)), event(3, KindGranted, TrackClick, ago(2)))
	c, w := company("PL"), english()
	wishes := []Tracking{{}, {Opens: true}, {Clicks: true}, {true, true}}
	for _, wish := range wishes {
		l := letterFor(h, c, BasisConsent, wish)
		for _, says := range wishes {
			l := l
			l.Text = strings.Replace(l.Text, w.tracking[wish], w.tracking[says], 1)
			if got := check(DecideSend(h, l, c, noon), "told").OK; got != (says == wish) {
				t.Errorf("records %v, says %v: %v", wish, says, got)
			}
			l.Text += "\n\n" + w.tracking[wish]
			if got := check(DecideSend(h, l, c, noon), "told").OK; got && says != wish && (wish == Tracking{} || says == Tracking{}) {
				t.Errorf("records %v, says that and %v: passed", wish, says)
			}
		}
	}
}

// TestG1_TrackedInUnknownCountry: the fix is the one that mends.
func TestG1_TrackedInUnknownCountry(t *testing.T) {
	h := past("", event(1, KindGranted, MarketingEmail, ago(2)), event(2, KindGranted, TrackOpen, ago(2)))
	c := company("PL")
	v := DecideSend(h, letterFor(h, c, BasisConsent, Tracking{Opens: true}), c, noon)
	if failedKeys(v) != "track_open" || v.Failed()[0].Fix != FixCountry {
		t.Errorf("failed %s", failedKeys(v))
	}
}

func BenchmarkDecideSend(b *testing.B) {
	h, l, c := lawful("US", BasisInterest, "ewa@studio.example")
	b.ReportAllocs()
	for b.Loop() {
		if !DecideSend(h, l, c, noon).Allowed() {
			b.Fatal("refused")
		}
	}
}

func BenchmarkSwapTracking(b *testing.B) {
	_, l, _ := lawful("US", BasisInterest, "ewa@studio.example")
	b.ReportAllocs()
	for b.Loop() {
		if SwapTracking(l.Text, "en", true, false) == l.Text {
			b.Fatal("not swapped")
		}
	}
}
