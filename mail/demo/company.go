package demo

import (
	"time"

	"zgoda/mail"
)

// domain is where the sample company lives.
const domain = "jasnykat.example"

// rep is who sits at the screen.
func rep() mail.Address { return mail.Address{Name: "Marta Wiśniewska", Email: "marta@" + domain} }

// company is a small firm of Polish engineers in Edinburgh. It sits in the
// United Kingdom on purpose: the stricter of two countries counts (law.md C1), so
// that from Poland or Germany no first mail could be written to anybody.
func company(now time.Time) Company {
	return Company{
		Name:      "Jasny Kąt Lighting Ltd",
		Postal:    "14 Lantern Wynd, Edinburgh EH1 1AA",
		Country:   "GB",
		Contact:   "privacy@" + domain,
		PolicyURL: "https://" + domain + "/privacy",
		PortalURL: "https://links." + domain,
		Offer:     "energy-saving office lighting",
		Offers: map[string]string{
			"pl": "energooszczędne oświetlenie biur",
			"en": "energy-saving office lighting",
			"de": "energiesparende Bürobeleuchtung",
		},
		Retention: "6 months",
		Phone:     "+44 131 496 0120",
		Assessment: Assessment{
			ID: "lia-2026-3", Name: "Lighting for offices", Purpose: "introduce offer",
			Interest: "We introduce energy-saving lighting to people who decide on office premises; they lower their electricity bill, we win customers.",
			Roles:    "people who decide on premises", Sector: "offices, studios, laboratories", Size: "10 to 500 people",
			Countries: []string{"GB", "IE", "FR", "FI", "EE", "US"}, Data: []string{"name", "address", "role", "company", "reason"},
			Intrusive: "phone",
			Necessity: "A single mail to the person in charge is the least intrusive way: it needs a name, a role and a work address, and no phone call.",
			Volume:    100, FollowUps: 1, SourceKinds: []string{"own research", "event", "referral", "register"},
			Expectation: "published", Impact: "mild",
			Balance: "Only work addresses published for business, only with a concrete reason, one mail, no tracking, objection in every mail, erased after six months.",
			Remark:  "Two minutes of somebody's day are an impact; Marta agrees that it is a small one.",
			Author:  "Adam Lis, privacy contact", Second: "Marta Wiśniewska",
			Date: now.AddDate(0, -4, 0), ValidUntil: now.AddDate(0, 8, 0),
		},
	}
}
