package threadlist

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

// feed answers what the list wishes, as the root does, until it wishes nothing.
func feed(t interface{ Fatal(...any) }, m *Model, world *uitest.World, wish event.Wish) {
	for n := 0; wish != nil; n++ {
		if n > 50 {
			t.Fatal("the list never stops asking")
		}
		var next event.Wish
		for _, one := range flat(wish) {
			if load, ok := one.(event.LoadRows); ok {
				page, err := world.Rows(context.Background(), load.Query)
				more, _ := m.Update(event.RowsLoaded{Seq: load.Seq, Query: load.Query, Page: page, Err: err})
				next = many(next, more)
			}
		}
		wish = next
	}
}

func flat(wish event.Wish) []event.Wish {
	if list, ok := wish.(event.Many); ok {
		var all []event.Wish
		for _, w := range list {
			all = append(all, flat(w)...)
		}
		return all
	}
	if wish == nil {
		return nil
	}
	return []event.Wish{wish}
}

func crowded(t interface{ Fatal(...any) }, n, h int) (*Model, *uitest.World) {
	world := uitest.Crowd(n)
	m := New(theme.New(true, true), keys.Default())
	m.SetSize(60, h)
	m.SetNow(uitest.Now)
	feed(t, m, world, m.Reload())
	return m, world
}

// Whatever is pressed, the selected row is the one that a list of everything
// would have, and the window stays small and without a hole.
func TestTheWindowIsTheListOfEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 700).Draw(t, "people")
		m, world := crowded(t, n, rapid.IntRange(4, 60).Draw(t, "height"))
		want := 0
		half := max(1, m.visible()/2)
		for range rapid.IntRange(1, 60).Draw(t, "presses") {
			press := rapid.SampledFrom([]string{"j", "j", "k", "ctrl+d", "ctrl+d", "ctrl+d", "ctrl+u", "g", "G", "reload"}).Draw(t, "press")
			switch press {
			case "j":
				want++
			case "k":
				want--
			case "ctrl+d":
				want += half
			case "ctrl+u":
				want -= half
			case "g":
				want = 0
			case "G":
				want = n - 1
			}
			want = max(0, min(want, n-1))
			if press == "reload" {
				feed(t, m, world, m.Reload())
			} else {
				wish, _ := m.Update(uitest.Key(press))
				feed(t, m, world, wish)
			}
			row, ok := m.Row()
			if !ok || row.Lead.ID != mail.PersonID(want+1) { // Crowd numbers from the newest
				t.Fatalf("after %q person %d is selected, want %d", press, row.Lead.ID, want+1)
			}
			whole(t, m, n)
		}
	})
}

// whole fails unless the window is a run of the order without a hole, not too
// long, with the selection on the screen.
func whole(t *rapid.T, m *Model, n int) {
	w := m.win
	if len(w.rows) > windowRows+pageRows || w.total != n {
		t.Fatalf("the window has %d rows of %d", len(w.rows), w.total)
	}
	for i, row := range w.rows {
		if row.Lead.ID != mail.PersonID(w.index+i+1) {
			t.Fatalf("row %d of the window (index %d) is person %d", i, w.index, row.Lead.ID)
		}
	}
	if w.sel < w.top || w.sel >= w.top+m.visible() {
		t.Fatalf("row %d is selected, %d to %d are drawn", w.sel, w.top, w.top+m.visible())
	}
}

func TestAStaleAnswerIsDropped(t *testing.T) {
	m, world := crowded(t, 5, 20)
	old := flat(m.SetSplit(consent.SplitNew))[0].(event.LoadRows)
	wish := m.SetSplit(consent.SplitLeads)
	page, _ := world.Rows(t.Context(), consent.Query{Split: consent.SplitLeads, Limit: 2})
	if got, _ := m.Update(event.RowsLoaded{Seq: old.Seq, Page: page}); got != nil {
		t.Fatalf("a stale answer made the list wish %v", got)
	}
	if _, ok := m.Row(); ok {
		t.Fatal("a stale answer was shown")
	}
	feed(t, m, world, wish)
	if row, _ := m.Row(); row.Lead.ID != 1 {
		t.Fatalf("person %d is selected", row.Lead.ID)
	}
}

// A person deep in the list who writes goes to the top of it, and the
// selection goes with them: the conversation must not change under the eyes.
func TestTheSelectionGoesWithThePersonWhoWrites(t *testing.T) {
	m, world := crowded(t, 600, 40)
	for range 20 {
		wish, _ := m.Update(uitest.Key("ctrl+d"))
		feed(t, m, world, wish)
	}
	row, _ := m.Row()
	if m.win.index == 0 {
		t.Fatal("the window did not move")
	}
	world.Edit(row.Lead.ID, func(p *uitest.Person) { p.Row.LastAt = uitest.Now.Add(time.Second) })
	feed(t, m, world, m.Reload())
	if now, _ := m.Row(); now.Lead.ID != row.Lead.ID || m.win.index != 0 || m.win.sel != 0 {
		t.Fatalf("person %d is selected at %d, want %d at the top", now.Lead.ID, m.win.index+m.win.sel, row.Lead.ID)
	}
}

// While an answer is on its way no second question is asked, however much is
// typed; then the newest text is.
func TestTypingAsksOneQuestionAtATime(t *testing.T) {
	m, world := crowded(t, 50, 20)
	m.Update(uitest.Key("/"))
	first, _ := m.Update(uitest.Key("ł"))
	for _, r := range "ęcka" {
		if wish, _ := m.Update(uitest.Key(string(r))); wish != nil {
			t.Fatalf("asked again while the answer is on its way: %v", wish)
		}
	}
	before := world.Asked["Rows"]
	feed(t, m, world, first)
	if asked := world.Asked["Rows"] - before; asked != 2 {
		t.Fatalf("asked %d times for five letters", asked)
	}
	if m.query != "łęcka" || m.win.total != 50 {
		t.Fatalf("found %d for %q", m.win.total, m.query)
	}
}
