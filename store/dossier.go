package store

import (
	"context"
	"database/sql"
	"fmt"
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

func (t *tx) dossier(ctx context.Context, person mail.PersonID, limit int, heads *chain.Heads) (d Dossier, err error) {
	if d.History, err = t.history(ctx, person); err != nil {
		return d, err
	}
	if err := t.judgeable(ctx, &d.History); err != nil {
		return d, err
	}
	d.Retention = consent.RetentionOf(d.History, t.db.options.Periods, t.now)
	if d.Decisions, err = t.decisions(ctx, person, limit); err != nil {
		return d, err
	}
	all := 0
	if err := t.row(ctx, sqlAnswered, []any{person}, &d.Allowed, &all); err != nil {
		return d, err
	}
	d.Refused = all - d.Allowed
	if d.Assessments, err = t.restedOn(ctx, d.Decisions); err != nil {
		return d, err
	}
	err = t.each(ctx, sqlTheirs, []any{person}, func(rows *sql.Rows) error {
		var l chain.Link
		err := rows.Scan(&l.Pos, &l.What, &l.Ref, &l.Commitment, &l.Hash)
		d.Links = append(d.Links, l)
		return err
	})
	if err != nil {
		return d, err
	}
	d.Chain, err = t.verify(ctx, heads)
	return d, err
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
