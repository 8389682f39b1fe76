package store

import (
	"context"

	"zgoda/consent"
	"zgoda/mail"
)

// fulfil writes down what a mail did by being sent: it answered a rights request,
// or put the answer off (Art. 12(3)). A request that was answered meanwhile stays as it is.
func (t *tx) fulfil(ctx context.Context, o mail.Outgoing) error {
	if o.Duty != mail.DutyAnswer && o.Duty != mail.DutyExtend {
		return nil
	}
	events, err := t.events(ctx, sqlEvents, o.Person)
	if err != nil {
		return err
	}
	history := consent.History{Lead: consent.Lead{ID: o.Person}, Events: events}
	r, open := consent.OpenRequest(history, o.Request)
	if !open {
		return nil
	}
	step := consent.Event{
		Person: o.Person, Kind: consent.KindAnswered, Method: consent.BySending, Corrects: o.Request,
		Language: o.Language, Message: o.MessageID, At: t.now, Actor: "zgoda",
	}
	if country := t.db.options.Controller.Country; o.Duty == mail.DutyExtend {
		step.Kind, step.Evidence, step.ValidUntil = consent.KindExtended, consent.ReasonTold(o.Text), consent.ExtendedDue(r.Received, country)
		if consent.CheckStep(history, step, country, t.now) != nil { // put off meanwhile: the mail is sent all the same
			return nil
		}
	}
	_, err = t.record(ctx, step)
	return err
}

const sqlUnknownByID = `SELECT id FROM outbox WHERE message_id = $1 AND message_id <> '' AND state = 'unknown'`

// foundOut is the unknown mails of that id, before it is written down that they
// were sent and their text is forgotten.
func (t *tx) foundOut(ctx context.Context, messageID string) ([]mail.Outgoing, error) {
	ids, err := list[mail.DraftID](ctx, t, sqlUnknownByID, messageID)
	var all []mail.Outgoing
	for _, id := range ids {
		o, err := t.outgoing(ctx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, err
}

// fulfilLate is fulfil for a mail of which it is known only now that it was sent.
// Whether it informed the person, and what it asked, is judged now, and in doubt it did not.
func (t *tx) fulfilLate(ctx context.Context, o mail.Outgoing) error {
	history, err := t.history(ctx, o.Person)
	if err != nil {
		return err
	}
	if err := t.judgeable(ctx, &history); err != nil {
		return err
	}
	if err := t.fulfil(ctx, o); err != nil {
		return err
	}
	asked := consent.AskedBy(history, consent.LetterOf(o.Draft), t.db.options.Controller, t.now)
	for i := range asked {
		asked[i].Message, asked[i].At = o.MessageID, t.now
	}
	if err := t.did(ctx, o.Person, asked); err != nil {
		return err
	}
	if !consent.Informs(history, consent.LetterOf(o.Draft), t.db.options.Controller, t.now) {
		return nil
	}
	notice := consent.Event{
		Person: o.Person, Kind: consent.KindNotice, Method: consent.BySending, Language: o.Language,
		Evidence: "carried by the mail", Message: o.MessageID, At: t.now, Actor: "zgoda",
	}
	notice.Wording, notice.Version = consent.NoticeTold(consent.LetterOf(o.Draft), t.db.options.Controller)
	_, err = t.record(ctx, notice)
	return err
}
