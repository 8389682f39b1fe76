package consent

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// known is what the ledger holds for the country rules at one moment: the newest
// evidence of each fact, and the override that stands.
type known struct {
	facts    map[Fact]Event
	override Event // its Kind is empty when none stands
}

// knows folds KindEvidence and KindOverride. Both count only for this very
// person, with their proof, from when they happened on, and until they are
// corrected or have run out.
func knows(history History, now time.Time) known {
	corrected := map[int64]bool{}
	for _, e := range history.Events {
		if e.Kind == KindCorrected {
			corrected[e.Corrects] = true
		}
	}
	k := known{facts: map[Fact]Event{}}
	for _, e := range history.Events {
		if corrected[e.Seq] || e.Person == 0 || e.Person != history.Lead.ID || e.At.After(now) || e.validateStep() != nil {
			continue
		}
		switch e.Kind {
		case KindEvidence:
			if fresh := now.Before(e.At.AddDate(0, FactLife, 0)); fresh && !e.At.IsZero() && e.At.After(k.facts[e.Fact].At) {
				k.facts[e.Fact] = e
			}
		case KindOverride:
			if !e.At.IsZero() && now.Before(e.ValidUntil) && e.Seq >= k.override.Seq {
				k.override = e
			}
		}
	}
	return k
}

// missing is which of the facts that a ruling asks for are not known.
func (k known) missing(ruling Ruling, lead Lead) []Fact {
	var missing []Fact
	for _, f := range ruling.Facts {
		if _, recorded := k.facts[f]; f == FactWork && !k.work(lead) || f != FactWork && !recorded {
			missing = append(missing, f)
		}
	}
	return missing
}

// work reports whether the offer concerns the person's job at a company: the
// lead card says so, or a record does. A private mailbox is never a work address.
func (k known) work(lead Lead) bool {
	if privateDomain(lead.Address.Domain()) {
		return false
	}
	_, recorded := k.facts[FactWork]
	return recorded || worked(lead)
}

// allows reports whether a ruling lets a cold mail to this lead through (C4).
func (k known) allows(r Ruling, lead Lead) bool {
	return r.Rule == RuleYes || r.Rule == RuleCond && len(k.missing(r, lead)) == 0
}

// say is a fact as half a sentence, for what is not known.
func (f Fact) say() string {
	switch f {
	case FactWork:
		return "that the offer concerns their job at the company"
	case FactPublished:
		return "that the address is published for such mail"
	case FactNoRefusal:
		return "that nothing near the address asks not to be written to"
	case FactRegister:
		return "that the refusal register was looked at"
	}
	return "a fact that this version does not know"
}

// worked reports whether the lead card shows a business contact, at the
// company's own address.
func worked(lead Lead) bool {
	return !blank(lead.Company) && !blank(lead.Role) && concrete(lead.Reason) && !blank(lead.Source) && !privateDomain(lead.Address.Domain())
}

// privateDomain reports whether a domain gives mailboxes to anybody, so that an
// address there is not a work address.
func privateDomain(domain string) bool {
	switch domain {
	case "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "aol.com",
		"icloud.com", "me.com", "proton.me", "protonmail.com", "gmx.com", "gmx.de", "gmx.net", "web.de", "t-online.de",
		"wp.pl", "onet.pl", "o2.pl", "interia.pl", "poczta.fm", "op.pl", "vp.pl", "tlen.pl",
		"orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "yahoo.fr", "hotmail.fr", "yahoo.co.uk",
		"hotmail.co.uk", "btinternet.com", "seznam.cz", "mail.ee", "luukku.com", "kolumbus.fi":
		return true
	}
	return false
}

// The reasons for which an override cannot be recorded (C2).
var (
	ErrNotDPO  = errors.New("only the data-protection officer may override a country rule")
	ErrNoDoubt = errors.New("no doubt is there that an override could open")
)

// OverrideOpens names the rows of the country table that an override for this
// lead would open, such as "SI" or "?? LT": it goes into Event.Version, so that the
// override opens those and no other, whatever becomes of the lead's country. It
// is ErrNoDoubt where every country concerned is clear, or one of them says no.
func OverrideOpens(lead Lead, controller Controller, now time.Time) (string, error) {
	to := recipientOf(lead)
	var codes []string
	for i, c := range concerned(lead, controller) {
		switch r := c.Cold(to, now); {
		case r.Doubt && i == 0 && !c.Known():
			return "", ErrNoDoubt
		case r.Doubt && !slices.Contains(codes, c.Code):
			codes = append(codes, c.Code)
		case r.Rule == RuleNo && !r.Doubt:
			return "", ErrNoDoubt
		}
	}
	if len(codes) == 0 {
		return "", ErrNoDoubt
	}
	return strings.Join(codes, " "), nil
}

// opens reports whether an override was given for the row of this country.
func opens(override Event, c Country) bool {
	return override.Kind == KindOverride && slices.Contains(strings.Fields(override.Version), c.Code)
}

// The fixes of what legitimate interest and the country rules ask for.
const (
	FixAssessment Fix = "assessment" // make, renew or widen the legitimate-interest assessment
	FixEvidence   Fix = "evidence"   // record the fact that the country rule asks for
)
