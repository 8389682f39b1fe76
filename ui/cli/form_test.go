package cli

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/template"
)

// shippedWorld knows the shipped templates and a clock, and has no store.
func shippedWorld() *world {
	return &world{templates: template.Shipped(), now: func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }}
}

// TestS27_TheSkeletonAsksForAllThatValidateWants: read as it is, it is a form; and
// what is missing is named one after the other until nothing is.
func TestS27_TheSkeletonAsksForAllThatValidateWants(t *testing.T) {
	w := shippedWorld()
	var out bytes.Buffer
	if err := (assessSkeletonCommand{}).Run(context.Background(), &app{Stdio: Stdio{Out: &out}, now: w.now}); err != nil {
		t.Fatal(err)
	}
	a, err := w.parseForm(out.Bytes())
	if err != nil {
		t.Fatalf("the skeleton is no form: %v", err)
	}
	for range 40 {
		var problem *mail.Problem
		if err := a.Validate(w.now()); err == nil {
			return
		} else if !errors.As(err, &problem) || !fillNext(&a) {
			t.Fatalf("nothing mends: %v", err)
		}
	}
	t.Error("it never becomes whole")
}

// fillNext answers the first question that is open; false when none is.
func fillNext(a *consent.Assessment) bool {
	for _, field := range []*string{
		&a.ID, &a.Name, &a.Purpose, &a.Interest, &a.Audience.Roles, &a.Audience.Sector, &a.Intrusive, &a.Necessity,
		&a.Expectation, &a.Impact, &a.Balance, &a.Author,
	} {
		if *field == "" {
			*field = "x"
			return true
		}
	}
	switch {
	case len(a.Audience.Countries) == 0:
		a.Audience.Countries = []string{"GB"}
	case len(a.SourceKinds) == 0:
		a.SourceKinds = []consent.SourceKind{consent.SourceResearch}
	case a.Volume == 0:
		a.Volume = 1
	case len(a.Templates) == 0:
		a.Templates = []consent.TemplateRef{{}}
	default:
		return false
	}
	return true
}

// FuzzParseForm: any bytes give a form or a problem with a next step, and never a
// template with a hash that is not its own.
func FuzzParseForm(f *testing.F) {
	f.Add([]byte("id = \"lia-1\"\ntemplates = [\"first-contact\"]\nby_hand = true\ndate = \"2026-01-02\"\n[audience]\ncountries = [\"gb\"]\n"))
	f.Add([]byte("id = 7\n"))
	f.Add([]byte("date = \"soon\"\n"))
	f.Add([]byte("templates = [\"\"]\nsource_kinds = [\"bought list\"]\n"))
	w := shippedWorld()
	f.Fuzz(func(t *testing.T, raw []byte) {
		a, err := w.parseForm(raw)
		if err != nil {
			var problem *mail.Problem
			if !errors.As(err, &problem) || problem.NextStep == "" || strings.Contains(problem.Sentence, "\n") {
				t.Fatalf("no problem for a person: %v", err)
			}
			return
		}
		for _, ref := range a.Templates {
			if ref.Hash != w.hashOf(ref.Name, ref.Language) {
				t.Fatalf("%s.%s is listed as %q", ref.Name, ref.Language, ref.Hash)
			}
		}
		if ok, _ := a.Stands(w.now()); ok && a.ValidUntil.After(a.Date.Add(consent.AssessmentLife)) {
			t.Fatal("it stands for longer than a year")
		}
	})
}
