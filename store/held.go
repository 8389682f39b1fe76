package store

import (
	"context"

	"zgoda/consent"
	"zgoda/mail"
)

const sqlHold = `UPDATE people SET held_id = $1, held_at = $2, held_doubt = $3
WHERE id = $4 AND (held_id <> $1 OR held_at <> $2 OR held_doubt <> $3)`

// hold writes down which mail of a lead seems to ask us to stop, or must be judged
// by a person, and is not settled yet: the inbox shows it without reading the
// texts of everybody on the page.
func (t *tx) hold(ctx context.Context, id mail.PersonID) error {
	history, err := t.history(ctx, id)
	if err != nil {
		return err
	}
	standing := consent.Stand(history, t.db.options.Controller, t.now)
	if _, err = t.exec(ctx, sqlHold, standing.Held.ID, ms(standing.Held.At), standing.Held.Doubt, id); err != nil {
		return err
	}
	return t.clocks(ctx, history, standing)
}

// heldBack adds the mail that hold wrote down to what a row knows of its mails.
func heldBack(h *consent.History, held consent.Inbound) {
	if held.ID == "" {
		return
	}
	held.Stop = held.Doubt == ""
	for i := range h.Inbound {
		if h.Inbound[i].ID == held.ID {
			h.Inbound[i].Stop, h.Inbound[i].Doubt = held.Stop, held.Doubt
			return
		}
	}
	h.Inbound = append(h.Inbound, held)
}
