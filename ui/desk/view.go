package desk

import (
	"fmt"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"zgoda/consent"
	"zgoda/ui/event"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// The cuts of the desk.
const (
	margin   = 2
	headRows = 3 // tabs, a rule, the heads of the columns
	toldRows = 9 // most rows under the cases
	stepRows = 15
	leastTop = 3 // cases that stay in view over a form
)

// belowRows is the rows under the cases: the story of the selected one, or a form.
func (m *Model) belowRows() int {
	room := max(0, m.h-headRows)
	if m.step != nil {
		return max(0, min(stepRows, room-leastTop))
	}
	return max(0, min(toldRows, room/2))
}

func (m *Model) visible() int { return max(1, m.h-headRows-m.belowRows()) }

// View is the desk, exactly its size.
func (m *Model) View() string {
	if !m.open || m.w <= 0 || m.h <= 0 {
		return layout.Block("", m.w, m.h)
	}
	lines := []string{m.tabs(), m.rule(), "  " + m.styles.Faint.Render(m.columns())}
	if m.page().size() == 0 {
		lines = append(lines, m.empty()...)
	} else {
		sel, top, _ := m.page().selection()
		for i := top; i < min(top+m.visible(), m.page().size()); i++ {
			lines = append(lines, m.row(i, i == sel))
		}
	}
	for len(lines) < m.h-m.belowRows() {
		lines = append(lines, "")
	}
	lines = lines[:max(0, m.h-m.belowRows())]
	if m.step != nil {
		lines = append(lines, m.stepLines(m.belowRows())...)
	} else if m.page().size() > 0 || m.note != "" {
		lines = append(lines, m.told()...)
	}
	return layout.Block(strings.Join(lines, "\n"), m.w, m.h)
}

func (m *Model) rule() string { return m.styles.PanelBorder.Render(strings.Repeat("─", m.w)) }

// tabs is the line of the pages with what waits in each.
func (m *Model) tabs() string {
	s, c := m.styles, m.counts
	line := "  "
	for i, tab := range []struct {
		title string
		count int
		style lipgloss.Style
	}{
		{"Notices", c.Notices, m.urgent(c.NoticesOver, c.NoticesSoon)}, {"Requests", c.Requests, m.urgent(c.RequestsOver, 0)},
		{"Retention", c.Retention, s.Faint}, {"Decisions", 0, s.Faint}, {"Assessments", 0, s.Faint},
	} {
		if i > 0 {
			line += "   "
		}
		name := s.Tab
		if event.DeskTab(i) == m.tab {
			name = s.TabActive
		}
		line += name.Render(tab.title)
		if tab.count > 0 {
			line += tab.style.Render(fmt.Sprintf(" %d", tab.count))
		}
	}
	return layout.Spread(line, m.place(), m.w)
}

// urgent is the style of a number of cases some of which are over their time.
func (m *Model) urgent(over, soon int) lipgloss.Style {
	switch {
	case over > 0:
		return m.styles.Bad
	case soon > 0:
		return m.styles.Warn
	}
	return m.styles.Faint
}

// place says where in a long queue one stands.
func (m *Model) place() string {
	sel, _, index := m.page().selection()
	if m.page().size() <= m.visible() && index == 0 {
		return ""
	}
	return m.styles.Faint.Render(fmt.Sprintf("case %d ", index+sel+1))
}

// columns are the heads of the page's columns.
func (m *Model) columns() string {
	switch m.tab {
	case event.TabNotices:
		return m.cells("Inform by", "Who", "Company", "CC", "Source", "")
	case event.TabRequests:
		return m.cells("Answer by", "Who", "Asked for", "CC", "Received", "")
	case event.TabRetention:
		return m.cells("Erase by", "Who", "Company", "CC", "Kept as", "")
	case event.TabDecisions:
		return m.decisionHead()
	}
	return m.assessmentHead()
}

func (m *Model) row(i int, selected bool) string {
	switch m.tab {
	case event.TabNotices:
		return m.noticeRow(m.notices.rows[i], selected)
	case event.TabRequests:
		return m.requestRow(m.requests.rows[i], selected)
	case event.TabRetention:
		return m.retentionRow(m.retention.rows[i], selected)
	case event.TabDecisions:
		return m.decisionRow(m.decisions.rows[i], selected)
	}
	return m.assessmentRow(m.assessments.rows[i], selected)
}

// The columns of a queue, in cells; the last takes what is left.
const (
	dueWide     = 17
	countryWide = 4
)

// cells puts the texts of a queue's row under one another. The first is as
// wide as a due date, the fourth as a country.
func (m *Model) cells(texts ...string) string {
	widths := m.widths()
	line := ""
	for i, text := range texts {
		if i < len(widths) {
			line += layout.Fit(layout.Fit(text, max(0, widths[i]-1)), widths[i])
		}
	}
	return line
}

func (m *Model) widths() []int {
	room := max(0, m.w-2*margin-dueWide-countryWide)
	who, company := room*36/100, room*32/100
	return []int{dueWide, who, company, countryWide, room - who - company}
}

// line is a row of a queue: the bar, when it is due, and the other columns.
func (m *Model) line(selected bool, due string, style lipgloss.Style, who, what, country, last string) string {
	s, w := m.styles, m.widths()
	cell := func(text string, width int) string { return layout.Fit(layout.Fit(text, max(0, width-1)), width) }
	on := func(style lipgloss.Style, text string) string { return s.On(style, selected, true).Render(text) }
	return m.bar(selected) + on(style, cell(due, w[0])) + on(s.Text, cell(who, w[1])) +
		on(s.Muted, cell(what, w[2])+cell(country, w[3])+cell(last, w[4]+margin))
}

func (m *Model) bar(selected bool) string {
	if selected {
		return m.styles.On(m.styles.Bar, true, true).Render("▌ ")
	}
	return "  "
}

// due says how long until a term ends, with a mark that reads without colour.
func (m *Model) due(at time.Time) (string, lipgloss.Style) { return theme.Due(m.styles, at, m.now) }

// told is what is to be said of the selected case, under a thin line.
func (m *Model) told() []string {
	s := m.styles
	inner, pad := max(1, m.w-2*margin), strings.Repeat(" ", margin)
	lines := []string{m.rule()}
	add := func(style lipgloss.Style, text string) {
		for _, line := range layout.Wrap(text, inner) {
			lines = append(lines, pad+style.Render(line))
		}
	}
	if m.note != "" {
		add(s.Warn, "! "+sentence(m.note))
		if m.way != "" {
			add(s.Muted, "→ "+m.way)
		}
		return lines
	}
	head, story, way := m.story()
	lines = append(lines, pad+head)
	for _, text := range story {
		add(s.Muted, text)
	}
	most := max(1, m.belowRows()-1)
	if way != "" {
		wayLines := layout.Wrap("→ "+way, inner)
		lines = lines[:min(len(lines), max(1, most+1-len(wayLines)))]
		add(s.Text, "→ "+way)
	}
	return lines[:min(len(lines), m.belowRows())]
}

// story is what to know of the selected case and what can be done.
func (m *Model) story() (head string, story []string, way string) {
	switch m.tab {
	case event.TabNotices:
		c, _ := m.notices.selected()
		return m.noticeStory(c)
	case event.TabRequests:
		c, _ := m.requests.selected()
		return m.requestStory(c)
	case event.TabRetention:
		c, _ := m.retention.selected()
		return m.retentionStory(c)
	case event.TabDecisions:
		d, _ := m.decisions.selected()
		return m.decisionStory(d)
	}
	a, _ := m.assessments.selected()
	return m.assessmentStory(a)
}

// who is a person's name and address for the head of a story.
func (m *Model) who(lead consent.Lead) string {
	return m.styles.Strong.Render(lead.Call()) + m.styles.Muted.Render("  "+lead.Address.Email)
}

// key is how a key is named in a sentence.
func name(b interface{ Name() string }) string { return b.Name() }

// empty says why there is no case, and what that means.
func (m *Model) empty() []string {
	s := m.styles
	title, hint := "", ""
	loaded, err := m.page().state()
	switch {
	case err != nil:
		m.sayOnce(err, &title, &hint)
	case m.tab == event.TabDecisions && m.person.ID == 0:
		title = "Whose decisions?"
		hint = "Select a person in the inbox before you open the desk, or press " + name(m.keys.Desk.Decisions) + " on a case of another page."
	case !loaded:
		title = "Reading…"
	default:
		title, hint = m.nothing()
	}
	lines := []string{"", "  " + s.Strong.Render(title)}
	for _, line := range layout.Wrap(hint, max(1, m.w-2*margin)) {
		lines = append(lines, "  "+s.Muted.Render(line))
	}
	return lines
}

func (m *Model) sayOnce(err error, title, hint *string) {
	note, way := m.note, m.way
	m.say("This page could not be read.", err)
	*title, *hint = m.note, m.way
	m.note, m.way = note, way
}

// nothing is what an empty page means.
func (m *Model) nothing() (title, hint string) {
	switch m.tab {
	case event.TabNotices:
		return "Everybody has been informed.", "A lead whose data did not come from them must be told within a month, or with the first mail (Art. 14(3)). Who is due stands here."
	case event.TabRequests:
		return "No request is open.", "What people ask for in a mail is found by itself. What came by phone or letter you open here with " + name(m.keys.DeskRequests.New) + "."
	case event.TabRetention:
		return "Nobody's data has an end.", "Data goes when nobody has written for long enough. Whose time runs stands here."
	case event.TabDecisions:
		return "The gate was never asked about " + m.person.Call() + ".", "Each mail that is queued or sent, and each that is refused, leaves its decision here with everything it rested on."
	}
	return "No assessment is on file.", "Without one no mail can rest on legitimate interest. " + name(m.keys.DeskAssess.New) + " makes the first; it takes a minute."
}
