package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// queuePage is how many rows a queue gives when no limit is said.
const queuePage = 60

// The queues walk their partial index in the order of its key.
const (
	sqlNotices = partRow + `since > 0 AND notice_due > 0 AND (notice_due, id) > ($1, $2) ORDER BY notice_due, id LIMIT $3`
	sqlExpires = `SELECT ` + partLead + `, retention, erase_after FROM people
WHERE since > 0 AND (erase_after > 0 OR retention = 'held') AND (erase_after, id) > ($1, $2) ORDER BY erase_after, id LIMIT $3`
)

// Notices is the leads who must still be informed, the first due first, after
// the given place (Art. 13, 14; L14.3).
func (db *DB) Notices(ctx context.Context, after consent.Place, limit int) ([]consent.NoticeCase, error) {
	var cases []consent.NoticeCase
	err := db.view(ctx, func(t *tx) error {
		seen, err := t.seen(ctx, sqlNotices, []any{ms(after.Due), after.ID, cmp.Or(max(limit, 0), queuePage)})
		if err != nil {
			return err
		}
		rows, err := t.judged(ctx, seen)
		for _, row := range rows {
			cases = append(cases, consent.NoticeCase{Lead: row.Lead, Due: row.Standing.NoticeDue, Standing: row.Standing})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list who must be informed: %w", err)
	}
	return cases, nil
}

// Retention is the leads by the day on which their data must go, after the
// given place (law.md D1). Those on hold have no day and come first: somebody must
// see that they are kept.
func (db *DB) Retention(ctx context.Context, after consent.Place, limit int) ([]consent.RetentionCase, error) {
	var cases []consent.RetentionCase
	err := db.view(ctx, func(t *tx) error {
		args := []any{ms(after.Due), after.ID, cmp.Or(max(limit, 0), queuePage)}
		return t.each(ctx, sqlExpires, args, func(rows *sql.Rows) error {
			var c consent.RetentionCase
			err := rows.Scan(append(leadInto(&c.Lead), &c.Retention.Class, stamp{&c.Retention.EraseAfter})...)
			cases = append(cases, c)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list whose data must go: %w", err)
	}
	return cases, nil
}

const (
	// Whoever has a request that no answer names.
	sqlRequesters = `SELECT DISTINCT r.person FROM ledger r WHERE r.kind = 'requested'
AND NOT EXISTS (SELECT 1 FROM ledger a WHERE a.corrects = r.seq AND a.corrects > 0 AND a.kind = 'answered'
	AND NOT EXISTS (SELECT 1 FROM ledger c WHERE c.corrects = a.seq AND c.corrects > 0 AND c.kind = 'corrected'))`
	sqlLeadsOf = `SELECT ` + partLead + ` FROM people WHERE id IN (SELECT value FROM json_each($1))`
)

// Requests is the open rights requests, the first due first. They are few, so
// it gives all (Art. 12(3)).
func (db *DB) Requests(ctx context.Context) ([]consent.RequestCase, error) {
	var cases []consent.RequestCase
	err := db.view(ctx, func(t *tx) (err error) {
		cases, err = t.openRequests(ctx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the rights requests: %w", err)
	}
	return cases, nil
}

func (t *tx) openRequests(ctx context.Context) ([]consent.RequestCase, error) {
	ids, err := list[mail.PersonID](ctx, t, sqlRequesters)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	leads := make(map[mail.PersonID]consent.Lead, len(ids))
	err = t.each(ctx, sqlLeadsOf, []any{packed(ids)}, func(rows *sql.Rows) error {
		var l consent.Lead
		err := rows.Scan(leadInto(&l)...)
		leads[l.ID] = l
		return err
	})
	if err != nil {
		return nil, err
	}
	events, err := t.events(ctx, sqlEventsOf, packed(ids))
	if err != nil {
		return nil, err
	}
	var cases []consent.RequestCase
	for _, r := range consent.Requests(events, t.db.options.Controller.Country) {
		// Nobody is left to answer once a person was erased.
		if lead, known := leads[r.Person]; known && r.Open() {
			cases = append(cases, consent.RequestCase{Request: r, Lead: lead})
		}
	}
	slices.SortStableFunc(cases, func(a, b consent.RequestCase) int { return a.Due.Compare(b.Due) })
	return cases, nil
}

// RequestsOf is every request of one person, open or not, oldest first.
func (db *DB) RequestsOf(ctx context.Context, person mail.PersonID) ([]consent.Request, error) {
	var requests []consent.Request
	err := db.view(ctx, func(t *tx) error {
		events, err := t.events(ctx, sqlEvents, person)
		requests = consent.Requests(events, t.db.options.Controller.Country)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the requests of a person: %w", err)
	}
	return requests, nil
}

const (
	sqlCountNotices = `SELECT count(*) FROM people WHERE since > 0 AND notice_due > 0`
	sqlCountDue     = `SELECT count(*) FROM people WHERE since > 0 AND notice_due > 0 AND notice_due <= $1`
	sqlCountExpires = `SELECT count(*) FROM people WHERE since > 0 AND erase_after > 0 AND erase_after <= $1`
)

// expiresSoon is how far ahead the count of the retention queue looks.
const expiresSoon = 30 * 24 * time.Hour

// QueueCounts is how much waits in each queue now.
func (db *DB) QueueCounts(ctx context.Context) (consent.QueueCounts, error) {
	var c consent.QueueCounts
	err := db.view(ctx, func(t *tx) error {
		var due int
		for _, count := range []struct {
			query string
			args  []any
			into  *int
		}{
			{sqlCountNotices, nil, &c.Notices},
			{sqlCountDue, []any{ms(t.now)}, &c.NoticesOver},
			{sqlCountDue, []any{ms(t.now.Add(consent.NoticeWarning))}, &due},
			{sqlCountExpires, []any{ms(t.now.Add(expiresSoon))}, &c.Retention},
		} {
			if err := t.row(ctx, count.query, count.args, count.into); err != nil {
				return err
			}
		}
		c.NoticesSoon = due - c.NoticesOver
		open, err := t.openRequests(ctx)
		c.Requests = len(open)
		for _, r := range open {
			if !t.now.Before(r.Due) {
				c.RequestsOver++
			}
		}
		return err
	})
	if err != nil {
		return consent.QueueCounts{}, fmt.Errorf("count the queues: %w", err)
	}
	return c, nil
}
