package store

import (
	"context"
	"errors"
	"fmt"

	"zgoda/consent"
	"zgoda/mail"
)

const sqlPersonByAddress = `SELECT coalesce((SELECT person FROM aliases WHERE address_key = $1), id) FROM people WHERE address_key = $1
UNION SELECT person FROM aliases WHERE address_key = $1 LIMIT 1`

// Find is the person with this address, lead or not. Nobody is a *mail.Problem.
func (db *DB) Find(ctx context.Context, address mail.Address) (consent.Lead, error) {
	var lead consent.Lead
	err := db.view(ctx, func(t *tx) error {
		var id mail.PersonID
		known, err := t.found(ctx, sqlPersonByAddress, []any{address.Key()}, &id)
		if err != nil {
			return err
		}
		if !known {
			return &mail.Problem{
				Sentence: "Nobody with this address is in zgoda.",
				NextStep: "Add the lead in zgoda with n, with the source of the address.",
				Err:      errNobody,
			}
		}
		lead, err = t.lead(ctx, id)
		return err
	})
	if err != nil {
		return consent.Lead{}, fmt.Errorf("find a person: %w", err)
	}
	return lead, nil
}

// errUnsound is what a damaged page is called.
var errUnsound = errors.New("a page of the database is damaged")

// Check reads every page of the database and its indexes; a damaged one is a
// *mail.Problem. It takes about a second for 500 MB.
func (db *DB) Check(ctx context.Context) error {
	return db.view(ctx, func(t *tx) error {
		var answer string
		if err := t.tx.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&answer); err != nil {
			return fmt.Errorf("check the database: %w", err)
		}
		if answer == "ok" {
			return nil
		}
		return &mail.Problem{
			Sentence: "The database is damaged.",
			NextStep: "Keep the file, put a backup in its place, and start again.",
			Fatal:    true, Err: errUnsound,
		}
	})
}
