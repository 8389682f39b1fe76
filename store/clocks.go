package store

import (
	"context"
	"fmt"

	codes "modernc.org/sqlite/lib"

	"zgoda/consent"
	"zgoda/mail"
)

const sqlClocks = `UPDATE people SET notice_due = $1, erase_after = $2, retention = $3 WHERE id = $4
AND (notice_due <> $1 OR erase_after <> $2 OR retention <> $3)`

// clocks writes down by when a lead must be informed, and by when their data must
// go, so that the queues are read from an index. held.go calls it whenever
// anything of the lead changed.
func (t *tx) clocks(ctx context.Context, history consent.History, standing consent.Standing) error {
	r := consent.RetentionOf(history, t.db.options.Periods, t.now)
	_, err := t.exec(ctx, sqlClocks, ms(standing.NoticeDue), ms(r.EraseAfter), r.Class, history.Lead.ID)
	return err
}

// windBatch is how many leads are brought up to date in one transaction, so that
// a start that is broken off does not begin anew.
const windBatch = 500

const (
	sqlWound     = `SELECT value FROM meta WHERE name = 'clocks'`
	sqlWoundSave = `INSERT INTO meta (name, value) VALUES ('clocks', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	sqlWindNext  = `SELECT id FROM people WHERE id > $1 AND since > 0 ORDER BY id LIMIT $2`
)

// windClocks fills in the clocks of every lead, once for a file that was made
// before there were any, and again when the periods of the configuration change.
func (db *DB) windClocks(ctx context.Context) error {
	mark := fmt.Sprintf("1 %d %d", db.options.Periods.Cold, db.options.Periods.Dialogue)
	var wound string
	var after mail.PersonID
	err := db.view(ctx, func(t *tx) error {
		_, err := t.found(ctx, sqlWound, nil, &wound)
		return err
	})
	for err == nil && wound != mark {
		var ids []mail.PersonID
		err = db.update(ctx, func(t *tx) (err error) {
			if ids, err = list[mail.PersonID](ctx, t, sqlWindNext, after, windBatch); err != nil {
				return err
			}
			if len(ids) == 0 {
				_, err = t.exec(ctx, sqlWoundSave, mark)
				wound = mark
				return err
			}
			after = ids[len(ids)-1]
			for _, id := range ids {
				if err := t.hold(ctx, id); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil && code(err) != codes.SQLITE_FULL { // a full disk may be read
		return fmt.Errorf("fill in the clocks of the leads: %w", err)
	}
	return nil
}
