package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/assessform"
	"zgoda/ui/desk"
	"zgoda/ui/erasure"
	"zgoda/ui/event"
	"zgoda/ui/importpane"
	"zgoda/ui/keys"
)

// officer is the layers of a data-protection officer, and what they have in common.
type officer struct {
	desk    *desk.Model
	assess  *assessform.Model
	intake  *importpane.Model
	erasure *erasure.Model

	queues      consent.QueueCounts
	nextRequest time.Time
	counted     time.Time              // when the queues were last counted
	gone        map[mail.PersonID]bool // erased while zgoda ran
}

// countAgain is after which time the queues are counted anew though nothing
// changed: a term ends by itself.
const countAgain = 10 * time.Minute

// makeOfficer makes the layers, closed.
func (m *Model) makeOfficer() {
	if m.gone == nil {
		m.gone = map[mail.PersonID]bool{}
	}
	m.desk = desk.New(m.styles, m.keys, m.opts.Actor, m.opts.Controller.Country, m.now)
	m.assess = assessform.New(m.styles, m.keys, m.opts.Actor, m.opts.Controller, m.now)
	m.intake = importpane.New(m.styles, m.keys, m.now)
	m.erasure = erasure.New(m.styles, m.keys)
}

// whyNoDesk says why the desk or the import cannot be opened, "" when it can.
func (m *Model) whyNoDesk(action keys.Action) string {
	g := m.keys.Global
	switch {
	case (action == g.Desk.Action || action == m.keys.List.Erase.Action) && m.ports.Desk == nil:
		return "there is no desk behind this screen"
	case action == g.Import.Action && m.ports.Intake == nil:
		return "there is no import behind this screen"
	}
	return ""
}

// openDesk opens the desk on a page, for a person; nobody means the one selected
// in the inbox.
func (m *Model) openDesk(tab event.DeskTab, lead consent.Lead) tea.Cmd {
	if row, ok := m.selected(); ok && lead.ID == 0 {
		lead = row.Lead
	}
	kept := m.keepDraft()
	wish := m.desk.Show(tab, lead)
	_, _ = m.desk.Update(event.QueueCountsLoaded{Counts: m.queues})
	m.cut()
	return tea.Batch(kept, m.wishes(wish), m.loadQueueCounts())
}

// keepDraft closes the composer, which lies over the desk; what is written is saved.
func (m *Model) keepDraft() tea.Cmd {
	if !m.composer.Open() {
		return nil
	}
	draft := m.composer.Draft()
	m.composer.Close()
	return m.leaveComposer(event.LeaveComposer{Draft: draft, Save: draft.Subject != "" || draft.Text != ""})
}

// openImport opens the import.
func (m *Model) openImport() tea.Cmd {
	m.intake.Show()
	m.cut()
	return nil
}

// officeAct does the keys of the office; false when the key is none of them.
func (m *Model) officeAct(action keys.Action) (tea.Cmd, bool) {
	switch action {
	case m.keys.Global.Desk.Action:
		return m.openDesk(event.TabNotices, consent.Lead{}), true
	case m.keys.Global.Import.Action:
		return m.openImport(), true
	case m.keys.List.Erase.Action:
		row, _ := m.selected()
		return m.askErase(event.AskErase{Person: row.Lead.ID}), true
	}
	return nil, false
}

// officeWish does the wishes of the desk, the erasure and the import.
func (m *Model) officeWish(wish event.Wish) tea.Cmd {
	if _, imports := wish.(event.PreviewImport); m.ports.Desk == nil && !imports {
		return nil
	}
	switch w := wish.(type) {
	case event.ShowDesk:
		return m.openDesk(w.Tab, w.Lead)
	case event.LoadNotices:
		return m.loadNotices(w)
	case event.LoadRequests:
		return m.loadRequests(w)
	case event.LoadRetention:
		return m.loadRetention(w)
	case event.LoadDecisions:
		return m.loadDecisions(w)
	case event.LoadAssessments:
		return m.loadAssessments(w)
	case event.EditAssessment:
		return m.openAssessment(w)
	case event.SaveAssessment:
		return m.saveAssessment(w)
	case event.AskErase:
		return m.askErase(w)
	case event.Erase:
		return m.erase(w)
	case event.FindCopies:
		return m.findCopies()
	case event.EraseCopies:
		return m.eraseCopies(w)
	case event.PreviewImport:
		return m.previewImport(w)
	case event.RunImport:
		return m.runImport(w)
	}
	return nil
}

// officeFact does the root's part of a fact that the layers have heard.
func (m *Model) officeFact(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case event.QueueCountsLoaded:
		if msg.Err == nil {
			m.queues, m.nextRequest, m.counted = msg.Counts, msg.NextRequest, m.now
			m.tellNeeds()
		}
		return m.loads.queues.done(m.loadQueueCounts)
	case event.Erased:
		if msg.Err == nil {
			return m.erased(msg.Person)
		}
	case event.AssessmentSaved:
		if msg.Err == nil {
			m.toasts.Show(event.Notify{Text: fmt.Sprintf("Saved as version %d.", msg.Assessment.Version), Tone: event.Good})
			return m.storeChanged(event.StoreChanged{})
		}
	case event.Imported:
		if msg.Err == nil {
			return m.storeChanged(event.StoreChanged{})
		}
	}
	return nil
}

// tellNeeds puts what needs somebody into the status line.
func (m *Model) tellNeeds() {
	long, short, over := m.needs()
	name := m.keys.Global.Desk.Name()
	m.status.SetNeeds(long, short, name, over)
}

// needs is what waits for somebody, in words and in a few cells; over says that
// a term has passed.
func (m *Model) needs() (long, short string, over bool) {
	c := m.queues
	var parts []string
	due := 0
	add := func(n int, words string) {
		if n > 0 {
			due += n
			parts = append(parts, words)
		}
	}
	add(c.NoticesOver, counted(c.NoticesOver, "notice")+" over due")
	add(c.RequestsOver, counted(c.RequestsOver, "request")+" over due")
	if c.NoticesOver == 0 {
		add(c.NoticesSoon, counted(c.NoticesSoon, "notice")+" due soon")
	}
	if open := c.Requests - c.RequestsOver; open > 0 && c.RequestsOver == 0 {
		words := counted(open, "request") + " open"
		if left := m.nextRequest.Sub(m.now); left <= week {
			words = counted(open, "request") + ", due in " + counted(int(left.Hours()/24), "day")
		}
		add(open, words)
	}
	if due == 0 {
		return "", "", false
	}
	return strings.Join(parts, " · "), fmt.Sprintf("%d due", due), c.NoticesOver+c.RequestsOver > 0
}

const week = 7 * 24 * time.Hour

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// recount counts the queues when the last count is old.
func (m *Model) recount() tea.Cmd {
	m.tellNeeds()
	if m.counted.IsZero() || m.now.Sub(m.counted) < countAgain {
		return nil
	}
	return m.loadQueueCounts()
}

// ofErased reports whether a fact speaks of somebody who was erased while it was
// on its way. Such a fact is dropped.
func (m *Model) ofErased(msg tea.Msg) bool {
	if len(m.gone) == 0 {
		return false
	}
	switch msg := msg.(type) {
	case event.PersonLoaded:
		return m.gone[msg.Person]
	case event.ComposeLoaded:
		return m.gone[msg.Person]
	case event.LeadLoaded:
		return m.gone[msg.Lead.ID]
	case event.RecordLoaded:
		return m.gone[msg.Lead.ID]
	case event.EraseAsked:
		return m.gone[msg.Lead.ID]
	case event.DraftTaken:
		return m.gone[msg.Draft.Person]
	}
	return false
}

// erased takes an erased person off everything that the screen holds: what was
// on the screen of them must not outlive their rows.
func (m *Model) erased(person mail.PersonID) tea.Cmd {
	m.gone[person] = true
	m.forgetUndos(person)
	m.outgoing = m.known(m.outgoing)
	m.toasts.Clear() // old news may name them
	m.over = nil
	m.lead.Close()
	m.rights.Close()
	m.record.Close()
	if m.composer.Open() && m.composer.Draft().Person == person {
		m.composer.Close()
	}
	if m.thread.Person() == person {
		m.history, m.tracking = consent.History{}, nil
		m.thread.Show(consent.Lead{})
		m.card.Show(consent.Row{})
	}
	wishes := []tea.Cmd{m.wishes(m.desk.Forget(person)), m.wishes(m.list.Forget(person))}
	wishes = append(wishes, m.tellLayers(event.OutgoingLoaded{Outgoing: m.outgoing}), m.storeChanged(event.StoreChanged{Outbox: true}))
	m.cut()
	return tea.Batch(wishes...)
}

// forgetUndos keeps the way back of mails to others, and no other step: it may
// bring back what was erased.
func (m *Model) forgetUndos(person mail.PersonID) {
	m.undos = slices.DeleteFunc(m.undos, func(u undo) bool {
		i := slices.IndexFunc(m.outgoing, func(o mail.Outgoing) bool { return o.ID == u.id && u.id != 0 })
		return i < 0 || m.outgoing[i].Person == person
	})
	for _, out := range m.outgoing {
		if out.Person == person {
			m.toasts.Release(out.ID)
		}
	}
}

// known is the mails to people who were not erased.
func (m *Model) known(list []mail.Outgoing) []mail.Outgoing {
	if len(m.gone) == 0 {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(o mail.Outgoing) bool { return m.gone[o.Person] })
}
