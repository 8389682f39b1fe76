package composer

import (
	"fmt"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// A mail of duty begins as the text that the law asks for, computed from what is
// on file. A notice is that text and nothing else, so it cannot be typed into
// (L14.3); an answer to a request is read and mended by a person before it goes.

// openDuty begins a mail of duty.
func (m *Model) openDuty(duty mail.Duty, request int64) event.Wish {
	m.draft.Duty, m.draft.Language = duty, m.lead.Language
	if duty == mail.DutyNotice {
		m.write(consent.NoticeLetter(m.options.Controller, m.lead, m.lead.Language))
		m.focusSubject(false)
		m.keep.dirty, m.keep.dirtyAt = true, m.now
		return m.ask()
	}
	r, open := consent.OpenRequest(m.history, request)
	if !open {
		m.draft.Duty = mail.DutyNone
		m.note = note{text: "This request is not open any more: it was answered, or it is of somebody else.", way: "Write as to anybody, from a template.", bad: true}
		return nil
	}
	m.request, m.draft.Request = r, r.Seq
	if r.Message != "" { // the gate lets an answer go only to the very mail that asked
		m.draft.InReplyTo, m.draft.References = r.Message, []mail.MessageID{r.Message}
	}
	m.write(consent.RequestAnswer(r, m.history, m.options.Controller, m.lead.Language))
	m.focusSubject(false)
	m.keep.dirty, m.keep.dirtyAt = true, m.now
	return m.ask()
}

// fixed reports whether the text is the law's own and cannot be changed here.
func (m *Model) fixed() bool { return m.draft.Duty == mail.DutyNotice }

// computed is why a key of writing does nothing in a notice.
func (m *Model) computed() note {
	return note{
		text: "A notice says what the law asks for and nothing else, so it is not typed.",
		way:  "It follows the lead card.", law: "L14.3 · GDPR Art. 14(3)", bad: true,
		fix: event.EditLead{Person: m.lead.ID, Field: event.FieldSource}, fixWord: "edits the lead",
	}
}

// recompute writes a notice anew after the lead card has changed.
func (m *Model) recompute() {
	subject, text := consent.NoticeLetter(m.options.Controller, m.lead, m.lead.Language)
	m.draft.Language = m.lead.Language
	m.write(subject, text)
	m.focusSubject(false)
	m.keep.rev++
	m.keep.dirty, m.keep.dirtyAt = true, m.now
}

// whyPlain is why a key does nothing in a mail of duty; empty in any other mail.
func (m *Model) whyPlain() string {
	switch m.draft.Duty {
	case mail.DutyNotice:
		return "a notice is computed from the lead card, and carries nothing else"
	case mail.DutyAnswer:
		return "the answer to a request carries nothing else"
	}
	return ""
}

// due is until when they must be informed; zero when that is done.
func (m *Model) due() time.Time {
	if m.history.Lead.ID == 0 {
		return time.Time{}
	}
	return consent.Stand(m.history, m.options.Controller, m.now).NoticeDue
}

// banner says over the text which duty the mail is for, or for which consent it
// asks; empty in any other mail.
func (m *Model) banner(w int) string {
	s := m.styles
	left := func(at time.Time) string {
		text, style := theme.Due(s, at, m.now)
		return style.Render(strings.TrimPrefix(text, "· "))
	}
	words := ""
	switch m.draft.Duty {
	case mail.DutyNotice:
		words = s.Accent.Render("Notice")
		if due := m.due(); !due.IsZero() {
			words += "  " + left(due)
		}
		words += s.Muted.Render("  computed from the lead card; nothing can be added")
	case mail.DutyAnswer:
		words = s.Accent.Render("Answer")
		if m.request.Seq != 0 {
			words += s.Muted.Render(fmt.Sprintf("  request #%d of %s", m.request.Seq, theme.Day(m.request.Received, m.now))) + "  " + left(m.request.Due)
		}
		words += s.Muted.Render("  " + theme.RightWord(m.request.Right))
	default:
		asks := m.asking()
		if asks == "" {
			return ""
		}
		words = s.Accent.Render("Asks") + s.Muted.Render("  for consent to "+asks+"; its sentence and code stand in the text")
	}
	return layout.Fit(strings.Repeat(" ", margin)+words, w)
}
