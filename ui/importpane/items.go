package importpane

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"zgoda/consent"
)

// item is one line of a preview or a report: a heading, a column, or a row.
type item struct {
	head   string // of a heading
	column int    // of the columns, -1 for none
	row    int    // of the rows or results, -1 for none
}

// previewItems is the columns, those that are dropped first, and then the rows.
func previewItems(p consent.ImportPreview) []item {
	items := columnItems(p.Columns)
	items = append(items, item{head: fmt.Sprintf("The first %d of %d rows", len(p.Rows), p.Counts.Rows), column: -1, row: -1})
	for i := range p.Rows {
		items = append(items, item{column: -1, row: i})
	}
	return items
}

// reportItems is what a person should look at: refused rows, claims of a consent,
// and rows of which something was dropped.
func reportItems(r consent.ImportReport) []item {
	var rows []item
	for i, result := range r.Results {
		if result.Outcome == consent.ImportRefused || result.Claims || len(result.Notes) > 0 {
			rows = append(rows, item{column: -1, row: i})
		}
	}
	items := columnItems(r.Columns)
	title := "Every row came in as it is"
	if len(rows) > 0 {
		title = fmt.Sprintf("%d rows to look at", len(rows))
	}
	return append(append(items, item{head: title, column: -1, row: -1}), rows...)
}

// firstRow is the first row of a list, else its first column.
func firstRow(items []item) int {
	return max(0, slices.IndexFunc(items, func(it item) bool { return it.row >= 0 }))
}

func columnItems(columns []consent.ImportColumn) []item {
	items := []item{{head: "Columns", column: -1, row: -1}}
	for _, dropped := range []bool{true, false} {
		for i, c := range columns {
			if (c.Field == "") == dropped {
				items = append(items, item{column: i, row: -1})
			}
		}
	}
	return items
}

func (m *Model) columns() []consent.ImportColumn {
	if m.stage == reported {
		return m.report.Columns
	}
	return m.preview.Columns
}

// row is the result of an item, and its lead where there is a preview.
func (m *Model) row(it item) (consent.ImportResult, consent.Lead) {
	if m.stage == reported {
		return m.report.Results[it.row], consent.Lead{}
	}
	return m.preview.Rows[it.row].Result, m.preview.Rows[it.row].Lead
}

// words is an item in its columns: a mark with a word, whom or what it is, and more.
func (m *Model) words(it item) (mark, what, more string, style lipgloss.Style) {
	s := m.styles
	if it.column >= 0 {
		c := m.columns()[it.column]
		if c.Field == "" {
			return "✗ dropped", c.Name, c.Why, s.Warn
		}
		return "✓ taken", c.Name, "→ " + c.Field, s.Good
	}
	r, lead := m.row(it)
	what = fmt.Sprintf("line %d", r.Line)
	if who := lead.Call(); who != "" {
		what += "  " + who
	}
	switch r.Outcome {
	case consent.ImportAdded:
		mark, style = "✓ new", s.Good
	case consent.ImportFilled:
		mark, style, more = "+ fills gaps", s.Good, strings.Join(r.Fields, ", ")
	case consent.ImportUnchanged:
		mark, style = "· nothing new", s.Muted
	default:
		return "✗ refused", what, r.Why, s.Bad
	}
	if more == "" {
		more = lead.Company
	}
	switch {
	case r.Claims:
		more = "? says that they agreed: record it by hand"
	case len(r.Notes) > 0:
		more = "! " + strings.Join(r.Notes, " ")
	}
	return mark, what, more, style
}

// story is all that is to be said of an item.
func (m *Model) story(it item) string {
	if it.column >= 0 {
		c := m.columns()[it.column]
		if c.Field != "" {
			return "The column “" + c.Name + "” fills the field " + c.Field + ", and nothing that is filled already."
		}
		return "The column “" + c.Name + "” is dropped: " + strings.TrimSuffix(c.Why, ".") + "."
	}
	r, lead := m.row(it)
	parts := []string{}
	if lead.Address.Email != "" {
		parts = append(parts, lead.Address.Email+".")
	}
	if r.Why != "" {
		parts = append(parts, r.Why)
	}
	if r.Claims {
		parts = append(parts, "The file says that they agreed, and names a proof. An import cannot grant: look at the proof and record it on the person.")
	}
	parts = append(parts, r.Notes...)
	return strings.Join(parts, " ")
}
