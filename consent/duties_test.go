package consent

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zgoda/mail"
)

// TestN1_Golden is every paragraph in every language and on every basis, to be
// read by a person.
func TestN1_Golden(t *testing.T) {
	var b strings.Builder
	for _, language := range []string{"pl", "en", "de"} {
		for _, basis := range []Basis{BasisInterest, BasisConsent, BasisSoft, BasisReply} {
			d := DutiesOn(basis, company("PL"), lead("PL"), language, Tracking{})
			fmt.Fprintf(&b, "%s, %s\n%s\n\n%s\n\n", language, basis, d.Notice, d.Objection)
		}
		for _, wish := range []Tracking{{}, {Opens: true}, {Clicks: true}, {true, true}} {
			fmt.Fprintf(&b, "%s\n", Duties(company("PL"), lead("PL"), language, wish).Tracking)
		}
		b.WriteString("\n")
	}
	golden(t, "duties.golden", b.String())
}

// TestG20_GapsAreNamed: a missing fact is named and visible, and never invented.
func TestG20_GapsAreNamed(t *testing.T) {
	d := Duties(Controller{}, Lead{}, "en", Tracking{})
	want := []string{"company_address", "company_name", "offer", "privacy_contact", "privacy_policy", "reason", "retention", "source", "source_date"}
	if got := slices.Sorted(slices.Values(d.Gaps)); !slices.Equal(got, want) {
		t.Errorf("gaps %v", got)
	}
	for _, gap := range d.Gaps {
		if !strings.Contains(d.Notice, "{{"+gap+"}}") {
			t.Errorf("%s is not visible in %q", gap, d.Notice)
		}
	}
	if d := Duties(company("PL"), lead("PL"), "pl", Tracking{}); len(d.Gaps) != 0 || unfilled(d.Notice) {
		t.Errorf("gaps %v in a whole notice", d.Gaps)
	}
	l := lead("PL")
	l.Reason = ""
	if d := DutiesOn(BasisReply, company("PL"), l, "pl", Tracking{}); len(d.Gaps) != 0 {
		t.Errorf("an answer asks for %v", d.Gaps)
	}
}

// TestN5_UnknownLanguage speaks English and Polish, the objection alone in each.
func TestN5_UnknownLanguage(t *testing.T) {
	d := Duties(company("PL"), lead("PL"), "fr", Tracking{})
	for _, w := range []wording{english(), polish()} {
		if !strings.Contains(d.Objection, w.objection) || !strings.Contains(d.Tracking, w.tracking[Tracking{}]) {
			t.Errorf("no %s in %q", w.language, d.Objection)
		}
	}
	if d.Objection != english().objection+"\n\n"+polish().objection {
		t.Errorf("objection %q", d.Objection)
	}
}

// TestN4_EveryLanguageAndBasisPasses what the gate asks for: what we compute, we recognise.
func TestN4_EveryLanguageAndBasisPasses(t *testing.T) {
	for _, language := range []string{"pl", "en", "de", "", "fr"} {
		for _, basis := range []Basis{BasisInterest, BasisConsent, BasisSoft, BasisReply} {
			country := "US"
			if basis == BasisSoft {
				country = "DE"
			}
			h, l, c := lawful(country, basis, "ewa@studio.example")
			d := DutiesOn(basis, c, h.Lead, language, Tracking{})
			l.Text, l.Language = "Hello\n\n"+d.Notice+"\n\n"+d.Objection+"\n\n"+d.Tracking, language
			if v := DecideSend(h, l, c, noon); !v.Allowed() {
				t.Errorf("%q on %s: %s", language, basis, failedKeys(v))
			}
			if !Informs(h, l, c, noon) {
				t.Errorf("%q on %s does not inform", language, basis)
			}
			l.Text = strings.ReplaceAll(l.Text, c.PolicyURL, "")
			if Informs(h, l, c, noon) {
				t.Errorf("%q on %s informs without the policy", language, basis)
			}
		}
	}
}

// TestSwapTracking goes from every wish to every other one and back.
func TestS9_SwapTracking(t *testing.T) {
	wishes := []Tracking{{}, {Opens: true}, {Clicks: true}, {true, true}}
	for _, language := range []string{"pl", "en", "de", ""} {
		for _, from := range wishes {
			for _, to := range wishes {
				d := Duties(company("PL"), lead("PL"), language, from)
				e := Duties(company("PL"), lead("PL"), language, to)
				before := "Hi\n\n" + d.Objection + "\n\n" + d.Tracking + "\n"
				after := SwapTracking(before, language, to.Opens, to.Clicks)
				if want := "Hi\n\n" + e.Objection + "\n\n" + e.Tracking + "\n"; after != want {
					t.Errorf("%q from %v to %v:\n%s", language, from, to, after)
				}
				says := claimed(readBody(after))
				if says != (claims{none: to == Tracking{}, opens: to.Opens, clicks: to.Clicks}) {
					t.Errorf("%q %v claims %+v", language, to, says)
				}
				if wrapped := SwapTracking(rewrap(before), language, to.Opens, to.Clicks); claimed(readBody(wrapped)) != says {
					t.Errorf("%q from %v to %v rewrapped:\n%s", language, from, to, wrapped)
				}
			}
		}
	}
	none := english().tracking[Tracking{}]
	for _, tc := range []struct {
		name, in, want string
		opens          bool
	}{
		{"nothing to tell", "Hi\n", "Hi\n", false},
		{"added before what is quoted", "Hi\n\nOn Monday Ewa wrote:\n> " + none + "\n",
			"Hi\n\n" + english().tracking[Tracking{Opens: true}] + "\n\nOn Monday Ewa wrote:\n> " + none + "\n", true},
		{"added", "Hi", "Hi\n\n" + english().tracking[Tracking{Opens: true}] + "\n", true},
	} {
		if got := SwapTracking(tc.in, "en", tc.opens, false); got != tc.want {
			t.Errorf("%s: %q", tc.name, got)
		}
	}
}

// TestMend brings a spoilt mail back to what the gate lets through, once and not twice.
func TestMend(t *testing.T) {
	h, l, c := lawful("US", BasisInterest, "ewa@studio.example")
	d := Duties(c, h.Lead, "en", Tracking{})
	for name, text := range map[string]string{
		"nothing there":      "Hello Ewa,\n\nOne question.\n\nMarta",
		"another basis":      "Hello\n\n" + DutiesOn(BasisConsent, c, h.Lead, "en", Tracking{}).Notice + "\n\n" + d.Objection,
		"another language":   "Hello\n\n" + Duties(c, h.Lead, "pl", Tracking{Opens: true}).Tracking,
		"all there, wrapped": rewrap(l.Text),
		"quoted":             "Hello\n\nOn Monday Ewa wrote:\n> Hi\n> there",
	} {
		l.Text = d.Mend(text)
		if v := DecideSend(h, l, c, noon); !v.Allowed() {
			t.Errorf("%s: %s in\n%s", name, failedKeys(v), l.Text)
		}
		if again := d.Mend(l.Text); again != l.Text {
			t.Errorf("%s: mended twice\n%q\n%q", name, l.Text, again)
		}
		if strings.Count(l.Text, d.Objection) != 1 {
			t.Errorf("%s: the objection stands %d times", name, strings.Count(l.Text, d.Objection))
		}
	}
}

func TestPeriod(t *testing.T) {
	for _, tc := range []struct{ in, pl, en, de string }{
		{"1 month", "1 miesiąc", "1 month", "1 Monat"}, {"3 months", "3 miesiące", "3 months", "3 Monate"}, {"6 miesięcy", "6 miesięcy", "6 months", "6 Monate"},
		{"12 months", "12 miesięcy", "12 months", "12 Monate"}, {"24 Monate", "24 miesiące", "24 months", "24 Monate"}, {"30 dni", "30 dni", "30 days", "30 Tage"},
		{"2 years", "2 lata", "2 years", "2 Jahre"}, {"until the fair", "until the fair", "until the fair", "until the fair"}, {"-1 months", "-1 months", "-1 months", "-1 months"},
	} {
		if pl, en, de := polish().period(tc.in), english().period(tc.in), german().period(tc.in); pl != tc.pl || en != tc.en || de != tc.de {
			t.Errorf("%s: %s, %s, %s", tc.in, pl, en, de)
		}
	}
}

// FuzzDecideSend: any text and subject gets an answer, and a yes is never given
// to what holds a control character or an open field.
func FuzzDecideSend(f *testing.F) {
	h, l, c := lawful("US", BasisInterest, "ewa@studio.example")
	f.Add(l.Subject, l.Text, "ewa@studio.example")
	f.Add("Re: x", "> quoted\n\x1b[31m {{x}}", "a@b, c@d")
	f.Add("\xff", "\u202e[[", "")
	f.Fuzz(func(t *testing.T, subject, text, to string) {
		l := l
		l.Subject, l.Text, l.To = subject, text, []mail.Address{{Email: to}}
		v := DecideSend(h, l, c, noon)
		if v.Allowed() && (strings.ContainsAny(subject+text, "\x00\x1b\u202e") || strings.ContainsAny(subject, "\r\n") || unfilled(subject)) {
			t.Fatalf("allowed %q", subject)
		}
		if len(v.Checks) != 23 {
			t.Fatalf("%d checks", len(v.Checks))
		}
	})
}

// FuzzSwapTracking: after a swap our own sentence is true, and a second swap changes nothing.
func FuzzSwapTracking(f *testing.F) {
	for _, w := range everyWording() {
		for _, s := range w.tracking {
			f.Add("Hi\n\n"+s+"\n> "+s, w.language, true, false)
		}
	}
	f.Fuzz(func(t *testing.T, text, language string, opens, clicks bool) {
		once := SwapTracking(text, language, opens, clicks)
		if twice := SwapTracking(once, language, opens, clicks); twice != once {
			t.Fatalf("%q\n%q", once, twice)
		}
		for _, w := range everyWording() {
			for told, sentence := range w.tracking {
				if told != (Tracking{opens, clicks}) && len(ownMatches(once, sentence)) > 0 {
					t.Fatalf("an untrue sentence is left: %q", once)
				}
			}
		}
	})
}
