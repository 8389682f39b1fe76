package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"zgoda/mail"
)

// tx is one transaction: one moment of the database. now is the same for all
// of it, so that everything written together bears one time.
type tx struct {
	db     *DB
	tx     *sql.Tx
	now    time.Time
	stmts  map[string]*sql.Stmt
	change Change
	words  []words  // what the search index is still to be told
	spoken []spoken // whole mails that are still to be heard
	// calm is the people of whom nothing changed but texts that ask for nothing, so
	// that their rights need not be looked at again.
	calm map[mail.PersonID]bool
}

// view reads at one moment. It never waits for a writer and no writer waits for it.
func (db *DB) view(ctx context.Context, read func(*tx) error) error {
	return db.run(ctx, db.reader, &sql.TxOptions{ReadOnly: true}, read)
}

// update writes. When it returned nil the change is on the disk, and whoever
// listens to Changes is told; when it did not, nothing was written.
func (db *DB) update(ctx context.Context, write func(*tx) error) error {
	if db.writer == nil {
		return problem(ctx, ErrReadOnly)
	}
	return db.run(ctx, db.writer, nil, write)
}

func (db *DB) run(ctx context.Context, pool *sql.DB, options *sql.TxOptions, f func(*tx) error) error {
	raw, err := pool.BeginTx(ctx, options)
	if err != nil {
		return problem(ctx, fmt.Errorf("begin a transaction: %w", err))
	}
	t := &tx{db: db, tx: raw, now: db.options.Now(), stmts: map[string]*sql.Stmt{}, calm: map[mail.PersonID]bool{}}
	if err := f(t); err != nil {
		if undo := raw.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			err = errors.Join(err, fmt.Errorf("roll back: %w", undo))
		}
		return problem(ctx, err)
	}
	if err := raw.Commit(); err != nil {
		return problem(ctx, fmt.Errorf("commit: %w", err))
	}
	db.changes.publish(t.change)
	return nil
}

// changed notes whose rows this transaction touches.
func (t *tx) changed(people ...mail.PersonID) {
	t.change.People = append(t.change.People, people...)
	for _, id := range people {
		t.calm[id] = false
	}
}

// changedCalmly is changed for people of whom only a text came that asks for nothing.
func (t *tx) changedCalmly(people ...mail.PersonID) {
	t.change.People = append(t.change.People, people...)
	for _, id := range people {
		if _, seen := t.calm[id]; !seen {
			t.calm[id] = true
		}
	}
}

// prepare keeps statements for the life of the transaction: a batch of the
// sync runs the same few hundreds of times.
func (t *tx) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt := t.stmts[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := t.tx.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	t.stmts[query] = stmt
	return stmt, nil
}

// exec runs a statement and gives the number of rows it touched.
func (t *tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, err := t.prepare(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// row runs a statement that gives one row; sql.ErrNoRows when it gives none.
func (t *tx) row(ctx context.Context, query string, args []any, into ...any) error {
	stmt, err := t.prepare(ctx, query)
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(ctx, args...).Scan(into...)
}

// found is row for a row that may be missing.
func (t *tx) found(ctx context.Context, query string, args []any, into ...any) (bool, error) {
	err := t.row(ctx, query, args, into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// errStop ends each early without being an error.
var errStop = errors.New("enough rows")

// each calls scan for every row. Nothing else may be asked of t meanwhile when
// t writes: SQLite would answer, but from the middle of a change.
func (t *tx) each(ctx context.Context, query string, args []any, scan func(*sql.Rows) error) error {
	stmt, err := t.prepare(ctx, query)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := scan(rows); err != nil {
			if errors.Is(err, errStop) {
				return rows.Close()
			}
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

// list collects the single column of a query.
func list[T any](ctx context.Context, t *tx, query string, args ...any) ([]T, error) {
	var values []T
	err := t.each(ctx, query, args, func(rows *sql.Rows) error {
		var value T
		if err := rows.Scan(&value); err != nil {
			return err
		}
		values = append(values, value)
		return nil
	})
	return values, err
}

// ms is a time as it is stored; the zero time is 0.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// at is the time back, in UTC.
func at(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// stamp scans a stored time.
type stamp struct{ into *time.Time }

// Scan implements sql.Scanner.
func (s stamp) Scan(value any) error {
	n, ok := value.(int64)
	if !ok {
		return fmt.Errorf("time stored as %T", value)
	}
	*s.into = at(n)
	return nil
}

// packed is a list as it is stored: JSON, or "" when it is empty.
func packed[T any](list []T) string {
	if len(list) == 0 {
		return ""
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic(fmt.Sprintf("store: %T cannot be JSON: %v", list, err)) // only strings and numbers are ever in it
	}
	return string(text)
}

// unpack scans a stored list.
type unpack[T any] struct{ into *[]T }

// Scan implements sql.Scanner.
func (u unpack[T]) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("list stored as %T", value)
	}
	*u.into = nil
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), u.into)
}
