package assessform

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

// Model is the form. It is made by [New] and opened by event.AssessmentOpened.
type Model struct {
	styles     theme.Styles
	by         keys.Dialog
	actor      string
	controller consent.Controller
	now        time.Time
	w, h       int

	form      *form.Form
	was       consent.Assessment // the version that is renewed; zero for a new one
	templates []mail.TemplateInfo
	saving    bool
	err       string
	way       string
}

// New makes the form, closed. actor is who assesses, for the controller. Now is
// the clock until the first event.Ticked.
func New(styles theme.Styles, bindings keys.Map, actor string, controller consent.Controller, now time.Time) *Model {
	return &Model{styles: styles, by: bindings.Dialog, actor: actor, controller: controller, now: now}
}

// Open reports whether the form is on the screen.
func (m *Model) Open() bool { return m.form != nil }

// Close takes the form away.
func (m *Model) Close() { m.form, m.saving, m.err, m.way = nil, false, "", "" }

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
	case event.AssessmentOpened:
		m.open(msg)
		return nil, nil
	}
	if m.form == nil {
		return nil, nil
	}
	switch msg := msg.(type) {
	case event.AssessmentSaved:
		m.saved(msg)
	case tea.KeyPressMsg:
		return m.press(msg), nil
	case tea.PasteMsg:
		_, _ = m.form.Update(msg)
	}
	return nil, nil
}

func (m *Model) open(fact event.AssessmentOpened) {
	m.was, m.templates = fact.Assessment, fact.Templates
	m.saving, m.err, m.way = false, "", ""
	m.form = form.New(m.styles, m.by, m.fields()...)
}

func (m *Model) press(press tea.KeyPressMsg) event.Wish {
	switch {
	case m.by.Close.Is(press):
		m.Close()
		return event.CloseOverlay{}
	case m.by.Save.Is(press):
		return m.save()
	}
	result, _ := m.form.Update(press) // its command only blinks a cursor that is not drawn
	if result.Changed != "" {
		m.err, m.way = "", ""
	}
	if result.Last {
		return m.save()
	}
	return nil
}

// save checks every answer and wishes a new version.
func (m *Model) save() event.Wish {
	if m.saving {
		return nil
	}
	m.form.Clear()
	m.err, m.way = "", ""
	if !m.whole() {
		return nil
	}
	m.saving = true
	return event.SaveAssessment{Assessment: m.build()}
}

func (m *Model) saved(fact event.AssessmentSaved) {
	if !m.saving {
		return
	}
	m.saving = false
	if fact.Err == nil {
		m.Close()
		return
	}
	m.err, m.way = "This assessment could not be saved.", "Try again; the log says more."
	var problem *mail.Problem
	if errors.As(fact.Err, &problem) {
		m.err, m.way = problem.Sentence, problem.NextStep
	}
}

// Keys is what works in the form.
func (m *Model) Keys() []keys.Binding {
	if m.form == nil {
		return nil
	}
	return []keys.Binding{m.by.Choose, m.by.Prev, m.by.Right, m.by.Toggle, m.by.Save, m.by.Close}
}

// Cursor is the terminal's cursor inside the form.
func (m *Model) Cursor() *tea.Cursor {
	if m.form == nil {
		return nil
	}
	c := m.form.Cursor()
	if c != nil {
		c.X, c.Y = c.X+margin, c.Y+headRows
	}
	return c
}
