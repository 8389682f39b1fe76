package leadform_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/leadform"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

func lead() consent.Lead {
	return consent.Lead{
		ID: 7, Name: "Ewa Żółć-Łęcka", Address: mail.Address{Email: "ewa@piekarnia.example"}, Company: "Piekarnia Słoneczna 太陽",
		Role: "właścicielka", Language: "pl", Country: "PL", Since: uitest.Now, Source: "their mail of 4 Nov 2026", SourceKind: consent.SourceInbound,
		ObtainedAt: uitest.Now.Add(-20 * 24 * time.Hour),
	}
}

func opened(l consent.Lead, field event.LeadField) *leadform.Model {
	m := leadform.New(theme.New(true, false), keys.Default(), uitest.Now)
	m.SetSize(80, 21)
	m.Update(event.LeadLoaded{Lead: l, Field: field})
	return m
}

func erase(m *leadform.Model, n int) {
	for range n {
		uitest.PressPart(m, "backspace")
	}
}

func TestS5_OpensOnTheReasonAndCounts(t *testing.T) {
	m := opened(lead(), event.FieldReason)
	frame := uitest.DrawPart(t, m, 80, 21)
	if !strings.Contains(frame, "▌ Reason") || !strings.Contains(frame, "0 of at least 40 characters") {
		t.Fatalf("the form does not open on the reason:\n%s", frame)
	}
	uitest.TypePart(m, "żółć 太陽")
	if frame = uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "7 of at least 40") {
		t.Errorf("runes are not counted:\n%s", frame)
	}
	uitest.TypePart(m, strings.Repeat("ą", 40))
	if frame = uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "47 characters, enough") {
		t.Errorf("it is not said that it is enough:\n%s", frame)
	}
	save, ok := uitest.PressPart(m, "ctrl+s").(event.SaveLead)
	if !ok || !strings.HasPrefix(save.Lead.Reason, "żółć 太陽ą") {
		t.Fatalf("saved %#v", save)
	}
	want := lead()
	want.Reason = save.Lead.Reason
	if save.Lead != want {
		t.Errorf("more than the reason has changed: %+v", save.Lead)
	}
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Errorf("saved twice: %#v", wish)
	}
	m.Update(event.LeadSaved{Lead: save.Lead})
	if m.Open() {
		t.Error("the form stays open")
	}
}

func TestL14_ANewLeadNeedsAddressAndSource(t *testing.T) {
	m := opened(consent.Lead{}, "")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("an empty lead is added: %#v", wish)
	}
	frame := uitest.DrawPart(t, m, 80, 24)
	for _, want := range []string{"▌ Address", "not one mail address", "Without a source"} {
		if !strings.Contains(frame, want) {
			t.Errorf("the form does not say %q:\n%s", want, frame)
		}
	}
	uitest.TypePart(m, "Jan Nowak <jan@firma.example>")
	uitest.PressPart(m, "enter", "enter", "enter", "enter", "right", "enter", "enter", "enter")
	uitest.TypePart(m, "wizytówka z targów w Poznaniu")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("added without saying what sort of source it is, and whether it is public: %#v", wish)
	}
	frame = uitest.DrawPart(t, m, 80, 24)
	for _, want := range []string{"Choose what sort of source it is", "Choose whether the source is public"} {
		if !strings.Contains(frame, want) {
			t.Errorf("the form does not say %q:\n%s", want, frame)
		}
	}
	uitest.PressPart(m, "right", "right", "right", "enter", "enter", "right") // referral; not public
	add, ok := uitest.PressPart(m, "ctrl+s").(event.AddLead)
	if !ok {
		t.Fatalf("not added:\n%s", uitest.DrawPart(t, m, 80, 24))
	}
	l := add.Lead
	if l.Address.Email != "jan@firma.example" || l.Name != "Jan Nowak" || l.Source == "" || !l.ObtainedAt.Equal(uitest.Now) || l.Language != "pl" ||
		l.SourceKind != consent.SourceReferral || l.SourcePublic || l.Sole {
		t.Errorf("added %+v", l)
	}
}

func TestWrongCountryAndDayAreSaidInPlace(t *testing.T) {
	m := opened(lead(), event.FieldCountry)
	erase(m, 2)
	uitest.TypePart(m, "qq")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("a country that is none is saved: %#v", wish)
	}
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "▌ Country") || !strings.Contains(frame, "No country rule") {
		t.Errorf("it is not said:\n%s", frame)
	}
	erase(m, 2)
	uitest.TypePart(m, "de")
	uitest.PressPart(m, "enter", "enter", "enter", "enter")
	erase(m, 10)
	uitest.TypePart(m, "2026-11-25")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("a day to come is saved: %#v", wish)
	}
	erase(m, 10)
	uitest.TypePart(m, "2026-11-01")
	save, ok := uitest.PressPart(m, "ctrl+s").(event.SaveLead)
	if !ok || save.Lead.Country != "DE" || save.Lead.ObtainedAt.Day() != 1 {
		t.Errorf("saved %#v", save)
	}
}

func TestErrorsOfTheStoreAreSaid(t *testing.T) {
	m := opened(lead(), "")
	uitest.PressPart(m, "ctrl+s")
	m.Update(event.LeadSaved{Err: &mail.Problem{Sentence: "This address is blocked.", NextStep: "It objected; nothing can be done.", Err: errors.New("x")}})
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "✗ This address is blocked.") {
		t.Errorf("it is not said:\n%s", frame)
	}
}

func TestGoldenScreens(t *testing.T) {
	long := lead()
	long.Reason = strings.Repeat("Otwierają Państwo drugą piekarnię w Łodzi i szukacie toreb 太陽. ", 4)
	screens := map[string]func() *leadform.Model{
		"edit":   func() *leadform.Model { return opened(lead(), "") },
		"reason": func() *leadform.Model { return opened(long, event.FieldReason) },
		"add":    func() *leadform.Model { return opened(consent.Lead{}, "") },
		"wrong": func() *leadform.Model {
			m := opened(consent.Lead{}, "")
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
	names := []string{"tab", "shift+tab", "enter", "left", "right", "up", "down", "backspace", "ctrl+s", "ż", "太", "x", "space"}
	rapid.Check(t, func(r *rapid.T) {
		m := opened(lead(), "")
		for range rapid.IntRange(1, 6).Draw(r, "steps") {
			m.Update(uitest.Key(rapid.SampledFrom(names).Draw(r, "key")))
			if rapid.Bool().Draw(r, "paste") {
				m.Update(tea.PasteMsg{Content: rapid.String().Draw(r, "text")})
			}
			uitest.DrawPart(t, m, rapid.IntRange(1, 130).Draw(r, "w"), rapid.IntRange(1, 45).Draw(r, "h"))
		}
	})
}

func TestTheCursorStaysInItsField(t *testing.T) {
	l := lead()
	l.Reason = strings.Repeat("Otwierają Państwo drugą piekarnię w Łodzi. ", 8) + "KONIEC"
	m := opened(l, event.FieldReason)
	for _, h := range []int{12, 21, 36} {
		frame := uitest.DrawPart(t, m, 80, h)
		c := m.Cursor()
		if c == nil || !strings.Contains(strings.Split(frame, "\n")[c.Y], "KONIEC") {
			t.Errorf("in %d rows the cursor is %v:\n%s", h, c, frame)
		}
	}
}

// A2: the form says how many others have nearly the reason that is on file.
func TestA2_TheFormCountsTheTwins(t *testing.T) {
	l := lead()
	l.Reason = "Otwierają Państwo drugą piekarnię w Łodzi i szukacie toreb."
	for n, want := range map[int]string{1: "1 other lead has nearly this reason.", 4: "! 4 other leads have nearly this reason: it carries no mail."} {
		m := leadform.New(theme.New(true, false), keys.Default(), uitest.Now)
		m.Update(event.LeadLoaded{Lead: l, Field: event.FieldReason, Twins: n})
		if frame := strings.Join(strings.Fields(uitest.DrawPart(t, m, 80, 30)), " "); !strings.Contains(frame, want) {
			t.Errorf("it does not say %q:\n%s", want, frame)
		}
		uitest.TypePart(m, " 太陽")
		if frame := uitest.DrawPart(t, m, 80, 30); strings.Contains(frame, "nearly this reason") {
			t.Errorf("the count stays though the reason was changed:\n%s", frame)
		}
	}
}

// L9: what nobody may keep is said while it is typed, and is not saved.
func TestL9_WhatMayNotBeKeptIsSaidAndNotSaved(t *testing.T) {
	m := opened(lead(), event.FieldNote)
	uitest.TypePart(m, "ma raka, leczy się")
	if frame := strings.Join(strings.Fields(uitest.DrawPart(t, m, 80, 30)), " "); !strings.Contains(frame, "! Note seems to tell of health") {
		t.Errorf("it is not said while typing:\n%s", frame)
	}
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("it is saved: %#v", wish)
	}
	if frame := strings.Join(strings.Fields(uitest.DrawPart(t, m, 80, 30)), " "); !strings.Contains(frame, "✗ Note seems to tell of health") || !strings.Contains(frame, "keep:") {
		t.Errorf("it is not said at the field:\n%s", frame)
	}
	m = opened(lead(), event.FieldNote)
	uitest.TypePart(m, "ma raka, leczy się keep: x")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Errorf("a word in passing keeps it: %#v", wish)
	}
}

// L14: an old lead whose source nobody classified must be completed when it is edited.
func TestL14_AnOldLeadMustSayItsKindAndWhetherPublic(t *testing.T) {
	l := lead()
	l.SourceKind = ""
	m := opened(l, "")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("saved without it: %#v", wish)
	}
	if frame := uitest.DrawPart(t, m, 80, 30); !strings.Contains(frame, "✗ Choose what sort") || !strings.Contains(frame, "✗ Choose whether") {
		t.Errorf("it is not said:\n%s", frame)
	}
}
