package proof

import (
	"fmt"
	"strings"

	"zgoda/consent"
	"zgoda/consent/chain"
)

func (e Evidence) now(p *page) {
	p.section("Where it stands")
	p.fact("basis of a new mail", or(string(e.standing.Basis), "none: nothing may be written"))
	for _, purpose := range consent.Purposes() {
		p.fact(purpose.Title(), string(e.standing.State(purpose)))
	}
	p.fact("objection", yesNo(e.standing.Objected))
	p.fact("on the stop list", yesNo(e.standing.Suppressed))
	p.fact("address unusable", e.facts.History.Stale)
	p.fact("notice due", or(day(e.standing.NoticeDue), "nothing is due"))
	p.fact("kept as", string(e.facts.Retention.Class))
	p.fact("erased after", or(day(e.facts.Retention.EraseAfter), "no day by itself"))
}

func (e Evidence) origin(p *page) {
	p.section("Where the data comes from (Art. 14(2)(f))")
	l := e.lead
	p.fact("source", l.Source)
	p.fact("kind of source", string(l.SourceKind))
	p.fact("public source", yesNo(l.SourcePublic))
	p.fact("obtained", day(l.ObtainedAt))
	p.fact("lead since", day(l.Since))
	p.fact("country", l.Country)
	p.fact("company and role", strings.Join(filled(l.Company, l.Role), ", "))
	p.fact("reason to write", l.Reason)
}

func (e Evidence) interests(p *page) {
	p.section("Legitimate-interest assessments (Art. 6(1)(f))")
	for _, a := range e.assessments() {
		outcome, _ := a.Outcome()
		p.line("%s version %d, %s: %s, by %s on %s, until %s", line(a.ID), a.Version, line(a.Name), outcome,
			line(strings.Join(filled(a.Author, a.Second), " and ")), day(a.Date), or(day(a.ValidUntil), "—"))
		p.under("interest", a.Interest)
		p.under("necessity", a.Necessity)
		p.under("balance", a.Balance)
		p.under("SHA-256", a.Hash())
	}
	p.none(len(e.assessments()))
}

func (e Evidence) consents(p *page) {
	e.entries(p, "Consents", consent.KindAsked, consent.KindGranted, consent.KindRefused, consent.KindWithdrawn, consent.KindSoftOptIn, consent.KindCorrected)
}

func (e Evidence) objections(p *page) {
	e.entries(p, "Objections (Art. 21)", consent.KindObjected, consent.KindRead)
}

func (e Evidence) notices(p *page) {
	e.entries(p, "Notices (Art. 13, 14)", consent.KindNotice, consent.KindDisclosed)
}

func (e Evidence) rights(p *page) {
	e.entries(p, "Requests (Art. 15-22)", consent.KindRequested, consent.KindExtended, consent.KindAnswered, consent.KindRestricted, consent.KindReleased)
	for _, r := range e.requests {
		state := "OPEN, due " + day(r.Due)
		if !r.Open() {
			state = "answered " + day(r.Answered)
		}
		p.line("request %d: %s, %s", r.Seq, r.Right, state)
	}
}

// others is every entry of a kind that no section above shows, so that a new
// kind cannot be left out.
func (e Evidence) others(p *page) {
	shown := map[consent.Kind]bool{}
	for _, kind := range []consent.Kind{
		consent.KindAsked, consent.KindGranted, consent.KindRefused, consent.KindWithdrawn, consent.KindSoftOptIn, consent.KindCorrected,
		consent.KindObjected, consent.KindRead, consent.KindNotice, consent.KindDisclosed, consent.KindRequested, consent.KindExtended,
		consent.KindAnswered, consent.KindRestricted, consent.KindReleased,
	} {
		shown[kind] = true
	}
	p.section("Other entries")
	n := 0
	for _, event := range e.facts.History.Events {
		if !shown[event.Kind] {
			n++
			e.entry(p, event)
		}
	}
	p.none(n)
}

// merged is the ledgers of leads who are the same person.
func (e Evidence) merged(p *page) {
	for _, ledger := range e.facts.Merged {
		p.section(fmt.Sprintf("Recorded of lead %d, who is the same person", ledger.Person))
		for _, event := range ledger.Events {
			e.entry(p, event)
		}
		p.none(len(ledger.Events))
	}
}

func (e Evidence) decisions(p *page) {
	p.section(fmt.Sprintf("Answers of the gate: %d yes, %d no", e.facts.Allowed, e.facts.Refused))
	if all := e.facts.Allowed + e.facts.Refused; all > len(e.facts.Decisions) {
		p.line("the newest %d of %d", len(e.facts.Decisions), all)
	}
	for _, d := range e.facts.Decisions {
		v := d.Verdict
		answer := "yes, on " + or(string(v.Basis), "their consent")
		if failed := v.Failed(); len(failed) > 0 {
			answer = fmt.Sprintf("NO: %s (%s)", failed[0].Reason, failed[0].Rule)
		}
		p.line("answer %d  %s  %s at %s: %s", d.ID, moment(v.At), v.Act, d.Moment, line(answer))
		p.under("mail", string(d.Message))
		p.under("rests on", fmt.Sprintf("entries to %d; %s; %s", v.Seq, strings.Join(d.Inputs.States, ", "), v.Rules))
		e.place(p, ref{chain.WhatDecision, d.ID})
	}
	p.none(len(e.facts.Decisions))
}

func (e Evidence) chained(p *page) {
	p.section("Chain")
	whole := "whole, verified for this page"
	if b := e.facts.Chain.First; b != nil {
		whole = "BROKEN at " + b.String()
	}
	p.fact("the whole chain", whole)
	p.fact("its end", fmt.Sprintf("%d %x", e.facts.Chain.Last.Pos, e.facts.Chain.Last.Hash))
	p.fact("anchored heads", fmt.Sprintf("%d agree", e.facts.Chain.Heads))
	p.fact("theirs", fmt.Sprintf("%d entries", len(e.facts.Links)))
}

func title(p consent.Purpose) string {
	if p == "" {
		return ""
	}
	return p.Title()
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
