package ui

import (
	tea "charm.land/bubbletea/v2"

	"zgoda/mail"
	"zgoda/ui/event"
)

// undo is one step that can be taken back.
type undo struct {
	id   mail.DraftID // of a mail on its way, else zero
	back func() tea.Cmd
}

// mostUndos is how many steps are kept.
const mostUndos = 20

func (m *Model) canUndo(u undo) {
	m.undos = append(m.undos, u)
	if over := len(m.undos) - mostUndos; over > 0 {
		m.undos = m.undos[over:]
	}
}

// forget drops the way back of a mail that has left.
func (m *Model) forget(id mail.DraftID) {
	for i, u := range m.undos {
		if u.id == id && id != 0 {
			m.undos = append(m.undos[:i:i], m.undos[i+1:]...)
			return
		}
	}
}

// undoLast takes the newest step back.
func (m *Model) undoLast() tea.Cmd {
	last := m.undos[len(m.undos)-1]
	m.undos = m.undos[:len(m.undos)-1]
	m.toasts.Release(last.id)
	return last.back()
}

// undone says that a step was taken back.
func (m *Model) undone(msg undone) tea.Cmd {
	if msg.err != nil {
		m.tell("That could not be taken back.", msg.err)
		return nil
	}
	m.toasts.Show(event.Notify{Text: msg.said, Tone: event.Good})
	return m.reload(msg.person)
}
