package consent

import (
	"fmt"
	"strings"
	"time"
	"unicode"

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
}

// replySkew is how far in the future the time of an inbound mail may lie: the
// server's clock is not ours.
const replySkew = 24 * time.Hour

// groundFor picks the basis of a letter: an answer rests on the mail it
// answers, everything else on consent, then soft opt-in, then interest.
func (f folded) groundFor(history History, inReplyTo mail.MessageID, controller Controller, now time.Time) ground {
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
	return f.interest(history, controller, now)
}

// interest tries legitimate interest: a valid assessment, a concrete reason and
// the country rule, all three (L6f, S27), and a person who never decided otherwise.
func (f folded) interest(history History, controller Controller, now time.Time) ground {
	g := ground{basis: BasisInterest, source: "GDPR Art. 6(1)(f)", fix: FixConsent}
	cold := coldRuling(history.Lead, controller, now)
	switch state := f.states[MarketingEmail]; {
	case state != NeverAsked && state != Asked:
		g.missing = fmt.Sprintf("their consent is %s, and legitimate interest may not step in for it", state)
	case f.ended:
		g.missing = "their consent has ended, and legitimate interest may not step in for it"
	case !coldOK(cold, history.Lead):
		g.missing = fmt.Sprintf("nothing is on file, and legitimate interest does not carry cold mail here (%s)", cold.Country.Code)
		if !LookupCountry(history.Lead.Country).Known() {
			g.fix = FixCountry
		}
	case !controller.Assessment.valid(now):
		g.missing, g.fix = "there is no valid legitimate-interest assessment", FixConfig
	case !concrete(history.Lead.Reason):
		g.missing, g.fix = "legitimate interest needs a concrete reason for this person", FixReason
	default:
		g.ok, g.rests = true, fmt.Sprintf("legitimate interest, by the assessment of %s", day(controller.Assessment.Date))
	}
	return g
}

// BasisFor is what a mail to the person would rest on now: an answer on the
// mail of theirs that inReplyTo names, everything else on the best there is.
// It is what a notice has to name, and no permission.
func BasisFor(history History, inReplyTo mail.MessageID, controller Controller, now time.Time) Basis {
	return fold(history, now).groundFor(history, inReplyTo, controller, now).basis
}

func coldRuling(lead Lead, controller Controller, now time.Time) Ruling {
	kind := RecipientNamed
	if lead.Address.IsRole() {
		kind = RecipientRole
	}
	return rulings(lead, controller, func(c Country) Ruling { return c.Cold(kind, now) })
}

// coldOK reports whether a ruling lets a cold mail to this lead through. Of the
// conditions only those are met that a lead can hold the evidence of (C4).
func coldOK(r Ruling, lead Lead) bool {
	return r.Rule == RuleYes || r.Rule == RuleCond && r.Evidence == EvidenceWork && worked(lead)
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
	g := f.groundFor(history, "", controller, now)
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

// valid reports whether the three-part test was made, by a named person, and
// still stands (law.md section 3).
func (a *Assessment) valid(now time.Time) bool {
	return a != nil && !blank(a.ID) && !blank(a.Interest) && !blank(a.Necessity) && !blank(a.Balance) && !blank(a.Author) &&
		!a.Date.IsZero() && !a.Date.After(now) && now.Before(a.Date.Add(AssessmentLife))
}

// leastWords keeps a reason from being one word held down.
const leastWords = 4

// concrete reports whether a reason can be one for this person alone: long
// enough, made of words, and no text of a template (A2).
func concrete(reason string) bool {
	reason = strings.TrimSpace(reason)
	if len([]rune(reason)) < MinReason || unfilled(reason) {
		return false
	}
	words := make(map[string]bool)
	for _, w := range strings.FieldsFunc(strings.ToLower(reason), func(r rune) bool { return !unicode.IsLetter(r) }) {
		words[w] = true
	}
	return len(words) >= leastWords
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
