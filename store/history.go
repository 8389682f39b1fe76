package store

import (
	"context"
	"database/sql"
	"fmt"

	"zgoda/consent"
	"zgoda/mail"
)

// inboundMost is how many of a person's newest mails a history holds.
const inboundMost = 20

// History reads one person at one moment: all of it in one read transaction.
// Somebody who is not in the store is an error, never an empty history.
func (db *DB) History(ctx context.Context, person mail.PersonID) (consent.History, error) {
	var history consent.History
	err := db.view(ctx, func(t *tx) (err error) {
		if history, err = t.history(ctx, person); err != nil {
			return err
		}
		return t.judgeable(ctx, &history)
	})
	if err != nil {
		return consent.History{}, fmt.Errorf("read a history: %w", err)
	}
	return history, nil
}

const (
	sqlStanding = `SELECT stale, last_out_at FROM people WHERE id = $1`
	// A mail without a Message-ID cannot be answered by one, so it is left out:
	// an empty id would be the answer to everything.
	sqlInbound = `SELECT m.message_id, m.at, m.subject, coalesce(b.text, '')
FROM message_people p JOIN messages m ON m.id = p.message LEFT JOIN bodies b ON b.message = m.id
WHERE p.person = $1 AND m.out = 0 AND m.kind = 'personal' AND m.message_id NOT LIKE '% %'
ORDER BY p.at DESC, p.message DESC`
)

func (t *tx) history(ctx context.Context, id mail.PersonID) (h consent.History, err error) {
	if id, err = t.survivor(ctx, id); err != nil {
		return h, err
	}
	if h.Lead, err = t.lead(ctx, id); err != nil {
		return h, err
	}
	if err := t.row(ctx, sqlStanding, []any{id}, &h.Stale, stamp{&h.LastOutbound}); err != nil {
		return h, err
	}
	if h.Events, err = t.events(ctx, sqlEvents, id); err != nil {
		return h, err
	}
	if err := t.row(ctx, sqlHead, nil, &h.Head); err != nil {
		return h, err
	}
	var subjects, texts []string
	if h.Inbound, subjects, texts, err = t.inbound(ctx, id); err != nil {
		return h, err
	}
	doubts(&h, subjects, texts, t.now)
	if err := t.bar(ctx, &h); err != nil {
		return h, err
	}
	if err := t.firstOutbound(ctx, &h); err != nil {
		return h, err
	}
	return h, t.unanswered(ctx, &h)
}

// inbound is a person's newest mails, each with what it was read from.
func (t *tx) inbound(ctx context.Context, id mail.PersonID) (inbound []consent.Inbound, subjects, texts []string, err error) {
	seen := map[mail.MessageID]bool{}
	err = t.each(ctx, sqlInbound, []any{id}, func(rows *sql.Rows) error {
		var in consent.Inbound
		var subject, text string
		if err := rows.Scan(&in.ID, stamp{&in.At}, &subject, &text); err != nil {
			return err
		}
		in.Stop = t.db.readings.asks(subject, text).Stop != consent.StopNone
		if !seen[in.ID] {
			seen[in.ID] = true
			inbound, subjects, texts = append(inbound, in), append(subjects, subject), append(texts, text)
		}
		if len(inbound) == inboundMost {
			return errStop
		}
		return nil
	})
	return inbound, subjects, texts, err
}
