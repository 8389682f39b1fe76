package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"

	"zgoda/mail"
)

// hash is the suppression hash of an address: HMAC-SHA-256 over its key, so
// that every spelling gives one hash and nobody without the key can guess
// addresses (law.md D4). A plain SHA-256 could be guessed.
func (db *DB) hash(a mail.Address) string { return db.mac("address\x00" + a.Key()) }

// keyMark tells one key from another without telling anything about it.
func (db *DB) keyMark() string { return db.mac("key") }

func (db *DB) mac(text string) string {
	mac := hmac.New(sha256.New, db.options.Key)
	_, _ = mac.Write([]byte(text)) // a hash never errs
	return hex.EncodeToString(mac.Sum(nil))
}

const (
	sqlKeyMark     = `SELECT value FROM meta WHERE name = 'suppression key'`
	sqlKeyMarkSave = `INSERT INTO meta (name, value) VALUES ('suppression key', $1)`
)

// checkKey refuses a key that is not the database's own: with it nobody would
// be found on the suppression list, and that would look like a yes.
func (t *tx) checkKey(ctx context.Context, mark string) error {
	var stored string
	known, err := t.found(ctx, sqlKeyMark, nil, &stored)
	if err != nil {
		return fmt.Errorf("read the key's mark: %w", err)
	}
	if !known {
		if t.db.options.ReadOnly {
			return nil
		}
		_, err := t.exec(ctx, sqlKeyMarkSave, mark)
		return err
	}
	if subtle.ConstantTimeCompare([]byte(stored), []byte(mark)) == 1 {
		return nil
	}
	return &mail.Problem{
		Sentence: "The key of the suppression list does not belong to this database.",
		NextStep: "Put the key back that was made with it: without it zgoda cannot know who must not be written to.",
		Fatal:    true,
		Err:      errors.New("the suppression key does not fit the database"),
	}
}

const (
	sqlSuppress   = `INSERT INTO suppressions (hash, at, reason) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING`
	sqlSuppressed = `SELECT EXISTS (SELECT 1 FROM suppressions WHERE hash = $1)`
)

func (t *tx) suppress(ctx context.Context, a mail.Address, reason string) error {
	_, err := t.exec(ctx, sqlSuppress, t.db.hash(a), ms(t.now), reason)
	return err
}

func (t *tx) suppressed(ctx context.Context, a mail.Address) (bool, error) {
	var yes bool
	err := t.row(ctx, sqlSuppressed, []any{t.db.hash(a)}, &yes)
	return yes, err
}

// Suppressed reports whether an address must not be written to. It works for
// somebody who was erased, or was never here.
func (db *DB) Suppressed(ctx context.Context, a mail.Address) (bool, error) {
	var yes bool
	err := db.view(ctx, func(t *tx) (err error) {
		yes, err = t.suppressed(ctx, a)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look at the suppression list: %w", err)
	}
	return yes, nil
}
