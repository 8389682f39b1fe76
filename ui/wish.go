package ui

import (
	tea "charm.land/bubbletea/v2"

	"zgoda/ui/event"
	"zgoda/ui/keys"
)

// wishes does what a component wished. It routes: each wish is one line.
func (m *Model) wishes(wish event.Wish) tea.Cmd {
	switch w := wish.(type) {
	case event.Many:
		cmds := make([]tea.Cmd, 0, len(w))
		for _, one := range w {
			cmds = append(cmds, m.wishes(one))
		}
		return tea.Batch(cmds...)
	case event.LoadRows:
		return m.loadRows(w)
	case event.Selected:
		return m.show(w.Person)
	case event.Opened:
		return m.opened(w.Person)
	case event.Left:
		m.back()
	case event.Act:
		return m.act(keys.Action(w.Action))
	case event.CloseOverlay:
		m.over = nil // the layers that only wait have closed themselves
		m.cut()
	case event.Notify:
		m.toasts.Show(w)
	default:
		return m.writing(wish)
	}
	return nil
}

// writing does the wishes that open something, and those of the composer.
func (m *Model) writing(wish event.Wish) tea.Cmd {
	switch w := wish.(type) {
	case event.Compose:
		return m.loadCompose(w)
	case event.EditLead:
		return m.loadLead(w)
	case event.AskRecord:
		return m.loadRecord(w)
	case event.ShowConsent:
		return m.loadConsent(w.Person)
	case event.OpenPerson:
		return m.openPerson(w)
	case event.ShowOutbox:
		return m.openOutbox()
	case event.FillTemplate:
		return m.fillTemplate(w)
	case event.CheckDraft:
		return m.checkDraft(w)
	case event.SaveDraft:
		return m.saveDraft(w)
	case event.LeaveComposer:
		return m.leaveComposer(w)
	case event.DiscardDraft:
		return m.discardDraft(w)
	case event.QueueDraft:
		return m.queueDraft(w)
	case event.OpenEditor:
		return m.openEditor(w)
	}
	return m.deciding(wish)
}

// deciding does the wishes of the dialogs and the outbox.
func (m *Model) deciding(wish event.Wish) tea.Cmd {
	switch w := wish.(type) {
	case event.Record:
		return m.recordEvent(w)
	case event.SaveLead:
		return m.saveLead(w)
	case event.AddLead:
		return m.addLead(w)
	case event.TakeBack:
		return m.takeBack(w.ID)
	case event.EditAgain:
		return m.takeBack(w.ID)
	case event.ResolveUnknown:
		return m.resolve(w)
	case event.Confirmed:
		return m.wishes(w.Then)
	}
	return m.officeWish(wish)
}
