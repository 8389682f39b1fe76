package consent

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"zgoda/mail"
)

// Recipient is what sort of recipient the law of a country looks at.
type Recipient string

// The recipients. A sole trader or partnership is a natural person everywhere
// (law.md section 2), so what a country allows towards employees under
// conditions is not allowed towards them.
const (
	RecipientNamed Recipient = "named employee"
	RecipientRole  Recipient = "role address"
	RecipientSole  Recipient = "sole trader"
)

// RowLife is how long a row of the country table may be relied on after it was
// checked (C2, S74).
const RowLife = 12 // months

// Ruling is what the law of a country says of one sort of mail at one moment,
// with every doubt already turned into RuleNo. Its Rule is RuleNo, RuleCond or
// RuleYes, and RuleNo in the zero Ruling.
type Ruling struct {
	Rule    Rule
	Country Country // the row that decides
	Facts   []Fact  // what a RuleCond asks to be known; of two countries, what either asks
	Why     string  // half a sentence: why the rule is what it is
	// Doubt says that RuleNo comes from a doubt only (C2): an unknown country, a
	// disputed, badly sourced or old row. Nothing else may be opened by an override.
	Doubt bool
	// Opened is the override that took a doubt away; its Kind is empty when none did.
	Opened Event
}

// Cold is the ruling for unsolicited mail on legitimate interest.
func (c Country) Cold(to Recipient, now time.Time) Ruling {
	return c.natural(c.rule(c.cold(to), now), to)
}

// coldUnder is Cold with an override: where a doubt closes the row, and the
// override names this country, the row says what it would without the doubt.
func (c Country) coldUnder(override Event, to Recipient, now time.Time) Ruling {
	ruling := c.Cold(to, now)
	if !ruling.Doubt || !opens(override, c) {
		return ruling
	}
	ruling = Ruling{Rule: RuleYes, Country: c, Why: "its doubt is lifted", Opened: override}
	if c.cold(to) == RuleCond {
		ruling.Rule, ruling.Facts, ruling.Why = RuleCond, c.Facts, "its doubt is lifted, and its conditions stay"
	}
	return ruling
}

func (c Country) cold(to Recipient) Rule {
	if to == RecipientRole {
		return c.Role
	}
	return c.Named
}

// natural takes back from a natural person what the row allows towards firms:
// only a plain yes reaches a sole trader, and no override does.
func (c Country) natural(ruling Ruling, to Recipient) Ruling {
	if to == RecipientSole && ruling.Rule != RuleYes && (ruling.Rule == RuleCond || ruling.Doubt && c.Named != RuleYes) {
		return Ruling{Rule: RuleNo, Country: c, Why: "a sole trader is a natural person there"}
	}
	return ruling
}

// SoftOptIn is the ruling for mail about own similar products to a customer.
func (c Country) SoftOptIn(now time.Time) Ruling { return c.rule(c.Soft, now) }

// Old reports whether the row was checked longer than RowLife ago.
func (c Country) Old(now time.Time) bool { return !now.Before(c.CheckedOn.AddDate(0, RowLife, 0)) }

func (c Country) rule(rule Rule, now time.Time) Ruling {
	ruling := Ruling{Rule: RuleNo, Country: c}
	switch {
	case !c.Known():
		ruling.Why, ruling.Doubt = "the country is unknown, and the unknown is strict", true
	case rule == RuleDisputed:
		ruling.Why, ruling.Doubt = "what it allows is disputed, so it counts as no", true
	case rule != RuleCond && rule != RuleYes:
		ruling.Why = "it asks for prior consent"
	case c.Confidence != ConfidenceHigh && c.Confidence != ConfidenceMed:
		ruling.Why, ruling.Doubt = "its row in the country table is not well sourced, so it counts as no", true
	case c.Old(now):
		ruling.Why, ruling.Doubt = "its row in the country table was checked more than a year ago, so it counts as no", true
	case rule == RuleCond:
		ruling.Rule, ruling.Facts, ruling.Why = RuleCond, c.Facts, "it allows it under conditions"
	case rule == RuleYes:
		ruling.Rule, ruling.Why = RuleYes, "it allows it until the person objects"
	}
	return ruling
}

// Stricter is the stricter of what the sender's and the recipient's country
// say (C1). It can only tighten; of two equals the recipient's is named, and the
// conditions of both must be met.
func Stricter(sender, recipient Ruling) Ruling {
	stricter, other := recipient, sender
	if sender.rank() < recipient.rank() {
		stricter, other = sender, recipient
	}
	if stricter.Rule == RuleCond && other.Rule == RuleCond {
		stricter.Facts = union(stricter.Facts, other.Facts)
	}
	if stricter.Rule != RuleNo && stricter.Opened.Kind == "" {
		stricter.Opened = other.Opened // without it the answer would be no
	}
	return stricter
}

func union(a, b []Fact) []Fact {
	all := slices.Clone(a)
	for _, f := range b {
		if !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return all
}

func (r Ruling) rank() int {
	switch {
	case r.Rule == RuleYes:
		return 3
	case r.Rule == RuleCond:
		return 2
	case r.Doubt:
		return 1
	}
	return 0
}

// Source is the statute, for a check.
func (r Ruling) Source() string {
	if !r.Country.Known() {
		return "ePrivacy Directive Art. 13"
	}
	return fmt.Sprintf("%s: %s", r.Country.Code, r.Country.Statute)
}

// concerned is the countries whose law a mail must obey: the sender's, the
// recipient's, and that of the address's country domain, which may only make it
// stricter (C1). The last one is missing where the domain names no country.
func concerned(lead Lead, controller Controller) []Country {
	all := []Country{LookupCountry(controller.Country), LookupCountry(lead.Country)}
	if byDomain := domainCountry(lead.Address); byDomain.Known() {
		all = append(all, byDomain)
	}
	return all
}

// rulings is the strictest of what every country concerned answers.
func rulings(lead Lead, controller Controller, ask func(Country) Ruling) Ruling {
	all := concerned(lead, controller)
	ruling := Stricter(ask(all[0]), ask(all[1]))
	for _, country := range all[2:] {
		ruling = Stricter(ask(country), ruling)
	}
	return ruling
}

// recipientOf is what sort of recipient a lead is.
func recipientOf(lead Lead) Recipient {
	switch {
	case lead.Sole:
		return RecipientSole
	case lead.Address.IsRole():
		return RecipientRole
	}
	return RecipientNamed
}

// coldRuling is what the countries concerned say of a cold mail to a lead, under
// an override where one stands. It cannot stand in for the country of the
// company itself: that is a matter of the configuration.
func coldRuling(lead Lead, controller Controller, override Event, now time.Time) Ruling {
	to := recipientOf(lead)
	sender := LookupCountry(controller.Country)
	return rulings(lead, controller, func(c Country) Ruling {
		if !sender.Known() && !c.Known() {
			return c.Cold(to, now)
		}
		return c.coldUnder(override, to, now)
	})
}

func domainCountry(a mail.Address) Country {
	domain := a.Domain()
	return LookupCountry(domain[strings.LastIndexByte(domain, '.')+1:])
}
