package desk

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
)

type row struct{ at consent.Place }

func numbered(n int) []row {
	rows := make([]row, n)
	for i := range rows {
		rows[i] = row{consent.Place{Due: time.Unix(int64(i/3), 0), ID: mail.PersonID(i + 1)}}
	}
	return rows
}

// store answers as the store does: by key, at most limit.
func store(rows []row, q question) []row {
	from := 0
	if q.after != (consent.Place{}) {
		from = slices.IndexFunc(rows, func(r row) bool {
			return r.at.Due.After(q.after.Due) || r.at.Due.Equal(q.after.Due) && r.at.ID > q.after.ID
		})
		if from < 0 {
			return nil
		}
	}
	return slices.Clone(rows[from:min(len(rows), from+q.limit)])
}

func newQueue() *queue[row] {
	return &queue[row]{same: func(a, b row) bool { return a.at == b.at }, place: func(r row) consent.Place { return r.at }}
}

// answer answers a question, and all that follow from it.
func answer(t interface{ Fatalf(string, ...any) }, q *queue[row], rows []row, asked question, ok bool) {
	for n := 0; ok; n++ {
		if n > 3 {
			t.Fatalf("one key asks for more than three pages")
		}
		if !q.take(asked.seq, store(rows, asked), nil, 20) {
			t.Fatalf("the answer to the newest question was dropped")
		}
		asked, ok = q.retry()
	}
}

// Wherever one goes, the window is a run of the store's rows without a hole, it
// knows its place, and it never grows beyond its bound.
func TestTheWindowIsARunOfTheStoresRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := numbered(rapid.IntRange(0, 2000).Draw(t, "rows"))
		q := newQueue()
		answer(t, q, rows, q.replace(), true)
		for range rapid.IntRange(1, 60).Draw(t, "keys") {
			step := rapid.IntRange(-120, 120).Draw(t, "step")
			asked, ok := q.move(step, 20)
			answer(t, q, rows, asked, ok)
			sel, top, index := q.selection()
			if len(q.rows) > windowRows+pageRows {
				t.Fatalf("%d rows are kept", len(q.rows))
			}
			if len(rows) == 0 {
				continue
			}
			if !slices.Equal(q.rows, rows[index:index+len(q.rows)]) {
				t.Fatalf("the window is no run: it begins at %d", index)
			}
			if sel < top || sel >= top+20 {
				t.Fatalf("the selection %d is not among the rows from %d", sel, top)
			}
		}
	})
}

// Every case of a long queue can be reached with one key, and comes once.
func TestEveryCaseIsReachedOnce(t *testing.T) {
	rows, q := numbered(1234), newQueue()
	answer(t, q, rows, q.replace(), true)
	for i := range rows {
		if got, _ := q.selected(); got != rows[i] {
			t.Fatalf("key %d stands on %v, want %v", i, got, rows[i])
		}
		asked, ok := q.move(1, 20)
		answer(t, q, rows, asked, ok)
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if got, _ := q.selected(); got != rows[i] {
			t.Fatalf("back at %d it stands on %v, want %v", i, got, rows[i])
		}
		asked, ok := q.move(-1, 20)
		answer(t, q, rows, asked, ok)
	}
}

// A reload keeps the selection on its case, and when that is gone, at its place.
func TestAReloadKeepsItsCase(t *testing.T) {
	rows, q := numbered(500), newQueue()
	answer(t, q, rows, q.replace(), true)
	for range 60 {
		asked, ok := q.move(5, 20)
		answer(t, q, rows, asked, ok)
	}
	was, _ := q.selected()
	fewer := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.at.ID%7 == 0 && r != was })
	asked, ok := q.reload()
	answer(t, q, fewer, asked, ok)
	if got, _ := q.selected(); got != was {
		t.Errorf("it stands on %v, stood on %v", got, was)
	}
	asked, ok = q.reload()
	answer(t, q, slices.DeleteFunc(fewer, func(r row) bool { return r == was }), asked, ok)
	if got, ok := q.selected(); !ok || got == was {
		t.Errorf("it stands on %v", got)
	}
}

func TestAnAnswerToAnOlderQuestionIsDropped(t *testing.T) {
	rows, q := numbered(50), newQueue()
	old := q.replace()
	q.forget()
	if q.take(old.seq, rows, nil, 20) || q.size() != 0 {
		t.Error("it was taken after the desk forgot")
	}
	newer := q.replace()
	if q.take(old.seq, rows, nil, 20) {
		t.Error("it was taken for the newer one")
	}
	if !q.take(newer.seq, rows, nil, 20) || q.size() != 50 {
		t.Error("the newest was not taken")
	}
}
