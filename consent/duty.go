package consent

import (
	"fmt"
	"slices"
	"strings"

	"zgoda/mail"
)

// A mail of duty is one that the law itself wants sent: the information of Art.
// 13 and 14, or the answer to a rights request, or why that takes longer (Art. 12(3)). It needs no other
// basis, in no country, and it may say nothing but what it is for.

// dutyChecks are the checks of a mail of duty, in the order and by the keys of
// every other mail.
func (s sending) dutyChecks() []Check {
	head := []Check{notSuppressed(s.history), noObjection(s.folded, s.history), notRestricted(s.history)}
	notice, source := s.noticeOnly(), s.source()
	if s.ofRequest() {
		head = s.evenSo(head)
		notice = s.free("L14.3", "notice-due", "Notice in time", "GDPR Art. 14(3)")
		source = s.free("L14", "source", "Source of the data", "GDPR Art. 14(2)(f)")
	}
	return append(head,
		s.address(), s.recipient(), s.dutyOwed(), s.free("C1", "country", "Country rule", "GDPR Art. 6(1)(c)"),
		notice, source, s.free("A2", "reason", "Concrete reason", "GDPR Art. 6(1)(f); law.md A2, A3"), s.company(), s.dutyText(),
		s.free("S22", "agree", "How to agree", "GDPR Art. 7(2)"), s.toldNothing(), s.untracked(), s.unasked(),
		s.filled(), s.subject(), s.text(),
	)
}

// ofRequest reports whether the mail is about a request of theirs.
func (s sending) ofRequest() bool {
	return s.letter.Duty == mail.DutyAnswer || s.letter.Duty == mail.DutyExtend
}

// free is a check that a mail of duty has not to pass.
func (s sending) free(rule, key, title, source string) Check {
	what := "the notice that the law asks for"
	if s.ofRequest() {
		what = "the answer to a request of theirs"
	}
	return ask{rule, key, title, source}.yes("Not asked for: this mail is " + what + ".")
}

// evenSo lets through what stops every other mail: whoever asks us something has
// a right to the answer, above all when they want nothing else (Art. 12(3), (4)).
func (s sending) evenSo(checks []Check) []Check {
	for i, c := range checks {
		if !c.OK {
			checks[i] = ask{c.Rule, c.Key, c.Title, c.Source}.yes(c.Reason + " The answer to their own request is owed even so.")
		}
	}
	return checks
}

// dutyGround is the basis of a mail of duty, whatever its text says.
func (s sending) dutyGround() ground {
	g := ground{basis: BasisDuty, source: "GDPR Art. 6(1)(c) with Art. 14(3)", rests: "the duty to inform them", fix: FixNone}
	switch s.letter.Duty {
	case mail.DutyNotice:
		g.ok, g.missing = s.folded.owesNotice(s.lead), "the notice is not owed to them"
	case mail.DutyAnswer, mail.DutyExtend:
		r, open := OpenRequest(s.history, s.letter.Request)
		g.source, g.rests = "GDPR Art. 6(1)(c) with Art. 12(3)", "the duty to answer their request of "+day(r.Received)
		g.ok, g.missing = open && r.Message == s.letter.InReplyTo, "there is no open request of theirs that it answers"
		if open && !g.ok {
			g.missing = "it does not answer the very mail in which they asked"
		}
		if why := s.putsOff(r); g.ok && s.letter.Duty == mail.DutyExtend && why != "" {
			g.ok, g.missing = false, why
		}
	default:
		g.missing = "this sort of duty is not known"
	}
	return g
}

func (s sending) dutyOwed() Check {
	a := ask{"L5a", "basis", "Basis of contact", s.ground.source}
	if s.ground.ok {
		return a.yes("The mail rests on " + s.ground.rests + ".")
	}
	return a.no("Nothing allows this mail: "+s.ground.missing+".", "Write it as any other mail, with a basis of its own.", s.ground.fix)
}

// noticeOnly passes for a notice that is still owed, also when it is over due:
// late is better than never, and it is the one way to unlock a lead by mail.
func (s sending) noticeOnly() Check {
	a := ask{"L14.3", "notice-due", "Notice in time", "GDPR Art. 14(3)"}
	due := s.folded.noticeDue(s.history)
	switch {
	case due.IsZero():
		return a.no("They have been informed, or they are not a lead.", "Nothing is left to do.", FixNone)
	case s.now.Before(due):
		return a.yes("They must be informed by " + day(due) + ", and this mail does it.")
	}
	return a.yes("They should have been informed by " + day(due) + "; this mail does it now.")
}

// dutyText keeps a mail of duty from becoming an advertisement. A notice is the
// computed text to the letter, for it goes where no offer may. An answer is
// written by a person; it may not name the offer, ask for a consent, or link to
// anything but the privacy policy.
func (s sending) dutyText() Check {
	a := ask{"L14", "duty", "Nothing but the duty", "GDPR Art. 6(1)(c); ePrivacy Art. 13(1)"}
	if s.letter.Duty == mail.DutyNotice {
		subject, text := NoticeLetter(s.controller, s.lead, s.letter.Language)
		switch {
		case s.letter.Subject != subject || !sameText(s.letter.Text, text):
			return a.no("The mail says something else than the computed notice.", "Take the computed subject and text as they are.", FixText)
		case s.sells(s.lead.Source):
			return a.no("The source on the lead card names the offer.", "Write there where the data came from, and nothing else.", FixSource)
		}
		return a.yes("The mail is the computed notice and nothing else.")
	}
	own := s.withoutTheirData()
	switch {
	case s.letter.Duty == mail.DutyExtend && ReasonTold(s.letter.Text) == "":
		return a.no("The mail does not say why the answer takes longer.",
			fmt.Sprintf("Give the reason, in %d characters or more.", minTold), FixText)
	case s.sells(s.letter.Subject) || s.sells(own):
		return a.no("The mail names what the company offers, and the answer to a request may not.", "Take the offer out of it.", FixText)
	case s.body.saysAgree():
		return a.no("The mail asks for a consent, and the answer to a request may not.", "Take the question out of it.", FixText)
	case strings.Contains(strings.ReplaceAll(own, plain(s.controller.PolicyURL), ""), "://"):
		return a.no("The mail links to something else than the privacy policy.", "Take the link out of it.", FixText)
	}
	return a.yes("The mail offers nothing and asks for nothing.")
}

// sells reports whether a text names what the company offers, in any language.
func (s sending) sells(text string) bool {
	text = plain(text)
	offers := []string{s.controller.Offer}
	for _, offer := range s.controller.Offers {
		offers = append(offers, offer)
	}
	return slices.ContainsFunc(offers, func(offer string) bool {
		offer = plain(phrase(offer))
		return offer != "" && strings.Contains(text, offer)
	})
}

// withoutTheirData is the own text but for what stands on the lead card: an
// answer about their data must be able to name it, whatever is in it.
func (s sending) withoutTheirData() string {
	own := s.body.all
	for _, fact := range []string{s.lead.Reason, s.lead.Note, s.lead.Source, s.lead.Company, s.lead.Role} {
		if fact = plain(phrase(fact)); fact != "" {
			own = strings.ReplaceAll(own, fact, "")
		}
	}
	return own
}

// sameText compares word for word: how lines are broken does not matter, where a
// paragraph ends does.
func sameText(a, b string) bool {
	return slices.Equal(allParagraphs(a), allParagraphs(b))
}

func allParagraphs(text string) []string {
	var all []string
	for _, p := range paragraphs(strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")) {
		all = append(all, strings.Join(strings.Fields(p), " "))
	}
	return all
}

// toldNothing: a mail of duty tracks nothing and must not say that it does (S9).
func (s sending) toldNothing() Check {
	a := ask{"S9", "told", "Who tracks", "GDPR Art. 5(1)(a); ePrivacy Art. 5(3)"}
	if says := claimed(s.body); says.opens || says.clicks {
		return a.no("The mail says that it records something, and it does not.", "Take that sentence out.", FixText)
	}
	return a.yes("The mail contains no tracking.")
}

// untracked has no exception, not even the person's consent: the duty is owed
// to everybody in the same way.
func (s sending) untracked() Check {
	a := ask{"T1", "tracking", "No tracking", "ePrivacy Art. 5(3)"}
	if s.letter.TrackOpens || s.letter.TrackClicks {
		return a.no("A mail that the law demands carries no tracking.", "Switch tracking off.", FixTracking)
	}
	return a.yes("Not wished for this mail.")
}

func (s sending) unasked() Check {
	a := ask{"L7.2", "asks", "No question", "GDPR Art. 7(2), 7(4)"}
	if len(s.letter.Asks) > 0 {
		return a.no("A mail that the law demands asks for no consent.", "Ask in another mail.", FixText)
	}
	return a.yes("The mail asks for no consent.")
}
