package store

import (
	"context"
	"fmt"
	"slices"

	"zgoda/mail"
)

// SetStale notes why a person's address is not usable (law.md L5d), or with ""
// that it is again.
func (db *DB) SetStale(ctx context.Context, person mail.PersonID, why string) error {
	return db.update(ctx, func(t *tx) error { return t.setStale(ctx, person, why) })
}

const sqlSetStale = `UPDATE people SET stale = $1 WHERE id = $2`

func (t *tx) setStale(ctx context.Context, id mail.PersonID, why string) error {
	n, err := t.exec(ctx, sqlSetStale, why, id)
	if err != nil {
		return fmt.Errorf("note an unusable address: %w", err)
	}
	if n == 0 {
		return nobody(id)
	}
	t.changed(id)
	return nil
}

// StaleReason is what bounced mail leaves on a person.
const StaleReason = "Mail to this address came back as undeliverable."

// A mail with one recipient tells whose address it was that failed.
const (
	sqlSentTo = `SELECT p.person FROM messages m JOIN message_people p ON p.message = m.id
WHERE m.message_id = $1 AND m.out = 1`
	sqlQueuedTo = `SELECT person FROM outbox WHERE message_id = $1 AND message_id <> ''`
)

// bounced finds the mail that a delivery report is about by the ids it names.
func (s *saving) bounced(ctx context.Context, m *mail.Message) error {
	for _, id := range slices.Concat([]mail.MessageID{m.InReplyTo}, m.References) {
		if id == "" {
			continue
		}
		people, err := list[mail.PersonID](ctx, s.tx, sqlQueuedTo, id)
		if err == nil && len(people) == 0 {
			people, err = list[mail.PersonID](ctx, s.tx, sqlSentTo, id)
		}
		if err != nil {
			return err
		}
		slices.Sort(people)
		if people = slices.Compact(people); len(people) == 1 {
			return s.setStale(ctx, people[0], StaleReason)
		}
	}
	return nil
}
