package desk

import (
	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
)

// act is what one key does to the selected case.
type act struct {
	binding keys.Binding
	do      func() event.Wish
}

// wishing is an act that needs nothing of the desk itself.
func wishing(b keys.Binding, w event.Wish) act {
	return act{b, func() event.Wish { return w }}
}

// act does what a key does; one that is off says why.
func (m *Model) act(press tea.KeyPressMsg) event.Wish {
	for _, a := range m.acts() {
		if !a.binding.Is(press) {
			continue
		}
		if a.binding.Off() {
			m.note = a.binding.Why
			return nil
		}
		return a.do()
	}
	return nil
}

// acts is every key of the page beside those that move, off with a reason
// where it does not work.
func (m *Model) acts() []act {
	switch m.tab {
	case event.TabNotices:
		return m.noticeActs()
	case event.TabRequests:
		return m.requestActs()
	case event.TabRetention:
		return m.retentionActs()
	case event.TabDecisions:
		return m.decisionActs()
	}
	return m.assessmentActs()
}

// decisionActs is what may open what the gate has refused. An override is written
// by a data-protection officer only; the ledger sees to that.
func (m *Model) decisionActs() []act {
	k, why := m.keys.DeskDecisions, unless(m.person.ID != 0, nobody)
	return []act{
		wishing(k.Fact.Disabled(why), event.AskRecord{Person: m.person.ID, Face: event.FaceSeen}),
		{k.Override.Disabled(why), func() event.Wish { return m.begin(m.newOverride()) }},
		{m.keys.Desk.Open.Disabled(why), func() event.Wish { return m.leave(m.person) }},
	}
}

const nobody = "nobody is selected: choose a person in the inbox, or press the key for decisions on a case"

func unless(yes bool, why string) string {
	if yes {
		return ""
	}
	return why
}

// ofPerson is what can be done to the person of any case.
func (m *Model) ofPerson(lead consent.Lead) []act {
	k := m.keys.Desk
	return []act{
		wishing(k.Erase, event.AskErase{Person: lead.ID}),
		{k.Decisions, func() event.Wish { return m.judge(lead) }},
		{k.Open, func() event.Wish { return m.leave(lead) }},
	}
}

// leave closes the desk and goes to a person.
func (m *Model) leave(lead consent.Lead) event.Wish {
	m.Close()
	return event.OpenPerson{Person: lead.ID, Address: lead.Address.Email}
}

// judge shows what the gate answered of a person.
func (m *Model) judge(lead consent.Lead) event.Wish {
	if m.person.ID != lead.ID {
		m.decisions.forget()
	}
	m.person = lead
	return m.turn(event.TabDecisions)
}

func (m *Model) noticeActs() []act {
	c, ok := m.notices.selected()
	if !ok {
		return nil
	}
	k := m.keys.DeskNotices
	return append([]act{
		wishing(k.Write, event.Compose{Person: c.Lead.ID, Duty: mail.DutyNotice}),
		wishing(k.Record, event.AskRecord{Person: c.Lead.ID, Kind: consent.KindNotice}),
	}, m.ofPerson(c.Lead)...)
}

func (m *Model) requestActs() []act {
	k := m.keys.DeskRequests
	create := act{k.New.Disabled(unless(m.person.ID != 0, "a request is of somebody: select the person in the inbox first")),
		func() event.Wish { return m.begin(m.newRequest()) }}
	c, ok := m.requests.selected()
	if !ok {
		return []act{create}
	}
	return append([]act{
		wishing(k.Answer, event.Compose{Person: c.Lead.ID, Duty: mail.DutyAnswer, Request: c.Seq}),
		{k.Extend.Disabled(m.whyNoExtension(c)), func() event.Wish { return m.begin(m.newExtension(c)) }},
		{k.Restrict, func() event.Wish { return m.begin(m.newRestriction(c)) }},
		create,
	}, m.ofPerson(c.Lead)...)
}

// whyNoExtension says why the time for an answer cannot be extended (Art. 12(3):
// once, and inside the first month).
func (m *Model) whyNoExtension(c consent.RequestCase) string {
	switch {
	case c.Extended:
		return "it was extended once, and there is no second time (Art. 12(3))"
	case m.now.After(c.Due):
		return "the first month is over: an extension can only be told inside it (Art. 12(3))"
	}
	return ""
}

func (m *Model) retentionActs() []act {
	c, ok := m.retention.selected()
	if !ok {
		return nil
	}
	hold := m.keys.DeskRetention.Hold
	erase := m.keys.Desk.Erase
	if c.Retention.Class == consent.ClassHeld {
		hold = hold.As("lift")
		erase = erase.Disabled("a hold or a restriction is on them: lift it first")
	}
	acts := m.ofPerson(c.Lead)
	acts[0].binding = erase
	return append([]act{{hold, func() event.Wish { return m.begin(m.newHold(c)) }}}, acts...)
}

func (m *Model) assessmentActs() []act {
	k := m.keys.DeskAssess
	create := wishing(k.New, event.EditAssessment{})
	a, ok := m.assessments.selected()
	if !ok {
		return []act{create}
	}
	return []act{wishing(k.Renew, event.EditAssessment{Assessment: a}), create}
}

// Keys is what works here now, for the footer and the palette.
func (m *Model) Keys() []keys.Binding {
	if !m.open {
		return nil
	}
	if m.step != nil {
		d := m.keys.Dialog
		return []keys.Binding{d.Save, d.Next, d.Close}
	}
	k := m.keys.Desk
	list := make([]keys.Binding, 0, 12)
	for _, a := range m.acts() {
		list = append(list, a.binding)
	}
	return append(list, k.Down, k.Up, k.PrevTab, k.HalfDown, k.HalfUp, k.Top, k.Bottom, k.NextTab, k.Close)
}
