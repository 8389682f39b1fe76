package form

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"zgoda/ui/layout"
)

// The columns of a form: a mark, a label, the value.
const (
	markWidth  = 2
	labelWidth = 10
	valueMost  = 76 // a value is never wider: long lines are hard to read
)

func (f *Form) valueWidth() int {
	return max(1, min(valueMost, f.w-markWidth-labelWidth-2))
}

// View is the form, exactly its size.
func (f *Form) View() string {
	lines, _, _ := f.lines()
	if f.offset < len(lines) {
		lines = lines[f.offset:]
	}
	return layout.Block(strings.Join(lines, "\n"), f.w, f.h)
}

// Cursor is where the terminal's cursor stands, nil when nothing is typed.
func (f *Form) Cursor() *tea.Cursor {
	field := f.current()
	if field == nil {
		return nil
	}
	var c *tea.Cursor
	switch field.Kind {
	case Line:
		c = field.line.Cursor()
	case Long:
		c = field.long.Cursor()
	}
	_, from, _ := f.lines()
	if c == nil {
		return nil
	}
	c.X += markWidth + labelWidth
	c.Y += from - f.offset
	if c.Y < 0 || c.Y >= f.h || c.X >= f.w {
		return nil
	}
	return c
}

// Height is how many rows the whole form needs at its width.
func (f *Form) Height() int {
	lines, _, _ := f.lines()
	return len(lines)
}

// scroll moves the window so that the field with the focus is whole on the
// screen, with its hint or error.
func (f *Form) scroll() {
	lines, from, to := f.lines()
	if to > f.offset+f.h {
		f.offset = to - f.h
	}
	f.offset = min(f.offset, from, max(0, len(lines)-f.h))
	f.offset = max(0, f.offset)
}

// lines is every line of the form, and where the field with the focus begins and ends.
func (f *Form) lines() (lines []string, from, to int) {
	for i, field := range f.fields {
		if field.Hidden {
			continue
		}
		block := f.block(field, i == f.focus)
		if i == f.focus {
			from, to = len(lines), len(lines)+len(block)
		}
		lines = append(lines, block...)
	}
	return lines, from, to
}

func (f *Form) block(field *Field, focused bool) []string {
	mark, label := strings.Repeat(" ", markWidth), f.styles.Muted.Render(layout.Fit(field.Label, labelWidth))
	if focused {
		mark, label = f.styles.Bar.Render("▌")+" ", f.styles.Accent.Render(layout.Fit(field.Label, labelWidth))
	}
	var block []string
	for i, line := range f.value(field, focused) {
		if i > 0 {
			label = strings.Repeat(" ", labelWidth)
			if !focused {
				mark = strings.Repeat(" ", markWidth)
			}
		}
		block = append(block, mark+label+line)
	}
	indent := strings.Repeat(" ", markWidth+labelWidth)
	switch {
	case field.err != "":
		for i, line := range layout.Wrap(field.err, f.valueWidth()-2) {
			sign := "  "
			if i == 0 {
				sign = "✗ "
			}
			block = append(block, indent+f.styles.Bad.Render(sign+line))
		}
	case focused && field.Hint != "":
		for _, line := range layout.Wrap(field.Hint, f.valueWidth()) {
			block = append(block, indent+f.styles.Muted.Render(line))
		}
	}
	return block
}

func (f *Form) value(field *Field, focused bool) []string {
	switch field.Kind {
	case Line:
		if !focused && field.Value() == "" {
			return []string{f.styles.Faint.Render("–")}
		}
		return []string{field.line.View()}
	case Long:
		return f.long(field, focused)
	}
	return f.options(field, focused)
}

// long draws a text of several lines. Without the focus it is its beginning,
// with no blank rows under a short one.
func (f *Form) long(field *Field, focused bool) []string {
	if !focused && field.Value() == "" {
		return []string{f.styles.Faint.Render("–")}
	}
	if focused {
		rows := strings.Split(field.long.View(), "\n")
		return rows[:min(len(rows), field.Rows)]
	}
	rows := layout.Wrap(strings.TrimSpace(field.Value()), f.valueWidth()-1)
	if len(rows) > field.Rows {
		rows = rows[:field.Rows]
		rows[field.Rows-1] += "…"
	}
	for i := range rows {
		rows[i] = f.styles.Input.Render(rows[i])
	}
	return rows
}

// options draws a choice or marks: every option with a sign that reads without
// colour, wrapped at the width.
func (f *Form) options(field *Field, focused bool) []string {
	var rows []string
	row, width := "", 0
	for i, option := range field.Options {
		mark, style := f.mark(field, i, focused)
		cells := layout.Width(mark + option.Label)
		if width > 0 && width+2+cells > f.valueWidth() {
			rows, row, width = append(rows, row), "", 0
		}
		if width > 0 {
			row, width = row+"  ", width+2
		}
		row, width = row+style.Render(mark+option.Label), width+cells
	}
	return append(rows, row)
}

// mark is the sign of one option and its style.
func (f *Form) mark(field *Field, i int, focused bool) (string, lipgloss.Style) {
	if field.Kind == Choice {
		switch {
		case i != field.at:
			return "( ) ", f.styles.Muted
		case focused:
			return "(•) ", f.styles.Accent
		}
		return "(•) ", f.styles.Text
	}
	sign, style := " ", f.styles.Muted
	if field.marked[field.Options[i].Value] {
		sign, style = "x", f.styles.Text
	}
	if focused && i == field.at {
		return "‹" + sign + "› ", f.styles.Accent
	}
	return "[" + sign + "] ", style
}
