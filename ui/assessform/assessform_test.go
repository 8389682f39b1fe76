package assessform_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/assessform"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

var templates = []mail.TemplateInfo{{Name: "first-contact", Language: "en", Hash: "h1"}, {Name: "reply", Language: "en", Hash: "h2"}}

// green is a whole assessment whose outcome is green.
func green() consent.Assessment {
	return consent.Assessment{
		ID: "lia-1", Version: 4, Name: "Bags for bakeries", Purpose: "introduce offer", Interest: "Bakeries need bags that hold food.",
		Audience: consent.Audience{Roles: "owners", Sector: "bakeries", Size: "1 to 50", Countries: []string{"GB", "FR"}},
		Data:     []string{consent.FieldAddress, consent.FieldName}, Intrusive: "phone", Necessity: "Nobody answers the phone at night.",
		Volume: 40, FollowUps: 1, SourceKinds: []consent.SourceKind{consent.SourceResearch}, Expectation: "published", Impact: "none",
		Balance: "They can say no with one word.", Author: "Marta Lis", Date: uitest.Now.Add(-time.Hour), ValidUntil: uitest.Now.Add(consent.AssessmentLife - time.Hour),
		Templates: []consent.TemplateRef{{Name: "first-contact", Language: "en", Hash: "an older text"}},
	}
}

func opened(a consent.Assessment) *assessform.Model {
	m := assessform.New(theme.New(true, true), keys.Default(), "Marta Lis", consent.Controller{Retention: "6 months"}, uitest.Now)
	m.SetSize(120, 37)
	m.Update(event.AssessmentOpened{Assessment: a, Templates: templates})
	return m
}

func frame(t *testing.T, m *assessform.Model) string { return uitest.DrawPart(t, m, 120, 37) }

// A1: renewing keeps the answers and takes the texts as they are now.
func TestA1_ARenewalLooksAtTheTextsOfToday(t *testing.T) {
	m := opened(green())
	if !strings.Contains(frame(t, m), "first-contact en (changed since)") {
		t.Errorf("the changed text is not marked:\n%s", frame(t, m))
	}
	wish, ok := uitest.PressPart(m, "ctrl+s").(event.SaveAssessment)
	if !ok {
		t.Fatalf("it is not saved:\n%s", frame(t, m))
	}
	want := green()
	want.Version, want.Date, want.ValidUntil = 0, uitest.Now, uitest.Now.Add(consent.AssessmentLife)
	want.Templates[0].Hash = "h1"
	if wish.Assessment.Hash() != want.Hash() {
		t.Errorf("saved %+v, want %+v", wish.Assessment, want)
	}
	if err := wish.Assessment.Validate(uitest.Now); err != nil {
		t.Errorf("what the form lets through is not whole: %v", err)
	}
}

// S27: the outcome stands beside the fields and follows each key, with its reasons.
func TestS27_TheOutcomeFollowsTheAnswers(t *testing.T) {
	m := opened(green())
	if !strings.Contains(frame(t, m), "✓ green: it stands until 24 November") {
		t.Fatalf("it is not green:\n%s", frame(t, m))
	}
	for range 18 { // to the impact: none, mild, notable
		if strings.Contains(frame(t, m), "▌ Impact") {
			break
		}
		uitest.PressPart(m, "tab")
	}
	uitest.PressPart(m, "right")
	if got := frame(t, m); !strings.Contains(got, "▲ amber: it stands once a second") {
		t.Errorf("it is not amber:\n%s", got)
	}
	uitest.PressPart(m, "right")
	if got := frame(t, m); !strings.Contains(got, "✗ red: it can be kept, and carries") {
		t.Errorf("it is not red:\n%s", got)
	}
}

// S27: every answer that a whole form needs is asked for at its field.
func TestS27_AnEmptyFormSaysWhatIsMissing(t *testing.T) {
	m := opened(consent.Assessment{})
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("an empty form is saved: %#v", wish)
	}
	if got := uitest.DrawPart(t, m, 120, 80); strings.Count(got, "✗") != 14 || !strings.Contains(got, "▌ Campaign") {
		t.Errorf("%d fields say what is missing:\n%s", strings.Count(got, "✗"), got)
	}
}

// Whatever one answer is taken away, the form is not saved, or the store takes it.
func TestS27_WhatTheFormLetsThroughIsWhole(t *testing.T) {
	spoil := map[string]func(*consent.Assessment){
		"name": func(a *consent.Assessment) { a.Name = " " }, "purpose": func(a *consent.Assessment) { a.Purpose = "" },
		"interest": func(a *consent.Assessment) { a.Interest = "" }, "roles": func(a *consent.Assessment) { a.Audience.Roles = "" },
		"sector": func(a *consent.Assessment) { a.Audience.Sector = "" }, "countries": func(a *consent.Assessment) { a.Audience.Countries = nil },
		"strange country": func(a *consent.Assessment) { a.Audience.Countries = []string{"QQ"} },
		"data":            func(a *consent.Assessment) { a.Data = nil }, "intrusive": func(a *consent.Assessment) { a.Intrusive = "" },
		"necessity": func(a *consent.Assessment) { a.Necessity = "" }, "volume": func(a *consent.Assessment) { a.Volume = 0 },
		"sources": func(a *consent.Assessment) { a.SourceKinds = nil }, "expectation": func(a *consent.Assessment) { a.Expectation = "" },
		"impact": func(a *consent.Assessment) { a.Impact = "" }, "balance": func(a *consent.Assessment) { a.Balance = "" },
		"templates": func(a *consent.Assessment) { a.Templates = nil }, "second is first": func(a *consent.Assessment) { a.Second = "marta lis" },
	}
	for name, change := range spoil {
		a := green()
		change(&a)
		if wish := uitest.PressPart(opened(a), "ctrl+s"); wish != nil {
			t.Errorf("without %s it is saved", name)
		}
	}
}

func TestANewOneGetsAName(t *testing.T) {
	a := green()
	a.ID = ""
	wish, ok := uitest.PressPart(opened(a), "ctrl+s").(event.SaveAssessment)
	if !ok || wish.Assessment.ID != "lia-20261124-0942" {
		t.Errorf("saved as %q", wish.Assessment.ID)
	}
}

func TestWhatTheStoreLacksIsSaid(t *testing.T) {
	m := opened(green())
	uitest.PressPart(m, "ctrl+s")
	m.Update(event.AssessmentSaved{Err: &mail.Problem{Sentence: "The disk is full.", NextStep: "Make room.", Err: errors.New("x")}})
	if !m.Open() || !strings.Contains(frame(t, m), "✗ The disk is full.") {
		t.Errorf("it says:\n%s", frame(t, m))
	}
	uitest.PressPart(m, "ctrl+s")
	m.Update(event.AssessmentSaved{Assessment: green()})
	if m.Open() {
		t.Error("it stays open after it was saved")
	}
}

func TestEverySize(t *testing.T) {
	for w := 4; w < 150; w += 9 {
		for h := 1; h < 50; h += 6 {
			uitest.DrawPart(t, opened(green()), w, h)
			uitest.DrawPart(t, opened(consent.Assessment{}), w, h)
		}
	}
}
