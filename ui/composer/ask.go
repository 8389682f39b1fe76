package composer

import (
	"crypto/rand"
	"regexp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
)

// cycleAsk puts the question for the next purpose into the mail that may be asked
// for, each alone; after the last one the mail asks for nothing again. What may
// not be asked is passed over; when nothing may, the gate's reason is shown (C3).
func (m *Model) cycleAsk() tea.Cmd {
	if why := m.whyPlain(); why != "" {
		m.note = note{text: "The mail asks for nothing: " + why + ".", law: "L7.2 · GDPR Art. 7(2)", way: "Ask in a mail of your own.", bad: true}
		return nil
	}
	from := 0
	if len(m.draft.Asks) > 0 {
		from = slices.Index(consent.Purposes(), consent.Purpose(m.draft.Asks[0].Purpose)) + 1
		m.dropAsks()
	}
	var first consent.Check
	for _, p := range consent.Purposes()[from:] {
		may := consent.MayAsk(m.history, m.options.Controller, m.list.verdict.Basis, p, m.now)
		if may.OK {
			return m.putAsk(p)
		}
		if first.Key == "" {
			first = may
		}
	}
	if from == 0 && first.Key != "" {
		m.note = note{text: "Nothing can be asked for. " + first.Reason, way: first.Way, law: law(first), bad: true,
			fix: m.fixWish(first.Fix), fixWord: fixWord(first.Fix)}
		return nil
	}
	m.note = note{text: "The mail asks for no consent now."}
	return m.changed()
}

// putAsk puts one question into the text, before the words of goodbye.
func (m *Model) putAsk(p consent.Purpose) tea.Cmd {
	questions, paragraphs, err := consent.Ask(m.options.Controller, []consent.Purpose{p}, m.draft.Language, rand.Reader)
	if err != nil {
		m.note = problemNote("The question could not be written.", err)
		return nil
	}
	m.draft.Asks = questions
	m.focusSubject(false)
	m.body.replaceText(putBefore(m.body.text(), strings.Join(paragraphs, "\n\n")))
	m.showCode(questions)
	key, _ := m.by.Ask.Short()
	m.note = note{text: "The mail asks for " + p.Title() + " now, with its own sentence and code.", way: key + " once more asks for the next one, or for none."}
	if m.draft.TrackOpens || m.draft.TrackClicks { // the question itself is never tracked (CNIL)
		return m.track(false, false)
	}
	return m.changed()
}

// showCode puts the cursor where the question begins, so that it is seen.
func (m *Model) showCode(questions []mail.Question) {
	row := 0
	for i, line := range strings.Split(m.body.text(), "\n") {
		for _, q := range questions {
			if strings.Contains(line, q.Code) {
				row = i
			}
		}
	}
	m.body.selectRunes(row, 0, 0)
}

// dropAsks takes the questions out of the mail and of the text.
func (m *Model) dropAsks() {
	text := m.body.text()
	for _, q := range m.draft.Asks {
		text = withoutParagraph(text, q)
	}
	m.draft.Asks = nil
	if text != m.body.text() {
		m.body.replaceText(text)
	}
}

// goodbye is how a mail ends, in the three languages.
var goodbye = regexp.MustCompile(`(?i)^(kind|best|warm|many)? ?(regards|wishes|greetings|thanks)|^(yours|sincerely|cheers)|^(z poważaniem|pozdrawiam|serdecznie|z pozdrowieniami|łączę)|^(mit freundlichen|freundliche|viele|beste|herzliche) `)

// putBefore puts a paragraph before the words of goodbye, else before what is
// quoted, else at the end.
func putBefore(text, paragraph string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	at := len(lines)
	for i, line := range lines {
		if goodbye.MatchString(strings.TrimSpace(line)) || strings.HasPrefix(line, ">") {
			at = i
			break
		}
	}
	head, tail := strings.TrimRight(strings.Join(lines[:at], "\n"), "\n"), strings.Join(lines[at:], "\n")
	parts := []string{paragraph}
	if head != "" {
		parts = []string{head, paragraph}
	}
	if tail != "" {
		parts = append(parts, tail)
	}
	return strings.Join(parts, "\n\n")
}

// withoutParagraph takes out the paragraph that holds the code of a question.
func withoutParagraph(text string, q mail.Question) string {
	var kept []string
	for p := range strings.SplitSeq(text, "\n\n") {
		if q.Code == "" || !strings.Contains(p, q.Code) {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n\n")
}

// asking names what the mail asks for; empty when it asks for nothing.
func (m *Model) asking() string {
	var titles []string
	for _, q := range m.draft.Asks {
		titles = append(titles, consent.Purpose(q.Purpose).Title())
	}
	return strings.Join(titles, ", ")
}
