package consent

import (
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
