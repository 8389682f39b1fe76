package ui

import (
	"zgoda/ui/keys"
	"zgoda/ui/layout"
)

// footer is the keys that matter where the rep stands, as many as fit.
func (m *Model) footer() string {
	if m.list.Typing() {
		return m.keyLine(m.list.Keys())
	}
	k, g := m.keys.List, m.keys.Global
	row, ok := m.selected()
	var list []keys.Binding
	switch {
	case !ok:
		list = []keys.Binding{k.NextSplit, k.New, m.off(g.Sync), k.Find}
	case m.focus == onThread:
		list = append(m.thread.Keys(), m.actsFor(row.Lead.IsLead())...)
	case m.focus == onCard:
		list = append(m.card.Keys(), m.off(k.Edit), m.off(k.Record), k.Consent)
	default:
		list = append([]keys.Binding{k.Open}, m.actsFor(row.Lead.IsLead())...)
		list = append(list, k.NextSplit, k.Find)
	}
	if m.why(g.Cancel.Action) == "" {
		list = append([]keys.Binding{g.Cancel}, list...)
	}
	if len(m.undos) > 0 {
		list = append([]keys.Binding{g.Undo}, list...)
	}
	return m.keyLine(append(list, g.Help, g.Palette))
}

// actsFor is the acts worth a place in the footer.
func (m *Model) actsFor(lead bool) []keys.Binding {
	k := m.keys.List
	if !lead {
		return []keys.Binding{m.off(k.Lead), m.off(k.Record), k.Card}
	}
	list := []keys.Binding{m.off(k.Compose), m.off(k.Reply), m.off(k.Record), m.off(k.Edit), k.Consent}
	if !m.threePanes() { // there the card is on the screen
		list = append(list, k.Card)
	}
	if m.why(k.Heard.Action) == "" {
		list = append([]keys.Binding{k.Heard}, list...)
	}
	return list
}

// keyLine writes bindings as "key word", the last two always, the others while
// there is room. A disabled key is pale; pressed, it says why.
func (m *Model) keyLine(list []keys.Binding) string {
	tail := ""
	if n := len(list); n > 2 {
		tail = m.keyWord(list[n-2]) + "   " + m.keyWord(list[n-1])
		list = list[:n-2]
	}
	line := " "
	room := m.w - 2 - layout.Width(tail)
	for _, b := range list {
		word := m.keyWord(b) + "   "
		if layout.Width(line)+layout.Width(word) > room {
			break
		}
		line += word
	}
	return layout.Fit(line+tail, m.w)
}

func (m *Model) keyWord(b keys.Binding) string {
	name, word := b.Short()
	if b.Off() {
		return m.styles.KeyOff.Render(name + " " + word)
	}
	return m.styles.Key.Render(name) + " " + m.styles.KeyText.Render(word)
}
