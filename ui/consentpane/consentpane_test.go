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

// face is the dialog with one of its quick questions, over a person of whom this
// is recorded and who wrote this.
func face(f event.RecordFace, text string, events ...consent.Event) *consentpane.Model {
	history := consent.History{Lead: lead(), Events: events, Inbound: []consent.Inbound{{ID: "stop@b", At: uitest.Now.Add(-time.Hour), Stop: f == event.FaceHeard}}}
	m := consentpane.New(theme.New(true, false), keys.Default(), "Marta Lis", uitest.Now)
	m.SetSize(80, 21)
	m.Update(event.RecordLoaded{
		Lead: lead(), Face: f, Mail: history.Inbound[0], Subject: "Torby", Text: text, History: history, Standing: consent.Stand(history, uitest.Company, uitest.Now),
	})
	return m
}

func granted(seq int64, p consent.Purpose) consent.Event {
	return consent.Event{Seq: seq, Person: 7, Kind: consent.KindGranted, Purpose: p, Method: consent.ByForm, Wording: "Zgadzam się.", Evidence: "form", At: uitest.Now.Add(-48 * time.Hour), Actor: "marta"}
}

// S59: what is marked is taken back; marketing takes the tracking along in one
// entry, and that is said before.
func TestS59_TheBlankTakesAPurposeOut(t *testing.T) {
	all := []consent.Event{granted(1, consent.MarketingEmail), granted(2, consent.TrackOpen), granted(3, consent.TrackClick)}
	m := face(event.FaceWithdraw, "", all...)
	if frame := strings.Join(strings.Fields(uitest.DrawPart(t, m, 80, 21)), " "); !strings.Contains(frame, "All tracking goes with it") {
		t.Errorf("it is not said that the tracking goes along:\n%s", frame)
	}
	if record, ok := uitest.PressPart(m, "enter").(event.Record); !ok || record.Event.Purpose != consent.MarketingEmail || record.Event.Evidence == "" || record.Event.Message != "stop@b" {
		t.Errorf("wished %#v", record)
	}
	m = face(event.FaceWithdraw, "", all...)
	many, ok := uitest.PressPart(m, "space", "enter").(event.Many)
	if !ok || len(many) != 2 {
		t.Fatalf("without marketing it wishes %#v", many)
	}
	for i, p := range []consent.Purpose{consent.TrackOpen, consent.TrackClick} {
		if e := many[i].(event.Record).Event; e.Purpose != p || e.Kind != consent.KindWithdrawn {
			t.Errorf("recorded %+v", e)
		}
	}
	m.Update(event.EventRecorded{Event: many[0].(event.Record).Event})
	if !m.Open() {
		t.Fatal("it closes before the second entry is written")
	}
	m.Update(event.EventRecorded{Event: many[1].(event.Record).Event})
	if m.Open() {
		t.Error("it stays open")
	}
	m = face(event.FaceWithdraw, "", all[0])
	if wish := uitest.PressPart(m, "space", "enter"); wish != nil {
		t.Errorf("nothing is marked and it wishes %#v", wish)
	}
}

// One of two entries that cannot be written keeps the dialog open and says so.
func TestAHalfWrittenWithdrawalIsSaid(t *testing.T) {
	m := face(event.FaceWithdraw, "", granted(1, consent.TrackOpen), granted(2, consent.TrackClick))
	many := uitest.PressPart(m, "enter").(event.Many)
	m.Update(event.EventRecorded{Err: &mail.Problem{Sentence: "The disk is full.", NextStep: "Free some space."}})
	m.Update(event.EventRecorded{Event: many[1].(event.Record).Event})
	if frame := uitest.DrawPart(t, m, 80, 21); !m.Open() || !strings.Contains(frame, "✗ The disk is full.") {
		t.Errorf("it is not said:\n%s", frame)
	}
	if _, ok := uitest.PressPart(m, "enter").(event.Many); !ok {
		t.Error("it cannot be tried again")
	}
}

// L21.2: an objection in a mail happened when they wrote it, in their own words;
// what the mail quotes is not theirs.
func TestL21_2_AHeardObjectionHasTheirWordsAndTheirHour(t *testing.T) {
	m := face(event.FaceHeard, "STOP, proszę.\n\n> Dzień dobry, oferta")
	record, ok := uitest.PressPart(m, "enter").(event.Record)
	if !ok {
		t.Fatalf("not recorded:\n%s", uitest.DrawPart(t, m, 80, 21))
	}
	want := consent.Event{Person: 7, Kind: consent.KindObjected, Method: consent.ByEmail, Evidence: "“STOP, proszę.”", Message: "stop@b", At: uitest.Now.Add(-time.Hour), Actor: "Marta Lis"}
	if record.Event != want {
		t.Errorf("recorded %+v, want %+v", record.Event, want)
	}
}

// A doubtful yes may be recorded by the rep, never in the words of the mail alone.
func TestG12_ADoubtfulYesNeedsTheRepsWord(t *testing.T) {
	asked := granted(1, consent.TrackOpen)
	asked.Kind, asked.Code = consent.KindAsked, "O-7K3P-Q2"
	history := consent.History{Lead: lead(), Events: []consent.Event{asked}}
	m := consentpane.New(theme.New(true, false), keys.Default(), "Marta Lis", uitest.Now)
	m.SetSize(100, 30)
	m.Update(event.RecordLoaded{Lead: lead(), Face: event.FaceHeard, Mail: consent.Inbound{ID: "yes@b", At: uitest.Now, Doubt: "It is not proven that they sent it."},
		Text: "O-7K3P-Q2", History: history, Standing: consent.Stand(history, uitest.Company, uitest.Now)})
	if frame := uitest.DrawPart(t, m, 100, 30); !strings.Contains(frame, "It is not proven that they sent it.") {
		t.Errorf("the doubt is not said:\n%s", frame)
	}
	if wish := uitest.PressPart(m, "left", "enter"); wish != nil {
		t.Fatalf("recorded without a word of the rep: %#v", wish)
	}
	uitest.TypePart(m, "called back, she confirmed")
	record, ok := uitest.PressPart(m, "enter").(event.Record)
	if e := record.Event; !ok || e.Kind != consent.KindGranted || e.Purpose != consent.TrackOpen || e.Wording != asked.Wording || e.Message != "yes@b" || e.Evidence != "called back, she confirmed" {
		t.Errorf("recorded %+v", record.Event)
	}
}

// A mail that was settled meanwhile records nothing any more.
func TestAMailThatWasSettledMeanwhileRecordsNothing(t *testing.T) {
	m := consentpane.New(theme.New(true, false), keys.Default(), "Marta Lis", uitest.Now)
	m.Update(event.RecordLoaded{Lead: lead(), Face: event.FaceHeard})
	if wish := uitest.PressPart(m, "enter", "enter"); wish != nil {
		t.Errorf("wished %#v", wish)
	}
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "✗ It is not said which mail this is about.") {
		t.Errorf("it is not said:\n%s", frame)
	}
}

func TestEachFaceDrawsExactlyItsSize(t *testing.T) {
	names := []string{"tab", "shift+tab", "left", "right", "up", "down", "backspace", "space", "ż", "太", "enter"}
	rapid.Check(t, func(r *rapid.T) {
		f := rapid.SampledFrom([]event.RecordFace{event.FaceWithdraw, event.FaceHeard, event.FaceRecord, event.FaceCorrect, event.FaceSeen}).Draw(r, "face")
		m := face(f, strings.Repeat("Proszę nie pisać 太陽. ", rapid.IntRange(0, 30).Draw(r, "words")), granted(1, consent.MarketingEmail), granted(2, consent.TrackOpen))
		for range rapid.IntRange(0, 6).Draw(r, "steps") {
			m.Update(uitest.Key(rapid.SampledFrom(names).Draw(r, "key")))
			uitest.DrawPart(t, m, rapid.IntRange(1, 130).Draw(r, "w"), rapid.IntRange(1, 45).Draw(r, "h"))
		}
	})
}

// C4: a fact needs its kind and where it was seen.
func TestC4_AFactNeedsWhereItWasSeen(t *testing.T) {
	m := face(event.FaceSeen, "")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("recorded without a fact: %#v", wish)
	}
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "✗ It is not said which fact this is evidence of.") {
		t.Errorf("it is not said:\n%s", frame)
	}
	uitest.PressPart(m, "right", "right")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("recorded without evidence: %#v", wish)
	}
	uitest.TypePart(m, "firma.example/kontakt")
	record, ok := uitest.PressPart(m, "ctrl+s").(event.Record)
	if e := record.Event; !ok || e.Kind != consent.KindEvidence || e.Fact != consent.FactPublished || e.Evidence != "firma.example/kontakt" || !e.At.Equal(uitest.Now) {
		t.Errorf("recorded %+v", record.Event)
	}
}
