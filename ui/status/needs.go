package status

// needs is what waits for somebody at the desk.
type needs struct {
	long, short, key string
	over             bool
}

// longFrom is the columns from which what is needed is said in words.
const longFrom = 110

// SetNeeds tells what waits for somebody at the desk: in words, in a few cells, and
// under which key it is found. over says that a term has passed. Empty is nothing.
func (m *Model) SetNeeds(long, short, key string, over bool) {
	m.needs = needs{long: long, short: short, key: key, over: over}
}

// due is what waits for somebody, with a mark that reads without colour.
func (m *Model) due() string {
	if m.needs.short == "" {
		return ""
	}
	mark, style := "▲ ", m.styles.Warn
	if m.needs.over {
		mark, style = "! ", m.styles.Bad
	}
	words := m.needs.short
	if m.w >= longFrom {
		words = m.needs.long
	}
	return style.Render(mark+words) + m.styles.Muted.Render(" ("+m.needs.key+")")
}
