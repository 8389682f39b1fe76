package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
)

// fact gives what has happened to whom it concerns.
func (m *Model) fact(msg tea.Msg) tea.Cmd {
	if m.ofErased(msg) {
		return nil
	}
	switch msg := msg.(type) {
	case event.Ticked:
		return m.ticked(msg)
	case event.SyncChanged:
		before := m.status.Height()
		m.status.SetSync(clean(msg.Status))
		if p := msg.Status.Phase; p != mail.SyncConnecting && p != mail.SyncRunning {
			m.list.Settle() // the first mails are in
		}
		if m.status.Height() != before {
			m.cut()
		}
	case event.StoreChanged:
		return tea.Batch(m.storeChanged(msg), m.tellLayers(msg))
	case event.RowsLoaded:
		return m.rowsLoaded(msg)
	case event.CountsLoaded:
		return m.countsLoaded(msg)
	case event.PersonLoaded:
		return m.personLoaded(msg)
	case event.OutgoingLoaded:
		return m.outgoingLoaded(msg)
	case leadMade:
		return m.leadMade(msg)
	case undone:
		return m.undone(msg)
	case failed:
		m.tell(msg.what, msg.err)
	case nothing:
		m.drawn = true
	default:
		return m.written(msg)
	}
	return nil
}

// written is the facts of the composer, the dialogs and the outbox. Each layer
// takes what it knows; then the root does its part.
func (m *Model) written(msg tea.Msg) tea.Cmd {
	cmd := m.tellLayers(msg)
	switch msg := msg.(type) {
	case event.DraftQueued:
		cmd = tea.Batch(cmd, m.draftQueued(msg))
	case event.DraftTaken:
		cmd = tea.Batch(cmd, m.draftTaken(msg))
	case event.EventRecorded:
		if msg.Err == nil {
			m.toasts.Show(event.Notify{Text: "Recorded in the ledger.", Tone: event.Good})
		}
		cmd = tea.Batch(cmd, m.reload(msg.Event.Person))
	case event.LeadSaved:
		if msg.Err == nil {
			m.toasts.Show(event.Notify{Text: "Saved.", Tone: event.Good})
		}
		cmd = tea.Batch(cmd, m.reload(msg.Lead.ID))
	case event.OutgoingResolved:
		if msg.Err != nil {
			m.tell("That could not be noted.", msg.Err)
		}
		cmd = tea.Batch(cmd, m.loadOutgoing(), m.reload(m.thread.Person()))
	}
	cmd = tea.Batch(cmd, m.officeFact(msg))
	m.cut()
	return cmd
}

// tellLayers gives a fact to every layer; those that do not know it let it be.
func (m *Model) tellLayers(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, l := range m.standing() {
		cmds = append(cmds, m.did(l.Update(msg)))
	}
	return tea.Batch(cmds...)
}

func (m *Model) ticked(msg event.Ticked) tea.Cmd {
	before := m.now
	m.now = msg.Now
	m.list.SetNow(msg.Now)
	m.thread.SetNow(msg.Now)
	m.card.SetNow(msg.Now)
	m.status.SetNow(msg.Now)
	changed := m.toasts.SetNow(msg.Now)
	// The frame is kept through the second when nothing on it counts seconds.
	counting := m.composer.Open() || m.status.Sync().Phase == mail.SyncOffline || m.anyQueued()
	m.drawn = !changed && !counting && before.Truncate(timeGrain).Equal(msg.Now.Truncate(timeGrain))
	return tea.Batch(m.tellLayers(msg), m.recount())
}

func (m *Model) anyQueued() bool {
	return slices.ContainsFunc(m.outgoing, func(o mail.Outgoing) bool { return o.State == mail.Queued })
}

// storeChanged reloads what may be stale, each thing once however much changes.
func (m *Model) storeChanged(msg event.StoreChanged) tea.Cmd {
	cmds := []tea.Cmd{m.wishes(m.list.Reload()), m.loadCounts(), m.loadQueueCounts()}
	if msg.Outbox {
		cmds = append(cmds, m.loadOutgoing())
	}
	if shown := m.thread.Person(); shown != 0 && (len(msg.People) == 0 || msg.Outbox || slices.Contains(msg.People, shown)) {
		cmds = append(cmds, m.loadPerson(shown))
	}
	return tea.Batch(cmds...)
}

// reload is storeChanged of one person, after an act of our own.
func (m *Model) reload(person mail.PersonID) tea.Cmd {
	return m.storeChanged(event.StoreChanged{People: []mail.PersonID{person}})
}

func (m *Model) rowsLoaded(msg event.RowsLoaded) tea.Cmd {
	cmd := m.did(m.list.Update(msg))
	row, ok := m.list.Row()
	if !ok {
		m.thread.Show(consent.Lead{})
		m.card.Show(consent.Row{})
		return cmd
	}
	if row.Lead.ID == m.thread.Person() {
		m.thread.Show(row.Lead)
		m.thread.Hold(row.Standing.Held)
		m.card.Show(row)
	}
	return cmd
}

func (m *Model) countsLoaded(msg event.CountsLoaded) tea.Cmd {
	cmd := m.did(m.list.Update(msg))
	if msg.Err == nil {
		m.countUnknown(msg.Counts.Waiting)
	}
	return tea.Batch(cmd, m.loads.counts.done(m.loadCounts))
}

func (m *Model) outgoingLoaded(msg event.OutgoingLoaded) tea.Cmd {
	if msg.Err == nil {
		before := m.outgoing
		msg.Outgoing = m.known(msg.Outgoing)
		m.outgoing = msg.Outgoing
		m.countUnknown(m.list.Counts().Waiting)
		m.tellOutcomes(before)
	}
	cmd := m.tellLayers(msg)
	return tea.Batch(cmd, m.loads.outgoing.done(m.loadOutgoing))
}

func (m *Model) countUnknown(waiting int) {
	unknown := 0
	for _, out := range m.outgoing {
		if out.State == mail.Unknown {
			unknown++
		}
	}
	m.status.SetCounts(unknown, waiting)
}

func (m *Model) personLoaded(msg event.PersonLoaded) tea.Cmd {
	if msg.Person == m.thread.Person() {
		_ = m.did(m.thread.Update(msg))
		_ = m.did(m.card.Update(msg))
		m.history, m.tracking = msg.History, msg.Tracking
	}
	return m.loads.personDone(m.loadPerson)
}
