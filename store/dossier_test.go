package store

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/consent/chain"
	"zgoda/mail"
)

// TestL5_2_DossierIsAllThatProves: the history, the newest answers with how many
// there were, the assessments they name, and every place in the chain.
func TestL5_2_DossierIsAllThatProves(t *testing.T) {
	db, id := chained(t)
	other := leadOf(t, db, "jan@kupiec.example")
	ctx := context.Background()
	for i := range 3 {
		d := decisionOf(id, db.options.Now().Add(time.Duration(i)*time.Second), i != 1)
		d.Inputs.Assessment = "no slash"
		if err := db.Keep(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Keep(ctx, decisionOf(other, db.options.Now(), true)); err != nil {
		t.Fatal(err)
	}
	d, err := db.Dossier(ctx, id, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.History.Events) != 3 || len(d.Decisions) != 2 || d.Decisions[0].ID != 3 || d.Allowed != 2 || d.Refused != 1 || len(d.Merged) != 0 {
		t.Errorf("%d events, %d decisions, %d yes, %d no", len(d.History.Events), len(d.Decisions), d.Allowed, d.Refused)
	}
	if fmt.Sprint(placesOf(d.Links)) != "[1 2 3 7 8 9]" || !d.Chain.OK() || d.Chain.Last.Pos != 10 {
		t.Errorf("at %v of %d, %v", placesOf(d.Links), d.Chain.Last.Pos, d.Chain.First)
	}
	if _, err := db.Dossier(ctx, 4711, 2, nil); err == nil {
		t.Error("nobody has a dossier")
	}
}

func placesOf(links []chain.Link) (places []int64) {
	for _, l := range links {
		places = append(places, l.Pos)
	}
	return places
}

// TestG11_DossierOfAMergedLead: what was recorded under the number that a merge
// left behind is shown too.
func TestG11_DossierOfAMergedLead(t *testing.T) {
	db, stays := chained(t)
	left := leadOf(t, db, "ewa@old.example")
	ctx := context.Background()
	for _, id := range []mail.PersonID{left, stays, left} {
		if err := db.Keep(ctx, decisionOf(id, db.options.Now(), true)); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Exec(ctx, `INSERT INTO aliases (address_key, person) SELECT address_key, $1 FROM people WHERE id = $2`, stays, left); err != nil {
		t.Fatal(err)
	}
	d, err := db.Dossier(ctx, stays, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Merged) != 1 || d.Merged[0].Person != left || len(d.Merged[0].Events) != 3 || d.Allowed != 3 || len(d.Decisions) != 2 || d.Decisions[0].ID != 3 || d.Decisions[1].ID != 2 {
		t.Errorf("%d merged, %d yes, decisions %v", len(d.Merged), d.Allowed, d.Decisions)
	}
	if fmt.Sprint(placesOf(d.Links)) != "[1 2 3 4 5 6 7 8 9]" {
		t.Errorf("at %v", placesOf(d.Links))
	}
}

// TestS27_DossierHasTheAssessmentOfItsDay: the version that an answer rested on,
// not the newest.
func TestS27_DossierHasTheAssessmentOfItsDay(t *testing.T) {
	db, id := chained(t)
	ctx, now := context.Background(), db.options.Now()
	for version := range 2 {
		a := consent.Assessment{ID: "L/1", Version: version + 1}
		body, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		err = db.Exec(ctx, `INSERT INTO assessments (id, version, at, valid_until, outcome, hash, body) VALUES ('L/1', $1, 1, 2, 'green', $2, $3)`,
			a.Version, a.Hash(), string(body))
		if err != nil {
			t.Fatal(err)
		}
	}
	d := decisionOf(id, now, true)
	d.Inputs.Assessment = "L/1/1 abcd"
	if err := db.Keep(ctx, d); err != nil {
		t.Fatal(err)
	}
	got, err := db.Dossier(ctx, id, 9, nil)
	if err != nil || len(got.Assessments) != 1 || got.Assessments[0].Version != 1 {
		t.Errorf("%v: %+v", err, got.Assessments)
	}
	if got.Chain.OK() || got.Chain.First.Fault != chain.FaultNoLink || got.Chain.First.What != chain.WhatAssessment {
		t.Errorf("assessments that were written by hand have no link: %v", got.Chain.First)
	}
}

// TestL11_SilenceOfTheErased: of who was erased the day is left, of who was never
// here nothing.
func TestL11_SilenceOfTheErased(t *testing.T) {
	db, id := chained(t)
	ctx := context.Background()
	if _, err := db.Erase(ctx, id, "they asked"); err != nil {
		t.Fatal(err)
	}
	reason, erased, err := db.Silence(ctx, mail.Address{Email: "EWA@studio.example"})
	if err != nil || reason == "" || !erased.Equal(db.options.Now()) {
		t.Errorf("%q %s %v", reason, erased, err)
	}
	if reason, erased, err := db.Silence(ctx, mail.Address{Email: "nobody@studio.example"}); err != nil || reason != "" || !erased.IsZero() {
		t.Errorf("nobody: %q %s %v", reason, erased, err)
	}
	whole(t, db, 1, 3)
}

// TestG23_TheRealGateOverTheRealStore: an answer is there before the permit is,
// and a store that cannot keep it gives none.
func TestG23_TheRealGateOverTheRealStore(t *testing.T) {
	db, id := chained(t)
	ctx := context.Background()
	gate := consent.NewGate(db, consent.Controller{Country: "PL"}, db.options.Now)
	if _, err := gate.MayTrack(ctx, id, consent.TrackOpen); err == nil {
		t.Fatal("nobody agreed to it")
	}
	kept, err := db.Decisions(ctx, id, 9)
	if err != nil || len(kept) != 1 || kept[0].Verdict.Allowed() || kept[0].Inputs.Country != "" || len(kept[0].Inputs.Events) != 3 {
		t.Fatalf("%v: %+v", err, kept)
	}
	if err := db.Exec(ctx, `CREATE TRIGGER full BEFORE INSERT ON salts BEGIN SELECT raise(ABORT, 'disk full'); END`); err != nil {
		t.Fatal(err)
	}
	_, err = gate.MayTrack(ctx, id, consent.TrackOpen)
	if _, isNo := err.(*consent.Refusal); err == nil || isNo {
		t.Errorf("not kept: %v", err)
	}
	if kept, err := db.Decisions(ctx, id, 9); err != nil || len(kept) != 1 {
		t.Errorf("%d answers are there without a link, %v", len(kept), err)
	}
	whole(t, db, 4, 0)
}

// BenchmarkKeep is what each answer of the gate costs before it is given: a
// transaction on the disk with its link. It must not be felt at a key.
func BenchmarkKeep(b *testing.B) {
	db, id := chained(b)
	ctx := context.Background()
	d := decisionOf(id, db.options.Now(), true)
	for range 20 {
		d.Verdict.Checks = append(d.Verdict.Checks, d.Verdict.Checks[0])
	}
	for b.Loop() {
		if err := db.Keep(ctx, d); err != nil {
			b.Fatal(err)
		}
	}
}
