package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"zgoda/consent"
	"zgoda/consent/chain"
	"zgoda/mail"
)

// Record appends one event to the ledger, after Event.Validate. An objection
// also puts the address on the suppression list and takes the person's queued
// mail back, in the same transaction: from then on there is no moment in which
// it could leave (GDPR Art. 21(3); law.md L21, D8).
func (db *DB) Record(ctx context.Context, event consent.Event) (consent.Event, error) {
	var recorded consent.Event
	err := db.update(ctx, func(t *tx) (err error) {
		recorded, err = t.record(ctx, event)
		if err != nil {
			return err
		}
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return consent.Event{}, fmt.Errorf("record in the ledger: %w", err)
	}
	return recorded, nil
}

func (t *tx) record(ctx context.Context, e consent.Event) (consent.Event, error) {
	if e.Actor == "" {
		e.Actor = t.db.options.Actor
	}
	e.Seq, e.RecordedAt = 0, t.now
	var err error
	if e.Person, err = t.survivor(ctx, e.Person); err != nil {
		return e, err
	}
	if err := e.Validate(t.now); err != nil {
		return e, err
	}
	lead, err := t.lead(ctx, e.Person)
	if err != nil {
		return e, err
	}
	if e.Kind == consent.KindCorrected {
		if err := t.correctable(ctx, e); err != nil {
			return e, err
		}
	}
	if e.Kind == consent.KindOverride {
		if err := t.override(&e, lead); err != nil {
			return e, err
		}
	}
	if err := t.allowed(ctx, lead, e); err != nil {
		return e, err
	}
	if err := t.append(ctx, &e); err != nil {
		return e, err
	}
	t.changed(e.Person)
	if e.Kind == consent.KindObjected {
		return e, t.objected(ctx, lead)
	}
	if e.Kind == consent.KindWithdrawn && e.Purpose == consent.MarketingEmail {
		return e, t.withdrawn(ctx, e.Person)
	}
	return e, nil
}

const (
	sqlAppend = `INSERT INTO ledger (person, kind, purpose, method, at, recorded_at, actor, valid_until, corrects,
subject_right, fact) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING seq`
	sqlProof = `INSERT INTO proofs (seq, person, wording, language, evidence, message, wording_hash, version, code, raw, auth)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
)

func (t *tx) append(ctx context.Context, e *consent.Event) error {
	err := t.row(ctx, sqlAppend, []any{e.Person, e.Kind, e.Purpose, e.Method, ms(e.At), ms(e.RecordedAt), e.Actor,
		ms(e.ValidUntil), e.Corrects, e.Right, e.Fact}, &e.Seq)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, sqlProof, e.Seq, e.Person, e.Wording, e.Language, e.Evidence, e.Message, e.WordingHash(), e.Version, e.Code, e.Raw, e.Auth)
	if err != nil {
		return err
	}
	return t.link(ctx, chain.WhatEvent, e.Seq)
}

// errNotCorrectable keeps a correction from opening what somebody closed.
var errNotCorrectable = errors.New("this entry cannot be corrected")

const sqlCorrected = `SELECT kind FROM ledger WHERE seq = $1 AND person = $2`

// correctable allows a correction only of what opens something for this person:
// it can only narrow.
func (t *tx) correctable(ctx context.Context, e consent.Event) error {
	var kind consent.Kind
	known, err := t.found(ctx, sqlCorrected, []any{e.Corrects, e.Person}, &kind)
	if err != nil {
		return err
	}
	switch kind {
	case consent.KindGranted, consent.KindSoftOptIn, consent.KindNotice, consent.KindEvidence, consent.KindOverride:
		return nil
	case consent.KindAnswered, consent.KindExtended: // of a mail that came back: it told nobody anything
		if e.Method == consent.ByRule {
			return nil
		}
	}
	return &mail.Problem{
		Sentence: "Only a consent, a soft opt-in, a notice, an evidence or an override can be corrected.",
		NextStep: "Record what is true now as a new entry.",
		Err:      fmt.Errorf("entry %d (known %t): %w", e.Corrects, known, errNotCorrectable),
	}
}

// The answer to a request of theirs is owed even so, and the gate is asked again.
const sqlObjectedQueue = `UPDATE outbox SET state = 'refused', reason = $1, next_step = $2, updated_at = $3
WHERE person = $4 AND state = 'queued' AND duty NOT IN ('answer', 'extend')`

func (t *tx) objected(ctx context.Context, lead consent.Lead) error {
	if err := t.suppress(ctx, lead.Address, string(consent.KindObjected)); err != nil {
		return err
	}
	if err := t.closeAliases(ctx, lead); err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlObjectedQueue, "They objected to mail from you while this one waited.",
		"Discard it; nothing was sent.", ms(t.now), lead.ID)
	t.change.Outbox = t.change.Outbox || n > 0
	return err
}

const partEvent = `l.seq, l.person, l.kind, l.purpose, l.method, l.at, l.recorded_at, l.actor, l.valid_until, l.corrects,
l.subject_right, l.fact, coalesce(p.wording, ''), coalesce(p.language, ''), coalesce(p.evidence, ''), coalesce(p.message, ''),
coalesce(p.version, ''), coalesce(p.code, ''), coalesce(p.raw, ''), coalesce(p.auth, '') FROM ledger l LEFT JOIN proofs p ON p.seq = l.seq`

const (
	sqlEvents = `SELECT ` + partEvent + ` WHERE l.person = $1 ORDER BY l.seq`
	sqlHead   = `SELECT coalesce(max(seq), 0) FROM ledger`
	// The people of a page come as one JSON list; PostgreSQL would say = any($1).
	sqlEventsOf = `SELECT ` + partEvent + ` WHERE l.person IN (SELECT value FROM json_each($1)) ORDER BY l.seq`
)

func (t *tx) events(ctx context.Context, query string, arg any) ([]consent.Event, error) {
	var events []consent.Event
	err := t.each(ctx, query, []any{arg}, func(rows *sql.Rows) error {
		var e consent.Event
		err := rows.Scan(&e.Seq, &e.Person, &e.Kind, &e.Purpose, &e.Method, stamp{&e.At}, stamp{&e.RecordedAt}, &e.Actor,
			stamp{&e.ValidUntil}, &e.Corrects, &e.Right, &e.Fact, &e.Wording, &e.Language, &e.Evidence, &e.Message, &e.Version, &e.Code, &e.Raw, &e.Auth)
		events = append(events, e)
		return err
	})
	return events, err
}
