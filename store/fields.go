package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// uses counts how often each field of a lead was used, until somebody writes it
// down. It is about nobody, so that what a crash takes with it is no loss.
type uses struct {
	mu     sync.Mutex
	counts map[string]int
}

// Used counts that fields of a lead served something: a text, a search, a question
// to the gate (S34). It costs nothing; the counts are saved with the next answer
// that the gate keeps, and when the database is closed.
func (db *DB) Used(fields ...string) {
	db.uses.mu.Lock()
	defer db.uses.mu.Unlock()
	if db.uses.counts == nil {
		db.uses.counts = map[string]int{}
	}
	for _, f := range fields {
		db.uses.counts[f]++
	}
}

func (u *uses) take() map[string]int {
	u.mu.Lock()
	defer u.mu.Unlock()
	taken := u.counts
	u.counts = nil
	return taken
}

const (
	sqlUse     = `INSERT INTO field_uses (field, day, uses) VALUES ($1, $2, $3) ON CONFLICT (field, day) DO UPDATE SET uses = uses + excluded.uses`
	sqlUsesOld = `DELETE FROM field_uses WHERE day < $1`
)

const aDay = 24 * time.Hour

// saveUses writes down what was counted, and forgets what is older than anybody asks for.
func (t *tx) saveUses(ctx context.Context) error {
	counts := t.db.uses.take()
	if len(counts) == 0 {
		return nil
	}
	today := t.now.UnixMilli() / aDay.Milliseconds()
	for field, n := range counts {
		if _, err := t.exec(ctx, sqlUse, field, today, n); err != nil {
			return fmt.Errorf("save how often a field was used: %w", err)
		}
	}
	_, err := t.exec(ctx, sqlUsesOld, today-2*consent.FieldUseDays)
	return err
}

// closeUses saves the last counts.
func (db *DB) closeUses() error {
	if db.writer == nil || db.reader == nil {
		return nil
	}
	return db.update(context.Background(), func(t *tx) error { return t.saveUses(context.Background()) })
}

// gateFields are the fields of a lead that an answer of the gate rests on, when they are filled.
func gateFields(in consent.Inputs) []string {
	fields := []string{consent.FieldAddress}
	add := func(filled bool, names ...string) {
		if filled {
			fields = append(fields, names...)
		}
	}
	add(in.Country != "", consent.FieldCountry)
	add(in.Source != "", consent.FieldSource, consent.FieldSourceKind, consent.FieldSourcePublic)
	add(in.ObtainedAt != 0, consent.FieldObtainedAt)
	add(in.Reason != "", consent.FieldReason)
	return fields
}

const (
	sqlFilled = `SELECT count(*), coalesce(sum(name <> ''), 0), coalesce(sum(company <> ''), 0), coalesce(sum(role <> ''), 0),
coalesce(sum(language <> ''), 0), coalesce(sum(country <> ''), 0), coalesce(sum(sole), 0), coalesce(sum(source <> ''), 0),
coalesce(sum(source_kind <> ''), 0), coalesce(sum(obtained_at <> 0), 0), coalesce(sum(reason <> ''), 0), coalesce(sum(note <> ''), 0)
FROM people WHERE since > 0`
	sqlUses    = `SELECT field, sum(uses) FROM field_uses WHERE day > $1 GROUP BY field`
	sqlWatched = `SELECT coalesce(min(day), 0) FROM field_uses`
)

// FieldUses is how much each field of a lead is filled and used (S34), in the order
// of [consent.Fields].
func (db *DB) FieldUses(ctx context.Context) ([]consent.FieldUse, error) {
	var list []consent.FieldUse
	err := db.view(ctx, func(t *tx) error {
		filled, counts := map[string]*int{}, map[string]int{}
		for _, f := range consent.Fields() {
			filled[f.Name] = new(int)
		}
		leads := filled[consent.FieldAddress]
		err := t.row(ctx, sqlFilled, nil, leads, filled[consent.FieldName], filled[consent.FieldCompany], filled[consent.FieldRole],
			filled[consent.FieldLanguage], filled[consent.FieldCountry], filled[consent.FieldSole], filled[consent.FieldSource],
			filled[consent.FieldSourceKind], filled[consent.FieldObtainedAt], filled[consent.FieldReason], filled[consent.FieldNote])
		if err != nil {
			return err
		}
		*filled[consent.FieldSourcePublic] = *leads // yes or no, it is always said
		today := t.now.UnixMilli() / aDay.Milliseconds()
		err = t.each(ctx, sqlUses, []any{today - consent.FieldUseDays}, func(rows *sql.Rows) error {
			var field string
			var n int
			err := rows.Scan(&field, &n)
			counts[field] = n
			return err
		})
		if err != nil {
			return err
		}
		var first int64
		if err := t.row(ctx, sqlWatched, nil, &first); err != nil {
			return err
		}
		watched := 0
		if first > 0 {
			watched = int(today - first)
		}
		for _, f := range consent.Fields() {
			list = append(list, consent.FieldUse{Field: f, Leads: *leads, Filled: *filled[f.Name], Uses: counts[f.Name], Watched: watched})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count the fields of leads: %w", err)
	}
	return list, nil
}

const sqlEveryLead = `SELECT ` + partLead + ` FROM people WHERE since > 0 ORDER BY last_at DESC, id DESC`

// PurgeField empties a field on every lead, in one transaction, and forgets where
// its values came from. It says on how many. A field that no lead can be without,
// or that protects the person, is a *mail.Problem.
func (db *DB) PurgeField(ctx context.Context, name string) (int, error) {
	field, known := consent.FieldOf(name)
	if !known || !field.Purgeable() {
		return 0, &mail.Problem{
			Sentence: "This field cannot be purged.", NextStep: "zgoda fields lists the fields, and which of them can.",
			Err: errors.New("no field that can be purged"),
		}
	}
	purged := 0
	err := db.update(ctx, func(t *tx) error {
		var leads []consent.Lead
		err := t.each(ctx, sqlEveryLead, nil, func(rows *sql.Rows) error {
			var l consent.Lead
			err := rows.Scan(leadInto(&l)...)
			if field.Value(l) != "" {
				leads = append(leads, l)
			}
			return err
		})
		if err != nil {
			return err
		}
		for _, before := range leads {
			after := before.WithoutField(name)
			if err := t.saveFacts(ctx, after); err != nil {
				return err
			}
			if err := t.provenance(ctx, before, after, consent.SourceTyped); err != nil {
				return err
			}
			t.changed(after.ID)
		}
		purged = len(leads)
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return 0, fmt.Errorf("purge a field: %w", err)
	}
	return purged, nil
}
