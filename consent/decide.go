package consent

import (
	"time"

	"zgoda/mail"
)

// rulesVersion names the rules in code; the country table has its own version.
const rulesVersion = "rules 2"

// RulesVersion names the rules and the country table, for Verdict.Rules.
func RulesVersion() string { return rulesVersion + ", countries " + CountryVersion() }

// DecideSend answers whether letter may go to the person of history now. It is
// total and pure: the same four values give the same verdict. Every check is
// in it, in one order (law.md D8): suppressed, objection, restriction, address,
// recipient, basis, country, notice, source, reason, then what the text must say.
// A mail of duty has its own list, see duty.go.
func DecideSend(history History, letter Letter, controller Controller, now time.Time) Verdict {
	f := fold(history, now)
	s := sending{
		history: history, lead: history.Lead, letter: letter, controller: controller, now: now, folded: f,
		ground: f.groundFor(history, letter, controller, now), body: readBody(letter.Text),
	}
	verdict := Verdict{Person: letter.Person, Act: ActSend, At: now, Seq: history.Head, Rules: RulesVersion()}
	if letter.Duty != mail.DutyNone {
		s.ground = s.dutyGround()
		verdict.Checks = s.dutyChecks()
	} else {
		verdict.Checks = s.usualChecks()
	}
	if s.ground.ok {
		verdict.Basis = s.ground.basis
	}
	return verdict
}

func (s sending) usualChecks() []Check {
	return append([]Check{
		notSuppressed(s.history), noObjection(s.folded, s.history), notRestricted(s.history), s.address(), s.recipient(),
		s.basis(), s.country(), s.noticeDue(), s.source(), s.reason(), s.company(),
		s.policy(), s.notice(), s.label(), s.agree(), s.object(), s.rights(), s.told(),
		s.tracked(TrackOpen, s.letter.TrackOpens), s.tracked(TrackClick, s.letter.TrackClicks),
		s.filled(), s.subject(), s.text(),
	}, s.asks()...)
}

// DecideTrack answers whether purpose may be used for the person of history
// now. It is the same for everybody, customer or not (S55), and has no override.
func DecideTrack(history History, purpose Purpose, now time.Time) Verdict {
	f := fold(history, now)
	return Verdict{
		Person: history.Lead.ID, Act: actOf(purpose), At: now, Seq: history.Head, Rules: RulesVersion(),
		Checks: []Check{
			notSuppressed(history), noObjection(f, history), notRestricted(history), trackingPurpose(history, purpose), trackingConsent(f, purpose),
			trackingCountry(history.Lead),
		},
	}
}

func actOf(purpose Purpose) Act {
	switch purpose {
	case TrackOpen:
		return ActTrackOpen
	case TrackClick:
		return ActTrackClick
	case TrackDevice:
		return ActTrackDev
	}
	return "track"
}

// ask is one rule before it is answered.
type ask struct{ rule, key, title, source string }

func (a ask) yes(reason string) Check {
	return Check{Rule: a.rule, Key: a.key, Title: a.title, OK: true, Reason: reason, Source: a.source}
}

func (a ask) no(reason, way string, fix Fix) Check {
	return Check{Rule: a.rule, Key: a.key, Title: a.title, Reason: reason, Source: a.source, Way: way, Fix: fix}
}

// sending is one question to DecideSend, with what follows from it.
type sending struct {
	history    History
	lead       Lead
	letter     Letter
	controller Controller
	now        time.Time
	folded     folded
	ground     ground
	body       body
}

// needsDuties reports whether the text must carry the duty paragraphs. An answer
// to their own mail does not: its first one owes the privacy policy (L13), a
// later one nothing again.
func (s sending) needsDuties() bool { return s.ground.basis != BasisReply }
