package store_test

import (
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// pair is two leads who turn out to be one: the first agreed to mail, the second said no to tracking.
func pair(d *desk) (keep, other mail.PersonID) {
	keep, other = d.aLead("Ewa <ewa@kupiec.example>"), d.aLead("E. Nowak <e.nowak@kupiec.example>")
	lead := ok(d.History(ctx, other))(d.t).Lead
	lead.Company, lead.Note = "Kupiec", "met twice"
	d.must(d.SaveLead(ctx, lead))
	say := func(person mail.PersonID, kind consent.Kind, purpose consent.Purpose) {
		ok(d.Record(ctx, consent.Event{Person: person, Kind: kind, Purpose: purpose, Method: consent.ByPhone, Wording: "Yes.", Language: "en", Evidence: "call, note in the diary", At: d.now}))(d.t)
	}
	say(keep, consent.KindGranted, consent.MarketingEmail)
	say(keep, consent.KindGranted, consent.TrackOpen)
	say(other, consent.KindRefused, consent.TrackOpen)
	d.now = d.now.Add(time.Hour)
	return keep, other
}

func TestG11_TwoLeadsBecomeOne(t *testing.T) {
	d := newDesk(t)
	keep, other := pair(d)
	before := ok(d.Counts(ctx))(t)
	plan := ok(d.PlanMerge(ctx, keep, other))(t)
	if after := ok(d.Counts(ctx))(t); after != before || len(plan.Events) < 3 {
		t.Fatalf("the plan wrote something, or is empty: %+v", plan)
	}
	ok(d.MergeLeads(ctx, keep, other))(t)
	h := ok(d.History(ctx, keep))(t)
	s := consent.Stand(h, consent.Controller{}, d.now)
	if s.State(consent.MarketingEmail) != consent.NeverAsked || s.State(consent.TrackOpen) != consent.Refused {
		t.Errorf("it stands %s and %s", s.State(consent.MarketingEmail), s.State(consent.TrackOpen))
	}
	if h.Lead.Name != "Ewa" || h.Lead.Company != "Kupiec" || h.Lead.Note != "met twice" || len(h.Inbound) != 2 {
		t.Errorf("the one is %+v with %d mails", h.Lead, len(h.Inbound))
	}
	if counts := ok(d.Counts(ctx))(t); counts.Leads != 1 || counts.All != 1 {
		t.Errorf("the inbox counts %+v", counts)
	}
	if from := d.provenance(keep); len(from["company"]) != 1 {
		t.Errorf("the company came from %v", from["company"])
	}
	// The number that was left behind, and its address, lead to the one that stays.
	if left := ok(d.History(ctx, other))(t); left.Lead.ID != keep {
		t.Errorf("the old number is %d", left.Lead.ID)
	}
	if found := ok(d.Find(ctx, address("E.Nowak@kupiec.example")))(t); found.ID != keep {
		t.Errorf("the old address is of %d", found.ID)
	}
	d.receive(d.came("e.nowak@kupiec.example", time.Minute))
	if entries := d.entries(keep); len(entries) != 3 {
		t.Errorf("%d mails are with the one, want 3", len(entries))
	}
	if counts := ok(d.Counts(ctx))(t); counts.All != 1 {
		t.Errorf("a mail from the alias made a person: %+v", counts)
	}
	results := ok(d.ImportLeads(ctx, []consent.ImportItem{d.item(2, "e.nowak@kupiec.example", named("Another"))}))(t)
	if results[0].Outcome != consent.ImportUnchanged || results[0].Person != keep {
		t.Errorf("an import of the alias: %+v", results[0])
	}
}

// TestL21_2_WhoStopsUnderOneAddressStopsUnderAll: an entry for the old number is
// an entry for the one, and closes every address.
func TestL21_2_WhoStopsUnderOneAddressStopsUnderAll(t *testing.T) {
	d := newDesk(t)
	keep, other := pair(d)
	ok(d.MergeLeads(ctx, keep, other))(t)
	recorded := ok(d.Record(ctx, objection(other, d.now)))(t)
	if recorded.Person != keep {
		t.Errorf("the objection is of %d", recorded.Person)
	}
	for _, a := range []string{"ewa@kupiec.example", "e.nowak@kupiec.example"} {
		if !ok(d.Suppressed(ctx, address(a)))(t) {
			t.Errorf("one of the addresses is not closed")
		}
	}
	gate := consent.NewGate(d.DB, consent.Controller{}, func() time.Time { return d.now })
	if _, err := gate.MayTrack(ctx, other, consent.TrackOpen); err == nil {
		t.Error("the old number may be tracked")
	}
}

func TestG11_AnObjectionOfTheOtherCloses(t *testing.T) {
	d := newDesk(t)
	keep, other := pair(d)
	ok(d.Record(ctx, objection(other, d.now)))(t)
	ok(d.MergeLeads(ctx, keep, other))(t)
	h := ok(d.History(ctx, keep))(t)
	if s := consent.Stand(h, consent.Controller{}, d.now); !s.Objected || !h.Suppressed || !ok(d.Suppressed(ctx, address("ewa@kupiec.example")))(t) {
		t.Errorf("it stands %+v", s)
	}
}

func TestMergeIsRefused(t *testing.T) {
	d := newDesk(t)
	keep, other := pair(d)
	refuse := func(into, from mail.PersonID) {
		t.Helper()
		_, err := d.MergeLeads(ctx, into, from)
		refused(t, err)
	}
	refuse(keep, keep)
	refuse(keep, 999)
	d.receive(d.came("stranger@kupiec.example", time.Hour))
	refuse(d.person("stranger@kupiec.example"), other)
	draft := ok(d.SaveDraft(ctx, mail.Draft{Person: other, To: address("e.nowak@kupiec.example"), Subject: "x", Text: "y"}))(t)
	refuse(keep, other)
	d.must(d.Discard(ctx, draft.ID))
	ok(d.Record(ctx, consent.Event{Person: other, Kind: consent.KindRequested, Right: consent.RightAccess, Method: consent.ByPhone, Evidence: "call", At: d.now}))(t)
	refuse(keep, other)
	if counts := ok(d.Counts(ctx))(t); counts.Leads != 2 {
		t.Errorf("a refused merge left %+v", counts)
	}
}

// TestMergeOfMerged: who was merged into somebody who is merged again is still found.
func TestMergeOfMerged(t *testing.T) {
	d := newDesk(t)
	keep, other := pair(d)
	third := d.aLead("third@kupiec.example")
	ok(d.MergeLeads(ctx, keep, other))(t)
	ok(d.MergeLeads(ctx, third, keep))(t)
	for _, id := range []mail.PersonID{keep, other, third} {
		if h := ok(d.History(ctx, id))(t); h.Lead.ID != third {
			t.Errorf("%d leads to %d, want %d", id, h.Lead.ID, third)
		}
	}
	if found := ok(d.Find(ctx, address("e.nowak@kupiec.example")))(t); found.ID != third {
		t.Errorf("the first alias is of %d", found.ID)
	}
	ok(d.Erase(ctx, other, "they asked for it"))(t)
	for _, a := range []string{"ewa@kupiec.example", "e.nowak@kupiec.example", "third@kupiec.example"} {
		if _, err := d.Find(ctx, address(a)); err == nil {
			t.Error("an address of an erased person is still there")
		}
		if !ok(d.Suppressed(ctx, address(a)))(t) {
			t.Error("an address of an erased person can come in again")
		}
	}
}
