package store

import (
	"context"
	"database/sql"
	"fmt"

	"zgoda/consent"
	"zgoda/mail"
)

const (
	// The names come as one JSON list, so that a lead costs one statement.
	sqlProvenanceNote = `INSERT INTO provenance (person, field, at, source, actor) SELECT $1, value, $2, $3, $4 FROM json_each($5) WHERE true
ON CONFLICT (person, field, at) DO UPDATE SET source = excluded.source, actor = excluded.actor`
	sqlProvenanceDrop    = `DELETE FROM provenance WHERE person = $1 AND field IN (SELECT value FROM json_each($2))`
	sqlProvenanceDropAll = `DELETE FROM provenance WHERE person = $1`
	sqlProvenance        = `SELECT field, source, at, actor FROM provenance WHERE person = $1 ORDER BY field, at`
)

// provenance notes for each field in which two states of a lead differ where its
// value came from. A field that became empty has no source any more.
func (t *tx) provenance(ctx context.Context, before, after consent.Lead, source string) error {
	var filled, emptied []string
	for _, name := range consent.ChangedFields(before, after) {
		if f, _ := consent.FieldOf(name); f.Value(after) == "" {
			emptied = append(emptied, name)
		} else {
			filled = append(filled, name)
		}
	}
	if len(emptied) > 0 {
		if _, err := t.exec(ctx, sqlProvenanceDrop, after.ID, packed(emptied)); err != nil {
			return fmt.Errorf("forget where a fact came from: %w", err)
		}
	}
	if len(filled) == 0 {
		return nil
	}
	if _, err := t.exec(ctx, sqlProvenanceNote, after.ID, ms(t.now), source, t.db.options.Actor, packed(filled)); err != nil {
		return fmt.Errorf("note where a fact came from: %w", err)
	}
	return nil
}

// Provenance is where each fact of a person came from, by field, the oldest first.
func (db *DB) Provenance(ctx context.Context, person mail.PersonID) ([]consent.Provenance, error) {
	var all []consent.Provenance
	err := db.view(ctx, func(t *tx) error {
		return t.each(ctx, sqlProvenance, []any{person}, func(rows *sql.Rows) error {
			var p consent.Provenance
			err := rows.Scan(&p.Field, &p.Source, stamp{&p.At}, &p.Actor)
			all = append(all, p)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read where facts came from: %w", err)
	}
	return all, nil
}
