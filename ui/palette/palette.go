// Package palette finds an action by a few letters of its name. Disabled ones
// stay in the list with their reason: what cannot be done should be learnt
// here and not guessed.
package palette

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// Model is the palette.
type Model struct {
	styles theme.Styles
	keys   keys.Map
	items  []keys.Binding
	found  []fuzzy.Match
	sel    int
	w, h   int
	input  textinput.Model
}

// New is a palette over these bindings; one without a title is left out, and
// an action that is named twice stands once.
func New(styles theme.Styles, k keys.Map, bindings []keys.Binding) *Model {
	m := &Model{styles: styles, keys: k, input: textinput.New()}
	seen := map[keys.Action]bool{k.Global.Palette.Action: true}
	for _, b := range bindings {
		if b.Title != "" && !seen[b.Action] {
			seen[b.Action] = true
			m.items = append(m.items, b)
		}
	}
	m.input.Prompt, m.input.Placeholder = "› ", "what do you want to do?"
	m.input.SetVirtualCursor(false)
	state := textinput.StyleState{Text: styles.Input, Placeholder: styles.Placeholder, Prompt: styles.Prompt}
	m.input.SetStyles(textinput.Styles{Focused: state, Blurred: state})
	m.input.Focus()
	m.search()
	return m
}

// SetSize gives the palette its cells.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = w, h
	m.input.SetWidth(max(1, w-6))
}

// Title stands in the border.
func (m *Model) Title() string { return "Find an action" }

// Update takes a key.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case m.keys.Search.Clear.Is(press), m.keys.Global.Palette.Is(press):
			return event.CloseOverlay{}, nil
		case m.keys.Search.Accept.Is(press):
			return m.choose(), nil
		case m.keys.Search.Down.Is(press):
			m.sel = min(m.sel+1, len(m.found)-1)
			return nil, nil
		case m.keys.Search.Up.Is(press):
			m.sel = max(m.sel-1, 0)
			return nil, nil
		}
	}
	before := m.input.Value()
	input, _ := m.input.Update(msg) // its command only blinks
	m.input = input
	if m.input.Value() != before {
		m.search()
	}
	return nil, nil
}

// choose is the selected action; a disabled one says why instead.
func (m *Model) choose() event.Wish {
	if m.sel < 0 || m.sel >= len(m.found) {
		return nil
	}
	b := m.items[m.found[m.sel].Index]
	if b.Off() {
		return event.Notify{Text: b.Why, Tone: event.Warn}
	}
	return event.Many{event.CloseOverlay{}, event.Act{Action: string(b.Action)}}
}

// titles is the items as fuzzy wants them.
type titles []keys.Binding

func (t titles) String(i int) string { return t[i].Title }
func (t titles) Len() int            { return len(t) }

func (m *Model) search() {
	m.sel = 0
	if word := strings.TrimSpace(m.input.Value()); word != "" {
		m.found = fuzzy.FindFrom(word, titles(m.items))
		return
	}
	m.found = m.found[:0]
	for i := range m.items {
		m.found = append(m.found, fuzzy.Match{Index: i})
	}
}

// Keys is what works here now.
func (m *Model) Keys() []keys.Binding {
	k := m.keys.Search
	return []keys.Binding{k.Accept.As("do it"), k.Down, k.Up, k.Clear.As("close")}
}

// View is the palette, exactly its size.
func (m *Model) View() string {
	if m.w <= 0 || m.h <= 0 {
		return ""
	}
	lines := []string{" " + m.input.View(), m.styles.PanelBorder.Render(strings.Repeat("─", m.w))}
	room := max(1, m.h-len(lines))
	top := max(0, m.sel-room+1)
	for i := top; i < min(len(m.found), top+room); i++ {
		lines = append(lines, m.line(m.found[i], i == m.sel))
	}
	if len(m.found) == 0 {
		lines = append(lines, " "+m.styles.Muted.Render("Nothing is called that."))
	}
	return layout.Block(strings.Join(lines, "\n"), m.w, m.h)
}

func (m *Model) line(match fuzzy.Match, selected bool) string {
	b := m.items[match.Index]
	bar := " "
	if selected {
		bar = "▌"
	}
	text, key := m.styles.Text, m.styles.Key
	if b.Off() {
		text, key = m.styles.KeyOff, m.styles.KeyOff
	}
	title := b.Title
	if b.Off() {
		title += " — " + b.Why
	}
	name, _ := b.Short()
	on := m.styles.On
	width := max(1, m.w-4-layout.Width(name))
	return on(m.styles.Bar, selected, true).Render(bar) + on(text, selected, true).Render(" "+layout.Fit(title, width)) +
		on(key, selected, true).Render(name+" ") + on(text, selected, true).Render(" ")
}

// Cursor is where the terminal's cursor belongs.
func (m *Model) Cursor() *tea.Cursor {
	c := m.input.Cursor()
	if c != nil {
		c.X++
	}
	return c
}
