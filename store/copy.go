package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"time"
	"unicode/utf8"

	"zgoda/consent"
	"zgoda/mail"
)

// Copied is one table of an access copy.
type Copied struct {
	Table    string           `json:"table"`
	About    string           `json:"about"`
	Rows     []map[string]any `json:"rows"`
	Withheld []Withheld       `json:"withheld,omitempty"`
}

// Withheld is a column that is not in the copy, and why.
type Withheld struct {
	Column string `json:"column"`
	Why    string `json:"why"`
}

// Raw is a whole mail that the database keeps.
type Raw struct {
	Name string // of a file, without a folder
	Data []byte
}

// AccessCopy is everything that the database holds of one person (GDPR Art.
// 15(3); law.md L15, S10). It is made from [Register], so that a table that comes
// later is in it, or a test fails.
type AccessCopy struct {
	At     time.Time
	Lead   consent.Lead
	Tables []Copied
	Raws   []Raw
	// Mails is where the person's mails lie on the server.
	Mails []mail.Copy
}

// Copy reads everything of a person at one moment.
func (db *DB) Copy(ctx context.Context, person mail.PersonID) (AccessCopy, error) {
	var c AccessCopy
	err := db.view(ctx, func(t *tx) (err error) {
		c.At = t.now
		if person, err = t.survivor(ctx, person); err != nil {
			return err
		}
		if c.Lead, err = t.lead(ctx, person); err != nil {
			return err
		}
		who, err := t.marks(ctx, c.Lead)
		if err != nil {
			return err
		}
		if c.Mails, err = t.copiesOf(ctx, person); err != nil {
			return err
		}
		numbers, err := t.numbers(ctx, person)
		if err != nil {
			return err
		}
		for _, table := range Register() {
			if err := t.copyTable(ctx, &c, table, numbers, who); err != nil {
				return fmt.Errorf("table %s: %w", table.Name, err)
			}
		}
		return nil
	})
	if err != nil {
		return AccessCopy{}, fmt.Errorf("copy what is kept of a person: %w", err)
	}
	return c, nil
}

func (t *tx) copyTable(ctx context.Context, c *AccessCopy, table Table, numbers []mail.PersonID, who marks) error {
	if table.copy == "" {
		return nil
	}
	copied := Copied{Table: table.Name, About: table.About, Rows: []map[string]any{}}
	var keys []any
	for _, number := range numbers {
		keys = append(keys, number)
	}
	if table.byHash {
		keys = nil
		for _, hash := range who.hashes(t.db) {
			keys = append(keys, hash)
		}
	}
	for _, key := range keys {
		err := t.each(ctx, table.copy, []any{key}, func(rows *sql.Rows) error {
			row, err := copyRow(rows, table, c)
			copied.Rows = append(copied.Rows, row)
			return err
		})
		if err != nil {
			return err
		}
	}
	for _, column := range table.Columns {
		if column.Withheld != "" {
			copied.Withheld = append(copied.Withheld, Withheld{column.Name, column.Withheld})
		}
	}
	c.Tables = append(c.Tables, copied)
	return nil
}

// copyRow takes a row as it stands. A column that the register does not know is an
// error: nothing may be left out of a copy without a reason.
func copyRow(rows *sql.Rows, table Table, c *AccessCopy) (map[string]any, error) {
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, into := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	row := map[string]any{}
	for i, name := range names {
		column, known := table.column(name)
		if !known {
			return nil, fmt.Errorf("column %s is not in the register", name)
		}
		if column.Withheld == "" {
			row[name] = c.value(table, name, values[i])
		}
	}
	return row, nil
}

func (t Table) column(name string) (Column, bool) {
	for _, c := range t.Columns {
		if c.Name == name {
			return c, true
		}
	}
	return Column{}, false
}

// value is a stored value as JSON takes it. Whole mails become files beside it.
func (c *AccessCopy) value(table Table, column string, value any) any {
	raw, isBytes := value.([]byte)
	switch {
	case !isBytes:
		return value
	case column == "raw":
		name := fmt.Sprintf("%s-%d.eml", table.Name, len(c.Raws)+1)
		c.Raws = append(c.Raws, Raw{name, raw})
		return map[string]string{"file": name}
	case utf8.Valid(raw):
		return string(raw)
	}
	return base64.StdEncoding.EncodeToString(raw)
}
