package consent

import (
	"fmt"
	"strings"
)

// ExtensionLetter drafts the mail that puts the answer to a request off by the
// two further months of Art. 12(3). The person is told the reason in the first
// month, in a paragraph of its own, see [ReasonTold].
func ExtensionLetter(request Request, reason string, controller Controller, language string) (subject, text string) {
	due := ExtendedDue(request.Received, controller.Country)
	var subjects, texts []string
	for _, w := range wordings(language) {
		a := answer{w: w, d: dutyWordsOf(w), request: request, controller: controller}
		subjects = append(subjects, a.d.subject[request.Right])
		texts = append(texts, letterText(
			a.d.hello,
			fmt.Sprintf(a.d.arrived, a.date(request.Received)),
			fmt.Sprintf(a.d.putOff, a.date(due)),
			a.d.reason+strings.Join(strings.Fields(reason), " "),
			a.company(),
		))
	}
	return strings.Join(subjects, " / "), strings.Join(texts, "\n")
}

// minTold is the least number of runes of a reason for an extension: "Art. 12(3)
// together with the reasons" is not met by a word.
const minTold = 20

// ReasonTold is the reason that an [ExtensionLetter] gives, "" when it gives none
// or hardly any.
func ReasonTold(text string) string {
	for _, p := range allParagraphs(readBody(text).own) {
		for _, w := range everyWording() {
			if reason, found := strings.CutPrefix(p, dutyWordsOf(w).reason); found && len([]rune(reason)) >= minTold {
				return reason
			}
		}
	}
	return ""
}

// putsOff passes for a mail that may put an answer off: once, in the first month.
func (s sending) putsOff(r Request) string {
	switch {
	case r.Extended:
		return "the answer was put off once already"
	case s.now.After(RequestDue(r.Received, s.controller.Country)):
		return "the first month is over, and only in it an answer can be put off"
	}
	return ""
}
