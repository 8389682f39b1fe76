package composer

import (
	"fmt"
	"strings"

	"zgoda/consent"
	"zgoda/ui/layout"
)

// viewSide is the column beside the text: the checklist, and under it the
// toggles of tracking. Its first cell is the line between the columns.
func (m *Model) viewSide(w, h int) string {
	inner := max(1, w-3)
	track := m.trackLines(inner, true)
	room := max(0, h-len(track)-2)
	list := m.listLines(inner)
	if len(list.lines) > room {
		list = m.openLines(inner)
	}
	lines := append([]string{m.listTitle(inner)}, m.windowed(list, room)...)
	for len(lines) < room+1 {
		lines = append(lines, "")
	}
	lines = append(lines, m.styles.PanelBorder.Render(strings.Repeat("─", inner)))
	lines = append(lines, track...)
	bar := m.styles.PanelBorder.Render("│") + " "
	for i := range lines {
		lines[i] = bar + layout.Fit(lines[i], max(0, w-2))
	}
	return layout.Block(strings.Join(lines, "\n"), w, h)
}

// viewList is the same below 100 cells: one line that sums up, then as much of
// the list as there is room for.
func (m *Model) viewList(w, h int) string {
	if h <= 0 {
		return ""
	}
	inner := max(1, w-2*margin)
	lines := []string{indent(m.summary(inner), margin)}
	for _, line := range m.windowed(m.compactLines(inner), h-1) {
		lines = append(lines, indent(line, margin))
	}
	return layout.Block(strings.Join(lines, "\n"), w, h)
}

func (m *Model) listTitle(w int) string {
	s := m.styles
	passed, all := m.list.passed()
	count := fmt.Sprintf("%d of %d", passed, all)
	style := s.Warn
	switch {
	case !m.list.known():
		count, style = "", s.Muted
	case !m.fresh():
		count, style = "checking…", s.Muted
	case passed == all:
		style = s.Good
	}
	title := "Before it leaves"
	return s.Title.Render(title) + strings.Repeat(" ", max(1, w-layout.Width(title)-layout.Width(count))) + style.Render(count)
}

// summary is "3 of 15 open · next: Concrete reason (^r write the reason)".
func (m *Model) summary(w int) string {
	s := m.styles
	passed, all := m.list.passed()
	check, open := m.list.selected()
	if !m.list.known() {
		return s.Muted.Render(layout.Fit("Asking the gate…", w))
	}
	state := ""
	if !m.fresh() {
		state = s.Muted.Render("  checking…")
	}
	if !open {
		return s.Good.Render(fmt.Sprintf("✓ all %d checks passed", all)) + state
	}
	line := s.Warn.Render(fmt.Sprintf("%d of %d open", all-passed, all)) + s.Muted.Render(" · next: ") + s.Text.Render(check.Title)
	key, _ := m.by.Fix.Short()
	line += "  " + s.Key.Render(key) + " " + s.KeyText.Render(word(check))
	return layout.Fit(line+state, w)
}

// listed is the lines of the checklist and where the selected check begins and ends.
type listed struct {
	lines    []string
	from, to int
}

// listLines draws every check in one row; the selected one shows why, by which
// law, the way forward and the key.
func (m *Model) listLines(w int) listed {
	s := m.styles
	if m.list.err.text != "" {
		var l listed
		for _, line := range layout.Wrap(m.list.err.text, w) {
			l.lines = append(l.lines, s.Bad.Render(line))
		}
		for _, line := range layout.Wrap(m.list.err.way, w) {
			l.lines = append(l.lines, s.Muted.Render(line))
		}
		return l
	}
	if !m.list.known() {
		return listed{lines: []string{s.Muted.Render("Asking the gate…")}}
	}
	selected, _ := m.list.selected()
	var l listed
	for _, check := range m.list.verdict.Checks {
		switch {
		case check.OK:
			l.lines = append(l.lines, s.Good.Render("✓")+" "+s.Muted.Render(layout.Fit(check.Title, w-2)))
		case check.Key != selected.Key:
			l.lines = append(l.lines, s.Bad.Render("✗")+" "+s.Text.Render(layout.Fit(check.Title, w-2)))
		default:
			l.from = len(l.lines)
			l.lines = append(l.lines, m.openCheck(check, w)...)
			l.to = len(l.lines)
		}
	}
	return l
}

// openLines is the list where not all of it fits: what is open, and how much
// has passed.
func (m *Model) openLines(w int) listed {
	selected, ok := m.list.selected()
	if !ok {
		return m.listLines(w)
	}
	s := m.styles
	var l listed
	for _, check := range m.list.open() {
		if check.Key != selected.Key {
			l.lines = append(l.lines, s.Bad.Render("✗")+" "+s.Text.Render(layout.Fit(check.Title, w-2)))
			continue
		}
		l.from = len(l.lines)
		l.lines = append(l.lines, m.openCheck(check, w)...)
		l.to = len(l.lines)
	}
	passed, _ := m.list.passed()
	l.lines = append(l.lines, s.Good.Render("✓")+" "+s.Muted.Render(fmt.Sprintf("%d others passed", passed)))
	return l
}

// compactLines is the list below 100 cells: the selected check is named in the
// line that sums up, so only its reason stands here; then what else is open.
func (m *Model) compactLines(w int) listed {
	selected, ok := m.list.selected()
	switch {
	case !m.list.known() && m.list.err.text == "":
		return listed{} // the line that sums up says it
	case !ok || m.list.err.text != "":
		return m.listLines(w)
	}
	s := m.styles
	l := listed{lines: m.reasons(selected, w)}
	l.to = len(l.lines)
	for _, check := range m.list.open() {
		if check.Key != selected.Key {
			l.lines = append(l.lines, s.Bad.Render("✗")+" "+s.Text.Render(layout.Fit(check.Title, w-2)))
		}
	}
	return l
}

func (m *Model) openCheck(check consent.Check, w int) []string {
	s := m.styles
	lines := []string{s.Bad.Render("✗") + " " + s.Strong.Render(layout.Fit(check.Title, w-2))}
	lines = append(lines, m.reasons(check, w)...)
	key, _ := m.by.Fix.Short()
	return append(lines, s.Bar.Render("▌")+" "+s.Key.Render(key)+" "+s.KeyText.Render(word(check)))
}

// reasons is why a check is open, the way forward, and by which law.
func (m *Model) reasons(check consent.Check, w int) (lines []string) {
	s := m.styles
	bar := s.Bar.Render("▌") + " "
	for _, line := range layout.Wrap(check.Reason, w-2) {
		lines = append(lines, bar+s.Text.Render(line))
	}
	if check.Way != "" {
		for i, line := range layout.Wrap(check.Way, w-4) {
			sign := "  "
			if i == 0 {
				sign = "→ "
			}
			lines = append(lines, bar+s.Muted.Render(sign+line))
		}
	}
	for _, line := range layout.Wrap(law(check), w-2) {
		lines = append(lines, bar+s.Faint.Render(line))
	}
	return lines
}

// windowed cuts h rows out of the list so that the selected check is whole.
func (m *Model) windowed(l listed, h int) []string {
	if h <= 0 {
		return nil
	}
	if len(l.lines) <= h {
		return l.lines
	}
	first := 0
	if l.to > h {
		first = min(l.from, len(l.lines)-h)
		if l.to-l.from < h {
			first = l.to - h
		}
	}
	cutLines := append([]string(nil), l.lines[first:first+h]...)
	if rest := len(l.lines) - first - h; rest > 0 && l.to < first+h {
		cutLines[h-1] = m.styles.Faint.Render(fmt.Sprintf("  … %d more", rest+1))
	}
	return cutLines
}

// trackLines is the toggles, and why they are off.
func (m *Model) trackLines(w int, title bool) []string {
	s := m.styles
	var lines []string
	if title {
		lines = append(lines, s.Title.Render("Tracking"))
	}
	toggles := m.toggles()
	for _, t := range toggles {
		lines = append(lines, m.toggleLine(t))
	}
	why := toggles[0].why
	if why == "" {
		why = toggles[1].why
	}
	if why == "" {
		return lines
	}
	for _, line := range layout.Wrap(why, w) {
		lines = append(lines, s.Muted.Render(line))
	}
	return lines
}

// toggleLine is "[x] opens  ^t  agreed". The marks read without colour: [x]
// on, [ ] off, [–] cannot be switched on.
func (m *Model) toggleLine(t toggle) string {
	s := m.styles
	key, _ := t.key.Short()
	name := layout.Fit(t.name, 7)
	switch {
	case t.on:
		return s.Good.Render("[x] "+name) + s.Key.Render(key) + " " + s.KeyText.Render("on · "+t.short)
	case t.why != "":
		return s.KeyOff.Render("[–] "+name+key+" ") + s.Muted.Render(t.short)
	}
	return s.Text.Render("[ ] "+name) + s.Key.Render(key) + " " + s.KeyText.Render("off · "+t.short)
}

// viewTracking is both toggles in one row, and under them why one is off.
func (m *Model) viewTracking(w, h int) string {
	if h <= 0 {
		return ""
	}
	toggles := m.toggles()
	line := m.styles.Muted.Render("Tracking  ") + m.toggleLine(toggles[0]) + "   " + m.toggleLine(toggles[1])
	rule := m.styles.PanelBorder.Render(strings.Repeat("─", max(0, w)))
	lines := []string{rule, indent(line, margin)}
	for _, t := range toggles {
		if t.why != "" && len(lines) < 3 {
			lines = append(lines, indent(m.styles.Muted.Render(layout.Fit(t.why, max(0, w-2*margin))), margin))
		}
	}
	return layout.Block(strings.Join(lines, "\n"), w, h)
}

// trackingRows is how many rows viewTracking needs.
func (m *Model) trackingRows() int {
	for _, t := range m.toggles() {
		if t.why != "" {
			return 3
		}
	}
	return 2
}
