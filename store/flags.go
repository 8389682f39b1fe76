package store

import (
	"context"
	"fmt"

	"zgoda/mail"
)

const (
	sqlSetFlags = `UPDATE messages SET seen = CASE WHEN owed_seen = 1 THEN 1 ELSE $1 END,
owed_seen = CASE WHEN $1 = 1 THEN 0 ELSE owed_seen END, answered = $2, flagged = $3
WHERE mailbox = $4 AND uid = $5
AND (seen <> $1 OR owed_seen = 1 OR answered <> $2 OR flagged <> $3) RETURNING id`
	sqlWith = `SELECT person FROM message_people WHERE message = $1`
)

// SetFlags takes the server's flags over, except a \Seen that we still owe it.
func (db *DB) SetFlags(ctx context.Context, box mail.Mailbox, changes []mail.FlagChange) error {
	err := db.update(ctx, func(t *tx) error {
		for _, c := range changes {
			refs, err := list[mail.MessageRef](ctx, t, sqlSetFlags,
				c.Flags.Seen, c.Flags.Answered, c.Flags.Flagged, box.ID, c.UID)
			if err != nil {
				return err
			}
			if err := t.changedWith(ctx, refs); err != nil {
				return err
			}
		}
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return fmt.Errorf("save flags: %w", err)
	}
	return nil
}

// changedWith notes everybody these messages are with.
func (t *tx) changedWith(ctx context.Context, refs []mail.MessageRef) error {
	for _, ref := range refs {
		people, err := list[mail.PersonID](ctx, t, sqlWith, ref)
		if err != nil {
			return err
		}
		t.changed(people...)
	}
	return nil
}

const sqlMarkRead = `UPDATE messages SET seen = 1, owed_seen = 1 WHERE out = 0 AND seen = 0
AND id IN (SELECT message FROM message_people WHERE person = $1) RETURNING id`

// MarkRead marks what the person wrote as read: here now, and on the server
// when the syncer asks OwedSeen.
func (db *DB) MarkRead(ctx context.Context, person mail.PersonID) error {
	err := db.update(ctx, func(t *tx) error {
		refs, err := list[mail.MessageRef](ctx, t, sqlMarkRead, person)
		if err != nil {
			return err
		}
		if err := t.changedWith(ctx, refs); err != nil {
			return err
		}
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return fmt.Errorf("mark as read: %w", err)
	}
	return nil
}

const (
	sqlOwedSeen   = `SELECT uid FROM messages WHERE mailbox = $1 AND owed_seen = 1 AND uid IS NOT NULL ORDER BY uid`
	sqlSeenPushed = `UPDATE messages SET owed_seen = 0 WHERE mailbox = $1 AND uid = $2`
)

// OwedSeen is the UIDs that were read here and not yet marked \Seen there.
func (db *DB) OwedSeen(ctx context.Context, box mail.Mailbox) ([]uint32, error) {
	var uids []uint32
	err := db.view(ctx, func(t *tx) (err error) {
		uids, err = list[uint32](ctx, t, sqlOwedSeen, box.ID)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list what was read here: %w", err)
	}
	return uids, nil
}

// SeenPushed says that the server has them now.
func (db *DB) SeenPushed(ctx context.Context, box mail.Mailbox, uids []uint32) error {
	err := db.update(ctx, func(t *tx) error {
		for _, uid := range uids {
			if _, err := t.exec(ctx, sqlSeenPushed, box.ID, uid); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note what the server knows as read: %w", err)
	}
	return nil
}
