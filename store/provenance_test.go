package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

func (d *desk) provenance(id mail.PersonID) map[string][]string {
	d.t.Helper()
	got := map[string][]string{}
	for _, p := range ok(d.Provenance(ctx, id))(d.t) {
		if p.Actor != d.options.Actor || p.At.IsZero() {
			d.t.Errorf("%s: actor or time is missing: %+v", p.Field, p)
		}
		got[p.Field] = append(got[p.Field], p.Source)
	}
	return got
}

// TestG29_EveryFactHasItsSource follows one lead's facts from their making to
// their end: each field that changes tells where it came from, and no old value.
func TestG29_EveryFactHasItsSource(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("Ewa Żółć <ewa@kupiec.pl>")
	first := d.provenance(id)
	for _, field := range []string{"address", "name", "language", "source", "source_kind", "obtained_at"} {
		if len(first[field]) != 1 || !strings.HasPrefix(first[field][0], "e-mail to us") {
			t.Errorf("%s came from %v", field, first[field])
		}
	}
	if _, known := first["company"]; known {
		t.Error("a fact that is not there has a source")
	}
	d.now = d.now.Add(time.Hour)
	lead := ok(d.History(ctx, id))(t).Lead
	lead.Company, lead.Name = "Kupiec", "Ewa K."
	d.must(d.SaveLead(ctx, lead))
	second := d.provenance(id)
	if !slices.Equal(second["company"], []string{consent.SourceTyped}) || len(second["name"]) != 2 || second["name"][1] != consent.SourceTyped {
		t.Errorf("after the rep wrote: %v", second)
	}
	if len(second["language"]) != 1 {
		t.Error("a fact that did not change has a new source")
	}
	lead.Company = ""
	d.must(d.SaveLead(ctx, lead))
	if _, known := d.provenance(id)["company"]; known {
		t.Error("an emptied fact still has a source")
	}
	d.must(d.UnmakeLead(ctx, id))
	if left := d.provenance(id); len(left) != 0 {
		t.Errorf("of somebody who is no lead there is left: %v", left)
	}
}

// TestL9_TheStoreRefusesWhatMayNotBeKept: the same for every way in.
func TestL9_TheStoreRefusesWhatMayNotBeKept(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	lead := ok(d.History(ctx, id))(t).Lead
	bad := lead
	bad.Reason = "Your firm needs light for a worker who has diabetes since spring."
	refused(t, d.SaveLead(ctx, bad))
	bad = lead
	bad.Note = "She has diabetes"
	if told := refused(t, d.SaveLead(ctx, bad)); !strings.Contains(told.NextStep, consent.KeepWord) {
		t.Errorf("the way forward is %q", told.NextStep)
	}
	bad.Note += "\nkeep: she asked for sugar-free coffee at the talk"
	d.must(d.SaveLead(ctx, bad))
	bad.Company = "Kupiec" // what is kept already is not asked about again
	d.must(d.SaveLead(ctx, bad))
	_, err := d.AddLead(ctx, consent.Lead{
		Address: address("jan@kupiec.example"), Source: "fair", SourceKind: consent.SourceEvent, ObtainedAt: d.now, Role: "CEO, born 1970",
	})
	refused(t, err)
}
