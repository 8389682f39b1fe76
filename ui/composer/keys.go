package composer

import "zgoda/ui/keys"

// Keys is what works now, with the reasons of what does not.
func (m *Model) Keys() []keys.Binding {
	switch m.step {
	case picking:
		list := []keys.Binding{m.pickBy.Choose, m.pickBy.Down, m.pickBy.Up}
		if len(m.pick.languages) > 1 {
			list = append(list, m.pickBy.Language)
		}
		return append(list, m.pickBy.Close)
	case filling:
		return []keys.Binding{m.pickBy.Close}
	case editing:
		return m.editKeys()
	}
	return nil
}

func (m *Model) editKeys() []keys.Binding {
	list := []keys.Binding{m.by.Send.Disabled(m.sendOff())}
	if _, ok := m.list.selected(); ok {
		list = append(list, m.by.Fix, m.by.NextOpen)
	}
	for _, t := range m.toggles() {
		why := t.why
		if t.on {
			why = ""
		}
		list = append(list, t.key.Disabled(why))
	}
	list = append(list, m.by.Ask.Disabled(m.whyPlain()))
	if len(gapsIn(m.body.text()+"\n"+m.subject.Value())) > 0 {
		list = append(list, m.by.Gap)
	}
	why := ""
	if m.fixed() {
		why = m.whyPlain()
	}
	return append(list, m.by.Next.Disabled(why), m.by.Editor.Disabled(why), m.by.Template.Disabled(why), m.by.Discard, m.by.Close)
}
