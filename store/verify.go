package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"math"

	"zgoda/consent/chain"
	"zgoda/mail"
)

// VerifyChain walks the whole chain at one moment and holds it against every
// row it stands for, and against the heads that were anchored outside; heads may
// be nil. What is broken stands in the report; an error is a file that cannot be read.
func (db *DB) VerifyChain(ctx context.Context, heads *chain.Heads) (chain.Report, error) {
	var report chain.Report
	err := db.view(ctx, func(t *tx) (err error) {
		report, err = t.verify(ctx, heads)
		return err
	})
	if err != nil {
		return chain.Report{}, fmt.Errorf("verify the chain: %w", err)
	}
	return report, nil
}

// LastLink is the end of the chain; the zero Link when it is empty.
func (db *DB) LastLink(ctx context.Context) (chain.Link, error) {
	var last chain.Link
	err := db.view(ctx, func(t *tx) (err error) {
		last, err = t.lastLink(ctx)
		return err
	})
	if err != nil {
		return chain.Link{}, fmt.Errorf("read the end of the chain: %w", err)
	}
	return last, nil
}

func (t *tx) verify(ctx context.Context, heads *chain.Heads) (chain.Report, error) {
	erased, err := t.erased(ctx)
	if err != nil {
		return chain.Report{}, err
	}
	report, err := chain.Verify(t.entries(ctx), erased, heads)
	if err != nil {
		return chain.Report{}, err
	}
	return report, t.unlinked(ctx, &report)
}

const sqlErased = `SELECT e.silent, c.pos FROM erasures e JOIN chain c ON c.what = 'erasure' AND c.ref = e.id
WHERE e.id >= $1 ORDER BY e.id DESC`

// erased is which positions went silent. A list that cannot be read covers
// nothing: its own entry is broken then, and so are those it should cover.
func (t *tx) erased(ctx context.Context) (chain.Erased, error) {
	erased := chain.Erased{}
	err := t.each(ctx, sqlErased, []any{math.MinInt64}, func(rows *sql.Rows) error {
		var silent string
		var pos int64
		if err := rows.Scan(&silent, &pos); err != nil {
			return err
		}
		var positions []int64
		if json.Unmarshal([]byte(silent), &positions) != nil {
			return nil
		}
		for _, p := range positions {
			erased[p] = pos
		}
		return nil
	})
	return erased, err
}

// pageLinks is how many links are read at once: a chain may be longer than the memory.
const pageLinks = 500

const sqlLinks = `SELECT c.pos, c.what, c.ref, c.commitment, c.hash, s.salt, coalesce(s.person, 0) FROM chain c LEFT JOIN salts s ON s.pos = c.pos
WHERE c.pos > $1 ORDER BY c.pos LIMIT $2`

// entries is the chain in its order, each link with its row and its salt.
func (t *tx) entries(ctx context.Context) iter.Seq2[chain.Entry, error] {
	return func(yield func(chain.Entry, error) bool) {
		for last := int64(math.MinInt64); ; {
			page, err := t.pageOfChain(ctx, last)
			if err != nil {
				yield(chain.Entry{}, err)
				return
			}
			for _, entry := range page {
				if !yield(entry, nil) {
					return
				}
			}
			if len(page) < pageLinks {
				return
			}
			last = page[len(page)-1].Pos
		}
	}
}

func (t *tx) pageOfChain(ctx context.Context, after int64) ([]chain.Entry, error) {
	var page []chain.Entry
	var owners []mail.PersonID
	err := t.each(ctx, sqlLinks, []any{after, pageLinks}, func(rows *sql.Rows) error {
		var e chain.Entry
		var owner mail.PersonID
		err := rows.Scan(&e.Pos, &e.What, &e.Ref, &e.Commitment, &e.Hash, &e.Salt, &owner)
		page, owners = append(page, e), append(owners, owner)
		return err
	})
	if err != nil {
		return nil, err
	}
	return page, t.fill(ctx, page, owners)
}

// fill puts the rows to the links of a page.
func (t *tx) fill(ctx context.Context, page []chain.Entry, owners []mail.PersonID) error {
	refs := map[chain.What][]int64{}
	for _, e := range page {
		refs[e.What] = append(refs[e.What], e.Ref)
	}
	for what := range refs {
		rows, err := t.committed(ctx, what, refs[what])
		if err != nil {
			return err
		}
		for i := range page {
			row, there := rows[page[i].Ref]
			if page[i].What != what || !there {
				continue
			}
			page[i].Record = row.canonical
			if row.person != owners[i] {
				page[i].Salt = nil // a salt of somebody else would stay when this person is erased
			}
		}
	}
	return nil
}

// The rows that have no link. 100 are enough to say that the chain is broken.
const (
	sqlLooseEvents = `SELECT l.seq FROM ledger l LEFT JOIN chain c ON c.what = 'event' AND c.ref = l.seq
WHERE l.seq >= $1 AND c.pos IS NULL ORDER BY l.seq LIMIT 100`
	sqlLooseDecisions = `SELECT d.id FROM decisions d LEFT JOIN chain c ON c.what = 'decision' AND c.ref = d.id
WHERE d.id >= $1 AND c.pos IS NULL ORDER BY d.id LIMIT 100`
	sqlLooseAssessments = `SELECT a.seq FROM assessments a LEFT JOIN chain c ON c.what = 'assessment' AND c.ref = a.seq
WHERE a.seq >= $1 AND c.pos IS NULL ORDER BY a.seq LIMIT 100`
	sqlLooseErasures = `SELECT e.id FROM erasures e LEFT JOIN chain c ON c.what = 'erasure' AND c.ref = e.id
WHERE e.id >= $1 AND c.pos IS NULL ORDER BY e.id LIMIT 100`
)

func (t *tx) unlinked(ctx context.Context, report *chain.Report) error {
	for _, table := range []struct {
		what  chain.What
		query string
	}{
		{chain.WhatEvent, sqlLooseEvents}, {chain.WhatDecision, sqlLooseDecisions},
		{chain.WhatAssessment, sqlLooseAssessments}, {chain.WhatErasure, sqlLooseErasures},
	} {
		loose, err := list[int64](ctx, t, table.query, math.MinInt64)
		if err != nil {
			return err
		}
		for _, ref := range loose {
			report.Add(chain.Broken{What: table.what, Ref: ref, Fault: chain.FaultNoLink})
		}
	}
	return nil
}
