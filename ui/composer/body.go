package composer

import (
	"regexp"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"zgoda/ui/form"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// body is the text of the mail. It is the library's text area, but one step
// or one deletion is one grapheme (what a person sees as a letter), where the
// library counts runes.
type body struct {
	area textarea.Model
	gap  func(...string) string
}

func newBody(styles theme.Styles) body {
	area := form.NewLong(styles)
	area.Placeholder = "Write to one person."
	look := area.Styles()
	look.Focused.Placeholder, look.Blurred.Placeholder = styles.Placeholder, styles.Placeholder
	area.SetStyles(look)
	return body{area: area, gap: styles.Gap.Render}
}

func (b *body) setText(s string) {
	b.area.SetValue(layout.Typed(s))
	b.area.MoveToBegin()
	b.refresh()
}

// replaceText changes the text around the cursor: it stays on its line.
func (b *body) replaceText(s string) {
	row, col := b.area.Line(), b.area.Column()
	b.area.SetValue(layout.Typed(s))
	b.selectRunes(row, col, 0)
}

func (b *body) text() string { return b.area.Value() }

// update hands a message to the text area.
func (b *body) update(msg tea.Msg) tea.Cmd {
	if paste, ok := msg.(tea.PasteMsg); ok {
		msg = tea.PasteMsg{Content: layout.Typed(paste.Content)}
	}
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return b.send(msg)
	}
	return b.send(press, b.runes(press))
}

func (b *body) send(msg tea.Msg, times ...int) (cmd tea.Cmd) {
	n := 1
	if len(times) > 0 {
		n = times[0]
	}
	for range n {
		b.area, cmd = b.area.Update(msg)
	}
	b.snap()
	return cmd
}

// runes is how many runes a press has to cross to cross one grapheme.
func (b *body) runes(press tea.KeyPressMsg) int {
	if b.area.HasSelection() {
		return 1
	}
	bounds := graphemes(b.line())
	at := slices.Index(bounds, b.area.Column())
	if at < 0 {
		return 1
	}
	switch press.String() {
	case "left", "backspace":
		if at > 0 {
			return bounds[at] - bounds[at-1]
		}
	case "right", "delete":
		if at+1 < len(bounds) {
			return bounds[at+1] - bounds[at]
		}
	}
	return 1
}

// snap moves the cursor off the inside of a grapheme, where a step up or down
// may have put it.
func (b *body) snap() {
	if b.area.HasSelection() {
		return
	}
	bounds := graphemes(b.line())
	for i := len(bounds) - 1; i >= 0; i-- {
		if bounds[i] <= b.area.Column() {
			if bounds[i] != b.area.Column() {
				b.area.SetCursorColumn(bounds[i])
			}
			return
		}
	}
}

// line is the logical line that the cursor is on.
func (b *body) line() string {
	lines := strings.Split(b.area.Value(), "\n")
	if row := b.area.Line(); row < len(lines) {
		return lines[row]
	}
	return ""
}

// graphemes is where the graphemes of a line begin, in runes, and its end.
func graphemes(line string) []int {
	bounds, at := []int{0}, 0
	for line != "" {
		cluster, _ := ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
		if cluster == "" {
			break
		}
		at += len([]rune(cluster))
		bounds = append(bounds, at)
		line = line[len(cluster):]
	}
	return bounds
}

// selectRunes puts the cursor on a place and selects n runes from there, so
// that what is typed next replaces them.
func (b *body) selectRunes(row, col, n int) {
	b.area.ClearSelection()
	b.area.MoveToBegin()
	for b.area.Line() < row {
		before, visual := b.area.Line(), b.area.LineInfo().RowOffset
		b.area.CursorDown()
		if b.area.Line() == before && b.area.LineInfo().RowOffset == visual {
			break
		}
	}
	b.area.SetCursorColumn(col)
	for range n {
		b.area, _ = b.area.Update(tea.KeyPressMsg{Code: tea.KeyRight, Mod: tea.ModShift})
	}
	b.refresh()
}

// shownGap is a gap inside one drawn line; a style in it ends it. One that is
// selected has its style before it, and keeps it.
var shownGap = regexp.MustCompile(`(\x1b\[[0-9;]*m)?\{\{[^{}\x1b]{1,60}\}\}`)

// markGaps marks the gaps of a drawn line.
func markGaps(line string, style func(...string) string) string {
	return shownGap.ReplaceAllStringFunc(line, func(s string) string {
		if strings.HasPrefix(s, "\x1b") && !strings.HasPrefix(s, "\x1b[m") && !strings.HasPrefix(s, "\x1b[0m") {
			return s
		}
		return style(s)
	})
}

// view draws the text exactly w by h, its gaps marked.
func (b *body) view(w, h int) string {
	lines := strings.Split(b.area.View(), "\n")
	for i, line := range lines {
		lines[i] = markGaps(line, b.gap)
	}
	return layout.Block(strings.Join(lines, "\n"), w, h)
}

func (b *body) setSize(w, h int) {
	w, h = max(1, w), max(1, h)
	if w == b.area.Width() && h == b.area.Height() {
		return
	}
	row, col, n := b.area.Line(), b.area.Column(), 0
	if start, end, ok := b.area.Selection(); ok && start.Row == end.Row {
		row, col, n = start.Row, start.Col, end.Col-start.Col
	}
	b.area.SetWidth(w)
	b.area.SetHeight(h)
	b.area.MoveToBegin() // and back: a larger box would else stay scrolled
	b.refresh()
	b.selectRunes(row, col, n)
}

// refresh scrolls to the cursor: the library does so only when it hears a message.
func (b *body) refresh() { b.area, _ = b.area.Update(nil) }
