package store_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
	"zgoda/store/storetest"
)

// refused fails unless err has a sentence and a next step for the rep.
func refused(t *testing.T, err error) *mail.Problem {
	t.Helper()
	var told *mail.Problem
	if !errors.As(err, &told) {
		t.Fatalf("the answer is %v, not a problem with a sentence", err)
	}
	if told.Sentence == "" || told.NextStep == "" {
		t.Errorf("the problem says %q and %q", told.Sentence, told.NextStep)
	}
	return told
}

func TestL14_MakeLeadFillsSourceAndDate(t *testing.T) {
	d := newDesk(t)
	first := d.came("Ewa Żółć <ewa@kupiec.pl>", 50*time.Hour)
	d.receive(d.came("ewa@kupiec.pl", time.Hour), first)
	id := d.person("ewa@kupiec.pl")
	lead := ok(d.MakeLead(ctx, id))(t)
	want := consent.Lead{
		ID: id, Address: address("Ewa Żółć <ewa@kupiec.pl>"), Name: "Ewa Żółć", Language: "pl", Since: d.now, UpdatedAt: d.now,
		Source: "e-mail to us, 22 November 2026", SourceKind: consent.SourceInbound, ObtainedAt: first.Internal,
	}
	if lead != want {
		t.Errorf("the lead is\n%+v, want\n%+v", lead, want)
	}
	if stored := ok(d.History(ctx, id))(t).Lead; stored != want {
		t.Errorf("stored is\n%+v", stored)
	}
	d.now = d.now.Add(time.Hour)
	if again := ok(d.MakeLead(ctx, id))(t); again != want {
		t.Errorf("made a lead twice: %+v", again)
	}
}

func TestL14_NoSourceNoLead(t *testing.T) {
	d := newDesk(t)
	d.sentBox(d.went("cold@kupiec.example", time.Hour))
	refused(t, func() error { _, err := d.MakeLead(ctx, d.person("cold@kupiec.example")); return err }())
	good := consent.Lead{Address: address("a@b.example"), Source: "fair in Poznań", SourceKind: consent.SourceEvent, ObtainedAt: d.now.Add(-time.Hour)}
	for name, spoil := range map[string]func(*consent.Lead){
		"address": func(l *consent.Lead) { l.Address = mail.Address{} },
		"us":      func(l *consent.Lead) { l.Address = storetest.Account() },
		"source":  func(l *consent.Lead) { l.Source = " " },
		"kind":    func(l *consent.Lead) { l.SourceKind = "" },
		"kind?":   func(l *consent.Lead) { l.SourceKind = "somewhere" },
		"date":    func(l *consent.Lead) { l.ObtainedAt = time.Time{} },
		"future":  func(l *consent.Lead) { l.ObtainedAt = d.now.Add(time.Hour) },
	} {
		bad := good
		spoil(&bad)
		_, err := d.AddLead(ctx, bad)
		if refused(t, err); t.Failed() {
			t.Fatal(name)
		}
	}
	lead := ok(d.AddLead(ctx, good))(t)
	lead.Source = ""
	refused(t, d.SaveLead(ctx, lead))
	if counts := ok(d.Counts(ctx))(t); counts.Leads != 1 {
		t.Errorf("counts are %+v", counts)
	}
}

func TestAddLeadOfSomebodyKnown(t *testing.T) {
	d := newDesk(t)
	d.receive(d.came("Ewa <ewa@żółw.example>", time.Hour))
	facts := consent.Lead{Address: address("EWA@xn--w-uga1v8h.example"), Company: "Żółw", Source: "fair", SourceKind: consent.SourceEvent, ObtainedAt: d.now}
	facts.Address = address("EWA@Żółw.example")
	lead := ok(d.AddLead(ctx, facts))(t)
	if counts := ok(d.Counts(ctx))(t); counts != (consent.Counts{Leads: 1, All: 1, Unread: 1, Waiting: 1}) {
		t.Errorf("counts are %+v: one person became two", counts)
	}
	if lead.Name != "Ewa" || lead.Company != "Żółw" {
		t.Errorf("the lead is %+v", lead)
	}
	twice, err := d.AddLead(ctx, facts)
	if refused(t, err); twice.ID != lead.ID {
		t.Error("the lead that is there was not given back")
	}
}

func TestSaveLead(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	lead := ok(d.History(ctx, id))(t).Lead
	lead.Company, lead.Role, lead.Country, lead.Reason, lead.Note = "Kupiec", "CEO", "PL", "because", "call on Friday"
	lead.Name, lead.SourcePublic, lead.Since = "Ewa K.", true, d.now.Add(-99*time.Hour)
	d.must(d.SaveLead(ctx, lead))
	lead.Since = d.now
	if got := ok(d.History(ctx, id))(t).Lead; got != lead {
		t.Errorf("saved\n%+v, got\n%+v", lead, got)
	}
	lead.Address = address("other@kupiec.example")
	refused(t, d.SaveLead(ctx, lead))
	refused(t, d.SaveLead(ctx, consent.Lead{ID: 999}))
	d.must(d.UnmakeLead(ctx, id))
	lead.Address = address("ewa@kupiec.example")
	refused(t, d.SaveLead(ctx, lead))
}

func objection(id mail.PersonID, at time.Time) consent.Event {
	return consent.Event{Person: id, Kind: consent.KindObjected, Method: consent.ByEmail, Evidence: "their mail says stop", At: at}
}

func TestL21_ObjectionSuppressesAndTakesQueuedMailBack(t *testing.T) {
	d := newDesk(t)
	id, other := d.aLead("ewa@kupiec.example"), d.aLead("jan@kupiec.example")
	queued := ok(d.Queue(ctx, mail.Draft{Person: id, To: address("ewa@kupiec.example"), Text: "Hello"}, 0))(t)
	ok(d.Queue(ctx, mail.Draft{Person: other, To: address("jan@kupiec.example"), Text: "Hello"}, 0))(t)
	event := ok(d.Record(ctx, objection(id, d.now)))(t)
	if event.Seq != 1 || event.Actor != "marta" || !event.RecordedAt.Equal(d.now) {
		t.Errorf("recorded %+v", event)
	}
	claimed, _, err := d.Claim(ctx)
	if err != nil || claimed.Person != other {
		t.Errorf("claimed %+v, %v", claimed, err)
	}
	if _, more, _ := d.Claim(ctx); more {
		t.Error("a mail to somebody who objected was claimed")
	}
	for _, out := range ok(d.Outgoing(ctx))(t) {
		if out.ID == queued.ID && (out.State != mail.Refused || out.Reason == "" || out.NextStep == "") {
			t.Errorf("the queued mail is %+v", out)
		}
	}
	if history := ok(d.History(ctx, id))(t); !history.Suppressed || len(history.Events) != 1 || history.Head != 1 {
		t.Errorf("the history is %+v", history)
	}
	row, _ := d.row("ewa@kupiec.example")
	if !row.Standing.Suppressed || !row.Standing.Objected || row.Out != mail.Refused {
		t.Errorf("the row is %+v", row)
	}
}

func TestL17_3_SuppressedAddressIsNotAddedAgain(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("jan@żółw.example")
	ok(d.Record(ctx, objection(id, d.now)))(t)
	for _, spelling := range []string{"JAN@Żółw.example", "jan@xn--w-uga1v8h.example"} {
		a := mail.Address{Email: spelling}
		suppressed := ok(d.Suppressed(ctx, a))(t)
		if same := a.Key() == address("jan@żółw.example").Key(); suppressed != same {
			t.Errorf("suppressed is %t for a spelling whose key is the same: %t", suppressed, same)
		}
	}
	d.must(d.UnmakeLead(ctx, id))
	_, err := d.AddLead(ctx, consent.Lead{Address: address("Jan@ŻÓŁW.example"), Source: "a list", SourceKind: consent.SourceBought, ObtainedAt: d.now})
	refused(t, err)
}

func TestD4_SuppressionHoldsNoPlainText(t *testing.T) {
	d := newDesk(t)
	ok(d.Record(ctx, objection(d.aLead("ewa.unikalna@kupiec.example"), d.now)))(t)
	hashes := ok(d.RawSuppressions(ctx))(t)
	if len(hashes) != 1 || strings.Contains(hashes[0], "unikalna") || len(hashes[0]) != 64 {
		t.Errorf("stored are %v", hashes)
	}
}

func TestD4_AnotherKeyIsRefused(t *testing.T) {
	d := newDesk(t)
	for _, readOnly := range []bool{true, false} {
		options := d.options
		options.Key, options.ReadOnly = bytes.Repeat([]byte{8}, store.MinKey), readOnly
		if !readOnly {
			d.must(d.Close())
		}
		_, err := store.Open(ctx, options)
		if told := refused(t, err); !told.Fatal {
			t.Error("trying again cannot help, and that is not said")
		}
	}
	d.reopen()
	options := d.options
	options.Key = options.Key[:31]
	if _, err := store.Open(ctx, options); err == nil {
		t.Error("a short key was taken")
	}
}

func TestLedgerOfNobodyIsAnError(t *testing.T) {
	d := newDesk(t)
	_, err := d.History(ctx, 12345)
	refused(t, err)
	_, err = d.Record(ctx, objection(12345, d.now))
	refused(t, err)
}

func TestRecordValidates(t *testing.T) {
	d := newDesk(t)
	event := objection(d.aLead("ewa@kupiec.example"), d.now)
	event.Evidence = ""
	if _, err := d.Record(ctx, event); !errors.Is(err, consent.ErrNoEvidence) {
		t.Errorf("without evidence: %v", err)
	}
	if history := ok(d.History(ctx, event.Person))(t); history.Suppressed || history.Events != nil {
		t.Error("an invalid event had consequences")
	}
}

func TestCorrectionOnlyNarrows(t *testing.T) {
	d := newDesk(t)
	id, other := d.aLead("ewa@kupiec.example"), d.aLead("jan@kupiec.example")
	grant := ok(d.Record(ctx, consent.Event{
		Person: id, Kind: consent.KindGranted, Purpose: consent.TrackOpen, Method: consent.ByEmail,
		Wording: "Zgadzam się na śledzenie otwarć", Language: "pl", Evidence: "mail of today", Message: "m1@elsewhere.example", At: d.now,
	}))(t)
	stop := ok(d.Record(ctx, objection(id, d.now)))(t)
	correct := consent.Event{Person: id, Kind: consent.KindCorrected, Method: consent.ByPhone, Evidence: "wrong person", At: d.now}
	for name, seq := range map[string]int64{"an objection": stop.Seq, "nothing": 99} {
		correct.Corrects = seq
		if _, err := d.Record(ctx, correct); err == nil {
			t.Errorf("%s was corrected away", name)
		}
	}
	correct.Corrects = grant.Seq
	foreign := correct
	foreign.Person = other
	if _, err := d.Record(ctx, foreign); err == nil {
		t.Error("another person's entry was corrected")
	}
	ok(d.Record(ctx, correct))(t)
	events := ok(d.History(ctx, id))(t).Events
	if len(events) != 3 || events[0] != grant || events[2].Corrects != grant.Seq {
		t.Errorf("the ledger is %+v", events)
	}
}

func TestHistoryInbound(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	var batch []mail.Fetched
	for range 25 {
		batch = append(batch, d.came("ewa@kupiec.example", time.Minute*time.Duration(d.uid)))
	}
	d.receive(batch...)
	d.receive(d.came("ewa@kupiec.example", 0, func(f *mail.Fetched) { f.Message.Kind = mail.AutoReply }),
		d.came("ewa@kupiec.example", 0, func(f *mail.Fetched) { f.Message.ID = "" }))
	ours := d.went("ewa@kupiec.example", 5*time.Hour)
	d.sentBox(ours)
	history := ok(d.History(ctx, id))(t)
	if len(history.Inbound) != 20 || history.Inbound[0].ID != "m2@elsewhere.example" || !history.LastOutbound.Equal(ours.Internal) {
		t.Errorf("inbound %d, first %+v, last outbound %v", len(history.Inbound), history.Inbound[0], history.LastOutbound)
	}
}

func TestL21_2_HistorySaysWhichMailSaysStop(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	d.receive(d.came("ewa@kupiec.example", time.Hour), d.came("ewa@kupiec.example", time.Minute, func(f *mail.Fetched) {
		f.Message.Whole, f.Message.Text = true, "STOP, proszę nie pisać."
	}))
	history := ok(d.History(ctx, id))(t)
	if len(history.Inbound) < 2 || !history.Inbound[0].Stop || history.Inbound[1].Stop {
		t.Errorf("inbound is %+v", history.Inbound)
	}
}

func TestReadOnlyBesideARunningOne(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@kupiec.example")
	options := d.options
	options.ReadOnly = true
	reader := ok(store.Open(ctx, options))(t)
	d.receive(d.came("nowy@kupiec.example", time.Minute))
	if counts := ok(reader.Counts(ctx))(t); counts.New != 1 {
		t.Errorf("the reader counts %+v", counts)
	}
	err := reader.MarkRead(ctx, id)
	if refused(t, err); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("writing gave %v", err)
	}
	d.must(reader.Close())
	d.must(d.Close())
	// And without one: the log is gone then, and must not be needed.
	reader = ok(store.Open(ctx, options))(t)
	if counts := ok(reader.Counts(ctx))(t); counts.New != 1 {
		t.Errorf("alone the reader counts %+v", counts)
	}
	d.must(reader.Close())
	if _, err := os.Stat(options.Path); err != nil {
		t.Error(err)
	}
}
