package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/consent/chain"
	"zgoda/mail"
)

// Dossier is all that proves what was done with one person's data, read at one
// moment, and held against the chain.
type Dossier struct {
	History     consent.History
	Retention   consent.Retention
	Decisions   []consent.Decision // the newest, newest first
	Allowed     int                // answers of the gate that were a yes, over all
	Refused     int
	Assessments []consent.Assessment // the versions that those decisions rested on
	Links       []chain.Link         // theirs, in the order of the chain
	Chain       chain.Report         // of the whole chain
	// Merged is the ledgers of those leads who turned out to be this person. Their
	// decisions and links stand among the others.
	Merged []Ledger
}

// Ledger is what was recorded under one number.
type Ledger struct {
	Person mail.PersonID
	Events []consent.Event
}

// Dossier reads a person's, with at most limit decisions. Heads may be nil.
// Somebody who is not in the store is an error.
func (db *DB) Dossier(ctx context.Context, person mail.PersonID, limit int, heads *chain.Heads) (Dossier, error) {
	var d Dossier
	err := db.view(ctx, func(t *tx) (err error) {
		d, err = t.dossier(ctx, person, limit, heads)
		return err
	})
	if err != nil {
		return Dossier{}, fmt.Errorf("read a person's proof: %w", err)
	}
	return d, nil
}

const (
	sqlAnswered = `SELECT coalesce(sum(allowed), 0), count(*) FROM decisions WHERE person = $1`
	sqlTheirs   = `SELECT c.pos, c.what, c.ref, c.commitment, c.hash FROM salts s JOIN chain c ON c.pos = s.pos WHERE s.person = $1 ORDER BY s.pos`
)

// sqlMergedIn is the numbers that merges left behind for a person.
const sqlMergedIn = `SELECT p.id FROM aliases a JOIN people p ON p.address_key = a.address_key WHERE a.person = $1 ORDER BY p.id`

func (t *tx) dossier(ctx context.Context, person mail.PersonID, limit int, heads *chain.Heads) (d Dossier, err error) {
	if d.History, err = t.history(ctx, person); err != nil {
		return d, err
	}
	d.Retention = consent.RetentionOf(d.History, t.db.options.Periods, t.now)
	merged, err := list[mail.PersonID](ctx, t, sqlMergedIn, person)
	if err != nil {
		return d, err
	}
	for _, id := range append([]mail.PersonID{person}, merged...) {
		if err := t.under(ctx, id, limit, &d); err != nil {
			return d, err
		}
		if id == person {
			continue
		}
		events, err := t.events(ctx, sqlEvents, id)
		if err != nil {
			return d, err
		}
		d.Merged = append(d.Merged, Ledger{id, events})
	}
	slices.SortFunc(d.Decisions, func(a, b consent.Decision) int { return cmp.Compare(b.ID, a.ID) })
	d.Decisions = d.Decisions[:min(limit, len(d.Decisions))]
	slices.SortFunc(d.Links, func(a, b chain.Link) int { return cmp.Compare(a.Pos, b.Pos) })
	if d.Assessments, err = t.restedOn(ctx, d.Decisions); err != nil {
		return d, err
	}
	d.Chain, err = t.verify(ctx, heads)
	return d, err
}

// under adds the decisions and links of one number.
func (t *tx) under(ctx context.Context, id mail.PersonID, limit int, d *Dossier) error {
	decisions, err := t.decisions(ctx, id, limit)
	if err != nil {
		return err
	}
	allowed, all := 0, 0
	if err := t.row(ctx, sqlAnswered, []any{id}, &allowed, &all); err != nil {
		return err
	}
	d.Decisions, d.Allowed, d.Refused = append(d.Decisions, decisions...), d.Allowed+allowed, d.Refused+all-allowed
	return t.each(ctx, sqlTheirs, []any{id}, func(rows *sql.Rows) error {
		var l chain.Link
		err := rows.Scan(&l.Pos, &l.What, &l.Ref, &l.Commitment, &l.Hash)
		d.Links = append(d.Links, l)
		return err
	})
}

// restedOn is the assessments that decisions name as "id/version hash".
func (t *tx) restedOn(ctx context.Context, decisions []consent.Decision) ([]consent.Assessment, error) {
	var all []consent.Assessment
	seen := map[string]bool{"": true}
	for _, d := range decisions {
		if seen[d.Inputs.Assessment] {
			continue
		}
		seen[d.Inputs.Assessment] = true
		name, _, _ := strings.Cut(d.Inputs.Assessment, " ")
		cut := strings.LastIndexByte(name, '/')
		if cut < 0 {
			continue
		}
		version, err := strconv.Atoi(name[cut+1:])
		if err != nil {
			continue
		}
		found, err := t.assessments(ctx, sqlAssessment, name[:cut], version)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// Silence is what is left of an address after its owner was erased, or when they
// objected: why it is on the stop list, and when they were erased, zero for not.
// An empty reason says that nothing is left at all (GDPR Art. 11; law.md L11).
func (db *DB) Silence(ctx context.Context, a mail.Address) (reason string, erased time.Time, err error) {
	err = db.view(ctx, func(t *tx) (err error) {
		reason, erased, err = t.suppression(ctx, db.hash(a))
		return err
	})
	if err != nil {
		return "", time.Time{}, fmt.Errorf("look at the suppression list: %w", err)
	}
	return reason, erased, nil
}
