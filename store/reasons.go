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

const (
	// mostTwins is where counting ends: from there on it makes no difference.
	mostTwins = 50
	// mostLooked bounds the reasons that are compared. The near-identical share the
	// most pieces, so they come first.
	mostLooked = 200
)

const (
	// CROSS JOIN keeps the order: from the few pieces to those who share them.
	sqlSharers = `SELECT b.person FROM json_each($1) CROSS JOIN reason_bands b
WHERE b.band = json_each.key AND b.hash = json_each.value AND b.person <> $2 GROUP BY b.person ORDER BY count(*) DESC, b.person LIMIT $3`
	sqlReasonsOf = `SELECT reason FROM people WHERE id IN (SELECT value FROM json_each($1)) AND since > 0`
)

// twins is how many other leads have a reason nearly identical to this one, at
// most mostTwins. The pieces find them, the similarity decides.
func (t *tx) twins(ctx context.Context, lead consent.Lead) (int, error) {
	pieces := consent.ReasonPieces(lead.Reason)
	if len(pieces) == 0 {
		return 0, nil
	}
	sharers, err := list[mail.PersonID](ctx, t, sqlSharers, packed(pieces), lead.ID, mostLooked)
	if err != nil || len(sharers) == 0 {
		return 0, err
	}
	n, twin := 0, consent.TwinOf(lead.Reason)
	err = t.each(ctx, sqlReasonsOf, []any{packed(sharers)}, func(rows *sql.Rows) error {
		var reason string
		if err := rows.Scan(&reason); err != nil {
			return err
		}
		if twin(reason) {
			n++
		}
		if n == mostTwins {
			return errStop
		}
		return nil
	})
	return n, err
}

// judgeable adds to a history what only the gate asks for: the assessments that
// are on file, and how many others have the same reason.
func (t *tx) judgeable(ctx context.Context, h *consent.History) (err error) {
	if h.Assessments, err = t.assessments(ctx, sqlAssessments); err != nil {
		return err
	}
	h.Twins, err = t.twins(ctx, h.Lead)
	return err
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
