package store

import (
	"context"
	"database/sql"
	"fmt"

	"zgoda/consent"
	"zgoda/mail"
)

const (
	sqlPiecesDrop = `DELETE FROM reason_bands WHERE person = $1`
	sqlPiecesSave = `INSERT INTO reason_bands (band, hash, person) SELECT key, value, $1 FROM json_each($2)`
)

// saveReason keeps the pieces of a lead's reason true, by which near-identical
// reasons find each other (law.md A2). It goes with every write of a reason; an
// empty one has none.
func (t *tx) saveReason(ctx context.Context, person mail.PersonID, reason string) error {
	if _, err := t.exec(ctx, sqlPiecesDrop, person); err != nil {
		return fmt.Errorf("drop the pieces of a reason: %w", err)
	}
	pieces := consent.ReasonPieces(reason)
	if len(pieces) == 0 {
		return nil
	}
	if _, err := t.exec(ctx, sqlPiecesSave, person, packed(pieces)); err != nil {
		return fmt.Errorf("save the pieces of a reason: %w", err)
	}
	return nil
}

// mostTwins is where counting ends: from there on it makes no difference.
const mostTwins = 50

// Whoever shares a piece may have nearly the same reason. CROSS JOIN keeps the
// order: from the few pieces to the people, whatever SQLite knows of the tables.
const sqlTwins = `SELECT DISTINCT p.id, p.reason FROM json_each($1) CROSS JOIN reason_bands b CROSS JOIN people p
WHERE b.band = json_each.key AND b.hash = json_each.value AND b.person <> $2 AND p.id = b.person AND p.since > 0`

// twins is how many other leads have a reason nearly identical to this one, at
// most mostTwins. The pieces find them, the similarity decides.
func (t *tx) twins(ctx context.Context, lead consent.Lead) (int, error) {
	pieces := consent.ReasonPieces(lead.Reason)
	if len(pieces) == 0 {
		return 0, nil
	}
	n := 0
	err := t.each(ctx, sqlTwins, []any{packed(pieces), lead.ID}, func(rows *sql.Rows) error {
		var id mail.PersonID
		var reason string
		if err := rows.Scan(&id, &reason); err != nil {
			return err
		}
		if consent.ReasonSimilarity(lead.Reason, reason) >= consent.SimilarReason {
			n++
		}
		if n == mostTwins {
			return errStop
		}
		return nil
	})
	return n, err
}

const (
	sqlPiecesMark     = `SELECT value FROM meta WHERE name = 'reason pieces'`
	sqlPiecesMarkSave = `INSERT INTO meta (name, value) VALUES ('reason pieces', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	sqlReasons        = `SELECT id, reason FROM people WHERE since > 0 AND reason <> ''`
)

// readyReasons makes the pieces of every reason anew when they were made another
// way, or never: a file that comes from an older zgoda.
func (t *tx) readyReasons(ctx context.Context) error {
	var mark string
	if _, err := t.found(ctx, sqlPiecesMark, nil, &mark); err != nil || mark == consent.ReasonPiecesVersion {
		return err
	}
	reasons := map[mail.PersonID]string{}
	err := t.each(ctx, sqlReasons, nil, func(rows *sql.Rows) error {
		var id mail.PersonID
		var reason string
		err := rows.Scan(&id, &reason)
		reasons[id] = reason
		return err
	})
	if err != nil {
		return fmt.Errorf("read the reasons: %w", err)
	}
	for id, reason := range reasons {
		if err := t.saveReason(ctx, id, reason); err != nil {
			return err
		}
	}
	_, err = t.exec(ctx, sqlPiecesMarkSave, consent.ReasonPiecesVersion)
	return err
}
