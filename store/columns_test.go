package store

import (
	"database/sql"
	"slices"
	"strings"
	"testing"
)

func names(t *testing.T, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		all = append(all, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestS3_EveryColumnIsClassified compares the register with the real schema:
// a column that nobody classified fails, and so does an entry that no column
// has any more. Erasure and the access copy are made from the register, so a
// table that is forgotten there would be forgotten by both (L15, S10, S21).
func TestS3_EveryColumnIsClassified(t *testing.T) {
	db := openHere(t).writer
	known := map[string]Table{}
	for _, table := range Register() {
		if _, twice := known[table.Name]; twice {
			t.Errorf("%s is in the register twice", table.Name)
		}
		known[table.Name] = table
	}
	for _, name := range names(t, db, `SELECT name FROM sqlite_master WHERE type = 'table'`) {
		if slices.Contains(shadows(), name) {
			continue
		}
		table, ok := known[name]
		if !ok {
			t.Errorf("table %s is not in the register of columns.go: say whose data it holds, how it is found and how it goes", name)
			continue
		}
		delete(known, name)
		checkColumns(t, table, names(t, db, `SELECT name FROM pragma_table_xinfo($1)`, name))
	}
	for name := range known {
		t.Errorf("the register tells of a table %s, which there is not", name)
	}
}

func checkColumns(t *testing.T, table Table, there []string) {
	t.Helper()
	var told []string
	for _, column := range table.Columns {
		if slices.Contains(told, column.Name) {
			t.Errorf("%s.%s is in the register twice", table.Name, column.Name)
		}
		told = append(told, column.Name)
		if !slices.Contains(there, column.Name) {
			t.Errorf("the register tells of %s.%s, which there is not", table.Name, column.Name)
		}
		if column.Category == "" {
			t.Errorf("%s.%s has no category", table.Name, column.Name)
		}
	}
	for _, name := range there {
		if !slices.Contains(told, name) {
			t.Errorf("%s.%s is not classified: name its category in columns.go, and why when it is withheld from the access copy", table.Name, name)
		}
	}
}

// TestL15_WhatIsOfAPersonIsCopiedAndErased: no table of a person may be without
// the statement that finds their rows and the one that takes them away.
func TestL15_WhatIsOfAPersonIsCopiedAndErased(t *testing.T) {
	for _, table := range Register() {
		if table.About == "" || table.Erasure == "" {
			t.Errorf("%s does not say what it is for and what becomes of it", table.Name)
		}
		if table.Whose != OfPerson && table.Whose != OfPeople {
			if len(table.erase) > 0 {
				t.Errorf("%s is of %s, and an erasure deletes from it", table.Name, table.Whose)
			}
			continue
		}
		if table.copy == "" && table.Name != "people_search" {
			t.Errorf("%s is of %s and is in no access copy", table.Name, table.Whose)
		}
		stays := map[string]string{"people_search": "a trigger", "salts": "silence in chain.go", "suppressions": "it is what stays"}
		if len(table.erase) == 0 && stays[table.Name] == "" {
			t.Errorf("%s is of %s and is not erased", table.Name, table.Whose)
		}
		for _, query := range append([]string{table.copy}, table.erase...) {
			if query != "" && !strings.Contains(query, table.Name) {
				t.Errorf("%s: this is a statement of another table: %s", table.Name, query)
			}
		}
	}
}
