package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"zgoda/ui/layout"
)

// Where the screen is cut. A pane of its own for the conversation needs
// twoFrom columns, one for the card threeFrom.
const (
	twoFrom, threeFrom = 100, 120
	leastW, leastH     = 60, 15
	airyFrom           = 32 // rows from which there is room for an empty line
	headRows           = 2  // head and rule of each pane, which line up
)

// boxes is the screen as it is cut now.
type boxes struct{ status, body, footer, list, thread, card layout.Box }

func (m *Model) twoPanes() bool   { return m.w >= twoFrom }
func (m *Model) threePanes() bool { return m.w >= threeFrom }
func (m *Model) tooSmall() bool   { return m.w < leastW || m.h < leastH }

// cut cuts the boxes once and hands each component its size.
func (m *Model) cut() {
	m.drawn = false
	all := layout.Box{W: m.w, H: m.h}
	b := boxes{}
	m.status.SetWidth(m.w)
	b.status, all = all.CutTop(m.status.Height())
	if m.h >= airyFrom {
		_, all = all.CutTop(1)
	}
	b.body, b.footer = all.CutBottom(1)
	m.cutPanes(&b)
	m.boxes = b
	m.list.SetSize(b.list.W, b.list.H)
	m.thread.SetSize(b.thread.W, b.thread.H)
	m.card.SetSize(b.card.W, b.card.H)
	for _, l := range m.layers() {
		room := m.room(l, b.body)
		if !full(l) {
			room = room.Inset(1, 1)
		}
		l.SetSize(room.W, room.H)
	}
}

func (m *Model) cutPanes(b *boxes) {
	switch {
	case m.threePanes():
		rest := b.body
		b.list, rest = rest.CutLeft(max(42, m.w*35/100))
		_, rest = rest.CutLeft(1)
		b.thread, b.card = rest.CutRight(max(30, m.w*24/100))
		b.thread, _ = b.thread.CutRight(1)
	case m.twoPanes():
		rest := b.body
		b.list, rest = rest.CutLeft(46)
		_, rest = rest.CutLeft(1)
		if m.focus == onCard {
			b.card = rest
		} else {
			b.thread = rest
		}
	case m.focus == onThread:
		b.thread = b.body
	case m.focus == onCard:
		b.card = b.body
	default:
		b.list = b.body
	}
}

// View gives the frame; while nothing changed it is the same one.
func (m *Model) View() tea.View {
	if m.drawn && m.frame.Content != "" {
		return m.frame
	}
	v := tea.NewView("")
	v.AltScreen, v.MouseMode, v.WindowTitle = true, tea.MouseModeCellMotion, "zgoda"
	if m.w > 0 && m.h > 0 {
		v.Content, v.Cursor = m.draw()
	}
	m.frame, m.drawn = v, true
	return v
}

func (m *Model) draw() (string, *tea.Cursor) {
	switch {
	case m.tooSmall():
		return m.small(), nil
	case m.opts.FirstRun != "":
		return m.first(), nil
	}
	parts := []string{m.status.View()}
	if m.boxes.body.Y > m.boxes.status.H {
		parts = append(parts, strings.Repeat(" ", m.w))
	}
	parts = append(parts, m.under(), m.footer())
	frame := strings.Join(parts, "\n")
	for _, l := range m.layers() {
		frame = m.lay(frame, l)
	}
	return m.toast(frame), m.cursor()
}

// under is what lies under the layers: the panes, or nothing where a layer takes
// their whole room.
func (m *Model) under() string {
	if slices.ContainsFunc(m.layers(), full) {
		return layout.Block("", m.boxes.body.W, m.boxes.body.H)
	}
	return m.body()
}

// body is the panes with a thin line between them.
func (m *Model) body() string {
	b := m.boxes
	var panes []string
	for _, pane := range []struct {
		box  layout.Box
		view func() string
	}{{b.list, m.list.View}, {b.thread, m.thread.View}, {b.card, m.card.View}} {
		if pane.box.W <= 0 {
			continue
		}
		if len(panes) > 0 {
			panes = append(panes, m.separator(b.body.H))
		}
		panes = append(panes, pane.view())
	}
	return layout.Beside(panes...)
}

// separator is the thin line between two panes; it meets the line under their heads.
func (m *Model) separator(h int) string {
	lines := make([]string, h)
	for i := range lines {
		lines[i] = m.styles.PanelBorder.Render("│")
	}
	lines[0] = " "
	if h >= headRows {
		lines[headRows-1] = m.styles.PanelBorder.Render("┬")
	}
	return strings.Join(lines, "\n")
}

// lay lays a layer over the frame: in the room of the panes, or as a panel
// over a frame that steps back.
func (m *Model) lay(frame string, l layer) string {
	room := m.room(l, m.boxes.body)
	if full(l) {
		frame = layout.Place(frame, l.View(), room.X, room.Y)
		return layout.Place(frame, m.keyLine(l.Keys()), 0, m.h-1)
	}
	return layout.Place(m.dim(frame), m.panel(l, room), room.X, room.Y)
}

// dim takes the colours of a frame back; the footer becomes the panel's.
func (m *Model) dim(frame string) string {
	lines := strings.Split(ansi.Strip(frame), "\n")
	for i := range lines {
		lines[i] = m.styles.Dim.Render(lines[i])
	}
	if top := m.top(); top != nil && len(lines) > 0 {
		lines[len(lines)-1] = m.keyLine(top.Keys())
	}
	return strings.Join(lines, "\n")
}

// panel is a layer with its one border.
func (m *Model) panel(l layer, room layout.Box) string {
	title := ""
	if titled, ok := l.(interface{ Title() string }); ok {
		title = " " + titled.Title() + " "
	}
	line := m.styles.PanelBorder
	inner := max(0, room.W-2)
	out := []string{line.Render("╭─") + m.styles.Title.Render(title) + line.Render(strings.Repeat("─", max(0, inner-1-layout.Width(title)))+"╮")}
	for _, row := range strings.Split(layout.Block(l.View(), inner, max(0, room.H-2)), "\n") {
		out = append(out, line.Render("│")+row+line.Render("│"))
	}
	return strings.Join(append(out, line.Render("╰"+strings.Repeat("─", inner)+"╯")), "\n")
}

// toast lays the news over the lines above the footer, at the right.
func (m *Model) toast(frame string) string {
	lines := m.toasts.Lines(m.w - 4)
	for i, line := range lines {
		frame = layout.Place(frame, line, m.w-layout.Width(line)-1, m.h-1-len(lines)+i)
	}
	return frame
}

// cursor is where the terminal's own cursor belongs: in the field that is
// typed in, else on the row that is selected, so that a screen reader follows.
func (m *Model) cursor() *tea.Cursor {
	if top := m.top(); top != nil {
		at, ok := top.(pointer)
		if !ok {
			return nil
		}
		room := m.room(top, m.boxes.body)
		if !full(top) {
			room = room.Inset(1, 1)
		}
		return shift(at.Cursor(), room)
	}
	var c *tea.Cursor
	box := m.boxes.list
	switch m.focus {
	case onThread:
		c, box = m.thread.Cursor(), m.boxes.thread
	case onCard:
		c, box = m.card.Cursor(), m.boxes.card
	default:
		c = m.list.Cursor()
	}
	if c != nil && !m.list.Typing() {
		c.Shape, c.Blink = tea.CursorBar, false
	}
	return shift(c, box)
}

func shift(c *tea.Cursor, box layout.Box) *tea.Cursor {
	if c == nil {
		return nil
	}
	c.X, c.Y = c.X+box.X, c.Y+box.Y
	return c
}
