// Package person is the lead card: who it is, where we have them from, what
// they agreed to and how we know. It only reads.
//
// The way through it:
//
//  1. person.go: the model and its keys.
//  2. card.go: the facts of the person become lines.
//  3. rights.go: badges spelled out, country rule, ledger.
package person

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// Model is the card.
type Model struct {
	styles  theme.Styles
	keys    keys.Card
	act     keys.List
	w, h    int
	now     time.Time
	focused bool

	row      consent.Row
	history  consent.History
	tracking map[consent.Purpose]consent.Verdict
	loaded   bool

	lines  []string
	built  bool
	scroll layout.Scroll
}

// New is the card of nobody. act are the keys that the card names.
func New(styles theme.Styles, card keys.Card, act keys.List) *Model {
	return &Model{styles: styles, keys: card, act: act}
}

// SetStyles changes the theme while running.
func (m *Model) SetStyles(styles theme.Styles) { m.styles, m.built = styles, false }

// SetSize gives the card its cells.
func (m *Model) SetSize(w, h int) { m.w, m.h, m.built = w, h, false }

// SetNow tells the time; the card says days only.
func (m *Model) SetNow(now time.Time) {
	if m.now.Format("2 15") != now.Format("2 15") {
		m.built = false
	}
	m.now = now
}

// SetFocused says whether the keys come here.
func (m *Model) SetFocused(focused bool) { m.focused, m.built = focused, false }

// Show puts a row on the card; its history is still to come when it is
// somebody else's.
func (m *Model) Show(row consent.Row) {
	if row.Lead.ID != m.row.Lead.ID {
		m.history, m.tracking, m.loaded, m.scroll = consent.History{}, nil, false, layout.Scroll{}
	}
	m.row, m.built = row, false
}

// Person is whose card it is.
func (m *Model) Person() mail.PersonID { return m.row.Lead.ID }

// Update takes a fact, a key or the wheel.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	switch msg := msg.(type) {
	case event.PersonLoaded:
		if msg.Person == m.row.Lead.ID && msg.Err == nil {
			m.history, m.tracking, m.loaded, m.built = msg.History, msg.Tracking, true, false
			m.row.Lead = msg.History.Lead
		}
	case tea.KeyPressMsg:
		switch {
		case m.keys.Down.Is(msg):
			m.scrollBy(1)
		case m.keys.Up.Is(msg):
			m.scrollBy(-1)
		case m.keys.Back.Is(msg):
			return event.Left{}, nil
		}
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelDown:
			m.scrollBy(3)
		case tea.MouseWheelUp:
			m.scrollBy(-3)
		}
	}
	return nil, nil
}

func (m *Model) scrollBy(n int) {
	m.build()
	m.scroll.By(n, len(m.lines), m.h)
}

// View is the card, exactly its size.
func (m *Model) View() string {
	if m.w <= 0 || m.h <= 0 {
		return ""
	}
	if m.row.Lead.ID == 0 {
		return layout.Block("\n"+m.rule(), m.w, m.h)
	}
	m.build()
	return m.scroll.Show(m.lines, m.w, m.h)
}

// Cursor is where the terminal's cursor belongs.
func (m *Model) Cursor() *tea.Cursor { return tea.NewCursor(1, 0) }

// Keys is what works here now.
func (m *Model) Keys() []keys.Binding { return []keys.Binding{m.keys.Down, m.keys.Up, m.keys.Back} }

func (m *Model) width() int { return max(8, m.w-3) }

// say appends text, wrapped and in one style.
func (m *Model) say(style interface{ Render(...string) string }, text string) {
	for _, line := range layout.Wrap(text, m.width()) {
		m.lines = append(m.lines, "  "+style.Render(line))
	}
}

// rule is the thin line under a heading.
func (m *Model) rule() string { return m.styles.PanelBorder.Render(strings.Repeat("─", m.w)) }
