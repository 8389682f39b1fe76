package consent

import (
	"context"
	"errors"
	"strings"
	"time"

	"zgoda/mail"
)

// noon is the one moment of these tests.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

const ewa mail.PersonID = 7

func ago(days int) time.Time { return noon.AddDate(0, 0, -days) }

func company(country string) Controller {
	return Controller{
		Name: "Jasny Kąt sp. z o.o.", Postal: "ul. Prosta 1, 00-001 Warszawa", Country: country, Contact: "rodo@jasnykat.example",
		PolicyURL: "https://jasnykat.example/privacy", Offer: "energy-saving office lighting", Retention: "6 months",
	}
}

// assessed is an assessment that looked at all that these tests write: it lacks nothing.
func assessed(countries ...string) Assessment {
	return Assessment{
		ID: "lia-1", Version: 1, Name: "Lighting for offices", Purpose: "introduce offer", Interest: "They save energy, we win customers.",
		Audience: Audience{Roles: "facility managers", Sector: "offices", Size: "10 to 200", Countries: countries},
		Data:     []string{"name", "address", "role", "company", "reason"}, Intrusive: "phone", Necessity: "A call takes more of their time.",
		Volume: 100, FollowUps: 1, SourceKinds: []SourceKind{SourceResearch, SourceEvent}, Expectation: "published", Impact: "none",
		Balance: "They publish the address for business.", Author: "Marta", Date: ago(30), ValidUntil: ago(30).Add(AssessmentLife),
		Templates: []TemplateRef{{}, {Name: "first-contact", Language: "en", Hash: "cafe"}},
	}
}

func lead(country string) Lead {
	return Lead{
		ID: ewa, Address: mail.Address{Name: "Ewa Żółć", Email: "ewa@studio.example"}, Name: "Ewa Żółć", Company: "Studio Ltd", Role: "Head of Facilities",
		Language: "en", Country: country, Since: ago(3), Source: "studio.example/team", SourceKind: SourceResearch, SourcePublic: true, ObtainedAt: ago(3),
		Reason: "You open a second studio in Cork in March and asked for bids for its lighting.",
	}
}

func event(seq int64, kind Kind, purpose Purpose, at time.Time) Event {
	return Event{Seq: seq, Person: ewa, Kind: kind, Purpose: purpose, Method: ByEmail, Wording: "I agree to it", Language: "en",
		Evidence: "their mail", At: at, RecordedAt: at, Actor: "marta"}
}

func past(country string, events ...Event) History {
	var head int64
	for _, e := range events {
		head = max(head, e.Seq)
	}
	audience := country
	if !LookupCountry(country).Known() {
		audience = unknownCode
	}
	return History{Lead: lead(country), Events: events, Head: head, Assessments: []Assessment{assessed(audience)}}
}

const theirMail mail.MessageID = "theirs@studio.example"

func wrote(h History, days int) History {
	h.Inbound = []Inbound{{ID: theirMail, At: ago(days)}}
	return h
}

// letterFor is a letter that fulfils every duty for a basis.
func letterFor(h History, c Controller, basis Basis, tracking Tracking) Letter {
	d := DutiesOn(basis, c, h.Lead, "en", tracking)
	l := Letter{
		Person: h.Lead.ID, To: []mail.Address{h.Lead.Address}, Subject: "Lighting for Cork", Language: "en",
		Text:       strings.Join([]string{"Hello Ewa,", "one question about the new studio.", "Marta", d.Notice, d.Objection, d.Tracking}, "\n\n"),
		TrackOpens: tracking.Opens, TrackClicks: tracking.Clicks,
	}
	if basis == BasisReply {
		l.InReplyTo, l.Subject = theirMail, "Re: Lighting"
	}
	return l
}

func check(v Verdict, key string) Check {
	for _, c := range v.Checks {
		if c.Key == key {
			return c
		}
	}
	return Check{}
}

func failedKeys(v Verdict) string {
	var keys []string
	for _, c := range v.Failed() {
		keys = append(keys, c.Key)
	}
	return strings.Join(keys, " ")
}

// fakeLedger answers with one history, or with an error. What it is told to keep
// goes to kept, when there is one, or fails with full.
type fakeLedger struct {
	history History
	err     error
	kept    *[]Decision
	full    error
}

func (l fakeLedger) History(context.Context, mail.PersonID) (History, error) { return l.history, l.err }

func (l fakeLedger) Keep(_ context.Context, d Decision) error {
	if l.kept != nil && l.full == nil {
		*l.kept = append(*l.kept, d)
	}
	return l.full
}

var errDisk = errors.New("disk gone")
