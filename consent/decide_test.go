package consent

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"zgoda/mail"
)

// TestD8_OrderOfChecks is the one order, and that every check is always there.
func TestD8_OrderOfChecks(t *testing.T) {
	const want = "suppressed objection address recipient basis country notice-due source reason company " +
		"policy notice agree object rights told track_open track_click fields subject text"
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
			c.Assessment = nil
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

// TestS27_AssessmentStands: each part of the three-part test, and its year.
func TestS27_AssessmentStands(t *testing.T) {
	for name, spoil := range map[string]func(*Assessment){
		"id": func(a *Assessment) { a.ID = "" }, "interest": func(a *Assessment) { a.Interest = " " }, "necessity": func(a *Assessment) { a.Necessity = "" },
		"balance": func(a *Assessment) { a.Balance = "" }, "author": func(a *Assessment) { a.Author = "" },
		"no date": func(a *Assessment) { a.Date = time.Time{} }, "future": func(a *Assessment) { a.Date = noon.Add(time.Second) },
		"a year old": func(a *Assessment) { a.Date = noon.Add(-AssessmentLife) },
	} {
		h, l, c := lawful("US", BasisInterest, "ewa@studio.example")
		spoil(c.Assessment)
		if v := DecideSend(h, l, c, noon); v.Allowed() || check(v, "basis").Fix != FixConfig {
			t.Errorf("%s: allowed", name)
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

// TestSpoilt spoils a lawful cold mail in one place at a time: the one check
// that guards the place must say no.
func TestN4_Spoilt(t *testing.T) {
	replace := func(l *Letter, old, new string) { l.Text = strings.Replace(l.Text, old, new, 1) }
	w := english()
	type spoil func(h *History, l *Letter, c *Controller)
	for _, tc := range []struct {
		id, failed string
		spoil      spoil
	}{
		{"control", "", func(*History, *Letter, *Controller) {}},
		{"D4 suppressed", "suppressed", func(h *History, _ *Letter, _ *Controller) { h.Suppressed = true }},
		{"L5d bounced", "address", func(h *History, _ *Letter, _ *Controller) { h.Stale = "550" }},
		{"S26 two", "recipient", func(_ *History, l *Letter, _ *Controller) { l.To = append(l.To, l.To[0]) }},
		{"S26 none", "recipient", func(_ *History, l *Letter, _ *Controller) { l.To = nil }},
		{"S26 another", "recipient", func(_ *History, l *Letter, _ *Controller) { l.To = []mail.Address{{Email: "jan@studio.example"}} }},
		{"S26 other person", "recipient", func(_ *History, l *Letter, _ *Controller) { l.Person = 8 }},
		{"S26 case is no other address", "", func(_ *History, l *Letter, _ *Controller) { l.To = []mail.Address{{Email: "EWA@Studio.Example"}} }},
		{"L14 no source", "source", func(h *History, _ *Letter, _ *Controller) { h.Lead.Source = "" }},
		{"L14 no date", "source", func(h *History, _ *Letter, _ *Controller) { h.Lead.ObtainedAt = time.Time{} }},
		{"L14 future", "source", func(h *History, _ *Letter, _ *Controller) { h.Lead.ObtainedAt = noon.Add(time.Hour) }},
		{"A3 reason not in the mail", "reason", func(_ *History, l *Letter, _ *Controller) { replace(l, "second studio", "new shop") }},
		{"A2 reason of a template", "reason", func(h *History, _ *Letter, _ *Controller) { h.Lead.Reason += " {{x}}" }},
		{"A2 one long word", "reason", func(h *History, _ *Letter, _ *Controller) { h.Lead.Reason = strings.Repeat("x", 80) }},
		{"FixConfig name", "company", func(_ *History, _ *Letter, c *Controller) { c.Name = "" }},
		{"FixConfig policy", "company", func(_ *History, _ *Letter, c *Controller) { c.PolicyURL = "http://jasnykat.example/privacy" }},
		{"S28 no link", "policy", func(_ *History, l *Letter, c *Controller) { replace(l, c.PolicyURL, "on our site") }},
		{"S28 another page", "policy", func(_ *History, l *Letter, c *Controller) { replace(l, c.PolicyURL, c.PolicyURL+"-old") }},
		{"S28 only quoted", "policy", func(_ *History, l *Letter, c *Controller) { replace(l, c.PolicyURL, "none\n> "+c.PolicyURL) }},
		{"S11 source not said", "notice", func(_ *History, l *Letter, _ *Controller) { replace(l, "studio.example/team", "the web") }},
		{"S25 retention not said", "notice", func(_ *History, l *Letter, _ *Controller) { replace(l, "6 months", "a while") }},
		{"L14 date not said", "notice", func(_ *History, l *Letter, _ *Controller) { replace(l, "21 November 2026", "some time ago") }},
		{"L14 postal not said", "notice", func(_ *History, l *Letter, _ *Controller) { replace(l, "ul. Prosta 1", "here") }},
		{"L14 another basis", "notice", func(_ *History, l *Letter, _ *Controller) { replace(l, "legitimate interest", "your consent") }},
		{"S22 how to agree", "agree", func(_ *History, l *Letter, _ *Controller) {
			replace(l, "If you would like further e-mails", "")
			replace(l, "I agree to", "I like")
		}},
		{"L21.4 gone", "object", func(_ *History, l *Letter, _ *Controller) { replace(l, w.objection, "") }},
		{"L21.4 inside another paragraph", "object", func(_ *History, l *Letter, _ *Controller) { replace(l, "\n\n"+w.objection, " "+w.objection) }},
		{"L21.4 with the tracking sentence", "object", func(_ *History, l *Letter, _ *Controller) { replace(l, w.objection+"\n\n", w.objection+" ") }},
		{"L21.4 denied", "object", func(_ *History, l *Letter, _ *Controller) {
			replace(l, w.objection, "You cannot object: reply and see.")
		}},
		{"L21.4 by hand", "", func(_ *History, l *Letter, _ *Controller) {
			replace(l, w.objection, "If this bothers you, you can object.\nReply \"stop\" and I am gone.")
		}},
		{"L21.4 by hand in German", "", func(_ *History, l *Letter, _ *Controller) {
			replace(l, w.objection, "Sie können widersprechen, Antwort genügt.")
		}},
		{"S23 no copy", "rights", func(_ *History, l *Letter, _ *Controller) { replace(l, "a copy of", "news of") }},
		{"S23 no erasure", "rights", func(_ *History, l *Letter, _ *Controller) {
			replace(l, "corrected or erased", "corrected")
			replace(l, "all of it is erased", "it ends")
		}},
		{"S9 silent", "told", func(_ *History, l *Letter, _ *Controller) { replace(l, w.tracking[Tracking{}], "") }},
		{"S9 untrue", "told", func(_ *History, l *Letter, _ *Controller) {
			replace(l, w.tracking[Tracking{}], w.tracking[Tracking{Opens: true}])
		}},
		{"S55 wished without consent", "told track_open", func(_ *History, l *Letter, _ *Controller) { l.TrackOpens = true }},
		{"S55 told and wished without consent", "track_click", func(h *History, l *Letter, c *Controller) {
			*l = letterFor(*h, *c, BasisInterest, Tracking{Clicks: true})
		}},
		{"S48 field", "fields", func(_ *History, l *Letter, _ *Controller) { l.Text += "\n{{answer}}" }},
		{"S48 half a field", "fields", func(_ *History, l *Letter, _ *Controller) { l.Text += "\nanswer}}" }},
		{"S48 bracket", "fields", func(_ *History, l *Letter, _ *Controller) { l.Text += "\n[[name]]" }},
		{"S48 subject", "fields", func(_ *History, l *Letter, _ *Controller) { l.Subject = "For {{company}}" }},
		{"P13.4 Re", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = "RE : lighting" }},
		{"P13.4 Fwd", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = " Fwd[2]: lighting" }},
		{"P13.4 Odp", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = "Odp: oświetlenie" }},
		{"P13.4 hidden Re", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = "\u200bRe: lighting" }},
		{"M3 empty subject", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = " \t" }},
		{"M3 header injection", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = "x\r\nBcc: all@example.org" }},
		{"M3 colon is no prefix", "", func(_ *History, l *Letter, _ *Controller) { l.Subject = "Cork: one question" }},
		{"M3 escape", "text", func(_ *History, l *Letter, _ *Controller) { l.Text += "\x1b[31m" }},
		{"M3 bidi", "text", func(_ *History, l *Letter, _ *Controller) { l.Text += "\u202e" }},
		{"M3 broken", "text", func(_ *History, l *Letter, _ *Controller) { l.Text += "\xff" }},
		{"CRLF and rewrapped", "", func(_ *History, l *Letter, _ *Controller) { l.Text = strings.ReplaceAll(rewrap(l.Text), "\n", "\r\n") }},
	} {
		h, l, c := lawful("US", BasisInterest, "ewa@studio.example")
		tc.spoil(&h, &l, &c)
		v := DecideSend(h, l, c, noon)
		failed := failedKeys(v)
		for _, want := range strings.Fields(tc.failed) {
			if check(v, want).OK {
				t.Errorf("%s: %s passed", tc.id, want)
			}
		}
		if (tc.failed == "") != (failed == "") {
			t.Errorf("%s: failed %q, want %q", tc.id, failed, tc.failed)
		}
	}
}

// rewrap breaks lines as an editor would, and leaves paragraphs alone.
func rewrap(text string) string {
	var b strings.Builder
	for _, p := range strings.Split(text, "\n\n") {
		column := 0
		for _, w := range strings.Fields(p) {
			if column > 0 && column+len(w) > 72 {
				b.WriteString("\n")
				column = 0
			} else if column > 0 {
				b.WriteString(" ")
			}
			b.WriteString(w)
			column += len(w) + 1
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// TestM3_EmptyText: a mail of nothing but quoted lines has no text either.
func TestM3_EmptyText(t *testing.T) {
	for _, text := range []string{"", " \n\t", "> quoted\n> only"} {
		h, l, c := lawful("PL", BasisReply, "ewa@studio.example")
		h.Events = []Event{event(1, KindNotice, "", ago(1))}
		l.Text = text
		if v := DecideSend(h, l, c, noon); failedKeys(v) != "text" {
			t.Errorf("%q: %s", text, failedKeys(v))
		}
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
