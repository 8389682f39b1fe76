package store

import (
	"bytes"
	"context"
	"database/sql"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"zgoda/mail"
)

func openHere(t testing.TB, change ...func(*Options)) *DB {
	t.Helper()
	options := Options{
		Path: filepath.Join(t.TempDir(), "zgoda", "zgoda.db"), Account: mail.Address{Email: "marta@firma.example"}, Actor: "marta",
		Key: bytes.Repeat([]byte{7}, MinKey), Now: func() time.Time { return time.UnixMilli(1_795_000_000_000) },
	}
	for _, c := range change {
		c(&options)
	}
	db, err := Open(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// statements evaluates every constant named sql… of this package from its source.
func statements(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]ast.Expr{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, isValue := n.(*ast.ValueSpec); isValue {
				for i, value := range spec.Values {
					values[spec.Names[i].Name] = value
				}
			}
			return true
		})
	}
	all := map[string]string{}
	for name, value := range values {
		if strings.HasPrefix(name, "sql") {
			all[name] = text(t, value, values)
		}
	}
	if len(all) < 60 {
		t.Fatalf("found %d statements only", len(all))
	}
	return all
}

func text(t *testing.T, e ast.Expr, values map[string]ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		if err != nil {
			t.Fatal(err)
		}
		return s
	case *ast.Ident:
		return text(t, values[e.Name], values)
	case *ast.BinaryExpr:
		return text(t, e.X, values) + text(t, e.Y, values)
	}
	t.Fatalf("a statement is made of %T", e)
	return ""
}

var placeholder = regexp.MustCompile(`\$(\d+)`)

// parameters counts the placeholders and fails when they are not numbered in
// the order of their first use: the driver binds by that order.
func parameters(t *testing.T, name, query string) int {
	n := 0
	for _, m := range placeholder.FindAllStringSubmatch(query, -1) {
		k, err := strconv.Atoi(m[1])
		if err != nil || k > n+1 {
			t.Errorf("%s: $%d comes before $%d", name, k, n+1)
		}
		n = max(n, k)
	}
	return n
}

func TestStatementsPrepare(t *testing.T) {
	db := openHere(t)
	for name, query := range statements(t) {
		stmt, err := db.writer.Prepare(query)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		parameters(t, name, query)
		if err := stmt.Close(); err != nil {
			t.Error(err)
		}
	}
}

// scans are the statements that may read a whole index or table, and why.
var scans = map[string]string{
	"sqlLeadsTotal":   "counts a partial index",
	"sqlNewTotal":     "counts a partial index",
	"sqlAllTotal":     "counts a partial index",
	"sqlCountUnread":  "counts a partial index that holds the unread only",
	"sqlCountWaiting": "counts a partial index that holds the waiting only",
	"sqlOutgoing":     "the partial index holds what is open only",
	"sqlCopies":       "the partial index holds the pending copies only",
	"sqlNextDue":      "the first entry of a partial index",
	"sqlClaim":        "the first entry of a partial index",

	"sqlRequesters":   "the partial index holds rights requests only, which are few",
	"sqlCountNotices": "counts a partial index that holds the uninformed only",
	"sqlReasons":      "once for a file that comes from an older zgoda",

	"sqlFilled":         "counts all leads, for zgoda fields",
	"sqlEveryLead":      "reads all leads, to purge a field",
	"sqlRecoverUnknown": "the partial index holds what is being sent only",
	"sqlRecoverQueued":  "the partial index holds what is being sent only",
}

// tables are the statements that read a whole table on purpose, and why. They
// run at an erasure or at a start after one, and never for a screen.
var tables = map[string]string{
	"sqlNamesAddress":   "an erasure looks at the envelopes of everybody's mail, see leaveMails; measured in BenchmarkErase",
	"sqlSubjects":       "an erasure lists what names the person; measured in BenchmarkErase",
	"sqlNotes":          "an erasure lists which notes name the person",
	"sqlDrafts":         "an erasure lists which drafts name the person; the outbox stays small",
	"sqlOldUses":        "one row for each field and day, looked at once a day",
	"sqlErasureNumbers": "one row for each erasure there was, at a start",
	"sqlEverybody":      "only when the journal knows an erasure that the database lacks",
	"sqlEveryAlias":     "only when the journal knows an erasure that the database lacks",
}

var fullScan = regexp.MustCompile(`^SCAN (\w+)`)

// TestPlansDoNotScan reads the plan of every statement. Tables that stay small
// whatever the mailbox are no matter.
func TestPlansDoNotScan(t *testing.T) {
	db := openHere(t)
	small := map[string]bool{"json_each": true, "mailboxes": true, "meta": true, "people_search": true, "CONSTANT": true, "field_uses": true, "sqlite_dbpage": true,
		"assessments": true}
	for name, query := range statements(t) {
		if strings.HasPrefix(query, "PRAGMA") {
			continue
		}
		for _, step := range plan(t, db.writer, name, query) {
			m := fullScan.FindStringSubmatch(step)
			if m == nil || small[m[1]] || tables[name] != "" {
				continue
			}
			if scans[name] == "" || !strings.Contains(step, "INDEX") {
				t.Errorf("%s scans: %s", name, step)
			}
		}
	}
}

func plan(t *testing.T, db *sql.DB, name, query string) []string {
	t.Helper()
	rows, err := db.Query("EXPLAIN QUERY PLAN "+query, make([]any, parameters(t, name, query))...)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer func() { _ = rows.Close() }()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}

func TestPagesWalkTheirIndex(t *testing.T) {
	db := openHere(t)
	for index, queries := range map[string][]string{
		"people_leads":  {sqlLeadsOlder, sqlLeadsNewer, sqlLeadsAbove},
		"people_new":    {sqlNewOlder, sqlNewNewer, sqlNewAbove},
		"people_all":    {sqlAllOlder, sqlAllNewer, sqlAllAbove},
		"people_notice": {sqlNotices},
		"people_erase":  {sqlExpires, sqlCountExpires},
	} {
		for _, query := range queries {
			steps := strings.Join(plan(t, db.writer, index, query), "; ")
			if !strings.Contains(steps, index) || strings.Contains(steps, "TEMP B-TREE") {
				t.Errorf("%s is not walked: %s", index, steps)
			}
		}
	}
}
