package composer

import (
	"strings"

	"zgoda/ui/event"
)

// answer makes the draft an answer to a mail of theirs.
func (m *Model) answer(to *event.Reply) {
	m.reply = to
	if to != nil {
		m.draft.InReplyTo, m.draft.References = to.ID, to.References
	}
}

// templateSubject is the subject of a template. One that says "Re:" answers
// their newest mail; where there is none it must not look like an answer.
func (m *Model) templateSubject(subject string) string {
	if m.reply == nil && isAnswer(subject) {
		if m.last == nil {
			return strings.TrimSpace(subject[len("re:"):])
		}
		m.answer(m.last)
	}
	return m.answerSubject(subject)
}

func isAnswer(subject string) bool { return strings.HasPrefix(strings.ToLower(subject), "re:") }

// answerSubject is the subject of an answer: theirs, so that the conversation
// stays one.
func (m *Model) answerSubject(subject string) string {
	if m.reply == nil || m.reply.Subject == "" || isAnswer(subject) {
		return subject
	}
	if isAnswer(m.reply.Subject) {
		return m.reply.Subject
	}
	return "Re: " + m.reply.Subject
}
