package store

import (
	"context"
	"errors"
	"fmt"

	"zgoda/consent"
	"zgoda/mail"
)

// Purged is what a purge did.
type Purged struct {
	Erased []consent.RetentionCase // who went, with the class and the day
	Kept   []consent.RetentionCase // who could not go yet: a mail is being handed over
	Copies []mail.Copy             // their mails that still lie on the server
	Left   string                  // see consent.Erasure
}

// errNotDue says that a mail of theirs came while the purge ran.
var errNotDue = errors.New("the data is not due any more")

// duePage is how many leads are looked at in one transaction.
const duePage = 500

const (
	sqlDue = `SELECT id FROM people WHERE since > 0 AND erase_after > 0 AND erase_after <= $1 AND (erase_after, id) > ($2, $3)
ORDER BY erase_after, id LIMIT $4`
	sqlEndless = `SELECT id FROM people WHERE id > $1 AND since > 0 AND erase_after = 0 ORDER BY id LIMIT $2`
	sqlClock   = `SELECT erase_after FROM people WHERE id = $1`
	// Two years say enough about which fields are of use.
	sqlOldUses = `DELETE FROM field_uses WHERE day < $1`
	usesDays   = 730
)

// Due is the leads whose data must go by now (law.md D1, L5e), the longest overdue
// first. It asks each history again, for a consent that ran out meanwhile moved
// no row.
func (db *DB) Due(ctx context.Context) ([]consent.RetentionCase, error) {
	var cases []consent.RetentionCase
	err := db.view(ctx, func(t *tx) error {
		var after struct {
			due int64
			id  mail.PersonID
		}
		for {
			ids, err := list[mail.PersonID](ctx, t, sqlDue, ms(t.now), after.due, after.id, duePage)
			if err != nil || len(ids) == 0 {
				return err
			}
			for _, id := range ids {
				c, due, err := t.due(ctx, id)
				if err != nil {
					return err
				}
				if due {
					cases = append(cases, c)
				}
			}
			after.id = ids[len(ids)-1]
			if err := t.row(ctx, sqlClock, []any{after.id}, &after.due); err != nil {
				return err
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("list whose data is due: %w", err)
	}
	return cases, nil
}

// due computes anew whether a person's data must go; what was written down is
// only where to look.
func (t *tx) due(ctx context.Context, id mail.PersonID) (consent.RetentionCase, bool, error) {
	history, err := t.history(ctx, id)
	if err != nil {
		return consent.RetentionCase{}, false, err
	}
	r := consent.RetentionOf(history, t.db.options.Periods, t.now)
	return consent.RetentionCase{Lead: history.Lead, Retention: r}, !r.EraseAfter.IsZero() && !r.EraseAfter.After(t.now), nil
}

// Purge erases everybody whose data is due, and forgets counts that are older
// than anybody asks for. Who was never informed is locked on the day that the
// notice was due and goes consent.LockedFor later, when nobody informed them
// (L14.3). What lies on the server is listed and stays.
func (db *DB) Purge(ctx context.Context) (Purged, error) {
	var done Purged
	if err := db.windEndless(ctx); err != nil {
		return done, fmt.Errorf("purge: %w", err)
	}
	cases, err := db.Due(ctx)
	if err != nil {
		return done, fmt.Errorf("purge: %w", err)
	}
	for _, c := range cases {
		erased, err := db.erase(ctx, c.Lead.ID, "retention: "+string(c.Retention.Class), func(t *tx) error {
			_, due, err := t.due(ctx, c.Lead.ID)
			if err == nil && !due {
				err = errNotDue
			}
			return err
		})
		var told *mail.Problem
		switch {
		case errors.Is(err, errNotDue), errors.Is(err, errNobody):
			continue
		case errors.As(err, &told) && !told.Fatal:
			done.Kept = append(done.Kept, c)
			continue
		case err != nil:
			return done, fmt.Errorf("purge: %w", err)
		}
		done.Erased = append(done.Erased, c)
		done.Copies = append(done.Copies, erased.Copies...)
	}
	return done, db.tidy(ctx, &done)
}

// tidy takes old bytes out of the files, also when nobody was erased: then an
// erasure that a person waits for finds little to do.
func (db *DB) tidy(ctx context.Context, done *Purged) error {
	err := db.update(ctx, func(t *tx) error {
		_, err := t.exec(ctx, sqlOldUses, t.now.Unix()/86400-usesDays)
		return err
	})
	if err != nil {
		return fmt.Errorf("purge: %w", err)
	}
	var e consent.Erasure
	if err := db.wipe(ctx, &e, nothing); err != nil {
		return fmt.Errorf("purge: %w", err)
	}
	done.Left = e.Left
	return nil
}

// windEndless computes the clocks again of leads whose data had no end when it was
// last looked at: a consent runs out without anything happening.
func (db *DB) windEndless(ctx context.Context) error {
	var after mail.PersonID
	for {
		var ids []mail.PersonID
		err := db.update(ctx, func(t *tx) (err error) {
			if ids, err = list[mail.PersonID](ctx, t, sqlEndless, after, duePage); err != nil {
				return err
			}
			for _, id := range ids {
				if err := t.hold(ctx, id); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
	}
}
