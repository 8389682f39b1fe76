package store

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/consent/chain"
	"zgoda/mail"
)

// chained is a store with one lead of whom a few things are on record.
func chained(t testing.TB) (*DB, mail.PersonID) {
	t.Helper()
	db := openHere(t)
	return db, leadOf(t, db, "ewa@studio.example")
}

func leadOf(t testing.TB, db *DB, email string) mail.PersonID {
	t.Helper()
	ctx, now := context.Background(), db.options.Now()
	lead, err := db.AddLead(ctx, consent.Lead{Address: mail.Address{Email: email}, Name: "Ewa", Source: "studio.example/team", SourceKind: consent.SourceResearch, SourcePublic: true, ObtainedAt: now})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []consent.Event{
		{Kind: consent.KindAsked, Purpose: consent.MarketingEmail, Method: consent.ByEmail, Evidence: "our mail"},
		{Kind: consent.KindGranted, Purpose: consent.MarketingEmail, Method: consent.ByEmail, Wording: "Tak, zgadzam się", Language: "pl", Evidence: "their mail"},
		{Kind: consent.KindWithdrawn, Purpose: consent.MarketingEmail, Method: consent.ByPhone, Evidence: "a call"},
	} {
		e.Person, e.At = lead.ID, now
		if _, err := db.Record(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	return lead.ID
}

func decisionOf(person mail.PersonID, now time.Time, ok bool) consent.Decision {
	return consent.Decision{
		Moment: consent.MomentSend, Message: "m1@firma.example",
		Verdict: consent.Verdict{Person: person, Act: consent.ActSend, Basis: consent.BasisConsent, At: now, Seq: 2, Rules: consent.RulesVersion(),
			Checks: []consent.Check{{Rule: "L21.2", Key: "objection", Title: "no objection", OK: ok, Reason: "They objected.", Source: "GDPR Art. 21", Way: "None.", Fix: consent.FixStop}}},
		Inputs: consent.Inputs{Country: "PL", Sender: "PL", States: []string{"marketing_email=granted"}, Events: []int64{1, 2}, Subject: "Lighting"},
	}
}

func whole(t testing.TB, db *DB, intact, erased int64) {
	t.Helper()
	report, err := db.VerifyChain(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !report.OK() || report.Intact != intact || report.Erased != erased {
		t.Errorf("%d intact and %d erased, wanted %d and %d; first broken: %v", report.Intact, report.Erased, intact, erased, report.First)
	}
}

// TestG23_DecisionsAreKept: what the gate answered comes back as it was, the
// newest first, and has its link.
func TestG23_DecisionsAreKept(t *testing.T) {
	db, id := chained(t)
	ctx := context.Background()
	for i := range 3 {
		if err := db.Keep(ctx, decisionOf(id, db.options.Now().Add(time.Duration(i)*time.Second).UTC(), i != 1)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := db.Decisions(ctx, id, 2)
	if err != nil || len(got) != 2 || got[0].ID != 3 || !got[0].Verdict.Allowed() || got[1].Verdict.Allowed() {
		t.Fatalf("%v: %+v", err, got)
	}
	want := decisionOf(id, db.options.Now().Add(2*time.Second).UTC(), true)
	want.ID = 3
	if fmt.Sprintf("%+v", got[0]) != fmt.Sprintf("%+v", want) {
		t.Errorf("%+v\nwant %+v", got[0], want)
	}
	whole(t, db, 6, 0)
	if err := db.Keep(ctx, decisionOf(12345, db.options.Now(), true)); err == nil {
		t.Error("a decision about nobody was kept")
	}
	for _, query := range []string{`UPDATE decisions SET allowed = 1 WHERE id = 2`, `DELETE FROM decisions`, `UPDATE chain SET ref = 9`, `DELETE FROM chain`, `DELETE FROM salts`} {
		if err := db.Exec(ctx, query); err == nil {
			t.Errorf("%s was let through", query)
		}
	}
}

// attack does what somebody with the file and without zgoda can do: the
// triggers are taken away first.
func attack(t testing.TB, db *DB, statements ...string) {
	t.Helper()
	names, err := listed(db, `SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if err := db.Exec(ctx, `PRAGMA foreign_keys = OFF`); err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := db.Exec(ctx, "DROP TRIGGER "+name); err != nil {
			t.Fatal(err)
		}
	}
	for _, statement := range statements {
		if err := db.Exec(ctx, statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func listed(db *DB, query string) (names []string, err error) {
	err = db.view(context.Background(), func(t *tx) (err error) {
		names, err = list[string](context.Background(), t, query)
		return err
	})
	return names, err
}

// TestL5_2_TamperingIsNamed: whatever is changed beside zgoda, verify names the
// first entry that was touched.
func TestL5_2_TamperingIsNamed(t *testing.T) {
	for query, want := range map[string]chain.Broken{
		`UPDATE ledger SET kind = 'granted' WHERE seq = 3`:             {Pos: 3, What: chain.WhatEvent, Ref: 3, Fault: chain.FaultWords},
		`UPDATE ledger SET at = at + 1 WHERE seq = 2`:                  {Pos: 2, What: chain.WhatEvent, Ref: 2, Fault: chain.FaultWords},
		`UPDATE proofs SET wording = 'Tak, zgadzam sie' WHERE seq = 2`: {Pos: 2, What: chain.WhatEvent, Ref: 2, Fault: chain.FaultWords},
		`UPDATE proofs SET auth = 'by me' WHERE seq = 2`:               {Pos: 2, What: chain.WhatEvent, Ref: 2, Fault: chain.FaultWords},
		`DELETE FROM proofs WHERE seq = 1`:                             {Pos: 1, What: chain.WhatEvent, Ref: 1, Fault: chain.FaultWords},
		`DELETE FROM ledger WHERE seq = 3`:                             {Pos: 3, What: chain.WhatEvent, Ref: 3, Fault: chain.FaultNoWords},
		`DELETE FROM salts WHERE pos = 2`:                              {Pos: 2, What: chain.WhatEvent, Ref: 2, Fault: chain.FaultNoSalt},
		`UPDATE salts SET person = 77 WHERE pos = 2`:                   {Pos: 2, What: chain.WhatEvent, Ref: 2, Fault: chain.FaultNoSalt},
		`UPDATE salts SET salt = x'00' WHERE pos = 2`:                  {Pos: 2, What: chain.WhatEvent, Ref: 2, Fault: chain.FaultWords},
		`UPDATE decisions SET allowed = 1`:                             {Pos: 4, What: chain.WhatDecision, Ref: 1, Fault: chain.FaultWords},
		`UPDATE decisions SET inputs = '{}'`:                           {Pos: 4, What: chain.WhatDecision, Ref: 1, Fault: chain.FaultWords},
		`DELETE FROM chain WHERE pos = 2`:                              {Pos: 3, What: chain.WhatEvent, Ref: 3, Fault: chain.FaultGap},
		`UPDATE chain SET pos = 9 WHERE pos = 2`:                       {Pos: 3, What: chain.WhatEvent, Ref: 3, Fault: chain.FaultGap},
		`UPDATE chain SET hash = x'00' WHERE pos = 2`:                  {Pos: 2, What: chain.WhatEvent, Ref: 2, Fault: chain.FaultHash},
		`DELETE FROM chain WHERE pos = 4`:                              {What: chain.WhatDecision, Ref: 1, Fault: chain.FaultNoLink},
		`INSERT INTO ledger SELECT 99, person, 'granted', purpose, method, at, recorded_at, actor, 0, 0, '', '' FROM ledger WHERE seq = 2`:  {What: chain.WhatEvent, Ref: 99, Fault: chain.FaultNoLink},
		`INSERT INTO ledger SELECT -99, person, 'granted', purpose, method, at, recorded_at, actor, 0, 0, '', '' FROM ledger WHERE seq = 2`: {What: chain.WhatEvent, Ref: -99, Fault: chain.FaultNoLink},
		`INSERT INTO erasures VALUES (1, 1, 'x', '[1,2,3]')`:                  {What: chain.WhatErasure, Ref: 1, Fault: chain.FaultNoLink},
		`INSERT INTO assessments VALUES (1, 'a', 1, 1, 1, 'green', '', '{}')`: {What: chain.WhatAssessment, Ref: 1, Fault: chain.FaultNoLink},
		`UPDATE chain SET what = 'story' WHERE pos = 4`:                       {Pos: 4, What: "story", Ref: 1, Fault: chain.FaultHash},
		`INSERT INTO chain VALUES (-3, 'event', 3000, x'00', x'00')`:          {Pos: -3, What: chain.WhatEvent, Ref: 3000, Fault: chain.FaultGap},
	} {
		t.Run(query, func(t *testing.T) {
			db, id := chained(t)
			if err := db.Keep(context.Background(), decisionOf(id, db.options.Now(), false)); err != nil {
				t.Fatal(err)
			}
			whole(t, db, 4, 0)
			attack(t, db, query)
			report, err := db.VerifyChain(context.Background(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if report.OK() || *report.First != want {
				t.Errorf("it names %+v, want %+v", report.First, want)
			}
		})
	}
}

// TestE4_TheChainOutlivesAPerson: rows, proofs and salts go; what stays says
// nothing of them, and verifies.
func TestE4_TheChainOutlivesAPerson(t *testing.T) {
	db, gone := chained(t)
	stays := leadOf(t, db, "jan@kupiec.example")
	ctx := context.Background()
	for _, id := range []mail.PersonID{gone, stays} {
		if err := db.Keep(ctx, decisionOf(id, db.options.Now(), true)); err != nil {
			t.Fatal(err)
		}
	}
	var silent []int64
	err := db.update(ctx, func(t *tx) (err error) {
		for _, query := range []string{`DELETE FROM people WHERE id = $1`, `DELETE FROM proofs WHERE person = $1`, `DELETE FROM ledger WHERE person = $1`, `DELETE FROM decisions WHERE person = $1`} {
			if _, err := t.exec(ctx, query, gone); err != nil {
				return err
			}
		}
		if silent, err = t.silence(ctx, gone); err != nil {
			return err
		}
		var id int64
		if err := t.row(ctx, `INSERT INTO erasures (at, reason, silent) VALUES ($1, $2, $3) RETURNING id`, []any{ms(t.now), "they asked", packed(silent)}, &id); err != nil {
			return err
		}
		return t.link(ctx, chain.WhatErasure, id)
	})
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(silent) != "[1 2 3 7]" {
		t.Errorf("silent are %v", silent)
	}
	whole(t, db, 5, 4)
	attack(t, db, `DELETE FROM ledger WHERE person <> 0`)
	report, err := db.VerifyChain(ctx, nil)
	if err != nil || report.OK() || report.First.Pos != 4 || report.Erased != 4 {
		t.Errorf("%v: %+v, %v", err, report, report.First)
	}
}

// TestE4_AnOlderFileIsLinkedOnce: what stood in the ledger before there was a
// chain is linked in its order; what comes without a link later is broken.
func TestE4_AnOlderFileIsLinkedOnce(t *testing.T) {
	dir := safeDir(t)
	path := filepath.Join(dir, "zgoda.db")
	var script strings.Builder
	for _, name := range []string{"testdata/first.sql", "testdata/first_rows.sql"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		script.Write(text)
	}
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec(script.String() + "; PRAGMA user_version = 1"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(raw.Close(), os.Chmod(path, 0o600)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		db, err := Open(context.Background(), options(dir))
		if err != nil {
			t.Fatal(err)
		}
		report, err := db.VerifyChain(context.Background(), nil)
		entries, listErr := listed(db, `SELECT what || ref FROM chain ORDER BY pos`)
		if err := errors.Join(err, listErr, db.Close()); err != nil {
			t.Fatal(err)
		}
		if !report.OK() || report.Intact == 0 || entries[0] != "event1" || int64(len(entries)) != report.Intact {
			t.Errorf("%+v, %v", report, entries)
		}
	}
}

// TestE5_HeadsOfTheStore: a ledger that lost its end, and one that was made anew,
// do not agree with what was anchored.
func TestE5_HeadsOfTheStore(t *testing.T) {
	db, id := chained(t)
	ctx := context.Background()
	key, err := chain.SigningKey(db.options.Key)
	if err != nil {
		t.Fatal(err)
	}
	last, err := db.LastLink(ctx)
	if err != nil || last.Pos != 3 {
		t.Fatalf("%+v, %v", last, err)
	}
	line := chain.Sign(key, last, db.options.Now()).String()
	check := func(pos int64, fault chain.Fault) {
		t.Helper()
		heads, err := chain.ReadHeads(io.MultiReader(strings.NewReader(line), strings.NewReader("\n")), key.Public().(ed25519.PublicKey))
		if err != nil {
			t.Fatal(err)
		}
		report, err := db.VerifyChain(ctx, heads)
		if err != nil {
			t.Fatal(err)
		}
		if fault == "" && !report.OK() || fault != "" && (report.OK() || report.First.Fault != fault || report.First.Pos != pos) {
			t.Errorf("%+v, wanted %d %s", report.First, pos, fault)
		}
	}
	check(0, "")
	attack(t, db, `DELETE FROM salts WHERE pos = 3`, `DELETE FROM chain WHERE pos = 3`, `DELETE FROM proofs WHERE seq = 3`, `DELETE FROM ledger WHERE seq = 3`)
	whole(t, db, 2, 0)
	check(3, chain.FaultCut)
	if _, err := db.Record(ctx, consent.Event{Person: id, Kind: consent.KindGranted, Purpose: consent.TrackOpen, Method: consent.ByPhone, Wording: "yes", Evidence: "call", At: db.options.Now()}); err != nil {
		t.Fatal(err)
	}
	whole(t, db, 3, 0)
	check(3, chain.FaultRebuilt)
}

func BenchmarkVerifyStore(b *testing.B) {
	db := openHere(b)
	ctx := context.Background()
	id := leadOf(b, db, "ewa@studio.example")
	err := db.update(ctx, func(t *tx) error {
		for range 100_000 - 3 {
			e := consent.Event{Person: id, Kind: consent.KindAsked, Purpose: consent.MarketingEmail, Method: consent.ByEmail, Wording: "Tak, zgadzam się na dalsze wiadomości", Language: "pl",
				Evidence: "our mail", At: t.now, RecordedAt: t.now, Actor: "marta"}
			if err := t.append(ctx, &e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		whole(b, db, 100_000, 0)
	}
}
