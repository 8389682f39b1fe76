package desk_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/desk"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

const day = 24 * time.Hour

func lead(id int) consent.Lead {
	return consent.Lead{ID: mail.PersonID(id), Name: "Ewa Żółć-Łęcka", Address: mail.Address{Email: "ewa@piekarnia.example"}, Company: "Piekarnia",
		Country: "PL", Source: "fair", SourceKind: consent.SourceEvent, ObtainedAt: uitest.Now.Add(-20 * day)}
}

func opened(tab event.DeskTab, person consent.Lead) (*desk.Model, event.Wish) {
	m := desk.New(theme.New(true, true), keys.Default(), "Marta Lis", "PL", uitest.Now)
	m.SetSize(80, 22)
	return m, m.Show(tab, person)
}

func notices(due ...time.Duration) *desk.Model {
	m, wish := opened(event.TabNotices, consent.Lead{})
	var cases []consent.NoticeCase
	for i, d := range due {
		cases = append(cases, consent.NoticeCase{Lead: lead(i + 1), Due: uitest.Now.Add(d)})
	}
	m.Update(event.NoticesLoaded{Seq: wish.(event.LoadNotices).Seq, Cases: cases})
	return m
}

func request(id int, right consent.Right, due time.Duration) consent.RequestCase {
	return consent.RequestCase{Lead: lead(id), Request: consent.Request{Seq: int64(100 + id), Person: mail.PersonID(id), Right: right,
		Received: uitest.Now.Add(due - 30*day), Due: uitest.Now.Add(due), Evidence: "letter"}}
}

func requests(cases ...consent.RequestCase) *desk.Model {
	m, wish := opened(event.TabRequests, lead(9))
	m.Update(event.RequestsLoaded{Seq: wish.(event.LoadRequests).Seq, Cases: cases})
	return m
}

// L14.3, S24: a notice is amber from seven days before its term and red after it,
// and a row turns by the clock alone.
func TestL14_3_ARowTurnsByItself(t *testing.T) {
	m := notices(8 * day)
	for _, c := range []struct {
		later time.Duration
		want  string
	}{{0, "· 8 days left"}, {25 * time.Hour, "▲ 6 days left"}, {7*day + time.Hour, "▲ within a day"}, {8 * day, "! 1 day late"}, {11 * day, "! 3 days late"}} {
		m.Update(event.Ticked{Now: uitest.Now.Add(c.later)})
		frame := uitest.DrawPart(t, m, 80, 22)
		if !strings.Contains(frame, c.want) {
			t.Errorf("after %v it does not say %q:\n%s", c.later, c.want, frame)
		}
	}
}

// L14.3: notify or erase. The keys of a notice lead to the mail, to the record and
// to the erasure, of the person under the bar.
func TestL14_3_NotifyOrErase(t *testing.T) {
	for press, want := range map[string]event.Wish{
		"n":     event.Compose{Person: 2, Duty: mail.DutyNotice},
		"r":     event.AskRecord{Person: 2, Kind: consent.KindNotice},
		"x":     event.AskErase{Person: 2},
		"enter": event.OpenPerson{Person: 2, Address: "ewa@piekarnia.example"},
	} {
		m := notices(-day, 3*day)
		uitest.PressPart(m, "j")
		if got := uitest.PressPart(m, press); got != want {
			t.Errorf("%s wishes %#v, want %#v", press, got, want)
		}
	}
}

// L12: the answer names its request, so that it can be closed by nothing else.
func TestL12_TheAnswerNamesItsRequest(t *testing.T) {
	m := requests(request(4, consent.RightAccess, 3*day))
	if got := uitest.PressPart(m, "a"); got != (event.Compose{Person: 4, Duty: mail.DutyAnswer, Request: 104}) {
		t.Errorf("wishes %#v", got)
	}
}

// D2: an extension is recorded with its reason, its new day and its request; without
// a reason, after the first month, or twice it is not.
func TestD2_AnExtensionHasItsReason(t *testing.T) {
	c := request(4, consent.RightAccess, 3*day)
	m := requests(c)
	uitest.PressPart(m, "e")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("without a reason it is recorded: %#v", wish)
	}
	uitest.TypePart(m, "nine mailboxes")
	record, ok := uitest.PressPart(m, "ctrl+s").(event.Record)
	want := consent.Event{Person: 4, Kind: consent.KindExtended, Corrects: 104, Evidence: "nine mailboxes", At: uitest.Now, Actor: "Marta Lis",
		ValidUntil: consent.ExtendedDue(c.Received, "PL")}
	if !ok || record.Event != want {
		t.Fatalf("recorded %+v, want %+v", record.Event, want)
	}
	m.Update(event.EventRecorded{Event: record.Event, Err: &mail.Problem{Sentence: "It was extended once.", NextStep: "Answer."}})
	if frame := uitest.DrawPart(t, m, 80, 22); !strings.Contains(frame, "✗ It was extended once. Answer.") {
		t.Errorf("the refusal is not said:\n%s", frame)
	}
	late := request(4, consent.RightAccess, -day)
	extended := request(5, consent.RightAccess, 3*day)
	extended.Extended = true
	for _, c := range []consent.RequestCase{late, extended} {
		m := requests(c)
		uitest.PressPart(m, "e")
		if frame := uitest.DrawPart(t, m, 80, 22); !strings.Contains(frame, "12(3)") || strings.Contains(frame, "two months more") {
			t.Errorf("it may be extended:\n%s", frame)
		}
	}
}

// L12, D2: a request that came by phone is opened by hand: nothing of it has a default but today.
func TestD2_ARequestIsOpenedByHand(t *testing.T) {
	m := requests()
	uitest.PressPart(m, "n")
	uitest.PressPart(m, "tab", "tab", "tab")
	uitest.TypePart(m, "call, note 14")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("without right and way it is opened: %#v", wish)
	}
	uitest.PressPart(m, "right", "tab", "right", "right", "tab")
	record, ok := uitest.PressPart(m, "ctrl+s").(event.Record)
	want := consent.Event{Person: 9, Kind: consent.KindRequested, Right: consent.RightAccess, Method: consent.ByPhone, Evidence: "call, note 14", At: uitest.Now, Actor: "Marta Lis"}
	if !ok || record.Event != want {
		t.Errorf("recorded %+v, want %+v\n%s", record.Event, want, uitest.DrawPart(t, m, 80, 22))
	}
}

func TestANewRequestIsOfSomebody(t *testing.T) {
	m, wish := opened(event.TabRequests, consent.Lead{})
	m.Update(event.RequestsLoaded{Seq: wish.(event.LoadRequests).Seq})
	uitest.PressPart(m, "n")
	if frame := uitest.DrawPart(t, m, 80, 22); !strings.Contains(frame, "select the person in the inbox first") {
		t.Errorf("the key does not say why:\n%s", frame)
	}
}

// L17.3: nobody on hold is erased from the queue, and the hold can be lifted there.
func TestL17_3_AHoldStopsTheErasure(t *testing.T) {
	m, wish := opened(event.TabRetention, consent.Lead{})
	m.Update(event.RetentionLoaded{Seq: wish.(event.LoadRetention).Seq, Cases: []consent.RetentionCase{
		{Lead: lead(1), Retention: consent.Retention{Class: consent.ClassHeld}},
		{Lead: lead(2), Retention: consent.Retention{Class: consent.ClassCold, EraseAfter: uitest.Now.Add(9 * day)}},
	}})
	if wish := uitest.PressPart(m, "x"); wish != nil {
		t.Fatalf("erases who is on hold: %#v", wish)
	}
	uitest.PressPart(m, "h", "tab")
	uitest.TypePart(m, "settled")
	record, _ := uitest.PressPart(m, "ctrl+s").(event.Record)
	if record.Event.Kind != consent.KindUnheld || record.Event.Person != 1 {
		t.Errorf("the hold is not lifted: %+v", record.Event)
	}
	m.Update(event.EventRecorded{Event: record.Event})
	uitest.PressPart(m, "j", "h")
	uitest.TypePart(m, "court case 7/26")
	record, _ = uitest.PressPart(m, "ctrl+s").(event.Record)
	if record.Event.Kind != consent.KindHeld || record.Event.Person != 2 || record.Event.Evidence != "court case 7/26" {
		t.Errorf("held: %+v", record.Event)
	}
}

// G23: a refusal is shown with rule, reason, source and way.
func TestG23_ADecisionTellsEverythingOfItsNo(t *testing.T) {
	m, wish := opened(event.TabDecisions, lead(1))
	check := consent.Check{Rule: "L14.3", Title: "notice", Reason: "It does not say where the data came from.", Source: "GDPR Art. 14(3)(b)", Way: "Put the notice back."}
	m.Update(event.DecisionsLoaded{Seq: wish.(event.LoadDecisions).Seq, Person: 1, Decisions: []consent.Decision{
		{ID: 7, Moment: consent.MomentSend, Verdict: consent.Verdict{Act: consent.ActSend, Checks: []consent.Check{check}, At: uitest.Now, Rules: "r1"}}}})
	frame := uitest.DrawPart(t, m, 120, 30)
	for _, words := range []string{"✗ no", check.Rule, check.Reason, check.Source, check.Way, "before it left"} {
		if !strings.Contains(frame, words) {
			t.Errorf("it does not say %q:\n%s", words, frame)
		}
	}
}

// A1: an assessment that was made for an older text says so.
func TestA1_AnOlderTextIsSaid(t *testing.T) {
	m, wish := opened(event.TabAssessments, consent.Lead{})
	m.Update(event.AssessmentsLoaded{Seq: wish.(event.LoadAssessments).Seq, Assessments: []consent.Assessment{
		{ID: "a", Version: 3, Name: "Bags", Author: "Marta Lis", Date: uitest.Now, ValidUntil: uitest.Now.Add(300 * day),
			Templates: []consent.TemplateRef{{Name: "first-contact", Language: "pl", Hash: "old"}, {Name: "reply", Language: "en", Hash: "same"}}}},
		Templates: []mail.TemplateInfo{{Name: "first-contact", Language: "pl", Hash: "new"}, {Name: "reply", Language: "en", Hash: "same"}}})
	frame := uitest.DrawPart(t, m, 100, 30)
	if !strings.Contains(frame, "! 1 older text") || !strings.Contains(frame, "Made for an older text: first-contact (pl).") {
		t.Errorf("the changed text is not said:\n%s", frame)
	}
}

// The store's changes reload the page that is shown; a storm of them asks twice.
func TestAStormOfChangesAsksTwice(t *testing.T) {
	m := notices(day)
	asked := 0
	var last event.LoadNotices
	for range 50 {
		if wish, _ := m.Update(event.StoreChanged{}); wish != nil {
			asked, last = asked+1, wish.(event.LoadNotices)
		}
	}
	if asked != 1 {
		t.Fatalf("asked %d times before an answer", asked)
	}
	if wish, _ := m.Update(event.NoticesLoaded{Seq: last.Seq}); wish == nil {
		t.Error("what changed meanwhile is not asked again")
	}
}

func TestAPageThatCannotBeReadSaysSo(t *testing.T) {
	m, wish := opened(event.TabNotices, consent.Lead{})
	m.Update(event.NoticesLoaded{Seq: wish.(event.LoadNotices).Seq, Err: errors.New("disk I/O error")})
	frame := uitest.DrawPart(t, m, 80, 22)
	if !strings.Contains(frame, "This page could not be read.") || strings.Contains(frame, "disk I/O") {
		t.Errorf("it says:\n%s", frame)
	}
}

// A closed desk keeps nobody, and takes no key.
func TestAClosedDeskKeepsNobody(t *testing.T) {
	m := notices(day)
	uitest.PressPart(m, "esc")
	if m.Open() || strings.Contains(uitest.DrawPart(t, m, 80, 22), "Ewa") || uitest.PressPart(m, "x") != nil {
		t.Error("the closed desk holds on to somebody")
	}
}

// Every act names its key once, and a disabled one its reason.
func TestKeysOfEveryPage(t *testing.T) {
	for tab := event.TabNotices; tab <= event.TabAssessments; tab++ {
		m, _ := opened(tab, lead(1))
		var seen []string
		for _, b := range m.Keys() {
			for _, k := range b.Keys() {
				if slices.Contains(seen, k) {
					t.Errorf("page %d: %q means two things", tab, k)
				}
				seen = append(seen, k)
			}
		}
	}
}

// 20,000 cases cost what the screen costs.
func BenchmarkDeskKey(b *testing.B) {
	m, wish := opened(event.TabNotices, consent.Lead{})
	cases := make([]consent.NoticeCase, 100)
	for i := range cases {
		cases[i] = consent.NoticeCase{Lead: lead(i + 1), Due: uitest.Now.Add(time.Duration(i) * time.Hour)}
	}
	m.SetSize(200, 58)
	m.Update(event.NoticesLoaded{Seq: wish.(event.LoadNotices).Seq, Cases: cases})
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Update(uitest.Key([]string{"j", "k"}[i%2]))
		if m.View() == "" {
			b.Fatal("no frame")
		}
	}
}

func TestEverySize(t *testing.T) {
	for w := 4; w < 130; w += 9 {
		for h := 1; h < 40; h += 3 {
			uitest.DrawPart(t, notices(-day, 3*day, 9*day), w, h)
			m := requests(request(4, consent.RightAccess, 3*day))
			uitest.DrawPart(t, m, w, h)
			uitest.PressPart(m, "n")
			uitest.DrawPart(t, m, w, h)
		}
	}
}

// C4, C2: from the decisions a fact can be recorded, and an override with its reason and
// its end; who may override is the ledger's to say, and its no is shown.
func TestC4_FactsAndOverridesAreRecorded(t *testing.T) {
	m, _ := opened(event.TabDecisions, lead(1))
	if got := uitest.PressPart(m, "f"); got != (event.AskRecord{Person: 1, Face: event.FaceSeen}) {
		t.Errorf("f wishes %#v", got)
	}
	uitest.PressPart(m, "O")
	uitest.TypePart(m, "the authority answered on 3 Nov")
	record, _ := uitest.PressPart(m, "ctrl+s").(event.Record)
	if e := record.Event; e.Kind != consent.KindOverride || !e.ValidUntil.Equal(uitest.Now.Add(consent.OverrideLife)) || e.Validate(uitest.Now) != nil {
		t.Errorf("recorded %+v", e)
	}
	m.Update(event.EventRecorded{Event: record.Event, Err: &mail.Problem{Sentence: "Only a data-protection officer may override.", NextStep: "Ask them.", Err: errors.New("x")}})
	if frame := uitest.DrawPart(t, m, 100, 30); !strings.Contains(frame, "✗ Only a data-protection officer may override. Ask them.") {
		t.Errorf("the no is not shown:\n%s", frame)
	}
}
