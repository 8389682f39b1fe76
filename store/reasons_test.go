package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
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

// many fills a store with n leads whose reasons are made by say, and gives the last.
func many(tb testing.TB, n int, say func(i int) string) (*desk, consent.Lead) {
	tb.Helper()
	d := newDesk(tb)
	items := make([]consent.ImportItem, n)
	for i := range items {
		items[i] = consent.ImportItem{Line: i + 1, Lead: consent.Lead{
			Address: mail.Address{Email: fmt.Sprintf("person%d@firm%d.example", i, i%997)}, Source: "their website",
			SourceKind: consent.SourceResearch, ObtainedAt: d.now.Add(-time.Hour), Reason: say(i),
		}}
	}
	results := ok(d.ImportLeads(ctx, items))(tb)
	return d, ok(d.History(ctx, results[n-1].Person))(tb).Lead
}

var (
	places = strings.Fields("studio warehouse bakery library museum theatre laboratory kitchen workshop showroom canteen gallery printworks sawmill brewery clinic")
	verbs  = strings.Fields("opens moves extends rebuilds paints rents insures repairs plans shows merges sells")
	things = strings.Fields("ceiling stairs windows machines shelves benches racks corridors ovens desks screens stages")
)

// campaign is reasons of one skeleton, with five words that differ: the hardest case.
func campaign(i int) string {
	return fmt.Sprintf("Your %s %s its %s in spring, said your %s at the fair, and the %s beside it need light.", places[i%16], verbs[i/16%12],
		things[i/192%12], places[i*7%16], things[i*5%12])
}

// written is reasons of many skeletons, as people write them.
func written(i int) string {
	parts := [][]string{
		{"You told us at the fair that", "Your page says that", "The local paper writes that", "Your tender of last month says that", "A colleague of yours mentioned that", "Your planning file shows that"},
		{"the old %s is too dark for the night shift", "a second %s is opened before summer", "your %s loses an hour a day to glare", "the lamps of the %s are from the nineties", "the landlord of your %s wants the cables renewed"},
		{"and nobody has measured the %s yet", "so that the %s must be lit anew", "while the %s stay as they are", "which the insurer of the %s asks about", "because the %s were moved to the north side", "before the %s are delivered in autumn", "and the architect left the %s out"},
	}
	text := parts[0][i%6] + " " + fmt.Sprintf(parts[1][i/6%5], places[i*11%16]) + ", " + fmt.Sprintf(parts[2][i/30%7], things[i*7%12])
	return text + fmt.Sprintf(" of the %s that your %s.", places[(i/210)%16], verbs[(i/3)%12])
}

// BenchmarkHistoryOf20000 is all that the gate reads of one lead, with its twins
// looked for among 20,000 reasons.
func BenchmarkHistoryOf20000(b *testing.B) {
	for name, say := range map[string]func(int) string{"campaign": campaign, "written": written} {
		b.Run(name, func(b *testing.B) {
			d, lead := many(b, 20_000, say)
			b.ReportAllocs()
			b.ReportMetric(float64(d.twinsOf(lead)), "twins")
			for b.Loop() {
				if _, err := d.History(ctx, lead.ID); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestA2_TwinsAmongMany: near copies are found among thousands of one skeleton, and
// what the index finds is what a look at every reason finds.
func TestA2_TwinsAmongMany(t *testing.T) {
	const n = 1200
	for name, say := range map[string]func(int) string{"campaign": campaign, "written": written} {
		d, last := many(t, n, say)
		for _, i := range []int{n - 1, 5, 333} {
			want, twin := 0, consent.TwinOf(say(i))
			for j := range n {
				if j != i && twin(say(j)) {
					want++
				}
			}
			lead := last
			if i != n-1 {
				lead = ok(d.Find(ctx, mail.Address{Email: fmt.Sprintf("person%d@firm%d.example", i, i%997)}))(t)
			}
			if got := d.twinsOf(lead); got != min(want, 50) && !(want > 20 && got > consent.MostTwins) {
				t.Errorf("%s, reason %d: %d twins found of %d", name, i, got, want)
			}
		}
	}
}
