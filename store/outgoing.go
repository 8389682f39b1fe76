package store

import (
	"context"
	"database/sql"
	"fmt"

	"zgoda/mail"
)

const sqlOutgoing = `SELECT ` + partOutgoing + ` FROM outbox
WHERE state IN ('queued', 'sending', 'unknown', 'failed', 'refused') OR (state = 'sent' AND copy <> 'done')
ORDER BY updated_at DESC, id DESC`

// Outgoing is what is on its way, and what needs a person, newest first. A sent
// mail is on its way until the Sent mailbox has its copy.
func (db *DB) Outgoing(ctx context.Context) ([]mail.Outgoing, error) {
	var all []mail.Outgoing
	err := db.view(ctx, func(t *tx) (err error) {
		all, err = t.outgoings(ctx, sqlOutgoing)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the outbox: %w", err)
	}
	return all, nil
}

func (t *tx) outgoings(ctx context.Context, query string, args ...any) ([]mail.Outgoing, error) {
	var all []mail.Outgoing
	err := t.each(ctx, query, args, func(rows *sql.Rows) error {
		var o mail.Outgoing
		err := rows.Scan(outgoingInto(&o)...)
		all = append(all, o)
		return err
	})
	return all, err
}

const (
	sqlResolveSent = `UPDATE outbox SET state = 'sent', copy = 'pending', sent_at = CASE WHEN sent_at = 0 THEN $1 ELSE sent_at END,
updated_at = $1, reason = '', next_step = '' WHERE id = $2 AND state = 'unknown' RETURNING person, message_id`
	sqlResolveEdit = `UPDATE outbox SET state = 'editing', raw = NULL, due_at = 0, updated_at = $1, reason = '', next_step = ''
WHERE id = $2 AND state = 'unknown' RETURNING person, message_id`
)

// Resolve ends an Unknown by the rep's word: arrived, then it is Sent and its
// copy is saved; or not, then it is a draft again and keeps its Message-ID.
func (db *DB) Resolve(ctx context.Context, id mail.DraftID, arrived bool) error {
	query := sqlResolveEdit
	if arrived {
		query = sqlResolveSent
	}
	err := db.update(ctx, func(t *tx) error {
		var person mail.PersonID
		var messageID string
		known, err := t.found(ctx, query, []any{ms(t.now), id}, &person, &messageID)
		if err != nil {
			return err
		}
		if !known {
			return t.notUnknown(ctx, id)
		}
		t.change.Outbox = true
		t.changed(person)
		if arrived {
			sent, err := t.outgoing(ctx, id)
			if err != nil {
				return err
			}
			if err := t.fulfilLate(ctx, sent); err != nil {
				return err
			}
			if err := t.landedAlready(ctx, messageID); err != nil {
				return err
			}
		}
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return fmt.Errorf("resolve a mail: %w", err)
	}
	return nil
}

func (t *tx) notUnknown(ctx context.Context, id mail.DraftID) error {
	o, err := t.outgoing(ctx, id)
	if err != nil {
		return err
	}
	return &mail.Problem{
		Sentence: "What became of this mail is known by now.", NextStep: "Look at it in the outbox.",
		Err: fmt.Errorf("draft %d is %s", id, o.State),
	}
}

const (
	sqlLanded = `UPDATE outbox SET landed = 1,
sent_at = CASE WHEN sent_at = 0 THEN $1 ELSE sent_at END, updated_at = $1, state = 'sent', copy = 'done', raw = NULL,
reason = '', next_step = '', subject = '', text = '', in_reply_to = '', refs = '', to_name = '', to_email = ''
WHERE message_id = $2 AND message_id <> '' AND state IN ('sent', 'unknown') AND landed = 0 RETURNING person`
	sqlLandedQueued = `UPDATE outbox SET state = 'refused', reason = $1, next_step = $2, updated_at = $3
WHERE message_id = $4 AND message_id <> '' AND state = 'queued' RETURNING person`
)

// landed says that the server has shown a mail of ours: it was sent, whatever
// the outbox thought. Of an unknown one it is known now; a queued one is held
// for the rep and does not leave again. The text of a sent mail stands in the
// mail itself, so the outbox forgets it. While a mail is Sending its own attempt
// tells the outcome, see Settle.
func (t *tx) landed(ctx context.Context, messageID string) error {
	found, err := t.foundOut(ctx, messageID)
	if err != nil {
		return err
	}
	people, err := list[mail.PersonID](ctx, t, sqlLanded, ms(t.now), messageID)
	if err == nil && len(people) == 0 {
		people, err = list[mail.PersonID](ctx, t, sqlLandedQueued, "This mail is in the Sent mailbox: it was sent before.",
			"Discard it, or write a new one.", ms(t.now), messageID)
	}
	if err != nil {
		return fmt.Errorf("note a mail that arrived: %w", err)
	}
	for _, sent := range found {
		if err := t.fulfilLate(ctx, sent); err != nil {
			return err
		}
	}
	t.change.Outbox = t.change.Outbox || len(people) > 0
	t.changed(people...)
	return nil
}

// landedAlready is landed for a mail that the server may have shown before.
func (t *tx) landedAlready(ctx context.Context, messageID string) error {
	var n int
	if err := t.row(ctx, sqlArrived, []any{messageID}, &n); err != nil || n == 0 {
		return err
	}
	return t.landed(ctx, messageID)
}
