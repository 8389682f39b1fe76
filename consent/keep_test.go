package consent

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// keeping is a gate over a ledger that keeps.
func keeping(h History, country string, full error) (*Gate, *[]Decision) {
	kept := new([]Decision)
	return NewGate(fakeLedger{history: h, kept: kept, full: full}, company(country), func() time.Time { return noon }), kept
}

// TestG23_EveryAnswerIsKept: yes and no, of the queue, of the send and of
// tracking, with what it rested on. A checklist is no answer.
func TestG23_EveryAnswerIsKept(t *testing.T) {
	h, l, _ := lawful("PL", BasisConsent, "ewa@studio.example")
	h.Events = append(h.Events, event(2, KindGranted, TrackOpen, ago(1)))
	h.Head = 2
	l.MessageID, l.Template, l.TemplateHash = "m1@jasnykat.example", "offer", "abcd"
	g, kept := keeping(h, "PL", nil)
	ctx := context.Background()
	if _, err := g.CheckSend(ctx, l); err != nil || len(*kept) != 0 {
		t.Fatalf("a checklist was kept: %v, %v", *kept, err)
	}
	if _, err := g.CheckTrack(ctx, ewa, TrackClick); err != nil || len(*kept) != 0 {
		t.Fatalf("a checklist was kept: %v, %v", *kept, err)
	}
	queued, err := g.MayQueue(ctx, l)
	if err != nil || !queued.Allowed() {
		t.Fatalf("%v, %v", queued.Failed(), err)
	}
	bare := l
	bare.Text = "Buy it."
	_, errSend := g.MaySend(ctx, l)
	_, errBare := g.MaySend(ctx, bare)
	_, errOpen := g.MayTrack(ctx, ewa, TrackOpen)
	_, errClick := g.MayTrack(ctx, ewa, TrackClick)
	for i, want := range []struct {
		moment Moment
		act    Act
		ok     bool
		err    error
	}{
		{MomentQueue, ActSend, true, nil}, {MomentSend, ActSend, true, errSend}, {MomentSend, ActSend, false, errBare},
		{MomentTrack, ActTrackOpen, true, errOpen}, {MomentTrack, ActTrackClick, false, errClick},
	} {
		if i >= len(*kept) {
			t.Fatalf("%d answers were kept", len(*kept))
		}
		d := (*kept)[i]
		if d.Moment != want.moment || d.Verdict.Act != want.act || d.Verdict.Allowed() != want.ok || (want.err == nil) != want.ok {
			t.Errorf("answer %d is %s %s %v, error %v", i, d.Moment, d.Verdict.Act, d.Verdict.Allowed(), want.err)
		}
		if d.Verdict.Person != ewa || d.Verdict.At != noon || d.Verdict.Seq != 2 || d.Verdict.Rules != RulesVersion() || len(d.Verdict.Checks) == 0 {
			t.Errorf("answer %d says %+v", i, d.Verdict)
		}
		if d.Inputs.Country != "PL" || d.Inputs.Sender != "PL" || !reflect.DeepEqual(d.Inputs.Events, []int64{1, 2}) || d.Inputs.States[1] != "track_open=granted" {
			t.Errorf("answer %d rests on %+v", i, d.Inputs)
		}
	}
	in := (*kept)[1]
	if in.Message != l.MessageID || in.Inputs.Template != "offer abcd" || in.Inputs.Subject != l.Subject || len(in.Inputs.TextHash) != 64 ||
		in.Inputs.TextHash == (*kept)[2].Inputs.TextHash || in.Inputs.ObtainedAt != h.Lead.ObtainedAt.UnixMilli() || in.Inputs.Reason != h.Lead.Reason {
		t.Errorf("%+v", in)
	}
	if !reflect.DeepEqual((*kept)[1].Verdict, DecideSend(h, l, company("PL"), noon)) {
		t.Error("another verdict was kept than was given")
	}
}

// TestG23_InterestNamesItsAssessment: which version carried the mail, by its hash (S27).
func TestG23_InterestNamesItsAssessment(t *testing.T) {
	h, l, _ := lawful("US", BasisInterest, "ewa@studio.example")
	g, kept := keeping(h, "US", nil)
	if _, err := g.MaySend(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	a := h.Assessments[0]
	if got := (*kept)[0].Inputs.Assessment; got == "" || got[len(got)-len(a.Hash()):] != a.Hash() {
		t.Errorf("it names %q", got)
	}
}

// TestG23_NotKeptIsNoPermit: an answer that cannot be shown later is none, and
// is told as a fault and not as a no.
func TestG23_NotKeptIsNoPermit(t *testing.T) {
	h, l, _ := lawful("PL", BasisConsent, "ewa@studio.example")
	h.Events = append(h.Events, event(2, KindGranted, TrackOpen, ago(1)))
	g, _ := keeping(h, "PL", errDisk)
	ctx := context.Background()
	bare := l
	bare.Text = "Buy it."
	var refusal *Refusal
	for name, letter := range map[string]Letter{"yes": l, "no": bare} {
		permit, err := g.MaySend(ctx, letter)
		if _, _, use := permit.Use(noon); !errors.Is(err, errDisk) || errors.As(err, &refusal) || !errors.Is(use, ErrNoPermit) {
			t.Errorf("send, %s: %v, use %v", name, err, use)
		}
		if v, err := g.MayQueue(ctx, letter); !errors.Is(err, errDisk) || v.Allowed() {
			t.Errorf("queue, %s: %v, allowed %v", name, err, v.Allowed())
		}
	}
	for _, purpose := range []Purpose{TrackOpen, TrackClick} {
		permit, err := g.MayTrack(ctx, ewa, purpose)
		if _, _, use := permit.Use(noon); !errors.Is(err, errDisk) || errors.As(err, &refusal) || !errors.Is(use, ErrNoPermit) {
			t.Errorf("%s: %v, use %v", purpose, err, use)
		}
	}
}

// TestG11_WithdrawalCascadesAGrantDoesNot: marketing withdrawn takes the tracking
// along; marketing granted again does not bring it back, nor does it open any.
func TestG11_WithdrawalCascadesAGrantDoesNot(t *testing.T) {
	granted := []Event{event(1, KindGranted, MarketingEmail, ago(9)), event(2, KindGranted, TrackOpen, ago(8)), event(3, KindGranted, TrackClick, ago(8))}
	withdrawn := append(granted[:3:3], event(4, KindWithdrawn, MarketingEmail, ago(5)))
	again := append(withdrawn[:4:4], event(5, KindGranted, MarketingEmail, ago(2)))
	for _, tc := range []struct {
		name      string
		events    []Event
		marketing bool
		tracking  bool
	}{
		{"marketing alone", granted[:1], true, false}, {"all granted", granted, true, true},
		{"marketing withdrawn", withdrawn, false, false}, {"marketing granted again", again, true, false},
	} {
		h := past("PL", tc.events...)
		g, kept := keeping(h, "PL", nil)
		if got := fold(h, noon).states[MarketingEmail] == Granted; got != tc.marketing {
			t.Errorf("%s: marketing %v", tc.name, got)
		}
		for _, purpose := range []Purpose{TrackOpen, TrackClick} {
			_, err := g.MayTrack(context.Background(), ewa, purpose)
			if (err == nil) != tc.tracking {
				t.Errorf("%s: %s is %v", tc.name, purpose, err)
			}
		}
		if len(*kept) != 2 {
			t.Errorf("%s: %d answers were kept", tc.name, len(*kept))
		}
	}
}

// TestG11_ARequestChangesNothing: whatever is on file, asking for a consent opens
// nothing and closes nothing.
func TestG11_ARequestChangesNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var events []Event
		for i := range rapid.IntRange(0, 6).Draw(r, "events") {
			kind := rapid.SampledFrom([]Kind{KindGranted, KindRefused, KindWithdrawn, KindObjected, KindSoftOptIn, KindNotice}).Draw(r, "kind")
			events = append(events, event(int64(i+1), kind, rapid.SampledFrom(Purposes()).Draw(r, "purpose"), ago(rapid.IntRange(0, 30).Draw(r, "days"))))
		}
		asked := event(int64(len(events)+1), KindAsked, rapid.SampledFrom(Purposes()).Draw(r, "asked"), ago(rapid.IntRange(0, 30).Draw(r, "asked days ago")))
		before, after := wrote(past("PL", events...), 1), wrote(past("PL", append(events[:len(events):len(events)], asked)...), 1)
		for _, p := range Purposes() {
			was, is := fold(before, noon).states[p], fold(after, noon).states[p]
			if was != is && (was != NeverAsked || is != Asked || p != asked.Purpose) {
				r.Errorf("%s was %s and is %s", p, was, is)
			}
			if a, b := DecideTrack(before, p, noon), DecideTrack(after, p, noon); a.Allowed() != b.Allowed() {
				r.Errorf("tracking %s was %v and is %v", p, a.Allowed(), b.Allowed())
			}
		}
		l := letterFor(before, company("PL"), BasisConsent, Tracking{})
		if a, b := DecideSend(before, l, company("PL"), noon), DecideSend(after, l, company("PL"), noon); a.Allowed() != b.Allowed() || a.Basis != b.Basis {
			r.Errorf("a send was %v on %q and is %v on %q", a.Allowed(), a.Basis, b.Allowed(), b.Basis)
		}
	})
}
