package store_test

import (
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// TestL5e_DataGoesOnItsDay, a fake clock for each class: the day before nothing
// happens, and on the day the bytes are gone.
func TestL5e_DataGoesOnItsDay(t *testing.T) {
	informed := func(d *desk, id mail.PersonID) {
		ok(d.Record(ctx, consent.Event{Person: id, Kind: consent.KindNotice, Evidence: "told by phone", At: d.now}))(d.t)
	}
	never := func(d *desk) mail.PersonID {
		return ok(d.AddLead(ctx, consent.Lead{Address: address(markedEmail), Name: markedName, Source: "SOURCEMARK", SourceKind: consent.SourceResearch, ObtainedAt: d.now}))(d.t).ID
	}
	for _, tc := range []struct {
		name  string
		class consent.Class
		make  func(d *desk) mail.PersonID
		last  func(start time.Time) time.Time
	}{
		{"un-notified", consent.ClassUninformed, never, func(s time.Time) time.Time { return s.Add(consent.NoticeTerm + consent.LockedFor) }},
		{"cold", consent.ClassCold, func(d *desk) mail.PersonID { id := never(d); informed(d, id); return id }, func(s time.Time) time.Time { return s.AddDate(0, 6, 0) }},
		{"dialogue", consent.ClassDialogue, func(d *desk) mail.PersonID { return d.aLead(markedEmail) },
			func(s time.Time) time.Time { return s.Add(-time.Hour).AddDate(0, 24, 0) }},
		{"consent that ran out", consent.ClassDialogue, func(d *desk) mail.PersonID {
			id := never(d)
			informed(d, id)
			ok(d.Record(ctx, consent.Event{Person: id, Kind: consent.KindGranted, Purpose: consent.MarketingEmail, Method: consent.ByPhone,
				Wording: "yes", Evidence: "diary", At: d.now, ValidUntil: d.now.AddDate(0, 1, 0)}))(d.t)
			return id
		}, func(s time.Time) time.Time { return s.AddDate(0, 25, 0) }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newDesk(t)
			start := d.now
			tc.make(d)
			d.aLead("stays@else.example")
			d.now = tc.last(start).Add(-time.Minute)
			d.receive(d.came("stays@else.example", time.Minute))
			if done := ok(d.Purge(ctx))(t); len(done.Erased) != 0 {
				t.Fatalf("too early: %+v", done.Erased)
			}
			d.now = tc.last(start).Add(time.Minute)
			done := ok(d.Purge(ctx))(t)
			if len(done.Erased) != 1 || done.Erased[0].Retention.Class != tc.class {
				t.Fatalf("on the day: %+v", done.Erased)
			}
			if left := traces(t, d.home()); len(left) > 0 {
				t.Errorf("%q is left", left)
			}
			if _, known := d.row("stays@else.example"); !known {
				t.Error("somebody else went along")
			}
			if again := ok(d.Purge(ctx))(t); len(again.Erased) != 0 {
				t.Errorf("the second time: %+v", again.Erased)
			}
		})
	}
}

// TestD1_AHoldAndARequestKeepThePurgeAway.
func TestD1_AHoldAndARequestKeepThePurgeAway(t *testing.T) {
	for kind, lift := range map[consent.Kind]consent.Kind{consent.KindHeld: consent.KindUnheld, consent.KindRequested: ""} {
		d := newDesk(t)
		id := d.aLead("ewa@studio.example")
		ok(d.Record(ctx, consent.Event{Person: id, Kind: kind, Right: consent.RightCopy, Evidence: "a letter", At: d.now}))(t)
		d.now = d.now.AddDate(5, 0, 0)
		if done := ok(d.Purge(ctx))(t); len(done.Erased) != 0 {
			t.Errorf("%s: they went all the same", kind)
		}
		if lift == "" {
			continue
		}
		ok(d.Record(ctx, consent.Event{Person: id, Kind: lift, Evidence: "it is over", At: d.now}))(t)
		if done := ok(d.Purge(ctx))(t); len(done.Erased) != 1 {
			t.Errorf("%s was lifted and nobody went", kind)
		}
	}
}

// TestD1_AMailThatLeavesKeepsThePurgeAway, and is told.
func TestD1_AMailThatLeavesKeepsThePurgeAway(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@studio.example")
	d.now = d.now.AddDate(5, 0, 0)
	ok(d.Queue(ctx, mail.Draft{Person: id, To: address("ewa@studio.example"), Text: "x"}, 0))(t)
	ok2(d.Claim(ctx))(t)
	done := ok(d.Purge(ctx))(t)
	if len(done.Erased) != 0 || len(done.Kept) != 1 {
		t.Errorf("erased %v, kept %v", done.Erased, done.Kept)
	}
}
