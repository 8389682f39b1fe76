package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"zgoda/consent"
	"zgoda/mail"
)

const (
	sqlErasureNumbers = `SELECT id FROM erasures`
	sqlEverybody      = `SELECT id, address_key FROM people`
	sqlEveryAlias     = `SELECT person, address_key FROM aliases`
)

// pending is the erasures of the journal that this database has not seen: it is
// older than they are, or ended between the journal and its own commit.
func (t *tx) pending(ctx context.Context) ([]erased, error) {
	if len(t.db.journal.entries) == 0 {
		return nil, nil
	}
	done, err := list[int64](ctx, t, sqlErasureNumbers)
	if err != nil {
		return nil, err
	}
	slices.Sort(done)
	var notes []erased
	for _, note := range t.db.journal.entries {
		if _, known := slices.BinarySearch(done, note.Number); !known {
			notes = append(notes, note)
		}
	}
	return notes, nil
}

// finishErasures makes sure, before anybody sees anything, that whoever was ever
// erased is not in this database, and not in its log.
func (db *DB) finishErasures(ctx context.Context) (err error) {
	if db.journal, err = openJournal(db.options.Journal, db.mac); err != nil {
		return err
	}
	if err := db.replay(ctx); err != nil {
		return err
	}
	return db.wipeOwed(ctx)
}

// replay does the erasures again that this database lacks (law.md D6). It runs at
// the start, before anybody sees anything.
func (db *DB) replay(ctx context.Context) error {
	return db.update(ctx, func(t *tx) error {
		notes, err := t.pending(ctx)
		if err != nil || len(notes) == 0 {
			return err
		}
		people, err := t.byHash(ctx)
		if err != nil {
			return err
		}
		for _, note := range notes {
			if err := t.eraseAgain(ctx, note, people); err != nil {
				return fmt.Errorf("erase again what was erased: %w", err)
			}
		}
		return t.refreshChanged(ctx)
	})
}

// eraseAgain erases everybody whom a note of the journal means. A mail that was
// being handed over when this copy was made is long gone; nothing refuses here.
func (t *tx) eraseAgain(ctx context.Context, note erased, people map[string]mail.PersonID) error {
	var again []mail.PersonID
	for _, hash := range note.Hashes {
		if id, known := people[hash]; known && !slices.Contains(again, id) {
			again = append(again, id)
		}
	}
	var silent []int64
	for _, id := range again {
		e := erasing{Erasure: consent.Erasure{Rows: map[string]int{}}}
		var err error
		if e.lead, err = t.lead(ctx, id); err != nil {
			return err
		}
		if e.marks, err = t.marks(ctx, e.lead); err != nil {
			return err
		}
		positions, err := t.eraseRows(ctx, &e)
		if err != nil {
			return err
		}
		silent = append(silent, positions...)
	}
	slices.Sort(silent)
	return t.noteErased(ctx, note, silent)
}

// byHash is everybody in the database by the hashes of their addresses.
func (t *tx) byHash(ctx context.Context) (map[string]mail.PersonID, error) {
	people := map[string]mail.PersonID{}
	for _, query := range []string{sqlEverybody, sqlEveryAlias} {
		if err := t.each(ctx, query, nil, t.hashInto(people)); err != nil {
			return nil, fmt.Errorf("look for those who were erased: %w", err)
		}
	}
	return people, nil
}

func (t *tx) hashInto(people map[string]mail.PersonID) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var id mail.PersonID
		var key string
		err := rows.Scan(&id, &key)
		people[t.db.hashKey(key)] = id
		return err
	}
}

// checkReplayed refuses to show a database that lacks an erasure: it can be read
// only once somebody opened it for writing.
func (t *tx) checkReplayed(ctx context.Context) error {
	notes, err := t.pending(ctx)
	if err != nil || len(notes) == 0 {
		return err
	}
	return &mail.Problem{
		Sentence: "This database is older than the journal of erasures: somebody in it was erased.",
		NextStep: "Start zgoda once: it erases them again before it shows anything.",
		Fatal:    true, Err: fmt.Errorf("%d erasures of the journal are not in the database", len(notes)),
	}
}
