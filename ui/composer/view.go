package composer

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"zgoda/mail"
	"zgoda/ui/layout"
)

// The cuts of the screen.
const (
	twoColumns = 100 // from this width the checklist stands beside the text
	label      = 10  // "Subject" and its blanks
	margin     = 2
	textMost   = 80 // a mail is not written wider
)

// cut is the composer's boxes while one writes, cut once for a size.
type cut struct {
	head, banner, body, gaps, side, tracking, list, note layout.Box
	wide                                                 bool
}

// cuts cuts the boxes for what is to be shown now.
func (m *Model) cuts() cut {
	c := cut{wide: m.w >= twoColumns}
	all := layout.Box{W: m.w, H: m.h}
	all, c.note = all.CutBottom(min(len(m.noteLines()), max(0, m.h-8)))
	left := all
	if c.wide {
		left, c.side = all.CutRight(max(34, min(40, m.w/3)))
	} else {
		left, c.list = left.CutBottom(m.listRows())
		left, c.tracking = left.CutBottom(min(m.trackingRows(), max(0, m.h-11)))
	}
	c.head, left = left.CutTop(3)
	if m.draft.Duty != mail.DutyNone || len(m.draft.Asks) > 0 {
		c.banner, left = left.CutTop(min(1, max(0, left.H-2)))
	}
	if len(m.gaps()) > 0 {
		left, c.gaps = left.CutBottom(min(1, max(0, left.H-2)))
	}
	c.body = left.Inset(margin, 0)
	c.body.W = min(c.body.W, textMost)
	return c
}

// listRows is how many rows the checklist has below 100 cells: enough for all that
// the selected check says, and for the line that sums up.
func (m *Model) listRows() int {
	rows := 6
	if check, ok := m.list.selected(); ok {
		rows = max(rows, 1+len(m.reasons(check, max(1, m.w-2*margin))))
	}
	return max(0, min(rows, m.h-14))
}

// arrange gives the fields their cells.
func (m *Model) arrange() {
	if m.step != editing {
		return
	}
	c := m.cuts()
	m.subject.SetWidth(max(1, c.head.W-margin-label-1-margin))
	m.body.setSize(c.body.W, c.body.H)
}

// View is the composer, exactly its size.
func (m *Model) View() string {
	switch m.step {
	case picking:
		return m.withNote(m.viewPicker())
	case filling:
		return layout.Block("\n  "+m.styles.Muted.Render("Filling in what is known of "+m.lead.Call()+"…"), m.w, m.h)
	case editing:
		return layout.Block(m.viewEdit(), m.w, m.h)
	}
	return layout.Block("", m.w, m.h)
}

// withNote lays the note over the last rows of a view.
func (m *Model) withNote(view string) string {
	lines := strings.Split(layout.Block(view, m.w, m.h), "\n")
	notes := m.noteLines()
	for i := range min(len(notes), len(lines)) {
		lines[len(lines)-1-i] = layout.Fit(notes[len(notes)-1-i], m.w)
	}
	return strings.Join(lines, "\n")
}

func (m *Model) viewEdit() string {
	c := m.cuts()
	left := m.viewHead(c.head.W) + "\n"
	if c.banner.H > 0 {
		left += m.banner(c.head.W) + "\n"
	}
	left += indent(m.body.view(c.body.W, c.body.H), margin)
	if c.gaps.H > 0 {
		left += "\n" + m.gapLine(c.head.W)
	}
	if !c.wide {
		return join(left, m.viewTracking(c.tracking.W, c.tracking.H), m.viewList(c.list.W, c.list.H), strings.Join(m.noteLines(), "\n"))
	}
	height := m.h - c.note.H
	left = layout.Block(left, c.head.W, height)
	return join(beside(left, m.viewSide(c.side.W, height)), strings.Join(m.noteLines(), "\n"))
}

// viewHead is To, Subject and a line under them.
func (m *Model) viewHead(w int) string {
	s := m.styles
	to := s.Text.Render(m.lead.Call()) + s.Muted.Render(" <"+m.draft.To.Email+">")
	if m.lead.Call() == m.draft.To.Email {
		to = s.Text.Render(m.draft.To.Email)
	}
	if m.lead.Company != "" {
		to += s.Muted.Render(" · " + m.lead.Company)
	}
	name := s.Muted
	if m.inSubject {
		name = s.Accent
	}
	subject := gapPattern.ReplaceAllStringFunc(m.subject.View(), func(g string) string { return s.Gap.Render(g) })
	pad := strings.Repeat(" ", margin)
	return strings.Join([]string{
		layout.Fit(pad+s.Muted.Render(layout.Fit("To", label))+to, w),
		layout.Fit(pad+name.Render(layout.Fit("Subject", label))+subject, w),
		s.PanelBorder.Render(strings.Repeat("─", max(0, w))),
	}, "\n")
}

func (m *Model) gaps() []gap { return gapsIn(m.body.text() + "\n" + m.subject.Value()) }

// gapLine names what nobody has filled.
func (m *Model) gapLine(w int) string {
	names := gapNames(m.gaps())
	word := "1 field is unfilled: "
	if len(names) != 1 {
		word = fmt.Sprintf("%d fields are unfilled: ", len(names))
	}
	key, _ := m.by.Gap.Short()
	return layout.Fit(strings.Repeat(" ", margin)+m.styles.Warn.Render(word+strings.Join(names, ", "))+"  "+
		m.styles.Key.Render(key)+" "+m.styles.KeyText.Render("next"), w)
}

// noteLines is what is said at the bottom, at most three rows.
func (m *Model) noteLines() []string {
	s := m.styles
	if m.note.text == "" {
		if m.sending {
			return []string{"  " + s.Muted.Render("Asking the gate once more…")}
		}
		return nil
	}
	style := s.Muted
	if m.note.bad {
		style = s.Warn
	}
	inner := max(1, m.w-2*margin-2)
	var lines []string
	for i, line := range layout.Wrap(m.note.text, inner) {
		sign := "  "
		if i == 0 && m.note.bad {
			sign = "! "
		}
		lines = append(lines, "  "+style.Render(sign+line))
	}
	way := m.note.way
	if m.note.fix != nil {
		key, _ := m.by.Fix.Short()
		way = strings.TrimSpace(way + "  " + key + " " + m.note.fixWord)
	}
	if way != "" {
		for i, line := range layout.Wrap(way, inner) {
			sign := "  "
			if i == 0 {
				sign = "→ "
			}
			lines = append(lines, "  "+s.Muted.Render(sign+line))
		}
	}
	if m.note.law != "" {
		lines = append(lines[:min(len(lines), 4)], "  "+s.Faint.Render("  "+layout.Fit(m.note.law, inner-2)))
	}
	return lines[:min(len(lines), 5)]
}

// Cursor is the terminal's cursor inside the composer; nil when nothing is typed.
func (m *Model) Cursor() *tea.Cursor {
	if m.step != editing {
		return nil
	}
	c := m.cuts()
	if m.inSubject {
		at := m.subject.Cursor()
		if at == nil {
			return nil
		}
		at.X += margin + label
		at.Y++
		return m.inside(at)
	}
	at := m.body.area.Cursor()
	if at == nil || at.Y < 0 || at.Y >= c.body.H {
		return nil
	}
	at.X = min(at.X, max(0, c.body.W-1)) + c.body.X
	at.Y += c.body.Y
	return m.inside(at)
}

// inside is the cursor, or none where the screen is too small for it.
func (m *Model) inside(at *tea.Cursor) *tea.Cursor {
	if at.X < 0 || at.Y < 0 || at.X >= m.w || at.Y >= m.h {
		return nil
	}
	return at
}

// indent puts n blanks before each line.
func indent(s string, n int) string {
	pad := strings.Repeat(" ", n)
	return pad + strings.ReplaceAll(s, "\n", "\n"+pad)
}

// join puts blocks under one another, leaving out empty ones.
func join(blocks ...string) string {
	var kept []string
	for _, b := range blocks {
		if b != "" {
			kept = append(kept, b)
		}
	}
	return strings.Join(kept, "\n")
}

// beside puts two blocks of one height next to each other.
func beside(left, right string) string {
	rights := strings.Split(right, "\n")
	lines := strings.Split(left, "\n")
	for i := range lines {
		if i < len(rights) {
			lines[i] += rights[i]
		}
	}
	return strings.Join(lines, "\n")
}
