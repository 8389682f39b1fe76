package threadlist

import (
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/ui/layout"
)

// View is the list, exactly its size.
func (m *Model) View() string {
	if m.w <= 0 || m.h <= 0 {
		return ""
	}
	lines := make([]string, 0, m.h)
	lines = append(lines, m.tabLine(), m.searchLine())
	lines = append(lines, m.body()...)
	if len(lines) > m.h {
		lines = lines[:m.h]
	}
	for len(lines) < m.h {
		lines = append(lines, strings.Repeat(" ", m.w))
	}
	return strings.Join(lines, "\n")
}

func (m *Model) body() []string {
	if len(m.win.rows) == 0 {
		return m.empty()
	}
	lines := make([]string, 0, m.h)
	for i := m.win.top; i < min(len(m.win.rows), m.win.top+m.visible()); i++ {
		row := m.row(m.win.rows[i], i == m.win.sel)
		lines = append(lines, row[:]...)
	}
	return lines
}

// empty says why there is no row and what to do about it.
func (m *Model) empty() []string {
	title, hint := "", ""
	tab, sync := m.keys.NextSplit.Name(), m.all.Global.Sync.Name()
	switch {
	case m.err != nil:
		title, hint = "The inbox cannot be read.", "Press "+sync+" to try again; zgoda doctor says more."
	case !m.win.loaded:
		title = "Loading…"
	case m.Found():
		title, hint = "Nobody found for “"+m.input.Value()+"”.", m.search.Clear.Name()+" shows everybody again; "+tab+" looks in the other lists."
	case m.split == consent.SplitLeads:
		title, hint = "No leads yet.", tab+" shows who wrote to you; "+m.keys.Lead.Name()+" makes one of them a lead, "+m.keys.New.Name()+" adds somebody else."
	case m.split == consent.SplitNew:
		title, hint = "Nobody new.", "Whoever writes to you for the first time stands here until you make them a lead."
	default:
		title, hint = "The inbox is empty.", sync+" asks the server for mail; "+m.keys.New.Name()+" adds a lead."
	}
	lines := []string{layout.Fit("", m.w), layout.Fit("  "+m.styles.Strong.Render(title), m.w)}
	for _, line := range layout.Wrap(hint, max(1, m.w-4)) {
		lines = append(lines, layout.Fit("  "+m.styles.Muted.Render(line), m.w))
	}
	return lines
}

// tab is one tab and the cells it covers.
type tab struct {
	split    consent.Split
	label    string
	count    int
	from, to int
}

// tabs is where the tabs stand; the mouse asks too.
func (m *Model) tabs() []tab {
	list := []tab{
		{split: consent.SplitLeads, label: "Leads", count: m.counts.Leads},
		{split: consent.SplitNew, label: "New people", count: m.counts.New},
		{split: consent.SplitAll, label: "All", count: m.counts.All},
	}
	x := 3
	for i := range list {
		list[i].from = x
		list[i].to = x + layout.Width(list[i].label) + 1 + len(strconv.Itoa(list[i].count))
		x = list[i].to + 3
	}
	return list
}

func (m *Model) tabLine() string {
	line := "   "
	for i, tab := range m.tabs() {
		if i > 0 {
			line += "   "
		}
		name := m.styles.Tab
		if tab.split == m.split {
			name = m.styles.TabActive
		}
		line += name.Render(tab.label) + m.styles.Faint.Render(" "+strconv.Itoa(tab.count))
	}
	return layout.Fit(line, m.w)
}

// searchLine is what is being looked for, else a thin line.
func (m *Model) searchLine() string {
	if !m.typing && !m.Found() {
		return m.styles.PanelBorder.Render(strings.Repeat("─", m.w))
	}
	found := ""
	if m.Found() && m.win.loaded {
		found = m.styles.Muted.Render(fmt.Sprintf("%d found ", m.win.total))
	}
	return layout.Spread("   "+m.input.View(), found, m.w)
}

// Cursor is where the terminal's cursor belongs, in cells of the list: in the
// search while typing, else on the selected row, for screen readers.
func (m *Model) Cursor() *tea.Cursor {
	if m.typing {
		if c := m.input.Cursor(); c != nil {
			c.X, c.Y = c.X+3, c.Y+1
			return c
		}
	}
	if len(m.win.rows) == 0 {
		return nil
	}
	return tea.NewCursor(1, headHeight+(m.win.sel-m.win.top)*rowHeight)
}
