package threadlist

import (
	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/ui/event"
)

// typed takes a key while the search is open. There is no timer between the
// keys: while an answer is on its way nothing more is asked, and what was
// typed meanwhile is asked when it arrives. So a slow store is asked seldom and
// a quick one at every letter.
func (m *Model) typed(msg tea.Msg) (event.Wish, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case m.search.Accept.Is(press):
			m.stopTyping()
			return nil, nil
		case m.search.Clear.Is(press):
			return m.clearSearch(), nil
		case m.search.Down.Is(press):
			return m.move(1), nil
		case m.search.Up.Is(press):
			return m.move(-1), nil
		}
	}
	before := m.input.Value()
	input, _ := m.input.Update(msg) // its command only blinks
	m.input = input
	if m.input.Value() == before || m.win.asked == askReplace {
		return nil, nil
	}
	return m.replace(consent.Cursor{}, false), nil
}

// Find opens the line in which one types what to find.
func (m *Model) Find() {
	m.typing = true
	m.input.CursorEnd()
	m.input.Focus() // its command only blinks a cursor that we do not draw
}

func (m *Model) stopTyping() {
	m.typing = false
	m.input.Blur()
}

// clearSearch forgets the search and asks for the whole list.
func (m *Model) clearSearch() event.Wish {
	m.stopTyping()
	if m.input.Value() == "" {
		return nil
	}
	m.input.SetValue("")
	return m.replace(consent.Cursor{}, false)
}

// Search looks for text in everybody, as if it had been typed and kept.
func (m *Model) Search(text string) event.Wish {
	m.stopTyping()
	m.split = consent.SplitAll
	m.input.SetValue(text)
	m.win = window{seq: m.win.seq}
	return m.replace(consent.Cursor{}, false)
}
