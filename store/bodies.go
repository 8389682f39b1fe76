package store

import (
	"context"
	"fmt"

	"zgoda/mail"
)

const sqlWanted = `SELECT uid FROM messages WHERE mailbox = $1 AND wanted = 1 AND uid IS NOT NULL ORDER BY uid DESC LIMIT $2`

// Wanted is the UIDs of leads' messages whose bodies are missing, and of reports
// of mail that came back, whose bodies are read and not kept; newest first.
func (db *DB) Wanted(ctx context.Context, box mail.Mailbox, limit int) ([]uint32, error) {
	var uids []uint32
	err := db.view(ctx, func(t *tx) (err error) {
		uids, err = list[uint32](ctx, t, sqlWanted, box.ID, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list wanted bodies: %w", err)
	}
	return uids, nil
}

const (
	sqlHasLead = `SELECT EXISTS (SELECT 1 FROM message_people p JOIN people ON people.id = p.person
WHERE p.message = $1 AND people.since > 0)`
	// A header does not tell a mail that is late from one that came back.
	sqlReportRead = `UPDATE messages SET kind = $1 WHERE id = $2 AND kind = 'bounce'`
	sqlBodyRead   = `UPDATE messages SET whole = $1, wanted = 0, notes = $2 WHERE id = $3`
)

// SaveBodies completes envelopes. A message that is gone by now is passed over;
// one whose person is no longer a lead keeps its envelope only. Each is asked
// for once: a body that could not be read is not wanted again.
func (db *DB) SaveBodies(ctx context.Context, box mail.Mailbox, whole []mail.Fetched) error {
	db.readings.warm(whole, db.us)
	err := db.update(ctx, func(t *tx) error {
		stored, err := t.mailbox(ctx, box.ID)
		if err != nil {
			return err
		}
		if err := sameValidity(stored, box); err != nil {
			return err
		}
		for i := range whole {
			if err := t.complete(ctx, box, &whole[i]); err != nil {
				return fmt.Errorf("message with UID %d: %w", whole[i].UID, err)
			}
		}
		if err := t.hearAll(ctx); err != nil {
			return err
		}
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return fmt.Errorf("save bodies: %w", err)
	}
	return nil
}

func (t *tx) complete(ctx context.Context, box mail.Mailbox, f *mail.Fetched) error {
	var ref mail.MessageRef
	known, err := t.found(ctx, sqlRefByUID, []any{box.ID, f.UID}, &ref)
	if err != nil || !known {
		return err
	}
	var lead bool
	if err := t.row(ctx, sqlHasLead, []any{ref}, &lead); err != nil {
		return err
	}
	body := f.Message.Whole && lead
	if _, err := t.exec(ctx, sqlBodyRead, body, packed(f.Message.Notes), ref); err != nil {
		return err
	}
	if body {
		if err := t.saveBody(ctx, ref, &f.Message); err != nil {
			return err
		}
		t.speak(ref, f)
	}
	if f.Message.Whole && f.Message.Kind != "" {
		if _, err := t.exec(ctx, sqlReportRead, f.Message.Kind, ref); err != nil {
			return err
		}
	}
	if f.Message.Kind == mail.Bounce && f.Message.Whole && f.Message.From.Key() != t.db.us {
		if err := t.bounced(ctx, &f.Message); err != nil {
			return err
		}
	}
	if f.Message.Kind == mail.Bounce || f.Message.From.Key() != t.db.us && t.db.readings.tells(f.Message.Subject, f.Message.Text) {
		return t.changedWith(ctx, []mail.MessageRef{ref})
	}
	people, err := list[mail.PersonID](ctx, t, sqlWith, ref)
	t.changedCalmly(people...)
	return err
}

const sqlBody = `INSERT INTO bodies (message, text, from_html, ask_receipt, attachments, trackers)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (message) DO UPDATE SET text = excluded.text, from_html = excluded.from_html,
ask_receipt = excluded.ask_receipt, attachments = excluded.attachments, trackers = excluded.trackers`

func (t *tx) saveBody(ctx context.Context, ref mail.MessageRef, m *mail.Message) error {
	_, err := t.exec(ctx, sqlBody, ref, m.Text, m.FromHTML, m.AskReceipt, packed(m.Attachments), packed(m.Trackers))
	return err
}

const (
	sqlWantBodies = `UPDATE messages SET wanted = 1 WHERE whole = 0 AND wanted = 0
AND id IN (SELECT message FROM message_people WHERE person = $1)`
	// A mail that another lead is in as well keeps its body.
	partOnlyWith = ` IN (SELECT p.message FROM message_people p WHERE p.person = $1 AND NOT EXISTS (
SELECT 1 FROM message_people q JOIN people ON people.id = q.person
WHERE q.message = p.message AND q.person <> p.person AND people.since > 0))`
	sqlDropBodies = `DELETE FROM bodies WHERE message` + partOnlyWith
	sqlNoBodies   = `UPDATE messages SET whole = 0, wanted = 0 WHERE id` + partOnlyWith
)

func (t *tx) wantBodies(ctx context.Context, person mail.PersonID) error {
	_, err := t.exec(ctx, sqlWantBodies, person)
	return err
}

func (t *tx) dropBodies(ctx context.Context, person mail.PersonID) error {
	if _, err := t.exec(ctx, sqlDropBodies, person); err != nil {
		return err
	}
	_, err := t.exec(ctx, sqlNoBodies, person)
	return err
}
