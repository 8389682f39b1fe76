package store_test

import (
	"testing"
	"time"

	"zgoda/consent"
)

func (d *desk) uses() map[string]consent.FieldUse {
	d.t.Helper()
	got := map[string]consent.FieldUse{}
	for _, u := range ok(d.FieldUses(ctx))(d.t) {
		got[u.Field.Name] = u
	}
	return got
}

// TestS34_FieldsTellFillAndUse counts what leads have and what it served, over a
// restart and over ninety days.
func TestS34_FieldsTellFillAndUse(t *testing.T) {
	d := newDesk(t)
	ok(d.ImportLeads(ctx, []consent.ImportItem{d.item(2, "a@x.example", named("Ann"), firm("Firm")), d.item(3, "b@x.example", named("Bob"))}))(t)
	u := d.uses()
	if u["name"].Filled != 2 || u["company"].Filled != 1 || u["role"].Filled != 0 || u["source_public"].Leads != 2 || len(u) != len(consent.Fields()) {
		t.Errorf("filled are %+v", u)
	}
	d.Used(consent.FieldName, consent.FieldName)
	ok(d.Rows(ctx, consent.Query{Split: consent.SplitLeads, Search: "ann", Limit: 5}))(t)
	d.reopen() // what was counted is saved when the database is closed
	if u = d.uses(); u["name"].Uses != 3 || u["company"].Uses != 1 || u["role"].Uses != 0 || u["company"].Unused() {
		t.Errorf("used are name %+v, company %+v", u["name"], u["company"])
	}
	// The gate rests on the reason and the source of the lead that it judges.
	lead := d.leadOf("a@x.example")
	lead.Reason, lead.Country = "Your firm opens a new hall in spring and looks for light in it.", "GB"
	d.must(d.SaveLead(ctx, lead))
	gate := consent.NewGate(d.DB, consent.Controller{}, func() time.Time { return d.now })
	if _, err := gate.MayQueue(ctx, consent.Letter{Person: lead.ID}); err != nil {
		t.Fatal(err)
	}
	if u = d.uses(); u["reason"].Uses != 1 || u["country"].Uses != 1 || u["source"].Uses != 1 {
		t.Errorf("the gate used %+v", u["reason"])
	}
	d.now = d.now.Add(91 * 24 * time.Hour)
	if u = d.uses(); u["company"].Uses != 0 || !u["company"].Unused() || u["source"].Unused() || u["role"].Unused() {
		t.Errorf("after ninety days: %+v", u["company"])
	}
}

func TestS31_PurgeEmptiesAFieldEverywhere(t *testing.T) {
	d := newDesk(t)
	ok(d.ImportLeads(ctx, []consent.ImportItem{d.item(2, "a@x.example", named("Ann"), firm("Unikalna")), d.item(3, "b@x.example", named("Bob"))}))(t)
	if n := ok(d.PurgeField(ctx, consent.FieldCompany))(t); n != 1 {
		t.Errorf("purged on %d leads", n)
	}
	id := d.person("a@x.example")
	if lead := ok(d.History(ctx, id))(t).Lead; lead.Company != "" || lead.Name != "Ann" {
		t.Errorf("the lead is %+v", lead)
	}
	if _, known := d.provenance(id)["company"]; known {
		t.Error("where the value came from is still told")
	}
	if page := ok(d.Rows(ctx, consent.Query{Split: consent.SplitLeads, Search: "unikalna", Limit: 5}))(t); len(page.Rows) != 0 {
		t.Error("the search still knows the value")
	}
	for _, field := range []string{consent.FieldSource, consent.FieldAddress, consent.FieldSole, "shoe size"} {
		_, err := d.PurgeField(ctx, field)
		refused(t, err)
	}
}
