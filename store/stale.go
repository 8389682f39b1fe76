package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"zgoda/consent"
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

// bounced is told that a mail of ours came back. It finds the mail by the ids that
// the report names (law.md M5). Only a hard failure says that the address takes
// no mail; but whatever the reason, what did not arrive has told nobody anything.
func (t *tx) bounced(ctx context.Context, report *mail.Message) error {
	for _, id := range slices.Concat([]mail.MessageID{report.InReplyTo}, report.References) {
		if id == "" {
			continue
		}
		people, err := list[mail.PersonID](ctx, t, sqlQueuedTo, id)
		if err == nil && len(people) == 0 {
			people, err = list[mail.PersonID](ctx, t, sqlSentTo, id)
		}
		if err != nil {
			return err
		}
		slices.Sort(people)
		if people = slices.Compact(people); len(people) != 1 {
			continue
		}
		if mail.FailureOf(report.Status) == mail.FailedHard {
			if err := t.setStale(ctx, people[0], StaleReason); err != nil {
				return err
			}
		}
		return t.reopen(ctx, people[0], id, cmp.Or(report.ID, id))
	}
	return nil
}

// reopen takes back what a mail of ours was to have done and did not, for it came
// back: the notice it carried (Art. 14), the request it answered or put off (Art. 12(3)).
// report is the mail that says so.
func (t *tx) reopen(ctx context.Context, person mail.PersonID, lost, report mail.MessageID) error {
	events, err := t.events(ctx, sqlEvents, person)
	if err != nil {
		return err
	}
	corrected := make(map[int64]bool)
	for _, e := range events {
		if e.Kind == consent.KindCorrected {
			corrected[e.Corrects] = true
		}
	}
	undone := map[consent.Kind]string{
		consent.KindNotice:   "the mail that carried the notice bounced",
		consent.KindAnswered: "the mail that answered the request bounced",
		consent.KindExtended: "the mail that put the answer off bounced",
	}
	for _, e := range events {
		what := undone[e.Kind]
		if e.Message != lost || corrected[e.Seq] || what == "" {
			continue
		}
		_, err := t.record(ctx, consent.Event{
			Person: person, Kind: consent.KindCorrected, Method: consent.ByRule, Corrects: e.Seq,
			Evidence: what, Message: report, At: t.now, Actor: "zgoda",
		})
		if err != nil {
			return err
		}
	}
	return nil
}
