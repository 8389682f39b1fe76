package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	codes "modernc.org/sqlite/lib"

	"zgoda/mail"
)

func options(dir string) Options {
	return Options{
		Path: filepath.Join(dir, "zgoda.db"), Account: mail.Address{Email: "marta@firma.example"}, Actor: "marta",
		Key: bytes.Repeat([]byte{7}, MinKey), Now: func() time.Time { return time.UnixMilli(1_795_000_000_000) },
	}
}

func safeDir(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "zgoda")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

// told fails unless err is for a person, and gives it.
func told(t *testing.T, err error) *mail.Problem {
	t.Helper()
	var p *mail.Problem
	if !errors.As(err, &p) {
		t.Fatalf("the answer is %v, not a problem with a sentence", err)
	}
	if p.Sentence == "" || p.NextStep == "" || p.Err == nil {
		t.Errorf("the problem is not complete: %+v", p)
	}
	return p
}

func refuses(t *testing.T, o Options, sentence string) {
	t.Helper()
	db, err := Open(context.Background(), o)
	if err == nil {
		_ = db.Close()
	}
	if p := told(t, err); p.Sentence != sentence {
		t.Errorf("it says %q, want %q", p.Sentence, sentence)
	}
}

func TestOpenMakesPrivateFiles(t *testing.T) {
	db := openHere(t)
	if err := db.writer.QueryRow(sqlVersion).Scan(new(int)); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		info, err := os.Stat(db.options.Path + suffix)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%q: %v, %v", suffix, info, err)
		}
	}
	if info, err := os.Stat(filepath.Dir(db.options.Path)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the directory: %v, %v", info, err)
	}
}

func TestLooserModesAreRefused(t *testing.T) {
	dir := safeDir(t)
	db, err := Open(context.Background(), options(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for path, mode := range map[string]os.FileMode{dir: 0o750, filepath.Join(dir, "zgoda.db"): 0o604} {
		before, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		for _, readOnly := range []bool{false, true} {
			o := options(dir)
			o.ReadOnly = readOnly
			_, err := Open(context.Background(), o)
			if p := told(t, err); !strings.Contains(p.NextStep, "chmod") || strings.Contains(err.Error(), dir) {
				t.Errorf("it says %q; the log would say %q", p.NextStep, err)
			}
		}
		if err := os.Chmod(path, before.Mode().Perm()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSecondZgodaIsRefused(t *testing.T) {
	dir := safeDir(t)
	db, err := Open(context.Background(), options(dir))
	if err != nil {
		t.Fatal(err)
	}
	refuses(t, options(dir), "zgoda is already running on this database.")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(context.Background(), options(dir))
	if err != nil {
		t.Fatalf("after the first one ended: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestLockEndsWithTheProcess kills another process that holds the database.
func TestLockEndsWithTheProcess(t *testing.T) {
	if dir := os.Getenv("ZGODA_STORE_HOLD"); dir != "" {
		db, err := Open(context.Background(), options(dir))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		if _, err := os.Stdout.WriteString("holding\n"); err != nil {
			t.Fatal(err)
		}
		_, _ = os.Stdin.Read(make([]byte, 1)) // until it is killed
		return
	}
	dir := safeDir(t)
	holder := exec.Command(os.Args[0], "-test.run=^TestLockEndsWithTheProcess$")
	holder.Env = append(os.Environ(), "ZGODA_STORE_HOLD="+dir)
	if _, err := holder.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 64)); err != nil {
		t.Fatal(err)
	}
	refuses(t, options(dir), "zgoda is already running on this database.")
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait() // it was killed, so it says so
	db, err := Open(context.Background(), options(dir))
	if err != nil {
		t.Fatalf("after a crash: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestNotADatabase(t *testing.T) {
	dir := safeDir(t)
	if err := os.WriteFile(filepath.Join(dir, "zgoda.db"), bytes.Repeat([]byte("Dear diary, "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	refuses(t, options(dir), "The file is not a zgoda database.")
	o := options(dir)
	o.ReadOnly = true
	refuses(t, o, "The file is not a zgoda database.")
}

func TestNewerAndOlderDatabase(t *testing.T) {
	dir := safeDir(t)
	db, err := Open(context.Background(), options(dir))
	if err != nil {
		t.Fatal(err)
	}
	set := func(version string) {
		t.Helper()
		if _, err := db.writer.Exec("PRAGMA user_version = " + version); err != nil {
			t.Fatal(err)
		}
	}
	reading := options(dir)
	reading.ReadOnly = true
	set("0")
	refuses(t, reading, "The database was made by an older zgoda.")
	set("999")
	refuses(t, reading, "The database was made by a newer zgoda.")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	refuses(t, options(dir), "The database was made by a newer zgoda.")
}

func TestMissingDatabaseReadOnly(t *testing.T) {
	o := options(safeDir(t))
	o.ReadOnly = true
	refuses(t, o, "There is no zgoda database here yet.")
	if _, err := os.Stat(o.Path); !errors.Is(err, os.ErrNotExist) {
		t.Error("opening it for reading made a file")
	}
}

func TestPathThatIsADirectory(t *testing.T) {
	dir := safeDir(t)
	if err := os.Mkdir(filepath.Join(dir, "zgoda.db"), 0o700); err != nil {
		t.Fatal(err)
	}
	refuses(t, options(dir), "The database cannot be opened.")
}

func TestPathWithOddLetters(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Żółć 100% ?a=b#c & d")
	db, err := Open(context.Background(), options(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "zgoda.db")); err != nil {
		t.Errorf("the file is somewhere else: %v", err)
	}
}

func TestPragmasReachEveryConnection(t *testing.T) {
	db := openHere(t)
	ctx := context.Background()
	check := func(pool *sql.DB, n int, want map[string]string) {
		t.Helper()
		for range n {
			conn, err := pool.Conn(ctx)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = conn.Close() }()
			for pragma, value := range want {
				var got string
				if err := conn.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&got); err != nil || got != value {
					t.Errorf("%s is %q, %v; want %q", pragma, got, err, value)
				}
			}
		}
	}
	check(db.reader, readers, map[string]string{"query_only": "1", "busy_timeout": "5000", "journal_mode": "wal"})
	check(db.writer, 1, map[string]string{
		"synchronous": "2", "secure_delete": "1", "foreign_keys": "1", "journal_mode": "wal", "recursive_triggers": "1",
		"busy_timeout": "5000",
	})
	if _, err := db.reader.Exec(`DELETE FROM people`); code(err) != codes.SQLITE_READONLY {
		t.Errorf("a reader wrote: %v", err)
	}
}

// schemaOf is everything the file declares, and the settings that live in it.
func schemaOf(t *testing.T, db *sql.DB) string {
	t.Helper()
	rows, err := db.Query(`SELECT coalesce(sql, name) FROM sqlite_schema
UNION ALL SELECT k || '=' || v FROM people_search_config ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.NewReplacer(" ,", ",", " )", ")", "( ", "(").Replace(strings.Join(strings.Fields(s), " ")))
	}
	return strings.Join(all, "\n")
}

func rawFile(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := pool(context.Background(), dsnWriter(filepath.Join(dir, "zgoda.db")), 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestSchemaIsTheSumOfMigrations(t *testing.T) {
	declared := rawFile(t, t.TempDir())
	if _, err := declared.Exec(Schema()); err != nil {
		t.Fatal(err)
	}
	migrated := openHere(t)
	if a, b := schemaOf(t, declared), schemaOf(t, migrated.writer); a != b {
		t.Errorf("schema.sql says\n%s\nthe migrations made\n%s", a, b)
	}
}

// TestUpgradeFromTheFirstSchema opens a file as the first release made it.
// testdata/first.sql and first_rows.sql are frozen: they never change.
func TestUpgradeFromTheFirstSchema(t *testing.T) {
	dir := safeDir(t)
	old := rawFile(t, dir)
	for _, name := range []string{"testdata/first.sql", "testdata/first_rows.sql"} {
		script, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := old.Exec(string(script)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if _, err := old.Exec("PRAGMA user_version = 1"); err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "zgoda.db"), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := Open(context.Background(), options(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if a, b := schemaOf(t, db.writer), schemaOf(t, openHere(t).writer); a != b {
		t.Errorf("upgraded is\n%s\nnew is\n%s", a, b)
	}
	history, err := db.History(context.Background(), 1)
	if err != nil || len(history.Events) != 1 || history.Lead.Name != "Ewa Żółć" || len(history.Inbound) != 1 {
		t.Errorf("after the upgrade the history is %+v, %v", history, err)
	}
	entries, err := db.Conversation(context.Background(), 1, 10)
	if err != nil || len(entries) != 2 || entries[0].Message.Text != "Dzień dobry" {
		t.Errorf("after the upgrade the conversation is %+v, %v", entries, err)
	}
}

func TestMigrationsAreWholeAndForward(t *testing.T) {
	ctx := context.Background()
	db := rawFile(t, t.TempDir())
	version := func() (v int) {
		if err := db.QueryRow(sqlVersion).Scan(&v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	steps := fstest.MapFS{
		"0001_a.sql": {Data: []byte("CREATE TABLE a (x INTEGER) STRICT")},
		"0002_b.sql": {Data: []byte("CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nothing VALUES (1);")},
	}
	if err := migrate(ctx, db, steps, nil); err == nil || version() != 1 {
		t.Errorf("a broken step: %v, version %d", err, version())
	}
	if _, err := db.Exec("INSERT INTO b VALUES (1)"); err == nil {
		t.Error("half of a broken step stayed")
	}
	steps["0002_b.sql"] = &fstest.MapFile{Data: []byte("CREATE TABLE b (x INTEGER) STRICT -- no semicolon")}
	for range 2 {
		if err := migrate(ctx, db, steps, nil); err != nil || version() != 2 {
			t.Errorf("mended: %v, version %d", err, version())
		}
	}
	delete(steps, "0002_b.sql")
	if p := told(t, migrate(ctx, db, steps, nil)); !p.Fatal {
		t.Error("a newer file was taken")
	}
}
