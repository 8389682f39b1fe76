package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"zgoda/consent"
	"zgoda/consent/chain"
	"zgoda/mail"
)

// Erase erases all traces of a person: their rows in every table of [Register],
// the words of the search, what lies in the log and in free pages of the file,
// and texts that an editor left behind (GDPR Art. 17; law.md L17, D5). What stays
// is a keyed hash of each address with date and reason, a row in erasures, and a
// line in the journal outside the database. It never deletes on the server: it
// lists what lies there, and which mails with others name the person.
//
// A mail that is being handed over, a legal hold and a reason that names the
// person are a *mail.Problem. When somebody else reads the database at the time,
// what is left in its log goes later and Erasure.Left says so.
func (db *DB) Erase(ctx context.Context, person mail.PersonID, reason string) (consent.Erasure, error) {
	done, err := db.erase(ctx, person, reason, func(*tx) error { return nil })
	if err != nil {
		return consent.Erasure{}, fmt.Errorf("erase a person: %w", err)
	}
	err = db.wipe(ctx, &done.Erasure, func(ctx context.Context) error { return db.quotes(ctx, &done) })
	if err != nil {
		return done.Erasure, fmt.Errorf("erase a person: %w", err)
	}
	return done.Erasure, nil
}

// erasing is one erasure: the answer, and by what the person can be found.
type erasing struct {
	consent.Erasure
	lead  consent.Lead
	marks marks
}

// erase does all of it in the database, in one transaction, when may allows it.
func (db *DB) erase(ctx context.Context, person mail.PersonID, reason string, may func(*tx) error) (erasing, error) {
	var e erasing
	err := db.update(ctx, func(t *tx) (err error) {
		if err := may(t); err != nil {
			return err
		}
		if e, err = t.mayErase(ctx, person, reason); err != nil {
			return err
		}
		var stored int64
		if err := t.row(ctx, sqlLastErasure, nil, &stored); err != nil {
			return err
		}
		note := erased{Number: db.journal.number(stored), At: ms(t.now), Reason: e.Reason, Hashes: e.marks.hashes(db)}
		if note.Objected, err = t.objects(ctx, note.Hashes); err != nil {
			return err
		}
		silent, err := t.eraseRows(ctx, &e)
		if err != nil {
			return err
		}
		if err := t.noteErased(ctx, note, silent); err != nil {
			return err
		}
		_, err = db.journal.write(note) // the last step before the commit
		return err
	})
	return e, err
}

const (
	sqlLastErasure = `SELECT coalesce(max(id), 0) FROM erasures`
	sqlHandedOver  = `SELECT count(*) FROM outbox WHERE person = $1 AND state = 'sending'`
)

// mayErase reads who it is and refuses what must not be erased now.
func (t *tx) mayErase(ctx context.Context, person mail.PersonID, reason string) (erasing, error) {
	e := erasing{Erasure: consent.Erasure{At: t.now, Reason: strings.TrimSpace(reason), Rows: map[string]int{}}}
	var err error
	if person, err = t.survivor(ctx, person); err != nil {
		return e, err
	}
	if e.lead, err = t.lead(ctx, person); err != nil {
		return e, err
	}
	if e.marks, err = t.marks(ctx, e.lead); err != nil {
		return e, err
	}
	if e.Reason == "" || strings.Contains(e.Reason, "@") || e.marks.in(e.Reason) {
		return e, &mail.Problem{
			Sentence: "The reason of an erasure is kept, so it must say why and must not say who.",
			NextStep: `Give a reason without a name and an address, e.g. "they asked for it by e-mail".`,
			Err:      errors.New("no reason, or one that names the person"),
		}
	}
	var leaving int
	if err := t.row(ctx, sqlHandedOver, []any{person}, &leaving); err != nil {
		return e, err
	}
	if leaving > 0 {
		return e, &mail.Problem{
			Sentence: "A mail to this person is being handed to the mail server at this moment.",
			NextStep: "Wait until it is sent, then erase; when zgoda ended meanwhile, start it once.",
			Err:      fmt.Errorf("a mail to person %d is being sent", person),
		}
	}
	return e, t.notHeld(ctx, person)
}

// notHeld refuses while a legal hold stands (Art. 17(3)(e)).
func (t *tx) notHeld(ctx context.Context, person mail.PersonID) error {
	events, err := t.events(ctx, sqlEvents, person)
	if err != nil {
		return err
	}
	if !consent.OnHold(events, t.now) {
		return nil
	}
	return &mail.Problem{
		Sentence: "A legal hold keeps the data of this person.",
		NextStep: "Lift the hold first, when its reason is gone: zgoda unhold.",
		Err:      fmt.Errorf("person %d is on hold", person),
	}
}

const (
	sqlErase     = `INSERT INTO erasures (id, at, reason, silent) VALUES ($1, $2, $3, $4)`
	sqlWipeOwed  = `INSERT INTO meta (name, value) VALUES ('wipe', '1') ON CONFLICT (name) DO NOTHING`
	sqlWipeDone  = `DELETE FROM meta WHERE name = 'wipe'`
	sqlWipeKnown = `SELECT count(*) FROM meta WHERE name = 'wipe'`
)

// eraseRows takes the person out of every table and gives the places in the chain
// that went silent.
func (t *tx) eraseRows(ctx context.Context, e *erasing) (silent []int64, err error) {
	person := e.lead.ID
	if e.Copies, err = t.copiesOf(ctx, person); err != nil {
		return nil, err
	}
	if err := t.leaveMails(ctx, e); err != nil {
		return nil, err
	}
	numbers, err := t.numbers(ctx, person)
	if err != nil {
		return nil, err
	}
	for _, number := range numbers {
		if err := t.eraseTables(ctx, e, number); err != nil {
			return nil, err
		}
		positions, err := t.silence(ctx, number)
		if err != nil {
			return nil, err
		}
		silent = append(silent, positions...)
	}
	slices.Sort(silent)
	if len(silent) > 0 {
		e.Rows["salts"] = len(silent)
	}
	t.changed(person)
	t.change.Outbox = t.change.Outbox || e.Rows["outbox"] > 0
	return silent, nil
}

// eraseTables runs the statements of the register, in its order.
func (t *tx) eraseTables(ctx context.Context, e *erasing, number mail.PersonID) error {
	for _, table := range Register() {
		for _, query := range table.erase {
			n, err := t.exec(ctx, query, number)
			if err != nil {
				return fmt.Errorf("erase from %s: %w", table.Name, err)
			}
			if n > 0 {
				e.Rows[table.Name] += int(n)
			}
		}
	}
	return nil
}

// noteErased writes what stays: the hashes, and one row that names nobody.
func (t *tx) noteErased(ctx context.Context, note erased, silent []int64) error {
	for _, hash := range note.Hashes {
		reason := becauseErased
		if note.Objected {
			reason = becauseObjected
		}
		if err := t.suppressHash(ctx, hash, reason, note.time()); err != nil {
			return err
		}
	}
	positions := packed(silent)
	if positions == "" {
		positions = "[]"
	}
	if _, err := t.exec(ctx, sqlErase, note.Number, note.At, note.Reason, positions); err != nil {
		return err
	}
	if _, err := t.exec(ctx, sqlWipeOwed); err != nil {
		return err
	}
	return t.link(ctx, chain.WhatErasure, note.Number)
}

// objects reports whether any of the hashes is on the list for an objection.
func (t *tx) objects(ctx context.Context, hashes []string) (bool, error) {
	for _, hash := range hashes {
		reason, _, err := t.suppression(ctx, hash)
		if err != nil || reason == becauseObjected {
			return err == nil, err
		}
	}
	return false, nil
}
