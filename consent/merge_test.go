package consent

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/mail"
)

const jan mail.PersonID = 77

// rank is how much a state permits.
func rank(s State) int {
	switch s {
	case Granted:
		return 3
	case NeverAsked, Asked:
		return 2
	case Expired:
		return 1
	}
	return 0
}

// merged is into as it stands once the ledger got what Merge gives.
func merged(into, from History, now time.Time) History {
	seq := int64(1000)
	into.Events = slices.Clone(into.Events)
	for _, e := range Merge(into, from, now) {
		seq++
		e.Seq, e.Actor, e.RecordedAt = seq, "marta", now
		into.Events = append(into.Events, e)
	}
	into.Inbound = slices.Concat(into.Inbound, from.Inbound)
	into.Suppressed = into.Suppressed || from.Suppressed
	into.Head = seq
	return into
}

var mergedKinds = append(slices.Clone(allKinds), KindRestricted, KindReleased, KindHeld, KindUnheld, KindEvidence, KindOverride, KindRead)

// half is one of two leads who are the same person: numbers are odd or even.
func half(t *rapid.T, person mail.PersonID, country string, odd int64) History {
	var events []Event
	for i := range int64(rapid.IntRange(0, 6).Draw(t, "events")) {
		e := anyEvent(t, 2*i+2+odd, mergedKinds...)
		e.Person, e.Fact = person, rapid.SampledFrom(Facts()).Draw(t, "fact")
		e.Corrects = 2*rapid.Int64Range(0, 6).Draw(t, "corrected") + odd
		if e.At.After(noon) { // the store takes nothing of the future
			e.At = noon
		}
		events = append(events, e)
	}
	if rapid.Bool().Draw(t, "agreed") { // else two grants of one purpose are rare
		e := event(20+odd, rapid.SampledFrom([]Kind{KindGranted, KindGranted, KindSoftOptIn, KindNotice}).Draw(t, "yes"), rapid.SampledFrom(Purposes()[:2]).Draw(t, "agreed to"), ago(1))
		e.Person = person
		if rapid.Bool().Draw(t, "for a time") {
			e.ValidUntil = noon.Add(time.Duration(rapid.IntRange(1, 9*24).Draw(t, "until")) * time.Hour)
		}
		events = append(events, e)
	}
	h := past(country, events...)
	h.Lead.ID, h.Suppressed = person, rapid.IntRange(0, 9).Draw(t, "suppressed") == 0
	if rapid.Bool().Draw(t, "wrote") {
		h.Inbound = []Inbound{{ID: mail.MessageID("mail" + string(rune('a'+odd)) + "@studio.example"), At: ago(rapid.IntRange(0, 9).Draw(t, "their mail"))}}
	}
	return h
}

// TestG11_LeastPermissiveWins: after a merge no purpose is more open than it was
// for either, now and at any later time, and what was refused to one is refused.
func TestG11_LeastPermissiveWins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		country := rapid.SampledFrom([]string{"US", "DE", "FR", ""}).Draw(t, "country")
		a, b, c := half(t, ewa, country, 0), half(t, jan, country, 1), company("US")
		one := merged(a, b, noon)
		at := noon.Add(time.Duration(rapid.IntRange(0, 8*24).Draw(t, "hours later")) * time.Hour)
		before, other, after := Stand(a, c, at), Stand(b, c, at), Stand(one, c, at)
		for _, p := range Purposes() {
			if rank(after.State(p)) > min(rank(before.State(p)), rank(other.State(p))) {
				t.Fatalf("%s: of %s and %s became %s", p, before.State(p), other.State(p), after.State(p))
			}
			if DecideTrack(one, p, at).Allowed() && !(DecideTrack(a, p, at).Allowed() && DecideTrack(b, p, at).Allowed()) {
				t.Fatalf("%s may be used, and could not be for both", p)
			}
		}
		if (before.Closed() || other.Closed()) && !after.Closed() {
			t.Fatal("a person who was closed is open")
		}
		f, g, both := fold(a, at), fold(b, at), fold(one, at)
		if both.soft && !(f.soft && g.soft) || !both.informed.IsZero() && (f.informed.IsZero() || g.informed.IsZero()) {
			t.Fatal("a soft opt-in or a notice stands that stood for one alone")
		}
		if mayWrite(one, c, at) && !(mayWrite(a, c, at) && mayWrite(b, c, at)) {
			t.Fatal("a first mail may go, and could not to both")
		}
	})
}

// mayWrite reports whether a first mail may go on any basis, each with the text
// that it asks for. Their own mails are left out: an answer to one needs no more.
func mayWrite(h History, c Controller, now time.Time) bool {
	h.Inbound = nil
	return slices.ContainsFunc([]Basis{BasisConsent, BasisSoft, BasisInterest}, func(basis Basis) bool {
		return DecideSend(h, letterFor(h, c, basis, Tracking{}), c, now).Allowed()
	})
}

// TestG11_EntriesCanBeRecorded: the ledger takes every entry that a merge gives.
func TestG11_EntriesCanBeRecorded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := half(t, ewa, "US", 0), half(t, jan, "US", 1)
		for i, e := range Merge(a, b, noon) {
			e.Actor = "marta"
			if err := e.Validate(noon); err != nil {
				t.Fatalf("%s %s: %v", e.Kind, e.Purpose, err)
			}
			if e.Person != ewa || (i == 0) != (e.Kind == KindMerged) || e.Kind == KindGranted && Stand(b, company("US"), noon).State(e.Purpose) != Granted {
				t.Fatalf("entry %d is %+v", i, e)
			}
		}
	})
}

func TestG11_MergeByExample(t *testing.T) {
	grant := func(seq int64, who mail.PersonID, p Purpose, until time.Time) Event {
		e := event(seq, KindGranted, p, ago(5))
		e.Person, e.ValidUntil = who, until
		return e
	}
	for name, c := range map[string]struct {
		into, from []Event
		want       string // states of marketing and open tracking
	}{
		"nothing":              {nil, nil, "never asked, never asked"},
		"one grant":            {[]Event{grant(2, ewa, MarketingEmail, time.Time{})}, nil, "never asked, never asked"},
		"the other's grant":    {nil, []Event{grant(3, jan, MarketingEmail, time.Time{})}, "never asked, never asked"},
		"both grants":          {[]Event{grant(2, ewa, MarketingEmail, time.Time{})}, []Event{grant(3, jan, MarketingEmail, ago(-9))}, "granted, never asked"},
		"a grant with an end":  {[]Event{grant(2, ewa, MarketingEmail, ago(-9))}, nil, "withdrawn, withdrawn"},
		"refused by the other": {[]Event{grant(2, ewa, TrackOpen, time.Time{})}, []Event{with(event(3, KindRefused, TrackOpen, ago(2)), func(e *Event) { e.Person = jan })}, "never asked, refused"},
		"objected":             {[]Event{grant(2, ewa, MarketingEmail, time.Time{})}, []Event{with(event(3, KindObjected, "", ago(2)), func(e *Event) { e.Person = jan })}, "withdrawn, withdrawn"},
	} {
		a, b := past("US", c.into...), past("US", c.from...)
		b.Lead.ID = jan
		s := Stand(merged(a, b, noon), company("US"), noon)
		if got := string(s.State(MarketingEmail)) + ", " + string(s.State(TrackOpen)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	bounded := merged(past("US", grant(2, ewa, MarketingEmail, time.Time{})), as(past("US", grant(3, jan, MarketingEmail, ago(-9))), jan), noon)
	if got := Stand(bounded, company("US"), ago(-10)).State(MarketingEmail); got != Expired {
		t.Errorf("after the end of the shorter grant it is %s", got)
	}
}

func as(h History, id mail.PersonID) History {
	h.Lead.ID = id
	return h
}

func TestMergeLeads(t *testing.T) {
	a, b := lead("GB"), lead("DE")
	a.Note, b.Note, b.Since, b.ObtainedAt, b.Source, b.SourceKind = "", "met twice", ago(9), ago(9), "a list", SourceBought
	got, fields, told := MergeLeads(a, b)
	if got.Note != "met twice" || got.Name != a.Name || got.Country != "" || got.SourceKind != SourceBought || got.Source != "a list" || !got.ObtainedAt.Equal(ago(9)) || !got.Since.Equal(ago(9)) {
		t.Errorf("merged is %+v", got)
	}
	if len(told) != 2 || !slices.Contains(fields, FieldNote) || !slices.Contains(fields, FieldCountry) {
		t.Errorf("told of %v: %s", fields, strings.Join(told, " "))
	}
	plan := PlanMerge(past("GB"), as(past("DE", with(event(3, KindObjected, "", ago(2)), func(e *Event) { e.Person = jan })), jan), noon)
	if plan.Result.Country != "" || !slices.Contains(plan.Closing(), "objection") {
		t.Errorf("the plan closes %v", plan.Closing())
	}
}
