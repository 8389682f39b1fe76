package consent

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/mail"
)

func date(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s+" 15:04")
	if err != nil {
		panic(err)
	}
	return t
}

func TestD2_RequestDue(t *testing.T) {
	for _, tc := range []struct{ name, country, received, due, extended string }{
		{"same day next month", "PL", "2026-03-10", "2026-04-10", "2026-06-10"},
		{"31 Jan of a common year", "PL", "2027-01-31", "2027-03-01", "2027-04-30"}, // 28 Feb is a Sunday
		{"31 Jan 2023", "PL", "2023-01-31", "2023-02-28", "2023-05-02"},             // 30 Apr is a Sunday, 1 May a holiday
		{"31 Jan of a leap year", "PL", "2028-01-31", "2028-02-29", "2028-05-02"},   // 30 Apr Sunday, 1 May holiday
		{"31 Aug", "PL", "2026-08-31", "2026-09-30", "2026-11-30"},
		{"a Saturday", "PL", "2026-09-05", "2026-10-05", "2026-12-07"}, // 5 Dec is a Saturday
		{"a Saturday goes on to Monday", "PL", "2026-09-10", "2026-10-12", "2026-12-10"},
		{"Easter Monday", "PL", "2026-03-06", "2026-04-07", "2026-06-08"},
		{"Easter Monday in the US", "US", "2026-03-06", "2026-04-06", "2026-06-08"},
		{"Independence Day and what follows", "PL", "2026-10-11", "2026-11-12", "2027-01-11"},
		{"Constitution and Labour Day", "PL", "2027-04-01", "2027-05-04", "2027-07-01"}, // Sat, Sun, holiday Mon
		{"Christmas", "DE", "2026-11-25", "2026-12-28", "2027-02-25"},
		{"German Unity", "DE", "2025-09-03", "2025-10-06", "2025-12-03"},
		{"a country whose holidays are unknown", "LU", "2026-11-25", "2026-12-25", "2027-02-25"},
		{"no country", "", "2026-03-06", "2026-04-06", "2026-06-08"},
	} {
		received := date(tc.received)
		if due := RequestDue(received, tc.country); due != date(tc.due) {
			t.Errorf("%s: due %s, want %s", tc.name, due.Format(time.DateOnly), tc.due)
		}
		if due := ExtendedDue(received, tc.country); due != date(tc.extended) {
			t.Errorf("%s: extended to %s, want %s", tc.name, due.Format(time.DateOnly), tc.extended)
		}
	}
}

// TestD2_DueBounds: whatever the day and the country, the clock is a month and
// never ends on a day of rest.
func TestD2_DueBounds(t *testing.T) {
	countries := append(Countries(), Country{})
	rapid.Check(t, func(t *rapid.T) {
		received := date("2020-01-01").Add(time.Duration(rapid.Int64Range(0, 20*365*24*60).Draw(t, "minutes")) * time.Minute)
		country := rapid.SampledFrom(countries).Draw(t, "country").Code
		due, extended := RequestDue(received, country), ExtendedDue(received, country)
		if due.Before(received.AddDate(0, 0, 28)) || due.After(received.AddDate(0, 0, 31+7)) {
			t.Fatalf("received %s, due %s", received, due)
		}
		if extended.Before(received.AddDate(0, 0, 89)) || extended.After(received.AddDate(0, 0, 92+7)) || !extended.After(due) {
			t.Fatalf("received %s, extended %s", received, extended)
		}
		for _, d := range []time.Time{due, extended} {
			if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday || workday(d, country) != d {
				t.Fatalf("%s is a day of rest in %s", d, country)
			}
		}
	})
}

func requested(seq int64, right Right, at time.Time) Event {
	return Event{Seq: seq, Person: ewa, Kind: KindRequested, Right: right, Method: ByEmail, Evidence: "their mail", Message: theirMail, At: at, RecordedAt: at, Actor: "marta"}
}

func extended(seq, request int64, at time.Time) Event {
	return Event{Seq: seq, Person: ewa, Kind: KindExtended, Corrects: request, Evidence: "told them: many mailboxes to search", At: at,
		RecordedAt: at, ValidUntil: at.AddDate(1, 0, 0), Actor: "marta"}
}

func answered(seq, request int64, at time.Time) Event {
	return Event{Seq: seq, Person: ewa, Kind: KindAnswered, Corrects: request, Message: "answer@jasnykat.example", At: at, RecordedAt: at, Actor: "zgoda"}
}

func TestL12_Requests(t *testing.T) {
	received := date("2026-03-10")
	in := func(days int) time.Time { return received.AddDate(0, 0, days) }
	silent, late, foreign, unanswered := extended(2, 1, in(5)), extended(2, 1, in(32)), extended(2, 1, in(5)), answered(2, 1, in(5))
	silent.Evidence, foreign.Person, unanswered.Message = " ", 8, ""
	backdated := extended(2, 1, in(5))
	backdated.RecordedAt = in(32)
	for _, tc := range []struct {
		name   string
		events []Event
		due    string
		open   bool
	}{
		{"fresh", nil, "2026-04-10", true},
		{"extended", []Event{extended(2, 1, in(5))}, "2026-06-10", true},
		{"extended on the last day", []Event{extended(2, 1, in(31))}, "2026-06-10", true},
		{"extended on day 32", []Event{late}, "2026-04-10", true},
		{"extended on day 32, said to be earlier", []Event{backdated}, "2026-04-10", true},
		{"extended without a reason", []Event{silent}, "2026-04-10", true},
		{"extended twice", []Event{extended(2, 1, in(5)), extended(3, 1, in(40))}, "2026-06-10", true},
		{"extended by somebody else", []Event{foreign}, "2026-04-10", true},
		{"answered", []Event{answered(2, 1, in(5))}, "2026-04-10", false},
		{"answered without a mail", []Event{unanswered}, "2026-04-10", true},
		{"another one answered", []Event{answered(2, 9, in(5))}, "2026-04-10", true},
	} {
		all := Requests(append([]Event{requested(1, RightAccess, received)}, tc.events...), "PL")
		if len(all) != 1 {
			t.Fatalf("%s: %d requests", tc.name, len(all))
		}
		if r := all[0]; r.Due != date(tc.due) || r.Open() != tc.open || r.Ack != in(3) {
			t.Errorf("%s: due %s, open %t, ack %s", tc.name, r.Due, r.Open(), r.Ack)
		}
	}
}

// TestD2_CheckStep is what may be recorded when.
func TestD2_CheckStep(t *testing.T) {
	received := date("2026-03-10")
	in := func(days int) time.Time { return received.AddDate(0, 0, days) }
	until := func(e Event, due time.Time) Event { e.ValidUntil = due; return e }
	foreign := answered(9, 1, in(5))
	foreign.Person = 8
	for _, tc := range []struct {
		name   string
		before []Event
		step   Event
		now    time.Time
		want   error
	}{
		{"in month one", nil, until(extended(9, 1, in(20)), date("2026-06-10")), in(20), nil},
		{"on the last day", nil, until(extended(9, 1, in(31)), date("2026-06-10")), in(31), nil},
		{"on day 32", nil, until(extended(9, 1, in(32)), date("2026-06-10")), in(32), ErrTooLate},
		{"on day 32, said to be earlier", nil, until(extended(9, 1, in(20)), date("2026-06-10")), in(32), ErrTooLate},
		{"too long", nil, until(extended(9, 1, in(20)), date("2026-06-11")), in(20), ErrTooLong},
		{"twice", []Event{extended(2, 1, in(5))}, until(extended(9, 1, in(20)), date("2026-06-10")), in(20), ErrExtended},
		{"answered", []Event{answered(2, 1, in(5))}, until(extended(9, 1, in(20)), date("2026-06-10")), in(20), ErrClosed},
		{"of no request", nil, until(extended(9, 7, in(20)), date("2026-06-10")), in(20), ErrNoRequest},
		{"an answer", nil, answered(9, 1, in(40)), in(40), nil},
		{"an answer to nothing", nil, answered(9, 7, in(5)), in(5), ErrNoRequest},
		{"an answer of somebody else", nil, foreign, in(5), ErrNoRequest},
		{"something else", nil, event(9, KindNotice, "", in(5)), in(5), nil},
	} {
		h := past("PL", append([]Event{requested(1, RightErase, received)}, tc.before...)...)
		err := CheckStep(h, tc.step, "PL", tc.now)
		if !errors.Is(err, tc.want) || (err == nil) != (tc.want == nil) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
		var problem *mail.Problem
		if err != nil && (!errors.As(err, &problem) || problem.Sentence == "" || problem.NextStep == "") {
			t.Errorf("%s: no sentence for a person in %v", tc.name, err)
		}
	}
}

// TestL12_StepsOnlyNarrow: whatever steps follow in whatever order, a request is
// closed only by an answer that names a mail, and its due date never leaves the
// three months.
func TestL12_StepsOnlyNarrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		received := ago(rapid.IntRange(0, 200).Draw(t, "days ago"))
		events := []Event{requested(1, rapid.SampledFrom(Rights()).Draw(t, "right"), received)}
		mailed := false
		for i := range rapid.IntRange(0, 6).Draw(t, "steps") {
			at := received.AddDate(0, 0, rapid.IntRange(0, 120).Draw(t, "after"))
			e := extended(int64(i+2), 1, at)
			if rapid.Bool().Draw(t, "answer") {
				e = answered(int64(i+2), rapid.SampledFrom([]int64{0, 1, 2, 9}).Draw(t, "of"), at)
				e.Message = mail.MessageID(rapid.SampledFrom([]string{"", "x@y.example"}).Draw(t, "message"))
				mailed = mailed || e.Corrects == 1 && e.Message != ""
			}
			events = append(events, e)
		}
		r := Requests(events, "PL")[0]
		if r.Open() == mailed {
			t.Fatalf("open %t although an answer was mailed: %t", r.Open(), mailed)
		}
		if r.Due.Before(RequestDue(received, "PL")) || r.Due.After(ExtendedDue(received, "PL")) {
			t.Fatalf("due %s", r.Due)
		}
	})
}
