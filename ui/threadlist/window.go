package threadlist

import (
	"slices"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
)

// The window holds about windowRows rows around the selection. It asks for
// pageRows more when the selection comes within nearEdge rows of its end.
const (
	windowRows = 200
	pageRows   = 100
	nearEdge   = 40
)

// ask is what a question was asked for, so that its answer knows its place.
type ask int

const (
	askNothing ask = iota
	askReplace     // the answer is the window
	askReload      // the same, and the selection stays on its person
	askFind        // where has the selected person gone? at the top, if anywhere
	askOlder       // the answer goes below
	askNewer       // the answer goes above
)

// window is a run of rows without a hole out of the store's order.
type window struct {
	rows  []consent.Row
	index int // rows above rows[0]
	total int
	sel   int // of rows
	top   int // of rows, the first one drawn

	seq     int // number of the newest question
	asked   ask // what it is for; askNothing when it was answered
	again   bool
	toEnd   bool // the answer should be shown from its end
	loaded  bool
	pending consent.Page // a reload that waits for askFind
}

func (w *window) selected() (consent.Row, bool) {
	if w.sel < 0 || w.sel >= len(w.rows) {
		return consent.Row{}, false
	}
	return w.rows[w.sel], true
}

func (w *window) seek(person mail.PersonID) bool {
	i := slices.IndexFunc(w.rows, func(r consent.Row) bool { return r.Lead.ID == person })
	if i >= 0 {
		w.sel = i
	}
	return i >= 0
}

// keepVisible moves top so that the selection is among visible rows.
func (w *window) keepVisible(visible int) {
	w.sel = max(0, min(w.sel, len(w.rows)-1))
	w.top = max(0, min(w.top, w.sel, len(w.rows)-visible))
	if w.sel >= w.top+visible {
		w.top = w.sel - visible + 1
	}
}

// trim forgets rows far from the selection.
func (w *window) trim() {
	if over := len(w.rows) - windowRows; over > 0 {
		if w.sel > windowRows/2 {
			head := min(over, w.sel-windowRows/2)
			w.rows = w.rows[head:]
			w.index, w.sel, w.top = w.index+head, w.sel-head, max(0, w.top-head)
			over -= head
		}
		w.rows = slices.Clip(w.rows[:len(w.rows)-over])
	}
}

// move puts the selection n rows on, and asks for more rows in time.
func (m *Model) move(n int) event.Wish {
	before, _ := m.win.selected()
	m.win.sel += n
	m.win.keepVisible(m.visible())
	return many(m.changed(before.Lead.ID), m.more())
}

// changed is the wish that tells of another selection.
func (m *Model) changed(before mail.PersonID) event.Wish {
	row, _ := m.win.selected()
	if row.Lead.ID == before {
		return nil
	}
	return event.Selected{Person: row.Lead.ID}
}

// more asks for the next page when the selection is near an end of the window.
func (m *Model) more() event.Wish {
	w := &m.win
	if w.asked != askNothing || len(w.rows) == 0 {
		return nil
	}
	switch {
	case len(w.rows)-1-w.sel < nearEdge && w.index+len(w.rows) < w.total:
		return m.ask(askOlder, consent.Query{From: w.rows[len(w.rows)-1].Cursor(), Limit: pageRows})
	case w.sel < nearEdge && w.index > 0:
		return m.ask(askNewer, consent.Query{From: w.rows[0].Cursor(), Back: true, Limit: pageRows})
	}
	return nil
}

// edge goes to the first or the last person of all.
func (m *Model) edge(top bool) event.Wish {
	w := &m.win
	before, _ := w.selected()
	if top && w.index == 0 {
		w.sel = 0
	} else if !top && w.index+len(w.rows) >= w.total {
		w.sel = len(w.rows) - 1
	} else {
		return m.replace(consent.Cursor{}, !top)
	}
	w.keepVisible(m.visible())
	return many(m.changed(before.Lead.ID), m.more())
}

func (m *Model) replace(from consent.Cursor, back bool) event.Wish {
	m.win.toEnd = back
	return m.ask(askReplace, consent.Query{From: from, Back: back, Limit: pageRows})
}

// Reload asks for the rows of the window again; the selection stays on its
// person. While a question is open it is asked once more after the answer.
func (m *Model) Reload() event.Wish {
	w := &m.win
	if w.asked != askNothing {
		w.again = true
		return nil
	}
	q := consent.Query{Limit: max(pageRows, len(w.rows))}
	if w.index > 0 && len(w.rows) > 0 {
		// One millisecond is the grain of the store's times: this is the place
		// just above the first row, whatever came to stand there.
		q.From = consent.Cursor{At: w.rows[0].LastAt.Add(time.Millisecond)}
	}
	return m.ask(askReload, q)
}

func (m *Model) ask(what ask, q consent.Query) event.Wish {
	m.win.seq++
	m.win.asked = what
	q.Split, q.Search = m.split, m.input.Value()
	return event.LoadRows{Seq: m.win.seq, Query: q}
}

// rowsLoaded takes the answer to the newest question; older ones are stale.
func (m *Model) rowsLoaded(msg event.RowsLoaded) event.Wish {
	w := &m.win
	if msg.Seq != w.seq {
		return nil
	}
	before, had := w.selected()
	what := w.asked
	w.asked, w.loaded, m.err = askNothing, true, msg.Err
	if msg.Err != nil {
		w.again = false
		return nil
	}
	m.query = msg.Query.Search
	if what == askReload && had && !hasPerson(msg.Page.Rows, before.Lead.ID) && msg.Page.Index > 0 {
		w.pending = msg.Page
		return m.ask(askFind, consent.Query{Limit: pageRows})
	}
	m.place(what, msg.Page, before.Lead.ID)
	w.keepVisible(m.visible())
	return many(m.changed(before.Lead.ID), m.next())
}

// place puts an answer where it belongs in the window.
func (m *Model) place(what ask, page consent.Page, selected mail.PersonID) {
	w := &m.win
	switch what {
	case askReplace:
		w.take(page)
		w.sel, w.top = 0, 0
		if w.toEnd {
			w.sel = len(w.rows) - 1
		}
	case askReload:
		w.take(page)
		if m.settled {
			w.seek(selected)
		}
	case askFind:
		if !hasPerson(page.Rows, selected) {
			page = w.pending
		}
		w.pending = consent.Page{}
		w.take(page)
		w.seek(selected)
	case askOlder:
		w.rows = append(w.rows, page.Rows...)
		w.total = page.Total
		w.trim()
	case askNewer:
		w.rows = append(slices.Clone(page.Rows), w.rows...)
		w.index, w.total = page.Index, page.Total
		w.sel, w.top = w.sel+len(page.Rows), w.top+len(page.Rows)
		w.trim()
	}
}

// next is what must be asked after an answer: what changed meanwhile, else
// the next page.
func (m *Model) next() event.Wish {
	if m.query != m.input.Value() {
		return m.replace(consent.Cursor{}, false)
	}
	if m.win.again {
		m.win.again = false
		return m.Reload()
	}
	return m.more()
}

func (w *window) take(page consent.Page) {
	w.rows, w.index, w.total = page.Rows, page.Index, page.Total
}

func hasPerson(rows []consent.Row, person mail.PersonID) bool {
	return slices.ContainsFunc(rows, func(r consent.Row) bool { return r.Lead.ID == person })
}

// many joins wishes and leaves out the empty ones.
func many(wishes ...event.Wish) event.Wish {
	var list event.Many
	for _, w := range wishes {
		if w != nil {
			list = append(list, w)
		}
	}
	switch len(list) {
	case 0:
		return nil
	case 1:
		return list[0]
	}
	return list
}

// Forget takes an erased person out of the rows at once, and with them a search
// that may name them.
func (m *Model) Forget(person mail.PersonID) event.Wish {
	w := &m.win
	before, _ := w.selected()
	w.rows = slices.DeleteFunc(slices.Clone(w.rows), func(r consent.Row) bool { return r.Lead.ID == person })
	w.pending = consent.Page{}
	w.seq++ // an answer that is on its way may still hold them
	w.asked, w.again = askNothing, false
	w.keepVisible(m.visible())
	return many(m.changed(before.Lead.ID), m.clearSearch())
}
