package ui

import (
	"errors"
	"testing"
	"time"

	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/uitest"
)

// deskOffice starts the screen over an office with work in every queue.
func deskOffice(t testing.TB, w, h int, opts Options) (*uitest.Screen, *uitest.World) {
	t.Helper()
	world := uitest.Desk()
	ports := portsOf(world)
	ports.Desk, ports.Intake = world, uitest.Intake{World: world}
	s := uitest.New(t, New(ports, opts), w, h)
	s.Send(event.SyncChanged{Status: uitest.InStep()})
	return s, world
}

var errOffline = &mail.Problem{Sentence: "The server cannot be reached.", NextStep: "The list stays here: try again when you are online.", Err: errors.New("dial: refused")}

// deskScreen is one screen of the office, and the way to it.
type deskScreen struct {
	name  string
	press []string
	typed string
	after []string
	set   func(*uitest.World)
}

// deskScreens is all of them.
var deskScreens = []deskScreen{
	{name: "desk-status"},
	{name: "desk-notices", press: []string{"d"}},
	{name: "desk-requests", press: []string{"d", "tab"}},
	{name: "desk-extend", press: []string{"d", "tab", "j", "e"}, typed: "nine mailboxes to search"},
	{name: "desk-restrict", press: []string{"d", "tab", "r"}},
	{name: "desk-new-request", press: []string{"d", "tab", "n", "ctrl+s"}},
	{name: "desk-retention", press: []string{"d", "tab", "tab"}},
	{name: "desk-hold", press: []string{"d", "tab", "tab", "h"}},
	{name: "desk-decisions", press: []string{"d", "tab", "tab", "tab", "j"}},
	{name: "desk-fact", press: []string{"d", "tab", "tab", "tab", "f"}},
	{name: "desk-override", press: []string{"d", "tab", "tab", "tab", "O"}},
	{name: "desk-assessments", press: []string{"d", "shift+tab"}},
	{name: "desk-empty", press: []string{"d"}, set: func(w *uitest.World) {
		for id := range 9 {
			w.Edit(mail.PersonID(id+1), func(p *uitest.Person) { p.Row.Standing.NoticeDue = time.Time{} })
		}
	}},
	{name: "assess-new", press: []string{"d", "shift+tab", "n"}},
	{name: "assess-renew", press: []string{"d", "shift+tab", "enter"}},
	{name: "erase-ask", press: []string{"x"}},
	{name: "erase-refused", press: []string{"x", "right", "tab"}, typed: "erase", after: []string{"enter"}},
	{name: "erase-report", press: []string{"x", "right", "tab"}, typed: "ERASE", after: []string{"enter"}},
	{name: "erase-sure", press: []string{"x", "right", "tab"}, typed: "ERASE", after: []string{"enter", "X"}},
	{name: "erase-server", press: []string{"x", "right", "tab"}, typed: "ERASE", after: []string{"enter", "X", "y"}},
	{name: "erase-offline", press: []string{"x", "right", "tab"}, typed: "ERASE", after: []string{"enter", "X", "y"}, set: func(w *uitest.World) { w.CopiesErr = errOffline }},
	{name: "import-form", press: []string{"I", "ctrl+s"}},
	{name: "import-preview", press: append([]string{"I"}, importForm...)},
	{name: "import-report", press: append(append([]string{"I"}, importForm...), "enter", "j")},
}

// importForm fills the form in, key by key.
var importForm = []string{"~", "/", "a", ".", "c", "s", "v", "tab", "f", "a", "i", "r", "tab", "right", "tab", "right", "tab",
	"2", "0", "2", "6", "-", "1", "1", "-", "2", "0", "ctrl+s"}

func (d deskScreen) open(t testing.TB, w, h int, opts Options) *uitest.Screen {
	t.Helper()
	s, world := deskOffice(t, w, h, opts)
	if d.set != nil {
		d.set(world)
		s.Send(event.StoreChanged{})
	}
	s.Press(d.press...)
	s.Type(d.typed)
	s.Press(d.after...)
	return s
}

func TestGoldenDesk(t *testing.T) {
	for _, screen := range deskScreens {
		for _, size := range sizes {
			t.Run(screen.name+"-"+size.name, func(t *testing.T) {
				s := screen.open(t, size.w, size.h, testOptions)
				s.Exact()
				s.Golden(screen.name + "-" + size.name)
			})
		}
	}
}

// Colour only repeats what a mark or a word says: without it each screen says the same.
func TestTheDeskReadsWithoutColour(t *testing.T) {
	plain := testOptions
	plain.NoColor = true
	for _, screen := range deskScreens {
		with, without := screen.open(t, 100, 30, testOptions), screen.open(t, 100, 30, plain)
		if with.Text() != without.Text() {
			t.Errorf("%s says something else without colour:\n%s\n---\n%s", screen.name, with.Text(), without.Text())
		}
	}
}

func TestTheDeskFillsEverySize(t *testing.T) {
	for _, screen := range deskScreens {
		s := screen.open(t, 120, 40, testOptions)
		for _, w := range []int{1, 20, 59, 60, 72, 80, 99, 103, 104, 120, 200} {
			for _, h := range []int{1, 14, 15, 16, 20, 24, 31, 32, 60} {
				s.Resize(w, h)
				s.Exact()
			}
		}
	}
}
