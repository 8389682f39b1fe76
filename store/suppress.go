package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// hash is the suppression hash of an address: HMAC-SHA-256 over its key, so
// that every spelling gives one hash and nobody without the key can guess
// addresses (law.md D4). A plain SHA-256 could be guessed.
func (db *DB) hash(a mail.Address) string { return db.hashKey(a.Key()) }

func (db *DB) hashKey(key string) string { return db.mac("address\x00" + key) }

// keyMark tells one key from another without telling anything about it.
func (db *DB) keyMark() string { return db.mac("key") }

func (db *DB) mac(text string) string {
	mac := hmac.New(sha256.New, db.options.Key)
	_, _ = mac.Write([]byte(text)) // a hash never errs
	return hex.EncodeToString(mac.Sum(nil))
}

func sameText(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

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
	if sameText(stored, mark) {
		return nil
	}
	return &mail.Problem{
		Sentence: "The key of the suppression list does not belong to this database.",
		NextStep: "Put the key back that was made with it: without it zgoda cannot know who must not be written to.",
		Fatal:    true,
		Err:      errors.New("the suppression key does not fit the database"),
	}
}

// The reasons for which an address is on the list. Who objected must not be
// written to (GDPR Art. 21(3)). Who was erased and did not object is not taken in
// again from anywhere (L17.3), but may write to us and be answered.
const (
	becauseObjected = string(consent.KindObjected)
	becauseErased   = "erased"
)

const (
	// An objection is never made less by what comes after it.
	sqlSuppress = `INSERT INTO suppressions (hash, at, reason, erased_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (hash) DO UPDATE SET erased_at = max(erased_at, excluded.erased_at),
at = CASE WHEN reason = 'erased' THEN excluded.at ELSE at END,
reason = CASE WHEN reason = 'erased' THEN excluded.reason ELSE reason END`
	sqlSuppressed = `SELECT reason, erased_at FROM suppressions WHERE hash = $1`
)

// suppress puts an address on the list.
func (t *tx) suppress(ctx context.Context, a mail.Address, reason string) error {
	return t.suppressHash(ctx, t.db.hash(a), reason, time.Time{})
}

func (t *tx) suppressHash(ctx context.Context, hash, reason string, erased time.Time) error {
	_, err := t.exec(ctx, sqlSuppress, hash, ms(t.now), reason, ms(erased))
	return err
}

// suppressed reports whether an address is on the list for any reason, and so
// may not be taken in by an import or by hand.
func (t *tx) suppressed(ctx context.Context, a mail.Address) (bool, error) {
	reason, _, err := t.suppression(ctx, t.db.hash(a))
	return reason != "", err
}

// suppression is why a hash is on the list, and when its owner was erased; an
// empty reason says that it is not on it.
func (t *tx) suppression(ctx context.Context, hash string) (reason string, erased time.Time, err error) {
	_, err = t.found(ctx, sqlSuppressed, []any{hash}, &reason, stamp{&erased})
	return reason, erased, err
}

// bar fills in whether a person who is in the store must not be written to.
// Somebody who was erased, did not object, and wrote to us since has opened the
// way for an answer by that, and for nothing else.
func (t *tx) bar(ctx context.Context, h *consent.History) error {
	reason, erased, err := t.suppression(ctx, t.db.hash(h.Lead.Address))
	if err != nil {
		return err
	}
	h.Suppressed, h.Erased = reason != "", time.Time{}
	if reason == becauseErased && slices.ContainsFunc(h.Inbound, func(in consent.Inbound) bool { return in.At.After(erased) }) {
		h.Suppressed, h.Erased = false, erased
	}
	return nil
}

// Suppressed reports whether an address must not be written to of our own. It
// works for somebody who was erased, or was never here.
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
