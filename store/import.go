package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"zgoda/consent"
	"zgoda/mail"
)

// ImportLeads takes in the rows of a list, in one transaction: an error or a cancel
// leaves nothing behind. It fills gaps only: what a lead has stays, an address on
// the list of those who must not be written to is refused, and nothing that
// somebody said about their rights changes (G11, G30; L17.3). Every item has its
// result, in their order.
func (db *DB) ImportLeads(ctx context.Context, items []consent.ImportItem) ([]consent.ImportResult, error) {
	var results []consent.ImportResult
	err := db.update(ctx, func(t *tx) (err error) {
		in := newImporting(t, true)
		if results, err = in.all(ctx, items); err != nil {
			return err
		}
		return in.finish(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("import leads: %w", err)
	}
	return results, nil
}

// PlanImport says what ImportLeads would do, and writes nothing.
func (db *DB) PlanImport(ctx context.Context, items []consent.ImportItem) ([]consent.ImportResult, error) {
	var results []consent.ImportResult
	err := db.view(ctx, func(t *tx) (err error) {
		results, err = newImporting(t, false).all(ctx, items)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look at an import: %w", err)
	}
	return results, nil
}

// importing is one list on its way in. people is what is known of each address, as
// this import leaves it, so that the second row of a person meets the first.
type importing struct {
	*saving
	write  bool
	people map[string]*incoming
	fresh  []mail.PersonID // people who were not in the store in any way
}

func newImporting(t *tx, write bool) *importing {
	return &importing{saving: &saving{tx: t, people: map[string]person{}}, write: write, people: map[string]*incoming{}}
}

// incoming is one address.
type incoming struct {
	lead   consent.Lead // zero for nobody
	line   int          // where this import met them first
	closed string       // why they are not taken in
}

func (in *importing) all(ctx context.Context, items []consent.ImportItem) ([]consent.ImportResult, error) {
	results := make([]consent.ImportResult, 0, len(items))
	for _, item := range items {
		result, err := in.one(ctx, item)
		if cause := ctx.Err(); cause != nil {
			return nil, errors.Join(cause, err) // the driver says of a cancel what it was doing, not why it ended
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", item.Line, err)
		}
		results = append(results, result)
	}
	return results, nil
}

// one decides what becomes of one row, and does it.
func (in *importing) one(ctx context.Context, item consent.ImportItem) (consent.ImportResult, error) {
	result := consent.ImportResult{Line: item.Line, Outcome: consent.ImportRefused, Notes: item.Notes, Claims: item.Claims}
	known, err := in.incoming(ctx, item)
	if err != nil {
		return result, err
	}
	if known.closed != "" {
		result.Why = known.closed
		return result, nil
	}
	if known.line != item.Line {
		result.Notes = append(result.Notes, fmt.Sprintf("The same person stands in line %d.", known.line))
	}
	before, after := known.lead, item.Lead
	if before.IsLead() {
		after, result.Fields = before.FillGaps(item.Lead)
	}
	if err := in.acceptable(before, after); err != nil {
		var told *mail.Problem
		if !errors.As(err, &told) {
			return result, err
		}
		result.Why = told.Sentence
		return result, nil
	}
	switch {
	case before.IsLead() && len(result.Fields) == 0:
		result.Outcome, result.Person = consent.ImportUnchanged, before.ID
		return result, nil
	case before.IsLead():
		result.Outcome = consent.ImportFilled
		err = in.fill(ctx, known, after, item.Lead.Source)
	default:
		result.Outcome = consent.ImportAdded
		err = in.add(ctx, known, after)
	}
	result.Person = known.lead.ID
	return result, err
}

// incoming is what is known of the person of a row.
func (in *importing) incoming(ctx context.Context, item consent.ImportItem) (*incoming, error) {
	key := item.Lead.Address.Key()
	if known := in.people[key]; known != nil {
		return known, nil
	}
	known := &incoming{line: item.Line}
	in.people[key] = known
	if item.Lead.Address.IsZero() || key == in.db.us {
		return known, nil // acceptable has the sentence
	}
	suppressed, err := in.suppressed(ctx, item.Lead.Address)
	if err != nil {
		return nil, err
	}
	if suppressed {
		known.closed = "This address is on the list of those who must not be written to."
		return known, nil
	}
	var p person
	found, err := in.found(ctx, sqlPersonByKey, []any{key}, &p.id, &p.lead, &p.name)
	if err != nil || !found {
		return known, err
	}
	return known, in.read(ctx, known, p.id)
}

// read reads somebody who is in the store, and why their data must not be touched.
func (in *importing) read(ctx context.Context, known *incoming, id mail.PersonID) error {
	history, err := in.history(ctx, id)
	if err != nil {
		return err
	}
	known.lead = history.Lead
	switch standing := consent.Stand(history, in.db.options.Controller, in.now); {
	case standing.Suppressed || standing.Objected:
		known.closed = "This person objected, or another address of theirs must not be written to."
	case standing.Restricted:
		known.closed = "The data of this person may be kept and not used (GDPR Art. 18)."
	}
	return nil
}

// fill writes what a lead lacked.
func (in *importing) fill(ctx context.Context, known *incoming, after consent.Lead, source string) error {
	before := known.lead
	known.lead = after
	if !in.write {
		return nil
	}
	if err := in.provenance(ctx, before, after, source); err != nil {
		return err
	}
	in.changed(after.ID)
	return in.saveFacts(ctx, after)
}

// add makes a lead of somebody who was none.
func (in *importing) add(ctx context.Context, known *incoming, lead consent.Lead) error {
	was := known.lead
	lead.ID, lead.Since = was.ID, in.now
	if lead.Name == "" {
		lead.Name = was.Address.Name
	}
	if !in.write {
		known.lead = lead
		return nil
	}
	if was.ID == 0 {
		err := in.insert(ctx, &lead)
		known.lead = lead
		return err
	}
	lead.Address = was.Address
	known.lead = lead
	return in.becomeLead(ctx, &lead)
}

const sqlImportNew = `INSERT INTO people (address_key, email, name, company, role, language, country, sole, since, source, source_kind,
source_public, obtained_at, reason, note, updated_at, last_at, folded, notice_due, erase_after, retention)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $9, $9, $16, $17, $18, $19) RETURNING id`

// finish tells the search index of the new, then brings up to date whom a later
// row or their own mail changed: in this order, for nothing can be taken out of
// the index that is not in it yet.
func (in *importing) finish(ctx context.Context) error {
	if err := in.index(ctx); err != nil {
		return err
	}
	if err := in.refreshChanged(ctx); err != nil {
		return err
	}
	in.changed(in.fresh...)
	return nil
}

// insert writes somebody new in one piece: of whom there was nothing there is no
// mail, no ledger and no draft, and so nothing for refresh to read.
func (in *importing) insert(ctx context.Context, l *consent.Lead) error {
	history := consent.History{Lead: *l}
	standing := consent.Stand(history, in.db.options.Controller, in.now)
	keep := consent.RetentionOf(history, in.db.options.Periods, in.now)
	folded := fold(strings.Join([]string{l.Name, l.Company, l.Address.Email}, "\n"))
	err := in.row(ctx, sqlImportNew, []any{l.Address.Key(), l.Address.Email, l.Name, l.Company, l.Role, l.Language, l.Country, l.Sole, ms(l.Since),
		l.Source, l.SourceKind, l.SourcePublic, ms(l.ObtainedAt), l.Reason, l.Note, folded, ms(standing.NoticeDue), ms(keep.EraseAfter), keep.Class}, &l.ID)
	if err != nil {
		return err
	}
	in.words = append(in.words, words{l.ID, "", folded})
	in.fresh = append(in.fresh, l.ID)
	l.UpdatedAt = in.now
	if l.Reason != "" {
		if err := in.saveReason(ctx, l.ID, l.Reason); err != nil {
			return err
		}
	}
	return in.provenance(ctx, consent.Lead{}, *l, l.Source)
}
