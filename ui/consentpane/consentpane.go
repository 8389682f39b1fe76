package consentpane

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/ui/event"
	"zgoda/ui/form"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
)

// Model is the dialog. It is made by [New] and opened by event.RecordLoaded.
type Model struct {
	styles theme.Styles
	by     keys.Dialog
	actor  string
	w, h   int

	form *form.Form
	face event.RecordFace
	fact event.RecordLoaded // what it was opened with
	lead consent.Lead
	mail consent.Inbound
	now  time.Time
	// quick says that Enter records at once: all that is asked is known already.
	quick  bool
	told   string // the evidence that was filled in, until the rep writes another
	saving int    // events on their way into the ledger
	err    string // of the whole, not of one field
	way    string
}

// New makes the dialog, closed. actor is who records: it is written into the
// ledger. Now is the clock until the first event.Ticked.
func New(styles theme.Styles, bindings keys.Map, actor string, now time.Time) *Model {
	return &Model{styles: styles, by: bindings.Dialog, actor: actor, now: now}
}

// Open reports whether the dialog is on the screen.
func (m *Model) Open() bool { return m.form != nil }

// Close takes the dialog away.
func (m *Model) Close() { m.form, m.saving, m.err = nil, 0, "" }

// SetSize gives the dialog its cells.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = max(0, w), max(0, h)
	m.arrange()
}

// Update gives the dialog a fact or a key.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	defer m.arrange()
	switch msg := msg.(type) {
	case event.Ticked:
		m.now = msg.Now
	case event.RecordLoaded:
		m.open(msg)
		return nil, nil
	}
	if m.form == nil {
		return nil, nil
	}
	switch msg := msg.(type) {
	case event.EventRecorded:
		m.recorded(msg)
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		_, cmd := m.form.Update(msg)
		return nil, cmd
	}
	return nil, nil
}

func (m *Model) open(fact event.RecordLoaded) {
	m.fact, m.face, m.lead, m.mail = fact, fact.Face, fact.Lead, fact.Mail
	m.saving, m.quick, m.told, m.err, m.way = 0, false, "", "", ""
	switch m.face {
	case event.FaceWithdraw:
		m.openWithdraw()
	case event.FaceHeard:
		m.openHeard()
	case event.FaceCorrect:
		m.openCorrect()
	case event.FaceSeen:
		m.openSeen()
	default:
		m.openRecord(fact)
	}
	if fact.Err != nil {
		m.quick = false
		m.problem("This person could not be read.", fact.Err)
	}
}

func (m *Model) openRecord(fact event.RecordLoaded) {
	m.form = form.New(m.styles, m.by, m.fields()...)
	if fact.Kind != "" {
		m.form.Set(what, string(fact.Kind))
	}
	if fact.Purpose != "" {
		m.form.Set(purpose, string(fact.Purpose))
	}
	m.form.Set(when, m.now.Format(time.DateOnly))
	m.follow()
	if fact.Kind != "" && fact.Purpose != "" {
		m.form.Focus(how)
	}
	if fact.Kind == "" && fact.Err == nil {
		m.guess()
	}
}

func (m *Model) press(press tea.KeyPressMsg) (event.Wish, tea.Cmd) {
	switch {
	case m.by.Close.Is(press):
		m.Close()
		return event.CloseOverlay{}, nil
	case m.by.Save.Is(press), m.quick && m.by.Choose.Is(press):
		return m.save(), nil
	case m.by.Mail.Is(press):
		m.toggleMail()
		return nil, nil
	}
	result, cmd := m.form.Update(press)
	if result.Changed != "" {
		m.err, m.way = "", ""
		m.follow()
	}
	if result.Last {
		return m.save(), cmd
	}
	return nil, cmd
}

// save checks every answer and wishes the event written.
func (m *Model) save() event.Wish {
	if m.saving > 0 {
		return nil
	}
	m.form.Clear()
	m.err, m.way = "", ""
	built, field, err := m.events()
	if err != nil {
		m.refuse(field, err)
		return nil
	}
	m.saving = len(built)
	if len(built) == 1 {
		return event.Record{Event: built[0]}
	}
	var all event.Many
	for _, e := range built {
		all = append(all, event.Record{Event: e})
	}
	return all
}

// events is what the answers say, or the field that is wrong.
func (m *Model) events() (all []consent.Event, field string, err error) {
	switch m.face {
	case event.FaceWithdraw:
		return m.withdrawals()
	case event.FaceHeard:
		return m.heard()
	case event.FaceCorrect:
		return m.correction()
	case event.FaceSeen:
		return m.seen()
	}
	e, field, err := m.build()
	return []consent.Event{e}, field, err
}

func (m *Model) recorded(fact event.EventRecorded) {
	if m.saving == 0 || fact.Event.Person != 0 && fact.Event.Person != m.lead.ID {
		return
	}
	if m.saving--; fact.Err == nil {
		if m.saving == 0 && m.err == "" && !m.form.Errors() {
			m.Close()
		}
		return
	}
	if field := fieldOf(fact.Err); field != "" {
		m.refuse(field, fact.Err)
		return
	}
	m.problem("This could not be recorded.", fact.Err)
}

// Keys is what works in the dialog.
func (m *Model) Keys() []keys.Binding {
	if m.form == nil {
		return nil
	}
	list := []keys.Binding{m.by.Choose, m.by.Right, m.by.Save}
	if m.quick {
		list = []keys.Binding{m.by.Choose.As("record"), m.by.Next, m.by.Right}
		if m.face == event.FaceWithdraw {
			list = append(list, m.by.Toggle)
		}
	}
	if m.mail.ID != "" && (m.face == event.FaceRecord || m.face == event.FaceWithdraw) {
		list = append(list, m.by.Mail)
	}
	return append(list, m.by.Close)
}

// Cursor is the terminal's cursor inside the dialog.
func (m *Model) Cursor() *tea.Cursor {
	if m.form == nil {
		return nil
	}
	c := m.form.Cursor()
	if c != nil {
		c.X += margin
		c.Y += len(m.head())
	}
	return c
}
