// Package toast is short news over the footer that goes by itself. It has no
// clock: the root tells it the time once a second.
package toast

import (
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// How long a toast stays, by how much there is to read and to decide.
const (
	shortLife = 4 * time.Second
	longLife  = 9 * time.Second
)

// most is how many toasts are kept; an older one gives way.
const most = 3

type item struct {
	text, next string
	tone       event.Tone
	until      time.Time
}

// hold is a queued mail that can still be taken back.
type hold struct {
	id   mail.DraftID
	name string
	due  time.Time
}

// Model is the toasts that are shown.
type Model struct {
	styles theme.Styles
	now    time.Time
	items  []item
	holds  []hold
	undo   string // the key that takes back
}

// New is no toast. undo is how the key that takes a mail back is written.
func New(styles theme.Styles, undo string) *Model { return &Model{styles: styles, undo: undo} }

// SetStyles changes the theme while running.
func (m *Model) SetStyles(styles theme.Styles) { m.styles = styles }

// SetNow tells the time; what has had its time goes. It reports whether the
// screen must be drawn again.
func (m *Model) SetNow(now time.Time) bool {
	m.now = now
	changed := len(m.holds) > 0
	kept := m.items[:0]
	for _, it := range m.items {
		if now.Before(it.until) {
			kept = append(kept, it)
		}
	}
	changed = changed || len(kept) != len(m.items)
	m.items = kept
	holds := m.holds[:0]
	for _, h := range m.holds {
		if now.Before(h.due) {
			holds = append(holds, h)
		}
	}
	m.holds = holds
	return changed
}

// Show shows news. The same news twice is shown once, for longer.
func (m *Model) Show(n event.Notify) {
	life := shortLife
	if n.Next != "" || n.Tone == event.Warn || n.Tone == event.Bad {
		life = longLife
	}
	it := item{text: n.Text, next: n.Next, tone: n.Tone, until: m.now.Add(life)}
	for i := range m.items {
		if m.items[i].text == it.text {
			m.items = append(m.items[:i], m.items[i+1:]...)
			break
		}
	}
	m.items = append(m.items, it)
	if over := len(m.items) - most; over > 0 {
		m.items = m.items[over:]
	}
}

// Hold counts down until a queued mail leaves.
func (m *Model) Hold(id mail.DraftID, name string, due time.Time) {
	m.Release(id)
	m.holds = append(m.holds, hold{id: id, name: name, due: due})
}

// Release ends the countdown of a mail.
func (m *Model) Release(id mail.DraftID) {
	for i := range m.holds {
		if m.holds[i].id == id {
			m.holds = append(m.holds[:i], m.holds[i+1:]...)
			return
		}
	}
}

// Holding reports whether a mail can still be taken back.
func (m *Model) Holding() bool { return len(m.holds) > 0 }

// Clear takes the news away, not the countdowns.
func (m *Model) Clear() { m.items = nil }

// Lines is what is to be laid over the screen, the newest last, each at most w
// cells wide.
func (m *Model) Lines(w int) []string {
	var lines []string
	for _, it := range m.items {
		lines = append(lines, m.lines(it, w)...)
	}
	for _, h := range m.holds {
		lines = append(lines, m.line("Sending to "+h.name+" in "+theme.Left(h.due, m.now), m.undo+" takes it back", m.styles.Toast, w))
	}
	return lines
}

// longest is how wide news of several lines are.
const longest = 96

// lines is one piece of news. What does not fit into one line is wrapped, for a
// refusal must be read to its end.
func (m *Model) lines(it item, w int) []string {
	style := m.style(it.tone)
	one := m.line(it.text, it.next, style, 1<<10)
	if layout.Width(one) <= w && !strings.Contains(it.next, "\n") {
		return []string{one}
	}
	w = min(w, longest)
	var lines []string
	for _, text := range []string{it.text, it.next} {
		if text == "" {
			continue
		}
		for _, line := range layout.Wrap(text, max(1, w-2)) {
			lines = append(lines, style.Render(layout.Fit(" "+line+" ", w)))
		}
	}
	return lines
}

func (m *Model) line(text, next string, style lipgloss.Style, w int) string {
	full := " " + text + " "
	switch {
	case next != "" && strings.HasSuffix(text, "."): // two sentences
		full = " " + text + " " + next + " "
	case next != "":
		full = " " + text + " · " + next + " "
	}
	return style.Render(layout.Fit(full, min(w, layout.Width(full))))
}

func (m *Model) style(tone event.Tone) lipgloss.Style {
	switch tone {
	case event.Good:
		return m.styles.ToastGood
	case event.Warn:
		return m.styles.ToastWarn
	case event.Bad:
		return m.styles.ToastBad
	}
	return m.styles.Toast
}
