package consent

import (
	"fmt"
	"time"

	"zgoda/mail"
)

// ground is what a mail to one person rests on, or would have to rest on: when
// nothing else is there, legitimate interest is tried, and missing says what it lacks.
type ground struct {
	basis   Basis
	ok      bool
	rests   string // half a sentence: what it rests on
	source  string
	missing string // half a sentence, when not ok
	fix     Fix
	reply   Inbound

	known      known      // what is on file for the country rules
	cold       Ruling     // what they say of a cold mail
	assessment Assessment // for interest, when ok
}

// replySkew is how far in the future the time of an inbound mail may lie: the
// server's clock is not ours.
const replySkew = 24 * time.Hour

// groundFor picks the basis of a letter: an answer rests on the mail it
// answers, everything else on consent, then soft opt-in, then interest.
func (f folded) groundFor(history History, letter Letter, controller Controller, now time.Time) ground {
	return f.pick(history, letter.InReplyTo, &letter, controller, now)
}

// pick is groundFor; without a letter the text is not judged.
func (f folded) pick(history History, inReplyTo mail.MessageID, letter *Letter, controller Controller, now time.Time) ground {
	k := knows(history, now)
	cold := coldRuling(history.Lead, controller, k.override, now)
	g := f.warmest(history, inReplyTo, controller, now)
	if !g.ok {
		g = f.interest(history, letter, k, cold, now)
	}
	g.known, g.cold = k, cold
	return g
}

// warmest is what a mail can rest on but interest.
func (f folded) warmest(history History, inReplyTo mail.MessageID, controller Controller, now time.Time) ground {
	if in, ok := f.answers(history, inReplyTo, now); ok {
		return ground{basis: BasisReply, ok: true, reply: in, source: "GDPR Art. 6(1)(f); ePrivacy Art. 13 does not reach a solicited answer",
			rests: fmt.Sprintf("it answers their mail of %s", day(in.At))}
	}
	if f.states[MarketingEmail] == Granted {
		return ground{basis: BasisConsent, ok: true, source: "GDPR Art. 6(1)(a); ePrivacy Art. 13(1)",
			rests: fmt.Sprintf("their consent of %s (%s)", day(f.grant.At), f.grant.Method)}
	}
	soft := rulings(history.Lead, controller, func(c Country) Ruling { return c.SoftOptIn(now) })
	if f.soft && soft.Rule == RuleYes {
		return ground{basis: BasisSoft, ok: true, source: "ePrivacy Art. 13(2); " + soft.Source(),
			rests: "they are a customer and did not refuse (soft opt-in)"}
	}
	return ground{}
}

// interest tries legitimate interest: an assessment that covers this mail, a
// concrete reason and the country rule, all three (L6f, S27), and a person who
// never decided otherwise.
func (f folded) interest(history History, letter *Letter, k known, cold Ruling, now time.Time) ground {
	g := ground{basis: BasisInterest, source: "GDPR Art. 6(1)(f)", fix: FixConsent}
	assessment, miss := covering(history, letter, now)
	switch state := f.states[MarketingEmail]; {
	case !history.Erased.IsZero():
		g.missing = fmt.Sprintf("their data was erased on %s, and a legitimate interest does not outlive that", day(history.Erased))
	case state != NeverAsked && state != Asked:
		g.missing = fmt.Sprintf("their consent is %s, and legitimate interest may not step in for it", state)
	case f.ended:
		g.missing = "their consent has ended, and legitimate interest may not step in for it"
	case !k.allows(cold, history.Lead):
		g.missing = fmt.Sprintf("nothing is on file, and legitimate interest does not carry cold mail here (%s)", cold.Country.Code)
		if !LookupCountry(history.Lead.Country).Known() {
			g.fix = FixCountry
		}
	case miss.why != "":
		g.missing, g.fix = miss.why, miss.fix
	case !concrete(history.Lead.Reason):
		g.missing, g.fix = "legitimate interest needs a concrete reason for this person", FixReason
	default:
		g.ok, g.assessment = true, assessment
		g.rests = fmt.Sprintf("legitimate interest, by the assessment of %s", day(assessment.Date))
	}
	return g
}

// BasisFor is what a mail to the person would rest on now: an answer on the
// mail of theirs that inReplyTo names, everything else on the best there is.
// It is what a notice has to name, and no permission.
func BasisFor(history History, inReplyTo mail.MessageID, controller Controller, now time.Time) Basis {
	return fold(history, now).pick(history, inReplyTo, nil, controller, now).basis
}

// answers finds the mail of theirs that inReplyTo names. It must be fresh, and
// newer than the last time they stopped us: who writes "stop" asks for silence,
// not for an answer. A refusal alone does not end a conversation.
func (f folded) answers(history History, inReplyTo mail.MessageID, now time.Time) (Inbound, bool) {
	if inReplyTo == "" {
		return Inbound{}, false
	}
	for _, in := range history.Inbound {
		if in.ID == inReplyTo && f.answerable(in, now) {
			return in, true
		}
	}
	return Inbound{}, false
}

func (f folded) answerable(in Inbound, now time.Time) bool {
	age := now.Sub(in.At)
	return in.ID != "" && !in.At.IsZero() && age <= ReplyWindow && age >= -replySkew &&
		(f.stopped.IsZero() || in.At.After(f.stopped)) && !f.stops[in.ID]
}

// best is the best basis of contact there is now, whatever the mail.
func (f folded) best(history History, controller Controller, now time.Time) Basis {
	if f.objected || history.Suppressed {
		return BasisNone
	}
	if _, asks := f.unheard(history); asks {
		return BasisNone
	}
	g := f.pick(history, "", nil, controller, now)
	if g.ok && g.basis == BasisConsent {
		return BasisConsent
	}
	for _, in := range history.Inbound {
		if f.answerable(in, now) {
			return BasisReply
		}
	}
	if g.ok {
		return g.basis
	}
	return BasisNone
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
