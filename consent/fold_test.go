package consent

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func with(e Event, change func(*Event)) Event { change(&e); return e }

// TestL4_StatesPerPurpose folds lists of events; "-" is never asked.
func TestL4_StatesPerPurpose(t *testing.T) {
	granted := func(seq int64, p Purpose, days int) Event { return event(seq, KindGranted, p, ago(days)) }
	until := func(e Event, days int) Event { return with(e, func(e *Event) { e.ValidUntil = ago(days) }) }
	corrects := func(seq, target int64) Event {
		return with(event(seq, KindCorrected, "", ago(0)), func(e *Event) { e.Corrects = target })
	}
	for _, tc := range []struct {
		name       string
		events     []Event
		m, o, c, d State
		objected   bool
	}{
		{name: "nothing"},
		{name: "asked", events: []Event{event(1, KindAsked, TrackOpen, ago(1))}, o: Asked},
		{name: "granted alone does not cascade", events: []Event{granted(1, MarketingEmail, 3)}, m: Granted},
		{name: "tracking alone", events: []Event{granted(1, TrackClick, 3)}, c: Granted},
		{name: "asked after granted", events: []Event{granted(1, TrackOpen, 3), event(2, KindAsked, TrackOpen, ago(1))}, o: Granted},
		{name: "asked after refused", events: []Event{event(1, KindRefused, TrackOpen, ago(3)), event(2, KindAsked, TrackOpen, ago(1))}, o: Refused},
		{name: "asked after withdrawn", events: []Event{event(1, KindWithdrawn, TrackOpen, ago(3)), event(2, KindAsked, TrackOpen, ago(1))}, o: Withdrawn},
		{name: "expired", events: []Event{until(granted(1, TrackOpen, 9), 1)}, o: Expired},
		{name: "ends this moment", events: []Event{until(granted(1, TrackOpen, 9), 0)}, o: Expired},
		{name: "ends tomorrow", events: []Event{until(granted(1, TrackOpen, 9), -1)}, o: Granted},
		{name: "renewed after the end", events: []Event{until(granted(1, TrackOpen, 9), 5), granted(2, TrackOpen, 1)}, o: Granted},
		{name: "a newer, shorter grant counts", events: []Event{granted(1, TrackOpen, 9), until(granted(2, TrackOpen, 5), 1)}, o: Expired},
		{name: "withdrawal of marketing cascades", events: []Event{
			granted(1, MarketingEmail, 9), granted(2, TrackOpen, 9), granted(3, TrackDevice, 9), event(4, KindWithdrawn, MarketingEmail, ago(1))},
			m: Withdrawn, o: Withdrawn, c: Withdrawn, d: Withdrawn},
		{name: "refusal after a grant is a withdrawal", events: []Event{
			granted(1, MarketingEmail, 9), granted(2, TrackOpen, 9), event(3, KindRefused, MarketingEmail, ago(1))},
			m: Refused, o: Refused, c: Refused, d: Refused},
		{name: "L7.4 refused marketing, granted tracking", events: []Event{
			event(1, KindRefused, MarketingEmail, ago(2)), granted(2, TrackOpen, 2)}, m: Refused, o: Granted},
		{name: "withdrawing tracking leaves marketing", events: []Event{
			granted(1, MarketingEmail, 9), granted(2, TrackOpen, 9), event(3, KindWithdrawn, TrackOpen, ago(1))}, m: Granted, o: Withdrawn},
		{name: "granted again after withdrawal", events: []Event{event(1, KindWithdrawn, TrackOpen, ago(3)), granted(2, TrackOpen, 1)}, o: Granted},
		{name: "a tie is a no", events: []Event{event(1, KindWithdrawn, TrackOpen, ago(1)), granted(2, TrackOpen, 1)}, o: Withdrawn},
		{name: "recorded later, happened earlier", events: []Event{event(1, KindWithdrawn, TrackOpen, ago(2)), granted(2, TrackOpen, 5)}, o: Withdrawn},
		{name: "happened later, recorded earlier", events: []Event{granted(1, TrackOpen, 1), event(2, KindWithdrawn, TrackOpen, ago(5))}, o: Withdrawn},
		{name: "two noes, the later one recorded first", events: []Event{
			event(1, KindWithdrawn, TrackOpen, ago(1)), event(2, KindWithdrawn, TrackOpen, ago(5)), granted(3, TrackOpen, 3)}, o: Withdrawn},
		{name: "two noes, a grant between them in time", events: []Event{
			event(1, KindWithdrawn, TrackOpen, ago(5)), event(2, KindRefused, TrackOpen, ago(1)), granted(3, TrackOpen, 3)}, o: Refused},
		{name: "two noes, a grant between them in number", events: []Event{
			event(1, KindRefused, TrackOpen, ago(5)), granted(2, TrackOpen, 1), event(3, KindWithdrawn, TrackOpen, ago(3))}, o: Withdrawn},
		{name: "two grants, the later one recorded first and ended", events: []Event{until(granted(1, TrackOpen, 3), 1), granted(2, TrackOpen, 9)}, o: Expired},
		{name: "a refusal before the first grant takes nothing along", events: []Event{
			granted(1, TrackOpen, 9), event(2, KindRefused, MarketingEmail, ago(5)), granted(3, MarketingEmail, 1)}, m: Granted, o: Granted},
		{name: "a grant of tomorrow", events: []Event{granted(1, TrackOpen, -1)}},
		{name: "import", events: []Event{with(granted(1, TrackOpen, 1), func(e *Event) { e.Method = ByImport })}},
		{name: "our own mail is no will of theirs", events: []Event{with(granted(1, TrackOpen, 1), func(e *Event) { e.Method = BySending })}},
		{name: "no evidence", events: []Event{with(granted(1, TrackOpen, 1), func(e *Event) { e.Evidence = " \n" })}},
		{name: "no wording", events: []Event{with(granted(1, TrackOpen, 1), func(e *Event) { e.Wording = "" })}},
		{name: "of another person", events: []Event{with(granted(1, TrackOpen, 1), func(e *Event) { e.Person = 8 })}},
		{name: "no purpose", events: []Event{granted(1, "", 1)}},
		{name: "withdrawn from nobody knows what", events: []Event{granted(1, TrackOpen, 9), event(2, KindWithdrawn, "all", ago(1))},
			m: Withdrawn, o: Withdrawn, c: Withdrawn, d: Withdrawn},
		{name: "a kind of tomorrow's version", events: []Event{granted(1, MarketingEmail, 9), event(2, "tomorrow's", "", ago(1))},
			m: Withdrawn, o: Withdrawn, c: Withdrawn, d: Withdrawn, objected: true},
		{name: "corrected grant", events: []Event{granted(1, TrackOpen, 3), corrects(2, 1)}},
		{name: "corrected question", events: []Event{event(1, KindAsked, TrackOpen, ago(3)), corrects(2, 1)}},
		{name: "a no cannot be corrected", events: []Event{granted(1, TrackOpen, 9), event(2, KindRefused, TrackOpen, ago(3)), corrects(3, 2)}, o: Refused},
		{name: "nor a withdrawal", events: []Event{granted(1, TrackOpen, 9), event(2, KindWithdrawn, TrackOpen, ago(3)), corrects(3, 2)}, o: Withdrawn},
		{name: "nor a correction", events: []Event{granted(1, TrackOpen, 9), corrects(2, 1), corrects(3, 2)}},
		{name: "correcting a short grant revives no long one", events: []Event{granted(1, TrackOpen, 9), until(granted(2, TrackOpen, 5), 1), corrects(3, 2)}, o: Expired},
	} {
		f := fold(past("PL", tc.events...), noon)
		for p, want := range map[Purpose]State{MarketingEmail: tc.m, TrackOpen: tc.o, TrackClick: tc.c, TrackDevice: tc.d} {
			if want == "" {
				want = NeverAsked
			}
			if got := f.states[p]; got != want {
				t.Errorf("%s: %s is %q, want %q", tc.name, p, got, want)
			}
		}
		if f.objected != tc.objected {
			t.Errorf("%s: objected %v", tc.name, f.objected)
		}
	}
}

// TestL21_2_ObjectionClosesEverything, and what alone opens it again.
func TestL21_2_ObjectionClosesEverything(t *testing.T) {
	before := []Event{event(1, KindGranted, MarketingEmail, ago(20)), event(2, KindGranted, TrackOpen, ago(20)),
		event(3, KindSoftOptIn, "", ago(20)), event(4, KindObjected, "", ago(10))}
	anew := event(5, KindGranted, MarketingEmail, ago(5))
	for _, tc := range []struct {
		name     string
		more     []Event
		objected bool
		m, o     State
	}{
		{"stands", nil, true, Withdrawn, Withdrawn},
		{"tracking alone does not lift it", []Event{event(5, KindGranted, TrackOpen, ago(5))}, true, Withdrawn, Withdrawn},
		{"soft opt-in does not lift it", []Event{event(5, KindSoftOptIn, "", ago(5))}, true, Withdrawn, Withdrawn},
		{"cannot be corrected", []Event{with(event(5, KindCorrected, "", ago(5)), func(e *Event) { e.Corrects = 4 })}, true, Withdrawn, Withdrawn},
		{"an older grant recorded late", []Event{event(5, KindGranted, MarketingEmail, ago(15))}, true, Withdrawn, Withdrawn},
		{"an import", []Event{with(anew, func(e *Event) { e.Method = ByImport })}, true, Withdrawn, Withdrawn},
		{"granted anew, tracking stays", []Event{anew}, false, Granted, Withdrawn},
		{"granted anew, each purpose", []Event{anew, event(6, KindGranted, TrackOpen, ago(4))}, false, Granted, Granted},
		{"granted anew and withdrawn", []Event{anew, event(6, KindWithdrawn, MarketingEmail, ago(1))}, true, Withdrawn, Withdrawn},
		{"granted anew and ended", []Event{with(anew, func(e *Event) { e.ValidUntil = ago(1) })}, true, Withdrawn, Withdrawn},
		{"granted anew and corrected", []Event{anew, with(event(6, KindCorrected, "", ago(1)), func(e *Event) { e.Corrects = 5 })}, true, Withdrawn, Withdrawn},
		{"objected again", []Event{anew, event(6, KindObjected, "", ago(1))}, true, Withdrawn, Withdrawn},
	} {
		h := wrote(past("US", append(slices.Clone(before), tc.more...)...), 12)
		c := company("US")
		s := Stand(h, c, noon)
		if s.Objected != tc.objected || s.State(MarketingEmail) != tc.m || s.State(TrackOpen) != tc.o || s.Closed() != tc.objected {
			t.Errorf("%s: objected %v, M %s, O %s", tc.name, s.Objected, s.State(MarketingEmail), s.State(TrackOpen))
		}
		for _, basis := range []Basis{BasisConsent, BasisSoft, BasisInterest, BasisReply} {
			v := DecideSend(h, letterFor(h, c, basis, Tracking{}), c, noon)
			if want := !tc.objected && basis == BasisConsent; v.Allowed() && !want {
				t.Errorf("%s: a mail on %s may go", tc.name, basis)
			}
		}
		if tc.objected && s.Basis != BasisNone {
			t.Errorf("%s: basis %q", tc.name, s.Basis)
		}
	}
}

// TestL14_3_NoticeDue counts a calendar month, never more than 30 days.
func TestL14_3_NoticeDue(t *testing.T) {
	date := func(s string) time.Time {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, tc := range []struct{ obtained, since, due string }{
		{"2026-01-31", "2026-02-01", "2026-02-28"}, {"2028-01-31", "2028-01-31", "2028-02-29"}, {"2026-02-10", "2026-02-10", "2026-03-10"},
		{"2026-03-15", "2026-03-15", "2026-04-14"}, {"2026-08-31", "2026-08-31", "2026-09-30"}, {"", "2026-11-01", "2026-12-01"},
		{"2026-11-20", "2026-11-01", "2026-12-01"}, {"2026-11-20", "", ""},
	} {
		l := lead("PL")
		l.ObtainedAt, l.Since = time.Time{}, time.Time{}
		if tc.obtained != "" {
			l.ObtainedAt = date(tc.obtained)
		}
		if tc.since != "" {
			l.Since = date(tc.since)
		}
		var want time.Time
		if tc.due != "" {
			want = date(tc.due)
		}
		if got := Stand(History{Lead: l}, company("PL"), noon).NoticeDue; !got.Equal(want) {
			t.Errorf("obtained %s, lead since %s: due %s, want %s", tc.obtained, tc.since, got, tc.due)
		}
	}
	informed := past("PL", event(1, KindNotice, "", ago(1)))
	if !Stand(informed, company("PL"), noon).NoticeDue.IsZero() {
		t.Error("due although informed")
	}
	informed.Events = append(informed.Events, with(event(2, KindCorrected, "", noon), func(e *Event) { e.Corrects = 1 }))
	if Stand(informed, company("PL"), noon).NoticeDue.IsZero() {
		t.Error("a corrected notice still counts")
	}
}

func TestS24_NoticeState(t *testing.T) {
	due := noon.Add(NoticeTerm)
	for left, want := range map[time.Duration]NoticeUrgency{
		8 * 24 * time.Hour: NoticeOK, 7 * 24 * time.Hour: NoticeAmber, time.Second: NoticeAmber, 0: NoticeOver, -time.Hour: NoticeOver,
	} {
		if got := (Standing{NoticeDue: due}).NoticeState(due.Add(-left)); got != want {
			t.Errorf("%s left: %q, want %q", left, got, want)
		}
	}
	if got := (Standing{}).NoticeState(noon); got != NoticeNone {
		t.Errorf("nothing due: %q", got)
	}
}

func TestStand_Basis(t *testing.T) {
	us := company("US")
	for _, tc := range []struct {
		name string
		h    History
		want Basis
	}{
		{"nobody", History{}, BasisNone},
		{"interest", past("US"), BasisInterest},
		{"no country", past(""), BasisNone},
		{"wrote", wrote(past("PL"), 1), BasisReply},
		{"wrote long ago", wrote(past("PL"), 181), BasisNone},
		{"wrote in the far future", wrote(past("PL"), -2), BasisNone},
		{"said stop in that very mail", wrote(past("PL", event(1, KindWithdrawn, MarketingEmail, ago(1))), 1), BasisNone},
		{"a consent that ended does not fall back on interest", past("US", with(event(1, KindGranted, MarketingEmail, ago(9)),
			func(e *Event) { e.ValidUntil = ago(1) })), BasisNone},
		{"not even when it is corrected", past("US", with(event(1, KindGranted, MarketingEmail, ago(9)), func(e *Event) { e.ValidUntil = ago(1) }),
			with(event(2, KindCorrected, "", ago(0)), func(e *Event) { e.Corrects = 1 })), BasisNone},
		{"a mistaken consent, corrected", past("US", event(1, KindGranted, MarketingEmail, ago(9)),
			with(event(2, KindCorrected, "", ago(0)), func(e *Event) { e.Corrects = 1 })), BasisInterest},
		{"agreed", wrote(past("PL", event(1, KindGranted, MarketingEmail, ago(1))), 1), BasisConsent},
		{"refused", past("US", event(1, KindRefused, MarketingEmail, ago(1))), BasisNone},
		{"suppressed", History{Lead: lead("US"), Suppressed: true}, BasisNone},
	} {
		if got := Stand(tc.h, us, noon).Basis; got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

// anyEvent draws an event, whole or not, of any kind and time.
func anyEvent(t *rapid.T, seq int64, kinds ...Kind) Event {
	e := event(seq, rapid.SampledFrom(kinds).Draw(t, "kind"), rapid.SampledFrom(append(Purposes(), "", "all")).Draw(t, "purpose"),
		ago(rapid.IntRange(-2, 8).Draw(t, "days")))
	switch rapid.IntRange(0, 9).Draw(t, "flaw") {
	case 0:
		e.Method = ByImport
	case 1:
		e.Evidence = ""
	case 2:
		e.Wording = ""
	case 3:
		e.At = time.Time{}
	case 4, 5:
		e.ValidUntil = ago(rapid.IntRange(-5, 5).Draw(t, "until"))
	}
	e.Corrects = rapid.Int64Range(0, 9).Draw(t, "corrects")
	return e
}

var allKinds = []Kind{KindAsked, KindGranted, KindGranted, KindGranted, KindRefused, KindWithdrawn, KindObjected, KindSoftOptIn, KindNotice, KindCorrected, "tomorrow's"}

func anyPast(t *rapid.T, country string) History {
	var events []Event
	for seq := range int64(rapid.IntRange(0, 8).Draw(t, "events")) {
		events = append(events, anyEvent(t, 2*seq+2, allKinds...))
	}
	h := past(country, events...)
	if rapid.Bool().Draw(t, "wrote") {
		h = wrote(h, rapid.IntRange(0, 9).Draw(t, "their mail"))
	}
	return h
}

// TestL4_RestrictionNeverWidens puts one more no anywhere into any history: no
// answer turns from no to yes.
func TestL4_RestrictionNeverWidens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		country := rapid.SampledFrom([]string{"US", "DE", "FR"}).Draw(t, "country")
		h, c := anyPast(t, country), company(country)
		restrict := anyEvent(t, int64(rapid.IntRange(0, 10).Draw(t, "place")*2+1), KindRefused, KindWithdrawn, KindObjected, KindAsked, "tomorrow's")
		more := h
		more.Events = append(slices.Clone(h.Events), restrict)
		slices.SortFunc(more.Events, func(a, b Event) int { return int(a.Seq - b.Seq) })
		tracking := Tracking{Opens: rapid.Bool().Draw(t, "opens"), Clicks: rapid.Bool().Draw(t, "clicks")}
		for _, basis := range []Basis{BasisConsent, BasisSoft, BasisInterest, BasisReply} {
			l := letterFor(h, c, basis, tracking)
			if !DecideSend(h, l, c, noon).Allowed() && DecideSend(more, l, c, noon).Allowed() {
				t.Fatalf("%s: a %s opened a mail on %s", restrict.Kind, restrict.Purpose, basis)
			}
		}
		neverWidens(t, h, more)
	})
}

// TestL4_CorrectionNeverWidens: what takes back can only narrow.
func TestL4_CorrectionNeverWidens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyPast(t, "US")
		more := h
		more.Events = append(slices.Clone(h.Events), with(event(99, KindCorrected, "", noon), func(e *Event) {
			e.Corrects = rapid.Int64Range(0, 20).Draw(t, "target")
		}))
		neverWidens(t, h, more)
		before, after := Stand(h, company("US"), noon), Stand(more, company("US"), noon)
		if before.Basis == BasisNone && after.Basis != BasisNone {
			t.Fatalf("a correction gave the basis %q", after.Basis)
		}
	})
}

func neverWidens(t *rapid.T, h, more History) {
	for _, p := range Purposes() {
		if !DecideTrack(h, p, noon).Allowed() && DecideTrack(more, p, noon).Allowed() {
			t.Fatalf("%s opened", p)
		}
	}
	before, after := fold(h, noon), fold(more, noon)
	if before.objected && !after.objected {
		t.Fatal("an objection went away")
	}
	if !before.soft && after.soft {
		t.Fatal("a soft opt-in came up")
	}
}

// TestL4_OrderOfTheListDoesNotMatter: the fold reads numbers and times, not places.
func TestL4_OrderOfTheListDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyPast(t, "US")
		mixed := h
		mixed.Events = rapid.Permutation(h.Events).Draw(t, "mixed")
		if a, b := fmt.Sprint(Stand(h, company("US"), noon)), fmt.Sprint(Stand(mixed, company("US"), noon)); a != b {
			t.Fatalf("%s\n%s", a, b)
		}
	})
}

func BenchmarkStand60Rows(b *testing.B) {
	c := company("PL")
	var rows []History
	for i := range 60 {
		h := wrote(past("PL"), i)
		for seq := range int64(i % 12) {
			h.Events = append(h.Events, event(seq+1, allKinds[seq%int64(len(allKinds)-1)], Purposes()[seq%4], ago(int(20-seq))))
		}
		rows = append(rows, h)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, h := range rows {
			if Stand(h, c, noon).States == nil {
				b.Fatal("no states")
			}
		}
	}
}
