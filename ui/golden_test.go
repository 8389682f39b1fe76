package ui

import (
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/uitest"
)

var sizes = []struct {
	name string
	w, h int
}{{"80x24", 80, 24}, {"120x40", 120, 40}}

// screens is every screen that a rep can meet, and the way to it.
var screens = []struct {
	name string
	way  func(t *testing.T, w, h int) *uitest.Screen
}{
	{"inbox", func(t *testing.T, w, h int) *uitest.Screen { return opened(t, w, h) }},
	{"new-people", func(t *testing.T, w, h int) *uitest.Screen { return opened(t, w, h, "tab") }},
	{"newsletter", func(t *testing.T, w, h int) *uitest.Screen { return opened(t, w, h, "tab", "G", "enter") }},
	{"conversation", func(t *testing.T, w, h int) *uitest.Screen { return opened(t, w, h, "enter") }},
	{"card", func(t *testing.T, w, h int) *uitest.Screen { return opened(t, w, h, "i") }},
	{"card-objected", func(t *testing.T, w, h int) *uitest.Screen { return opened(t, w, h, "j", "j", "j", "i") }},
	{"refused-key", func(t *testing.T, w, h int) *uitest.Screen { return opened(t, w, h, "j", "j", "j", "c") }},
	{"made-lead", func(t *testing.T, w, h int) *uitest.Screen { return opened(t, w, h, "tab", "l") }},
	{"help", func(t *testing.T, w, h int) *uitest.Screen { return opened(t, w, h, "?") }},
	{"palette", func(t *testing.T, w, h int) *uitest.Screen { return opened(t, w, h, "ctrl+k") }},
	{"search", func(t *testing.T, w, h int) *uitest.Screen {
		s := opened(t, w, h, "/")
		s.Type("zolk")
		return s
	}},
	{"found-nobody", func(t *testing.T, w, h int) *uitest.Screen {
		s := opened(t, w, h, "/")
		s.Type("qqq")
		return s
	}},
	{"empty", func(t *testing.T, w, h int) *uitest.Screen {
		s := at(t, uitest.NewWorld(), testOptions, w, h)
		s.Send(event.SyncChanged{Status: uitest.InStep()})
		return s
	}},
	{"loading", func(t *testing.T, w, h int) *uitest.Screen {
		m := New(portsOf(uitest.Office()), testOptions)
		return uitest.New(t, silent{m}, w, h)
	}},
	{"error", func(t *testing.T, w, h int) *uitest.Screen {
		world := uitest.Office()
		world.Err = errors.New("disk I/O error")
		return at(t, world, testOptions, w, h)
	}},
	{"first-run", func(t *testing.T, w, h int) *uitest.Screen {
		return at(t, uitest.NewWorld(), Options{FirstRun: "~/.config/zgoda/config.toml"}, w, h)
	}},
	{"offline", func(t *testing.T, w, h int) *uitest.Screen {
		return told(t, w, h, mail.SyncStatus{Phase: mail.SyncOffline, SyncedAt: uitest.Now.Add(-3 * time.Hour), RetryAt: uitest.Now.Add(40 * time.Second),
			Problem: "The server does not answer.", NextStep: "You can read and write; mail leaves when it is back."})
	}},
	{"fatal", func(t *testing.T, w, h int) *uitest.Screen {
		return told(t, w, h, mail.SyncStatus{Phase: mail.SyncOffline, Fatal: true,
			Problem: "The server refused the password.", NextStep: "Run zgoda setup to enter it again."})
	}},
	{"first-sync", func(t *testing.T, w, h int) *uitest.Screen {
		return told(t, w, h, mail.SyncStatus{Phase: mail.SyncRunning, Mailbox: mail.RoleInbox, Done: 3400, Total: 10000})
	}},
	{"outbox-states", outboxStates},
}

// silent is a model whose commands never come back.
type silent struct{ *Model }

// Init asks and never hears.
func (silent) Init() tea.Cmd { return nil }

// opened is the office after some keys.
func opened(t *testing.T, w, h int, press ...string) *uitest.Screen {
	s, _ := office(t, w, h)
	s.Press(press...)
	return s
}

func told(t *testing.T, w, h int, status mail.SyncStatus) *uitest.Screen {
	s, _ := office(t, w, h)
	s.Send(event.SyncChanged{Status: status})
	return s
}

func outboxStates(t *testing.T, w, h int) *uitest.Screen {
	s, world := office(t, w, h)
	draft := mail.Draft{ID: 7, Person: 1, To: mail.Address{Name: "Ewa Żółkiewska", Email: "ewa@piekarniawanda.example"}, Subject: "Umowa na rok", Text: "Pani Ewo, umowa w załączeniu."}
	world.PutOut(mail.Outgoing{Draft: draft, State: mail.Unknown, Reason: "The connection ended before the server answered.", NextStep: "Look into your Sent mailbox, then say so in the outbox."})
	draft.ID, draft.Text = 8, "Pani Ewo, i jeszcze termin."
	world.PutOut(mail.Outgoing{Draft: draft, State: mail.Queued, DueAt: uitest.Now.Add(8 * time.Second)})
	s.Send(event.StoreChanged{Outbox: true})
	s.Press("enter", "G")
	return s
}

func TestGoldenScreens(t *testing.T) {
	for _, screen := range screens {
		for _, size := range sizes {
			t.Run(screen.name+"-"+size.name, func(t *testing.T) {
				s := screen.way(t, size.w, size.h)
				s.Exact()
				s.Golden(screen.name + "-" + size.name)
			})
		}
	}
}

// Colour must repeat what a mark already says: the styled frames of the inbox
// in the four themes, and the plain one is the same text in each.
func TestGoldenThemes(t *testing.T) {
	plain := ""
	for _, theme := range []struct {
		name    string
		options Options
	}{{"dark", Options{}}, {"light", Options{Light: true}}, {"no-color", Options{NoColor: true}}} {
		s := at(t, uitest.Office(), theme.options, 120, 40)
		s.Exact()
		s.GoldenStyled("inbox-" + theme.name)
		if plain == "" {
			plain = s.Text()
		}
		if s.Text() != plain {
			t.Errorf("the theme %s says something else", theme.name)
		}
	}
}

func TestEverySizeIsFilledExactly(t *testing.T) {
	for _, w := range []int{1, 20, 59, 60, 80, 99, 100, 119, 120, 200} {
		for _, h := range []int{1, 14, 15, 24, 31, 32, 60} {
			s, _ := office(t, w, h)
			for _, press := range []string{"enter", "i", "esc", "esc", "?", "esc", "ctrl+k", "esc", "/", "esc"} {
				s.Press(press)
				s.Exact()
			}
		}
	}
}
