package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"zgoda/mail"
)

// errOtherValidity says that a batch was fetched under a UIDVALIDITY that has
// passed: its UIDs mean nothing now.
var errOtherValidity = errors.New("the mailbox has another UIDVALIDITY now")

const partMailbox = `id, account, name, role, uid_validity, complete, low_uid, high_uid, synced_at`

const (
	sqlMailboxMake = `INSERT INTO mailboxes (account, name, role) VALUES ($1, $2, $3)
ON CONFLICT (account, name) DO UPDATE SET role = excluded.role RETURNING ` + partMailbox
	sqlMailbox = `SELECT ` + partMailbox + ` FROM mailboxes WHERE id = $1`
)

func mailboxInto(box *mail.Mailbox) []any {
	return []any{&box.ID, &box.Account, &box.Name, &box.Role, &box.UIDValidity, &box.Complete, &box.LowUID, &box.HighUID,
		stamp{&box.SyncedAt}}
}

// Mailbox finds or makes our record of a folder.
func (db *DB) Mailbox(ctx context.Context, account, name string, role mail.Role) (mail.Mailbox, error) {
	var box mail.Mailbox
	err := db.update(ctx, func(t *tx) error {
		return t.row(ctx, sqlMailboxMake, []any{account, name, role}, mailboxInto(&box)...)
	})
	if err != nil {
		return mail.Mailbox{}, fmt.Errorf("find the mailbox: %w", err)
	}
	return box, nil
}

func (t *tx) mailbox(ctx context.Context, id int64) (mail.Mailbox, error) {
	var box mail.Mailbox
	err := t.row(ctx, sqlMailbox, []any{id}, mailboxInto(&box)...)
	if errors.Is(err, sql.ErrNoRows) {
		return box, fmt.Errorf("mailbox %d is not in the store: %w", id, err)
	}
	return box, err
}

const (
	sqlMailboxReset = `UPDATE mailboxes SET uid_validity = $1, complete = 0, low_uid = 0, high_uid = 0, synced_at = 0
WHERE id = $2 RETURNING ` + partMailbox
	sqlPlacesTaken = `UPDATE messages SET uid = NULL WHERE mailbox = $1 AND uid IS NOT NULL`
)

// Reset takes the places of all messages in box away, because the server's
// UIDVALIDITY is now validity (RFC 9051 section 2.3.1.1), and gives the fresh
// record back. SaveBatch finds the messages again by Message-ID; those it has
// not found when it says Complete are forgotten.
func (db *DB) Reset(ctx context.Context, box mail.Mailbox, validity uint32) (mail.Mailbox, error) {
	var fresh mail.Mailbox
	err := db.update(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, sqlPlacesTaken, box.ID); err != nil {
			return err
		}
		return t.row(ctx, sqlMailboxReset, []any{validity, box.ID}, mailboxInto(&fresh)...)
	})
	if err != nil {
		return mail.Mailbox{}, fmt.Errorf("reset the mailbox: %w", err)
	}
	return fresh, nil
}

const sqlCursor = `UPDATE mailboxes SET uid_validity = $1, complete = $2, low_uid = $3, high_uid = $4, synced_at = $5 WHERE id = $6`

func (t *tx) saveCursor(ctx context.Context, box mail.Mailbox) error {
	_, err := t.exec(ctx, sqlCursor, box.UIDValidity, box.Complete, box.LowUID, box.HighUID, ms(box.SyncedAt), box.ID)
	return err
}

// sameValidity refuses a batch of another UIDVALIDITY. A mailbox that never
// had one takes the batch's over.
func sameValidity(stored, given mail.Mailbox) error {
	if stored.UIDValidity != 0 && stored.UIDValidity != given.UIDValidity {
		return errOtherValidity
	}
	return nil
}

const sqlKnown = `SELECT uid, seen, answered, flagged FROM messages WHERE mailbox = $1 AND uid IS NOT NULL ORDER BY uid`

// Known is the UIDs and flags that we hold, ascending.
func (db *DB) Known(ctx context.Context, box mail.Mailbox) ([]mail.FlagChange, error) {
	var known []mail.FlagChange
	err := db.view(ctx, func(t *tx) error {
		return t.each(ctx, sqlKnown, []any{box.ID}, func(rows *sql.Rows) error {
			var k mail.FlagChange
			if err := rows.Scan(&k.UID, &k.Flags.Seen, &k.Flags.Answered, &k.Flags.Flagged); err != nil {
				return err
			}
			known = append(known, k)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list what is known of the mailbox: %w", err)
	}
	return known, nil
}
