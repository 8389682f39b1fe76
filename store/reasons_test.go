package store_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
	"zgoda/store/storetest"
)

// reasoned makes a lead with a reason.
func (d *desk) reasoned(n int, reason string) consent.Lead {
	d.t.Helper()
	return ok(d.AddLead(ctx, consent.Lead{
		Address: mail.Address{Email: fmt.Sprintf("person%d@firm%d.example", n, n)}, Source: "their website", SourceKind: consent.SourceResearch,
		ObtainedAt: d.now.Add(-time.Hour), Reason: reason,
	}))(d.t)
}

func (d *desk) twinsOf(lead consent.Lead) int {
	d.t.Helper()
	return ok(d.History(ctx, lead.ID))(d.t).Twins
}

const (
	studio = "You open a second studio in %s in March and asked four architects for bids for its ceiling lights."
	canon  = "Your printing floor loses an hour a day to the glare of its western windows, as your foreman said at the fair."
)

// TestA2_TwinsAreCounted while leads come, change and go.
func TestA2_TwinsAreCounted(t *testing.T) {
	d := newDesk(t)
	first := d.reasoned(1, fmt.Sprintf(studio, "Cork"))
	other := d.reasoned(2, canon)
	if n := d.twinsOf(first); n != 0 {
		t.Fatalf("%d twins of the only one", n)
	}
	second, third := d.reasoned(3, fmt.Sprintf(studio, "Galway")), d.reasoned(4, strings.ToUpper(fmt.Sprintf(studio, "")[:1])+fmt.Sprintf(studio, "Kerry")[1:])
	for _, lead := range []consent.Lead{first, second, third} {
		if n := d.twinsOf(lead); n != 2 {
			t.Errorf("lead %d has %d twins, not 2", lead.ID, n)
		}
	}
	if n := d.twinsOf(other); n != 0 {
		t.Errorf("the other one has %d twins", n)
	}
	second.Reason = "The roof of your museum is opened in May, and its curator asked in the local paper who could light the stairs."
	d.must(d.SaveLead(ctx, second))
	if n := d.twinsOf(first); n != 1 {
		t.Errorf("%d twins after one was written anew", n)
	}
	d.must(d.UnmakeLead(ctx, third.ID))
	if n := d.twinsOf(first); n != 0 {
		t.Errorf("%d twins after the other is no lead any more", n)
	}
}

// TestA2_CountingEnds: thousands of the same reason cost no more than a few.
func TestA2_CountingEnds(t *testing.T) {
	d := newDesk(t)
	var lead consent.Lead
	for n := range 80 {
		lead = d.reasoned(n, fmt.Sprintf(studio, "Cork"))
	}
	if n := d.twinsOf(lead); n != 50 {
		t.Errorf("%d twins of 79 others", n)
	}
}

// TestA2_AnOlderFileLearnsItsReasons: a file whose reasons have no pieces yet gets them at open.
func TestA2_AnOlderFileLearnsItsReasons(t *testing.T) {
	d := newDesk(t)
	lead := d.reasoned(1, fmt.Sprintf(studio, "Cork"))
	d.reasoned(2, fmt.Sprintf(studio, "Galway"))
	d.must(d.Exec(ctx, `DELETE FROM reason_bands`))
	d.must(d.Exec(ctx, `DELETE FROM meta WHERE name = 'reason pieces'`))
	if n := d.twinsOf(lead); n != 0 {
		t.Fatalf("%d twins without pieces", n)
	}
	d.must(d.Close())
	db := ok(store.Open(ctx, d.options))(t)
	defer db.Close()
	if n := ok(db.History(ctx, lead.ID))(t).Twins; n != 1 {
		t.Errorf("%d twins after it was opened again", n)
	}
}

// many fills a store with n leads whose reasons are made of few words, so that
// many are alike and few are near-identical.
func many(tb testing.TB, n int) (*store.DB, consent.Lead) {
	tb.Helper()
	options := storetest.Options(tb.TempDir())
	options.Path = filepath.Join(filepath.Dir(options.Path), "many.db")
	db, err := store.Open(ctx, options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	if err := db.Exec(ctx, `PRAGMA synchronous = OFF`); err != nil {
		tb.Fatal(err)
	}
	what := strings.Fields("studio warehouse bakery library museum theatre laboratory kitchen workshop showroom canteen gallery printworks sawmill brewery clinic")
	verb := strings.Fields("opens moves extends rebuilds paints rents insures repairs plans shows merges sells")
	light := strings.Fields("ceiling stairs windows machines shelves benches racks corridors ovens desks screens stages")
	var lead consent.Lead
	for i := range n {
		reason := fmt.Sprintf("Your %s %s its %s in spring, said your %s at the fair, and the %s beside the %s need light for %s.", what[i%16], verb[i/16%12],
			light[i/192%12], what[i*7%16], light[i*5%12], what[(i/3)%16], verb[i*11%12])
		if lead, err = db.AddLead(ctx, consent.Lead{
			Address: mail.Address{Email: fmt.Sprintf("person%d@firm%d.example", i, i%997)}, Source: "their website", SourceKind: consent.SourceResearch,
			ObtainedAt: storetest.Now.Add(-time.Hour), Reason: reason,
		}); err != nil {
			tb.Fatal(err)
		}
	}
	return db, lead
}

// BenchmarkTwins20000 is the history of a lead, with its twins looked for among
// 20,000 reasons of one campaign.
func BenchmarkTwins20000(b *testing.B) {
	db, lead := many(b, 20_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := db.History(ctx, lead.ID); err != nil {
			b.Fatal(err)
		}
	}
}
