package uitest

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"zgoda/ui/keys"
)

// maxMessages bounds how much one key may set in motion. A model that goes on
// by itself (a blinking cursor, an animation) is a mistake in a test.
const maxMessages = 2000

// Screen is a model with a size and nobody in front of it.
type Screen struct {
	tb    testing.TB
	model tea.Model
	w, h  int
}

// New starts model on a screen of w by h cells and runs what it begins with.
func New(tb testing.TB, model tea.Model, w, h int) *Screen {
	tb.Helper()
	s := &Screen{tb: tb, model: model, w: w, h: h}
	cmd := model.Init()
	s.Send(tea.WindowSizeMsg{Width: w, Height: h})
	s.run(cmd)
	return s
}

// Resize gives the screen another size.
func (s *Screen) Resize(w, h int) {
	s.w, s.h = w, h
	s.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// Press presses keys by their names: "j", "enter", "ctrl+k", "shift+tab".
func (s *Screen) Press(names ...string) {
	s.tb.Helper()
	for _, name := range names {
		s.Send(Key(name))
	}
}

// Type types text, one key a rune.
func (s *Screen) Type(text string) {
	s.tb.Helper()
	for _, r := range text {
		s.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// Click presses and releases the left button at a cell.
func (s *Screen) Click(x, y int) {
	s.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	s.Send(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// Wheel turns the wheel over a cell: down when down is true.
func (s *Screen) Wheel(x, y int, down bool) {
	button := tea.MouseWheelUp
	if down {
		button = tea.MouseWheelDown
	}
	s.Send(tea.MouseWheelMsg{X: x, Y: y, Button: button})
}

// Send gives the model one message and runs everything that follows from it.
func (s *Screen) Send(msg tea.Msg) {
	s.tb.Helper()
	model, cmd := s.model.Update(msg)
	s.model = model
	s.run(cmd)
}

// run drains a command and all that it leads to, in order. View is called
// after each message, as the real program does.
func (s *Screen) run(cmd tea.Cmd) {
	s.tb.Helper()
	queue := []tea.Cmd{cmd}
	for n := 0; len(queue) > 0; n++ {
		if n > maxMessages {
			s.tb.Fatalf("one message led to more than %d others", maxMessages)
		}
		next := queue[0]
		queue = queue[1:]
		if next == nil {
			continue
		}
		switch msg := next().(type) {
		case nil:
		case tea.BatchMsg:
			queue = append(queue, msg...)
		case tea.QuitMsg:
			s.quit()
		default:
			model, more := s.model.Update(msg)
			s.model = model
			queue = append(queue, more)
		}
		_ = s.model.View()
	}
}

// quit remembers that the model wanted to end.
func (s *Screen) quit() { s.model = gone{s.model} }

// gone is a model after its end: it answers nothing more.
type gone struct{ tea.Model }

func (g gone) Update(tea.Msg) (tea.Model, tea.Cmd) { return g, nil }

// Ended reports whether the model has quit.
func (s *Screen) Ended() bool { _, ok := s.model.(gone); return ok }

// View is the newest view.
func (s *Screen) View() tea.View { return s.model.View() }

// Frame is the newest frame with its styles.
func (s *Screen) Frame() string { return s.model.View().Content }

// Text is the newest frame as a person reads it: no styles, no blanks at the
// ends of lines.
func (s *Screen) Text() string { return Plain(s.Frame()) }

// Plain takes styles and blanks at the ends of lines away.
func Plain(frame string) string {
	lines := strings.Split(ansi.Strip(frame), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// Has fails the test unless every text stands on the screen.
func (s *Screen) Has(texts ...string) {
	s.tb.Helper()
	frame := s.Text()
	for _, text := range texts {
		if !strings.Contains(frame, text) {
			s.tb.Fatalf("the screen does not say %q:\n%s", text, frame)
		}
	}
}

// HasNot fails the test when one of the texts stands on the screen.
func (s *Screen) HasNot(texts ...string) {
	s.tb.Helper()
	frame := s.Text()
	for _, text := range texts {
		if strings.Contains(frame, text) {
			s.tb.Fatalf("the screen says %q:\n%s", text, frame)
		}
	}
}

// Exact fails the test unless the frame has exactly the size of the screen in
// every line.
func (s *Screen) Exact() {
	s.tb.Helper()
	lines := strings.Split(s.Frame(), "\n")
	if len(lines) != s.h {
		s.tb.Fatalf("the frame has %d lines, the screen %d", len(lines), s.h)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != s.w {
			s.tb.Fatalf("line %d is %d cells wide, the screen %d: %q", i, w, s.w, ansi.Strip(line))
		}
	}
}

// Key is the press of a key by its name.
func Key(name string) tea.KeyPressMsg { return keys.Press(name) }
