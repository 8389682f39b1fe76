package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"zgoda/consent"
	"zgoda/consent/chain"
	"zgoda/mail"
)

const (
	sqlAssessmentVersion = `SELECT coalesce(max(version), 0) FROM assessments WHERE id = $1`
	sqlAssessmentSave    = `INSERT INTO assessments (id, version, at, valid_until, outcome, hash, body)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING seq`
)

// SaveAssessment writes a new version of a legitimate-interest assessment and
// links it to the chain; nothing that was written is changed. What the form lacks
// is a *mail.Problem. A form that came out red is kept too, as the record of a no:
// nothing rests on it, nor on its earlier versions.
func (db *DB) SaveAssessment(ctx context.Context, a consent.Assessment) (consent.Assessment, error) {
	err := db.update(ctx, func(t *tx) error {
		if err := a.Validate(t.now); err != nil {
			return err
		}
		var last int
		if err := t.row(ctx, sqlAssessmentVersion, []any{a.ID}, &last); err != nil {
			return err
		}
		a.Version, a.Date, a.ValidUntil = last+1, a.Date.UTC(), a.ValidUntil.UTC()
		body, err := json.Marshal(a)
		if err != nil {
			return err
		}
		var seq int64
		outcome, _ := a.Outcome()
		if err := t.row(ctx, sqlAssessmentSave, []any{a.ID, a.Version, ms(a.Date), ms(a.ValidUntil), outcome, a.Hash(), string(body)}, &seq); err != nil {
			return err
		}
		return t.link(ctx, chain.WhatAssessment, seq)
	})
	if err != nil {
		return consent.Assessment{}, fmt.Errorf("save an assessment: %w", err)
	}
	return a, nil
}

const (
	partAssessment = `SELECT hash, body FROM assessments WHERE `
	sqlAssessments = partAssessment + `version = (SELECT max(version) FROM assessments b WHERE b.id = assessments.id) ORDER BY seq`
	sqlAssessment  = partAssessment + `id = $1 AND version = $2`
)

// Assessments is the newest version of each legitimate-interest assessment, the
// oldest first.
func (db *DB) Assessments(ctx context.Context) ([]consent.Assessment, error) {
	var all []consent.Assessment
	err := db.view(ctx, func(t *tx) (err error) {
		all, err = t.assessments(ctx, sqlAssessments)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the assessments: %w", err)
	}
	return all, nil
}

// Assessment is one version of an assessment, the newest when version is 0. One
// that is not there is a *mail.Problem.
func (db *DB) Assessment(ctx context.Context, id string, version int) (consent.Assessment, error) {
	var found []consent.Assessment
	err := db.view(ctx, func(t *tx) (err error) {
		if version == 0 {
			if err := t.row(ctx, sqlAssessmentVersion, []any{id}, &version); err != nil {
				return err
			}
		}
		found, err = t.assessments(ctx, sqlAssessment, id, version)
		return err
	})
	if err == nil && len(found) == 0 {
		err = &mail.Problem{
			Sentence: "There is no assessment with this id.", NextStep: "See which there are with: zgoda assess list",
			Err: fmt.Errorf("assessment %q, version %d", id, version),
		}
	}
	if err != nil {
		return consent.Assessment{}, fmt.Errorf("read an assessment: %w", err)
	}
	return found[0], nil
}

// errAltered says that a form is not the one that was saved.
var errAltered = errors.New("the assessment is not the one that was saved")

// assessments reads forms. One whose words do not give its hash is an error: what
// it once allowed must not rest on other words.
func (t *tx) assessments(ctx context.Context, query string, args ...any) ([]consent.Assessment, error) {
	var all []consent.Assessment
	err := t.each(ctx, query, args, func(rows *sql.Rows) error {
		var a consent.Assessment
		var hash, body string
		if err := rows.Scan(&hash, &body); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &a); err != nil {
			return fmt.Errorf("read the form: %w", err)
		}
		if a.Hash() != hash {
			return &mail.Problem{
				Sentence: "An assessment in the database was changed from outside.",
				NextStep: "Run zgoda verify, and put a backup of the database in its place.", Fatal: true, Err: errAltered,
			}
		}
		all = append(all, a)
		return nil
	})
	return all, err
}
