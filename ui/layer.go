package ui

import (
	tea "charm.land/bubbletea/v2"

	"zgoda/ui/assessform"
	"zgoda/ui/composer"
	"zgoda/ui/consentpane"
	"zgoda/ui/desk"
	"zgoda/ui/dialog"
	"zgoda/ui/erasure"
	"zgoda/ui/event"
	"zgoda/ui/help"
	"zgoda/ui/importpane"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/palette"
	"zgoda/ui/timeline"
)

// layer is what can lie over the panes. The uppermost one has all the keys but
// those that work always.
type layer interface {
	SetSize(w, h int)
	Update(msg tea.Msg) (event.Wish, tea.Cmd)
	View() string
	Keys() []keys.Binding
}

// opener is a layer that is always there and only sometimes open.
type opener interface {
	Open() bool
	Close()
}

// pointer is a layer with a place for the terminal's cursor.
type pointer interface{ Cursor() *tea.Cursor }

// makeLayers makes the layers that wait to be opened, in the theme of now.
func (m *Model) makeLayers() {
	m.composer = composer.New(m.styles, m.keys, composer.Options{
		PortalReady: m.opts.PortalReady, ConfigPath: m.opts.ConfigPath, Controller: m.opts.Controller,
	})
	m.record = consentpane.New(m.styles, m.keys, m.opts.Actor, m.now)
	m.confirm = dialog.New(m.styles, m.keys)
	m.rights = timeline.New(m.styles, m.keys, m.now)
	m.makeForms()
}

// standing is every layer that waits to be opened, the lowest first.
func (m *Model) standing() []layer {
	return []layer{m.outbox, m.desk, m.assess, m.intake, m.composer, m.rights, m.lead, m.record, m.erasure, m.confirm}
}

// layers is what lies over the panes now, the uppermost last.
func (m *Model) layers() []layer {
	var open []layer
	for _, l := range m.standing() {
		if l.(opener).Open() {
			open = append(open, l)
		}
	}
	if m.over != nil {
		open = append(open, m.over)
	}
	return open
}

// top is the layer that has the keys, nil when the panes have them.
func (m *Model) top() layer {
	if open := m.layers(); len(open) > 0 {
		return open[len(open)-1]
	}
	return nil
}

// full reports whether a layer takes the whole room of the panes.
func full(l layer) bool {
	switch l.(type) {
	case *composer.Model, *outbox, *timeline.Model, *desk.Model, *assessform.Model, *importpane.Model:
		return true
	}
	return false
}

// room is where a layer is drawn: the whole room, or a panel in its middle.
func (m *Model) room(l layer, all layout.Box) layout.Box {
	if full(l) {
		return all
	}
	w, h := min(84, all.W-6), min(26, all.H-2)
	switch l := l.(type) {
	case *palette.Model:
		w, h = min(72, w), min(16, h)
	case *help.Model:
		h = min(34, all.H-2)
	case *erasure.Model:
		h = max(min(h, 18), min(h, l.Height(w-2)+2))
	case *dialog.Model:
		w = min(64, w)
		h = min(h, l.Height(w-2)+2)
	}
	return layout.Box{X: all.X + (all.W-w)/2, Y: all.Y + max(0, (all.H-h)/3), W: max(4, w), H: max(3, h)}
}

// openPalette lists every act with its key, and why some are off. Over another
// layer it lists what works there: nothing may go on below a mail being written.
func (m *Model) openPalette() {
	if top := m.top(); top != nil {
		m.over = palette.New(m.styles, m.keys, top.Keys())
		m.cut()
		return
	}
	g := m.keys.Global
	list := append(m.acts(), m.off(g.Undo), m.off(g.Sync), m.off(g.Cancel), g.Outbox, m.off(g.Desk), m.off(g.Import), m.keys.List.Find, m.keys.List.NextSplit, g.Help, g.Quit)
	m.over = palette.New(m.styles, m.keys, list)
	m.cut()
}

// openHelp lists the keys of where the rep stands.
func (m *Model) openHelp() {
	g := m.keys.Global
	sections := []keys.Section{{Scope: keys.ScopeList, Bindings: append([]keys.Binding{
		m.keys.List.Down, m.keys.List.Up, m.keys.List.Top, m.keys.List.Bottom, m.keys.List.HalfDown, m.keys.List.HalfUp,
		m.keys.List.Open, m.keys.List.Back, m.keys.List.NextSplit, m.keys.List.PrevSplit, m.keys.List.Find,
		m.keys.List.ScrollDown, m.keys.List.ScrollUp,
	}, m.acts()...)}}
	for _, s := range m.keys.Sections() {
		if s.Scope == keys.ScopeThread || s.Scope == keys.ScopeCard {
			sections = append(sections, s)
		}
	}
	everywhere := keys.Section{Scope: keys.ScopeGlobal, Bindings: []keys.Binding{
		g.Palette, g.Help, m.off(g.Undo), m.off(g.Sync), m.off(g.Cancel), g.Outbox, m.off(g.Desk), m.off(g.Import), g.Quit, g.Interrupt,
	}}
	m.over = help.New(m.styles, m.keys, append([]keys.Section{everywhere}, sections...))
	m.cut()
}
