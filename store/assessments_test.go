package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
)

func (d *desk) form(id string) consent.Assessment {
	date := d.now.AddDate(0, 0, -7)
	return consent.Assessment{
		ID: id, Name: "Lighting", Purpose: "introduce offer", Interest: "They save energy.",
		Audience: consent.Audience{Roles: "facility managers", Sector: "offices", Countries: []string{"GB"}}, Data: []string{"name", "address"},
		Intrusive: "phone", Necessity: "A call takes more time.", Volume: 50, FollowUps: 1, SourceKinds: []consent.SourceKind{consent.SourceResearch},
		Expectation: "published", Impact: "none", Balance: "Published for business.", Author: "Marta", Date: date, ValidUntil: date.Add(consent.AssessmentLife),
		Templates: []consent.TemplateRef{{Name: "first-contact", Language: "en", Hash: "cafe"}},
	}
}

// TestS27_VersionsOfAnAssessment: each save is a version, the newest counts, and
// every history of everybody has it.
func TestS27_VersionsOfAnAssessment(t *testing.T) {
	d := newDesk(t)
	lead := d.reasoned(1, canon)
	one := ok(d.SaveAssessment(ctx, d.form("lia-1")))(t)
	ok(d.SaveAssessment(ctx, d.form("lia-2")))(t)
	changed := d.form("lia-1")
	changed.Remark = "once more"
	two := ok(d.SaveAssessment(ctx, changed))(t)
	if one.Version != 1 || two.Version != 2 || one.Hash() == two.Hash() {
		t.Errorf("versions %d and %d", one.Version, two.Version)
	}
	newest := ok(d.Assessments(ctx))(t)
	history := ok(d.History(ctx, lead.ID))(t)
	for _, all := range [][]consent.Assessment{newest, history.Assessments} {
		if len(all) != 2 || all[0].ID != "lia-2" || all[1].Hash() != two.Hash() || all[1].Version != 2 {
			t.Errorf("on file are %+v", all)
		}
	}
	if old := ok(d.Assessment(ctx, "lia-1", 1))(t); old.Hash() != one.Hash() || old.Version != 1 {
		t.Errorf("the first version is %+v", old)
	}
	if _, err := d.Assessment(ctx, "lia-9", 0); problemOf(err) == nil {
		t.Errorf("one that is not there gave %v", err)
	}
}

func problemOf(err error) *mail.Problem {
	var problem *mail.Problem
	errors.As(err, &problem)
	return problem
}

// TestS27_AnIncompleteFormIsNotSaved, and what it lacks is said.
func TestS27_AnIncompleteFormIsNotSaved(t *testing.T) {
	d := newDesk(t)
	a := d.form("lia-1")
	a.Balance = " "
	if p := problemOf(second(d.SaveAssessment(ctx, a))); p == nil || !strings.Contains(p.Sentence, "weigh") {
		t.Errorf("problem %v", p)
	}
	if all := ok(d.Assessments(ctx))(t); len(all) != 0 {
		t.Errorf("saved all the same: %+v", all)
	}
}

func second[T any](_ T, err error) error { return err }

// TestL5_2_AnAlteredAssessmentCarriesNothing: whoever changes the words in the file
// makes the history an error, and no permit.
func TestL5_2_AnAlteredAssessmentCarriesNothing(t *testing.T) {
	d := newDesk(t)
	lead := d.reasoned(1, canon)
	ok(d.SaveAssessment(ctx, d.form("lia-1")))(t)
	if err := d.Exec(ctx, `UPDATE assessments SET body = replace(body, 'GB', 'US')`); err == nil {
		t.Fatal("the form can be changed")
	}
	d.must(d.Exec(ctx, `DROP TRIGGER assessments_no_update`))
	d.must(d.Exec(ctx, `UPDATE assessments SET body = replace(body, 'GB', 'US')`))
	if _, err := d.History(ctx, lead.ID); problemOf(err) == nil {
		t.Errorf("the history is read: %v", err)
	}
}

// TestC2_OnlyTheDPOOverrides, only a doubt, and the entry names what it opens.
func TestC2_OnlyTheDPOOverrides(t *testing.T) {
	d := newDesk(t)
	lead := d.reasoned(1, canon)
	override := func(db *store.DB, country string) (consent.Event, error) {
		lead.Country = country
		d.must(d.SaveLead(ctx, lead))
		return db.Record(ctx, consent.Event{
			Person: lead.ID, Kind: consent.KindOverride, Evidence: "Counsel's letter", At: d.now.Add(-time.Minute),
			ValidUntil: d.now.AddDate(0, 0, 60), Version: "DE PL",
		})
	}
	if _, err := override(d.DB, "LT"); !errors.Is(err, consent.ErrNotDPO) || problemOf(err) == nil {
		t.Errorf("somebody else: %v", err)
	}
	d.must(d.Close())
	options := d.options
	options.DPO, options.Controller.Country = true, "GB"
	d.DB = ok(store.Open(ctx, options))(t)
	defer d.DB.Close()
	for _, clear := range []string{"DE", "GB"} {
		if _, err := override(d.DB, clear); !errors.Is(err, consent.ErrNoDoubt) || problemOf(err) == nil {
			t.Errorf("%s: %v", clear, err)
		}
	}
	e, err := override(d.DB, "LT")
	if err != nil || e.Version != "LT" {
		t.Fatalf("the officer: %+v, %v", e, err)
	}
	ok(d.Record(ctx, consent.Event{Person: lead.ID, Kind: consent.KindCorrected, Corrects: e.Seq, At: d.now.Add(-time.Second)}))(t)
}

// TestL5_2_AssessmentsAreChained: each version is a link, and an altered one is the
// entry that verify names.
func TestL5_2_AssessmentsAreChained(t *testing.T) {
	d := newDesk(t)
	ok(d.SaveAssessment(ctx, d.form("lia-1")))(t)
	ok(d.SaveAssessment(ctx, d.form("lia-1")))(t)
	if report := ok(d.VerifyChain(ctx, nil))(t); !report.OK() || report.Intact != 2 {
		t.Errorf("whole: %+v", report)
	}
	d.must(d.Exec(ctx, `DROP TRIGGER assessments_no_update`))
	d.must(d.Exec(ctx, `UPDATE assessments SET valid_until = valid_until + 1 WHERE version = 2`))
	if report := ok(d.VerifyChain(ctx, nil))(t); report.OK() || report.First.Pos != 2 {
		t.Errorf("altered: %+v", report)
	}
}
