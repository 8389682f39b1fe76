package consent

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anOverride opens the rows with these codes, from yesterday on.
func anOverride(codes string) Event {
	e := event(90, KindOverride, "", ago(1))
	e.ValidUntil, e.Version, e.Evidence = noon.AddDate(0, 0, 30), codes, "Counsel's letter of last week."
	return e
}

func evidence(seq int64, f Fact, days int) Event {
	return with(event(seq, KindEvidence, "", ago(days)), func(e *Event) { e.Fact = f })
}

// canadian lacks nothing but the two facts that only a record can show.
func canadian(events ...Event) (History, Letter, Controller) {
	h, l, c := lawful("CA", BasisInterest, "ewa@studio.example")
	h.Events = events
	return h, l, c
}

// TestC4_FactsAreAskedFor one by one, each with its own sentence and fix.
func TestC4_FactsAreAskedFor(t *testing.T) {
	published, refusal := evidence(1, FactPublished, 5), evidence(2, FactNoRefusal, 5)
	for _, tc := range []struct {
		name   string
		events []Event
		says   string
	}{
		{"none", nil, "published for such mail"},
		{"one", []Event{published}, "asks not to be written to"},
		{"the other", []Event{refusal}, "published for such mail"},
		{"both", []Event{published, refusal}, ""},
		{"a year old", []Event{with(published, func(e *Event) { e.At = noon.AddDate(0, -12, 0) }), refusal}, "published"},
		{"almost a year old", []Event{with(published, func(e *Event) { e.At = noon.AddDate(0, -12, 1) }), refusal}, ""},
		{"of the future", []Event{with(published, func(e *Event) { e.At = noon.Add(1) }), refusal}, "published"},
		{"of somebody else", []Event{with(published, func(e *Event) { e.Person++ }), refusal}, "published"},
		{"without a place", []Event{with(published, func(e *Event) { e.Evidence = " " }), refusal}, "published"},
		{"corrected", []Event{published, refusal, with(event(3, KindCorrected, "", ago(1)), func(e *Event) { e.Corrects = 1 })}, "published"},
		{"seen again", []Event{with(published, func(e *Event) { e.At = noon.AddDate(-2, 0, 0) }), refusal, evidence(4, FactPublished, 1)}, ""},
	} {
		h, l, c := canadian(tc.events...)
		v := DecideSend(h, l, c, noon)
		got := check(v, "country")
		if v.Allowed() != (tc.says == "") || !strings.Contains(got.Reason, tc.says) || !got.OK && got.Fix != FixEvidence {
			t.Errorf("%s: allowed %v, %q, fix %q", tc.name, v.Allowed(), got.Reason, got.Fix)
		}
	}
}

// TestC4_WorkIsShownByCardOrRecord, and never for a private mailbox or a sole trader.
func TestC4_WorkIsShownByCardOrRecord(t *testing.T) {
	for _, country := range []string{"FR", "GB", "FI", "EE", "IE", "CH"} {
		for _, tc := range []struct {
			name   string
			spoil  func(*Lead)
			record bool
			want   bool
		}{
			{"card", func(*Lead) {}, false, true}, {"no job on the card", func(l *Lead) { l.Role = "" }, false, false},
			{"record", func(l *Lead) { l.Role = "" }, true, true},
			{"private mailbox", func(l *Lead) { l.Address.Email = "ewa@gmail.com" }, true, false},
			{"sole trader", func(l *Lead) { l.Sole = true }, true, false},
		} {
			h, _, c := lawful(country, BasisInterest, "ewa@studio.example")
			tc.spoil(&h.Lead)
			if tc.record {
				h.Events = []Event{evidence(1, FactWork, 3)}
			}
			if v := DecideSend(h, letterFor(h, c, BasisInterest, Tracking{}), c, noon); v.Allowed() != tc.want {
				t.Errorf("%s, %s: allowed %v (%s)", country, tc.name, v.Allowed(), failedKeys(v))
			}
		}
	}
}

// TestC2_OverrideOpensDoubtOnly: what is disputed, unknown, badly sourced or old.
func TestC2_OverrideOpensDoubtOnly(t *testing.T) {
	for _, tc := range []struct {
		name, country, sender, email, codes string
		now                                 time.Time
		want                                bool
	}{
		{"disputed", "LT", "US", "ewa@studio.example", "LT", noon, true},
		{"unknown", "", "US", "ewa@studio.example", "??", noon, true},
		{"old", "US", "US", "ewa@studio.example", "US", noon.AddDate(1, 0, 0), true},
		{"old condition met", "GB", "GB", "ewa@studio.example", "GB", noon.AddDate(1, 0, 0), true},
		{"old condition not met", "GB", "GB", "ewa@gmail.com", "GB", noon.AddDate(1, 0, 0), false},
		{"plain no", "DE", "US", "ewa@studio.example", "DE", noon, false},
		{"plain no of the sender", "LT", "PL", "ewa@studio.example", "LT PL", noon, false},
		{"plain no of the domain", "LT", "US", "ewa@studio.de", "LT DE", noon, false},
		{"doubt of the domain", "US", "US", "ewa@studio.lt", "LT", noon, true},
		{"given for another country", "LT", "US", "ewa@studio.example", "SI", noon, false},
		{"given for none", "LT", "US", "ewa@studio.example", "", noon, false},
		{"unknown sender", "US", "", "ewa@studio.example", "?? US", noon, false},
		{"two doubts, one opened", "LT", "US", "ewa@studio.lv", "LT", noon, false},
		{"two doubts, both opened", "LT", "US", "ewa@studio.lv", "LT LV", noon, true},
	} {
		h := past(tc.country)
		h.Lead.Address.Email = tc.email
		h.Lead.ObtainedAt, h.Lead.Since = tc.now.AddDate(0, 0, -3), tc.now.AddDate(0, 0, -3)
		h.Assessments[0].Date, h.Assessments[0].ValidUntil, h.Assessments[0].Second = tc.now.AddDate(0, 0, -9), tc.now.AddDate(0, 0, 90), "Adam"
		c := company(tc.sender)
		l := letterFor(h, c, BasisInterest, Tracking{})
		if DecideSend(h, l, c, tc.now).Allowed() {
			t.Fatalf("control %s", tc.name)
		}
		override := anOverride(tc.codes)
		override.At, override.ValidUntil = tc.now.AddDate(0, 0, -1), tc.now.AddDate(0, 0, 30)
		h.Events = []Event{override}
		v := DecideSend(h, l, c, tc.now)
		if v.Allowed() != tc.want && !(tc.name == "unknown sender" && !tc.want) || check(v, "country").OK != tc.want {
			t.Errorf("%s: allowed %v (%s)", tc.name, v.Allowed(), failedKeys(v))
		}
		if tc.want && !strings.Contains(check(v, "country").Reason, "override by marta until "+day(override.ValidUntil)) {
			t.Errorf("%s: it does not say whose override: %q", tc.name, check(v, "country").Reason)
		}
	}
}

// TestC2_OverrideRunsOut: it is bounded in time, proven, of this person, and can be taken back.
func TestC2_OverrideRunsOut(t *testing.T) {
	for name, spoil := range map[string]func(*Event){
		"ended":            func(e *Event) { e.ValidUntil = noon },
		"without an end":   func(e *Event) { e.ValidUntil = time.Time{} },
		"91 days":          func(e *Event) { e.ValidUntil = e.At.AddDate(0, 0, 91) },
		"of the future":    func(e *Event) { e.At, e.ValidUntil = noon.Add(1), noon.AddDate(0, 0, 9) },
		"without a reason": func(e *Event) { e.Evidence = "" },
		"of another":       func(e *Event) { e.Person++ },
		"sole trader":      func(*Event) {},
		"taken back":       func(*Event) {},
	} {
		h := past("LT")
		h.Assessments[0].Second = "Adam"
		c := company("US")
		e := anOverride("LT")
		spoil(&e)
		h.Events = []Event{e}
		h.Lead.Sole = name == "sole trader"
		if name == "taken back" {
			h.Events = append(h.Events, with(event(91, KindCorrected, "", ago(1)), func(c *Event) { c.Corrects = e.Seq }))
		}
		if v := DecideSend(h, letterFor(h, c, BasisInterest, Tracking{}), c, noon); v.Allowed() || check(v, "country").OK {
			t.Errorf("%s: opens", name)
		}
	}
}

// TestC2_OverrideOpens names what it is for, and refuses where nothing is in doubt.
func TestC2_OverrideOpens(t *testing.T) {
	for _, tc := range []struct{ sender, country, email, want string }{
		{"US", "LT", "ewa@studio.example", "LT"}, {"US", "LT", "ewa@studio.lv", "LT LV"}, {"US", "", "ewa@studio.example", "??"},
		{"US", "US", "ewa@studio.example", ""}, {"US", "DE", "ewa@studio.example", ""}, {"PL", "LT", "ewa@studio.example", ""},
		{"US", "LT", "ewa@studio.pl", ""}, {"", "LT", "ewa@studio.example", ""},
	} {
		l := lead(tc.country)
		l.Address.Email = tc.email
		got, err := OverrideOpens(l, company(tc.sender), noon)
		if got != tc.want || (tc.want == "") != errors.Is(err, ErrNoDoubt) {
			t.Errorf("%s to %s %s: %q, %v", tc.sender, tc.country, tc.email, got, err)
		}
	}
}

// TestC2_OverrideNeverOpensMore: with any override, a plain no stays a no, and
// nothing about tracking changes.
func TestC2_OverrideNeverOpensMore(t *testing.T) {
	codes := make([]string, 0, 40)
	for _, c := range Countries() {
		codes = append(codes, c.Code)
	}
	opened := 0
	rapid.Check(t, func(t *rapid.T) {
		country := rapid.SampledFrom(codes)
		h, c := anyPast(t, country.Draw(t, "country")), company(country.Draw(t, "our country"))
		h.Lead.Sole = rapid.Bool().Draw(t, "sole")
		h.Lead.Address.Email = rapid.SampledFrom([]string{"ewa@studio.example", "info@studio.example", "ewa@studio.de", "ewa@studio.lt", "ewa@gmail.com"}).Draw(t, "address")
		h.Assessments[0].Second = "Adam"
		now := noon.AddDate(0, rapid.SampledFrom([]int{0, 0, 13}).Draw(t, "months"), 0)
		before := map[Purpose]bool{}
		for _, p := range Purposes() {
			before[p] = DecideTrack(h, p, now).Allowed()
		}
		more := h
		override := anOverride(strings.Join(codes, " "))
		override.At, override.ValidUntil = now.Add(-time.Hour), now.AddDate(0, 0, 60)
		more.Events = append(append([]Event(nil), h.Events...), override)
		for _, p := range Purposes() {
			if DecideTrack(more, p, now).Allowed() != before[p] {
				t.Fatalf("%s changed", p)
			}
		}
		closed := coldRuling(h.Lead, c, Event{}, now)
		under := coldRuling(more.Lead, c, override, now)
		if closed.Rule == RuleNo && !closed.Doubt && under.Rule != RuleNo {
			t.Fatalf("a plain no of %s became %s", closed.Country.Code, under.Rule)
		}
		if under.Opened.Kind != "" {
			opened++
		}
		for _, e := range []string{"a", "b"} { // and soft opt-in does not hear of it
			_ = e
			soft := func(h History) Rule {
				return rulings(h.Lead, c, func(c Country) Ruling { return c.SoftOptIn(now) }).Rule
			}
			if soft(h) != soft(more) {
				t.Fatal("soft opt-in changed")
			}
		}
	})
	if opened == 0 {
		t.Error("the property never saw an override that opens")
	}
}

// TestN4_Labelled: CZ wants every commercial mail to name itself, BG the unsolicited one.
func TestN4_Labelled(t *testing.T) {
	for _, tc := range []struct {
		country string
		basis   Basis
		email   string
		words   string
	}{
		{"CZ", BasisConsent, "ewa@studio.example", "commercial message (obchodní sdělení)"},
		{"CZ", BasisSoft, "ewa@studio.example", "commercial message (obchodní sdělení)"},
		{"CZ", BasisReply, "ewa@studio.example", ""},
		{"US", BasisConsent, "ewa@studio.cz", "commercial message (obchodní sdělení)"},
		{"BG", BasisInterest, "info@studio.example", "unsolicited commercial message (непоискано търговско съобщение)"},
		{"BG", BasisConsent, "ewa@studio.example", ""},
		{"US", BasisInterest, "ewa@studio.example", ""},
	} {
		h, _, c := lawful(tc.country, tc.basis, tc.email)
		l := letterFor(h, c, tc.basis, Tracking{})
		v := DecideSend(h, l, c, noon)
		if !check(v, "label").OK || (tc.words != "") != strings.Contains(l.Text, "commercial message") || !strings.Contains(l.Text, tc.words) {
			t.Errorf("%s on %s: %+v\n%s", tc.country, tc.basis, check(v, "label"), l.Text)
		}
		if tc.words == "" {
			continue
		}
		bare := l
		bare.Text = strings.ReplaceAll(l.Text, tc.words, "message")
		if got := check(DecideSend(h, bare, c, noon), "label"); got.OK || got.Fix != FixDuties || !strings.Contains(got.Reason, "asks for the mail to be named") {
			t.Errorf("%s on %s without its label: %+v", tc.country, tc.basis, got)
		}
		d := DutiesOn(tc.basis, c, h.Lead, "en", Tracking{})
		if mended := d.Mend(bare.Text); !strings.Contains(mended, tc.words) {
			t.Errorf("%s: mending does not put it back", tc.country)
		}
		if again := d.Mend(l.Text); strings.Count(again, tc.words) != 1 {
			t.Errorf("%s: mending says it %d times", tc.country, strings.Count(again, tc.words))
		}
	}
}
