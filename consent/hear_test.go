package consent

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/mail"
)

const (
	question mail.MessageID = "question@jasnykat.example"
	reply    mail.MessageID = "answer@studio.example"
	agreed                  = "I agree to further e-mails from Jasny Kąt sp. z o.o."
	code                    = "M-7K3P-Q2"
)

// proven is what a trusted host says of a mail that really came from Ewa.
var proven = mail.Authentication{By: "mx.jasnykat.example", DKIM: "pass", DMARC: "pass", Domain: "studio.example", From: "studio.example", Aligned: true}

// askedAt is the question about marketing e-mail that a mail of ours carried.
func askedAt(seq int64, at time.Time) Event {
	return Event{Seq: seq, Person: ewa, Kind: KindAsked, Purpose: MarketingEmail, Method: BySending, Wording: agreed, Language: "en",
		Version: "question 1/en", Code: code, Message: question, At: at, RecordedAt: at, Actor: "zgoda", Evidence: "asked by the mail"}
}

func trackAsked(seq int64, at time.Time) Event {
	e := askedAt(seq, at)
	e.Purpose, e.Code, e.Wording = TrackOpen, "O-1111-22", "I agree that Jasny Kąt sp. z o.o. records when I open its e-mails"
	return e
}

// saying is a proven mail of Ewa's with these own words, of yesterday.
func saying(words string) Heard {
	return Heard{ID: reply, At: ago(1), Kind: mail.Personal, Intent: Intent{Own: plain(words)}, Auth: proven, Raw: "abc"}
}

func kindsOf(events []Event) string {
	var kinds []string
	for _, e := range events {
		kind := string(e.Kind)
		switch {
		case e.Purpose != "":
			kind += " " + string(e.Purpose)
		case e.Right != "":
			kind += " " + string(e.Right)
		}
		kinds = append(kinds, kind)
	}
	return strings.Join(kinds, ", ")
}

// TestG12_WhatAYesNeeds is the truth table of consent by mail: all of it, or nothing.
func TestG12_WhatAYesNeeds(t *testing.T) {
	asked := past("PL", askedAt(1, ago(3)))
	for _, c := range []struct {
		name    string
		history History
		heard   Heard
		want    string
		doubt   bool
	}{
		{"the sentence", asked, saying(agreed), "granted marketing_email", false},
		{"the sentence, in other letters", asked, saying("Hello,\n\n\"I AGREE TO FURTHER E-MAILS FROM  JASNY KAT SP. Z O.O\"\n\nEwa"), "granted marketing_email", false},
		{"the code", asked, saying(code), "granted marketing_email", false},
		{"the code without dashes", asked, saying("m7k3pq2"), "granted marketing_email", false},
		{"the code, misread", asked, saying("M-7K3P-Q2, thank you"), "granted marketing_email", false},
		{"another code", asked, saying("M-7K3P-Q3"), "", false},
		{"ok thanks", asked, saying("ok thanks"), "", false},
		{"yes", asked, saying("Yes."), "", false},
		{"half of the sentence", asked, saying("I agree to further e-mails"), "", false},
		{"nothing own, all quoted", asked, saying(""), "", false},
		{"no question", past("PL"), saying(agreed), "", false},
		{"a question without a sentence", past("PL", func() Event { e := askedAt(1, ago(3)); e.Wording = ""; return e }()), saying(code), "", false},
		{"asked of somebody else", past("PL", func() Event { e := askedAt(1, ago(3)); e.Person = 8; return e }()), saying(code), "", false},
		{"a question that has run out", past("PL", askedAt(1, ago(62))), saying(code), "", false},
		{"before the question", past("PL", askedAt(1, ago(0))), saying(code), "", false},
		{"no after the question", past("PL", askedAt(1, ago(3)), event(2, KindWithdrawn, MarketingEmail, ago(2))), saying(code), "", false},
		{"objection after the question", past("PL", askedAt(1, ago(3)), event(2, KindObjected, "", ago(2))), saying(code), "", false},
		{"granted since, the code is spent", past("PL", askedAt(1, ago(3)), event(2, KindGranted, MarketingEmail, ago(2))), saying(code), "", false},
		{"a question that was taken back", past("PL", askedAt(1, ago(3)), Event{Seq: 2, Person: ewa, Kind: KindCorrected, Corrects: 1, At: ago(2)}), saying(code), "", false},
		{"not proven", asked, but(saying(code), func(h *Heard) { h.Auth = mail.Authentication{} }), "", true},
		{"spoofed: another domain", asked, but(saying(code), func(h *Heard) { h.Auth.From, h.Auth.Domain = "evil.example", "evil.example" }), "", true},
		{"spoofed: dmarc failed", asked, but(saying(code), func(h *Heard) { h.Auth.DMARC = "fail" }), "", true},
		{"signed by somebody else", asked, but(saying(code), func(h *Heard) { h.Auth.DMARC, h.Auth.Domain, h.Auth.Aligned = "", "list.example", false }), "", true},
		{"no Message-ID", asked, but(saying(code), func(h *Heard) { h.Placed = true }), "", true},
		{"an automatic answer", asked, but(saying(agreed), func(h *Heard) { h.Kind = mail.AutoReply }), "", false},
		{"a mailing list", asked, but(saying(agreed), func(h *Heard) { h.Kind = mail.List }), "", false},
		{"denied", asked, saying("I do not say: " + agreed), "", true},
		{"denied in Polish", asked, saying("nie: " + code), "", true},
		{"bounded", asked, saying(agreed + ", but once a year only"), "", true},
		{"asked back", asked, saying(code + "? What is that"), "", true},
		{"with a stop", asked, but(saying(code), func(h *Heard) { h.Intent.Stop = StopClear }), "objected", true},
		{"with a doubtful stop", asked, but(saying(code), func(h *Heard) { h.Intent.Stop = StopDoubtful }), "", true},
		{"with a withdrawal", asked, but(saying(code), func(h *Heard) { h.Intent.Withdraw = true }), "withdrawn marketing_email", true},
		{"a question by duty, by its sentence", past("GB", func() Event { e := askedAt(1, ago(3)); e.Code, e.Version = "", "duty 1/en"; return e }()), saying(agreed), "granted marketing_email", false},
		{"two questions, one answered", past("PL", askedAt(1, ago(3)), trackAsked(2, ago(3))), saying("O-1111-22"), "granted track_open", false},
		{"two questions, both answered", past("PL", askedAt(1, ago(3)), trackAsked(2, ago(3))), saying(code + "\nO-1111-22"), "granted track_open, granted marketing_email", false},
		{"a reminder, by the first code", past("PL", askedAt(1, ago(9)), func() Event { e := askedAt(2, ago(3)); e.Code = "M-0000-01"; return e }()), saying(code), "granted marketing_email", false},
		{"asked and reminded, by the sentence", past("PL", askedAt(1, ago(9)), func() Event { e := askedAt(2, ago(3)); e.Code = "M-0000-01"; return e }()), saying(agreed), "granted marketing_email", false},
	} {
		got := Hear(c.history, c.heard, noon)
		if kinds := kindsOf(got.Events); kinds != c.want || (got.Doubt != "") != c.doubt {
			t.Errorf("%s: events %q and doubt %q; want %q and a doubt is %t", c.name, kinds, got.Doubt, c.want, c.doubt)
		}
	}
}

func but(h Heard, change func(*Heard)) Heard {
	change(&h)
	return h
}

// TestL7_1_AGrantByMailCarriesItsProof: the sentence that was shown, where the raw
// mail is, and what was found of its sender; and it opens the purpose and no other.
func TestL7_1_AGrantByMailCarriesItsProof(t *testing.T) {
	history := past("PL", askedAt(1, ago(3)))
	got := Hear(history, saying(code), noon)
	if len(got.Events) != 1 || !got.Keep {
		t.Fatalf("got %+v", got)
	}
	e := got.Events[0]
	if e.Wording != agreed || e.Version != "question 1/en" || e.Language != "en" || e.Message != reply || e.Raw != "abc" ||
		e.Auth != proven.String() || e.Method != ByEmail || !e.At.Equal(ago(1)) || e.Person != ewa {
		t.Errorf("the entry is %+v", e)
	}
	if err := e.Validate(noon); err != nil {
		t.Errorf("it cannot be recorded: %v", err)
	}
	e.Seq = 2
	history.Events = append(history.Events, e)
	standing := Stand(history, company("PL"), noon)
	if standing.State(MarketingEmail) != Granted || standing.State(TrackOpen) != NeverAsked {
		t.Errorf("the states are %v", standing.States)
	}
	// One-time: the same code in a second mail opens nothing, also after a withdrawal.
	again := but(saying(code), func(h *Heard) { h.ID = "second@studio.example" })
	if got := Hear(history, again, noon); len(got.Events) != 0 || got.Doubt != "" {
		t.Errorf("the code was taken twice: %+v", got)
	}
	history.Events = append(history.Events, event(3, KindWithdrawn, MarketingEmail, noon))
	if got := Hear(history, again, noon); len(got.Events) != 0 {
		t.Errorf("a spent code opened what was withdrawn: %+v", got)
	}
}

// TestL21_2_ANoNeedsNoProof: whoever seems to write it, whatever else it says.
func TestL21_2_ANoNeedsNoProof(t *testing.T) {
	for _, c := range []struct {
		name   string
		intent Intent
		want   string
		doubt  bool
	}{
		{"stop", Intent{Stop: StopClear}, "objected", false},
		{"perhaps stop", Intent{Stop: StopDoubtful}, "", true},
		{"stop tracking", Intent{StopTracking: true}, "withdrawn track_open, withdrawn track_click, withdrawn track_device", false},
		{"withdraw", Intent{Withdraw: true}, "withdrawn marketing_email", false},
		{"erase", Intent{Stop: StopClear, Rights: []Right{RightErase}}, "objected, requested erasure", false},
		{"object and erase", Intent{Stop: StopClear, Rights: []Right{RightErase, RightObject}}, "objected, requested erasure, requested objection", false},
		{"access", Intent{Rights: []Right{RightAccess}}, "requested access", false},
		{"every right", Intent{Rights: Rights()}, "requested access, requested copy, requested rectification, requested erasure, requested restriction, requested portability, requested objection, requested who tracks me", false},
		{"perhaps stop, and access", Intent{Stop: StopDoubtful, Rights: []Right{RightAccess}}, "requested access", true},
		{"nothing", Intent{}, "", false},
	} {
		heard := Heard{ID: reply, At: ago(1), Kind: mail.Personal, Intent: c.intent} // of an unknown sender
		got := Hear(past("PL"), heard, noon)
		if kinds := kindsOf(got.Events); kinds != c.want || (got.Doubt != "") != c.doubt {
			t.Errorf("%s: events %q and doubt %q", c.name, kinds, got.Doubt)
		}
		for _, e := range got.Events {
			if err := e.Validate(noon); err != nil || !e.At.Equal(ago(1)) || e.Message != reply {
				t.Errorf("%s: %s cannot be recorded: %v", c.name, e.Kind, err)
			}
		}
	}
}

// TestL21_2_ACaseSettlesNoDoubt: that zgoda opened a request for a mail, or ended
// tracking for it, says nothing of the stop that it may also ask for.
func TestL21_2_ACaseSettlesNoDoubt(t *testing.T) {
	h := past("PL")
	h.Inbound = []Inbound{{ID: reply, At: ago(1), Stop: true}}
	for kind, settles := range map[Kind]bool{KindRequested: false, KindAsked: false, KindAnswered: false, KindRead: true, KindObjected: true, KindRefused: true} {
		h.Events = []Event{event(1, kind, MarketingEmail, ago(0))}
		h.Events[0].Message, h.Events[0].Right = reply, RightAccess
		if _, held := fold(h, noon).unheard(h); held == settles {
			t.Errorf("%s: held is %t", kind, held)
		}
	}
	tracking := event(1, KindWithdrawn, TrackOpen, ago(0))
	tracking.Message, tracking.Actor = reply, zgodaActs
	h.Events = []Event{tracking}
	if _, held := fold(h, noon).unheard(h); !held {
		t.Error("the end of tracking settled a doubtful stop")
	}
}

// TestG12_ADoubtfulYesHolds: nothing leaves until the rep has read it.
func TestG12_ADoubtfulYesHolds(t *testing.T) {
	h := wrote(past("GB", event(1, KindGranted, MarketingEmail, ago(9))), 1)
	h.Inbound = append(h.Inbound, Inbound{ID: reply, At: ago(1), Doubt: "Their mail agrees, but nobody knows who sent it."})
	letter := letterFor(h, company("GB"), BasisConsent, Tracking{})
	v := DecideSend(h, letter, company("GB"), noon)
	if c := check(v, "objection"); c.OK || c.Reason != h.Inbound[1].Doubt || c.Fix != FixStop {
		t.Errorf("it does not hold: %+v", c)
	}
	h.Events = append(h.Events, Event{Seq: 2, Person: ewa, Kind: KindRead, Message: reply, Evidence: "it was a colleague", At: noon, Actor: "marta"})
	if c := check(DecideSend(h, letter, company("GB"), noon), "objection"); !c.OK {
		t.Errorf("the rep's reading does not settle it: %s", c.Reason)
	}
}

// TestL21_2_AMailThatWasReadIsNotHeardAgain: a false alarm that the rep settled.
func TestL21_2_AMailThatWasReadIsNotHeardAgain(t *testing.T) {
	h := past("PL", Event{Seq: 1, Person: ewa, Kind: KindRead, Message: reply, Evidence: "they mean the tram", At: ago(0), Actor: "marta"})
	heard := Heard{ID: reply, At: ago(1), Kind: mail.Personal, Intent: Intent{Stop: StopClear, Withdraw: true, StopTracking: true, Rights: Rights()}}
	if got := Hear(h, heard, noon); len(got.Events) != 0 || got.Doubt != "" {
		t.Errorf("heard again: %+v", got)
	}
}

// TestL21_2_OldMailsMakeNoEntries: what was asked before the person was a lead, and
// was overtaken since, is shown at most.
func TestL21_2_OldMailsMakeNoEntries(t *testing.T) {
	old := Heard{ID: reply, At: ago(20), Kind: mail.Personal, Intent: Intent{Stop: StopClear}}
	newer := []Inbound{{ID: "later@studio.example", At: ago(10)}, {ID: reply, At: ago(20)}}
	for name, c := range map[string]struct {
		inbound []Inbound
		ours    time.Time
		since   time.Time
		want    string
		doubt   bool
	}{
		"the last word":               {newer[1:], time.Time{}, ago(3), "objected", false},
		"they wrote again":            {newer, time.Time{}, ago(3), "", true},
		"they wrote again, we too":    {newer, ago(8), ago(3), "", false},
		"we answered":                 {newer[1:], ago(15), ago(3), "", false},
		"a lead already at that time": {newer, ago(15), ago(30), "objected", false},
	} {
		h := past("PL")
		h.Lead.Since, h.Inbound, h.LastOutbound = c.since, c.inbound, c.ours
		got := Hear(h, old, noon)
		if kindsOf(got.Events) != c.want || (got.Doubt != "") != c.doubt {
			t.Errorf("%s: %q, doubt %q", name, kindsOf(got.Events), got.Doubt)
		}
	}
}

// TestHearIsTotalAndNeverWidens: over all histories and mails, no mail without a
// pending question grants, no unproven mail grants, a clear stop always stops,
// hearing twice changes nothing, and every entry can be recorded.
func TestHearIsTotalAndNeverWidens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history, heard := anyHistory(t), anyHeard(t)
		got := Hear(history, heard, noon)
		for _, e := range got.Events {
			if err := e.Validate(noon); err != nil {
				t.Fatalf("%s cannot be recorded: %v", e.Kind, err)
			}
			if e.Kind != KindGranted {
				continue
			}
			waits := slices.ContainsFunc(history.Events, func(q Event) bool {
				return q.Kind == KindAsked && q.Purpose == e.Purpose && q.Wording == e.Wording && heard.At.Sub(q.At) <= AnswerLife
			})
			if !waits || !heard.Auth.Proves(history.Lead.Address) || heard.Kind != mail.Personal || heard.Intent.Stop != StopNone || heard.Intent.Withdraw {
				t.Fatalf("granted %s without its right", e.Purpose)
			}
		}
		read := slices.ContainsFunc(history.Events, func(e Event) bool { return e.Kind == KindRead && e.Message == heard.ID })
		if heard.Kind == mail.Personal && heard.Intent.Stop == StopClear && !read {
			after := withEvents(history, got.Events)
			if !fold(after, noon).objected && !grantsLater(after, heard.At) {
				t.Fatalf("a clear stop did not stop: %s", kindsOf(got.Events))
			}
		}
		if again := Hear(withEvents(history, got.Events), heard, noon); len(again.Events) != 0 && heard.ID != "" {
			t.Fatalf("heard twice: %s", kindsOf(again.Events))
		}
	})
}

func withEvents(h History, more []Event) History {
	h.Events = slices.Clone(h.Events)
	seq := h.Head
	for _, e := range more {
		seq++
		e.Seq, e.RecordedAt = seq, noon
		h.Events = append(h.Events, e)
	}
	h.Head = seq
	return h
}

// grantsLater reports whether they agreed anew after the stop was said.
func grantsLater(h History, at time.Time) bool {
	return slices.ContainsFunc(h.Events, func(e Event) bool { return e.Kind == KindGranted && e.Purpose == MarketingEmail && e.At.After(at) })
}

func anyHistory(t *rapid.T) History {
	h := past("PL")
	h.Lead.Since = ago(rapid.IntRange(40, 100).Draw(t, "since"))
	kinds := []Kind{KindAsked, KindAsked, KindGranted, KindRefused, KindWithdrawn, KindObjected, KindCorrected, KindRead, KindNotice}
	for i := range rapid.IntRange(0, 6).Draw(t, "events") {
		kind, purpose := rapid.SampledFrom(kinds).Draw(t, "kind"), rapid.SampledFrom(Purposes()).Draw(t, "purpose")
		e := event(int64(i+1), kind, purpose, ago(rapid.IntRange(0, 90).Draw(t, "days")))
		if kind == KindAsked {
			e.Code = purpose.Letter() + "-7K3P-Q2"
			e.Wording = fmt.Sprintf(askEnglish().sentence[purpose], "Jasny Kąt")
		}
		e.Corrects = int64(rapid.IntRange(0, i).Draw(t, "corrects"))
		e.Message = rapid.SampledFrom([]mail.MessageID{"", reply, "other@studio.example"}).Draw(t, "message")
		h.Events, h.Head = append(h.Events, e), e.Seq
	}
	return h
}

func anyHeard(t *rapid.T) Heard {
	purpose := rapid.SampledFrom(Purposes()).Draw(t, "asked")
	words := []string{"", "ok thanks", purpose.Letter() + "-7K3P-Q2", fmt.Sprintf(askEnglish().sentence[purpose], "Jasny Kąt"), "no, M-7K3P-Q2"}
	h := Heard{
		ID: rapid.SampledFrom([]mail.MessageID{reply, reply, ""}).Draw(t, "id"), At: ago(rapid.IntRange(-1, 30).Draw(t, "at")),
		Kind: rapid.SampledFrom([]mail.Kind{mail.Personal, mail.Personal, mail.AutoReply, mail.Bounce}).Draw(t, "kind"),
		Intent: Intent{
			Own:  plain(rapid.SampledFrom(words).Draw(t, "words")),
			Stop: rapid.SampledFrom([]Stopping{StopNone, StopNone, StopDoubtful, StopClear}).Draw(t, "stop"), Withdraw: rapid.Bool().Draw(t, "withdraw"),
			StopTracking: rapid.Bool().Draw(t, "tracking"),
		},
	}
	if rapid.Bool().Draw(t, "access") {
		h.Intent.Rights = []Right{RightAccess}
	}
	if rapid.Bool().Draw(t, "proven") {
		h.Auth = proven
	}
	return h
}
