package store

import (
	"context"
	"database/sql"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

const (
	// What zgoda sent, of a page of people at once.
	sqlSentBy = `SELECT person, sent_at, message_id FROM outbox
WHERE person IN (SELECT value FROM json_each($1)) AND state = 'sent' AND sent_at > 0`
	// A mail that the law demanded asks for nothing, so nobody leaves it unanswered.
	// A mail is in both tables between its sending and the end of its Sent copy.
	sqlUnanswered = `SELECT count(*) FROM (
SELECT m.message_id FROM message_people p JOIN messages m ON m.id = p.message
WHERE p.person = $1 AND p.at > $2 AND m.out = 1 AND NOT EXISTS (
	SELECT 1 FROM outbox d WHERE d.message_id = m.message_id AND d.message_id <> '' AND d.duty <> '')
UNION SELECT message_id FROM outbox WHERE person = $1 AND state = 'sent' AND sent_at > $2 AND duty = '')`
)

// firstOutbound fills in when zgoda first wrote to each person since they are a
// lead. A mail that came back with the notice in it was no communication.
func (t *tx) firstOutbound(ctx context.Context, histories ...*consent.History) error {
	ids := make([]mail.PersonID, len(histories))
	byID := make(map[mail.PersonID]*consent.History, len(histories))
	lost := make(map[mail.MessageID]bool)
	for i, h := range histories {
		ids[i], byID[h.Lead.ID] = h.Lead.ID, h
		for id := range consent.Undelivered(h.Events) {
			lost[id] = true
		}
	}
	return t.each(ctx, sqlSentBy, []any{packed(ids)}, func(rows *sql.Rows) error {
		var person mail.PersonID
		var at time.Time
		var id mail.MessageID
		if err := rows.Scan(&person, stamp{&at}, &id); err != nil {
			return err
		}
		h := byID[person]
		if h.Lead.IsLead() && !at.Before(h.Lead.Since) && !lost[id] && (h.FirstOutbound.IsZero() || at.Before(h.FirstOutbound)) {
			h.FirstOutbound = at
		}
		return nil
	})
}

// unanswered fills in how many mails of ours went out since they last wrote.
func (t *tx) unanswered(ctx context.Context, h *consent.History) error {
	var since time.Time
	if len(h.Inbound) > 0 {
		since = h.Inbound[0].At
	}
	return t.row(ctx, sqlUnanswered, []any{h.Lead.ID, ms(since)}, &h.Unanswered)
}
