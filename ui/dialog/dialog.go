// Package dialog is one question with a yes and a no. Its way: [New] makes it
// closed, [Model.Ask] puts a question, a key answers it, and what was asked
// for comes back as a wish.
//
// A question that appears by itself could be answered by a key that was meant
// for something else, so it takes no key for a moment.
package dialog

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// Grace is how long a question that appears by itself takes no key.
const Grace = 700 * time.Millisecond

// Question is what is asked.
type Question struct {
	Title  string // one line
	Reason string // why it is asked, one or two sentences
	Yes    string // what yes does, in two or three words
	No     string
	Then   event.Wish // wished when the answer is yes
	// Itself says that no key of the rep brought the question up.
	Itself bool
}

// Model is the dialog. It is made by [New].
type Model struct {
	styles theme.Styles
	by     keys.Dialog
	w, h   int

	question Question
	open     bool
	seq      int
	deaf     bool
}

// New makes a dialog that asks nothing.
func New(styles theme.Styles, bindings keys.Map) *Model {
	return &Model{styles: styles, by: bindings.Dialog}
}

// Open reports whether a question is on the screen.
func (m *Model) Open() bool { return m.open }

// Close takes the question away.
func (m *Model) Close() { m.open = false }

// SetSize gives the dialog its cells.
func (m *Model) SetSize(w, h int) { m.w, m.h = max(0, w), max(0, h) }

// Ask puts a question. Its command ends the moment in which no key counts.
func (m *Model) Ask(q Question) tea.Cmd {
	m.question, m.open, m.deaf = q, true, q.Itself
	m.seq++
	if !q.Itself {
		return nil
	}
	seq := m.seq
	return tea.Tick(Grace, func(time.Time) tea.Msg { return event.DialogReady{Seq: seq} })
}

// Update gives the dialog a fact or a key.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	if !m.open {
		return nil, nil
	}
	switch msg := msg.(type) {
	case event.DialogReady:
		if msg.Seq == m.seq {
			m.deaf = false
		}
	case tea.KeyPressMsg:
		switch {
		case m.deaf:
		case m.by.Yes.Is(msg):
			m.open = false
			return event.Confirmed{Then: m.question.Then}, nil
		case m.by.No.Is(msg), m.by.Close.Is(msg):
			m.open = false
			return event.CloseOverlay{}, nil
		}
	}
	return nil, nil
}

// Height is how many rows the question needs at a width.
func (m *Model) Height(w int) int { return len(m.lines(w)) }

// Keys is what answers the question.
func (m *Model) Keys() []keys.Binding {
	if !m.open {
		return nil
	}
	why := ""
	if m.deaf {
		why = "this question has only just appeared"
	}
	return []keys.Binding{m.by.Yes.Disabled(why), m.by.No.Disabled(why), m.by.Close.Disabled(why)}
}

// Cursor is nil: nothing is typed.
func (m *Model) Cursor() *tea.Cursor { return nil }

// View is the question, exactly its size.
func (m *Model) View() string {
	if !m.open {
		return layout.Block("", m.w, m.h)
	}
	return layout.Block(strings.Join(m.lines(m.w), "\n"), m.w, m.h)
}

func (m *Model) lines(w int) []string {
	s := m.styles
	inner := max(1, w-4)
	var lines []string
	for _, line := range layout.Wrap(m.question.Title, inner) {
		lines = append(lines, "  "+s.Title.Render(line))
	}
	if m.question.Reason != "" {
		lines = append(lines, "")
		for _, line := range layout.Wrap(m.question.Reason, inner) {
			lines = append(lines, "  "+s.Text.Render(line))
		}
	}
	return append(lines, "", "  "+m.answers())
}

func (m *Model) answers() string {
	s := m.styles
	name := s.Key
	if m.deaf {
		name = s.KeyOff
	}
	yes, no := m.question.Yes, m.question.No
	if yes == "" {
		yes = "yes"
	}
	if no == "" {
		no = "no"
	}
	yesKey, _ := m.by.Yes.Short()
	noKey, _ := m.by.No.Short()
	return name.Render(yesKey) + " " + s.KeyText.Render(yes) + "    " + name.Render(noKey) + " " + s.KeyText.Render(no)
}
