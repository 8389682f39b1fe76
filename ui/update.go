package ui

import (
	tea "charm.land/bubbletea/v2"

	"zgoda/ui/event"
	"zgoda/ui/keys"
)

// Update routes a message; it knows no feature.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.drawn = false
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		m.cut()
		return m, nil
	case tea.BackgroundColorMsg:
		m.restyle(msg.IsDark())
		return m, nil
	case tea.KeyPressMsg:
		m.list.Settle()
		return m, m.pressed(msg)
	case tea.PasteMsg:
		return m, m.pasted(msg)
	case tea.MouseClickMsg, tea.MouseWheelMsg:
		return m, m.moused(msg)
	case tea.MouseMsg, tea.KeyReleaseMsg, tea.FocusMsg, tea.BlurMsg:
		m.drawn = true // nothing changed: keep the frame
		return m, nil
	}
	return m, m.fact(msg)
}

// pressed gives a key to the innermost scope that wants it.
func (m *Model) pressed(press tea.KeyPressMsg) tea.Cmd {
	g := m.keys.Global
	if g.Interrupt.Is(press) {
		return m.quit()
	}
	if m.opts.FirstRun != "" {
		return m.pressedFirst(press)
	}
	top := m.top()
	if g.Palette.Is(press) && m.over == nil {
		m.openPalette()
		return nil
	}
	if top != nil {
		return m.to(top, press)
	}
	if m.list.Typing() {
		return m.did(m.list.Update(press))
	}
	if b, ok := keys.Find(m.everywhere(), press); ok {
		return m.act(b.Action)
	}
	if b, ok := keys.Find(m.acts(), press); ok {
		return m.act(b.Action)
	}
	return m.toPane(press)
}

// pressedFirst is all that works before zgoda was set up.
func (m *Model) pressedFirst(press tea.KeyPressMsg) tea.Cmd {
	if m.keys.Global.Quit.Is(press) || m.keys.Dialog.Close.Is(press) {
		return tea.Quit
	}
	return nil
}

// everywhere is the keys that work in every pane.
func (m *Model) everywhere() []keys.Binding {
	g := m.keys.Global
	return []keys.Binding{g.Help, g.Undo, g.Sync, g.Cancel, g.Outbox, g.Desk, g.Import, g.Quit}
}

// toPane gives a key to the pane that has the focus.
func (m *Model) toPane(press tea.KeyPressMsg) tea.Cmd {
	k := m.keys.List
	if m.focus != onList && (k.NextSplit.Is(press) || k.PrevSplit.Is(press) || k.Find.Is(press)) {
		m.setFocus(onList)
	}
	switch m.focus {
	case onThread:
		return m.did(m.thread.Update(press))
	case onCard:
		return m.did(m.card.Update(press))
	}
	switch {
	case k.ScrollDown.Is(press):
		m.thread.ScrollBy(m.thread.Page())
		return nil
	case k.ScrollUp.Is(press):
		m.thread.ScrollBy(-m.thread.Page())
		return nil
	}
	return m.did(m.list.Update(press))
}

// to gives a message to a layer and does what it wishes.
func (m *Model) to(l layer, msg tea.Msg) tea.Cmd {
	cmd := m.did(l.Update(msg))
	m.cut() // it may have closed, or need other room
	return cmd
}

// did does what a component wished.
func (m *Model) did(wish event.Wish, cmd tea.Cmd) tea.Cmd {
	if wish == nil {
		return cmd
	}
	return tea.Batch(cmd, m.wishes(wish))
}

func (m *Model) pasted(msg tea.PasteMsg) tea.Cmd {
	if top := m.top(); top != nil {
		return m.to(top, msg)
	}
	if m.list.Typing() {
		return m.did(m.list.Update(msg))
	}
	return nil
}

// moused gives the mouse to what lies under it.
func (m *Model) moused(msg tea.Msg) tea.Cmd {
	if m.opts.FirstRun != "" || m.tooSmall() {
		return nil
	}
	if top := m.top(); top != nil {
		if _, wheel := msg.(tea.MouseWheelMsg); wheel {
			return m.to(top, msg)
		}
		return nil
	}
	at := msg.(tea.MouseMsg).Mouse()
	switch {
	case m.boxes.list.Contains(at.X, at.Y):
		m.setFocus(onList)
		return m.did(m.list.Update(moved(msg, -m.boxes.list.X, -m.boxes.list.Y)))
	case m.boxes.thread.Contains(at.X, at.Y):
		m.focusByClick(msg, onThread)
		return m.did(m.thread.Update(msg))
	case m.boxes.card.Contains(at.X, at.Y):
		m.focusByClick(msg, onCard)
		return m.did(m.card.Update(msg))
	}
	return nil
}

func (m *Model) focusByClick(msg tea.Msg, f focus) {
	if _, click := msg.(tea.MouseClickMsg); click {
		m.setFocus(f)
	}
}

// moved is a mouse message in the cells of a pane.
func moved(msg tea.Msg, dx, dy int) tea.Msg {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		msg.X, msg.Y = msg.X+dx, msg.Y+dy
		return msg
	case tea.MouseWheelMsg:
		msg.X, msg.Y = msg.X+dx, msg.Y+dy
		return msg
	}
	return msg
}

// setFocus gives the keys to a pane.
func (m *Model) setFocus(f focus) {
	m.focus = f
	m.list.SetFocused(f == onList)
	m.thread.SetFocused(f == onThread)
	m.card.SetFocused(f == onCard)
	m.cut()
}
