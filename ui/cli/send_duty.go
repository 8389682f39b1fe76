package cli

import (
	"context"
	"errors"
	"fmt"

	"zgoda/consent"
	"zgoda/mail"
)

// dutyDraft is a mail that the law itself wants sent: the notice, which is the
// computed text and nothing else, or the answer to a rights request, which is
// drafted unless the rep brings a text.
func (c sendCommand) dutyDraft(ctx context.Context, a *app, w *world) (mail.Draft, error) {
	if c.Request != 0 {
		return c.answerDraft(ctx, a, w)
	}
	lead, err := find(ctx, w.db, c.To)
	if err != nil {
		return mail.Draft{}, err
	}
	draft := mail.Draft{Person: lead.ID, To: lead.Address, Language: lead.Language, Duty: mail.DutyNotice}
	draft.Subject, draft.Text = consent.NoticeLetter(w.controller, lead, lead.Language)
	return draft, nil
}

func (c sendCommand) answerDraft(ctx context.Context, a *app, w *world) (mail.Draft, error) {
	one, err := openRequest(ctx, w.db, c.Request)
	if err != nil {
		return mail.Draft{}, err
	}
	if c.To != "" {
		if to, err := mail.ParseAddress(c.To); err != nil || to.Key() != one.Lead.Address.Key() {
			return mail.Draft{}, &usageError{errors.New("--to is not the person who asked; leave it out")}
		}
	}
	history, err := w.db.History(ctx, one.Person)
	if err != nil {
		return mail.Draft{}, err
	}
	draft := mail.Draft{
		Person: one.Person, To: one.Lead.Address, Language: one.Lead.Language,
		Duty: mail.DutyAnswer, Request: one.Seq, InReplyTo: one.Message,
	}
	if one.Message != "" {
		draft.References = []mail.MessageID{one.Message}
	}
	if c.PutOff != "" {
		draft.Duty = mail.DutyExtend
		draft.Subject, draft.Text = consent.ExtensionLetter(one.Request, c.PutOff, w.controller, one.Lead.Language)
		return draft, nil
	}
	draft.Subject, draft.Text = consent.RequestAnswer(one.Request, history, w.controller, one.Lead.Language)
	if c.Text != "" {
		if draft.Text, err = readText(a.In, c.Text); err != nil {
			return mail.Draft{}, err
		}
	}
	if c.Subject != "" {
		draft.Subject = c.Subject
	}
	return draft, nil
}

// duty reports whether a mail of duty is asked for.
func (c sendCommand) duty() bool { return c.Notice || c.Request != 0 }

// check finds a command line that says too little or too much.
func (c sendCommand) check() error {
	switch {
	case len(c.Ask) > 0 && c.duty():
		return &usageError{errors.New("--ask goes in a mail of its own words: one that the law demands asks for no consent")}
	case c.Request != 0 && (c.Template != "" || c.Answer || c.Notice):
		return &usageError{errors.New("--request goes alone, or with --text for an answer of your own words")}
	case c.PutOff != "" && (c.Request == 0 || c.Text != "" || c.Subject != ""):
		return &usageError{errors.New("--put-off goes with --request N, and its text is drafted")}
	case c.Notice && (c.Template != "" || c.Text != "" || c.Answer || c.Subject != ""):
		return &usageError{errors.New("--notice goes alone: its text is computed")}
	case c.Request == 0 && c.To == "":
		return &usageError{errors.New("say to whom: --to ADDRESS")}
	case !c.duty() && c.Template == "" && c.Text == "":
		return &usageError{fmt.Errorf("say what to send: --template NAME, --text FILE, --notice or --request N")}
	}
	return nil
}
