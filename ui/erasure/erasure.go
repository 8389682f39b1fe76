package erasure

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/form"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// stage is how far an erasure has come.
type stage int

const (
	closed   stage = iota
	asking         // the word is being typed
	erasing        // the store is at work
	reported       // it is done
	sure           // delete on the server? asked once more
	deleting       // the server is at work
	leaving        // copies are left: close all the same?
)

// Model is the dialog. It is made by [New] and opened by event.EraseAsked.
type Model struct {
	styles theme.Styles
	by     keys.Dialog
	after  keys.Erasure
	w, h   int

	stage   stage
	lead    consent.Lead // forgotten as soon as they are erased
	form    *form.Form
	erasure consent.Erasure
	search  search
	gone    int // copies that went from the server
	asked   int
	scroll  layout.Scroll
	err     string
	way     string
}

// New makes the dialog, closed.
func New(styles theme.Styles, bindings keys.Map) *Model {
	return &Model{styles: styles, by: bindings.Dialog, after: bindings.Erasure}
}

// Open reports whether the dialog is on the screen.
func (m *Model) Open() bool { return m.stage != closed }

// Close takes the dialog away, unless something is being erased just now.
func (m *Model) Close() {
	if m.stage == erasing || m.stage == deleting {
		return
	}
	*m = Model{styles: m.styles, by: m.by, after: m.after, w: m.w, h: m.h}
}

// Title stands in the border.
func (m *Model) Title() string { return "Erase" }

// SetSize gives the dialog its cells.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = max(0, w), max(0, h)
	m.arrange()
}

// Update gives the dialog a fact or a key.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	defer m.arrange()
	switch msg := msg.(type) {
	case event.EraseAsked:
		m.ask(msg)
	case event.Erased:
		return m.erased(msg), nil
	case event.CopiesFound:
		m.found(msg)
	case event.CopiesErased:
		m.copiesErased(msg)
	case tea.KeyPressMsg:
		return m.press(msg), nil
	case tea.PasteMsg:
		if m.stage == asking {
			_, _ = m.form.Update(msg)
		}
	case tea.MouseWheelMsg:
		m.wheeled(msg)
	}
	return nil, nil
}

func (m *Model) press(press tea.KeyPressMsg) event.Wish {
	switch m.stage {
	case asking:
		return m.pressAsking(press)
	case reported, leaving:
		return m.pressReport(press)
	case sure:
		return m.pressSure(press)
	}
	return nil // at work: there is nothing to stop
}

// erased shows the report at once; the server is searched while it is read.
func (m *Model) erased(fact event.Erased) event.Wish {
	if m.stage != erasing {
		return nil
	}
	if fact.Err != nil {
		m.stage = asking
		m.say("Nothing was erased.", fact.Err)
		return nil
	}
	m.stage, m.erasure, m.form = reported, fact.Erasure, nil
	m.lead = consent.Lead{}
	m.err, m.way = "", ""
	m.search = search{running: true}
	return event.FindCopies{}
}

// search is how looking for more mails on the server has gone.
type search struct {
	running  bool
	more     int
	err, way string
}

// found adds what the server holds to what was known.
func (m *Model) found(fact event.CopiesFound) {
	if !m.search.running {
		return
	}
	m.search = search{}
	if fact.Err != nil {
		m.search.err, m.search.way = words("The server could not be searched for more.", fact.Err)
		return
	}
	for _, c := range fact.Copies {
		known := slices.ContainsFunc(m.erasure.Copies, func(k mail.Copy) bool {
			return k.Mailbox == c.Mailbox && k.UIDValidity == c.UIDValidity && k.UID == c.UID
		})
		if !known {
			m.erasure.Copies = append(m.erasure.Copies, c)
			m.search.more++
		}
	}
}

func (m *Model) pressReport(press tea.KeyPressMsg) event.Wish {
	left := m.noCopies() == ""
	switch {
	case m.after.Close.Is(press):
		if left && m.stage != leaving {
			m.stage = leaving
			return nil
		}
		m.Close()
		return event.CloseOverlay{}
	case m.after.Copies.Is(press) && left:
		m.stage, m.err, m.way = sure, "", ""
	case m.after.Down.Is(press):
		m.scroll.By(1, len(m.report()), m.rows())
	case m.after.Up.Is(press):
		m.scroll.By(-1, len(m.report()), m.rows())
	default:
		m.stage = reported
	}
	return nil
}

func (m *Model) pressSure(press tea.KeyPressMsg) event.Wish {
	switch {
	case m.by.Yes.Is(press):
		m.stage = deleting
		return event.EraseCopies{Copies: m.erasure.Copies}
	case m.by.No.Is(press), m.by.Close.Is(press):
		m.stage = reported
	}
	return nil
}

func (m *Model) copiesErased(fact event.CopiesErased) {
	if m.stage != deleting {
		return
	}
	m.stage = reported
	m.gone, m.asked = m.gone+fact.Gone, max(m.asked, fact.Asked)
	if fact.Err != nil {
		m.say("Not all mails could be deleted on the server.", fact.Err)
		return
	}
	m.erasure.Copies = nil
	m.scroll = layout.Scroll{}
}

func (m *Model) wheeled(msg tea.MouseWheelMsg) {
	switch {
	case m.stage != reported:
	case msg.Button == tea.MouseWheelDown:
		m.scroll.By(3, len(m.report()), m.rows())
	case msg.Button == tea.MouseWheelUp:
		m.scroll.By(-3, len(m.report()), m.rows())
	}
}

func (m *Model) say(what string, err error) { m.err, m.way = words(what, err) }

// words is what to say of an error: its own sentence when it has one.
func words(what string, err error) (sentence, next string) {
	var problem *mail.Problem
	if errors.As(err, &problem) {
		return problem.Sentence, problem.NextStep
	}
	return what, "Try again; the log says more."
}

// Keys is what works here now.
func (m *Model) Keys() []keys.Binding {
	busy := ""
	if m.stage == erasing || m.stage == deleting {
		busy = "it is at work, and there is nothing to take back"
	}
	switch m.stage {
	case closed:
		return nil
	case asking:
		return []keys.Binding{m.by.Choose, m.by.Next, m.by.Right, m.by.Close}
	case sure:
		return []keys.Binding{m.by.Yes.As("delete"), m.by.No.As("keep")}
	}
	return []keys.Binding{m.after.Copies.Disabled(orElse(busy, m.noCopies())), m.after.Down, m.after.Up, m.after.Close.Disabled(busy)}
}

// noCopies says why nothing can be deleted on the server now.
func (m *Model) noCopies() string {
	switch {
	case m.search.running:
		return "the server is being searched"
	case len(m.erasure.Copies) == 0:
		return "nothing of theirs is known to lie on the server"
	}
	return ""
}

// Cursor is where the word is typed.
func (m *Model) Cursor() *tea.Cursor {
	if m.stage != asking {
		return nil
	}
	c := m.form.Cursor()
	if c != nil {
		c.X, c.Y = c.X+margin, c.Y+len(m.question())
	}
	return c
}

// View is the dialog, exactly its size.
func (m *Model) View() string {
	var lines []string
	switch m.stage {
	case closed:
	case asking, erasing:
		lines = m.askLines()
	default:
		lines = m.reportLines()
	}
	return layout.Block(strings.Join(lines, "\n"), m.w, m.h)
}

// Height is how many rows the dialog needs at a width.
func (m *Model) Height(w int) int {
	was := m.w
	m.w = w
	defer func() { m.w = was }()
	switch m.stage {
	case closed:
		return 0
	case asking, erasing:
		return len(m.question()) + fieldRows + len(m.foot())
	}
	return len(m.report()) + len(m.foot())
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
