package desk

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/ui/event"
	"zgoda/ui/form"
	"zgoda/ui/layout"
)

// The fields of the small forms.
const (
	fieldWhat   = "what"
	fieldHow    = "how"
	fieldWhen   = "when"
	fieldReason = "reason"
)

// stepHead is the rows over the fields: a rule and the title.
const stepHead = 2

// step is a small form over the lower part of the desk: one entry for the ledger.
type step struct {
	title  string
	about  string // what it will do, in a sentence
	form   *form.Form
	event  consent.Event // what is known before the form is filled in
	finish func(s *step) // puts the answers into the event
	saving bool
	err    string
	way    string
}

// begin opens a form.
func (m *Model) begin(s *step) event.Wish {
	m.step = s
	s.event.Actor = m.actor
	m.arrange()
	return nil
}

func (s *step) setSize(w, rows int) {
	s.form.SetSize(max(0, w-2*margin), max(0, rows-stepHead-len(s.foot(w))))
}

// update gives the form what was typed or pasted.
func (s *step) update(msg tea.Msg) event.Wish {
	result, _ := s.form.Update(msg) // its command only blinks a cursor that is not drawn
	if result.Changed != "" {
		s.err, s.way = "", ""
	}
	return nil
}

func (m *Model) pressStep(press tea.KeyPressMsg) event.Wish {
	s, d := m.step, m.keys.Dialog
	switch {
	case d.Close.Is(press):
		m.step = nil
		return nil
	case d.Save.Is(press):
		return m.save()
	}
	if result, _ := s.form.Update(press); result.Last {
		return m.save()
	} else if result.Changed != "" {
		s.err, s.way = "", ""
	}
	return nil
}

// save checks the answers and wishes the entry written.
func (m *Model) save() event.Wish {
	s := m.step
	if s.saving {
		return nil
	}
	s.form.Clear()
	s.err, s.way = "", ""
	if !m.day(s) {
		return nil
	}
	s.event.Evidence = strings.TrimSpace(s.form.Value(fieldReason))
	if s.event.Evidence == "" {
		s.form.Fail(fieldReason, "It is empty. It goes into the ledger, and others will have to understand it.")
		return nil
	}
	s.finish(s)
	if s.form.Errors() {
		return nil
	}
	if err := s.event.Validate(m.now); err != nil {
		s.err, s.way = sentence(err.Error()), ""
		return nil
	}
	s.saving = true
	return event.Record{Event: s.event}
}

// day is when it happened: now for today, noon for a day before. It reports
// whether there is one.
func (m *Model) day(s *step) bool {
	text := strings.TrimSpace(s.form.Value(fieldWhen))
	if text == "" || text == m.now.Format(time.DateOnly) {
		s.event.At = m.now
		return true
	}
	day, err := time.ParseInLocation(time.DateOnly, text, m.now.Location())
	switch {
	case err != nil:
		s.form.Fail(fieldWhen, "This is no day: write it as year-month-day, for example 2026-11-24.")
	case day.After(m.now):
		s.form.Fail(fieldWhen, "This day is still to come.")
	default:
		s.event.At = day.Add(12 * time.Hour)
		return true
	}
	return false
}

// recorded ends the form, or says why the entry was not written.
func (m *Model) recorded(fact event.EventRecorded) event.Wish {
	s := m.step
	if s == nil || !s.saving {
		return m.reload()
	}
	s.saving = false
	if fact.Err == nil {
		m.step = nil
		return m.reload()
	}
	m.say("This could not be recorded.", fact.Err)
	s.err, s.way = m.note, m.way
	m.note, m.way = "", ""
	return nil
}

// reason is the field that every form ends with.
func reason(label, hint string) form.Field {
	return form.Field{Name: fieldReason, Label: label, Kind: form.Long, Rows: 2, Limit: 2000, Hint: hint}
}

func (m *Model) newExtension(c consent.RequestCase) *step {
	due := consent.ExtendedDue(c.Received, m.country)
	return &step{
		title: "Take two months more to answer " + c.Lead.Call(),
		about: "The answer would be due on " + due.Format("2 January 2006") + ". The person must be told the reason before " + c.Due.Format("2 January") + ".",
		form: form.New(m.styles, m.keys.Dialog,
			reason("Reason", "Why a month is not enough: how complex it is, how many there are (Art. 12(3)). The person is told it.")),
		event:  consent.Event{Person: c.Lead.ID, Kind: consent.KindExtended, Corrects: c.Seq, ValidUntil: due},
		finish: func(*step) {},
	}
}

func (m *Model) newRestriction(c consent.RequestCase) *step {
	return &step{
		title: "Restrict the data of " + c.Lead.Call(),
		about: "While it is restricted the data is kept and nothing is done with it: no mail but the answer to a request (Art. 18).",
		form: form.New(m.styles, m.keys.Dialog,
			form.Field{Name: fieldWhat, Label: "What", Kind: form.Choice, Options: []form.Option{
				{Value: string(consent.KindRestricted), Label: "restrict"}, {Value: string(consent.KindReleased), Label: "lift the restriction"}}},
			reason("Reason", "What is in dispute, or why it is settled.")),
		event:  consent.Event{Person: c.Lead.ID},
		finish: func(s *step) { s.event.Kind = consent.Kind(s.form.Value(fieldWhat)) },
	}
}

func (m *Model) newHold(c consent.RetentionCase) *step {
	if c.Retention.Class == consent.ClassHeld {
		return m.liftHold(c)
	}
	return &step{
		title: "Keep the data of " + c.Lead.Call() + " for a legal claim",
		about: "Nothing of theirs is erased until the hold is lifted (Art. 17(3)(e)).",
		form:  form.New(m.styles, m.keys.Dialog, reason("Reason", "Which claim, and who said so.")),
		event: consent.Event{Person: c.Lead.ID, Kind: consent.KindHeld}, finish: func(*step) {},
	}
}

func (m *Model) liftHold(c consent.RetentionCase) *step {
	return &step{
		title: "Lift what keeps the data of " + c.Lead.Call(),
		about: "When nothing else keeps it, the data goes when its time is over.",
		form: form.New(m.styles, m.keys.Dialog,
			form.Field{Name: fieldWhat, Label: "What", Kind: form.Choice, Options: []form.Option{
				{Value: string(consent.KindUnheld), Label: "the legal hold"}, {Value: string(consent.KindReleased), Label: "the restriction"}}},
			reason("Reason", "Why it is settled.")),
		event:  consent.Event{Person: c.Lead.ID},
		finish: func(s *step) { s.event.Kind = consent.Kind(s.form.Value(fieldWhat)) },
	}
}

func (m *Model) newOverride() *step {
	until := m.now.Add(consent.OverrideLife)
	return &step{
		title: "Let a doubtful country rule pass for " + m.person.Call(),
		about: "It stands until " + m.date(until) + ", opens no plain no of a country, and never tracking.",
		form:  form.New(m.styles, m.keys.Dialog, reason("Reason", "Why the doubt does not hold here, and who says so. Only a data-protection officer may.")),
		event: consent.Event{Person: m.person.ID, Kind: consent.KindOverride, ValidUntil: until}, finish: func(*step) {},
	}
}

func (m *Model) newRequest() *step {
	rights := make([]form.Option, 0, len(consent.Rights()))
	for _, r := range consent.Rights() {
		rights = append(rights, form.Option{Value: string(r), Label: string(r)})
	}
	how := make([]form.Option, 0, len(consent.Methods()))
	for _, method := range consent.Methods() {
		how = append(how, form.Option{Value: string(method), Label: string(method)})
	}
	return &step{
		title: "Open a request of " + m.person.Call(),
		about: "The answer is due a month after the day on which it reached you (Art. 12(3)).",
		form: form.New(m.styles, m.keys.Dialog,
			form.Field{Name: fieldWhat, Label: "Asked for", Kind: form.Choice, Blank: true, Options: rights},
			form.Field{Name: fieldHow, Label: "How", Kind: form.Choice, Blank: true, Options: how},
			form.Field{Name: fieldWhen, Label: "Received", Limit: 10, Initial: m.now.Format(time.DateOnly), Hint: "The day it reached you: year-month-day. The clock runs from then."},
			reason("Evidence", "Where it can be seen: the letter, the note of the call.")),
		event: consent.Event{Person: m.person.ID, Kind: consent.KindRequested},
		finish: func(s *step) {
			s.event.Right, s.event.Method = consent.Right(s.form.Value(fieldWhat)), consent.Method(s.form.Value(fieldHow))
			if s.event.Method == "" {
				s.form.Fail(fieldHow, "It is not said how the request reached you.")
			}
			if s.event.Right == "" {
				s.form.Fail(fieldWhat, "It is not said what the person asks for.")
			}
		},
	}
}

// foot is what the form will do, or why it did not.
func (s *step) foot(w int) []string {
	words := s.about
	switch {
	case s.saving:
		words = "Writing it down…"
	case s.err != "":
		words = "✗ " + s.err
		if s.way != "" {
			words += " " + s.way
		}
	}
	return layout.Wrap(words, max(1, w-2*margin))
}

// stepLines is the form with its title and its foot, exactly rows lines.
func (m *Model) stepLines(rows int) []string {
	s, t := m.step, m.styles
	pad := strings.Repeat(" ", margin)
	lines := []string{m.rule(), pad + t.Title.Render(s.title)}
	for line := range strings.SplitSeq(s.form.View(), "\n") {
		lines = append(lines, pad+line)
	}
	style := t.Muted
	if s.err != "" {
		style = t.Bad
	}
	for _, line := range s.foot(m.w) {
		lines = append(lines, pad+style.Render(line))
	}
	return lines[:min(len(lines), rows)]
}

// sentence writes an error as a sentence.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + strings.TrimSuffix(s[n:], ".") + "."
}
