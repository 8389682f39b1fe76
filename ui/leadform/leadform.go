package leadform

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/form"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
)

// Model is the form. It is made by [New] and opened by event.LeadLoaded.
type Model struct {
	styles theme.Styles
	by     keys.Dialog
	w, h   int

	form   *form.Form
	lead   consent.Lead
	twins  int // other leads with nearly the reason that was on file
	adding bool
	now    time.Time
	saving bool
	err    string
	way    string
}

// New makes the form, closed. Now is the clock until the first event.Ticked.
func New(styles theme.Styles, bindings keys.Map, now time.Time) *Model {
	return &Model{styles: styles, by: bindings.Dialog, now: now}
}

// Open reports whether the form is on the screen.
func (m *Model) Open() bool { return m.form != nil }

// Close takes the form away.
func (m *Model) Close() { m.form, m.saving, m.err = nil, false, "" }

// SetSize gives the form its cells.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = max(0, w), max(0, h)
	m.arrange()
}

// Update gives the form a fact or a key.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	defer m.arrange()
	switch msg := msg.(type) {
	case event.Ticked:
		m.now = msg.Now
	case event.LeadLoaded:
		m.open(msg)
		return nil, nil
	}
	if m.form == nil {
		return nil, nil
	}
	switch msg := msg.(type) {
	case event.LeadSaved:
		m.saved(msg)
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		result, cmd := m.form.Update(msg)
		m.follow(result)
		return nil, cmd
	}
	return nil, nil
}

// open shows a lead; nobody is a new one.
func (m *Model) open(fact event.LeadLoaded) {
	m.lead, m.twins, m.adding = fact.Lead, fact.Twins, fact.Lead.ID == 0
	m.saving, m.err, m.way = false, "", ""
	m.form = form.New(m.styles, m.by, m.fields()...)
	if fact.Err != nil {
		m.problem("This lead could not be read.", fact.Err)
	}
	if fact.Field != "" {
		m.form.Focus(string(fact.Field))
	}
	m.count()
	m.warn()
}

func (m *Model) press(press tea.KeyPressMsg) (event.Wish, tea.Cmd) {
	switch {
	case m.by.Close.Is(press):
		m.Close()
		return event.CloseOverlay{}, nil
	case m.by.Save.Is(press):
		return m.save(), nil
	}
	result, cmd := m.form.Update(press)
	m.follow(result)
	if result.Last {
		return m.save(), cmd
	}
	return nil, cmd
}

// follow answers a change: the counter counts, old words go.
func (m *Model) follow(result form.Result) {
	if result.Changed == "" {
		return
	}
	m.err, m.way = "", ""
	m.count()
	m.warn()
}

// save checks every field and wishes the lead written.
func (m *Model) save() event.Wish {
	if m.saving {
		return nil
	}
	m.form.Clear()
	m.err, m.way = "", ""
	lead, wrong := m.build()
	for i := len(wrong) - 1; i >= 0; i-- { // the focus ends on the first
		m.form.Fail(string(wrong[i].field), wrong[i].words)
	}
	if len(wrong) > 0 {
		return nil
	}
	m.saving = true
	if m.adding {
		return event.AddLead{Lead: lead}
	}
	return event.SaveLead{Lead: lead}
}

func (m *Model) saved(fact event.LeadSaved) {
	if !m.saving {
		return
	}
	m.saving = false
	if fact.Err == nil {
		m.Close()
		return
	}
	m.problem("This lead could not be saved.", fact.Err)
}

func (m *Model) problem(words string, err error) {
	m.err, m.way = words, "Try again; the log says more."
	var problem *mail.Problem
	if errors.As(err, &problem) {
		m.err, m.way = problem.Sentence, problem.NextStep
	}
}

// Keys is what works in the form.
func (m *Model) Keys() []keys.Binding {
	if m.form == nil {
		return nil
	}
	return []keys.Binding{m.by.Choose, m.by.Prev, m.by.Save, m.by.Close}
}

// Cursor is the terminal's cursor inside the form.
func (m *Model) Cursor() *tea.Cursor {
	if m.form == nil {
		return nil
	}
	c := m.form.Cursor()
	if c != nil {
		c.X += margin
		c.Y += headRows
	}
	return c
}
