package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/dialog"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
)

// acts is the keys that do something to the selected person, each with the
// reason for which it cannot be used now.
func (m *Model) acts() []keys.Binding {
	k := m.keys.List
	list := []keys.Binding{k.Compose, k.Reply, k.Lead, k.Record, k.Withdraw, k.Consent, k.Edit, k.New, k.Card, k.Heard, k.Erase}
	for i := range list {
		list[i] = m.off(list[i])
	}
	return list
}

// off is a binding with the reason for which it cannot be used now, if any.
func (m *Model) off(b keys.Binding) keys.Binding { return b.Disabled(m.why(b.Action)) }

// why says in one clause why an act cannot be done now; empty when it can.
func (m *Model) why(action keys.Action) string {
	k, g := m.keys.List, m.keys.Global
	switch action {
	case g.Undo.Action:
		if len(m.undos) == 0 {
			return "nothing to undo"
		}
	case g.Cancel.Action:
		if p := m.status.Sync().Phase; p != mail.SyncRunning && p != mail.SyncConnecting {
			return "no sync is running"
		}
	case g.Desk.Action, g.Import.Action:
		return m.whyNoDesk(action)
	case k.Lead.Action, k.Compose.Action, k.Reply.Action, k.Edit.Action, k.Record.Action, k.Card.Action, k.Erase.Action,
		k.Consent.Action, k.Withdraw.Action, k.Heard.Action:
		row, ok := m.selected()
		if !ok {
			return "nobody is selected"
		}
		return m.whyNot(action, row)
	}
	return ""
}

func (m *Model) whyNot(action keys.Action, row consent.Row) string {
	k := m.keys.List
	lead, _ := k.Lead.Short()
	switch action {
	case k.Erase.Action:
		return m.whyNoDesk(action)
	case k.Lead.Action:
		if row.Lead.IsLead() {
			return "already a lead since " + theme.Day(row.Lead.Since, m.now)
		}
	case k.Withdraw.Action:
		if len(row.Standing.Revocable()) == 0 {
			return "nothing of theirs stands: " + k.Record.Name() + " records a no or an objection"
		}
	case k.Heard.Action:
		if row.Standing.Held.ID == "" {
			return "no mail of theirs waits to be read for a stop"
		}
	case k.Edit.Action:
		if !row.Lead.IsLead() {
			return "not a lead yet: " + lead + " makes them one"
		}
	case k.Compose.Action, k.Reply.Action:
		if check, refused := refusalOf(row); refused {
			return lower(check.Reason)
		}
		if _, wrote := m.thread.Newest(); action == k.Reply.Action && row.Lead.ID == m.history.Lead.ID && !wrote {
			return "they never wrote to you"
		}
	}
	return ""
}

// refusalOf is the rule that refuses every mail to a person, whatever it would say.
func refusalOf(row consent.Row) (consent.Check, bool) {
	if check, closed := row.Standing.Closing(); closed {
		return check, true
	}
	if !row.Lead.IsLead() {
		return consent.NotALead(), true
	}
	return consent.Check{}, false
}

// refuse says why a key cannot be used. A rule of law says all it has: reason,
// way, key, rule and source (G24).
func (m *Model) refuse(action keys.Action, why string) {
	n := event.Notify{Text: upper(why) + ".", Tone: event.Warn}
	row, ok := m.selected()
	if k := m.keys.List; ok && (action == k.Compose.Action || action == k.Reply.Action) {
		if check, refused := refusalOf(row); refused {
			n.Text = check.Reason
			n.Next = "→ " + check.Way + "\n" + m.keys.Leads(check.Fix) + "  (" + check.Rule + " · " + check.Source + ")"
		}
	}
	m.toasts.Show(n)
}

// lower is a sentence as a clause.
func lower(s string) string {
	s = strings.TrimSuffix(s, ".")
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// act does what a key does; a disabled one says why.
func (m *Model) act(action keys.Action) tea.Cmd {
	if top := m.top(); top != nil {
		return m.actIn(top, action)
	}
	if why := m.why(action); why != "" {
		m.refuse(action, why)
		return nil
	}
	g := m.keys.Global
	switch action {
	case g.Help.Action:
		m.openHelp()
	case g.Quit.Action:
		return m.askToQuit()
	case g.Interrupt.Action:
		return m.quit()
	case g.Undo.Action:
		return m.undoLast()
	case g.Sync.Action:
		m.toasts.Show(event.Notify{Text: "Asking the server…"})
		return tea.Batch(m.syncNow(), m.storeChanged(event.StoreChanged{Outbox: true}))
	case g.Cancel.Action:
		return m.cancelSync()
	case g.Outbox.Action:
		return m.openOutbox()
	}
	if cmd, ok := m.officeAct(action); ok {
		return cmd
	}
	return m.actOn(action)
}

// actOn does what a key does to the selected person, or with the list.
func (m *Model) actOn(action keys.Action) tea.Cmd {
	k := m.keys.List
	row, _ := m.selected()
	switch action {
	case k.Lead.Action:
		return m.makeLead(row.Lead)
	case k.Compose.Action:
		return m.loadCompose(event.Compose{Person: row.Lead.ID})
	case k.Reply.Action:
		return m.loadCompose(event.Compose{Person: row.Lead.ID, Answer: true})
	case k.Edit.Action:
		return m.loadLead(event.EditLead{Person: row.Lead.ID})
	case k.New.Action:
		return m.loadLead(event.EditLead{})
	case k.Record.Action:
		return m.loadRecord(event.AskRecord{Person: row.Lead.ID})
	case k.Withdraw.Action:
		return m.loadRecord(event.AskRecord{Person: row.Lead.ID, Face: event.FaceWithdraw})
	case k.Heard.Action:
		return m.loadRecord(event.AskRecord{Person: row.Lead.ID, Face: event.FaceHeard})
	case k.Consent.Action:
		return m.loadConsent(row.Lead.ID)
	case k.Card.Action:
		m.toggleCard()
	case k.Find.Action:
		m.setFocus(onList)
		m.list.Find()
	case k.NextSplit.Action:
		m.setFocus(onList)
		return m.wishes(m.list.NextSplit(1))
	}
	return nil
}

// actIn presses the key of an action in a layer.
func (m *Model) actIn(top layer, action keys.Action) tea.Cmd {
	for _, b := range top.Keys() {
		if b.Action == action {
			return m.to(top, keys.Press(b.Keys()[0]))
		}
	}
	return nil
}

// askToQuit leaves, after a question when a mail would be left waiting.
func (m *Model) askToQuit() tea.Cmd {
	if !m.anyQueued() {
		return m.quit()
	}
	cmd := m.confirm.Ask(dialog.Question{
		Title:  "Leave with mail in the outbox?",
		Reason: "What is queued has not left yet. It leaves when zgoda runs again.",
		Yes:    "leave", No: "stay", Then: event.Act{Action: string(m.keys.Global.Interrupt.Action)},
	})
	m.cut()
	return cmd
}

// toggleCard goes to the lead card and back to where the rep came from.
func (m *Model) toggleCard() {
	if m.focus == onCard {
		m.setFocus(m.beforeCard)
		return
	}
	m.beforeCard = m.focus
	m.setFocus(onCard)
}

// show shows a person beside the list.
func (m *Model) show(person mail.PersonID) tea.Cmd {
	row, ok := m.list.Row()
	if !ok || row.Lead.ID != person || person == 0 {
		return nil
	}
	m.history, m.tracking = consent.History{}, nil
	m.thread.Show(row.Lead)
	m.thread.Hold(row.Standing.Held)
	m.card.Show(row)
	return m.loadPerson(person)
}

// opened goes into the conversation, and marks what they wrote as read.
func (m *Model) opened(person mail.PersonID) tea.Cmd {
	m.setFocus(onThread)
	if row, ok := m.selected(); ok && row.Unread > 0 {
		return m.markRead(person)
	}
	return nil
}

// back goes to the pane before this one.
func (m *Model) back() {
	if m.focus == onCard {
		m.setFocus(m.beforeCard)
		return
	}
	m.setFocus(onList)
}

func upper(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	if r[0] >= 'a' && r[0] <= 'z' {
		r[0] -= 'a' - 'A'
	}
	return string(r)
}
