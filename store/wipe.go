package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"zgoda/consent"
)

// How long the log of the database is tried to be emptied while somebody reads:
// our own questions take milliseconds, another command a second or two.
const (
	wipeTries = 20
	wipeWait  = 100 // milliseconds a try
)

const (
	// The answer says whether it was kept from it; an error never does (SQLite, "PRAGMA wal_checkpoint").
	sqlWipe      = `PRAGMA wal_checkpoint(TRUNCATE)`
	sqlWipeWait  = `PRAGMA busy_timeout = 100`
	sqlUsualWait = `PRAGMA busy_timeout = 5000`
)

// leftInLog is what an erasure says when somebody else reads the database.
const leftInLog = "Another program is reading the database, so its log still holds old pages; they go as soon as it ends, at the latest with the next start of zgoda."

// leftInPages is what an erasure says of pages that it does not understand.
const leftInPages = "Some pages of the database are not as they should be, so old bytes may be left in them: run zgoda doctor."

// wipe takes the old bytes of what was erased out of every file. It moves everything
// from the log into the database and cuts the log to nothing: until then it holds
// pages as they were before. Then it zeroes what SQLite left in the slack of pages
// (slack.go), and meanwhile may run beside, which only reads. done is told when
// somebody else keeps it from that; then it is done at the next start.
func (db *DB) wipe(ctx context.Context, done *consent.Erasure, meanwhile func(context.Context) error) error {
	if err := db.leftovers(); err != nil {
		return err
	}
	found, clean, err := db.emptyLog(ctx, meanwhile)
	if err == nil && clean && len(found.pages) > 0 {
		if err = db.scrub(ctx, found.pages); err == nil {
			_, clean, err = db.emptyLog(ctx, nil)
		}
	}
	if err != nil {
		return fmt.Errorf("take old bytes out of the files: %w", err)
	}
	switch {
	case !clean:
		done.Left = leftInLog
		return nil
	case found.odd > 0:
		done.Left = leftInPages
	}
	return db.update(ctx, func(t *tx) error {
		_, err := t.exec(ctx, sqlWipeDone)
		return err
	})
}

// emptyLog empties the log and then lists the pages with old bytes in their slack.
// It holds the only writer, so that nobody moves a page while it reads. Without
// meanwhile no page is looked at.
func (db *DB) emptyLog(ctx context.Context, meanwhile func(context.Context) error) (found uncleaned, clean bool, err error) {
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return found, false, err
	}
	defer func() {
		_, restore := conn.ExecContext(context.WithoutCancel(ctx), sqlUsualWait)
		err = errors.Join(err, restore, conn.Close())
	}()
	if _, err := conn.ExecContext(ctx, sqlWipeWait); err != nil {
		return found, false, err
	}
	for try := 0; try < wipeTries && !clean; try++ {
		if try > 0 {
			if err := pause(ctx, wipeWait*time.Millisecond); err != nil {
				return found, false, err
			}
		}
		if clean, err = truncated(ctx, conn); err != nil {
			return found, false, err
		}
	}
	if meanwhile == nil {
		return found, clean, nil
	}
	other := make(chan error, 1)
	go func() { other <- meanwhile(ctx) }()
	if clean {
		found, err = unclean(ctx, db.file)
	}
	return found, clean, errors.Join(err, <-other)
}

func truncated(ctx context.Context, conn *sql.Conn) (bool, error) {
	var busy, frames, moved int
	if err := conn.QueryRowContext(ctx, sqlWipe).Scan(&busy, &frames, &moved); err != nil {
		return false, err
	}
	return busy == 0 && frames == 0, nil
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func nothing(context.Context) error { return nil }

// wipeOwed empties the log when an erasure could not.
func (db *DB) wipeOwed(ctx context.Context) error {
	var owed int
	if err := db.view(ctx, func(t *tx) error { return t.row(ctx, sqlWipeKnown, nil, &owed) }); err != nil || owed == 0 {
		return err
	}
	return db.wipe(ctx, new(consent.Erasure), nothing)
}

// editorLeft are the names of what an editor that was killed leaves beside the
// database: the text of a mail, its swap files and its back-ups.
var editorLeft = []string{"zgoda-*.txt*", ".zgoda-*.txt*", "#zgoda-*.txt#"}

// leftovers removes such files. While an editor is open the screen waits for it
// and nobody is erased, so none of them is in use.
func (db *DB) leftovers() error {
	for _, pattern := range editorLeft {
		paths, err := filepath.Glob(filepath.Join(filepath.Dir(db.options.Path), pattern))
		if err != nil {
			return fmt.Errorf("look for what an editor left: %w", err)
		}
		for _, path := range paths {
			if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
				return fmt.Errorf("remove what an editor left: %w", errors.Unwrap(err))
			}
		}
	}
	return nil
}
