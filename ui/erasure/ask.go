package erasure

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"charm.land/lipgloss/v2"

	"zgoda/ui/event"
	"zgoda/ui/form"
	"zgoda/ui/layout"
)

// Word is what must be typed: one slip of a key must not erase anybody.
const Word = "ERASE"

// The fields of the question, and the rows they take.
const (
	fieldWhy  = "why"
	fieldWord = "word"
	fieldRows = 6
	margin    = 2
)

// reasons is why a person is erased; it is kept beside the hash.
func reasons() []form.Option {
	return []form.Option{
		{Value: "they asked for it (Art. 17)", Label: "they asked for it"},
		{Value: "they were not informed in time (Art. 14)", Label: "not informed in time"},
		{Value: "the time to keep the data is over (Art. 5(1)(e))", Label: "time is over"},
		{Value: "the data is not needed any more (Art. 17(1)(a))", Label: "not needed any more"},
	}
}

// ask opens the question.
func (m *Model) ask(fact event.EraseAsked) {
	if m.stage == erasing || m.stage == deleting {
		return
	}
	m.Close()
	m.stage, m.lead = asking, fact.Lead
	m.form = form.New(m.styles, m.by,
		form.Field{Name: fieldWhy, Label: "Why", Kind: form.Choice, Blank: true, Options: reasons()},
		form.Field{Name: fieldWord, Label: "Word", Limit: len(Word), Hint: "Type " + Word + ", in capitals. There is no undo."},
	)
	if fact.Err != nil {
		m.say("This person could not be read.", fact.Err)
	}
}

func (m *Model) pressAsking(press tea.KeyPressMsg) event.Wish {
	switch {
	case m.by.Close.Is(press):
		m.Close()
		return event.CloseOverlay{}
	case m.by.Save.Is(press):
		return m.begin()
	}
	result, _ := m.form.Update(press) // its command only blinks a cursor that is not drawn
	if result.Changed != "" {
		m.err, m.way = "", ""
	}
	if result.Last {
		return m.begin()
	}
	return nil
}

// begin wishes the person erased, once the word and the reason stand.
func (m *Model) begin() event.Wish {
	m.form.Clear()
	if m.form.Value(fieldWord) != Word {
		m.form.Fail(fieldWord, "Type "+Word+" in capitals, or press "+m.by.Close.Name()+" to leave.")
	}
	if m.form.Value(fieldWhy) == "" {
		m.form.Fail(fieldWhy, "It is not said why. The reason stays beside the hash.")
	}
	if m.form.Errors() || m.lead.ID == 0 {
		return nil
	}
	m.stage, m.err, m.way = erasing, "", ""
	return event.Erase{Person: m.lead.ID, Reason: m.form.Value(fieldWhy)}
}

// question is what goes and what stays, said before anything does.
func (m *Model) question() []string {
	s := m.styles
	pad := strings.Repeat(" ", margin)
	lines := []string{pad + s.Title.Render("Erase "+m.lead.Call()) + s.Muted.Render("  "+m.lead.Address.Email), ""}
	for _, part := range []struct {
		style lipgloss.Style
		text  string
	}{
		{s.Text, "Goes: name, address, notes, every mail with them alone, drafts and what is queued, the ledger of their consents, the search index."},
		{s.Text, "Stays: a keyed hash of the address, the date and the reason, so that nobody adds or mails them again by mistake."},
		{s.Text, "On the server: their mails stay there until you say so in the next step."},
		{s.Warn, "! It cannot be undone. Answer an open request first: afterwards nobody is left to answer to."},
	} {
		for _, line := range layout.Wrap(part.text, max(1, m.w-2*margin)) {
			lines = append(lines, pad+part.style.Render(line))
		}
	}
	return append(lines, "")
}

// arrange gives the fields what the question leaves.
func (m *Model) arrange() {
	if m.form != nil {
		m.form.SetSize(max(0, m.w-2*margin), max(0, min(fieldRows, m.h-len(m.question())-len(m.foot()))))
	}
	if m.stage > erasing {
		m.scroll.By(0, len(m.report()), m.rows())
	}
}

func (m *Model) askLines() []string {
	pad := strings.Repeat(" ", margin)
	lines := m.question()
	foot := m.foot()
	if room := m.h - len(foot) - fieldLeast; len(lines) > room { // the fields are what one needs
		lines = lines[:max(0, room)]
	}
	m.form.SetSize(max(0, m.w-2*margin), max(0, min(fieldRows, m.h-len(lines)-len(foot))))
	for line := range strings.SplitSeq(m.form.View(), "\n") {
		lines = append(lines, pad+line)
	}
	return append(lines, foot...)
}

// fieldLeast is the rows that the fields have even where the question is too long.
const fieldLeast = 4
