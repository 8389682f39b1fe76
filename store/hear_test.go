package store_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

const ewaAt = "ewa@studio.example"

// proven is what the trusted host says of a mail that really came from ewaAt.
var proven = mail.Authentication{By: "mx.firma.example", DKIM: "pass", DMARC: "pass", Domain: "studio.example", From: "studio.example", Aligned: true}

// theirs is a whole mail with these words, with the bytes it came as.
func (d *desk) theirs(from, text string, auth mail.Authentication) mail.Fetched {
	return d.came(from, 0, func(f *mail.Fetched) {
		f.Message.Text, f.Auth = text, auth
		f.Raw = []byte("From: " + from + "\r\nMessage-ID: <" + string(f.Message.ID) + ">\r\n\r\n" + text)
	})
}

// askEwa is a lead who was asked for purposes by a mail of ours, a minute ago.
func (d *desk) askEwa(purposes ...consent.Purpose) (mail.PersonID, []mail.Question) {
	d.t.Helper()
	id := d.aLead(ewaAt)
	questions, paragraphs, err := consent.Ask(d.options.Controller, purposes, "en", rand.Reader)
	d.must(err)
	draft := mail.Draft{Person: id, To: address(ewaAt), Subject: "One question", Text: strings.Join(paragraphs, "\n\n"), Asks: questions}
	ok(d.Queue(ctx, draft, 0))(d.t)
	out := ok2(d.Claim(ctx))(d.t)
	d.must(d.Sealing(ctx, out.ID, []byte("sealed")))
	out.State = mail.Sent
	asked := consent.AskedBy(d.history(id), consent.LetterOf(out.Draft), d.options.Controller, d.now)
	for i := range asked {
		asked[i].Message, asked[i].At = out.MessageID, d.now
	}
	d.must(d.Settle(ctx, out, asked...))
	d.now = d.now.Add(time.Minute)
	return id, questions
}

func (d *desk) history(id mail.PersonID) consent.History {
	d.t.Helper()
	return ok(d.History(ctx, id))(d.t)
}

// recorded is the events of a kind.
func (d *desk) recorded(id mail.PersonID, kind consent.Kind) []consent.Event {
	var found []consent.Event
	for _, e := range d.history(id).Events {
		if e.Kind == kind {
			found = append(found, e)
		}
	}
	return found
}

func (d *desk) states(id mail.PersonID) map[consent.Purpose]consent.State {
	return consent.Stand(d.history(id), d.options.Controller, d.now).States
}

func TestG12_AProvenAnswerGrantsAndKeepsItsProof(t *testing.T) {
	d := newDesk(t)
	id, questions := d.askEwa(consent.MarketingEmail, consent.TrackOpen)
	if got := d.states(id); got[consent.MarketingEmail] != consent.Asked || got[consent.TrackOpen] != consent.Asked {
		t.Fatalf("after the question: %v", got)
	}
	answer := d.theirs(ewaAt, questions[0].Wording+".\n\nEwa", proven)
	d.receive(answer)
	got := d.states(id)
	if got[consent.MarketingEmail] != consent.Granted || got[consent.TrackOpen] != consent.Asked {
		t.Errorf("after the answer: %v", got)
	}
	granted := d.recorded(id, consent.KindGranted)
	if len(granted) != 1 {
		t.Fatalf("%d grants", len(granted))
	}
	sum := sha256.Sum256(answer.Raw)
	e := granted[0]
	if e.Wording != questions[0].Wording || e.Message != answer.Message.ID || e.Raw != hex.EncodeToString(sum[:]) || e.Auth != proven.String() || e.Actor != "zgoda" {
		t.Errorf("the entry is %+v", e)
	}
	raw, known, err := d.Raw(ctx, e.Raw)
	if err != nil || !known || string(raw) != string(answer.Raw) {
		t.Errorf("L7.1: the raw mail is not kept byte for byte: %t %v", known, err)
	}
	// The same mail again, by its body and after a new UIDVALIDITY, changes nothing.
	d.must(d.SaveBodies(ctx, d.inbox, []mail.Fetched{answer}))
	d.receive(answer)
	second := d.theirs(ewaAt, questions[0].Code, proven)
	d.receive(second)
	if n := len(d.recorded(id, consent.KindGranted)); n != 1 {
		t.Errorf("%d grants after hearing it again", n)
	}
	if got := d.history(id).Inbound[0]; got.Doubt != "" || got.Stop {
		t.Errorf("a spent code raises a doubt: %+v", got)
	}
}

func TestG12_WhatIsNotProvenIsHeldAndKept(t *testing.T) {
	for name, c := range map[string]struct {
		auth mail.Authentication
		text func(mail.Question) string
		held bool
	}{
		"not authenticated": {mail.Authentication{}, func(q mail.Question) string { return q.Code }, true},
		"another domain":    {mail.Authentication{By: "dkim", DKIM: "pass", Domain: "evil.example", From: "evil.example"}, func(q mail.Question) string { return q.Code }, true},
		"denied":            {proven, func(q mail.Question) string { return "no, not " + q.Code }, true},
		"ok thanks":         {proven, func(mail.Question) string { return "ok thanks" }, false},
		"yes":               {proven, func(mail.Question) string { return "Yes." }, false},
		"quoted only":       {proven, func(q mail.Question) string { return "Fine.\n\n> " + q.Wording + " " + q.Code }, false},
		"quoted without mark": {proven, func(q mail.Question) string {
			return "Fine.\n\nFrom: Marta\nSent: today\n\n" + q.Wording + " " + q.Code
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			id, questions := d.askEwa(consent.MarketingEmail)
			answer := d.theirs(ewaAt, c.text(questions[0]), c.auth)
			d.receive(answer)
			if n := len(d.recorded(id, consent.KindGranted)); n != 0 || d.states(id)[consent.MarketingEmail] == consent.Granted {
				t.Fatal("granted")
			}
			held := consent.Stand(d.history(id), d.options.Controller, d.now).Held
			if (held.ID == answer.Message.ID) != c.held {
				t.Errorf("held is %+v", held)
			}
			sum := sha256.Sum256(answer.Raw)
			if _, known, err := d.Raw(ctx, hex.EncodeToString(sum[:])); err != nil || known != c.held {
				t.Errorf("the raw mail is kept: %t (%v)", known, err)
			}
			if !c.held {
				return
			}
			if row, _ := d.row(ewaAt); row.Standing.Held.ID != answer.Message.ID {
				t.Errorf("the inbox does not show it: %+v", row.Standing.Held)
			}
			ok(d.Record(ctx, consent.Event{Person: id, Kind: consent.KindRead, Message: answer.Message.ID, Evidence: "asked back by phone", At: d.now}))(t)
			if held := consent.Stand(d.history(id), d.options.Controller, d.now).Held; held.ID != "" {
				t.Errorf("still held after the rep read it: %+v", held)
			}
		})
	}
}

// TestL21_2_AStopActsInTheTransactionThatStoresIt: no moment in between.
func TestL21_2_AStopActsInTheTransactionThatStoresIt(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want consent.Kind
	}{
		"stop":     {"Proszę mnie wypisać.", consent.KindObjected},
		"withdraw": {"Ich widerrufe meine Einwilligung.", consent.KindWithdrawn},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			id := d.aLead(ewaAt)
			ok(d.Record(ctx, consent.Event{Person: id, Kind: consent.KindGranted, Purpose: consent.MarketingEmail, Method: consent.ByPhone,
				Wording: "I agree.", Evidence: "call", At: d.now.Add(-time.Hour)}))(t)
			out := ok(d.Queue(ctx, mail.Draft{Person: id, To: address(ewaAt), Subject: "News", Text: "x"}, time.Hour))(t)
			d.receive(d.theirs("EWA@studio.example", c.text, mail.Authentication{})) // whoever sent it
			if n := len(d.recorded(id, c.want)); n != 1 {
				t.Fatalf("%d entries: %v", n, d.history(id).Events)
			}
			for _, o := range ok(d.Outgoing(ctx))(t) {
				if o.ID == out.ID && (o.State != mail.Refused || o.Reason == "") {
					t.Errorf("the mail that waited is %s (%s)", o.State, o.Reason)
				}
			}
			if _, claimed, err := d.Claim(ctx); claimed || err != nil {
				t.Errorf("it can still be sent (%v)", err)
			}
			var refusal *consent.Refusal
			_, err := consent.NewGate(d.DB, d.options.Controller, func() time.Time { return d.now }).MaySend(ctx, consent.LetterOf(out.Draft))
			if !errors.As(err, &refusal) {
				t.Errorf("the gate says %v", err)
			}
		})
	}
}

func TestS8_RightsInAMailOpenTheirCases(t *testing.T) {
	d := newDesk(t)
	id := d.aLead(ewaAt)
	asks := d.theirs(ewaAt, "Jakie dane o mnie Państwo przetwarzają? Proszę o kopię moich danych.", mail.Authentication{})
	d.receive(asks)
	requested := d.recorded(id, consent.KindRequested)
	if len(requested) != 2 || requested[0].Right != consent.RightAccess || requested[1].Right != consent.RightCopy ||
		!requested[0].At.Equal(asks.Internal) || requested[0].Message != asks.Message.ID {
		t.Errorf("recorded are %+v", requested)
	}
	if got := consent.Stand(d.history(id), d.options.Controller, d.now); got.Objected || got.Held.ID != "" {
		t.Errorf("a question about data was taken for a stop: %+v", got)
	}
}

// TestS19_OnlyLeadsAreHeard: of anybody else zgoda has not even the text. Once
// they are a lead, their last word counts.
func TestS19_OnlyLeadsAreHeard(t *testing.T) {
	d := newDesk(t)
	stop := d.theirs(ewaAt, "STOP", mail.Authentication{})
	d.receive(stop)
	id := d.person(ewaAt)
	if n := len(d.history(id).Events); n != 0 {
		t.Fatalf("%d entries of somebody who is no lead", n)
	}
	d.now = d.now.Add(time.Minute)
	ok(d.MakeLead(ctx, id))(t)
	d.must(d.SaveBodies(ctx, d.inbox, []mail.Fetched{stop}))
	if n := len(d.recorded(id, consent.KindObjected)); n != 1 {
		t.Errorf("%d objections", n)
	}
}

func TestL21_2_AMailWithoutAMessageIDStopsToo(t *testing.T) {
	d := newDesk(t)
	id := d.aLead(ewaAt)
	stop := d.theirs(ewaAt, "STOP", mail.Authentication{})
	stop.Message.ID = ""
	d.receive(stop)
	d.receive(stop)
	if n := len(d.recorded(id, consent.KindObjected)); n != 1 {
		t.Errorf("%d objections", n)
	}
}

// TestL21_2_RobotsSayNothing: an out-of-office mail, a bounce or a newsletter with
// an unsubscribe line is not the person's word (M4).
func TestL21_2_RobotsSayNothing(t *testing.T) {
	for _, kind := range []mail.Kind{mail.AutoReply, mail.Bounce, mail.List} {
		d := newDesk(t)
		id := d.aLead(ewaAt)
		robot := d.theirs(ewaAt, "STOP", proven)
		robot.Message.Kind = kind
		d.receive(robot)
		if n := len(d.recorded(id, consent.KindObjected)); n != 0 {
			t.Errorf("%s objected", kind)
		}
	}
}

// BenchmarkHearABatch stores 200 whole mails of 200 leads, one in twenty a stop:
// what hearing adds to a batch of the sync.
func BenchmarkHearABatch(b *testing.B) {
	d := newDesk(b)
	var envelopes []mail.Fetched
	for i := range 200 {
		envelopes = append(envelopes, d.came(fmt.Sprintf("lead%d@studio.example", i), time.Hour))
	}
	d.receive(envelopes...)
	page := ok(d.Rows(ctx, consent.Query{Split: consent.SplitNew, Limit: 500}))(b)
	for _, row := range page.Rows {
		ok(d.MakeLead(ctx, row.Lead.ID))(b)
	}
	text := strings.Repeat("Dzień dobry, piszę w sprawie oferty nr 17. Czy moglibyśmy porozmawiać w przyszłym tygodniu?\n", 12)
	for b.Loop() {
		batch := make([]mail.Fetched, 0, 200)
		for i := range 200 {
			words := text
			if i%20 == 0 {
				words = "STOP\n" + text
			}
			batch = append(batch, d.came(fmt.Sprintf("lead%d@studio.example", i), 0, func(f *mail.Fetched) {
				f.Message.Text = words + fmt.Sprint(d.uid)
			}))
		}
		d.receive(batch...)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/200, "µs/mail")
}
