package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
)

// The commands of writing: cmds.go for the composer and the outbox. No mail is
// ever sent from here: sending is putting a draft on the disk (mail/outbox
// takes it from there).

func (m *Model) loadCompose(w event.Compose) tea.Cmd {
	ports := m.ports
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		fact := composing(ctx, ports, w)
		if fact.Err != nil { // nobody writes to a person who could not be read
			return failed{"The mail could not be opened.", fact.Err}
		}
		return fact
	}
}

// composing gathers what the composer opens with.
func composing(ctx context.Context, ports Ports, w event.Compose) event.ComposeLoaded {
	fact := event.ComposeLoaded{Person: w.Person}
	history, err := ports.People.History(ctx, w.Person)
	if err != nil {
		fact.Err = err
		return fact
	}
	fact.History = clean(history)
	fact.Lead, fact.Duty, fact.Request = fact.History.Lead, w.Duty, w.Request
	if fact.Draft, fact.HasDraft, fact.Err = ports.Outbox.DraftFor(ctx, w.Person); fact.Err != nil {
		return fact
	}
	if fact.Tracking, fact.Err = tracking(ctx, ports.Verdicts, w.Person); fact.Err != nil {
		return fact
	}
	if fact.Last, fact.Err = newestOfTheirs(ctx, ports.Inbox, w.Person); fact.Err != nil {
		return fact
	}
	if w.Answer {
		fact.Reply = fact.Last
	}
	if w.Duty != mail.DutyNone {
		fact.HasDraft = fact.HasDraft && fact.Draft.Duty == w.Duty && fact.Draft.Request == w.Request
		fact.Reply, fact.Err = mailOfRequest(ctx, ports.Inbox, history, w.Request)
	}
	fact.Templates = clean(ports.Templates.Templates(history.Lead.Language))
	return fact
}

// mailOfRequest is the mail of theirs in which they asked for a right; nil when
// they asked another way.
func mailOfRequest(ctx context.Context, inbox Inbox, history consent.History, request int64) (*event.Reply, error) {
	r, open := consent.OpenRequest(history, request)
	if !open || r.Message == "" {
		return nil, nil
	}
	entries, err := inbox.Conversation(ctx, history.Lead.ID, conversation)
	reply := &event.Reply{ID: r.Message}
	for _, e := range entries {
		if !e.Out && e.Message.ID == r.Message {
			reply.Subject, reply.References = e.Message.Subject, mail.ReplyReferences(e.Message.ID, e.Message.References)
		}
	}
	return reply, err
}

// newestOfTheirs is the newest mail that the person wrote; nil when there is none.
func newestOfTheirs(ctx context.Context, inbox Inbox, person mail.PersonID) (*event.Reply, error) {
	entries, err := inbox.Conversation(ctx, person, conversation)
	if err != nil {
		return nil, err
	}
	for i := len(entries) - 1; i >= 0; i-- {
		msg := entries[i].Message
		if !entries[i].Out && msg.Kind == mail.Personal {
			return &event.Reply{ID: msg.ID, References: mail.ReplyReferences(msg.ID, msg.References), Subject: msg.Subject}, nil
		}
	}
	return nil, nil
}

func (m *Model) fillTemplate(w event.FillTemplate) tea.Cmd {
	templates := m.ports.Templates
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		filled, err := templates.Fill(ctx, w.Info, w.Person, w.Answers)
		return event.TemplateFilled{Seq: w.Seq, Info: w.Info, Filled: filled, Err: err}
	}
}

func (m *Model) checkDraft(w event.CheckDraft) tea.Cmd {
	gate := m.ports.Verdicts
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		fact := event.DraftChecked{Seq: w.Seq}
		if fact.Verdict, fact.Err = gate.CheckSend(ctx, consent.LetterOf(w.Draft)); fact.Err != nil {
			return fact
		}
		fact.Tracking, fact.Err = tracking(ctx, gate, w.Draft.Person)
		return fact
	}
}

func (m *Model) saveDraft(w event.SaveDraft) tea.Cmd {
	box := m.ports.Outbox
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		draft, err := box.SaveDraft(ctx, w.Draft)
		return event.DraftSaved{Seq: w.Seq, Draft: draft, Err: err}
	}
}

// leaveComposer keeps the draft of a composer that has closed.
func (m *Model) leaveComposer(w event.LeaveComposer) tea.Cmd {
	m.cut()
	if !w.Save {
		return nil
	}
	box := m.ports.Outbox
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		if _, err := box.SaveDraft(ctx, w.Draft); err != nil {
			return failed{"The draft could not be saved.", err}
		}
		return event.StoreChanged{People: []mail.PersonID{w.Draft.Person}, Outbox: true}
	}
}

// discardDraft forgets a draft; undo saves the same text as a new one.
func (m *Model) discardDraft(w event.DiscardDraft) tea.Cmd {
	box := m.ports.Outbox
	again := w.Draft
	again.ID, again.MessageID = 0, ""
	m.canUndo(undo{back: func() tea.Cmd {
		return func() tea.Msg {
			ctx, cancel := call()
			defer cancel()
			_, err := box.SaveDraft(ctx, again)
			return undone{again.Person, "The draft is back.", err}
		}
	}})
	key, _ := m.keys.Global.Undo.Short()
	m.toasts.Show(event.Notify{Text: "Draft thrown away", Next: key + " brings it back"})
	if w.Draft.ID == 0 {
		return nil
	}
	m.settled[w.Draft.ID] = true
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		if err := box.Discard(ctx, w.Draft.ID); err != nil {
			return failed{"The draft could not be thrown away.", err}
		}
		return event.StoreChanged{People: []mail.PersonID{w.Draft.Person}, Outbox: true}
	}
}

// queueDraft asks the gate once, to refuse at once, and puts the draft on its
// way. The gate is asked again when it is due; that answer counts.
func (m *Model) queueDraft(w event.QueueDraft) tea.Cmd {
	gate, box, hold := m.ports.Verdicts, m.ports.Outbox, m.opts.Hold
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		verdict, err := gate.MayQueue(ctx, consent.LetterOf(w.Draft))
		if err == nil && !verdict.Allowed() {
			err = &consent.Refusal{Verdict: verdict}
		}
		fact := event.DraftQueued{Err: err}
		if err != nil {
			fact.Outgoing.Draft = w.Draft
			return fact
		}
		fact.Outgoing, fact.Err = box.Queue(ctx, w.Draft, hold)
		return fact
	}
}

// takeBack takes a mail out of the outbox for editing.
func (m *Model) takeBack(id mail.DraftID) tea.Cmd {
	box := m.ports.Outbox
	m.toasts.Release(id)
	m.forget(id)
	m.settled[id] = true
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		draft, err := box.Unqueue(ctx, id)
		draft.ID = id
		return event.DraftTaken{Draft: draft, Err: err}
	}
}

func (m *Model) resolve(w event.ResolveUnknown) tea.Cmd {
	box := m.ports.Outbox
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		return event.OutgoingResolved{ID: w.ID, Arrived: w.Arrived, Err: box.Resolve(ctx, w.ID, w.Arrived)}
	}
}

// quit leaves; what is being written is saved first.
func (m *Model) quit() tea.Cmd {
	if !m.composer.Open() {
		return tea.Quit
	}
	box, draft := m.ports.Outbox, m.composer.Draft()
	if draft.Subject == "" && draft.Text == "" {
		return tea.Quit
	}
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		if _, err := box.SaveDraft(ctx, draft); err != nil {
			return failed{"The draft could not be saved, so zgoda stays.", err}
		}
		return tea.QuitMsg{}
	}
}
