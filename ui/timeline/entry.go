package timeline

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"zgoda/consent"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// dayWidth is the cells of the column of days.
const dayWidth = 14

// ledger is every entry, the newest first.
func (m *Model) ledger() {
	m.lines = append(m.lines, "")
	key, _ := m.keys.Unfold.Short()
	word := " shows wordings, mails and hashes"
	if m.unfolded {
		word = " folds them"
	}
	m.add(m.styles.Title.Render("Ledger") + m.styles.Muted.Render("  newest first · ") + m.styles.Key.Render(key) + m.styles.Muted.Render(word))
	events := m.fact.History.Events
	if len(events) == 0 {
		m.say(m.styles.Muted, 0, "Nothing is recorded yet. "+m.act.Record.Name()+" records what they said.")
		return
	}
	corrected := map[int64]int64{}
	for _, e := range events {
		if e.Kind == consent.KindCorrected {
			corrected[e.Corrects] = e.Seq
		}
	}
	m.at = map[int64]int{}
	for i := len(events) - 1; i >= 0; i-- {
		m.lines = append(m.lines, "")
		from := len(m.lines)
		m.at[events[i].Seq] = from
		m.entry(events[i], corrected[events[i].Seq])
		if events[i].Seq == m.picked && m.picked != 0 {
			m.bar(from)
		}
	}
}

// bar marks the lines of the selected entry.
func (m *Model) bar(from int) {
	for i := from; i < len(m.lines); i++ {
		m.lines[i] = m.styles.Bar.Render("▌") + strings.TrimPrefix(m.lines[i], " ")
	}
}

// entry is one entry: the day, what happened, and the proof of it. by is the
// number of the entry that corrects it, zero for none.
func (m *Model) entry(e consent.Event, by int64) {
	s := m.styles
	style, mark := m.tone(e), ""
	if by != 0 {
		style, mark = s.Struck, fmt.Sprintf("  ✗ corrected by #%d", by)
	}
	day := layout.Fit(theme.Day(e.At, m.now), dayWidth)
	left := s.Muted.Render(day) + style.Render(theme.Event(e)) + s.Bad.Render(mark)
	m.add(layout.Spread(left, s.Faint.Render(fmt.Sprintf("#%d", e.Seq)), m.width()))
	m.detail(s.Muted, "", m.how(e))
	evidence := s.Text
	if by != 0 {
		evidence = s.Struck
	}
	m.detail(evidence, "proof", e.Evidence)
	if !e.ValidUntil.IsZero() {
		m.detail(s.Muted, "until", theme.Day(e.ValidUntil, m.now))
	}
	if !m.unfolded {
		m.detail(s.Faint, "", folded(e))
		return
	}
	m.detail(s.Text, "wording", quoted(e.Wording))
	m.detail(s.Faint, "", about(e))
	m.detail(s.Faint, "code", e.Code)
	m.detail(s.Faint, "mail", string(e.Message))
	m.detail(s.Faint, "sender", e.Auth)
	m.detail(s.Faint, "raw", e.Raw)
	if !e.RecordedAt.IsZero() {
		m.detail(s.Faint, "written", theme.Moment(e.RecordedAt, m.now))
	}
}

// tone is the style of what happened: a yes, a no, or neither.
func (m *Model) tone(e consent.Event) lipgloss.Style {
	switch e.Kind {
	case consent.KindGranted, consent.KindSoftOptIn:
		return m.styles.Good
	case consent.KindRefused, consent.KindWithdrawn, consent.KindObjected, consent.KindRestricted:
		return m.styles.Bad
	case consent.KindAsked, consent.KindRequested, consent.KindOverride, consent.KindExtended:
		return m.styles.Warn
	}
	return m.styles.Strong
}

// how is by what way it reached us, and who wrote it down.
func (m *Model) how(e consent.Event) string {
	var parts []string
	switch e.Method {
	case "":
	case consent.InPerson:
		parts = append(parts, string(e.Method))
	default:
		parts = append(parts, "by "+string(e.Method))
	}
	if e.Actor != "" {
		parts = append(parts, "recorded by "+e.Actor)
	}
	return strings.Join(parts, " · ")
}

// labelWidth is the cells of the word before a detail.
const labelWidth = 8

// detail is one line, or more, under the column of what happened.
func (m *Model) detail(style lipgloss.Style, label, text string) {
	if text == "" {
		return
	}
	if m.w < 60 { // too narrow for a column of days and one of labels
		m.say(style, 2, strings.TrimSpace(label+" "+text))
		return
	}
	w := max(8, m.width()-dayWidth)
	if label != "" {
		w -= labelWidth
	}
	for i, line := range layout.Wrap(text, w) {
		head := strings.Repeat(" ", dayWidth)
		if label != "" && i == 0 {
			head += m.styles.Muted.Render(layout.Fit(label, labelWidth))
		} else if label != "" {
			head += strings.Repeat(" ", labelWidth)
		}
		m.add(head + style.Render(line))
	}
}

// folded says what a fold holds: "wording, mail, sender checked".
func folded(e consent.Event) string {
	var parts []string
	if e.Wording != "" {
		parts = append(parts, "wording")
	}
	if e.Message != "" {
		parts = append(parts, "mail")
	}
	if e.Auth != "" {
		parts = append(parts, "sender checked")
	}
	if len(parts) == 0 {
		return ""
	}
	return "▸ " + strings.Join(parts, ", ")
}

func quoted(wording string) string {
	if wording == "" {
		return ""
	}
	return "“" + wording + "”"
}

// about is the version of a wording, its language and its hash (L7.1).
func about(e consent.Event) string {
	if e.Wording == "" {
		return ""
	}
	var parts []string
	if e.Version != "" {
		parts = append(parts, e.Version)
	}
	if e.Language != "" {
		parts = append(parts, e.Language)
	}
	if hash := e.WordingHash(); hash != "" {
		parts = append(parts, "sha-256 "+hash)
	}
	return strings.Join(parts, " · ")
}
