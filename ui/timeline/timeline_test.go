package timeline_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
	"zgoda/ui/timeline"
	"zgoda/ui/uitest"
)

func lead() consent.Lead {
	return consent.Lead{ID: 7, Name: "Ewa Żółć-Łęcka", Address: mail.Address{Email: "ewa@piekarnia.example"}, Since: uitest.Now, Country: "PL", Language: "pl"}
}

// opened is the panel over these events, judged by the real rules.
func opened(colored bool, events ...consent.Event) *timeline.Model {
	history := consent.History{Lead: lead(), Events: events}
	m := timeline.New(theme.New(true, colored), keys.Default(), uitest.Now)
	m.SetSize(80, 21)
	m.Update(loaded(history))
	return m
}

func loaded(history consent.History) event.ConsentLoaded {
	fact := event.ConsentLoaded{
		Person: 7, History: history, Standing: consent.Stand(history, uitest.Company, uitest.Now),
		Contact:  consent.DecideSend(history, consent.Letter{Person: 7, To: []mail.Address{history.Lead.Address}}, uitest.Company, uitest.Now),
		Tracking: map[consent.Purpose]consent.Verdict{},
	}
	for _, p := range consent.Purposes() {
		if p.Tracking() {
			fact.Tracking[p] = consent.DecideTrack(history, p, uitest.Now)
		}
	}
	return fact
}

func happened(seq int64, kind consent.Kind, purpose consent.Purpose) consent.Event {
	return consent.Event{Seq: seq, Person: 7, Kind: kind, Purpose: purpose, Method: consent.ByPhone, Evidence: "note 3", Wording: "Zgadzam się.", At: uitest.Now.Add(-time.Duration(100-seq) * time.Hour), Actor: "marta"}
}

// What was corrected is struck out and says by which entry, without colour too.
func TestWhatWasCorrectedIsStruckOut(t *testing.T) {
	grant := happened(1, consent.KindGranted, consent.TrackOpen)
	correction := happened(2, consent.KindCorrected, "")
	correction.Corrects = 1
	for _, colored := range []bool{true, false} {
		m := opened(colored, grant, correction)
		m.SetSize(100, 60)
		if view := m.View(); !strings.Contains(uitest.Plain(view), "agreed · open tracking  ✗ corrected by #2") {
			t.Errorf("it is not struck out:\n%s", uitest.Plain(view))
		} else if !strings.Contains(view, "9m") && !strings.Contains(view, ";9") {
			t.Errorf("no line through it: %q", view)
		}
	}
}

// G24: each purpose that is closed says the rule, the reason, the source and the
// way; the way names its key.
func TestG24_EachClosedPurposeSaysWhatWouldOpenIt(t *testing.T) {
	m := opened(true, happened(1, consent.KindNotice, ""))
	m.SetSize(120, 60)
	view := uitest.Plain(m.View())
	for _, p := range consent.Purposes() {
		if !strings.Contains(view, p.Letter()+"· "+p.Title()+"  never asked") {
			t.Errorf("%s is missing:\n%s", p, view)
		}
	}
	for _, want := range []string{"They were never asked about open tracking.", "L6a · ePrivacy Art. 5(3); GDPR Art. 6(1)(a)", "→ Ask them, and record their answer with its wording.  y records their answer"} {
		if !strings.Contains(view, want) {
			t.Errorf("%q is missing:\n%s", want, view)
		}
	}
}

func TestL7_1_TheProofUnfolds(t *testing.T) {
	grant := happened(1, consent.KindGranted, consent.TrackOpen)
	grant.Message, grant.Auth, grant.Version = "yes@piekarnia.example", "by mx.example dkim=pass", "question 1/pl"
	m := opened(true, grant)
	m.SetSize(120, 60)
	if view := uitest.Plain(m.View()); strings.Contains(view, "Zgadzam się") || !strings.Contains(view, "▸ wording, mail, sender checked") {
		t.Errorf("folded it is:\n%s", view)
	}
	uitest.PressPart(m, "z")
	for _, want := range []string{"“Zgadzam się.”", grant.WordingHash(), "yes@piekarnia.example", "by mx.example dkim=pass", "question 1/pl"} {
		if view := uitest.Plain(m.View()); !strings.Contains(view, want) {
			t.Errorf("%q does not unfold:\n%s", want, view)
		}
	}
}

func TestTheKeysRecord(t *testing.T) {
	m := opened(true, happened(1, consent.KindGranted, consent.MarketingEmail))
	for key, want := range map[string]event.Wish{
		"y": event.AskRecord{Person: 7}, "W": event.AskRecord{Person: 7, Face: event.FaceWithdraw}, "e": event.EditLead{Person: 7},
	} {
		if got := uitest.PressPart(m, key); got != want {
			t.Errorf("%s wishes %#v", key, got)
		}
	}
	asked := happened(1, consent.KindRequested, "")
	asked.Right = consent.RightAccess
	if got := uitest.PressPart(opened(true, asked), "d"); got != (event.ShowDesk{Tab: event.TabRequests}) {
		t.Errorf("d wishes %#v", got)
	}
	if got, ok := uitest.PressPart(opened(true), "W").(event.Notify); !ok || !strings.Contains(got.Text, "y records") {
		t.Errorf("with nothing to withdraw W wishes %#v", got)
	}
	if _, ok := uitest.PressPart(m, "esc").(event.CloseOverlay); !ok || m.Open() || m.Person() != 0 {
		t.Error("Esc does not close")
	}
}

func TestAnErrorIsSaidAndSomebodyElsesAnswerIsNot(t *testing.T) {
	m := opened(true)
	m.Update(event.ConsentLoaded{Person: 8, Err: errors.New("x")})
	if strings.Contains(m.View(), "could not be read") {
		t.Error("the answer about another person is shown")
	}
	m.Update(event.ConsentLoaded{Person: 7, Err: &mail.Problem{Sentence: "The disk is full.", NextStep: "Free some space."}})
	if !strings.Contains(uitest.Plain(m.View()), "✗ The disk is full. Free some space.") {
		t.Errorf("it says:\n%s", uitest.Plain(m.View()))
	}
}

func TestDrawsExactlyItsSize(t *testing.T) {
	kinds := []consent.Kind{consent.KindGranted, consent.KindWithdrawn, consent.KindNotice, consent.KindRequested, "of tomorrow"}
	names := []string{"j", "k", "ctrl+d", "ctrl+u", "g", "G", "z"}
	rapid.Check(t, func(r *rapid.T) {
		var events []consent.Event
		for i := range rapid.IntRange(0, 5).Draw(r, "events") {
			e := happened(int64(i+1), rapid.SampledFrom(kinds).Draw(r, "kind"), consent.TrackOpen)
			e.Evidence = layoutSafe(rapid.String().Draw(r, "evidence"))
			events = append(events, e)
		}
		m := opened(rapid.Bool().Draw(r, "colour"), events...)
		for range rapid.IntRange(0, 4).Draw(r, "keys") {
			uitest.PressPart(m, rapid.SampledFrom(names).Draw(r, "key"))
		}
		uitest.DrawPart(t, m, rapid.IntRange(1, 130).Draw(r, "w"), rapid.IntRange(1, 45).Draw(r, "h"))
	})
}

// layoutSafe is a text as the root hands it on: without controls (see ui/safe.go).
func layoutSafe(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\u200e' || r == '\u200f' {
			return -1
		}
		return r
	}, s)
}

// BenchmarkPanel opens the panel over a ledger of a thousand entries and draws it.
func BenchmarkPanel(b *testing.B) {
	var events []consent.Event
	for i := range 1000 {
		events = append(events, happened(int64(i+1), consent.KindAsked, consent.TrackOpen))
	}
	history := consent.History{Lead: lead(), Events: events}
	fact := loaded(history)
	m := timeline.New(theme.New(true, true), keys.Default(), uitest.Now)
	m.SetSize(120, 36)
	for b.Loop() {
		m.Update(fact)
		_ = m.View()
	}
}
