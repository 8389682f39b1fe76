package store

import (
	"context"
	"database/sql"
	"fmt"

	"zgoda/consent/chain"
	"zgoda/mail"
)

const (
	sqlLastLink = `SELECT pos, hash FROM chain WHERE pos > 0 ORDER BY pos DESC LIMIT 1`
	sqlAddLink  = `INSERT INTO chain (pos, what, ref, commitment, hash) VALUES ($1, $2, $3, $4, $5)`
	sqlAddSalt  = `INSERT INTO salts (pos, person, salt) VALUES ($1, $2, $3)`
)

// link appends one link to the chain for a row that was just written: ref is
// its number in the table of what. It belongs into the transaction that wrote
// the row, right after it: a row without a link is a broken entry. The record
// is read back from the row, so that what is committed to is what stands there.
func (t *tx) link(ctx context.Context, what chain.What, ref int64) error {
	if err := t.addLink(ctx, what, ref); err != nil {
		return fmt.Errorf("link %s %d to the chain: %w", what, ref, err)
	}
	return nil
}

func (t *tx) addLink(ctx context.Context, what chain.What, ref int64) error {
	rows, err := t.committed(ctx, what, []int64{ref})
	if err != nil {
		return err
	}
	row, written := rows[ref]
	if !written {
		return sql.ErrNoRows
	}
	last, err := t.lastLink(ctx)
	if err != nil {
		return err
	}
	salt := chain.NewSalt()
	next := chain.Next(last, what, ref, chain.Commit(salt, row.canonical))
	if _, err := t.exec(ctx, sqlAddLink, next.Pos, next.What, next.Ref, next.Commitment, next.Hash); err != nil {
		return err
	}
	_, err = t.exec(ctx, sqlAddSalt, next.Pos, row.person, salt)
	return err
}

// lastLink is the end of the chain; the zero Link when it is empty.
func (t *tx) lastLink(ctx context.Context) (chain.Link, error) {
	var last chain.Link
	_, err := t.found(ctx, sqlLastLink, nil, &last.Pos, &last.Hash)
	return last, err
}

const (
	sqlSilent   = `SELECT pos FROM salts WHERE person = $1 ORDER BY pos`
	sqlDropSalt = `DELETE FROM salts WHERE person = $1`
)

// silence takes the salts of a person who was erased and gives the positions in
// the chain that went silent with them, for erasures.silent. The row in people
// must be gone before: a salt of somebody who is known cannot be deleted.
func (t *tx) silence(ctx context.Context, person mail.PersonID) ([]int64, error) {
	positions, err := list[int64](ctx, t, sqlSilent, person)
	if err != nil {
		return nil, fmt.Errorf("find a person's place in the chain: %w", err)
	}
	if _, err := t.exec(ctx, sqlDropSalt, person); err != nil {
		return nil, fmt.Errorf("silence a person in the chain: %w", err)
	}
	return positions, nil
}

// The version of the first schema with a chain.
const chainVersion = 2

// afterMigration is what Go does at the end of a migration step.
func (db *DB) afterMigration() map[int]func(context.Context, *sql.Tx) error {
	return map[int]func(context.Context, *sql.Tx) error{chainVersion: db.linkLedger}
}

// Before there was a chain there were only entries of the ledger.
const sqlUnchained = `SELECT seq FROM ledger WHERE seq > $1 ORDER BY seq LIMIT 500`

// linkLedger gives the entries of an older file their links, once, in their
// order. From then on an entry without a link is a broken one.
func (db *DB) linkLedger(ctx context.Context, raw *sql.Tx) error {
	t := &tx{db: db, tx: raw, now: db.options.Now(), stmts: map[string]*sql.Stmt{}}
	for last := int64(0); ; {
		entries, err := list[int64](ctx, t, sqlUnchained, last)
		if err != nil || len(entries) == 0 {
			return err
		}
		for _, seq := range entries {
			if err := t.link(ctx, chain.WhatEvent, seq); err != nil {
				return err
			}
		}
		last = entries[len(entries)-1]
	}
}
