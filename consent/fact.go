package consent

import (
	"fmt"
	"time"
)

// Fact is something that a country rule wants to be known before an unsolicited
// mail (law.md C4). Its evidence is an event of KindEvidence: where and when it was seen.
type Fact string

// The facts.
const (
	FactWork      Fact = "work"       // the offer concerns the person's job at the company; also met by the lead card
	FactPublished Fact = "published"  // the address is published for such mail: Evidence is the page
	FactNoRefusal Fact = "no refusal" // nothing near the address asks not to be written to
	FactRegister  Fact = "register"   // the refusal register was looked at: Evidence says which
)

// Facts is every fact.
func Facts() []Fact { return []Fact{FactWork, FactPublished, FactNoRefusal, FactRegister} }

// ParseFact knows the names of the facts and nothing else.
func ParseFact(s string) (Fact, error) {
	for _, f := range Facts() {
		if string(f) == s {
			return f, nil
		}
	}
	return "", fmt.Errorf("unknown fact %q", s)
}

// OverrideLife is the longest time that a DPO's override stands (law.md C2).
const OverrideLife = 90 * 24 * time.Hour

// SourceKind is what sort of source a lead's data has (law.md section 3).
type SourceKind string

// The kinds of source. A bought list makes every assessment red.
const (
	SourceInbound  SourceKind = "inbound"      // they wrote to us
	SourceResearch SourceKind = "own research" // a website, a publication
	SourceReferral SourceKind = "referral"
	SourceEvent    SourceKind = "event"
	SourceRegister SourceKind = "register"
	SourceSocial   SourceKind = "social" // LinkedIn and the like: with address and date (S78)
	SourceBought   SourceKind = "bought list"
)

// SourceKinds is every kind of source.
func SourceKinds() []SourceKind {
	return []SourceKind{SourceInbound, SourceResearch, SourceReferral, SourceEvent, SourceRegister, SourceSocial, SourceBought}
}

// ParseSourceKind knows the names of the kinds and nothing else.
func ParseSourceKind(s string) (SourceKind, error) {
	for _, k := range SourceKinds() {
		if string(k) == s {
			return k, nil
		}
	}
	return "", fmt.Errorf("unknown kind of source %q", s)
}

// FactLife is how long a recorded fact counts after it was seen (C4), in months.
const FactLife = 12
