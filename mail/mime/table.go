package mime

import (
	"fmt"
	"strings"
)

// list opens a list; the items find it on r.lists.
func (r *htmlReader) list(tag string) func() {
	gap := 2
	if len(r.lists) > 0 {
		gap = 1
	}
	counter := &counted{}
	if tag == "ol" {
		counter.number = 1
	}
	r.out.block(gap)
	r.lists = append(r.lists, counter)
	return func() {
		r.lists = r.lists[:len(r.lists)-1]
		r.out.block(gap)
	}
}

func (r *htmlReader) item() func() {
	mark := "- "
	if len(r.lists) > 0 {
		if list := r.lists[len(r.lists)-1]; list.number > 0 {
			mark = fmt.Sprintf("%d. ", list.number)
			list.number++
		}
	}
	return r.indent(mark, strings.Repeat(" ", len(mark)), 1)
}

// table opens a table. Its rows gather their cells before they are drawn, so
// that "Price" and "110 zł" do not run into each other.
func (r *htmlReader) table() func() {
	r.out.block(1)
	r.rows = append(r.rows, nil)
	return func() {
		r.rows = r.rows[:len(r.rows)-1]
		r.out.block(1)
	}
}

func (r *htmlReader) row() func() {
	r.out.block(1)
	if len(r.rows) == 0 || len(r.rows) > maxTables {
		return func() { r.out.block(1) }
	}
	depth := len(r.rows) - 1
	r.rows[depth] = &row{}
	return func() {
		cells := r.rows[depth].cells
		r.rows[depth] = nil
		r.drawRow(cells)
		r.out.block(1)
	}
}

// cell opens a cell: its text goes aside until the row ends.
func (r *htmlReader) cell() func() {
	if len(r.rows) == 0 || len(r.rows) > maxTables || r.rows[len(r.rows)-1] == nil {
		r.out.block(1)
		return func() { r.out.block(1) }
	}
	here, outer := r.rows[len(r.rows)-1], r.out
	r.out = &flow{limit: outer.limit - outer.b.Len()}
	return func() {
		here.cells = append(here.cells, r.out.string())
		r.out = outer
	}
}

// drawRow puts short cells beside each other and long ones below each other:
// mail is laid out with tables more often than it shows one.
func (r *htmlReader) drawRow(cells []string) {
	var full []string
	single := true
	for _, cell := range cells {
		cell = strings.Trim(cell, "\n")
		if strings.TrimSpace(cell) == "" {
			continue
		}
		full = append(full, cell)
		single = single && !strings.Contains(cell, "\n")
	}
	if single {
		full = []string{strings.Join(full, " | ")}
	}
	for _, cell := range full {
		r.out.block(1)
		if cell != "" {
			r.out.lines(cell)
		}
	}
}

// implied ends what a start tag ends by itself: HTML lets many end tags be left out.
func (r *htmlReader) implied(tag string) {
	switch tag {
	case "li":
		r.endWithin("li", "ul", "ol", "menu", "dir")
	case "dt", "dd":
		r.endWithin("dt", "dl")
		r.endWithin("dd", "dl")
	case "tr":
		r.endWithin("tr", "table")
	case "td", "th":
		r.endWithin("td", "tr", "table")
		r.endWithin("th", "tr", "table")
	case "a":
		r.endWithin("a", "td", "th", "table")
	case "option":
		r.endWithin("option", "select")
	case "p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "form":
		r.endWithin("p", "td", "th", "table", "li", "blockquote", "div", "body")
	}
}

// endWithin ends the innermost tag, unless one of the walls stands before it.
func (r *htmlReader) endWithin(tag string, walls ...string) {
	if r.opened[tag] == 0 {
		return // most stray ends, without a look through the stack
	}
	for i := len(r.stack) - 1; i >= 0; i-- {
		name := r.stack[i].name
		if name == tag {
			r.closeTo(i)
			return
		}
		for _, wall := range walls {
			if name == wall {
				return
			}
		}
	}
}

// end is an end tag. One that nothing opened is passed over, and none but a
// table's own reaches out of a cell.
func (r *htmlReader) end(tag string) {
	switch tag {
	case "table":
		r.endWithin(tag)
	case "tr", "tbody", "thead", "tfoot":
		r.endWithin(tag, "table")
	case "td", "th":
		r.endWithin(tag, "tr", "table")
	case "br":
		r.out.brk()
	case "p":
		r.endWithin(tag, "td", "th", "table", "li", "blockquote", "div")
	default:
		r.endWithin(tag, "td", "th", "table")
	}
}

func (r *htmlReader) closeTo(depth int) {
	for len(r.stack) > depth {
		r.closeTop()
	}
}

func (r *htmlReader) closeTop() {
	e := r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	r.opened[e.name]--
	if e.done != nil {
		e.done()
	}
	if e.hidden {
		r.hidden--
	}
}
