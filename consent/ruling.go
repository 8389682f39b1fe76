package consent

import (
	"fmt"
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
	Rule     Rule
	Country  Country // the row that decides
	Evidence Evidence
	Why      string // half a sentence: why the rule is what it is
}

// Cold is the ruling for unsolicited mail on legitimate interest.
func (c Country) Cold(to Recipient, now time.Time) Ruling {
	rule := c.Named
	if to == RecipientRole {
		rule = c.Role
	}
	ruling := c.rule(rule, now)
	if to == RecipientSole && ruling.Rule == RuleCond {
		ruling.Rule, ruling.Why = RuleNo, "a sole trader is a natural person there"
	}
	return ruling
}

// SoftOptIn is the ruling for mail about own similar products to a customer.
func (c Country) SoftOptIn(now time.Time) Ruling { return c.rule(c.Soft, now) }

// Old reports whether the row was checked longer than RowLife ago.
func (c Country) Old(now time.Time) bool { return !now.Before(c.CheckedOn.AddDate(0, RowLife, 0)) }

func (c Country) rule(rule Rule, now time.Time) Ruling {
	ruling := Ruling{Rule: RuleNo, Country: c, Evidence: EvidenceMore}
	switch {
	case !c.Known():
		ruling.Why = "the country is unknown, and the unknown is strict"
	case rule == RuleNo || rule == "":
		ruling.Why = "it asks for prior consent"
	case rule == RuleDisputed:
		ruling.Why = "what it allows is disputed, so it counts as no"
	case c.Confidence != ConfidenceHigh && c.Confidence != ConfidenceMed:
		ruling.Why = "its row in the country table is not well sourced, so it counts as no"
	case c.Old(now):
		ruling.Why = "its row in the country table was checked more than a year ago, so it counts as no"
	case rule == RuleCond:
		ruling.Rule, ruling.Evidence, ruling.Why = RuleCond, c.Evidence, "it allows it under conditions"
	case rule == RuleYes:
		ruling.Rule, ruling.Why = RuleYes, "it allows it until the person objects"
	}
	return ruling
}

// Stricter is the stricter of what the sender's and the recipient's country
// say (C1). It can only tighten; of two equals the recipient's is named.
func Stricter(sender, recipient Ruling) Ruling {
	if sender.rank() < recipient.rank() {
		return sender
	}
	return recipient
}

func (r Ruling) rank() int {
	switch {
	case r.Rule == RuleYes:
		return 3
	case r.Rule == RuleCond && r.Evidence == EvidenceWork:
		return 2
	case r.Rule == RuleCond:
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

// rulings asks every country concerned: the sender's, the recipient's, and that
// of the address's country domain, which may only make it stricter (C1).
func rulings(lead Lead, controller Controller, ask func(Country) Ruling) Ruling {
	ruling := Stricter(ask(LookupCountry(controller.Country)), ask(LookupCountry(lead.Country)))
	if byDomain := domainCountry(lead.Address); byDomain.Known() {
		ruling = Stricter(ask(byDomain), ruling)
	}
	return ruling
}

func domainCountry(a mail.Address) Country {
	domain := a.Domain()
	return LookupCountry(domain[strings.LastIndexByte(domain, '.')+1:])
}

// worked reports whether the lead holds the evidence that a RuleCond with
// EvidenceWork asks for: a business contact, at the company's own address.
func worked(lead Lead) bool {
	return strings.TrimSpace(lead.Company) != "" && strings.TrimSpace(lead.Role) != "" &&
		concrete(lead.Reason) && strings.TrimSpace(lead.Source) != "" && !privateDomain(lead.Address.Domain())
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
