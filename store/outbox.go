package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// What a mail says when zgoda ended in the middle of handing it over.
const (
	reasonUnknown = "zgoda ended before the mail server answered, so it is not known whether the mail was sent."
	stepUnknown   = "Look whether it arrived, then say so: it arrived, or it did not."
)

const (
	sqlRecoverUnknown = `UPDATE outbox SET state = 'unknown', reason = $1, next_step = $2, updated_at = $3
WHERE state = 'sending' AND raw IS NOT NULL RETURNING person, message_id`
	sqlRecoverQueued = `UPDATE outbox SET state = 'queued' WHERE state = 'sending' AND raw IS NULL RETURNING person, message_id`
)

// Recover is called once at start, before the first Claim. A row in Sending
// whose sealed bytes were stored becomes Unknown: they may have been handed
// over. One without goes back to Queued. A mail that the server has shown is Sent.
func (db *DB) Recover(ctx context.Context) error {
	err := db.update(ctx, func(t *tx) error {
		var ids []string
		note := func(rows *sql.Rows) error {
			var person mail.PersonID
			var id string
			if err := rows.Scan(&person, &id); err != nil {
				return err
			}
			t.change.Outbox, ids = true, append(ids, id)
			t.changed(person)
			return nil
		}
		if err := t.each(ctx, sqlRecoverUnknown, []any{reasonUnknown, stepUnknown, ms(t.now)}, note); err != nil {
			return err
		}
		if err := t.each(ctx, sqlRecoverQueued, nil, note); err != nil {
			return err
		}
		for _, id := range ids {
			if err := t.landedAlready(ctx, id); err != nil {
				return err
			}
		}
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return fmt.Errorf("recover the outbox: %w", err)
	}
	return nil
}

const sqlClaim = `UPDATE outbox SET state = 'sending', attempts = attempts + 1, updated_at = $1 WHERE state = 'queued' AND id = (
SELECT id FROM outbox WHERE state = 'queued' AND due_at <= $1 ORDER BY due_at, id LIMIT 1) RETURNING ` + partOutgoing

// Claim takes the next due row from Queued to Sending, and counts the attempt;
// false when none is due.
func (db *DB) Claim(ctx context.Context) (mail.Outgoing, bool, error) {
	var o mail.Outgoing
	var known bool
	err := db.update(ctx, func(t *tx) (err error) {
		if known, err = t.found(ctx, sqlClaim, []any{ms(t.now)}, outgoingInto(&o)...); known {
			t.change.Outbox = true
			t.changed(o.Person)
		}
		return err
	})
	if err != nil {
		return mail.Outgoing{}, false, fmt.Errorf("claim a mail: %w", err)
	}
	return o, known, nil
}

const sqlSealing = `UPDATE outbox SET raw = $1 WHERE id = $2 AND state = 'sending'`

// errNotSending keeps an outcome from being written over another.
var errNotSending = errors.New("the mail is not being sent")

// Sealing stores the bytes that are about to be handed over.
func (db *DB) Sealing(ctx context.Context, id mail.DraftID, raw []byte) error {
	if len(raw) == 0 {
		return fmt.Errorf("store the sealed mail %d: it has no bytes", id)
	}
	return db.update(ctx, func(t *tx) error {
		n, err := t.exec(ctx, sqlSealing, raw, id)
		if err == nil && n == 0 {
			err = errNotSending
		}
		if err != nil {
			return fmt.Errorf("store the sealed mail %d: %w", id, err)
		}
		return nil
	})
}

// The bytes stay only where they are still needed: for the copy of a sent mail,
// or of one that may turn out to be sent.
const sqlSettle = `UPDATE outbox SET state = $1, due_at = $2, attempts = $3, reason = $4, next_step = $5, sent_at = $6,
copy = $7, updated_at = $8, raw = CASE WHEN $1 IN ('sent', 'unknown') AND $7 <> 'done' THEN raw END
WHERE id = $9 AND state = 'sending' RETURNING person, message_id`

// Settle ends an attempt: out.State is Sent, Unknown, Failed, Refused, or Queued
// with a later DueAt. Sent also writes what the mail did to the person's rights in
// the same transaction. A row that is not in Sending is an error and stays.
func (db *DB) Settle(ctx context.Context, out mail.Outgoing, events ...consent.Event) error {
	err := db.update(ctx, func(t *tx) error {
		if err := settled(&out, t.now); err != nil {
			return err
		}
		var person mail.PersonID
		var messageID string
		known, err := t.found(ctx, sqlSettle, []any{out.State, ms(out.DueAt), out.Attempts, out.Reason, out.NextStep,
			ms(out.SentAt), out.Copy, ms(t.now), out.ID}, &person, &messageID)
		if err != nil {
			return err
		}
		if !known {
			return errNotSending
		}
		t.change.Outbox = true
		t.changed(person)
		if err := t.ended(ctx, person, out, events); err != nil {
			return err
		}
		if err := t.landedAlready(ctx, messageID); err != nil {
			return err
		}
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return fmt.Errorf("settle mail %d: %w", out.ID, err)
	}
	return nil
}

// ended is what an outcome changes beyond the mail itself.
func (t *tx) ended(ctx context.Context, person mail.PersonID, out mail.Outgoing, events []consent.Event) error {
	switch {
	case out.State == mail.Failed && mail.FailureOf(out.Status) == mail.FailedHard:
		return t.setStale(ctx, person, StaleReason)
	case out.State != mail.Sent:
		return nil
	}
	if err := t.did(ctx, person, events); err != nil {
		return err
	}
	sent, err := t.outgoing(ctx, out.ID)
	if err != nil {
		return err
	}
	return t.fulfil(ctx, sent)
}

// settled completes an outcome and refuses what is none.
func settled(out *mail.Outgoing, now time.Time) error {
	switch out.State {
	case mail.Sent:
		if out.SentAt.IsZero() {
			out.SentAt = now
		}
		if out.Copy == mail.CopyNone {
			out.Copy = mail.CopyPending
		}
		return nil
	case mail.Unknown, mail.Failed, mail.Refused, mail.Queued:
		out.SentAt, out.Copy = time.Time{}, mail.CopyNone
		return nil
	}
	return fmt.Errorf("%q is not an outcome", out.State)
}

// did records what a sent mail did. The worker's clock may be a moment ahead of
// this transaction's.
func (t *tx) did(ctx context.Context, person mail.PersonID, events []consent.Event) error {
	for _, e := range events {
		if e.Person == 0 {
			e.Person = person
		}
		if e.Person != person {
			return fmt.Errorf("an entry is of person %d, the mail of %d", e.Person, person)
		}
		if e.At.After(t.now) {
			e.At = t.now
		}
		if _, err := t.record(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

const (
	sqlNextDue = `SELECT due_at FROM outbox WHERE state = 'queued' ORDER BY due_at, id LIMIT 1`
	sqlCopies  = `SELECT id, message_id, raw FROM outbox WHERE state = 'sent' AND copy = 'pending' AND raw IS NOT NULL
ORDER BY sent_at, id`
	sqlCopyDone = `UPDATE outbox SET copy = 'done', raw = NULL, updated_at = $1 WHERE id = $2 AND state = 'sent'
AND copy = 'pending' RETURNING person`
)

// NextDue is when the earliest Queued row is due; false when there is none.
func (db *DB) NextDue(ctx context.Context) (time.Time, bool, error) {
	var due time.Time
	var known bool
	err := db.view(ctx, func(t *tx) (err error) {
		known, err = t.found(ctx, sqlNextDue, nil, stamp{&due})
		return err
	})
	if err != nil {
		return time.Time{}, false, fmt.Errorf("ask when the next mail is due: %w", err)
	}
	return due, known, nil
}

// Copies are the mails whose Sent copy is still to be saved, oldest first.
func (db *DB) Copies(ctx context.Context) ([]mail.SentCopy, error) {
	var copies []mail.SentCopy
	err := db.view(ctx, func(t *tx) error {
		return t.each(ctx, sqlCopies, nil, func(rows *sql.Rows) error {
			var c mail.SentCopy
			err := rows.Scan(&c.ID, &c.MessageID, &c.Raw)
			copies = append(copies, c)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list copies to be saved: %w", err)
	}
	return copies, nil
}

// CopyDone says that the Sent mailbox holds it; the stored bytes are dropped.
// Saying so twice is no error.
func (db *DB) CopyDone(ctx context.Context, id mail.DraftID) error {
	err := db.update(ctx, func(t *tx) error {
		people, err := list[mail.PersonID](ctx, t, sqlCopyDone, ms(t.now), id)
		t.change.Outbox = len(people) > 0
		t.changed(people...)
		return err
	})
	if err != nil {
		return fmt.Errorf("note a saved copy: %w", err)
	}
	return nil
}
