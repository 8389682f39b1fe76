package consent

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/mail"
)

func on(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
}

// informed is a lead of a day who was informed that day.
func informed(day time.Time, events ...Event) History {
	h := past("PL", append([]Event{event(1, KindNotice, "", day)}, events...)...)
	h.Lead.Since, h.Lead.ObtainedAt = day, day
	return h
}

// TestD1_RetentionClasses is law.md D1, a case a line.
func TestD1_RetentionClasses(t *testing.T) {
	start := on(2026, 1, 31)
	hold := func(seq int64, kind Kind, at time.Time) Event { return event(seq, kind, "", at) }
	asks := func(seq int64, right Right) Event {
		return with(event(seq, KindRequested, "", on(2026, 2, 1)), func(e *Event) { e.Right = right })
	}
	for _, tc := range []struct {
		name    string
		history History
		class   Class
		end     time.Time
	}{
		{"somebody who is no lead", History{Lead: Lead{ID: ewa}}, ClassNone, time.Time{}},
		{"L14.3 never informed", func() History { h := informed(start); h.Events = nil; return h }(), ClassUninformed, on(2026, 2, 28).Add(LockedFor)},
		{"informed, never written to", informed(start), ClassCold, on(2026, 7, 31)},
		{"a month that is shorter", informed(on(2026, 8, 31)), ClassCold, on(2027, 2, 28)},
		{"written to later", outbound(informed(start), on(2026, 3, 5)), ClassCold, on(2026, 9, 5)},
		{"S95 our own mails end at the ceiling", outbound(informed(start), on(2029, 1, 1)), ClassCold, on(2029, 1, 31)},
		{"they answered", inbound(informed(start), on(2026, 3, 1)), ClassDialogue, on(2028, 3, 1)},
		{"they answered and were never informed", inbound(func() History { h := informed(start); h.Events = nil; return h }(), on(2026, 3, 1)), ClassDialogue, on(2028, 3, 1)},
		{"our late answer gives time to write back", outbound(inbound(informed(start), on(2026, 3, 1)), on(2028, 2, 1)), ClassDialogue, on(2028, 8, 1)},
		{"consent stands", informed(start, event(2, KindGranted, MarketingEmail, start)), ClassConsent, time.Time{}},
		{"consent to tracking stands", informed(start, event(2, KindGranted, TrackOpen, start)), ClassConsent, time.Time{}},
		{"consent was taken back", informed(start, event(2, KindGranted, MarketingEmail, start), event(3, KindWithdrawn, MarketingEmail, on(2026, 4, 1))), ClassDialogue, on(2028, 4, 1)},
		{"consent ran out", informed(start, with(event(2, KindGranted, MarketingEmail, start), func(e *Event) { e.ValidUntil = on(2026, 6, 1) })), ClassDialogue, on(2028, 6, 1)},
		{"a hold wins over everything", informed(start, hold(2, KindHeld, on(2026, 2, 1))), ClassHeld, time.Time{}},
		{"a hold that was lifted", informed(start, hold(2, KindHeld, on(2026, 2, 1)), hold(3, KindUnheld, on(2026, 2, 2))), ClassCold, on(2026, 7, 31)},
		{"at one moment the hold wins", informed(start, hold(2, KindHeld, on(2026, 2, 1)), hold(3, KindUnheld, on(2026, 2, 1))), ClassHeld, time.Time{}},
		{"L18 a restriction holds", informed(start, hold(2, KindRestricted, on(2026, 2, 1))), ClassHeld, time.Time{}},
		{"L15 a request that is open", informed(start, asks(2, RightCopy)), ClassCold, time.Time{}},
		{"L17 a request for erasure delays nothing", informed(start, asks(2, RightErase)), ClassCold, on(2026, 7, 31)},
		{"L12 a request that was answered", informed(start, asks(2, RightCopy),
			with(event(3, KindAnswered, "", on(2026, 2, 3)), func(e *Event) { e.Corrects, e.Message = 2, "answer@firma.example" })), ClassCold, on(2026, 7, 31)},
		{"L12 an answer without a mail closes nothing", informed(start, asks(2, RightCopy),
			with(event(3, KindAnswered, "", on(2026, 2, 3)), func(e *Event) { e.Corrects = 2 })), ClassCold, time.Time{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := RetentionOf(tc.history, DefaultPeriods(), noon)
			if got.Class != tc.class || !got.EraseAfter.Equal(tc.end) {
				t.Errorf("it is %q until %v, want %q until %v", got.Class, got.EraseAfter, tc.class, tc.end)
			}
		})
	}
}

func outbound(h History, at time.Time) History { h.LastOutbound = at; return h }

func inbound(h History, at time.Time) History {
	h.Inbound = append([]Inbound{{ID: theirMail, At: at}}, h.Inbound...)
	return h
}

// TestD1_PeriodsOnlyShorten: a configuration that keeps longer is refused.
func TestD1_PeriodsOnlyShorten(t *testing.T) {
	for periods, want := range map[Periods]error{
		DefaultPeriods(): nil, {1, 1}: nil, {7, 24}: ErrLongCold, {0, 24}: ErrLongCold, {6, 25}: ErrLongDialogue, {6, -1}: ErrLongDialogue,
	} {
		if err := periods.Check(); !errors.Is(err, want) {
			t.Errorf("%+v: %v, want %v", periods, err, want)
		}
	}
}

func drawHistory(t *rapid.T) History {
	day := func(name string) time.Time { return ago(rapid.IntRange(0, 1500).Draw(t, name)) }
	h := past("PL")
	h.Lead.Since, h.Lead.ObtainedAt = day("since"), day("obtained")
	kinds := []Kind{KindAsked, KindGranted, KindRefused, KindWithdrawn, KindObjected, KindSoftOptIn, KindNotice, KindRead,
		KindRequested, KindAnswered, KindUnheld, KindReleased, KindEvidence, KindDisclosed}
	for i := range rapid.IntRange(0, 8).Draw(t, "events") {
		e := event(int64(i+1), rapid.SampledFrom(kinds).Draw(t, "kind"), MarketingEmail, day("at"))
		if e.Kind == KindRequested {
			e.Right = rapid.SampledFrom(Rights()).Draw(t, "right")
		}
		if rapid.Bool().Draw(t, "ends") {
			e.ValidUntil = e.At.AddDate(0, 1, 0)
		}
		h.Events = append(h.Events, e)
	}
	for range rapid.IntRange(0, 3).Draw(t, "inbound") {
		h = inbound(h, day("in"))
	}
	if rapid.Bool().Draw(t, "wrote") {
		h.LastOutbound = day("out")
	}
	return h
}

func drawPeriods(t *rapid.T) Periods {
	return Periods{Cold: rapid.IntRange(1, 6).Draw(t, "cold"), Dialogue: rapid.IntRange(1, 24).Draw(t, "dialogue")}
}

// before says that a keeps for less time than b; a zero end is the longest.
func before(a, b Retention) bool {
	return !a.EraseAfter.IsZero() && (b.EraseAfter.IsZero() || a.EraseAfter.Before(b.EraseAfter))
}

// TestD1_AHoldAlwaysWins, whatever else is in the ledger.
func TestD1_AHoldAlwaysWins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		h.Events = append(h.Events, event(99, KindHeld, "", noon))
		if got := RetentionOf(h, drawPeriods(t), noon); got != (Retention{Class: ClassHeld}) {
			t.Fatalf("held data is %q until %v", got.Class, got.EraseAfter)
		}
	})
}

// TestD1_ALaterMailOfTheirsNeverShortens, nor does one that is found late.
func TestD1_ALaterMailOfTheirsNeverShortens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, periods := drawHistory(t), drawPeriods(t)
		short := RetentionOf(h, periods, noon)
		more := inbound(h, ago(rapid.IntRange(0, 1500).Draw(t, "new")))
		if got := RetentionOf(more, periods, noon); before(got, short) && periods.Cold > 1 { // one month is shorter than the lock of LockedFor
			t.Fatalf("a mail of theirs moved the end from %v to %v", short.EraseAfter, got.EraseAfter)
		}
	})
}

// TestD1_OnlyTheirActsMoveADate: what a person did not do by a mail or a word of
// theirs (an open, a click, a question of ours, a look of ours) moves no date. An
// open is no event at all; every other kind that is not theirs is tried.
func TestD1_OnlyTheirActsMoveADate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, periods := drawHistory(t), drawPeriods(t)
		kind := rapid.SampledFrom([]Kind{KindAsked, KindRead, KindEvidence, KindOverride, KindDisclosed, KindMerged, KindExtended}).Draw(t, "kind")
		more := h
		more.Events = append(append([]Event(nil), h.Events...), event(99, kind, TrackOpen, noon))
		more.Unanswered, more.Twins, more.Head = 7, 7, 99
		if a, b := RetentionOf(h, periods, noon), RetentionOf(more, periods, noon); a != b {
			t.Fatalf("%s moved %+v to %+v", kind, a, b)
		}
	})
}

// TestD1_EveryLeadEndsOrSaysWhy: without a hold, a consent or an open request there is an end, and
// it is never later than the ceiling after the last word of either side.
func TestD1_EveryLeadEndsOrSaysWhy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, periods := drawHistory(t), drawPeriods(t)
		got := RetentionOf(h, periods, noon)
		if got.EraseAfter.IsZero() && got.Class != ClassConsent && !owed(h.Events) {
			t.Fatalf("%q has no end", got.Class)
		}
		if got.EraseAfter.After(noon.AddDate(0, ceiling, 1)) {
			t.Fatalf("%q ends only at %v", got.Class, got.EraseAfter)
		}
	})
}

// TestD1_EventsOfOthersProlongNothing: a stranger's events say nothing of this person.
func TestD1_EventsOfOthersProlongNothing(t *testing.T) {
	h := informed(on(2026, 1, 31))
	want := RetentionOf(h, DefaultPeriods(), noon)
	h.Events = append(h.Events, with(event(5, KindWithdrawn, MarketingEmail, noon), func(e *Event) { e.Person = mail.PersonID(99) }))
	if got := RetentionOf(h, DefaultPeriods(), noon); got != want {
		t.Errorf("an event of somebody else moved %+v to %+v", want, got)
	}
}
