package consent

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Merge gives the entries that the ledger of into needs when from turns out to be
// the same person, so that every purpose ends at the least permissive of the two,
// now and at every later time (consent-systems G11, Salesforce's "least permissive
// wins"). Whatever one of them closed stays closed; what only one of them opened
// does not survive:
//
//   - an objection, a suppression, a restriction and a legal hold of from carry over;
//   - a refusal, a withdrawal or an end of a consent of from carries over;
//   - a grant of into that from did not give is corrected away; where its end was
//     stated it is withdrawn, for a grant that ends must not leave the person more
//     open than it found them. Of two grants the earlier end counts;
//   - soft opt-in, notice, override and the facts of a country rule stand when both have them.
//
// The entries have no number, and are to be appended in their order. What from
// settled by reading a mail stays settled.
func Merge(into, from History, now time.Time) []Event {
	m := merging{
		into: folding{history: into, now: now, corrected: correctedOf(into)}, from: folding{history: from, now: now, corrected: correctedOf(from)},
		a: fold(into, now), b: fold(from, now), now: now,
	}
	m.add(Event{Kind: KindMerged, Evidence: fmt.Sprintf("lead %d is the same person; their ledger up to entry %d counts too", from.Lead.ID, lastSeq(from))})
	m.person()
	for _, p := range Purposes() {
		m.purpose(p)
	}
	m.both()
	m.read()
	return m.events
}

// merging is two histories while they become one.
type merging struct {
	into, from folding
	a, b       folded
	now        time.Time
	events     []Event
}

func (m *merging) add(e Event) {
	e.Person, e.Seq, e.Actor, e.RecordedAt = m.into.history.Lead.ID, 0, "", time.Time{}
	if e.At.IsZero() {
		e.At = m.now
	}
	if e.Method == "" {
		e.Method = ByRule
	}
	m.events = append(m.events, e)
}

// because is the evidence of an entry: whose ledger says so, and where.
func (m *merging) because(what string, seq int64) string {
	text := fmt.Sprintf("merged: lead %d, who is the same person, %s", m.from.history.Lead.ID, what)
	if seq > 0 {
		text += fmt.Sprintf(" (entry %d)", seq)
	}
	return text
}

// person carries over what from closed as a person.
func (m *merging) person() {
	if seq, objected := m.from.objection(); objected || m.from.history.Suppressed || m.b.objected {
		m.add(Event{Kind: KindObjected, Evidence: m.because("objected, or must not be written to", seq)})
	}
	if _, why := restriction(m.from.history); why != "" {
		m.add(Event{Kind: KindRestricted, Evidence: m.because("is restricted: "+why, 0)})
	}
	if OnHold(m.from.history.Events, m.now) {
		m.add(Event{Kind: KindHeld, Evidence: m.because("is on a legal hold", 0)})
	}
}

// objection is the last entry that closes the person, even one that a later
// consent opened again: it would stand anew when that consent ends.
func (in folding) objection() (seq int64, any bool) {
	for _, e := range in.history.Events {
		if e.Kind != KindRefused && e.Kind != KindWithdrawn && in.no(e, MarketingEmail) {
			seq, any = max(seq, e.Seq), true
		}
	}
	return seq, any
}

// purpose carries over what from closed of one purpose, or takes back what from
// did not open.
func (m *merging) purpose(p Purpose) {
	a, b := m.a.states[p], m.b.states[p]
	if a == Granted && b == Granted {
		m.shorten(p)
		return
	}
	noes := m.from.noes(p)
	_, _, ended := m.from.purpose(p)
	switch {
	case b == Refused || noes.any && noes.state == Refused && b != Withdrawn:
		m.add(Event{Kind: KindRefused, Purpose: p, Evidence: m.because("refused this", noes.seq)})
	case b == Withdrawn || b == Expired || noes.any || ended:
		m.add(Event{Kind: KindWithdrawn, Purpose: p, Evidence: m.because("withdrew this, or their consent ended", noes.seq)})
	case m.from.end(p) != (time.Time{}):
		m.add(Event{Kind: KindWithdrawn, Purpose: p, Evidence: m.because("agreed to this for a time, and the other lead did not", 0)})
	case a == Granted && m.into.end(p) != (time.Time{}):
		m.add(Event{Kind: KindWithdrawn, Purpose: p, Evidence: m.because("did not agree to what the other lead agreed to for a time", 0)})
	case a == Granted:
		m.correct(func(e Event) bool { return e.Kind == KindGranted && e.Purpose == p }, "did not agree to this")
	}
}

// end is the earliest end that bounds the grants of a purpose, corrected ones too;
// the zero time when none was stated.
func (in folding) end(p Purpose) (end time.Time) {
	for _, e := range in.history.Events {
		if e.Kind == KindGranted && e.Purpose == p && in.good(e) && !e.ValidUntil.IsZero() && (end.IsZero() || e.ValidUntil.Before(end)) {
			end = e.ValidUntil
		}
	}
	return end
}

// shorten lets a grant that both gave end when the first of the two does.
func (m *merging) shorten(p Purpose) {
	until := m.from.end(p)
	if until.IsZero() {
		return
	}
	if !until.After(m.now) { // an older grant of from has ended, the newer one goes on
		until = m.b.endOf(m.from, p)
	}
	if until.IsZero() {
		return
	}
	_, grant, _ := m.from.purpose(p)
	grant.Evidence, grant.ValidUntil, grant.Corrects = m.because("agreed too: "+grant.Evidence, grant.Seq), until, 0
	m.add(grant)
}

// endOf is the end of the newest grants, the only ones that bound what stands.
func (folded) endOf(in folding, p Purpose) time.Time {
	var last newest
	for _, e := range in.history.Events {
		if e.Kind == KindGranted && e.Purpose == p && in.good(e) {
			last.add(e)
		}
	}
	first, second := last.bySeq.ValidUntil, last.byTime.ValidUntil
	if first.IsZero() || !second.IsZero() && second.Before(first) {
		return second
	}
	return first
}

// both takes back what stands for into and not for from, of the things that are
// not of one purpose.
func (m *merging) both() {
	if m.a.soft && !m.softAsLong() {
		m.correct(func(e Event) bool { return e.Kind == KindSoftOptIn }, "is no customer on file for as long")
	}
	if !m.a.informed.IsZero() && m.b.informed.IsZero() && m.from.history.Lead.IsLead() {
		m.correct(func(e Event) bool { return e.Kind == KindNotice }, "was not informed")
	}
	m.correct(func(e Event) bool { return e.Kind == KindOverride }, "has no override")
	m.correct(func(e Event) bool {
		return e.Kind == KindEvidence && !slices.ContainsFunc(m.from.history.Events, func(f Event) bool {
			return f.Kind == KindEvidence && f.Fact == e.Fact && !m.from.corrected[f.Seq]
		})
	}, "has no such fact on file")
}

// softAsLong reports whether the soft opt-in of from lasts as long as that of into.
func (m *merging) softAsLong() bool {
	until := func(in folding) (end time.Time, open bool) {
		for _, e := range in.history.Events {
			if e.Kind == KindSoftOptIn && !in.corrected[e.Seq] && in.good(e) {
				open = open || e.ValidUntil.IsZero()
				end = later(end, e.ValidUntil)
			}
		}
		return end, open
	}
	mine, mineOpen := until(m.into)
	theirs, theirsOpen := until(m.from)
	return m.b.soft && (theirsOpen || !mineOpen && !theirs.Before(mine))
}

func (m *merging) correct(which func(Event) bool, what string) {
	for _, e := range m.into.history.Events {
		if which(e) && !m.into.corrected[e.Seq] {
			m.add(Event{Kind: KindCorrected, Corrects: e.Seq, Evidence: m.because(what, 0)})
		}
	}
}

// read takes along what somebody read in the mails of from, unless into has the
// same mail and nobody read it there.
func (m *merging) read() {
	for _, e := range m.from.history.Events {
		shared := slices.ContainsFunc(m.into.history.Inbound, func(in Inbound) bool { return in.ID == e.Message })
		if e.Kind == KindRead && e.Message != "" && !shared {
			e.Evidence = m.because("wrote: "+e.Evidence, e.Seq)
			e.Corrects = 0
			m.add(e)
		}
	}
}

func correctedOf(h History) map[int64]bool {
	corrected := map[int64]bool{}
	for _, e := range h.Events {
		if e.Kind == KindCorrected {
			corrected[e.Corrects] = true
		}
	}
	return corrected
}

func lastSeq(h History) (seq int64) {
	for _, e := range h.Events {
		seq = max(seq, e.Seq)
	}
	return seq
}

// MergeLeads gives the facts of two leads as one, the fields that change, and the
// sentences a rep must know. Gaps of into are filled. The origin is the earlier of
// the two, for the terms of the notice began with it; a bought list stays one. Of
// two countries none is right until somebody says which: unknown is strict.
func MergeLeads(into, from Lead) (Lead, []string, []string) {
	merged, _ := into.FillGaps(from)
	var told []string
	if into.Country != "" && from.Country != "" && into.Country != from.Country {
		merged.Country = ""
		told = append(told, fmt.Sprintf("One has the country %s and the other %s: it is unknown, and the strictest rule holds, until you say which.", into.Country, from.Country))
	}
	if from.IsLead() {
		if from.Since.Before(merged.Since) {
			merged.Since = from.Since
		}
		if !from.ObtainedAt.IsZero() && from.ObtainedAt.Before(merged.ObtainedAt) {
			merged.Source, merged.SourceKind, merged.SourcePublic, merged.ObtainedAt = from.Source, from.SourceKind, from.SourcePublic, from.ObtainedAt
			told = append(told, "The data of the other lead was obtained earlier: source and date are theirs.")
		}
		if into.SourceKind == SourceBought || from.SourceKind == SourceBought {
			merged.SourceKind = SourceBought
		}
	}
	return merged, ChangedFields(into, merged), told
}

// MergePlan is what making one lead of two does.
type MergePlan struct {
	Into, From Lead
	Result     Lead     // the facts of the one that stays
	Fields     []string // what changes of them
	Told       []string // what the rep must know, a sentence each
	Events     []Event  // what the ledger of Into gets
}

// Closing is the sentences about what the merged lead may not be sent any more.
func (p MergePlan) Closing() []string {
	var list []string
	for _, e := range p.Events {
		switch e.Kind {
		case KindObjected:
			list = append(list, "objection")
		case KindRefused, KindWithdrawn:
			list = append(list, e.Purpose.Title()+" "+string(e.Kind))
		case KindRestricted, KindHeld:
			list = append(list, string(e.Kind))
		case KindCorrected:
			list = append(list, fmt.Sprintf("entry %d no longer counts (%s)", e.Corrects, strings.TrimPrefix(e.Evidence, "merged: ")))
		}
	}
	return list
}

// PlanMerge plans it. It decides nothing about whether the two are the same.
func PlanMerge(into, from History, now time.Time) MergePlan {
	plan := MergePlan{Into: into.Lead, From: from.Lead, Events: Merge(into, from, now)}
	plan.Result, plan.Fields, plan.Told = MergeLeads(into.Lead, from.Lead)
	return plan
}
