package desk

import (
	"zgoda/consent"
)

// The window of a queue. It asks for the next page when the selection comes
// within nearEdge rows of its end, and forgets pages far from it, so that the
// cost follows the screen and not the queue.
const (
	pageRows   = 100
	windowRows = 3 * pageRows
	nearEdge   = 30
)

// ask is what a question was asked for, so that its answer knows its place.
type ask int

const (
	askNothing ask = iota
	askReplace     // the answer is the window, from the top
	askReload      // the same, and the selection stays on its case
	askBelow       // the answer goes below
	askAbove       // the answer goes above
)

// question is what to ask the store for.
type question struct {
	seq   int
	after consent.Place
	limit int
}

// queue is a run of rows without a hole, out of the store's order. A list that
// comes whole (requests, decisions, assessments) is one with a nil place.
type queue[T any] struct {
	same  func(a, b T) bool
	place func(T) consent.Place

	rows  []T
	from  consent.Place   // after which the window begins
	above []consent.Place // after which each forgotten page above it begins
	index int             // rows above rows[0]
	end   bool            // nothing is below
	sel   int             // of rows
	top   int             // of rows, the first one drawn

	seq    int
	asked  ask
	again  bool
	loaded bool
	err    error
}

// pager is a queue of anything.
type pager interface {
	size() int
	selection() (sel, top, index int)
	move(n, visible int) (question, bool)
	keepVisible(visible int)
	reload() (question, bool)
	replace() question
	retry() (question, bool)
	state() (loaded bool, err error)
	forget()
}

func (q *queue[T]) size() int                        { return len(q.rows) }
func (q *queue[T]) selection() (sel, top, index int) { return q.sel, q.top, q.index }
func (q *queue[T]) state() (bool, error)             { return q.loaded, q.err }

// selected is the case under the bar; false when there is none.
func (q *queue[T]) selected() (row T, ok bool) {
	if q.sel < 0 || q.sel >= len(q.rows) {
		return row, false
	}
	return q.rows[q.sel], true
}

// forget drops everything: nobody's data stays behind a closed desk.
func (q *queue[T]) forget() {
	*q = queue[T]{same: q.same, place: q.place, seq: q.seq + 1}
}

// move puts the selection n rows on, and asks for more rows in time.
func (q *queue[T]) move(n, visible int) (question, bool) {
	q.sel += n
	q.keepVisible(visible)
	return q.more()
}

// keepVisible moves top so that the selection is among visible rows.
func (q *queue[T]) keepVisible(visible int) {
	q.sel = max(0, min(q.sel, len(q.rows)-1))
	q.top = max(0, min(q.top, q.sel, len(q.rows)-visible))
	if q.sel >= q.top+visible {
		q.top = q.sel - visible + 1
	}
}

// more asks for the next page when the selection is near an end of the window.
func (q *queue[T]) more() (question, bool) {
	if q.asked != askNothing || len(q.rows) == 0 || q.place == nil {
		return question{}, false
	}
	switch {
	case !q.end && len(q.rows)-1-q.sel < nearEdge:
		return q.ask(askBelow, q.place(q.rows[len(q.rows)-1]), pageRows), true
	case len(q.above) > 0 && q.sel < nearEdge:
		return q.ask(askAbove, q.above[len(q.above)-1], pageRows), true
	}
	return question{}, false
}

// replace begins anew at the top.
func (q *queue[T]) replace() question { return q.ask(askReplace, consent.Place{}, pageRows) }

// reload asks for the rows of the window again. While a question is open it is
// asked once more after the answer.
func (q *queue[T]) reload() (question, bool) {
	if q.asked != askNothing {
		q.again = true
		return question{}, false
	}
	if !q.loaded {
		return q.replace(), true
	}
	return q.ask(askReload, q.from, max(pageRows, len(q.rows))), true
}

func (q *queue[T]) ask(what ask, after consent.Place, limit int) question {
	q.seq++
	q.asked = what
	return question{q.seq, after, limit}
}

// take takes the answer to the newest question; it reports whether it was one.
func (q *queue[T]) take(seq int, rows []T, err error, visible int) bool {
	if seq != q.seq || q.asked == askNothing {
		return false
	}
	what := q.asked
	q.asked, q.loaded, q.err = askNothing, true, err
	if err != nil {
		q.again = false
		return true
	}
	switch what {
	case askReplace:
		q.from, q.above, q.index, q.sel, q.top = consent.Place{}, nil, 0, 0, 0
		q.rows, q.end = rows, q.place == nil || len(rows) < pageRows
	case askReload:
		asked := max(pageRows, len(q.rows))
		q.keep(rows)
		q.end = q.place == nil || len(rows) < asked
	case askBelow:
		q.rows, q.end = append(q.rows, rows...), len(rows) < pageRows
		q.trimAbove()
	case askAbove:
		q.prepend(rows)
	}
	q.keepVisible(visible)
	return true
}

// retry is what must be asked after an answer: what changed meanwhile, else the next page.
func (q *queue[T]) retry() (question, bool) {
	if q.again {
		q.again = false
		return q.reload()
	}
	return q.more()
}

// keep puts rows in the place of the old ones; the selection stays on its
// case, else on the row that moved up to it.
func (q *queue[T]) keep(rows []T) {
	was, had := q.selected()
	q.rows = rows
	if !had {
		return
	}
	for i, row := range rows {
		if q.same(row, was) {
			q.sel = i
			return
		}
	}
}

// trimAbove forgets a page above the selection when the window has grown too long.
func (q *queue[T]) trimAbove() {
	for len(q.rows) > windowRows && q.sel > pageRows+nearEdge {
		q.above = append(q.above, q.from)
		q.from = q.place(q.rows[pageRows-1])
		q.rows = append([]T(nil), q.rows[pageRows:]...)
		q.index, q.sel, q.top = q.index+pageRows, q.sel-pageRows, max(0, q.top-pageRows)
	}
}

// prepend puts the page above back, and forgets the end of the window. Rows that
// came into that page meanwhile are met at the next reload.
func (q *queue[T]) prepend(rows []T) {
	if len(q.above) == 0 {
		return
	}
	for i, row := range rows { // what already stands in the window
		if len(q.rows) > 0 && q.same(row, q.rows[0]) {
			rows = rows[:i]
			break
		}
	}
	q.from, q.above = q.above[len(q.above)-1], q.above[:len(q.above)-1]
	q.rows = append(append([]T(nil), rows...), q.rows...)
	q.index, q.sel, q.top = max(0, q.index-len(rows)), q.sel+len(rows), q.top+len(rows)
	if len(q.above) == 0 {
		q.index = 0
	}
	if len(q.rows) > windowRows {
		q.rows, q.end = q.rows[:windowRows], false
	}
}
