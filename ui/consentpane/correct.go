package consentpane

import (
	"strconv"
	"strings"

	"zgoda/consent"
	"zgoda/ui/form"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// openCorrect asks for one thing: what was wrong. The entry itself stays where it
// is, struck out, for a ledger only grows.
func (m *Model) openCorrect() {
	m.form = form.New(m.styles, m.by, form.Field{Name: evidence, Label: "Evidence", Kind: form.Long, Rows: 3,
		Hint: "Why it should never have been written: the wrong person, a mail misread, a form of another year."})
	m.quick = true
}

// correction takes the entry back. It can only narrow: a no cannot be corrected away.
func (m *Model) correction() (all []consent.Event, field string, err error) {
	if m.fact.Entry.Seq == 0 {
		return nil, evidence, consent.ErrNoTarget
	}
	e := consent.Event{
		Person: m.lead.ID, Kind: consent.KindCorrected, Corrects: m.fact.Entry.Seq,
		Evidence: strings.TrimSpace(m.form.Value(evidence)), At: m.now, Actor: m.actor,
	}
	if e.Evidence == "" {
		return nil, evidence, consent.ErrNoEvidence
	}
	if err := e.Validate(m.now); err != nil {
		return nil, fieldOf(err), err
	}
	return []consent.Event{e}, "", nil
}

// correcting says what the correction will do.
func (m *Model) correcting() (string, bool) {
	if m.fact.Entry.Kind == consent.KindNotice {
		return "They count as not informed again: the term of the notice runs as before. Cannot be taken back.", true
	}
	return "What this entry opened is closed at once, for a mail that is waiting too. Cannot be taken back.", true
}

// entry is the entry that is spoken of.
func (m *Model) entry(w int) []string {
	s, e := m.styles, m.fact.Entry
	lines := []string{layout.Fit(s.Strong.Render(theme.Event(e))+s.Muted.Render("  "+theme.Day(e.At, m.now)+"  #"+strconv.FormatInt(e.Seq, 10)), w)}
	for _, line := range layout.Wrap(e.Evidence, max(1, w-2)) {
		lines = append(lines, s.Bar.Render("▏")+" "+s.Text.Render(line))
	}
	return lines[:min(len(lines), 4)]
}
