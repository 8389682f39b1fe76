package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"zgoda/consent"
	"zgoda/consent/chain"
	"zgoda/mail"
)

// checkText is a line of a checklist as it is stored. Its names never change.
type checkText struct {
	Rule   string      `json:"rule"`
	Key    string      `json:"key"`
	Title  string      `json:"title"`
	OK     bool        `json:"ok"`
	Reason string      `json:"reason"`
	Source string      `json:"source"`
	Way    string      `json:"way,omitempty"`
	Fix    consent.Fix `json:"fix,omitempty"`
}

const sqlKeep = `INSERT INTO decisions (person, at, act, moment, allowed, basis, rules, head, message_id, checks, inputs)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`

// Keep keeps an answer of the gate with all that it rested on, and its link, in
// one transaction (G23). Of a person who is not here there is nothing to keep: an error.
func (db *DB) Keep(ctx context.Context, decision consent.Decision) error {
	err := db.update(ctx, func(t *tx) error { return t.keep(ctx, decision) })
	if err != nil {
		return fmt.Errorf("keep a decision: %w", err)
	}
	return nil
}

func (t *tx) keep(ctx context.Context, d consent.Decision) error {
	if _, err := t.lead(ctx, d.Verdict.Person); err != nil {
		return err
	}
	t.db.Used(gateFields(d.Inputs)...)
	if err := t.saveUses(ctx); err != nil {
		return err
	}
	v := d.Verdict
	texts := make([]checkText, 0, len(v.Checks))
	for _, c := range v.Checks {
		texts = append(texts, checkText(c))
	}
	checks, err := json.Marshal(texts)
	if err != nil {
		return err
	}
	inputs, err := json.Marshal(d.Inputs)
	if err != nil {
		return err
	}
	var id int64
	if err := t.row(ctx, sqlKeep, []any{v.Person, ms(v.At), v.Act, d.Moment, v.Allowed(), v.Basis, v.Rules, v.Seq, d.Message,
		string(checks), string(inputs)}, &id); err != nil {
		return err
	}
	return t.link(ctx, chain.WhatDecision, id)
}

const sqlDecisions = `SELECT id, person, at, act, moment, basis, rules, head, message_id, checks, inputs FROM decisions
WHERE person = $1 ORDER BY id DESC LIMIT $2`

// Decisions is the newest answers of the gate for a person, newest first.
func (db *DB) Decisions(ctx context.Context, person mail.PersonID, limit int) ([]consent.Decision, error) {
	var decisions []consent.Decision
	err := db.view(ctx, func(t *tx) (err error) {
		decisions, err = t.decisions(ctx, person, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	return decisions, nil
}

func (t *tx) decisions(ctx context.Context, person mail.PersonID, limit int) ([]consent.Decision, error) {
	var decisions []consent.Decision
	err := t.each(ctx, sqlDecisions, []any{person, limit}, func(rows *sql.Rows) error {
		var d consent.Decision
		var checks, inputs string
		v := &d.Verdict
		if err := rows.Scan(&d.ID, &v.Person, stamp{&v.At}, &v.Act, &d.Moment, &v.Basis, &v.Rules, &v.Seq, &d.Message, &checks, &inputs); err != nil {
			return err
		}
		var texts []checkText
		if err := json.Unmarshal([]byte(checks), &texts); err != nil {
			return fmt.Errorf("read the checks of decision %d: %w", d.ID, err)
		}
		for _, c := range texts {
			v.Checks = append(v.Checks, consent.Check(c))
		}
		if err := json.Unmarshal([]byte(inputs), &d.Inputs); err != nil {
			return fmt.Errorf("read the inputs of decision %d: %w", d.ID, err)
		}
		decisions = append(decisions, d)
		return nil
	})
	return decisions, err
}
