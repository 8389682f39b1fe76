package store

import (
	"context"
	"errors"
	"fmt"

	"zgoda/consent"
	"zgoda/mail"
)

// sqlOurs asks whether a mail is one of ours that went to the person.
const sqlOurs = `SELECT EXISTS (SELECT 1 FROM outbox WHERE message_id = $1 AND message_id <> '' AND person = $2 AND state = 'sent')
OR EXISTS (SELECT 1 FROM messages m JOIN message_people p ON p.message = m.id WHERE m.message_id = $1 AND m.out = 1 AND p.person = $2)`

// errNoAnswer keeps a request from being closed by a mail that answers nobody.
var errNoAnswer = errors.New("the Message-ID is of no mail of ours to this person")

// allowed checks a step of a rights request against the ledger, and an answer
// against the mails: doing what was asked is not enough, the person must have
// been told (Art. 12(3); law.md L12).
func (t *tx) allowed(ctx context.Context, lead consent.Lead, e consent.Event) error {
	if e.Kind != consent.KindExtended && e.Kind != consent.KindAnswered {
		return nil
	}
	history := consent.History{Lead: lead}
	var err error
	if history.Events, err = t.events(ctx, sqlEvents, e.Person); err != nil {
		return err
	}
	if err := consent.CheckStep(history, e, t.db.options.Controller.Country, t.now); err != nil {
		return err
	}
	if e.Kind != consent.KindAnswered {
		return nil
	}
	var ours bool
	if err := t.row(ctx, sqlOurs, []any{e.Message, e.Person}, &ours); err != nil || ours {
		return err
	}
	return &mail.Problem{
		Sentence: "That is no mail of ours to this person, so it cannot be the answer.",
		NextStep: "Answer them first, for example with zgoda send --request, and name that mail.",
		Err:      fmt.Errorf("answer to request %d: %w", e.Corrects, errNoAnswer),
	}
}
