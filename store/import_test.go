package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
)

// row is a row of a list from the fair.
func (d *desk) item(line int, email string, change ...func(*consent.Lead)) consent.ImportItem {
	l := consent.Lead{
		Address: address(email), Source: "Fair in Poznań", SourceKind: consent.SourceEvent, ObtainedAt: d.now.Add(-48 * time.Hour),
	}
	for _, c := range change {
		c(&l)
	}
	return consent.ImportItem{Line: line, Lead: l}
}

func named(name string) func(*consent.Lead)   { return func(l *consent.Lead) { l.Name = name } }
func firm(company string) func(*consent.Lead) { return func(l *consent.Lead) { l.Company = company } }

func (d *desk) leadOf(email string) consent.Lead {
	d.t.Helper()
	return ok(d.History(ctx, d.person(address(email).Key())))(d.t).Lead
}

func outcomes(results []consent.ImportResult) (list []consent.ImportOutcome) {
	for _, r := range results {
		list = append(list, r.Outcome)
	}
	return list
}

// TestG30_ImportFillsGapsOnly goes through all that can become of a row.
func TestG30_ImportFillsGapsOnly(t *testing.T) {
	d := newDesk(t)
	known := d.aLead("Ewa <ewa@kupiec.pl>") // wrote to us, is a lead, has no company
	d.receive(d.came("Jan <jan@sklep.example>", time.Hour))
	items := []consent.ImportItem{
		d.item(2, "ewa@kupiec.pl", named("Another name"), firm("Kupiec")),
		d.item(3, "jan@sklep.example", firm("Sklep")),
		d.item(4, "new@firma.example", named("Nora")),
		d.item(5, "NEW@Firma.example", named("Somebody else"), firm("Firma")),
		d.item(6, "new@firma.example", named("Nora")),
		d.item(7, "marta@firma.example", func(l *consent.Lead) { l.Address = mail.Address{Email: d.options.Account.Email} }),
		d.item(8, "x@firma.example", func(l *consent.Lead) { l.SourceKind = "" }),
	}
	want := []consent.ImportOutcome{consent.ImportFilled, consent.ImportAdded, consent.ImportAdded, consent.ImportFilled, consent.ImportUnchanged, consent.ImportRefused, consent.ImportRefused}
	before := ok(d.Counts(ctx))(t)
	if plan := ok(d.PlanImport(ctx, items))(t); !slices.Equal(outcomes(plan), want) {
		t.Errorf("the plan is %+v", plan)
	}
	if after := ok(d.Counts(ctx))(t); after != before {
		t.Fatal("a plan wrote something")
	}
	results := ok(d.ImportLeads(ctx, items))(t)
	if !slices.Equal(outcomes(results), want) {
		t.Errorf("the results are %+v", results)
	}
	if !slices.Equal(results[0].Fields, []string{"company"}) || results[0].Person != known || !strings.Contains(strings.Join(results[3].Notes, ""), "line 4") {
		t.Errorf("told of are %+v and %+v", results[0], results[3])
	}
	ewa, jan, nora := d.leadOf("ewa@kupiec.pl"), d.leadOf("jan@sklep.example"), d.leadOf("new@firma.example")
	if ewa.Name != "Ewa" || ewa.Company != "Kupiec" || !strings.HasPrefix(ewa.Source, "e-mail to us") || ewa.SourceKind != consent.SourceInbound {
		t.Errorf("the known lead is %+v", ewa)
	}
	if !jan.IsLead() || jan.Name != "Jan" || jan.Source != "Fair in Poznań" || nora.Name != "Nora" || nora.Company != "Firma" || !nora.Since.Equal(d.now) {
		t.Errorf("added are %+v and %+v", jan, nora)
	}
	if from := d.provenance(known); !slices.Equal(from["company"], []string{"Fair in Poznań"}) || !strings.HasPrefix(from["name"][0], "e-mail to us") {
		t.Errorf("the facts came from %v", from)
	}
	if found := ok(d.Rows(ctx, consent.Query{Split: consent.SplitLeads, Search: "nora", Limit: 5}))(t); len(found.Rows) != 1 {
		t.Error("the new lead is not found by name")
	}
	if again := ok(d.ImportLeads(ctx, items))(t); again[0].Outcome != consent.ImportUnchanged || again[1].Outcome != consent.ImportUnchanged {
		t.Errorf("a second time: %+v", again)
	}
}

// TestL17_3_ImportRevivesNobody: who objected, was erased, is restricted or
// withdrew stays as they are, whatever a list says.
func TestL17_3_ImportRevivesNobody(t *testing.T) {
	d := newDesk(t)
	objected, erased, restricted, withdrew := d.aLead("objected@kupiec.example"), d.aLead("erased@kupiec.example"), d.aLead("kept@kupiec.example"), d.aLead("went@kupiec.example")
	ok(d.Record(ctx, objection(objected, d.now)))(t)
	event := func(person mail.PersonID, kind consent.Kind, change ...func(*consent.Event)) {
		e := consent.Event{Person: person, Kind: kind, Method: consent.ByPhone, Evidence: "call, note in the diary", At: d.now}
		for _, c := range change {
			c(&e)
		}
		ok(d.Record(ctx, e))(t)
	}
	event(restricted, consent.KindRestricted)
	event(withdrew, consent.KindWithdrawn, func(e *consent.Event) { e.Purpose = consent.MarketingEmail })
	ok(d.Erase(ctx, erased, "they asked for it"))(t)
	d.now = d.now.Add(time.Hour)
	results := ok(d.ImportLeads(ctx, []consent.ImportItem{
		d.item(2, "OBJECTED@kupiec.example", firm("X")), d.item(3, "erased@Kupiec.example", firm("X")), d.item(4, "kept@kupiec.example", firm("X")),
		d.item(5, "went@kupiec.example", firm("X")),
	}))(t)
	if want := []consent.ImportOutcome{consent.ImportRefused, consent.ImportRefused, consent.ImportRefused, consent.ImportFilled}; !slices.Equal(outcomes(results), want) {
		t.Fatalf("the results are %+v", results)
	}
	for _, r := range results[:3] {
		if r.Why == "" || strings.Contains(r.Why, "@") {
			t.Errorf("line %d: %q", r.Line, r.Why)
		}
	}
	if _, known := d.row("erased@kupiec.example"); known {
		t.Error("an erased person is back")
	}
	history := ok(d.History(ctx, withdrew))(t)
	if s := consent.Stand(history, consent.Controller{}, d.now); s.State(consent.MarketingEmail) != consent.Withdrawn {
		t.Errorf("what was withdrawn is %s", s.State(consent.MarketingEmail))
	}
	if ok(d.History(ctx, restricted))(t).Lead.Company != "" {
		t.Error("restricted data was written to")
	}
}

// TestA2_AListWithOneReasonForAllIsSeen: the same reason pasted into every row is
// known as that, as if a rep had typed it.
func TestA2_AListWithOneReasonForAllIsSeen(t *testing.T) {
	d := newDesk(t)
	because := func(l *consent.Lead) { l.Reason = "Your firm opens a new hall in spring and looks for light in it." }
	ok(d.ImportLeads(ctx, []consent.ImportItem{d.item(2, "a@x.example", because), d.item(3, "b@x.example", because), d.item(4, "c@x.example", because)}))(t)
	if twins := ok(d.History(ctx, d.person("b@x.example")))(t).Twins; twins != 2 {
		t.Errorf("%d others have this reason, want 2", twins)
	}
}

// TestACancelledImportLeavesNothing ends an import at its hundredth row.
func TestACancelledImportLeavesNothing(t *testing.T) {
	d := newDesk(t)
	stopping, cancel := context.WithCancel(ctx)
	defer cancel()
	var items []consent.ImportItem
	for i := range 200 {
		items = append(items, d.item(i+2, fmt.Sprintf("p%d@firma.example", i)))
	}
	var asked atomic.Int64 // the driver asks from its own goroutine too
	count := &countdown{Context: stopping, at: func() {
		if asked.Add(1) == 300 {
			cancel()
		}
	}}
	if _, err := d.ImportLeads(count, items); !errors.Is(err, context.Canceled) {
		t.Fatalf("the import ended with %v", err)
	}
	if counts := ok(d.Counts(ctx))(t); counts.Leads != 0 || counts.All != 0 {
		t.Errorf("left are %+v", counts)
	}
}

// countdown is a context that counts how often it is asked.
type countdown struct {
	context.Context
	at func()
}

func (c *countdown) Err() error {
	c.at()
	return c.Context.Err()
}

// TestImportIsTheSameInOnePieceOrMore: what a list does to the store does not
// depend on how it is cut, and never takes a value away.
func TestImportIsTheSameInOnePieceOrMore(t *testing.T) {
	one, two, round := newDesk(t), newDesk(t), 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		word := rapid.SampledFrom([]string{"", "", "A", "B"})
		domain := fmt.Sprintf("@x%d.example", round)
		var items []consent.ImportItem
		for i := range rapid.IntRange(1, 8).Draw(rt, "rows") {
			items = append(items, one.item(i+2, rapid.SampledFrom([]string{"a", "A", "b"}).Draw(rt, "who")+domain,
				named(word.Draw(rt, "name")), firm(word.Draw(rt, "company"))))
		}
		cut := rapid.IntRange(0, len(items)).Draw(rt, "cut")
		whole := ok(one.ImportLeads(ctx, items))(t)
		parts := slices.Concat(ok(two.ImportLeads(ctx, items[:cut]))(t), ok(two.ImportLeads(ctx, items[cut:]))(t))
		if !slices.Equal(outcomes(whole), outcomes(parts)) {
			rt.Fatalf("whole %v, in parts %v", outcomes(whole), outcomes(parts))
		}
		for _, who := range []string{"a" + domain, "b" + domain} {
			first, known := one.row(who)
			second, also := two.row(who)
			first.Lead.ID, second.Lead.ID = 0, 0
			if known != also || first.Lead != second.Lead {
				rt.Fatalf("%+v and %+v", first.Lead, second.Lead)
			}
		}
	})
}

func BenchmarkImport(b *testing.B) {
	for _, rows := range []int{1_000, 100_000} {
		b.Run(fmt.Sprintf("%d rows", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				d := newDesk(b)
				items := make([]consent.ImportItem, rows)
				for i := range items {
					items[i] = d.item(i+2, fmt.Sprintf("person%d@firm%d.example", i, i%5000), named(fmt.Sprintf("Ewa Nowak %d", i)), firm("Firma sp. z o.o."), func(l *consent.Lead) {
						l.Reason = fmt.Sprintf("Państwa firma %d otwiera wiosną nową halę i szuka oświetlenia do niej.", i)
					})
				}
				b.StartTimer()
				results, err := d.ImportLeads(ctx, items)
				if err != nil || consent.CountImport(results).Added != rows {
					b.Fatal(err, consent.CountImport(results))
				}
			}
		})
	}
}
