// Package help is the page under "?": every key that works where the rep
// stands, what the badges mean, and which keys are off and why.
package help

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// Model is the page.
type Model struct {
	styles   theme.Styles
	keys     keys.Map
	sections []keys.Section
	w, h     int
	scroll   layout.Scroll
}

// New is the page for these scopes.
func New(styles theme.Styles, k keys.Map, sections []keys.Section) *Model {
	return &Model{styles: styles, keys: k, sections: sections}
}

// SetSize gives the page its cells.
func (m *Model) SetSize(w, h int) { m.w, m.h = w, h }

// Title stands in the border.
func (m *Model) Title() string { return "Keys" }

// Update takes a key or the wheel.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		k := m.keys.Thread
		switch {
		case m.keys.Global.Help.Is(msg), m.keys.Dialog.Close.Is(msg), m.keys.Global.Quit.Is(msg):
			return event.CloseOverlay{}, nil
		case k.Down.Is(msg):
			m.by(1)
		case k.Up.Is(msg):
			m.by(-1)
		case k.HalfDown.Is(msg):
			m.by(m.h / 2)
		case k.HalfUp.Is(msg):
			m.by(-m.h / 2)
		}
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelDown:
			m.by(3)
		case tea.MouseWheelUp:
			m.by(-3)
		}
	}
	return nil, nil
}

func (m *Model) by(n int) { m.scroll.By(n, len(m.lines()), m.h) }

// Keys is what works here now.
func (m *Model) Keys() []keys.Binding {
	return []keys.Binding{m.keys.Thread.Down, m.keys.Thread.Up, m.keys.Dialog.Close.As("close")}
}

// View is the page, exactly its size.
func (m *Model) View() string {
	if m.w <= 0 || m.h <= 0 {
		return ""
	}
	return m.scroll.Show(m.lines(), m.w, m.h)
}

// keyColumn is the cells of the column of keys.
const keyColumn = 11

func (m *Model) lines() []string {
	lines := []string{" " + m.styles.Title.Render("Badges") + m.styles.Muted.Render("   M marketing   O opens   C clicks   D device")}
	legend := theme.Legend(m.styles)
	if layout.Width(legend)+1 > m.w {
		half := strings.SplitAfter(legend, "granted")
		for _, part := range half {
			lines = append(lines, " "+strings.TrimLeft(part, " "))
		}
	} else {
		lines = append(lines, " "+legend)
	}
	for _, mark := range theme.Marks(m.styles) {
		lines = append(lines, " "+layout.Fit(mark[0], keyColumn+2)+m.styles.Muted.Render(mark[1]))
	}
	for _, section := range m.sections {
		lines = append(lines, "", " "+m.styles.Title.Render(string(section.Scope)))
		for _, b := range section.Bindings {
			lines = append(lines, m.binding(b))
		}
	}
	return lines
}

func (m *Model) binding(b keys.Binding) string {
	name, _ := b.Short()
	if b.Off() {
		return " " + m.styles.KeyOff.Render(layout.Fit(name, keyColumn)+b.Title) + m.styles.Warn.Render("  "+b.Why)
	}
	return " " + m.styles.Key.Render(layout.Fit(name, keyColumn)) + m.styles.Text.Render(b.Title)
}
