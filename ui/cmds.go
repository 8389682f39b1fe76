package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
)

// Everything that waits for a port is in this file and in cmds_mail.go, each in
// a command that ends by itself: a port that is silent is given up after patience.
const (
	patience      = 10 * time.Second
	conversation  = 200 // mails of one person that are loaded
	timeGrain     = time.Minute
	unknownPerson = mail.PersonID(0)
)

// Facts that only the root knows.
type (
	// leadMade answers makeLead.
	leadMade struct {
		lead consent.Lead
		err  error
	}
	// undone answers a step back.
	undone struct {
		person mail.PersonID
		said   string
		err    error
	}
	// failed says that something went wrong that nobody waits for.
	failed struct {
		what string
		err  error
	}
	// nothing says that all went well and nothing is to be shown.
	nothing struct{}
)

func call() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), patience)
}

// tick tells the time at the start; after that run.go does.
func (m *Model) tick() tea.Cmd {
	now := m.ports.Now
	return func() tea.Msg { return event.Ticked{Now: now()} }
}

func (m *Model) loadRows(w event.LoadRows) tea.Cmd {
	inbox := m.ports.Inbox
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		page, err := inbox.Rows(ctx, w.Query)
		return event.RowsLoaded{Seq: w.Seq, Query: w.Query, Page: clean(page), Err: err}
	}
}

func (m *Model) loadCounts() tea.Cmd {
	if !m.loads.counts.begin() {
		return nil
	}
	inbox := m.ports.Inbox
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		counts, err := inbox.Counts(ctx)
		return event.CountsLoaded{Counts: counts, Err: err}
	}
}

func (m *Model) loadOutgoing() tea.Cmd {
	if !m.loads.outgoing.begin() {
		return nil
	}
	box := m.ports.Outbox
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		outgoing, err := box.Outgoing(ctx)
		return event.OutgoingLoaded{Outgoing: clean(outgoing), Err: err}
	}
}

func (m *Model) loadPerson(person mail.PersonID) tea.Cmd {
	seq, now := m.loads.beginPerson(person)
	if !now {
		return nil
	}
	ports := m.ports
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		fact := event.PersonLoaded{Seq: seq, Person: person}
		if fact.Entries, fact.Err = ports.Inbox.Conversation(ctx, person, conversation); fact.Err != nil {
			return fact
		}
		if fact.History, fact.Err = ports.People.History(ctx, person); fact.Err != nil {
			return fact
		}
		fact.Tracking, fact.Err = tracking(ctx, ports.Verdicts, person)
		fact.Entries, fact.History = clean(fact.Entries), clean(fact.History)
		return fact
	}
}

// tracking asks the gate for each purpose of tracking.
func tracking(ctx context.Context, gate Verdicts, person mail.PersonID) (map[consent.Purpose]consent.Verdict, error) {
	answers := map[consent.Purpose]consent.Verdict{}
	for _, purpose := range consent.Purposes() {
		if !purpose.Tracking() {
			continue
		}
		verdict, err := gate.CheckTrack(ctx, person, purpose)
		if err != nil {
			return nil, err
		}
		answers[purpose] = verdict
	}
	return answers, nil
}

func (m *Model) markRead(person mail.PersonID) tea.Cmd {
	inbox := m.ports.Inbox
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		if err := inbox.MarkRead(ctx, person); err != nil {
			return failed{"That could not be marked as read.", err}
		}
		return event.StoreChanged{People: []mail.PersonID{person}}
	}
}

func (m *Model) makeLead(lead consent.Lead) tea.Cmd {
	people := m.ports.People
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		made, err := people.MakeLead(ctx, lead.ID)
		return leadMade{clean(made), err}
	}
}

func (m *Model) unmakeLead(lead consent.Lead) tea.Cmd {
	people := m.ports.People
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		return undone{lead.ID, lead.Call() + " is not a lead any more.", people.UnmakeLead(ctx, lead.ID)}
	}
}

func (m *Model) syncNow() tea.Cmd {
	server := m.ports.Server
	return func() tea.Msg { server.SyncNow(); return nothing{} }
}

func (m *Model) cancelSync() tea.Cmd {
	server := m.ports.Server
	return func() tea.Msg { server.CancelSync(); return nothing{} }
}

func (m *Model) loadLead(w event.EditLead) tea.Cmd {
	people := m.ports.People
	return func() tea.Msg {
		if w.Person == unknownPerson {
			return event.LeadLoaded{Field: w.Field}
		}
		ctx, cancel := call()
		defer cancel()
		history, err := people.History(ctx, w.Person)
		return event.LeadLoaded{Lead: clean(history.Lead), Field: w.Field, Twins: history.Twins, Err: err}
	}
}

func (m *Model) saveLead(w event.SaveLead) tea.Cmd {
	people := m.ports.People
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		return event.LeadSaved{Lead: w.Lead, Err: people.SaveLead(ctx, w.Lead)}
	}
}

func (m *Model) addLead(w event.AddLead) tea.Cmd {
	people := m.ports.People
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		lead, err := people.AddLead(ctx, w.Lead)
		if err != nil {
			lead = w.Lead
		}
		return event.LeadSaved{Lead: lead, New: true, Err: err}
	}
}

func (m *Model) loadRecord(w event.AskRecord) tea.Cmd {
	people, inbox, controller, now := m.ports.People, m.ports.Inbox, m.opts.Controller, m.ports.Now
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		history, err := people.History(ctx, w.Person)
		fact := event.RecordLoaded{Lead: clean(history.Lead), Kind: w.Kind, Purpose: w.Purpose, Face: w.Face, Err: err}
		if err != nil {
			return fact
		}
		fact.History, fact.Standing = clean(history), consent.Stand(history, controller, now())
		for _, e := range fact.History.Events {
			if e.Seq == w.Entry && w.Entry != 0 {
				fact.Entry = e
			}
		}
		if len(history.Inbound) > 0 {
			fact.Mail = history.Inbound[0]
		}
		if w.Face == event.FaceHeard {
			fact.Mail = fact.Standing.Held
		}
		if w.Kind == "" && (w.Face == event.FaceRecord || w.Face == event.FaceHeard) {
			fact.Subject, fact.Text, fact.Err = wordsOf(ctx, inbox, w.Person, fact.Mail.ID)
		}
		return fact
	}
}

// wordsOf is the subject and the text of one mail of a person, as far as it is here.
func wordsOf(ctx context.Context, inbox Inbox, person mail.PersonID, id mail.MessageID) (subject, text string, err error) {
	if id == "" {
		return "", "", nil
	}
	entries, err := inbox.Conversation(ctx, person, conversation)
	for _, e := range entries {
		if e.Message.ID == id && !e.Out {
			return clean(e.Message.Subject), clean(e.Message.Text), err
		}
	}
	return "", "", err
}

// loadConsent gathers all that is recorded of a person's rights, and what the
// gate says of a mail begun now.
func (m *Model) loadConsent(person mail.PersonID) tea.Cmd {
	ports, controller := m.ports, m.opts.Controller
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		fact := event.ConsentLoaded{Person: person}
		var history consent.History
		if history, fact.Err = ports.People.History(ctx, person); fact.Err != nil {
			return fact
		}
		fact.History, fact.Standing = clean(history), consent.Stand(history, controller, ports.Now())
		if fact.Tracking, fact.Err = tracking(ctx, ports.Verdicts, person); fact.Err != nil {
			return fact
		}
		letter := consent.Letter{Person: person, To: []mail.Address{history.Lead.Address}, Language: history.Lead.Language}
		fact.Contact, fact.Err = ports.Verdicts.CheckSend(ctx, letter)
		return fact
	}
}

func (m *Model) recordEvent(w event.Record) tea.Cmd {
	people := m.ports.People
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		recorded, err := people.Record(ctx, w.Event)
		return event.EventRecorded{Event: recorded, Err: err}
	}
}
