// Package outboxpane is the list of what is on its way, and of what needs a
// person: a mail that failed, one the gate refused, one nobody knows of.
//
// The way through it:
//
//  1. outboxpane.go: [Model], [New]; a fact fills the list, a key acts on the selected mail.
//  2. words.go: what a state means, and what can be done about it.
//  3. view.go: a row for each mail, and under the rows what is to be said of the selected one.
package outboxpane

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
)

// Model is the outbox. It is made by [New] and filled by event.OutgoingLoaded.
type Model struct {
	styles theme.Styles
	by     keys.Outbox
	w, h   int

	list    []mail.Outgoing
	loaded  bool
	at      int
	top     int
	now     time.Time
	note    string
	way     string
	pending mail.DraftID // an act that was not answered yet
}

// New makes an empty outbox. Now is the clock until the first event.Ticked.
func New(styles theme.Styles, bindings keys.Map, now time.Time) *Model {
	return &Model{styles: styles, by: bindings.Outbox, now: now}
}

// SetSize gives the outbox its cells.
func (m *Model) SetSize(w, h int) { m.w, m.h = max(0, w), max(0, h) }

// Selected is the mail under the bar; false when the outbox is empty.
func (m *Model) Selected() (mail.Outgoing, bool) {
	if m.at < 0 || m.at >= len(m.list) {
		return mail.Outgoing{}, false
	}
	return m.list[m.at], true
}

// Update gives the outbox a fact or a key.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	defer m.scroll()
	switch msg := msg.(type) {
	case event.Ticked:
		m.now = msg.Now
	case event.OutgoingLoaded:
		m.load(msg)
	case event.DraftTaken:
		m.answered("This mail could not be taken back.", msg.Err)
	case event.OutgoingResolved:
		m.answered("This could not be written down.", msg.Err)
	case tea.KeyPressMsg:
		return m.press(msg), nil
	}
	return nil, nil
}

// load takes a new list; the selected mail stays selected.
func (m *Model) load(fact event.OutgoingLoaded) {
	m.loaded = true
	if fact.Err != nil {
		m.say("The outbox could not be read.", fact.Err)
		return
	}
	selected, had := m.Selected()
	m.list = fact.Outgoing
	if had {
		for i, o := range m.list {
			if o.ID == selected.ID {
				m.at = i
			}
		}
	}
	m.at = max(0, min(m.at, len(m.list)-1))
}

func (m *Model) answered(words string, err error) {
	m.pending = 0
	if err != nil {
		m.say(words, err)
	}
}

func (m *Model) say(words string, err error) {
	m.note, m.way = words, "Try again; the log says more."
	var problem *mail.Problem
	if errors.As(err, &problem) {
		m.note, m.way = problem.Sentence, problem.NextStep
	}
}

func (m *Model) press(press tea.KeyPressMsg) event.Wish {
	m.note, m.way = "", ""
	switch {
	case m.by.Close.Is(press):
		return event.CloseOverlay{}
	case m.by.Down.Is(press):
		m.at = max(0, min(m.at+1, len(m.list)-1))
		return nil
	case m.by.Up.Is(press):
		m.at = max(m.at-1, 0)
		return nil
	}
	selected, ok := m.Selected()
	if !ok || m.pending == selected.ID {
		return nil
	}
	for _, act := range m.acts(selected) {
		if !act.binding.Is(press) {
			continue
		}
		if act.binding.Off() {
			m.note = act.binding.Why
			return nil
		}
		if act.waits {
			m.pending = selected.ID
		}
		return act.wish
	}
	return nil
}

// Keys is what works on the selected mail, with the reasons of what does not.
func (m *Model) Keys() []keys.Binding {
	list := []keys.Binding{}
	if selected, ok := m.Selected(); ok {
		for _, act := range m.acts(selected) {
			if !act.binding.Off() {
				list = append(list, act.binding)
			}
		}
	}
	return append(list, m.by.Down, m.by.Up, m.by.Close)
}

// Cursor is nil: nothing is typed.
func (m *Model) Cursor() *tea.Cursor { return nil }
