package cli

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/rogpeppe/go-internal/testscript"
)

// tamper STATEMENT… changes the story's database as somebody would who has the
// file and not zgoda: without its triggers, beside its back.
func tamper(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: tamper STATEMENT…")
	}
	ts.Check(tamperWith(deskOf(ts).paths.database(), args...))
}

func tamperWith(path string, statements ...string) (err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.Query(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
	if err != nil {
		return err
	}
	var drops []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		drops = append(drops, "DROP TRIGGER "+name)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, statement := range append(drops, statements...) {
		if _, err := db.Exec(statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}
