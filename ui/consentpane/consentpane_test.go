package consentpane_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/consentpane"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

func lead() consent.Lead {
	return consent.Lead{ID: 7, Name: "Ewa Żółć-Łęcka", Address: mail.Address{Email: "ewa@piekarnia.example"}, Language: "pl"}
}

func opened(kind consent.Kind, purpose consent.Purpose) *consentpane.Model {
	m := consentpane.New(theme.New(true, false), keys.Default(), "Marta Lis", uitest.Now)
	m.SetSize(80, 21)
	m.Update(event.RecordLoaded{Lead: lead(), Kind: kind, Purpose: purpose, Mail: consent.Inbound{ID: "a@b", At: uitest.Now.Add(-72 * time.Hour)}})
	return m
}

func TestL7_1_EmptyEvidenceRefused(t *testing.T) {
	for _, kind := range []consent.Kind{consent.KindGranted, consent.KindRefused, consent.KindWithdrawn, consent.KindObjected, consent.KindAsked} {
		m := opened(kind, consent.MarketingEmail)
		for _, blank := range []string{"", "   "} {
			uitest.TypePart(m, blank)
			if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
				t.Fatalf("%s without evidence is recorded: %#v", kind, wish)
			}
			frame := uitest.DrawPart(t, m, 80, 21)
			if !strings.Contains(frame, "✗ Evidence is missing") {
				t.Errorf("%s: it is not said at the field:\n%s", kind, frame)
			}
			if !strings.Contains(frame, "▌ Evidence") {
				t.Errorf("%s: the focus is not on the evidence:\n%s", kind, frame)
			}
		}
	}
}

func TestL7_1_AGrantNeedsItsWording(t *testing.T) {
	m := opened(consent.KindGranted, consent.TrackOpen)
	uitest.PressPart(m, "enter", "enter") // how, wording
	uitest.TypePart(m, "said so on the phone")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("a grant without wording is recorded: %#v", wish)
	}
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "✗ Wording is missing") {
		t.Errorf("it is not said at the field:\n%s", frame)
	}
}

func TestL7_1_TheEventIsWhatWasSaid(t *testing.T) {
	m := opened(consent.KindGranted, consent.TrackOpen)
	uitest.PressPart(m, "right", "enter") // by phone
	uitest.TypePart(m, "Zgadzam się na pomiar otwarć.")
	uitest.PressPart(m, "enter")
	uitest.TypePart(m, "telefon, notatka 14")
	uitest.PressPart(m, "ctrl+o")
	record, ok := uitest.PressPart(m, "ctrl+s").(event.Record)
	if !ok {
		t.Fatalf("not recorded:\n%s", uitest.DrawPart(t, m, 80, 21))
	}
	want := consent.Event{
		Person: 7, Kind: consent.KindGranted, Purpose: consent.TrackOpen, Method: consent.ByPhone, Wording: "Zgadzam się na pomiar otwarć.",
		Language: "pl", Evidence: "telefon, notatka 14", Message: "a@b", At: uitest.Now, Actor: "Marta Lis",
	}
	if record.Event != want {
		t.Errorf("recorded %+v, want %+v", record.Event, want)
	}
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Errorf("recorded twice: %#v", wish)
	}
	m.Update(event.EventRecorded{Event: record.Event})
	if m.Open() {
		t.Error("the dialog stays open")
	}
}

func TestL21_AnObjectionHasNoPurposeAndSaysThatItIsFinal(t *testing.T) {
	m := opened(consent.KindObjected, "")
	frame := uitest.DrawPart(t, m, 80, 21)
	if !strings.Contains(frame, "Closes this person for all mail. Cannot be taken back.") || strings.Contains(frame, "For ") {
		t.Fatalf("an objection is shown as:\n%s", frame)
	}
	uitest.PressPart(m, "tab", "tab") // how, evidence
	uitest.TypePart(m, "odpisała STOP")
	record, ok := uitest.PressPart(m, "enter", "enter", "enter").(event.Record) // when, mail, and Enter on the last
	if !ok || record.Event.Purpose != "" || record.Event.Kind != consent.KindObjected || record.Event.Wording != "" {
		t.Fatalf("recorded %#v\n%s", record, uitest.DrawPart(t, m, 80, 21))
	}
}

func TestNothingHappensInTheFuture(t *testing.T) {
	for day, want := range map[string]string{"2026-11-25": "future", "2026-13-45": "no day", "": "no day"} {
		m := opened(consent.KindRefused, consent.MarketingEmail)
		uitest.PressPart(m, "enter")
		uitest.TypePart(m, "note 3")
		uitest.PressPart(m, "enter")
		uitest.PressPart(m, strings.Split(strings.Repeat("backspace ", 10), " ")[:10]...)
		uitest.TypePart(m, day)
		if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
			t.Fatalf("%q is recorded: %#v", day, wish)
		}
		if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, want) {
			t.Errorf("%q is answered with:\n%s", day, frame)
		}
	}
}

func TestErrorsOfTheStoreAreSaid(t *testing.T) {
	m := opened(consent.KindRefused, consent.MarketingEmail)
	uitest.PressPart(m, "enter")
	uitest.TypePart(m, "note 3")
	uitest.PressPart(m, "ctrl+s")
	m.Update(event.EventRecorded{Err: &mail.Problem{Sentence: "The disk is full.", NextStep: "Free some space.", Err: errors.New("x")}})
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "✗ The disk is full.") {
		t.Errorf("it is not said:\n%s", frame)
	}
	if _, ok := uitest.PressPart(m, "ctrl+s").(event.Record); !ok {
		t.Error("it cannot be tried again")
	}
	m.Update(event.EventRecorded{Err: fmt.Errorf("record: %w", consent.ErrNoEvidence)})
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "✗ Evidence is missing") || strings.Contains(frame, "record:") {
		t.Errorf("the ledger's own error is not said at its field:\n%s", frame)
	}
}

func TestEscChangesNothing(t *testing.T) {
	m := opened(consent.KindGranted, consent.TrackOpen)
	if _, ok := uitest.PressPart(m, "esc").(event.CloseOverlay); !ok || m.Open() {
		t.Error("Esc does not close")
	}
}

func TestGoldenScreens(t *testing.T) {
	long := strings.Repeat("Zażółć gęślą jaźń, 太陽 i więcej. ", 6)
	screens := map[string]func() *consentpane.Model{
		"granted":   func() *consentpane.Model { return opened(consent.KindGranted, consent.TrackOpen) },
		"objected":  func() *consentpane.Model { return opened(consent.KindObjected, "") },
		"withdrawn": func() *consentpane.Model { return opened(consent.KindWithdrawn, consent.MarketingEmail) },
		"first":     func() *consentpane.Model { return opened("", "") },
		"refused": func() *consentpane.Model {
			m := opened(consent.KindGranted, consent.MarketingEmail)
			uitest.PressPart(m, "enter")
			m.Update(tea.PasteMsg{Content: long})
			uitest.PressPart(m, "ctrl+s")
			return m
		},
	}
	for name, screen := range screens {
		for _, size := range []struct {
			name string
			w, h int
		}{{"80x24", 80, 21}, {"120x40", 120, 36}} {
			t.Run(name+"-"+size.name, func(t *testing.T) {
				uitest.Golden(t, name+"-"+size.name+".txt", uitest.DrawPart(t, screen(), size.w, size.h)+"\n")
			})
		}
	}
}

func TestDrawsExactlyItsSize(t *testing.T) {
	names := []string{"tab", "shift+tab", "enter", "left", "right", "up", "down", "backspace", "ctrl+s", "ctrl+o", "ż", "太", "x", "space"}
	rapid.Check(t, func(r *rapid.T) {
		m := opened("", "")
		for range rapid.IntRange(1, 6).Draw(r, "steps") {
			m.Update(uitest.Key(rapid.SampledFrom(names).Draw(r, "key")))
			if rapid.Bool().Draw(r, "paste") {
				m.Update(tea.PasteMsg{Content: rapid.String().Draw(r, "text")})
			}
			uitest.DrawPart(t, m, rapid.IntRange(1, 130).Draw(r, "w"), rapid.IntRange(1, 45).Draw(r, "h"))
		}
	})
}
