package store_test

import (
	"fmt"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

func (d *desk) found(search string) int {
	d.t.Helper()
	page := ok(d.Rows(ctx, consent.Query{Split: consent.SplitAll, Search: search}))(d.t)
	if page.Total != len(page.Rows) {
		d.t.Errorf("%q: total is %d, rows are %d", search, page.Total, len(page.Rows))
	}
	return page.Total
}

func TestSearchFolds(t *testing.T) {
	d := newDesk(t)
	d.receive(
		d.came("Łukasz Żółć <lukasz@firma-wrocław.example>", time.Hour, func(f *mail.Fetched) { f.Message.Subject = "Zażółć gęślą jaźń" }),
		d.came("Jürgen Größe <j.groesse@bau.example>", time.Hour),
		d.came("Søren Kjær <soren@nord.example>", time.Hour),
		d.came("山田太郎 <yamada@mitsumori.example>", time.Hour),
	)
	for search, want := range map[string]int{
		"zolc": 1, "ŻÓŁĆ": 1, "żółć łuk": 1, "luk zol": 1, "wroclaw": 1, "gesla": 1, "lukasz@firma-wrocław.example": 1,
		"grosse": 1, "größe": 1, "jurgen": 1, "kjaer": 1, "soren": 1, "太郎": 1, "山田": 1, "yama": 1,
		"zolcia": 0, "nobody": 0, "zolc soren": 0,
		"": 4, "  ": 4, `"`: 4, "*": 4, "-": 4, "AND": 0, "NEAR(": 0, `zo"lc`: 0, "folded:zolc": 0, "z*": 1, "(zolc)": 1, "^zolc": 1,
		"zolc OR soren": 0, "\x00": 4,
	} {
		if got := d.found(search); got != want {
			t.Errorf("%q finds %d, want %d", search, got, want)
		}
	}
}

func TestSearchFollowsChanges(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	lead := ok(d.History(ctx, id))(t).Lead
	lead.Company = "Młyn Wodny"
	d.must(d.SaveLead(ctx, lead))
	if d.found("mlyn") != 1 {
		t.Error("the company is not found")
	}
	d.receive(d.came("ewa@kupiec.example", time.Minute, func(f *mail.Fetched) { f.Message.Subject = "Wiatrak" }))
	if d.found("wiatrak") != 1 || d.found("subject") != 0 {
		t.Error("the last subject is not the one that is found")
	}
	d.must(d.UnmakeLead(ctx, id))
	if d.found("mlyn") != 0 {
		t.Error("the company of somebody who is no lead is still found")
	}
	d.must(d.Expunged(ctx, d.inbox, []uint32{1, 2}))
	if d.found("kupiec") != 0 {
		t.Error("somebody who is forgotten is still found")
	}
}

func FuzzSearch(f *testing.F) {
	for _, s := range []string{"", "zolc", `"`, "a* OR b", "NEAR(a b, 2)", "ł\u0300", "\xff", "山", "{a b}: c", "İ", "a\"b", "ﬃ"} {
		f.Add(s)
	}
	d := newDesk(f)
	d.receive(d.came("Ewa <ewa@kupiec.example>", time.Hour))
	f.Fuzz(func(t *testing.T, search string) {
		if _, err := d.Rows(ctx, consent.Query{Split: consent.SplitAll, Search: search}); err != nil {
			t.Fatalf("%q: %v", search, err)
		}
	})
}

func TestPaging(t *testing.T) {
	d := newDesk(t)
	var batch []mail.Fetched
	for i := range 25 {
		batch = append(batch, d.came(fmt.Sprintf("p%02d@kupiec.example", i), time.Duration(i/3)*time.Hour)) // ties, too
	}
	d.receive(batch...)
	all := ok(d.Rows(ctx, consent.Query{Split: consent.SplitNew, Limit: 100}))(t).Rows
	for name, back := range map[string]bool{"down": false, "up": true} {
		var got []consent.Row
		query := consent.Query{Split: consent.SplitNew, Limit: 7, Back: back}
		for {
			page := ok(d.Rows(ctx, query))(t)
			if page.Total != 25 {
				t.Fatalf("%s: total %d", name, page.Total)
			}
			if len(page.Rows) == 0 {
				break
			}
			if all[page.Index].Lead.ID != page.Rows[0].Lead.ID {
				t.Errorf("%s: index %d is not the place of the first row", name, page.Index)
			}
			if back {
				got, query.From = append(page.Rows, got...), page.Rows[0].Cursor()
			} else {
				got, query.From = append(got, page.Rows...), page.Rows[len(page.Rows)-1].Cursor()
			}
		}
		if len(got) != len(all) {
			t.Fatalf("%s: %d rows, want %d", name, len(got), len(all))
		}
		for i := range all {
			if got[i].Lead.ID != all[i].Lead.ID {
				t.Errorf("%s: row %d differs", name, i)
			}
		}
	}
}
