package cli

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"zgoda/ui/keys"
)

// player presses keys on the real screen and reads its frames. It is what
// ui/uitest has, which cannot be linked in here: both it and the golden files
// of this package own the flag -update.
type player struct {
	tb    testing.TB
	model tea.Model
}

func newPlayer(tb testing.TB, model tea.Model) *player {
	tb.Helper()
	p := &player{tb: tb, model: model}
	p.send(tea.WindowSizeMsg{Width: 160, Height: 50})
	p.run(model.Init())
	return p
}

// send gives the screen one message and runs all that follows from it.
func (p *player) send(msg tea.Msg) {
	p.tb.Helper()
	model, cmd := p.model.Update(msg)
	p.model = model
	p.run(cmd)
}

// run works commands off in order. The bound is against a model that goes on
// by itself.
func (p *player) run(cmd tea.Cmd) {
	p.tb.Helper()
	queue := []tea.Cmd{cmd}
	for n := 0; len(queue) > 0; n++ {
		if n > 2000 {
			p.tb.Fatal("one message led to more than 2000 others")
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
			p.tb.Fatal("the screen ended")
		default:
			model, more := p.model.Update(msg)
			p.model = model
			queue = append(queue, more)
		}
	}
}

func (p *player) press(names ...string) {
	p.tb.Helper()
	for _, name := range names {
		p.send(keys.Press(name))
	}
}

func (p *player) typeText(text string) {
	p.tb.Helper()
	for _, r := range text {
		p.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

// text is the frame as a person reads it.
func (p *player) text() string { return ansi.Strip(p.model.View().Content) }

// shows reports whether all texts stand on the screen.
func (p *player) shows(texts ...string) bool {
	frame := p.text()
	for _, text := range texts {
		if !strings.Contains(frame, text) {
			return false
		}
	}
	return true
}

// must fails the test unless what was seen is right; why is said with the frame.
func (p *player) must(ok bool, why string) {
	p.tb.Helper()
	if !ok {
		p.tb.Fatalf("%s; the screen says:\n%s", why, p.text())
	}
}
