package consent

import (
	"strings"
	"time"

	"zgoda/mail"
)

// Informs reports whether letter, once it has been sent, has given the person
// the notice, so that the sender may record KindNotice with its Message-ID
// (G21): in an answer the privacy policy link does (L13), else the whole notice.
func Informs(history History, letter Letter, controller Controller, now time.Time) bool {
	f := fold(history, now)
	b := readBody(letter.Text)
	if !b.hasURL(controller.PolicyURL) {
		return false
	}
	switch letter.Duty {
	case mail.DutyNotice:
		_, text := NoticeLetter(controller, history.Lead, letter.Language)
		return sameText(letter.Text, text)
	case mail.DutyAnswer, mail.DutyExtend:
		return true
	}
	g := f.groundFor(history, letter, controller, now)
	return g.basis == BasisReply || b.lacksNotice(g.basis, history.Lead, controller) == "" && b.saysRights()
}

// noticeVersion names the computed wording of the notice; it changes with it.
const noticeVersion = "notice 1"

// NoticeTold is what a letter that informs says in doing so, word for word, and
// the version of that wording: the ledger keeps both with the notice (N5, G21).
// Of a mail that says other things too it is the paragraphs of the notice.
func NoticeTold(letter Letter, controller Controller) (wording, version string) {
	version = noticeVersion + "/" + letter.Language
	if letter.Duty == mail.DutyNotice {
		return strings.TrimSpace(letter.Text), version
	}
	var told []string
	for _, p := range paragraphs(strings.Split(readBody(letter.Text).own, "\n")) {
		if readBody(p).hasURL(controller.PolicyURL) || computedDuty(p) {
			told = append(told, p)
		}
	}
	return strings.Join(told, "\n\n"), version
}
