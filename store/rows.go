package store

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"

	"zgoda/consent"
	"zgoda/mail"
)

// pageRows is how many rows a query without a limit gets.
const pageRows = 60

// The splits are the conditions of the partial indexes in schema.sql, word for
// word: that is how SQLite knows that an index holds all it needs.
const (
	partLeads = `since > 0`
	partNew   = `since = 0 AND wrote > 0`
	partAll   = `listed = 1`

	partRow = `SELECT ` + partLead + `, stale, last_at, last_out, subject, snippet, messages, unread, waiting,
last_in_id, last_in_at, last_out_at, held_id, held_at, held_doubt FROM people WHERE `
	partDown   = ` AND (last_at, id) < ($1, $2)`
	partUp     = ` AND (last_at, id) > ($1, $2)`
	partOlder  = ` ORDER BY last_at DESC, id DESC LIMIT $3`
	partNewer  = ` ORDER BY last_at, id LIMIT $3`
	partCount  = `SELECT count(*) FROM people WHERE `
	partFind   = ` AND id IN (SELECT rowid FROM people_search WHERE people_search MATCH $1)`
	partFind3  = ` AND id IN (SELECT rowid FROM people_search WHERE people_search MATCH $3)`
	partOlder4 = ` ORDER BY last_at DESC, id DESC LIMIT $4`
	partNewer4 = ` ORDER BY last_at, id LIMIT $4`
)

// splitSQL is the statements of one split. With words to find, each has one
// parameter more.
type splitSQL struct{ older, newer, total, above, findOlder, findNewer, findTotal, findAbove string }

const (
	sqlLeadsOlder     = partRow + partLeads + partDown + partOlder
	sqlLeadsNewer     = partRow + partLeads + partUp + partNewer
	sqlLeadsTotal     = partCount + partLeads
	sqlLeadsAbove     = partCount + partLeads + partUp
	sqlLeadsFindOlder = partRow + partLeads + partDown + partFind3 + partOlder4
	sqlLeadsFindNewer = partRow + partLeads + partUp + partFind3 + partNewer4
	sqlLeadsFindTotal = partCount + partLeads + partFind
	sqlLeadsFindAbove = partCount + partLeads + partUp + partFind3

	sqlNewOlder     = partRow + partNew + partDown + partOlder
	sqlNewNewer     = partRow + partNew + partUp + partNewer
	sqlNewTotal     = partCount + partNew
	sqlNewAbove     = partCount + partNew + partUp
	sqlNewFindOlder = partRow + partNew + partDown + partFind3 + partOlder4
	sqlNewFindNewer = partRow + partNew + partUp + partFind3 + partNewer4
	sqlNewFindTotal = partCount + partNew + partFind
	sqlNewFindAbove = partCount + partNew + partUp + partFind3

	sqlAllOlder     = partRow + partAll + partDown + partOlder
	sqlAllNewer     = partRow + partAll + partUp + partNewer
	sqlAllTotal     = partCount + partAll
	sqlAllAbove     = partCount + partAll + partUp
	sqlAllFindOlder = partRow + partAll + partDown + partFind3 + partOlder4
	sqlAllFindNewer = partRow + partAll + partUp + partFind3 + partNewer4
	sqlAllFindTotal = partCount + partAll + partFind
	sqlAllFindAbove = partCount + partAll + partUp + partFind3
)

func sqlOf(split consent.Split) splitSQL {
	switch split {
	case consent.SplitNew:
		return splitSQL{sqlNewOlder, sqlNewNewer, sqlNewTotal, sqlNewAbove,
			sqlNewFindOlder, sqlNewFindNewer, sqlNewFindTotal, sqlNewFindAbove}
	case consent.SplitAll:
		return splitSQL{sqlAllOlder, sqlAllNewer, sqlAllTotal, sqlAllAbove,
			sqlAllFindOlder, sqlAllFindNewer, sqlAllFindTotal, sqlAllFindAbove}
	}
	return splitSQL{sqlLeadsOlder, sqlLeadsNewer, sqlLeadsTotal, sqlLeadsAbove,
		sqlLeadsFindOlder, sqlLeadsFindNewer, sqlLeadsFindTotal, sqlLeadsFindAbove}
}

// Rows is a page of the inbox by key: its cost follows the page, but for the
// two counts, which read an index. All is everybody with whom there is a mail,
// and every lead; list senders and those who only bounced are in it and not in New.
func (db *DB) Rows(ctx context.Context, query consent.Query) (consent.Page, error) {
	var page consent.Page
	if query.Search != "" {
		db.Used(consent.FieldName, consent.FieldCompany, consent.FieldAddress)
	}
	err := db.view(ctx, func(t *tx) (err error) {
		page, err = t.page(ctx, query)
		return err
	})
	if err != nil {
		return consent.Page{}, fmt.Errorf("list people: %w", err)
	}
	return page, nil
}

func (t *tx) page(ctx context.Context, query consent.Query) (page consent.Page, err error) {
	text, words, q := sqlOf(query.Split), match(query.Search), query
	find := func(plain, found string, args ...any) (string, []any) {
		if words == "" {
			return plain, args
		}
		return found, append(args, words)
	}
	if q.Limit <= 0 {
		q.Limit = pageRows
	}
	statement, args := find(text.older, text.findOlder, edge(q)...)
	if q.Back {
		statement, args = find(text.newer, text.findNewer, edge(q)...)
	}
	seen, err := t.seen(ctx, statement, append(args, q.Limit))
	if err != nil {
		return page, err
	}
	if q.Back {
		slices.Reverse(seen)
	}
	statement, args = find(text.total, text.findTotal)
	if err := t.row(ctx, statement, args, &page.Total); err != nil {
		return page, err
	}
	if len(seen) > 0 {
		first := seen[0].row.Cursor()
		statement, args = find(text.above, text.findAbove, ms(first.At), first.ID)
		if err := t.row(ctx, statement, args, &page.Index); err != nil {
			return page, err
		}
	}
	page.Rows, err = t.judged(ctx, seen)
	return page, err
}

// edge is the cursor as parameters; the zero cursor lies beyond the first row.
func edge(q consent.Query) []any {
	switch {
	case q.From != consent.Cursor{}:
		return []any{ms(q.From.At), q.From.ID}
	case q.Back:
		return []any{int64(math.MinInt64), int64(math.MinInt64)}
	}
	return []any{int64(math.MaxInt64), int64(math.MaxInt64)}
}

// seenRow is a row and what its standing needs beside the events.
type seenRow struct {
	row     consent.Row
	history consent.History
}

func (t *tx) seen(ctx context.Context, query string, args []any) ([]seenRow, error) {
	var all []seenRow
	err := t.each(ctx, query, args, func(rows *sql.Rows) error {
		var s seenRow
		var in, held consent.Inbound
		into := append(leadInto(&s.row.Lead), &s.history.Stale, stamp{&s.row.LastAt}, &s.row.LastOut, &s.row.Subject,
			&s.row.Snippet, &s.row.Messages, &s.row.Unread, &s.row.Waiting, &in.ID, stamp{&in.At}, stamp{&s.history.LastOutbound}, &held.ID, stamp{&held.At}, &held.Doubt)
		if err := rows.Scan(into...); err != nil {
			return err
		}
		s.history.Lead = s.row.Lead
		if in.ID != "" {
			s.history.Inbound = []consent.Inbound{in}
		}
		heldBack(&s.history, held)
		all = append(all, s)
		return nil
	})
	return all, err
}

const sqlOutStates = `SELECT person, state FROM outbox
WHERE person IN (SELECT value FROM json_each($1)) AND state <> 'sent' ORDER BY person`

// judged adds what stands in other tables: the standing from the ledger, drafts
// and mails on their way. One question each for the whole page.
func (t *tx) judged(ctx context.Context, seen []seenRow) ([]consent.Row, error) {
	if len(seen) == 0 {
		return nil, nil
	}
	ids := make([]mail.PersonID, len(seen))
	byID := make(map[mail.PersonID]*seenRow, len(seen))
	for i := range seen {
		ids[i] = seen[i].row.Lead.ID
		byID[ids[i]] = &seen[i]
	}
	events, err := t.events(ctx, sqlEventsOf, packed(ids))
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		byID[e.Person].history.Events = append(byID[e.Person].history.Events, e)
	}
	if err := t.outStates(ctx, packed(ids), byID); err != nil {
		return nil, err
	}
	var head int64
	if err := t.row(ctx, sqlHead, nil, &head); err != nil {
		return nil, err
	}
	assessments, err := t.assessments(ctx, sqlAssessments)
	if err != nil {
		return nil, err
	}
	histories := make([]*consent.History, len(seen))
	for i := range seen {
		histories[i] = &seen[i].history
	}
	if err := t.firstOutbound(ctx, histories...); err != nil {
		return nil, err
	}
	rows := make([]consent.Row, len(seen))
	for i := range seen {
		s := &seen[i]
		s.history.Head, s.history.Assessments = head, assessments
		if err = t.bar(ctx, &s.history); err != nil {
			return nil, err
		}
		s.row.Standing = consent.Stand(s.history, t.db.options.Controller, t.now)
		rows[i] = s.row
	}
	return rows, nil
}

func (t *tx) outStates(ctx context.Context, ids string, byID map[mail.PersonID]*seenRow) error {
	return t.each(ctx, sqlOutStates, []any{ids}, func(rows *sql.Rows) error {
		var id mail.PersonID
		var state mail.OutState
		if err := rows.Scan(&id, &state); err != nil {
			return err
		}
		row := &byID[id].row
		if state == mail.Editing {
			row.Draft = true
		} else if pressing(state) > pressing(row.Out) {
			row.Out = state
		}
		return nil
	})
}

// pressing orders the states by how much they need the rep.
func pressing(state mail.OutState) int {
	return slices.Index([]mail.OutState{"", mail.Queued, mail.Sending, mail.Refused, mail.Failed, mail.Unknown}, state)
}

const (
	sqlCountUnread  = `SELECT count(*) FROM people WHERE since > 0 AND unread > 0`
	sqlCountWaiting = `SELECT count(*) FROM people WHERE since > 0 AND waiting = 1`
)

// Counts is how many people each split holds, for the tabs.
func (db *DB) Counts(ctx context.Context) (consent.Counts, error) {
	var c consent.Counts
	err := db.view(ctx, func(t *tx) error {
		for _, count := range []struct {
			query string
			into  *int
		}{{sqlLeadsTotal, &c.Leads}, {sqlNewTotal, &c.New}, {sqlAllTotal, &c.All},
			{sqlCountUnread, &c.Unread}, {sqlCountWaiting, &c.Waiting}} {
			if err := t.row(ctx, count.query, nil, count.into); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return consent.Counts{}, fmt.Errorf("count people: %w", err)
	}
	return c, nil
}
