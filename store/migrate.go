package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"zgoda/mail"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

//go:embed schema.sql
var schema string

// Schema is schema.sql: what a new file holds.
func Schema() string { return schema }

// migrations is every step from an empty file to schema.sql, in order.
func migrations() fs.FS {
	sub, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		panic(err) // the name is embedded above
	}
	return sub
}

// The version is how many migrations a file has behind it. Zero is an empty file.
const sqlVersion = `PRAGMA user_version`

// migrate brings the file up to date, forward only, each step in a transaction
// of its own that also raises the version: a crash between two is harmless.
// after is what Go does at the end of a step, by its version, in its transaction.
func migrate(ctx context.Context, writer *sql.DB, steps fs.FS, after map[int]func(context.Context, *sql.Tx) error) error {
	names, err := fs.Glob(steps, "*.sql") // sorted by name, and the names are numbered
	if err != nil {
		return fmt.Errorf("list the migrations: %w", err)
	}
	version, err := readVersion(ctx, writer, len(names))
	if err != nil {
		return err
	}
	for i := version; i < len(names); i++ {
		step, err := fs.ReadFile(steps, names[i])
		if err != nil {
			return fmt.Errorf("read a migration: %w", err)
		}
		if err := migrateStep(ctx, writer, string(step), i+1, after[i+1]); err != nil {
			return fmt.Errorf("migrate to version %d: %w", i+1, err)
		}
	}
	return nil
}

func migrateStep(ctx context.Context, writer *sql.DB, step string, version int, after func(context.Context, *sql.Tx) error) error {
	tx, err := writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	// A pragma takes no parameters; version is our own number.
	if _, err := tx.ExecContext(ctx, step+fmt.Sprintf("\n;\nPRAGMA user_version = %d;", version)); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if after != nil {
		if err := after(ctx, tx); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

// checkVersion is for a database that is only read: it cannot be migrated.
func checkVersion(ctx context.Context, reader *sql.DB, steps fs.FS) error {
	names, err := fs.Glob(steps, "*.sql")
	if err != nil {
		return fmt.Errorf("list the migrations: %w", err)
	}
	version, err := readVersion(ctx, reader, len(names))
	if err != nil {
		return err
	}
	if version < len(names) {
		return &mail.Problem{
			Sentence: "The database was made by an older zgoda.", NextStep: "Start zgoda once to bring it up to date.",
			Fatal: true, Err: fmt.Errorf("database version %d, wanted %d", version, len(names)),
		}
	}
	return nil
}

func readVersion(ctx context.Context, db *sql.DB, known int) (int, error) {
	var version int
	if err := db.QueryRowContext(ctx, sqlVersion).Scan(&version); err != nil {
		return 0, fmt.Errorf("read the database's version: %w", err)
	}
	if version > known {
		return 0, &mail.Problem{
			Sentence: "The database was made by a newer zgoda.", NextStep: "Install that version or a newer one.",
			Fatal: true, Err: fmt.Errorf("database version %d, known are %d", version, known),
		}
	}
	return version, nil
}
