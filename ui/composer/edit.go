package composer

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/layout"
)

// press hands a key to the step that is on.
func (m *Model) press(press tea.KeyPressMsg) (event.Wish, tea.Cmd) {
	switch m.step {
	case picking:
		m.note = note{}
		if m.pickBy.Close.Is(press) {
			if m.written {
				m.step = editing
				return nil, nil
			}
			return m.leave(), nil
		}
		if m.pick.press(press, m.pickBy) {
			return m.begin(m.pick.selected())
		}
	case filling:
		if m.pickBy.Close.Is(press) {
			m.step = picking
		}
	case editing:
		return m.edit(press)
	}
	return nil, nil
}

// begin goes on with a template, or with an empty page.
func (m *Model) begin(info mail.TemplateInfo) (event.Wish, tea.Cmd) {
	m.draft.Language, m.draft.Template, m.draft.TemplateHash = info.Language, info.Name, info.Hash
	m.draft.Asks = nil // they stood in the text that goes
	if info.Name == "" {
		if m.written {
			m.keep.dirty = true
		}
		m.keep.rev++
		m.write(m.answerSubject(""), "")
		return m.ask(), nil
	}
	m.step, m.note = filling, note{}
	m.keep.seq++
	return event.FillTemplate{Seq: m.keep.seq, Person: m.lead.ID, Info: info, Answers: m.draft.InReplyTo}, nil
}

// filled takes the text of a template.
func (m *Model) filled(fact event.TemplateFilled) event.Wish {
	if m.step != filling || fact.Seq != m.keep.seq {
		return nil
	}
	if fact.Err != nil {
		m.step = picking
		m.note = problemNote("This template could not be filled.", fact.Err)
		return nil
	}
	m.write(m.templateSubject(fact.Filled.Subject), fact.Filled.Text)
	m.keep.rev++
	m.keep.dirty, m.keep.dirtyAt = true, m.now
	return m.ask()
}

// edit is a key while the mail is written.
func (m *Model) edit(press tea.KeyPressMsg) (event.Wish, tea.Cmd) {
	last, asked := m.note, m.asked
	m.note, m.asked = note{}, false
	switch {
	case m.by.Send.Is(press):
		return m.send(), nil
	case m.by.Close.Is(press):
		if asked {
			return nil, nil // "keep it" and no more
		}
		return m.leave(), nil
	case m.by.Discard.Is(press):
		return m.discard(asked), nil
	case m.by.Editor.Is(press):
		return event.OpenEditor{Text: m.body.text()}, nil
	case m.by.Opens.Is(press):
		return nil, m.switchTracking(consent.TrackOpen)
	case m.by.Clicks.Is(press):
		return nil, m.switchTracking(consent.TrackClick)
	case m.by.Ask.Is(press):
		return nil, m.cycleAsk()
	case m.fixed() && (m.by.Editor.Is(press) || m.by.Template.Is(press)):
		m.note = m.computed()
	case m.by.Gap.Is(press):
		m.toGap()
	case m.by.NextOpen.Is(press):
		m.list.next()
	case m.by.Fix.Is(press):
		return m.fix(last)
	case m.by.Template.Is(press):
		m.step = picking
		m.note = note{text: "A template replaces what is written. Esc goes back to it."}
	case m.fixed() && (m.by.Next.Is(press) || m.by.Prev.Is(press)):
		m.note = m.computed()
	case m.by.Next.Is(press), m.by.Prev.Is(press), m.inSubject && (press.String() == "enter" || press.String() == "down"):
		m.focusSubject(!m.inSubject)
	default:
		return m.typed(press)
	}
	return nil, nil
}

// typed gives a key or a paste to the field that has the focus.
func (m *Model) typed(msg tea.Msg) (event.Wish, tea.Cmd) {
	if m.fixed() {
		return m.scrolled(msg)
	}
	before := m.Draft()
	var cmd tea.Cmd
	if m.inSubject {
		if paste, ok := msg.(tea.PasteMsg); ok {
			msg = tea.PasteMsg{Content: oneLine(paste.Content)}
		}
		m.subject, cmd = m.subject.Update(msg)
	} else {
		cmd = m.body.update(msg)
	}
	if now := m.Draft(); now.Subject == before.Subject && now.Text == before.Text {
		return nil, cmd
	}
	return nil, tea.Batch(cmd, m.changed())
}

// scrolled lets a notice be read: what would change it is refused.
func (m *Model) scrolled(msg tea.Msg) (event.Wish, tea.Cmd) {
	subject, text := m.subject.Value(), m.body.text()
	row, col := m.body.area.Line(), m.body.area.Column()
	cmd := m.body.update(msg)
	if m.body.text() != text {
		m.write(subject, text)
		m.focusSubject(false)
		m.body.selectRunes(row, col, 0)
		m.note = m.computed()
		return nil, nil
	}
	return nil, cmd
}

// send wishes the mail on its way, unless the gate has said no to this very text.
func (m *Model) send() event.Wish {
	if m.sending {
		m.note = note{text: "It is being handed over."}
		return nil
	}
	if why := m.sendOff(); why != "" {
		m.note = note{text: "Not sent. " + why, bad: true}
		if check, ok := m.list.selected(); ok {
			m.note.way, m.note.law = check.Way, law(check)
		}
		return nil
	}
	if m.naming(m.send) {
		return nil
	}
	m.sending = true
	return event.QueueDraft{Draft: m.Draft()}
}

// sendOff is why the mail as it stands cannot be sent; empty when nobody has
// said so. An answer to an older text does not count: the root asks again.
func (m *Model) sendOff() string {
	if !m.fresh() || m.list.verdict.Allowed() {
		return ""
	}
	if check, ok := m.list.selected(); ok {
		return check.Reason
	}
	return m.list.open()[0].Reason
}

func (m *Model) leave() event.Wish {
	if m.naming(m.leave) {
		return nil
	}
	draft, save := m.Draft(), m.keep.dirty
	m.reset()
	return event.LeaveComposer{Draft: draft, Save: save}
}

// discard asks once, and then throws the draft away.
func (m *Model) discard(asked bool) event.Wish {
	if !asked {
		m.asked = true
		name, _ := m.by.Discard.Short()
		m.note = note{text: "Throw this draft away? " + name + " once more does it; any other key keeps it.", bad: true}
		return nil
	}
	if m.naming(func() event.Wish { return m.discard(true) }) {
		return nil
	}
	draft := m.Draft()
	m.reset()
	return event.DiscardDraft{Draft: draft}
}

// toGap selects the next unfilled field, in the subject or in the text.
func (m *Model) toGap() {
	row, col := m.body.area.Line(), m.body.area.Column()
	if m.inSubject {
		row, col = 0, 0
	}
	if found, ok := after(gapsIn(m.body.text()), row, col); ok {
		m.focusSubject(false)
		m.body.selectRunes(found.row, found.col, found.runes)
		return
	}
	if found, ok := after(gapsIn(m.subject.Value()), 0, 0); ok {
		m.focusSubject(true)
		m.subject.SetCursor(found.col + found.runes)
		return
	}
	m.note = note{text: "No field is left unfilled."}
}

// fix mends what the note speaks of, else the selected check.
func (m *Model) fix(last note) (event.Wish, tea.Cmd) {
	if last.fix != nil {
		return last.fix, nil
	}
	check, ok := m.list.selected()
	if !ok {
		m.note = note{text: "Nothing is open."}
		return nil, nil
	}
	if wish := m.fixWish(check.Fix); wish != nil {
		return wish, nil
	}
	switch check.Fix {
	case consent.FixText:
		if check.Key == "asks" {
			m.dropAsks()
			m.note = note{text: "The question is out of the mail."}
			return nil, m.changed()
		}
		return nil, m.toText(check)
	case consent.FixRecipient:
		m.draft.To = m.lead.Address
		m.note = note{text: "The mail goes to the address on the lead card."}
		return nil, m.changed()
	case consent.FixTracking:
		return nil, m.trackingOff()
	case consent.FixDuties:
		return nil, m.addDuties(check)
	case consent.FixConfig:
		m.note = note{text: check.Reason, way: check.Way, bad: true}
		if m.options.ConfigPath != "" {
			m.note.way += " File: " + m.options.ConfigPath
		}
	default:
		m.note = note{text: check.Reason, way: check.Way, bad: true}
	}
	return nil, nil
}

// oneLine makes a pasted text fit into a subject.
func oneLine(s string) string { return strings.Join(strings.Fields(layout.Typed(s)), " ") }
