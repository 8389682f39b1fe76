package importpane

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

// stage is how far an import has come.
type stage int

const (
	closed    stage = iota
	asking          // the form
	reading         // the file is being looked at
	previewed       // nothing is written yet
	importing       // the store is at work
	reported        // it is done
)

// Model is the import. It is made by [New] and opened by Show.
type Model struct {
	styles theme.Styles
	by     keys.Dialog
	list   keys.Import
	w, h   int
	now    time.Time

	stage   stage
	form    *form.Form
	path    string
	facts   consent.ImportFacts
	seq     int
	preview consent.ImportPreview
	report  consent.ImportReport
	items   []item
	sel     int
	top     int
	err     string
	way     string
}

// New makes the import, closed. Now is the clock until the first event.Ticked.
func New(styles theme.Styles, bindings keys.Map, now time.Time) *Model {
	return &Model{styles: styles, by: bindings.Dialog, list: bindings.Import, now: now}
}

// Open reports whether the import is on the screen.
func (m *Model) Open() bool { return m.stage != closed }

// Close takes the import away, unless rows are being written just now.
func (m *Model) Close() {
	if m.stage == importing {
		return
	}
	*m = Model{styles: m.styles, by: m.by, list: m.list, w: m.w, h: m.h, now: m.now, seq: m.seq + 1}
}

// Show opens the form.
func (m *Model) Show() {
	m.Close()
	m.stage = asking
	m.form = form.New(m.styles, m.by, m.fields()...)
	m.arrange()
}

// SetSize gives the import its cells.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = max(0, w), max(0, h)
	m.arrange()
}

// Update gives the import a fact or a key.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	if tick, ok := msg.(event.Ticked); ok {
		m.now = tick.Now
	}
	if m.stage == closed {
		return nil, nil
	}
	defer m.arrange()
	switch msg := msg.(type) {
	case event.PreviewLoaded:
		m.previewed(msg)
	case event.Imported:
		m.imported(msg)
	case tea.KeyPressMsg:
		return m.press(msg), nil
	case tea.PasteMsg:
		if m.stage == asking {
			_, _ = m.form.Update(msg)
		}
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelDown:
			m.move(1)
		case tea.MouseWheelUp:
			m.move(-1)
		}
	}
	return nil, nil
}

func (m *Model) press(press tea.KeyPressMsg) event.Wish {
	switch m.stage {
	case asking:
		return m.pressForm(press)
	case reading:
		if m.by.Close.Is(press) {
			m.seq++ // its answer is not wanted any more
			m.stage = asking
		}
		return nil
	case importing:
		return nil // one transaction: it ends by itself
	}
	return m.pressList(press)
}

func (m *Model) pressForm(press tea.KeyPressMsg) event.Wish {
	switch {
	case m.by.Close.Is(press):
		m.Close()
		return event.CloseOverlay{}
	case m.by.Save.Is(press):
		return m.look()
	}
	result, _ := m.form.Update(press) // its command only blinks a cursor that is not drawn
	if result.Changed != "" {
		m.err, m.way = "", ""
	}
	if result.Last {
		return m.look()
	}
	return nil
}

func (m *Model) pressList(press tea.KeyPressMsg) event.Wish {
	page := max(1, m.visible()-1)
	switch {
	case m.list.Down.Is(press):
		m.move(1)
	case m.list.Up.Is(press):
		m.move(-1)
	case m.list.HalfDown.Is(press):
		m.move(page)
	case m.list.HalfUp.Is(press):
		m.move(-page)
	case m.list.Back.Is(press) && m.stage == previewed:
		m.stage, m.err, m.way = asking, "", ""
	case m.list.Back.Is(press), m.list.Take.Is(press) && m.stage == reported:
		m.Close()
		return event.CloseOverlay{}
	case m.list.Take.Is(press):
		return m.take()
	}
	return nil
}

// look wishes a preview, once the form is whole.
func (m *Model) look() event.Wish {
	if !m.read() {
		return nil
	}
	m.seq++
	m.stage, m.err, m.way = reading, "", ""
	return event.PreviewImport{Seq: m.seq, Path: m.path, Facts: m.facts}
}

func (m *Model) previewed(fact event.PreviewLoaded) {
	if fact.Seq != m.seq || m.stage != reading {
		return
	}
	if fact.Err != nil {
		m.stage = asking
		m.say("This file could not be read.", fact.Err)
		return
	}
	m.stage, m.preview = previewed, fact.Preview
	m.items, m.sel, m.top = previewItems(fact.Preview), 0, 0
	m.move(0)
}

// take wishes the rows written.
func (m *Model) take() event.Wish {
	if why := m.whyNot(); why != "" {
		m.err, m.way = why, ""
		return nil
	}
	m.seq++
	m.stage, m.err, m.way = importing, "", ""
	return event.RunImport{Seq: m.seq, Path: m.path, Facts: m.facts}
}

// whyNot says why there is nothing to import.
func (m *Model) whyNot() string {
	if c := m.preview.Counts; c.Added+c.Filled == 0 {
		return "No row of this file would change anything."
	}
	return ""
}

func (m *Model) imported(fact event.Imported) {
	if fact.Seq != m.seq || m.stage != importing {
		return
	}
	if fact.Err != nil {
		m.stage = previewed
		m.say("Nothing was imported.", fact.Err)
		return
	}
	m.stage, m.report = reported, fact.Report
	m.items, m.top = reportItems(fact.Report), 0
	m.sel = firstRow(m.items)
	m.move(0)
}

// Forget drops what is known of an erased person: a preview shows names.
func (m *Model) Forget() { m.Close() }

// move puts the selection n items on; a heading is passed over.
func (m *Model) move(n int) {
	if len(m.items) == 0 {
		return
	}
	step := 1
	if n < 0 {
		step = -1
	}
	at := max(0, min(m.sel+n, len(m.items)-1))
	for at >= 0 && at < len(m.items) && m.items[at].head != "" {
		at += step
	}
	if at < 0 || at >= len(m.items) {
		at = m.sel
	}
	m.sel = at
}

func (m *Model) arrange() {
	if m.form != nil {
		m.form.SetSize(max(0, m.w-2*margin), max(0, m.h-headRows-len(m.foot())))
	}
	rows := m.visible()
	m.top = max(0, min(m.top, m.sel, len(m.items)-rows))
	if m.sel <= 1 {
		m.top = 0 // the heading over the first
	}
	if m.sel >= m.top+rows {
		m.top = m.sel - rows + 1
	}
}

func (m *Model) say(words string, err error) {
	m.err, m.way = words, "Try again; the log says more."
	var problem *mail.Problem
	if errors.As(err, &problem) {
		m.err, m.way = problem.Sentence, problem.NextStep
	}
}

// Keys is what works here now.
func (m *Model) Keys() []keys.Binding {
	k := m.list
	switch m.stage {
	case asking:
		return []keys.Binding{m.by.Choose, m.by.Prev, m.by.Right, m.by.Save.As("preview"), m.by.Close}
	case reading:
		return []keys.Binding{m.by.Close}
	case previewed:
		return []keys.Binding{k.Take.Disabled(m.whyNot()), k.Down, k.Up, k.HalfDown, k.HalfUp, k.Back}
	case importing:
		return []keys.Binding{k.Back.Disabled("it is one transaction and ends by itself")}
	case reported:
		return []keys.Binding{k.Down, k.Up, k.HalfDown, k.HalfUp, k.Back.As("done")}
	}
	return nil
}

// Cursor is the terminal's cursor inside the form, or on the selected row.
func (m *Model) Cursor() *tea.Cursor {
	switch m.stage {
	case asking:
		c := m.form.Cursor()
		if c != nil {
			c.X, c.Y = c.X+margin, c.Y+headRows
		}
		return inside(c, m.w, m.h)
	case previewed, reported:
		if len(m.items) > 0 && m.sel-m.top < m.visible() {
			c := tea.NewCursor(1, headRows+m.sel-m.top)
			c.Shape, c.Blink = tea.CursorBar, false
			return inside(c, m.w, m.h)
		}
	}
	return nil
}

// inside is the cursor while it stands inside w by h cells.
func inside(c *tea.Cursor, w, h int) *tea.Cursor {
	if c == nil || c.X >= w || c.Y >= h {
		return nil
	}
	return c
}
