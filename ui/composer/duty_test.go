package composer_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/composer"
	"zgoda/ui/event"
	"zgoda/ui/uitest"
)

// onDuty is a composer that was opened for a mail of duty.
func onDuty(t testing.TB, duty mail.Duty, request int64, change ...func(*asked)) (*composer.Model, event.CheckDraft) {
	t.Helper()
	a := lawful()
	a.history.Events = nil // not informed, nothing agreed
	for _, c := range change {
		c(&a)
	}
	m := newComposer(false)
	fact := event.ComposeLoaded{Person: 7, Lead: a.history.Lead, History: a.history, Templates: templates(), Tracking: noTracking(), Duty: duty, Request: request}
	if duty == mail.DutyAnswer {
		fact.Reply = &event.Reply{ID: "ask@piekarnia.example", References: []mail.MessageID{"ask@piekarnia.example"}, Subject: "Moje dane"}
	}
	wish, _ := m.Update(fact)
	check, _ := wish.(event.CheckDraft)
	return m, check
}

func asksForCopy(a *asked) {
	a.add(consent.KindRequested, "", func(e *consent.Event) {
		e.Right, e.Message = consent.RightCopy, "ask@piekarnia.example"
	})
}

// L14.3: the notice opens as the law's own text, which the gate lets through, and
// no key adds a word to it.
func TestL14_3_ANoticeIsComputedAndSendable(t *testing.T) {
	m, check := onDuty(t, mail.DutyNotice, 0)
	a := lawful()
	a.history.Events = nil
	if verdict := consent.DecideSend(a.history, consent.LetterOf(check.Draft), controller(), uitest.Now); !verdict.Allowed() {
		t.Fatalf("the gate refuses the notice: %+v", verdict.Failed())
	}
	m.Update(event.DraftChecked{Seq: check.Seq, Verdict: consent.DecideSend(a.history, consent.LetterOf(check.Draft), controller(), uitest.Now)})
	before := m.Draft()
	uitest.TypePart(m, "Kup torby! ")
	uitest.PressPart(m, "backspace", "delete", "enter", "tab", "ctrl+e", "ctrl+p", "ctrl+t", "ctrl+o", "ctrl+k")
	m.Update(tea.PasteMsg{Content: "Kup torby!"})
	if now := m.Draft(); now.Text != before.Text || now.Subject != before.Subject || len(now.Asks) > 0 || now.TrackOpens {
		t.Fatalf("the notice was changed:\n%s", now.Text)
	}
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "A notice says what the law asks for and nothing else") || !strings.Contains(frame, "L14.3") {
		t.Errorf("it is not said why:\n%s", frame)
	}
	if queue, ok := uitest.PressPart(m, "ctrl+s").(event.QueueDraft); !ok || queue.Draft.Duty != mail.DutyNotice || queue.Draft.Text != before.Text {
		t.Errorf("it cannot be sent: %#v", queue)
	}
}

// A changed lead card changes the notice: it stays what the gate lets through.
func TestL14_3_TheNoticeFollowsTheLeadCard(t *testing.T) {
	m, _ := onDuty(t, mail.DutyNotice, 0)
	a := lawful()
	a.history.Events, a.history.Lead.Source = nil, "targi w Poznaniu"
	wish, _ := m.Update(event.LeadSaved{Lead: a.history.Lead})
	check, ok := wish.(event.CheckDraft)
	if !ok || !strings.Contains(check.Draft.Text, "targi w Poznaniu") {
		t.Fatalf("it still says:\n%s", m.Draft().Text)
	}
	if verdict := consent.DecideSend(a.history, consent.LetterOf(check.Draft), controller(), uitest.Now); !verdict.Allowed() {
		t.Errorf("the gate refuses it now: %+v", verdict.Failed())
	}
}

// L12: the answer opens with what is on file, names the request and its day, and
// goes out even to who objected.
func TestL12_AnAnswerNamesItsRequest(t *testing.T) {
	spoil := func(a *asked) { asksForCopy(a); a.add(consent.KindObjected, "") }
	m, check := onDuty(t, mail.DutyAnswer, 1, spoil)
	a := lawful()
	a.history.Events = nil
	spoil(&a)
	if d := check.Draft; d.Request != 1 || d.InReplyTo != "ask@piekarnia.example" || d.Text == "" || d.Subject == "" {
		t.Fatalf("the answer opens as %+v", d)
	}
	if verdict := consent.DecideSend(a.history, consent.LetterOf(check.Draft), controller(), uitest.Now); !verdict.Allowed() {
		t.Fatalf("the gate refuses the answer: %+v", verdict.Failed())
	}
	frame := uitest.DrawPart(t, m, 80, 21)
	if !strings.Contains(frame, "a copy of their data (Art. 15)") || !strings.Contains(frame, "request #1 of today  29 days left") {
		t.Errorf("the request is not named:\n%s", frame)
	}
	uitest.TypePart(m, "x")
	if m.Draft().Text == check.Draft.Text {
		t.Error("an answer cannot be written in")
	}
}

func TestL12_AnAnsweredRequestOpensNothing(t *testing.T) {
	m, check := onDuty(t, mail.DutyAnswer, 4)
	if check.Seq != 0 || m.Draft().Duty != mail.DutyNone {
		t.Fatalf("opens %+v", m.Draft())
	}
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "This request is not open any more") {
		t.Errorf("it is not said:\n%s", frame)
	}
}

// asking is a composer over a history, with a text that may ask.
func asking(t testing.TB, change ...func(*asked)) *composer.Model {
	t.Helper()
	a := lawful()
	for _, c := range change {
		c(&a)
	}
	m := newComposer(false)
	wish, _ := m.Update(event.ComposeLoaded{Person: 7, Lead: a.history.Lead, History: a.history, Templates: templates(), Tracking: noTracking(), HasDraft: true,
		Draft: mail.Draft{ID: 3, Person: 7, To: a.history.Lead.Address, Language: "pl", Subject: a.letter.Subject, Text: a.letter.Text}})
	check := wish.(event.CheckDraft)
	m.Update(event.DraftChecked{Seq: check.Seq, Verdict: consent.DecideSend(a.history, consent.LetterOf(check.Draft), controller(), uitest.Now)})
	return m
}

// G12, L7.4: one key puts a question with its own sentence and code into the mail,
// the gate lets it through, and the same key goes on to the next and takes it out.
func TestG12_TheQuestionGoesInAndOut(t *testing.T) {
	m, a := asking(t), lawful()
	before := m.Draft()
	for _, want := range []consent.Purpose{consent.TrackOpen, consent.TrackClick, consent.TrackDevice} { // marketing is agreed to
		uitest.PressPart(m, "ctrl+o")
		d := m.Draft()
		if len(d.Asks) != 1 || d.Asks[0].Purpose != string(want) || !strings.Contains(d.Text, d.Asks[0].Code) || !strings.Contains(d.Text, d.Asks[0].Wording) {
			t.Fatalf("asked for %s, the mail has %+v:\n%s", want, d.Asks, d.Text)
		}
		if i, j := strings.Index(d.Text, d.Asks[0].Code), strings.Index(d.Text, "Pozdrawiam"); i > j {
			t.Errorf("the question stands after the goodbye:\n%s", d.Text)
		}
		if verdict := consent.DecideSend(a.history, consent.LetterOf(d), controller(), uitest.Now); !verdict.Allowed() {
			t.Fatalf("%s: the gate refuses it: %+v", want, verdict.Failed())
		}
	}
	uitest.PressPart(m, "ctrl+o")
	if d := m.Draft(); len(d.Asks) != 0 || strings.TrimSpace(d.Text) != strings.TrimSpace(before.Text) {
		t.Errorf("taken out, the mail is\n%q, it was\n%q", d.Text, before.Text)
	}
}

// C3: where nothing may be asked, the key says why, by which rule, and the way.
func TestC3_AskingIsRefusedWithItsReason(t *testing.T) {
	m := asking(t, func(a *asked) { a.add(consent.KindObjected, "") })
	uitest.PressPart(m, "ctrl+o")
	if d := m.Draft(); len(d.Asks) != 0 {
		t.Fatalf("it asks %+v", d.Asks)
	}
	for _, want := range []string{"They want no mail, so nothing may be asked of them.", "→ None. Leave them in peace. ^r", "C3 · GDPR Art. 7; ePrivacy Art. 13(1)", "^r "} {
		if frame := strings.Join(strings.Fields(uitest.DrawPart(t, m, 80, 21)), " "); !strings.Contains(frame, want) {
			t.Errorf("%q is missing:\n%s", want, frame)
		}
	}
}

// A mail that asks is never tracked (CNIL): asking switches tracking off, and
// the switch is off while the question stands.
func TestT1_AMailThatAsksIsNotTracked(t *testing.T) {
	m := asking(t)
	uitest.PressPart(m, "ctrl+o", "ctrl+t")
	if d := m.Draft(); d.TrackOpens || len(d.Asks) != 1 {
		t.Fatalf("tracked %v, asks %+v", d.TrackOpens, d.Asks)
	}
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "A mail that asks for consent may not itself be tracked.") {
		t.Errorf("it is not said:\n%s", frame)
	}
}

func TestGoldenDuties(t *testing.T) {
	for name, screen := range map[string]func() *composer.Model{
		"notice": func() *composer.Model { m, _ := onDuty(t, mail.DutyNotice, 0); return m },
		"answer": func() *composer.Model { m, _ := onDuty(t, mail.DutyAnswer, 1, asksForCopy); return m },
	} {
		for _, size := range sizes {
			t.Run(name+"-"+size.name, func(t *testing.T) {
				uitest.Golden(t, name+"-"+size.name+".txt", uitest.DrawPart(t, screen(), size.w, size.h)+"\n")
			})
		}
	}
}
