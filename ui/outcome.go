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
func (m *Model) openPerson(id mail.PersonID) tea.Cmd {
	if m.list.Select(id) {
		return tea.Batch(m.show(id), m.opened(id))
	}
	for _, out := range m.outgoing {
		if out.Person == id {
			m.setFocus(onThread)
			return m.wishes(m.list.Search(out.To.Email))
		}
	}
	return nil
}
