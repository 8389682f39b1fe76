package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zgoda/mail"
)

const partOutgoing = `id, person, to_email, to_name, subject, text, template, language, in_reply_to, refs, track_opens,
track_clicks, message_id, updated_at, state, due_at, attempts, reason, next_step, sent_at, copy,
template_hash, duty, request, asks`

func outgoingInto(o *mail.Outgoing) []any {
	return []any{&o.ID, &o.Person, &o.To.Email, &o.To.Name, &o.Subject, &o.Text, &o.Template, &o.Language, &o.InReplyTo,
		unpack[mail.MessageID]{&o.References}, &o.TrackOpens, &o.TrackClicks, &o.MessageID, stamp{&o.UpdatedAt}, &o.State,
		stamp{&o.DueAt}, &o.Attempts, &o.Reason, &o.NextStep, stamp{&o.SentAt}, &o.Copy,
		&o.TemplateHash, &o.Duty, &o.Request, unpack[mail.Question]{&o.Asks}}
}

const sqlOutgoingByID = `SELECT ` + partOutgoing + ` FROM outbox WHERE id = $1`

func (t *tx) outgoing(ctx context.Context, id mail.DraftID) (mail.Outgoing, error) {
	var o mail.Outgoing
	known, err := t.found(ctx, sqlOutgoingByID, []any{id}, outgoingInto(&o)...)
	if err == nil && !known {
		err = &mail.Problem{
			Sentence: "This draft is not in zgoda any more.", NextStep: "Go back to the list.",
			Err: fmt.Errorf("draft %d is not in the store", id),
		}
	}
	return o, err
}

// A mail that was refused or failed is a draft again: nothing of it was sent.
const sqlDraftFor = `SELECT ` + partOutgoing + ` FROM outbox WHERE person = $1 AND state IN ('editing', 'refused', 'failed')
ORDER BY CASE WHEN state = 'editing' THEN 0 ELSE 1 END, updated_at DESC, id DESC LIMIT 1`

// DraftFor is the draft being written to a person; false when there is none. A
// mail that the gate refused or the server would not take counts as one, after those.
func (db *DB) DraftFor(ctx context.Context, person mail.PersonID) (mail.Draft, bool, error) {
	var o mail.Outgoing
	var known bool
	err := db.view(ctx, func(t *tx) (err error) {
		known, err = t.found(ctx, sqlDraftFor, []any{person}, outgoingInto(&o)...)
		return err
	})
	if err != nil {
		return mail.Draft{}, false, fmt.Errorf("look for a draft: %w", err)
	}
	return o.Draft, known, nil
}

// SaveDraft saves, and names a new draft. What is on its way cannot be saved
// over; a refused or failed mail becomes a draft again.
func (db *DB) SaveDraft(ctx context.Context, draft mail.Draft) (mail.Draft, error) {
	var saved mail.Draft
	err := db.update(ctx, func(t *tx) (err error) {
		saved, err = t.saveDraft(ctx, draft)
		return err
	})
	if err != nil {
		return mail.Draft{}, fmt.Errorf("save a draft: %w", err)
	}
	return saved, nil
}

const (
	sqlDraftMake = `INSERT INTO outbox (person, to_email, to_name, subject, text, template, language, in_reply_to, refs,
track_opens, track_clicks, template_hash, duty, request, asks, updated_at, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'editing') RETURNING ` + partOutgoing
	sqlDraftSave = `UPDATE outbox SET to_email = $1, to_name = $2, subject = $3, text = $4, template = $5, language = $6,
in_reply_to = $7, refs = $8, track_opens = $9, track_clicks = $10, template_hash = $11, duty = $12, request = $13,
asks = $14, updated_at = $15, state = 'editing', reason = '', next_step = '', attempts = 0 WHERE id = $16 AND person = $17 AND state IN ('editing', 'refused', 'failed') RETURNING ` + partOutgoing
)

func (t *tx) saveDraft(ctx context.Context, d mail.Draft) (mail.Draft, error) {
	if _, err := t.lead(ctx, d.Person); err != nil {
		return mail.Draft{}, err
	}
	var o mail.Outgoing
	texts := []any{d.To.Email, d.To.Name, d.Subject, d.Text, d.Template, d.Language, d.InReplyTo, packed(d.References),
		d.TrackOpens, d.TrackClicks, d.TemplateHash, d.Duty, d.Request, packed(d.Asks), ms(t.now)}
	t.changed(d.Person)
	if d.ID == 0 {
		err := t.row(ctx, sqlDraftMake, append([]any{d.Person}, texts...), outgoingInto(&o)...)
		return o.Draft, err
	}
	known, err := t.found(ctx, sqlDraftSave, append(texts, d.ID, d.Person), outgoingInto(&o)...)
	if err != nil {
		return mail.Draft{}, err
	}
	if !known {
		return mail.Draft{}, t.alreadyLeft(ctx, d.ID)
	}
	return o.Draft, nil
}

// alreadyLeft says why a draft cannot be written in.
func (t *tx) alreadyLeft(ctx context.Context, id mail.DraftID) error {
	o, err := t.outgoing(ctx, id)
	if err != nil {
		return err
	}
	sentence, step := "This mail has already left.", "Write to them again in a new mail."
	switch o.State {
	case mail.Queued:
		sentence, step = "This mail is already on its way.", "Take it back first, while it still waits."
	case mail.Unknown:
		sentence, step = "It is not known whether this mail has arrived.", "Say in the outbox whether it did."
	}
	return &mail.Problem{Sentence: sentence, NextStep: step, Err: fmt.Errorf("draft %d is %s", id, o.State)}
}

const sqlDiscard = `DELETE FROM outbox WHERE id = $1 AND state IN ('editing', 'refused', 'failed') RETURNING person`

// Discard forgets a draft, or a mail that was refused or failed. What is on its
// way must be taken back first; a draft that is gone already is no error.
func (db *DB) Discard(ctx context.Context, id mail.DraftID) error {
	err := db.update(ctx, func(t *tx) error {
		people, err := list[mail.PersonID](ctx, t, sqlDiscard, id)
		if err != nil {
			return err
		}
		if len(people) == 0 {
			var n int
			if err := t.row(ctx, sqlOutboxHas, []any{id}, &n); err != nil || n == 0 {
				return err
			}
			return t.alreadyLeft(ctx, id)
		}
		t.change.Outbox = true
		t.changed(people...)
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return fmt.Errorf("discard a draft: %w", err)
	}
	return nil
}

const (
	sqlOutboxHas = `SELECT count(*) FROM outbox WHERE id = $1`
	sqlTwin      = `SELECT count(*) FROM outbox WHERE person = $1 AND state IN ('queued', 'sending', 'unknown')
AND subject = $2 AND text = $3 AND id <> $4`
	sqlArrived = `SELECT count(*) FROM messages WHERE message_id = $1 AND out = 1`
	sqlQueue   = `UPDATE outbox SET state = 'queued', message_id = CASE WHEN message_id = '' THEN $1 ELSE message_id END,
due_at = $2, queued_at = $3, updated_at = $3, attempts = 0, reason = '', next_step = '' WHERE id = $4 AND state = 'editing'
RETURNING ` + partOutgoing
)

// Queue puts a draft on its way, due after hold, with its Message-ID fixed for
// good (law.md M11). The same text to the same person, when it is on its way
// already or nobody knows whether it arrived, is a *mail.Problem: a second key
// press must not be a second mail.
func (db *DB) Queue(ctx context.Context, draft mail.Draft, hold time.Duration) (mail.Outgoing, error) {
	var queued mail.Outgoing
	err := db.update(ctx, func(t *tx) error {
		var twins int
		if err := t.row(ctx, sqlTwin, []any{draft.Person, draft.Subject, draft.Text, draft.ID}, &twins); err != nil {
			return err
		}
		if twins > 0 {
			return &mail.Problem{
				Sentence: "The same mail to this person is already on its way.", NextStep: "Look at it in the outbox.",
				Err: errors.New("the same mail is in the outbox"),
			}
		}
		saved, err := t.saveDraft(ctx, draft)
		if err != nil {
			return err
		}
		if err := t.notArrived(ctx, saved); err != nil {
			return err
		}
		t.change.Outbox = true
		id := mail.NewMessageID(db.domain())
		return t.row(ctx, sqlQueue, []any{id, ms(t.now.Add(hold)), ms(t.now), saved.ID}, outgoingInto(&queued)...)
	})
	if err != nil {
		return mail.Outgoing{}, fmt.Errorf("queue a mail: %w", err)
	}
	return queued, nil
}

// notArrived refuses a draft whose Message-ID the server has shown meanwhile:
// it was sent, though somebody said it was not.
func (t *tx) notArrived(ctx context.Context, draft mail.Draft) error {
	if draft.MessageID == "" {
		return nil
	}
	var n int
	if err := t.row(ctx, sqlArrived, []any{draft.MessageID}, &n); err != nil || n == 0 {
		return err
	}
	return &mail.Problem{
		Sentence: "This mail is in the Sent mailbox: it was sent.", NextStep: "Discard the draft and write a new one.",
		Err: fmt.Errorf("the Message-ID of draft %d is on the server", draft.ID),
	}
}

// domain is where our Message-IDs are made; never the machine's own name.
func (db *DB) domain() string {
	if domain := db.options.Account.Domain(); domain != "" {
		return domain
	}
	return "localhost"
}

const sqlUnqueue = `UPDATE outbox SET state = 'editing', due_at = 0, updated_at = $1, reason = '', next_step = ''
WHERE id = $2 AND state IN ('queued', 'editing', 'refused', 'failed') RETURNING ` + partOutgoing

// Unqueue takes a queued draft back for editing. It and Claim are one statement
// each, so that exactly one of them wins; when Claim did, this is a *mail.Problem.
func (db *DB) Unqueue(ctx context.Context, id mail.DraftID) (mail.Draft, error) {
	var o mail.Outgoing
	err := db.update(ctx, func(t *tx) error {
		known, err := t.found(ctx, sqlUnqueue, []any{ms(t.now), id}, outgoingInto(&o)...)
		if err != nil {
			return err
		}
		if !known {
			return t.alreadyLeft(ctx, id)
		}
		t.change.Outbox = true
		t.changed(o.Person)
		return nil
	})
	if err != nil {
		return mail.Draft{}, fmt.Errorf("take a mail back: %w", err)
	}
	return o.Draft, nil
}
