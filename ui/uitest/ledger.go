package uitest

import (
	"context"
	"errors"
	"time"

	"zgoda/consent"
	"zgoda/consent/intent"
	"zgoda/mail"
)

// History is a person's ledger.
func (w *World) History(_ context.Context, id mail.PersonID) (consent.History, error) {
	defer w.ask("History")()
	p, err := w.find(id)
	if err != nil {
		return consent.History{}, err
	}
	return p.history(w.seq), nil
}

func (p *Person) history(head int64) consent.History {
	h := consent.History{Lead: p.Row.Lead, Events: p.Events, Head: head, Suppressed: p.Row.Standing.Suppressed}
	for i := len(p.Entries) - 1; i >= 0; i-- {
		if e := p.Entries[i]; !e.Out {
			h.Inbound = append(h.Inbound, consent.Inbound{ID: e.Message.ID, At: e.At, Stop: intent.Read(e.Message.Subject, e.Message.Text).Stop != consent.StopNone})
		} else if h.LastOutbound.IsZero() {
			h.LastOutbound = e.At
		}
	}
	return h
}

// Company is who writes in the world of Rights.
var Company = consent.Controller{
	Name: "Nadruk Sp. z o.o.", Postal: "ul. Prosta 1, 00-001 Warszawa", Country: "PL", Contact: "rodo@nadruk.example",
	PolicyURL: "https://nadruk.example/rodo", Offer: "bags with your print", Retention: "6 months",
}

// judge folds the standing from the events.
func (p *Person) judge() *Person {
	p.Judged = true
	p.Row.Standing = consent.Stand(p.history(100), Company, Now)
	return p
}

// MakeLead makes a person a lead.
func (w *World) MakeLead(_ context.Context, id mail.PersonID) (consent.Lead, error) {
	defer w.ask("MakeLead")()
	p, err := w.find(id)
	if err != nil {
		return consent.Lead{}, err
	}
	p.Row.Lead.Since, p.Row.Lead.ObtainedAt, p.Row.Lead.Source = Now, p.Row.LastAt, "their mail to us"
	p.Row.Standing.NoticeDue = Now.Add(consent.NoticeTerm)
	return p.Row.Lead, nil
}

// UnmakeLead takes that back.
func (w *World) UnmakeLead(_ context.Context, id mail.PersonID) error {
	defer w.ask("UnmakeLead")()
	p, err := w.find(id)
	if err == nil {
		p.Row.Lead.Since, p.Row.Standing.NoticeDue = time.Time{}, time.Time{}
	}
	return err
}

// AddLead adds a lead of somebody who never wrote.
func (w *World) AddLead(_ context.Context, lead consent.Lead) (consent.Lead, error) {
	defer w.ask("AddLead")()
	lead.ID, lead.Since = mail.PersonID(1000+len(w.people)), Now
	w.people = append(w.people, &Person{Row: consent.Row{Lead: lead, LastAt: Now}})
	w.sort()
	return lead, w.Err
}

// SaveLead writes the facts of a lead.
func (w *World) SaveLead(_ context.Context, lead consent.Lead) error {
	defer w.ask("SaveLead")()
	p, err := w.find(lead.ID)
	if err == nil {
		p.Row.Lead = lead
	}
	return err
}

// Record appends an event and folds it in the plainest way.
func (w *World) Record(_ context.Context, event consent.Event) (consent.Event, error) {
	defer w.ask("Record")()
	p, err := w.find(event.Person)
	if err != nil {
		return event, err
	}
	w.seq++
	event.Seq, event.RecordedAt = w.seq, Now
	p.Events = append(p.Events, event)
	if p.Judged {
		p.judge()
		return event, nil
	}
	states := map[consent.Purpose]consent.State{}
	for purpose, state := range p.Row.Standing.States {
		states[purpose] = state
	}
	switch event.Kind {
	case consent.KindAsked:
		states[event.Purpose] = consent.Asked
	case consent.KindGranted:
		states[event.Purpose] = consent.Granted
	case consent.KindRefused:
		states[event.Purpose] = consent.Refused
	case consent.KindWithdrawn:
		states[event.Purpose] = consent.Withdrawn
	case consent.KindObjected:
		p.Row.Standing.Objected = true
	case consent.KindNotice:
		p.Row.Standing.NoticeDue = time.Time{}
	}
	p.Row.Standing.States = states
	return event, nil
}

// CheckSend allows what rests on a basis, to a person who did not object.
func (w *World) CheckSend(_ context.Context, letter consent.Letter) (consent.Verdict, error) {
	defer w.ask("CheckSend")()
	p, err := w.find(letter.Person)
	if err != nil {
		return consent.Verdict{}, err
	}
	if p.Judged {
		return consent.DecideSend(p.history(w.seq), letter, Company, Now), nil
	}
	s := p.Row.Standing
	return consent.Verdict{Person: letter.Person, Act: consent.ActSend, Basis: s.Basis, At: Now, Checks: []consent.Check{
		{Rule: "L21.2", Key: "objection", Title: "no objection", OK: !s.Objected, Reason: "They objected to direct marketing.",
			Source: "GDPR Art. 21(2)-(3)", Way: "None. Leave them in peace."},
		{Rule: "A1", Key: "basis", Title: "basis", OK: s.Basis != consent.BasisNone, Reason: "Nothing on file allows this mail.",
			Source: "GDPR Art. 6(1)", Way: "Record a consent with its evidence.", Fix: consent.FixConsent},
	}}, nil
}

// MayQueue is CheckSend, and notes that it was asked.
func (w *World) MayQueue(ctx context.Context, letter consent.Letter) (consent.Verdict, error) {
	w.ask("MayQueue")()
	return w.CheckSend(ctx, letter)
}

// CheckTrack allows what was granted.
func (w *World) CheckTrack(_ context.Context, id mail.PersonID, purpose consent.Purpose) (consent.Verdict, error) {
	defer w.ask("CheckTrack")()
	p, err := w.find(id)
	if err != nil {
		return consent.Verdict{}, err
	}
	if p.Judged {
		return consent.DecideTrack(p.history(w.seq), purpose, Now), nil
	}
	state := p.Row.Standing.State(purpose)
	check := consent.Check{Rule: "L4", Key: "consent", Title: purpose.Title(), OK: state == consent.Granted,
		Reason: "Nobody asked them about " + purpose.Title() + ".", Source: "ePrivacy Art. 5(3)", Way: "Ask them first, then record the answer.", Fix: consent.FixConsent}
	switch state {
	case consent.Granted:
		check.Reason = "They agreed to " + purpose.Title() + "."
	case consent.Refused:
		check.Reason = "They refused " + purpose.Title() + "."
	case consent.Withdrawn:
		check.Reason = "They withdrew their consent to " + purpose.Title() + "."
	case consent.Asked:
		check.Reason = "They were asked about " + purpose.Title() + " and have not answered."
	}
	return consent.Verdict{Person: id, At: Now, Checks: []consent.Check{check}}, nil
}

// DraftFor is the draft being written to a person.
func (w *World) DraftFor(_ context.Context, id mail.PersonID) (mail.Draft, bool, error) {
	defer w.ask("DraftFor")()
	d, ok := w.drafts[id]
	return d, ok, w.Err
}

// SaveDraft keeps a draft.
func (w *World) SaveDraft(_ context.Context, draft mail.Draft) (mail.Draft, error) {
	defer w.ask("SaveDraft")()
	if draft.ID == 0 {
		w.nextID++
		draft.ID = w.nextID
	}
	draft.UpdatedAt = Now
	w.drafts[draft.Person] = draft
	return draft, w.Err
}

// Discard forgets a draft.
func (w *World) Discard(_ context.Context, id mail.DraftID) error {
	defer w.ask("Discard")()
	for person, draft := range w.drafts {
		if draft.ID == id {
			delete(w.drafts, person)
		}
	}
	w.dropOut(id)
	return w.Err
}

func (w *World) dropOut(id mail.DraftID) (mail.Outgoing, bool) {
	for i, out := range w.out {
		if out.ID == id {
			w.out = append(w.out[:i:i], w.out[i+1:]...)
			return out, true
		}
	}
	return mail.Outgoing{}, false
}

// Queue puts a draft on its way.
func (w *World) Queue(_ context.Context, draft mail.Draft, hold time.Duration) (mail.Outgoing, error) {
	defer w.ask("Queue")()
	if draft.ID == 0 {
		w.nextID++
		draft.ID = w.nextID
	}
	draft.MessageID = "queued@zgoda.test"
	delete(w.drafts, draft.Person)
	out := mail.Outgoing{Draft: draft, State: mail.Queued, DueAt: Now.Add(hold)}
	w.out = append([]mail.Outgoing{out}, w.out...)
	return out, w.Err
}

// Unqueue takes a queued draft back.
func (w *World) Unqueue(_ context.Context, id mail.DraftID) (mail.Draft, error) {
	defer w.ask("Unqueue")()
	out, ok := w.dropOut(id)
	if !ok {
		return mail.Draft{}, errors.New("it has left")
	}
	w.drafts[out.Person] = out.Draft
	return out.Draft, w.Err
}

// Outgoing is what is on its way.
func (w *World) Outgoing(context.Context) ([]mail.Outgoing, error) {
	defer w.ask("Outgoing")()
	return append([]mail.Outgoing(nil), w.out...), w.Err
}

// PutOut puts a mail into the outbox as it is.
func (w *World) PutOut(out mail.Outgoing) {
	defer w.ask("PutOut")()
	w.out = append([]mail.Outgoing{out}, w.out...)
}

// Resolve ends an unknown.
func (w *World) Resolve(_ context.Context, id mail.DraftID, arrived bool) error {
	defer w.ask("Resolve")()
	for i := range w.out {
		if w.out[i].ID == id && arrived {
			w.out[i].State = mail.Sent
			return nil
		}
	}
	if out, ok := w.dropOut(id); ok {
		w.drafts[out.Person] = out.Draft
	}
	return w.Err
}

// Templates lists two.
func (w *World) Templates(string) []mail.TemplateInfo {
	return []mail.TemplateInfo{
		{Name: "first-contact", Language: "pl", Title: "Pierwszy kontakt", About: "Do osoby, która nas jeszcze nie zna."},
		{Name: "reply", Language: "en", Title: "Answer", About: "To somebody who asked."},
	}
}

// Fill fills one.
func (w *World) Fill(_ context.Context, info mail.TemplateInfo, id mail.PersonID, _ mail.MessageID) (mail.Filled, error) {
	defer w.ask("Fill")()
	p, err := w.find(id)
	if err != nil {
		return mail.Filled{}, err
	}
	return mail.Filled{Subject: info.Title, Text: "Dzień dobry " + p.Row.Lead.Call() + ",\n\n{{reason}}\n", Gaps: []string{"reason"}}, nil
}
