// Package threadlist is the list of people on the left: tabs, a line to find
// in, and a row of two lines for each person.
//
// The way through it:
//
//  1. threadlist.go: the model, its keys and the mouse.
//  2. window.go: the rows in memory are a window over the store's order; it
//     follows the selection page by page.
//  3. search.go: the line in which one types what to find.
//  4. row.go and view.go: what is drawn. Only the rows on the screen are.
package threadlist

import (
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
)

// rowHeight is the lines of one person, headHeight those over the first.
const (
	rowHeight  = 2
	headHeight = 2
)

// Model is the list.
type Model struct {
	styles  theme.Styles
	keys    keys.List
	search  keys.Search
	all     keys.Map
	w, h    int
	now     time.Time
	focused bool

	split  consent.Split
	query  string // what the rows shown were searched for
	counts consent.Counts
	input  textinput.Model
	typing bool

	win     window
	err     error
	settled bool // see Settle
}

// New is a list of leads; nothing is loaded before Reload.
func New(styles theme.Styles, k keys.Map) *Model {
	input := textinput.New()
	input.Prompt, input.Placeholder = "/ ", "name, company, address or subject"
	input.SetVirtualCursor(false)
	m := &Model{keys: k.List, search: k.Search, all: k, split: consent.SplitLeads, input: input}
	m.SetStyles(styles)
	return m
}

// SetStyles changes the theme while running.
func (m *Model) SetStyles(styles theme.Styles) {
	m.styles = styles
	state := textinput.StyleState{Text: styles.Input, Placeholder: styles.Placeholder, Prompt: styles.Prompt}
	m.input.SetStyles(textinput.Styles{Focused: state, Blurred: state})
}

// SetSize gives the list its cells.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = w, h
	m.input.SetWidth(max(1, w-14))
	m.win.keepVisible(m.visible())
}

// SetNow tells the time, for ages.
func (m *Model) SetNow(now time.Time) { m.now = now }

// SetFocused says whether the keys come here.
func (m *Model) SetFocused(focused bool) { m.focused = focused }

// Settle says that the selection is somebody's choice from now on. Before, while
// the first mails of a start are coming in and no key was pressed, it stays at
// the top; after, it stays on its person, for the rep may be reading.
func (m *Model) Settle() { m.settled = true }

// Split is the tab that is open.
func (m *Model) Split() consent.Split { return m.split }

// Typing reports whether letters go into the search.
func (m *Model) Typing() bool { return m.typing }

// Found reports whether the rows are those of a search.
func (m *Model) Found() bool { return m.input.Value() != "" }

// Row is the selected row; false when there is none.
func (m *Model) Row() (consent.Row, bool) { return m.win.selected() }

// Err is why the rows could not be read, nil when they could.
func (m *Model) Err() error { return m.err }

// Loaded reports whether any answer came since the list was opened.
func (m *Model) Loaded() bool { return m.win.loaded }

// Counts is what the tabs show.
func (m *Model) Counts() consent.Counts { return m.counts }

func (m *Model) visible() int { return max(1, (m.h-headHeight)/rowHeight) }

// Update takes a fact, a key or the mouse (with coordinates of the list).
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	switch msg := msg.(type) {
	case event.RowsLoaded:
		return m.rowsLoaded(msg), nil
	case event.CountsLoaded:
		if msg.Err == nil {
			m.counts = msg.Counts
		}
	case tea.KeyPressMsg:
		m.settled = true
		if m.typing {
			return m.typed(msg)
		}
		return m.pressed(msg), nil
	case tea.PasteMsg:
		if m.typing {
			return m.typed(msg)
		}
	case tea.MouseClickMsg:
		m.settled = true
		return m.clicked(msg), nil
	case tea.MouseWheelMsg:
		m.settled = true
		return m.wheeled(msg), nil
	}
	return nil, nil
}

func (m *Model) pressed(press tea.KeyPressMsg) event.Wish {
	k, rows := m.keys, m.visible()
	switch {
	case k.Down.Is(press):
		return m.move(1)
	case k.Up.Is(press):
		return m.move(-1)
	case k.HalfDown.Is(press):
		return m.move(max(1, rows/2))
	case k.HalfUp.Is(press):
		return m.move(-max(1, rows/2))
	case k.Top.Is(press):
		return m.edge(true)
	case k.Bottom.Is(press):
		return m.edge(false)
	case k.NextSplit.Is(press):
		return m.NextSplit(1)
	case k.PrevSplit.Is(press):
		return m.NextSplit(-1)
	case k.Find.Is(press):
		m.Find()
	case k.Back.Is(press):
		if m.Found() {
			return m.clearSearch()
		}
	case k.Open.Is(press):
		if row, ok := m.Row(); ok {
			return event.Opened{Person: row.Lead.ID}
		}
	}
	return nil
}

// beside is the split n tabs further on, round the end.
func beside(split consent.Split, n int) consent.Split {
	list := splits()
	for i, s := range list {
		if s == split {
			return list[(i+n+len(list))%len(list)]
		}
	}
	return consent.SplitLeads
}

func splits() []consent.Split {
	return []consent.Split{consent.SplitLeads, consent.SplitNew, consent.SplitAll}
}

// NextSplit opens the tab n further on.
func (m *Model) NextSplit(n int) event.Wish { return m.SetSplit(beside(m.split, n)) }

// SetSplit opens a tab; its rows come from the top.
func (m *Model) SetSplit(split consent.Split) event.Wish {
	if split == m.split {
		return nil
	}
	m.split = split
	m.win = window{seq: m.win.seq}
	return m.replace(consent.Cursor{}, false)
}

func (m *Model) clicked(msg tea.MouseClickMsg) event.Wish {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	if msg.Y == 0 {
		for _, tab := range m.tabs() {
			if msg.X >= tab.from && msg.X < tab.to {
				return m.SetSplit(tab.split)
			}
		}
		return nil
	}
	at := m.win.top + (msg.Y-headHeight)/rowHeight
	if msg.Y < headHeight || at < 0 || at >= len(m.win.rows) {
		return nil
	}
	if at == m.win.sel {
		return event.Opened{Person: m.win.rows[at].Lead.ID}
	}
	return m.move(at - m.win.sel)
}

func (m *Model) wheeled(msg tea.MouseWheelMsg) event.Wish {
	switch msg.Button {
	case tea.MouseWheelDown:
		return m.move(1)
	case tea.MouseWheelUp:
		return m.move(-1)
	}
	return nil
}

// Select puts the selection on a person if they are in the window.
func (m *Model) Select(person mail.PersonID) bool {
	ok := m.win.seek(person)
	m.win.keepVisible(m.visible())
	return ok
}

// Keys is what works here now.
func (m *Model) Keys() []keys.Binding {
	if m.typing {
		return []keys.Binding{m.search.Accept, m.search.Clear, m.search.Down, m.search.Up}
	}
	return []keys.Binding{m.keys.Down, m.keys.Up, m.keys.Open, m.keys.NextSplit, m.keys.Find}
}
