package ui

import (
	tea "charm.land/bubbletea/v2"

	"zgoda/ui/event"
	"zgoda/ui/leadform"
	"zgoda/ui/outboxpane"
)

// outbox is the list of what is on its way, as a layer that opens and closes.
type outbox struct {
	*outboxpane.Model
	open bool
}

// Open reports whether the outbox is on the screen.
func (o *outbox) Open() bool { return o.open }

// Close takes the outbox away.
func (o *outbox) Close() { o.open = false }

// Update closes the outbox with the wish that leads away from it.
func (o *outbox) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	wish, cmd := o.Model.Update(msg)
	switch wish.(type) {
	case event.CloseOverlay, event.OpenPerson:
		o.open = false
	}
	return wish, cmd
}

// makeForms makes the lead form and the outbox.
func (m *Model) makeForms() {
	m.makeOfficer()
	m.lead = leadform.New(m.styles, m.keys, m.now)
	m.outbox = &outbox{Model: outboxpane.New(m.styles, m.keys, m.now)}
}

// openOutbox shows what is on its way.
func (m *Model) openOutbox() tea.Cmd {
	m.outbox.open = true
	m.cut()
	return m.loadOutgoing()
}
