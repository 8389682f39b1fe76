// Package thread is the conversation with one person: what they wrote and what
// we wrote, in one column, oldest first.
//
// The way through it:
//
//  1. thread.go: the model, its keys; the lines are made once for each answer.
//  2. entry.go: one mail becomes lines.
//  3. quote.go: quoted text is folded.
//  4. outgoing.go: what a mail on its way says of itself.
//  5. view.go: the window over the lines, and the states without mails.
package thread

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// Model is the conversation.
type Model struct {
	styles  theme.Styles
	keys    keys.Thread
	all     keys.Map
	w, h    int
	now     time.Time
	focused bool

	person  mail.PersonID
	lead    consent.Lead
	entries []mail.Entry
	held    mail.MessageID // of theirs that seems to ask us to stop, "" for none
	why     string         // what of it holds all mail back
	loaded  bool
	err     error

	unfolded bool
	lines    []string
	built    bool
	scroll   layout.Scroll
	newest   int // line on which the newest mail begins
}

// New is a conversation with nobody.
func New(styles theme.Styles, k keys.Map) *Model {
	return &Model{styles: styles, keys: k.Thread, all: k}
}

// SetStyles changes the theme while running.
func (m *Model) SetStyles(styles theme.Styles) { m.styles, m.built = styles, false }

// SetSize gives the conversation its cells.
func (m *Model) SetSize(w, h int) {
	if w != m.w {
		m.built = false
	}
	atEnd := m.atEnd()
	m.w, m.h = w, h
	if atEnd {
		m.toNewest()
	}
}

// SetNow tells the time. Lines are made again when what they say of it changes.
func (m *Model) SetNow(now time.Time) {
	if m.counting() || m.now.Format("2 15:04") != now.Format("2 15:04") {
		m.built = false
	}
	m.now = now
}

// counting reports whether a countdown is on the screen.
func (m *Model) counting() bool {
	for _, e := range m.entries {
		if e.Outgoing != nil && e.Outgoing.State == mail.Queued {
			return true
		}
	}
	return false
}

// SetFocused says whether the keys come here.
func (m *Model) SetFocused(focused bool) { m.focused = focused }

// Person is whose conversation it is.
func (m *Model) Person() mail.PersonID { return m.person }

// Show opens the conversation with a person whose mails are still to come.
func (m *Model) Show(lead consent.Lead) {
	if lead.ID == m.person {
		m.lead, m.built = lead, false
		return
	}
	m.person, m.lead, m.entries, m.loaded, m.err = lead.ID, lead, nil, false, nil
	m.unfolded, m.built, m.scroll = false, false, layout.Scroll{}
}

// Hold says which of their mails seems to ask us to stop and waits to be read;
// "" for none.
func (m *Model) Hold(held consent.Inbound) {
	why := "seems to ask you to stop"
	if held.Doubt != "" {
		why = "must be read by you"
	}
	if held.ID != m.held || why != m.why {
		m.held, m.why, m.built = held.ID, why, false
	}
}

// Newest is the newest mail that the person wrote; false when there is none.
func (m *Model) Newest() (mail.Message, bool) {
	for i := len(m.entries) - 1; i >= 0; i-- {
		if !m.entries[i].Out {
			return m.entries[i].Message, true
		}
	}
	return mail.Message{}, false
}

// Update takes a fact, a key or the wheel.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	switch msg := msg.(type) {
	case event.PersonLoaded:
		m.take(msg)
	case tea.KeyPressMsg:
		return m.pressed(msg), nil
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelDown:
			m.ScrollBy(3)
		case tea.MouseWheelUp:
			m.ScrollBy(-3)
		}
	}
	return nil, nil
}

func (m *Model) take(msg event.PersonLoaded) {
	if msg.Person != m.person {
		return
	}
	first, follow := !m.loaded, m.atEnd()
	more := len(msg.Entries) > len(m.entries)
	m.entries, m.err, m.loaded, m.built = msg.Entries, msg.Err, true, false
	if msg.Err == nil {
		m.lead = msg.History.Lead
	}
	// Who read the newest mail goes on reading it, also when a reload was shorter
	// for a moment: a mail that leaves the outbox and is not in Sent yet.
	m.build()
	if first || follow && (more || !m.atEnd()) {
		m.toNewest()
	}
}

func (m *Model) pressed(press tea.KeyPressMsg) event.Wish {
	k := m.keys
	switch {
	case k.Down.Is(press):
		m.ScrollBy(1)
	case k.Up.Is(press):
		m.ScrollBy(-1)
	case k.HalfDown.Is(press):
		m.ScrollBy(max(1, m.bodyHeight()/2))
	case k.HalfUp.Is(press):
		m.ScrollBy(-max(1, m.bodyHeight()/2))
	case k.Top.Is(press):
		m.scroll.Top = 0
	case k.Bottom.Is(press):
		m.build()
		m.scroll.Bottom(len(m.lines), m.bodyHeight())
	case k.Unfold.Is(press):
		m.unfolded, m.built = !m.unfolded, false
	case k.Back.Is(press):
		return event.Left{}
	}
	return nil
}

// ScrollBy scrolls n lines.
func (m *Model) ScrollBy(n int) {
	m.build()
	m.scroll.By(n, len(m.lines), m.bodyHeight())
}

// toNewest shows the newest mail from its beginning, or the end of all when
// the newest is short.
func (m *Model) toNewest() {
	m.build()
	m.scroll.Bottom(len(m.lines), m.bodyHeight())
	m.scroll.Top = min(m.scroll.Top, m.newest)
}

func (m *Model) atEnd() bool {
	return m.scroll.Top >= min(m.newest, len(m.lines)-m.bodyHeight())
}

// Keys is what works here now.
func (m *Model) Keys() []keys.Binding {
	return []keys.Binding{m.keys.Down, m.keys.Up, m.keys.Unfold, m.keys.Back}
}

// Page is how many lines a key scrolls from the list.
func (m *Model) Page() int { return max(1, m.bodyHeight()/2) }
