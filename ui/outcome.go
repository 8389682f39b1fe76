package ui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
)

// tell shows an error: its own sentence and next step when it has them.
func (m *Model) tell(what string, err error) {
	n := event.Notify{Text: what, Tone: event.Bad}
	var problem *mail.Problem
	var refusal *consent.Refusal
	switch {
	case errors.As(err, &problem):
		n.Text, n.Next = problem.Sentence, problem.NextStep
	case errors.As(err, &refusal):
		n.Text, n.Next = refusal.Reason(), refusal.Way()
	}
	m.toasts.Show(n)
}

// leadMade says who is a lead now, and how to take it back.
func (m *Model) leadMade(msg leadMade) tea.Cmd {
	if msg.err != nil {
		m.tell("Nobody was made a lead.", msg.err)
		return nil
	}
	m.canUndo(undo{back: func() tea.Cmd { return m.unmakeLead(msg.lead) }})
	key, _ := m.keys.Global.Undo.Short()
	m.toasts.Show(event.Notify{Text: msg.lead.Call() + " is a lead now", Next: key + " takes it back", Tone: event.Good})
	return m.reload(msg.lead.ID)
}

// draftQueued starts the countdown of a mail on its way; a refusal stays with
// the composer, which shows it.
func (m *Model) draftQueued(msg event.DraftQueued) tea.Cmd {
	if msg.Err != nil {
		if !m.composer.Open() {
			m.tell("The mail was not sent.", msg.Err)
		}
		return nil
	}
	out := msg.Outgoing
	delete(m.settled, out.ID)
	name := out.To.Label()
	if row, ok := m.selected(); ok && row.Lead.ID == out.Person {
		name = row.Lead.Call()
	}
	m.toasts.Hold(out.ID, name, out.DueAt)
	m.canUndo(undo{id: out.ID, back: func() tea.Cmd { return m.takeBack(out.ID) }})
	return tea.Batch(m.loadOutgoing(), m.reload(out.Person))
}

// draftTaken opens a mail that was taken back in the composer.
func (m *Model) draftTaken(msg event.DraftTaken) tea.Cmd {
	if msg.Err != nil {
		delete(m.settled, msg.Draft.ID) // so that its end will be told
		if !m.outbox.open {
			m.tell("It has left already and cannot be taken back.", msg.Err)
		}
		return nil
	}
	m.outbox.open = false
	m.toasts.Show(event.Notify{Text: "Taken back. Nothing was sent.", Tone: event.Good})
	return tea.Batch(m.loadCompose(event.Compose{Person: msg.Draft.Person}), m.loadOutgoing(), m.reload(msg.Draft.Person))
}

// openPerson goes to a person's conversation, wherever in the inbox they are.
func (m *Model) openPerson(w event.OpenPerson) tea.Cmd {
	id := w.Person
	if m.list.Select(id) {
		return tea.Batch(m.show(id), m.opened(id))
	}
	if w.Address != "" {
		m.setFocus(onThread)
		return m.wishes(m.list.Search(w.Address))
	}
	for _, out := range m.outgoing {
		if out.Person == id {
			m.setFocus(onThread)
			return m.wishes(m.list.Search(out.To.Email))
		}
	}
	return nil
}

// tellOutcomes says how a mail ended that was on its way a moment ago. One that
// is in the outbox no more was sent, unless the rep ended it.
func (m *Model) tellOutcomes(before []mail.Outgoing) {
	for _, was := range before {
		if was.State != mail.Queued && was.State != mail.Sending {
			continue
		}
		is := mail.Outgoing{Draft: was.Draft, State: mail.Sent}
		for _, out := range m.outgoing {
			if out.ID == was.ID {
				is = out
			}
		}
		if is.State == mail.Queued || m.settled[was.ID] {
			continue
		}
		m.toasts.Release(was.ID)
		m.forget(was.ID)
		switch is.State {
		case mail.Sent:
			m.toasts.Show(event.Notify{Text: "Sent to " + was.To.Label() + ".", Tone: event.Good})
		case mail.Unknown, mail.Failed, mail.Refused:
			m.toasts.Show(event.Notify{Text: outcome(is), Next: is.NextStep, Tone: event.Bad})
		}
	}
}

func outcome(out mail.Outgoing) string {
	if out.Reason != "" {
		return out.Reason
	}
	return "The mail to " + out.To.Label() + " is " + string(out.State) + "."
}
