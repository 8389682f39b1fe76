package store

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/consent/chain"
	"zgoda/mail"
)

// chainMachine does what zgoda may do to a ledger, in any order, and asks after
// every step whether the chain is whole and agrees with every head so far.
type chainMachine struct {
	db     *DB
	ctx    context.Context
	now    time.Time
	key    ed25519.PrivateKey
	heads  strings.Builder
	people int
	erased int64
}

func (m *chainMachine) somebody(t *rapid.T) mail.PersonID {
	ids, err := peopleIDs(m.ctx, m.db)
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) == 0 {
		return 0
	}
	return rapid.SampledFrom(ids).Draw(t, "id")
}

func (m *chainMachine) add(t *rapid.T) {
	m.people++
	_, err := m.db.AddLead(m.ctx, consent.Lead{Address: mail.Address{Email: fmt.Sprintf("p%d@kupiec.example", m.people)}, Name: "Ewa",
		Source: "kupiec.example/team", SourceKind: consent.SourceResearch, SourcePublic: true, ObtainedAt: m.now})
	if err != nil {
		t.Fatal(err)
	}
}

func (m *chainMachine) record(t *rapid.T) {
	id := m.somebody(t)
	if id == 0 {
		return
	}
	kind := rapid.SampledFrom([]consent.Kind{consent.KindAsked, consent.KindGranted, consent.KindWithdrawn, consent.KindObjected, consent.KindNotice, consent.KindSoftOptIn}).Draw(t, "kind")
	_, err := m.db.Record(m.ctx, consent.Event{Person: id, Kind: kind, Purpose: rapid.SampledFrom(consent.Purposes()).Draw(t, "purpose"), Method: consent.ByPhone,
		Wording: rapid.String().Draw(t, "wording") + "x", Evidence: rapid.String().Draw(t, "evidence") + "x", At: m.now})
	if err != nil {
		t.Fatal(err)
	}
}

func (m *chainMachine) keep(t *rapid.T) {
	if id := m.somebody(t); id != 0 {
		if err := m.db.Keep(m.ctx, decisionOf(id, m.now, rapid.Bool().Draw(t, "ok"))); err != nil {
			t.Fatal(err)
		}
	}
}

func (m *chainMachine) erase(t *rapid.T) {
	id := m.somebody(t)
	if id == 0 {
		return
	}
	silent := int64(0)
	if err := m.db.view(m.ctx, func(t *tx) error {
		return t.row(m.ctx, `SELECT count(*) FROM salts WHERE person = $1`, []any{id}, &silent)
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := m.db.Erase(m.ctx, id, "they asked"); err != nil {
		t.Fatal(err)
	}
	m.erased += silent
}

func (m *chainMachine) anchor(t *rapid.T) {
	last, err := m.db.LastLink(m.ctx)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(&m.heads, chain.Sign(m.key, last, m.now))
}

func (m *chainMachine) check(t *rapid.T) {
	heads, err := chain.ReadHeads(strings.NewReader(m.heads.String()), m.key.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	report, err := m.db.VerifyChain(m.ctx, heads)
	if err != nil {
		t.Fatal(err)
	}
	if !report.OK() || report.Erased != m.erased || report.Intact+report.Erased != report.Last.Pos || report.Heads != strings.Count(m.heads.String(), "\n") {
		t.Fatalf("%+v, first broken %v; %d were erased", report, report.First, m.erased)
	}
}

// TestE4_WhateverZgodaDoesTheChainIsWhole: only what is done beside zgoda breaks it.
func TestE4_WhateverZgodaDoesTheChainIsWhole(t *testing.T) {
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue {
		if err := flag.Set("rapid.checks", "15"); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = flag.Set("rapid.checks", checks.DefValue) }()
	}
	dir := safeDir(t)
	key, err := chain.SigningKey(bytes.Repeat([]byte{3}, 32))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		m := &chainMachine{ctx: context.Background(), now: time.UnixMilli(1_795_000_000_000), key: key}
		o := options(dir)
		o.Path = filepath.Join(dir, fmt.Sprintf("%d.db", n))
		db, err := Open(m.ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		m.db = db
		if _, err := db.writer.Exec(`PRAGMA synchronous = OFF`); err != nil { // no power fails here
			t.Fatal(err)
		}
		t.Repeat(map[string]func(*rapid.T){"add": m.add, "record": m.record, "keep": m.keep, "erase": m.erase, "anchor": m.anchor, "": m.check})
	})
}
