package proof

import (
	"time"

	"zgoda/consent"
	"zgoda/consent/chain"
	"zgoda/mail"
)

// Facts is what is on file about one person, read at one moment.
type Facts struct {
	At         time.Time
	Controller consent.Controller
	History    consent.History
	Retention  consent.Retention
	Decisions  []consent.Decision // the newest, newest first
	Allowed    int                // how many answers of the gate were a yes, over all that were kept
	Refused    int
	// Assessments are the versions that those answers rested on.
	Assessments []consent.Assessment
	// Merged is the ledgers of leads who turned out to be the same person.
	Merged []Ledger
	Links  []chain.Link // theirs, in the order of the chain
	Chain  chain.Report // of the whole chain
}

// Ledger is what was recorded under the number of one lead.
type Ledger struct {
	Person mail.PersonID
	Events []consent.Event
}

// Evidence is the facts in order. Text and Receipt are its two faces.
type Evidence struct {
	facts    Facts
	lead     consent.Lead
	standing consent.Standing
	requests []consent.Request
	links    map[ref]chain.Link
}

// ref names an entry that a link stands for.
type ref struct {
	what chain.What
	n    int64
}

// Of orders the facts. It is total: whatever is missing is shown as missing.
func Of(facts Facts) Evidence {
	e := Evidence{
		facts: facts, lead: facts.History.Lead, standing: consent.Stand(facts.History, facts.Controller, facts.At),
		requests: consent.Requests(facts.History.Events, facts.Controller.Country), links: map[ref]chain.Link{},
	}
	for _, l := range facts.Links {
		e.links[ref{l.What, l.Ref}] = l
	}
	return e
}

// assessments is what their answers rested on; when there is none, and their
// basis is interest, what is on file.
func (e Evidence) assessments() []consent.Assessment {
	if len(e.facts.Assessments) == 0 && e.standing.Basis == consent.BasisInterest {
		return e.facts.History.Assessments
	}
	return e.facts.Assessments
}

// events is the entries of the given kinds, in the order of the ledger.
func (e Evidence) events(kinds ...consent.Kind) []consent.Event {
	var found []consent.Event
	for _, event := range e.facts.History.Events {
		for _, kind := range kinds {
			if event.Kind == kind {
				found = append(found, event)
			}
		}
	}
	return found
}
