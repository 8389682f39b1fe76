package store

import (
	"context"
	"errors"
	"fmt"

	"zgoda/consent"
	"zgoda/mail"
)

// Two leads who are one person become one: the row of the other stays behind
// empty, because its ledger and the chain know it by its number, and its address
// becomes an alias. From then on every way in leads to the one that stays: mail to
// and from the alias, an import, a new entry of the ledger. A question for the
// number that is left behind gives the history of the one that stays, and the gate
// gives nobody a permit for another number than it was asked for.

// MergeLeads makes one lead of two, in one transaction. The least permissive of both
// ledgers stands afterwards (G11), gaps are filled, and mails, drafts that were sent
// and addresses move over. It cannot be undone.
func (db *DB) MergeLeads(ctx context.Context, into, from mail.PersonID) (consent.MergePlan, error) {
	var plan consent.MergePlan
	err := db.update(ctx, func(t *tx) (err error) {
		if plan, err = t.planMerge(ctx, into, from); err != nil {
			return err
		}
		return t.merge(ctx, plan)
	})
	if err != nil {
		return consent.MergePlan{}, fmt.Errorf("merge two leads: %w", err)
	}
	return plan, nil
}

// PlanMerge says what MergeLeads would do, and writes nothing.
func (db *DB) PlanMerge(ctx context.Context, into, from mail.PersonID) (consent.MergePlan, error) {
	var plan consent.MergePlan
	err := db.view(ctx, func(t *tx) (err error) {
		plan, err = t.planMerge(ctx, into, from)
		return err
	})
	if err != nil {
		return consent.MergePlan{}, fmt.Errorf("look at a merge: %w", err)
	}
	return plan, nil
}

func (t *tx) planMerge(ctx context.Context, into, from mail.PersonID) (consent.MergePlan, error) {
	keep, err := t.history(ctx, into)
	if err != nil {
		return consent.MergePlan{}, err
	}
	other, err := t.history(ctx, from)
	if err != nil {
		return consent.MergePlan{}, err
	}
	if err := t.mayMerge(ctx, keep, other); err != nil {
		return consent.MergePlan{}, err
	}
	return consent.PlanMerge(keep, other, t.now), nil
}

// What of the other lead is not finished.
const sqlUnfinished = `SELECT count(*) FROM outbox WHERE person = $1 AND state NOT IN ('sent')`

func (t *tx) mayMerge(ctx context.Context, keep, other consent.History) error {
	refuse := func(sentence, step string) error {
		return &mail.Problem{Sentence: sentence, NextStep: step, Err: errors.New("these two cannot be merged")}
	}
	if keep.Lead.ID == other.Lead.ID {
		return refuse("These two are one person already.", "Choose two different leads.")
	}
	if !keep.Lead.IsLead() {
		return refuse("The person who is to stay is no lead.", "Make them a lead first, or merge the other way round.")
	}
	for _, r := range consent.Requests(other.Events, "") {
		if r.Open() {
			return refuse("The other lead has a rights request that is not answered yet.", "Answer it first; its term runs on.")
		}
	}
	var unfinished int
	if err := t.row(ctx, sqlUnfinished, []any{other.Lead.ID}, &unfinished); err != nil {
		return err
	}
	if unfinished > 0 {
		return refuse("There is a draft to the other lead, or a mail that is not sent yet.", "Send it or discard it first.")
	}
	return nil
}

const (
	sqlMergeAliases = `UPDATE aliases SET person = $1 WHERE person = $2`
	sqlMergeAlias   = `INSERT INTO aliases (address_key, person) VALUES ($1, $2)`
	sqlMergeMails   = `UPDATE OR IGNORE message_people SET person = $1 WHERE person = $2`
	sqlMergeShared  = `DELETE FROM message_people WHERE person = $1`
	sqlMergeOutbox  = `UPDATE outbox SET person = $1 WHERE person = $2`
	sqlMergeName    = `UPDATE people SET address_name = '' WHERE id = $1`
)

// merge does what was planned. The ledger comes first, while both are still there.
func (t *tx) merge(ctx context.Context, plan consent.MergePlan) error {
	into, from := plan.Into.ID, plan.From.ID
	for _, e := range plan.Events {
		if _, err := t.record(ctx, e); err != nil {
			return fmt.Errorf("carry over what the other lead said: %w", err)
		}
	}
	for _, step := range []struct {
		query string
		args  []any
	}{
		{sqlMergeAliases, []any{into, from}},
		{sqlMergeAlias, []any{plan.From.Address.Key(), into}},
		{sqlMergeMails, []any{into, from}},
		{sqlMergeShared, []any{from}},
		{sqlMergeOutbox, []any{into, from}},
		{sqlMergeName, []any{from}},
		{sqlProvenanceDropAll, []any{from}},
	} {
		if _, err := t.exec(ctx, step.query, step.args...); err != nil {
			return fmt.Errorf("move what belongs to the other lead: %w", err)
		}
	}
	if err := t.closeAliases(ctx, plan.Into); err != nil {
		return err
	}
	if err := t.saveFacts(ctx, consent.Lead{ID: from}); err != nil {
		return err
	}
	if err := t.provenance(ctx, plan.Into, plan.Result, "merged: "+plan.From.Source); err != nil {
		return err
	}
	if err := t.saveFacts(ctx, plan.Result); err != nil {
		return err
	}
	if err := t.wantBodies(ctx, into); err != nil {
		return err
	}
	t.changed(into, from)
	return t.refreshChanged(ctx)
}

// closeAliases puts every address of a person on the suppression list when one of
// them is there for an objection: whoever said stop said it for all.
func (t *tx) closeAliases(ctx context.Context, lead consent.Lead) error {
	who, err := t.marks(ctx, lead)
	if err != nil {
		return err
	}
	hashes := who.hashes(t.db)
	objects, err := t.objects(ctx, hashes)
	if err != nil || !objects {
		return err
	}
	for _, hash := range hashes {
		if err := t.suppressHash(ctx, hash, becauseObjected, at(0)); err != nil {
			return err
		}
	}
	return nil
}

// sqlSurvivor is who stands for a number that a merge left behind.
const sqlSurvivor = `SELECT a.person FROM people p JOIN aliases a ON a.address_key = p.address_key WHERE p.id = $1`

func (t *tx) survivor(ctx context.Context, id mail.PersonID) (mail.PersonID, error) {
	stays := id
	_, err := t.found(ctx, sqlSurvivor, []any{id}, &stays)
	return stays, err
}
