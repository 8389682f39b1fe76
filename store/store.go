package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite": SQLite without cgo
	codes "modernc.org/sqlite/lib"

	"zgoda/consent"
	"zgoda/consent/chain"
	"zgoda/mail"
)

// MinKey is the least length of Options.Key in bytes.
const MinKey = 32

// readers is how many questions may be answered at the same time. The screen
// asks two or three at once; a connection costs about 2 MB of page cache.
const readers = 4

// Options says which database and for whom.
type Options struct {
	Path       string             // the database file; its directory is made when missing
	Account    mail.Address       // us: tells what we sent from what came
	Actor      string             // who records, when an event does not say
	Controller consent.Controller // whom the standing of a row is judged for
	DPO        bool               // the actor is the data-protection officer and may record overrides (law.md C2)
	Key        []byte             // HMAC key of the suppression hashes, at least MinKey bytes (law.md D4)
	Now        func() time.Time   // the clock; nil is time.Now
	Periods    consent.Periods    // how long data is kept; zero is consent.DefaultPeriods
	// Journal is the file outside the database that every erasure is written to
	// first, and that an older database is held against (law.md D6); "" keeps none.
	Journal string
	// Anchor is told the end of the chain when the database is closed, to keep it
	// where the database is not (law.md E5). It may be nil.
	Anchor func(chain.Link) error
	// ReadOnly is for commands that only list: it takes no lock and works beside
	// a running zgoda. Whatever writes answers with a *mail.Problem.
	ReadOnly bool
}

// DB is an open database. Its methods may be called from any goroutine.
type DB struct {
	options  Options
	us       string // Options.Account.Key()
	lock     *lock  // nil when read-only
	writer   *sql.DB
	reader   *sql.DB
	changes  *changes
	uses     uses     // of the fields of leads, not yet written down
	journal  *journal // of erasures
	readings *readings
	file     *os.File // the database itself, see openFile; nil when read-only
	closing  sync.Once
}

// Open opens the database, makes it when there is none, and brings an older one
// up to date. What keeps it from that is a *mail.Problem: files that others may
// read, another zgoda on the same file, a newer or damaged file, a full disk.
func Open(ctx context.Context, options Options) (*DB, error) {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Periods == (consent.Periods{}) {
		options.Periods = consent.DefaultPeriods()
	}
	if len(options.Key) < MinKey {
		return nil, fmt.Errorf("open the database: the key has %d bytes, it needs %d", len(options.Key), MinKey)
	}
	db := &DB{options: options, us: options.Account.Key(), changes: newChanges(), readings: newReadings()}
	if err := db.open(ctx); err != nil {
		return nil, errors.Join(problem(ctx, fmt.Errorf("open the database: %w", err)), db.Close())
	}
	return db, nil
}

func (db *DB) open(ctx context.Context) error {
	if db.options.ReadOnly {
		return db.openReadOnly(ctx)
	}
	path := db.options.Path
	if err := ready(filepath.Dir(path), path); err != nil {
		return err
	}
	var err error
	if db.lock, err = takeLock(path + ".lock"); err != nil {
		return err
	}
	if db.writer, err = pool(ctx, dsnWriter(path), 1); err != nil {
		return err
	}
	if db.file, err = openFile(path); err != nil {
		return err
	}
	if err := migrate(ctx, db.writer, migrations(), db.afterMigration()); err != nil {
		return err
	}
	if db.reader, err = pool(ctx, dsnReader(path), readers); err != nil {
		return err
	}
	if err := db.update(ctx, func(tx *tx) error { return tx.checkKey(ctx, db.keyMark()) }); err != nil {
		return err
	}
	if err := db.tryWrite(ctx); err != nil {
		return err
	}
	if err := db.finishErasures(ctx); err != nil {
		return err
	}
	if err := db.update(ctx, func(tx *tx) error { return tx.readyReasons(ctx) }); err != nil {
		return err
	}
	return db.windClocks(ctx)
}

const sqlOpened = `INSERT INTO meta (name, value) VALUES ('opened', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`

// tryWrite finds a read-only file now and not at the first key: SQLite opens
// one without a word. A full disk may be read, so it is no reason to refuse.
func (db *DB) tryWrite(ctx context.Context) error {
	err := db.update(ctx, func(tx *tx) error {
		_, err := tx.exec(ctx, sqlOpened, tx.now.UTC().Format(time.RFC3339))
		return err
	})
	if code(err) == codes.SQLITE_FULL {
		return nil
	}
	return err
}

func (db *DB) openReadOnly(ctx context.Context) error {
	path := db.options.Path
	if _, err := os.Stat(path); err != nil {
		return &mail.Problem{
			Sentence: "There is no zgoda database here yet.", NextStep: "Start zgoda once, or run zgoda setup.",
			Fatal: true, Err: err,
		}
	}
	if err := checkModes(filepath.Dir(path), path); err != nil {
		return err
	}
	var err error
	if db.reader, err = pool(ctx, dsnReadOnly(path), readers); err != nil {
		return err
	}
	if err := checkVersion(ctx, db.reader, migrations()); err != nil {
		return err
	}
	if db.journal, err = openJournal(db.options.Journal, db.mac); err != nil {
		return err
	}
	return db.view(ctx, func(tx *tx) error {
		if err := tx.checkKey(ctx, db.keyMark()); err != nil {
			return err
		}
		return tx.checkReplayed(ctx)
	})
}

// Close ends the changes, waits for what is under way, closes both pools and
// gives the lock back. Closing twice is no error.
func (db *DB) Close() error {
	var err error
	db.closing.Do(func() { err = db.close() })
	return err
}

func (db *DB) close() error {
	db.changes.close()
	errs := []error{db.closeUses(), db.anchor()}
	if db.reader != nil {
		errs = append(errs, db.reader.Close())
	}
	if db.writer != nil {
		errs = append(errs, db.writer.Close())
	}
	if db.file != nil {
		errs = append(errs, db.file.Close())
	}
	if db.lock != nil {
		errs = append(errs, db.lock.release())
	}
	return errors.Join(errs...)
}

// anchor tells the end of the chain of a database that was open for writing.
func (db *DB) anchor() error {
	if db.options.Anchor == nil || db.writer == nil || db.reader == nil {
		return nil
	}
	last, err := db.LastLink(context.Background())
	if err != nil || last.Pos == 0 {
		return err
	}
	return db.options.Anchor(last)
}

func pool(ctx context.Context, dsn string, size int) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Pragmas stand in the DSN because an Exec reaches one connection of a pool.
// busy_timeout comes first, so that it covers the others.
const pragmas = "_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=temp_store(memory)&_dqs=0&_defensive=1"

// The writer is always synchronous=FULL. The outbox and the ledger need it: in
// WAL mode NORMAL may lose the last commits when the power goes, and a lost
// "sending" would send twice. A second connection at NORMAL for the sync would
// save nothing that can be seen (measured: 0.8 against 0.3 ms for a small
// commit, no difference in the 400 ms of a batch of 500) and would be a second
// writer that waits for the first.
func dsnWriter(path string) string {
	return dsn(path, pragmas+"&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=secure_delete(1)"+
		"&_pragma=recursive_triggers(1)&_txlock=immediate")
}

// dsnScrub is the writer's without defensive, which forbids to write whole pages.
func dsnScrub(path string) string {
	return strings.Replace(dsnWriter(path), "&_defensive=1", "", 1)
}

func dsnReader(path string) string { return dsn(path, pragmas+"&_pragma=query_only(1)") }

func dsnReadOnly(path string) string { return dsn(path, pragmas+"&mode=ro&_pragma=query_only(1)") }

func dsn(path, parameters string) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: parameters}).String()
}

// ready makes directory and file when they are missing and refuses them when
// others may read them. The file is made here and not by SQLite, which would
// ask the umask; the files beside it take its mode over.
func ready(dir, path string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the data directory: %w", err)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	switch {
	case errors.Is(err, os.ErrExist): // An open file is not touched: closing it would drop SQLite's locks on it.
	case err != nil:
		return fmt.Errorf("make the database file: %w", err)
	default:
		if err := file.Close(); err != nil {
			return fmt.Errorf("make the database file: %w", err)
		}
	}
	return checkModes(dir, path)
}

// checkModes refuses a directory looser than 0700 and files looser than 0600:
// they hold other people's mail.
func checkModes(dir, path string) error {
	if runtime.GOOS == "windows" { // There the user's profile is what protects them.
		return nil
	}
	for _, name := range []string{dir, path, path + "-wal", path + "-shm", path + ".lock"} {
		info, err := os.Stat(name)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("look at the data directory: %w", err)
		}
		if info.Mode().Perm()&0o077 != 0 {
			return looseProblem(info)
		}
	}
	return nil
}

func looseProblem(info os.FileInfo) error {
	what, want := "file", "600"
	if info.IsDir() {
		what, want = "directory", "700"
	}
	return &mail.Problem{
		Sentence: fmt.Sprintf("Other users of this computer can read zgoda's data %s.", what),
		NextStep: fmt.Sprintf("Run chmod %s on %q and start again.", want, info.Name()),
		Fatal:    true,
		Err:      fmt.Errorf("data %s has mode %v, wanted 0%s", what, info.Mode().Perm(), want),
	}
}
