package consent

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/mail"
)

// interested is a mail that rests on the assessment and lacks nothing.
func interested() (History, Letter, Controller) {
	return lawful("US", BasisInterest, "ewa@studio.example")
}

// TestS27_TheFormIsWhole: each part of the form, left out, is named, and nothing rests on the rest.
func TestS27_TheFormIsWhole(t *testing.T) {
	for want, spoil := range map[string]func(*Assessment){
		"no id": func(a *Assessment) { a.ID = " " }, "no name": func(a *Assessment) { a.Name = "" },
		"what it is for": func(a *Assessment) { a.Purpose = "" }, "who gains what": func(a *Assessment) { a.Interest = "\t" },
		"in which jobs": func(a *Assessment) { a.Audience.Roles = "" }, "in which trade": func(a *Assessment) { a.Audience.Sector = "" },
		"in which countries": func(a *Assessment) { a.Audience.Countries = nil }, "not in the table": func(a *Assessment) { a.Audience.Countries = []string{"Atlantis"} },
		"which data": func(a *Assessment) { a.Data = nil }, "what else was looked at": func(a *Assessment) { a.Intrusive = "" },
		"does not work": func(a *Assessment) { a.Necessity = "" }, "where the data comes from": func(a *Assessment) { a.SourceKinds = nil },
		"can expect": func(a *Assessment) { a.Expectation = "" }, "does to the people": func(a *Assessment) { a.Impact = "" },
		"weigh": func(a *Assessment) { a.Balance = "" }, "no author": func(a *Assessment) { a.Author = "" },
		"how many first mails": func(a *Assessment) { a.Volume = 0 }, "below zero": func(a *Assessment) { a.FollowUps = -1 },
		"no date": func(a *Assessment) { a.Date = time.Time{} }, "in the future": func(a *Assessment) { a.Date = noon.Add(time.Second) },
		"end before it begins": func(a *Assessment) { a.ValidUntil = a.Date }, "longer than a year": func(a *Assessment) { a.ValidUntil = a.Date.Add(AssessmentLife + 1) },
		"looked at no text": func(a *Assessment) { a.Templates = nil }, "without its hash": func(a *Assessment) { a.Templates[1].Hash = "" },
	} {
		h, l, c := interested()
		if v := DecideSend(h, l, c, noon); !v.Allowed() {
			t.Fatalf("control: %s", failedKeys(v))
		}
		spoil(&h.Assessments[0])
		var problem *mail.Problem
		if err := h.Assessments[0].Validate(noon); !errors.As(err, &problem) || !strings.Contains(problem.Sentence, want) || problem.NextStep == "" {
			t.Errorf("%s: Validate says %v", want, err)
		}
		if v := DecideSend(h, l, c, noon); v.Allowed() || check(v, "basis").Fix != FixAssessment {
			t.Errorf("%s: allowed", want)
		}
	}
}

// TestS27_OutcomeIsComputed: what makes it amber, what makes it red, and that it says so.
func TestS27_OutcomeIsComputed(t *testing.T) {
	for _, tc := range []struct {
		name    string
		spoil   func(*Assessment)
		outcome Outcome
		says    string
	}{
		{"nothing", func(*Assessment) {}, Green, ""},
		{"bought list", func(a *Assessment) { a.SourceKinds = append(a.SourceKinds, SourceBought) }, Red, "bought list"},
		{"unknown source", func(a *Assessment) { a.SourceKinds = []SourceKind{"hearsay"} }, Red, "not known"},
		{"no expectation", func(a *Assessment) { a.Expectation = "none" }, Red, "do not expect"},
		{"same trade", func(a *Assessment) { a.Expectation = "same trade" }, Amber, "same trade"},
		{"notable impact", func(a *Assessment) { a.Impact = "notable" }, Red, "Notable"},
		{"children", func(a *Assessment) { a.Impact = "vulnerable" }, Red, "Children"},
		{"mild impact", func(a *Assessment) { a.Impact = "mild" }, Amber, "Mild"},
		{"an answer of one's own", func(a *Assessment) { a.Impact = "lovely" }, Red, "one of the answers"},
		{"nothing less looked at", func(a *Assessment) { a.Intrusive = "none" }, Amber, "Nothing else"},
		{"one follow-up", func(a *Assessment) { a.FollowUps = 1 }, Green, ""},
		{"two follow-ups", func(a *Assessment) { a.FollowUps = 2 }, Amber, "2 mails without an answer"},
		{"three follow-ups", func(a *Assessment) { a.FollowUps = 3 }, Red, "3 mails without an answer"},
		{"many mails", func(a *Assessment) { a.Volume = 201 }, Amber, "201 first mails"},
		{"a mass mailing", func(a *Assessment) { a.Volume = 2001 }, Red, "2001 first mails"},
		{"a note as data", func(a *Assessment) { a.Data = append(a.Data, "note") }, Amber, "Note"},
		{"other data", func(a *Assessment) { a.Data = append(a.Data, "birthday") }, Red, "data that is used"},
		{"a country that says no", func(a *Assessment) { a.Audience.Countries = []string{"US", "DE"} }, Red, "DE: it asks for prior consent"},
		{"a disputed country", func(a *Assessment) { a.Audience.Countries = []string{"LT"} }, Amber, "override"},
		{"the unknown country", func(a *Assessment) { a.Audience.Countries = []string{unknownCode} }, Amber, "unknown"},
		{"red before amber", func(a *Assessment) { a.Impact, a.Expectation = "mild", "none" }, Red, "do not expect"},
	} {
		a := assessed("US")
		tc.spoil(&a)
		outcome, reasons := a.Outcome()
		if outcome != tc.outcome || (outcome == Green) != (len(reasons) == 0) || tc.says != "" && !strings.Contains(reasons[0], tc.says) {
			t.Errorf("%s: %s %q", tc.name, outcome, reasons)
		}
		if ok, _ := a.Stands(noon); ok != (outcome == Green) {
			t.Errorf("%s: stands %v without a second person", tc.name, ok)
		}
		a.Second = " MARTA "
		if ok, _ := a.Stands(noon); ok != (outcome == Green) {
			t.Errorf("%s: the author is their own second person", tc.name)
		}
		a.Second = "Adam"
		if ok, _ := a.Stands(noon); ok != (outcome != Red) {
			t.Errorf("%s: stands %v with a second person", tc.name, ok)
		}
	}
}

// TestA1_WhatItDidNotLookAtIsNotCovered, and the refusal says which it is.
func TestA1_WhatItDidNotLookAtIsNotCovered(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(*History, *Letter)
		says  string
		fix   Fix
	}{
		{"changed template", func(_ *History, l *Letter) { l.Template, l.TemplateHash = "first-contact", "beef" }, "template was changed after", FixAssessment},
		{"template without a hash", func(_ *History, l *Letter) { l.Template = "first-contact" }, "template was changed after", FixAssessment},
		{"other language", func(_ *History, l *Letter) { l.Template, l.TemplateHash, l.Language = "first-contact", "beef", "de" }, "did not look at this template", FixAssessment},
		{"other template", func(_ *History, l *Letter) { l.Template, l.TemplateHash = "follow-up", "cafe" }, "did not look at this template", FixAssessment},
		{"by hand", func(h *History, _ *Letter) { h.Assessments[0].Templates = h.Assessments[0].Templates[1:] }, "written by hand", FixAssessment},
		{"other kind of source", func(h *History, _ *Letter) { h.Lead.SourceKind = SourceSocial }, `kind "social"`, FixAssessment},
		{"no kind of source", func(h *History, _ *Letter) { h.Lead.SourceKind = "" }, "what kind of source", FixSource},
		{"other audience", func(h *History, _ *Letter) { h.Lead.Country = "GB" }, "country of this person", FixAssessment},
		{"other data", func(h *History, _ *Letter) { h.Assessments[0].Data = []string{"name", "address", "role", "reason"} }, `field "company"`, FixAssessment},
		{"too many follow-ups", func(h *History, _ *Letter) { h.Unanswered = 2 }, "2 mails to them are unanswered", FixNone},
		{"ended", func(h *History, _ *Letter) { h.Assessments[0].ValidUntil = noon }, "ended on 2026-11-24", FixAssessment},
		{"none", func(h *History, _ *Letter) { h.Assessments = nil }, "there is no legitimate-interest assessment", FixAssessment},
	} {
		h, l, c := interested()
		tc.spoil(&h, &l)
		v := DecideSend(h, l, c, noon)
		if got := check(v, "basis"); v.Allowed() || !strings.Contains(got.Reason, tc.says) || got.Fix != tc.fix {
			t.Errorf("%s: allowed %v, %q, fix %q", tc.name, v.Allowed(), got.Reason, got.Fix)
		}
		if _, ok := CarriedBy(h, l, c, noon); ok {
			t.Errorf("%s: an assessment carries it", tc.name)
		}
	}
	h, l, c := interested()
	l.Template, l.TemplateHash, h.Unanswered = "first-contact", "cafe", 1
	if v := DecideSend(h, l, c, noon); !v.Allowed() {
		t.Errorf("the template as it was: %s", failedKeys(v))
	}
}

// TestA1_OfSeveralTheFirstThatCovers carries the mail, and the nearest says what is missing.
func TestA1_OfSeveralTheFirstThatCovers(t *testing.T) {
	h, l, c := interested()
	far, near, good := assessed("GB"), assessed("US"), assessed("US")
	far.ID, near.ID, good.ID = "far", "near", "good"
	near.FollowUps, h.Unanswered = 0, 1
	h.Assessments = []Assessment{far, near, good, assessed("US")}
	if a, ok := CarriedBy(h, l, c, noon); !ok || a.ID != "good" {
		t.Errorf("carried by %q", a.ID)
	}
	h.Assessments = []Assessment{near, far}
	if got := check(DecideSend(h, l, c, noon), "basis"); !strings.Contains(got.Reason, "unanswered") {
		t.Errorf("the nearest does not speak: %q", got.Reason)
	}
}

// TestS27_HashIsOfTheAnswers: every answer is in it, the version and the zone of its times are not.
func TestS27_HashIsOfTheAnswers(t *testing.T) {
	a := assessed("US")
	same := a
	same.Version, same.Date = 9, a.Date.In(time.FixedZone("CET", 3600))
	if a.Hash() != same.Hash() || len(a.Hash()) != 64 {
		t.Errorf("the same answers hash to %s and %s", a.Hash(), same.Hash())
	}
	seen := map[string]string{a.Hash(): "as it was"}
	for name, change := range map[string]func(*Assessment){
		"id": func(a *Assessment) { a.ID += "x" }, "name": func(a *Assessment) { a.Name += "x" }, "purpose": func(a *Assessment) { a.Purpose += "x" },
		"interest": func(a *Assessment) { a.Interest += "x" }, "roles": func(a *Assessment) { a.Audience.Roles += "x" }, "sector": func(a *Assessment) { a.Audience.Sector += "x" },
		"size": func(a *Assessment) { a.Audience.Size += "x" }, "countries": func(a *Assessment) { a.Audience.Countries = []string{"GB"} },
		"data": func(a *Assessment) { a.Data = a.Data[1:] }, "intrusive": func(a *Assessment) { a.Intrusive += "x" }, "necessity": func(a *Assessment) { a.Necessity += "x" },
		"volume": func(a *Assessment) { a.Volume++ }, "followups": func(a *Assessment) { a.FollowUps++ }, "kinds": func(a *Assessment) { a.SourceKinds = a.SourceKinds[1:] },
		"expectation": func(a *Assessment) { a.Expectation += "x" }, "impact": func(a *Assessment) { a.Impact += "x" }, "balance": func(a *Assessment) { a.Balance += "<" },
		"remark": func(a *Assessment) { a.Remark += "x" }, "author": func(a *Assessment) { a.Author += "x" }, "second": func(a *Assessment) { a.Second += "x" },
		"date": func(a *Assessment) { a.Date = a.Date.Add(1) }, "end": func(a *Assessment) { a.ValidUntil = a.ValidUntil.Add(-1) }, "templates": func(a *Assessment) { a.Templates = a.Templates[1:] },
	} {
		b := assessed("US")
		change(&b)
		if before, twice := seen[b.Hash()]; twice {
			t.Errorf("%s hashes as %s", name, before)
		}
		seen[b.Hash()] = name
	}
}

// TestG19_TruthTable: every basis with every country, assessment, reason and
// notice. Of legitimate interest only the row in which all is true sends.
func TestG19_TruthTable(t *testing.T) {
	countries := []struct {
		code  string
		email string
		cold  bool
	}{
		{"US", "ewa@studio.example", true}, {"GB", "ewa@studio.example", true}, {"GB", "ewa@gmail.com", false},
		{"DE", "ewa@studio.example", false}, {"LT", "ewa@studio.example", false}, {"", "ewa@studio.example", false},
	}
	assessments := map[string]func(*History, *Letter){
		"covers": func(*History, *Letter) {}, "none": func(h *History, _ *Letter) { h.Assessments = nil },
		"ended":    func(h *History, _ *Letter) { h.Assessments[0].ValidUntil = ago(1) },
		"red":      func(h *History, _ *Letter) { h.Assessments[0].Impact = "notable" },
		"template": func(_ *History, l *Letter) { l.Template, l.TemplateHash = "first-contact", "changed" },
	}
	reasons := map[string]func(*History){
		"own": func(*History) {}, "short": func(h *History) { h.Lead.Reason = "You might like it." }, "of many": func(h *History) { h.Twins = 3 },
	}
	notices := map[string]func(*History){
		"in time": func(*History) {}, "over due": func(h *History) { h.Lead.ObtainedAt = ago(40) },
		"given": func(h *History) {
			h.Lead.ObtainedAt = ago(40)
			h.Events = append(h.Events, event(9, KindNotice, "", ago(20)))
		},
	}
	rows, sent := 0, map[Basis]int{}
	for _, basis := range []Basis{BasisInterest, BasisConsent, BasisSoft, BasisReply} {
		for _, country := range countries {
			for assessment, assess := range assessments {
				for reason, because := range reasons {
					for notice, inform := range notices {
						rows++
						h, _, c := lawful(country.code, basis, country.email)
						c.Country = "US"
						because(&h)
						inform(&h)
						l := letterFor(h, c, basis, Tracking{})
						assess(&h, &l)
						v := DecideSend(h, l, c, noon)
						soft := basis == BasisSoft && rulings(h.Lead, c, func(c Country) Ruling { return c.SoftOptIn(noon) }).Rule == RuleYes
						interest := country.cold && assessment == "covers" && reason == "own" && notice != "over due"
						want := basis == BasisConsent && notice != "over due" || basis == BasisReply || soft && notice != "over due" ||
							basis == BasisInterest && interest ||
							basis == BasisSoft && !soft && interest && notice == "given" // else its notice names another basis than the true one
						if v.Allowed() != want {
							t.Errorf("%s, %q %s, assessment %s, reason %s, notice %s: allowed %v (%s)",
								basis, country.code, country.email, assessment, reason, notice, v.Allowed(), failedKeys(v))
						}
						if v.Allowed() {
							sent[basis]++
						}
					}
				}
			}
		}
	}
	if rows != 4*6*5*3*3 || sent[BasisInterest] != 2*1*1*2 {
		t.Errorf("%d rows, of which sent %v", rows, sent)
	}
}

// TestC4_Golden is one case for every row: 3 recipients by 4 bases, with nothing on
// file of the facts, and with all of them.
func TestC4_Golden(t *testing.T) {
	var b strings.Builder
	for _, c := range Countries() {
		fmt.Fprintf(&b, "%s\n", c.Code)
		for _, to := range []Recipient{RecipientNamed, RecipientRole, RecipientSole} {
			r := c.Cold(to, noon)
			facts := ""
			if len(r.Facts) > 0 {
				facts = fmt.Sprintf(" %q", r.Facts)
			}
			fmt.Fprintf(&b, "  %-15s cold %-4s %s%s\n", to, r.Rule, r.Why, facts)
			for _, basis := range []Basis{BasisInterest, BasisConsent, BasisSoft, BasisReply} {
				h, l, company := lawfulTo(c.Code, basis, to)
				bare := DecideSend(h, l, company, noon)
				h.Events = append(h.Events, allFacts()...)
				proven := DecideSend(h, l, company, noon)
				fmt.Fprintf(&b, "    %-20s %-5v %-30s with facts %-5v %s\n", basis, bare.Allowed(), failedKeys(bare), proven.Allowed(), failedKeys(proven))
			}
		}
	}
	golden(t, "countries.golden", b.String())
}

func lawfulTo(country string, basis Basis, to Recipient) (History, Letter, Controller) {
	email := "ewa@studio.example"
	if to == RecipientRole {
		email = "info@studio.example"
	}
	h, _, c := lawful(country, basis, email)
	h.Lead.Sole = to == RecipientSole
	return h, letterFor(h, c, basis, Tracking{}), c
}

// allFacts is the evidence of every fact, seen yesterday.
func allFacts() []Event {
	var events []Event
	for i, f := range Facts() {
		e := event(int64(50+i), KindEvidence, "", ago(1))
		e.Fact = f
		events = append(events, e)
	}
	return events
}

// TestA1_OthersChangeNothing: whatever else is assessed or recorded of somebody else,
// a refusal stays one.
func TestA1_OthersChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, l, c := anySending(t)
		more := h
		more.Events = append([]Event(nil), h.Events...)
		for i, e := range allFacts() {
			e.Person, e.Seq = ewa+1, int64(60+i)
			more.Events = append(more.Events, e)
		}
		override := anOverride("?? LT SI HR LV SE CH US FR PL DE")
		override.Person = ewa + 1
		more.Events = append(more.Events, override)
		other := assessed("GB") // another audience
		more.Assessments = append([]Assessment{other}, h.Assessments...)
		before, after := DecideSend(h, l, c, noon), DecideSend(more, l, c, noon)
		if before.Allowed() != after.Allowed() || before.Basis != after.Basis {
			t.Fatalf("%v on %q became %v on %q (%s)", before.Allowed(), before.Basis, after.Allowed(), after.Basis, failedKeys(after))
		}
	})
}
