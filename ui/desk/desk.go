package desk

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
)

// Model is the desk. It is made by [New] and opened by Show.
type Model struct {
	styles  theme.Styles
	keys    keys.Map
	actor   string
	country string
	w, h    int
	now     time.Time

	open   bool
	tab    event.DeskTab
	person consent.Lead // whom the decisions and a new request are about
	counts consent.QueueCounts

	notices     queue[consent.NoticeCase]
	requests    queue[consent.RequestCase]
	retention   queue[consent.RetentionCase]
	decisions   queue[consent.Decision]
	assessments queue[consent.Assessment]
	templates   []mail.TemplateInfo

	step      *step
	note, way string
}

// New makes the desk, closed. actor is who records: it goes into the ledger.
// country is the company's: its holidays move the day on which an answer is due.
// Now is the clock until the first event.Ticked.
func New(styles theme.Styles, bindings keys.Map, actor, country string, now time.Time) *Model {
	m := &Model{styles: styles, keys: bindings, actor: actor, country: country, now: now}
	m.notices.same = func(a, b consent.NoticeCase) bool { return a.Lead.ID == b.Lead.ID }
	m.notices.place = func(c consent.NoticeCase) consent.Place { return consent.Place{Due: c.Due, ID: c.Lead.ID} }
	m.retention.same = func(a, b consent.RetentionCase) bool { return a.Lead.ID == b.Lead.ID }
	m.retention.place = func(c consent.RetentionCase) consent.Place {
		return consent.Place{Due: c.Retention.EraseAfter, ID: c.Lead.ID}
	}
	m.requests.same = func(a, b consent.RequestCase) bool { return a.Seq == b.Seq }
	m.decisions.same = func(a, b consent.Decision) bool { return a.ID == b.ID }
	m.assessments.same = func(a, b consent.Assessment) bool { return a.ID == b.ID }
	return m
}

// Open reports whether the desk is on the screen.
func (m *Model) Open() bool { return m.open }

// Close takes the desk away; nobody's data stays behind.
func (m *Model) Close() {
	m.open, m.step, m.person = false, nil, consent.Lead{}
	m.note, m.way = "", ""
	for _, q := range m.queues() {
		q.forget()
	}
}

// Show opens the desk on a page. person is the one selected in the inbox, and
// may be nobody.
func (m *Model) Show(tab event.DeskTab, person consent.Lead) event.Wish {
	m.open, m.person = true, person
	return m.turn(tab)
}

// Forget drops a person who was erased from everything the desk holds.
func (m *Model) Forget(person mail.PersonID) event.Wish {
	if m.person.ID == person {
		m.person = consent.Lead{}
	}
	if !m.open {
		return nil
	}
	m.step = nil
	for _, q := range m.queues() {
		q.forget()
	}
	return m.reload()
}

func (m *Model) queues() []pager {
	return []pager{&m.notices, &m.requests, &m.retention, &m.decisions, &m.assessments}
}

// page is the queue that is shown.
func (m *Model) page() pager { return m.queues()[m.tab] }

// turn shows a page and reads it anew.
func (m *Model) turn(tab event.DeskTab) event.Wish {
	m.tab, m.step = tab, nil
	m.note, m.way = "", ""
	return m.reload()
}

// SetSize gives the desk its cells.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = max(0, w), max(0, h)
	m.arrange()
}

func (m *Model) arrange() {
	if m.step != nil {
		m.step.setSize(m.w, m.belowRows())
	}
	m.page().keepVisible(m.visible())
}

// Update gives the desk a fact or a key.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	switch msg := msg.(type) {
	case event.Ticked:
		m.now = msg.Now
	case event.QueueCountsLoaded:
		if msg.Err == nil {
			m.counts = msg.Counts
		}
	}
	if !m.open {
		return nil, nil
	}
	defer m.arrange()
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		if m.step != nil {
			return m.step.update(msg), nil
		}
	case tea.MouseWheelMsg:
		return m.wheeled(msg), nil
	case event.EventRecorded:
		return m.recorded(msg), nil
	case event.StoreChanged:
		return m.reload(), nil
	}
	return m.loaded(msg), nil
}

func (m *Model) press(press tea.KeyPressMsg) (event.Wish, tea.Cmd) {
	m.note, m.way = "", ""
	if m.step != nil {
		return m.pressStep(press), nil
	}
	k := m.keys.Desk
	switch {
	case k.Close.Is(press):
		m.Close()
		return event.CloseOverlay{}, nil
	case k.NextTab.Is(press):
		return m.turn((m.tab + 1) % event.DeskTab(len(m.queues()))), nil
	case k.PrevTab.Is(press):
		return m.turn((m.tab + event.DeskTab(len(m.queues())) - 1) % event.DeskTab(len(m.queues()))), nil
	case k.Down.Is(press):
		return m.move(1), nil
	case k.Up.Is(press):
		return m.move(-1), nil
	case k.HalfDown.Is(press):
		return m.move(max(1, m.visible()/2)), nil
	case k.HalfUp.Is(press):
		return m.move(-max(1, m.visible()/2)), nil
	case k.Bottom.Is(press):
		return m.move(m.page().size()), nil
	case k.Top.Is(press):
		if _, _, index := m.page().selection(); index > 0 {
			return m.wish(m.page().replace()), nil
		}
		return m.move(-m.page().size()), nil
	}
	return m.act(press), nil
}

func (m *Model) move(n int) event.Wish {
	if q, ok := m.page().move(n, m.visible()); ok {
		return m.wish(q)
	}
	return nil
}

func (m *Model) wheeled(msg tea.MouseWheelMsg) event.Wish {
	switch {
	case m.step != nil:
	case msg.Button == tea.MouseWheelDown:
		return m.move(1)
	case msg.Button == tea.MouseWheelUp:
		return m.move(-1)
	}
	return nil
}

// say tells what went wrong, in the words of the problem when there are some.
func (m *Model) say(words string, err error) {
	m.note, m.way = words, "Try again; the log says more."
	var problem *mail.Problem
	if errors.As(err, &problem) {
		m.note, m.way = problem.Sentence, problem.NextStep
	}
}

// Cursor is the terminal's cursor: in the form, else on the selected row, so
// that a screen reader follows.
func (m *Model) Cursor() *tea.Cursor {
	if !m.open {
		return nil
	}
	if m.step != nil {
		c := m.step.form.Cursor()
		if c != nil {
			c.X, c.Y = c.X+margin, c.Y+m.h-m.belowRows()+stepHead
		}
		return inside(c, m.w, m.h)
	}
	if m.page().size() == 0 {
		return nil
	}
	sel, top, _ := m.page().selection()
	c := tea.NewCursor(1, headRows+sel-top)
	c.Shape, c.Blink = tea.CursorBar, false
	return inside(c, m.w, m.h)
}

// inside is the cursor while it stands inside w by h cells.
func inside(c *tea.Cursor, w, h int) *tea.Cursor {
	if c == nil || c.X >= w || c.Y >= h {
		return nil
	}
	return c
}
