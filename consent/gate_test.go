package consent

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

func gateAt(h History, err error, country string, now time.Time) *Gate {
	return NewGate(fakeLedger{history: h, err: err}, company(country), func() time.Time { return now })
}

// TestGate_IssuesWhatWasJudged: the envelope is the lead's own address, and the
// letter cannot be changed afterwards.
func TestGate_IssuesWhatWasJudged(t *testing.T) {
	h, l, _ := lawful("US", BasisInterest, "ewa@studio.example")
	h.Head = 41
	l.To[0].Name = "somebody"
	permit, err := gateAt(h, nil, "US", noon).MaySend(context.Background(), l)
	if err != nil {
		t.Fatal(err)
	}
	l.To[0].Email = "other@example.org"
	to, letter, err := permit.Use(noon)
	if err != nil || to != h.Lead.Address || letter.To[0].Email != "ewa@studio.example" || permit.Person() != ewa || permit.Basis() != BasisInterest {
		t.Errorf("to %v, letter to %v, error %v", to, letter.To, err)
	}
	letter.To[0].Email = "other@example.org"
	if _, again, _ := permit.Use(noon); again.To[0].Email != "ewa@studio.example" {
		t.Error("who used the permit could change it")
	}
	if permit.send.seq != 41 || permit.send.issued != noon {
		t.Errorf("rests on %d at %s", permit.send.seq, permit.send.issued)
	}
}

// TestG21_PermitKnowsWhetherItInforms: who sends need not read the text again.
func TestG21_PermitKnowsWhetherItInforms(t *testing.T) {
	h, l, c := lawful("PL", BasisReply, "ewa@studio.example")
	h.Events = []Event{event(1, KindNotice, "", ago(1))}
	for text, want := range map[string]bool{
		"Yes.\n\n" + c.PolicyURL: true, "Yes.": false, "Yes.\n> " + c.PolicyURL: false, "See " + c.PolicyURL + "/old": false,
	} {
		l.Text = text
		permit, err := gateAt(h, nil, "PL", noon).MaySend(context.Background(), l)
		if err != nil || permit.Informs() != want {
			t.Errorf("%q: informs %v, error %v", text, permit.Informs(), err)
		}
	}
	if (SendPermit{}).Informs() {
		t.Error("the zero permit informs")
	}
}

// TestGate_PermitsAge: a permit lives for a minute; the zero permit is nobody's.
func TestGate_PermitsAge(t *testing.T) {
	h, l, _ := lawful("PL", BasisConsent, "ewa@studio.example")
	h.Events = append(h.Events, event(2, KindGranted, TrackOpen, ago(1)))
	g := gateAt(h, nil, "PL", noon)
	send, err := g.MaySend(context.Background(), l)
	if err != nil {
		t.Fatal(err)
	}
	track, err := g.MayTrack(context.Background(), ewa, TrackOpen)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		at   time.Time
		want error
	}{
		{noon, nil}, {noon.Add(PermitLife), nil}, {noon.Add(PermitLife + 1), ErrStalePermit},
		{noon.Add(-PermitLife - 1), ErrStalePermit}, {noon.AddDate(1, 0, 0), ErrStalePermit},
	} {
		if _, _, err := send.Use(tc.at); !errors.Is(err, tc.want) {
			t.Errorf("send at %s: %v", tc.at, err)
		}
		person, purpose, err := track.Use(tc.at)
		if !errors.Is(err, tc.want) || tc.want == nil && (person != ewa || purpose != TrackOpen) || tc.want != nil && person != 0 {
			t.Errorf("track at %s: %v %v %v", tc.at, person, purpose, err)
		}
	}
	if _, _, err := (SendPermit{}).Use(noon); !errors.Is(err, ErrNoPermit) {
		t.Errorf("zero send permit: %v", err)
	}
	if _, _, err := (TrackPermit{}).Use(noon); !errors.Is(err, ErrNoPermit) {
		t.Errorf("zero track permit: %v", err)
	}
}

// TestGate_NoLedgerNoPermit: an error is an error, not a no and never a yes.
func TestGate_NoLedgerNoPermit(t *testing.T) {
	h, l, _ := lawful("US", BasisInterest, "ewa@studio.example")
	ctx := context.Background()
	other := h
	other.Lead.ID = 8
	for name, g := range map[string]*Gate{"unreadable": gateAt(h, errDisk, "US", noon), "of another person": gateAt(other, nil, "US", noon)} {
		send, err := g.MaySend(ctx, l)
		var refusal *Refusal
		if err == nil || errors.As(err, &refusal) || send.Person() != 0 {
			t.Errorf("%s: send permit for %d, error %v", name, send.Person(), err)
		}
		track, err := g.MayTrack(ctx, ewa, TrackOpen)
		if _, _, useErr := track.Use(noon); err == nil || errors.As(err, &refusal) || !errors.Is(useErr, ErrNoPermit) {
			t.Errorf("%s: track error %v, use %v", name, err, useErr)
		}
		if v, err := g.CheckSend(ctx, l); err == nil || v.Allowed() {
			t.Errorf("%s: check says %v, %v", name, v.Allowed(), err)
		}
		if v, err := g.CheckTrack(ctx, ewa, TrackOpen); err == nil || v.Allowed() {
			t.Errorf("%s: check says %v, %v", name, v.Allowed(), err)
		}
	}
	if _, err := gateAt(h, errDisk, "US", noon).MaySend(ctx, l); !errors.Is(err, errDisk) {
		t.Errorf("the cause is lost: %v", err)
	}
}

// TestGate_AsksAnew: a withdrawal between two questions wins.
func TestGate_AsksAnew(t *testing.T) {
	h, l, c := lawful("PL", BasisConsent, "ewa@studio.example")
	ledger := &fakeLedger{history: h}
	g := NewGate(ledger, c, func() time.Time { return noon })
	if _, err := g.MaySend(context.Background(), l); err != nil {
		t.Fatal(err)
	}
	ledger.history.Events = append(ledger.history.Events, event(2, KindWithdrawn, MarketingEmail, noon))
	_, err := g.MaySend(context.Background(), l)
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("error %v", err)
	}
	if refusal.Reason() == "" || refusal.Way() == "" || !strings.Contains(refusal.Error(), "L5a") || strings.Contains(refusal.Error(), "studio.example") {
		t.Errorf("refusal %q, way %q", refusal.Error(), refusal.Way())
	}
}

func TestRefusal_OfNothing(t *testing.T) {
	r := &Refusal{Verdict: Verdict{Act: ActSend}}
	if r.Verdict.Allowed() || r.Reason() == "" || r.Error() == "" {
		t.Error("an empty verdict is not a plain no")
	}
}

func TestValidate(t *testing.T) {
	for _, tc := range []struct {
		name   string
		kind   Kind
		change func(*Event)
		want   error
	}{
		{"granted", KindGranted, nil, nil},
		{"refused", KindRefused, nil, nil},
		{"withdrawn", KindWithdrawn, nil, nil},
		{"objected", KindObjected, func(e *Event) { e.Purpose = "" }, nil},
		{"soft opt-in", KindSoftOptIn, func(e *Event) { e.Purpose = "" }, nil},
		{"asked by our mail", KindAsked, func(e *Event) { e.Method, e.Evidence, e.Wording = BySending, "", "" }, nil},
		{"notice by our mail", KindNotice, func(e *Event) { e.Method, e.Evidence, e.Wording, e.Message = BySending, "", "", "x@y" }, nil},
		{"corrected", KindCorrected, func(e *Event) { e.Corrects, e.Evidence = 3, "" }, nil},
		{"a no needs no wording", KindWithdrawn, func(e *Event) { e.Wording = "" }, nil},
		{"a no may be imported", KindObjected, func(e *Event) { e.Method = ByImport }, nil},
		{"kind", "granted ", nil, ErrBadKind},
		{"no kind", "", nil, ErrBadKind},
		{"person", KindGranted, func(e *Event) { e.Person = 0 }, ErrNoPerson},
		{"actor", KindWithdrawn, func(e *Event) { e.Actor = " " }, ErrNoActor},
		{"time", KindGranted, func(e *Event) { e.At = time.Time{} }, ErrNoTime},
		{"future", KindGranted, func(e *Event) { e.At = noon.Add(1) }, ErrFuture},
		{"purpose", KindGranted, func(e *Event) { e.Purpose = "" }, ErrNoPurpose},
		{"unknown purpose", KindWithdrawn, func(e *Event) { e.Purpose = "all" }, ErrNoPurpose},
		{"import grants nothing", KindGranted, func(e *Event) { e.Method = ByImport }, ErrImport},
		{"import of a soft opt-in", KindSoftOptIn, func(e *Event) { e.Method = ByImport }, ErrImport},
		{"our sending grants nothing", KindGranted, func(e *Event) { e.Method = BySending }, ErrNoMethod},
		{"no method", KindGranted, func(e *Event) { e.Method = "" }, ErrNoMethod},
		{"a no without method", KindRefused, func(e *Event) { e.Method = "" }, ErrNoMethod},
		{"evidence", KindGranted, func(e *Event) { e.Evidence = "\t" }, ErrNoEvidence},
		{"a no without evidence", KindObjected, func(e *Event) { e.Evidence = "" }, ErrNoEvidence},
		{"a notice without proof", KindNotice, func(e *Event) { e.Evidence = "" }, ErrNoEvidence},
		{"wording", KindGranted, func(e *Event) { e.Wording = "" }, ErrNoWording},
		{"soft opt-in without the offer to refuse", KindSoftOptIn, func(e *Event) { e.Wording = "" }, ErrNoWording},
		{"end before beginning", KindGranted, func(e *Event) { e.ValidUntil = e.At }, ErrBadEnd},
		{"corrects nothing", KindCorrected, nil, ErrNoTarget},
	} {
		e := event(0, tc.kind, TrackOpen, noon)
		if tc.change != nil {
			tc.change(&e)
		}
		if got := e.Validate(noon); !errors.Is(got, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
}
