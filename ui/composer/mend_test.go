package composer_test

import (
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/composer"
	"zgoda/ui/event"
	"zgoda/ui/uitest"
)

func TestS5_TheSavedReasonFillsItsGap(t *testing.T) {
	m := writing(t, noTracking())
	lead := ewa()
	lead.Reason = "otwierają Państwo drugą piekarnię w Łodzi i szukacie toreb."
	wish, _ := m.Update(event.LeadSaved{Lead: lead})
	check, ok := wish.(event.CheckDraft)
	if !ok || strings.Contains(check.Draft.Text, "{{reason}}") || !strings.Contains(check.Draft.Text, "powodu: otwierają Państwo drugą piekarnię w Łodzi i szukacie toreb.") {
		t.Fatalf("the gate is asked about %#v", wish)
	}
	wish, _ = m.Update(event.Ticked{Now: uitest.Now.Add(5 * time.Second)})
	if save, ok := wish.(event.SaveDraft); !ok || save.Draft.Text != check.Draft.Text {
		t.Errorf("the filled text is not saved: %#v", wish)
	}
}

func TestS5_FixPutsTheReasonIntoTheText(t *testing.T) {
	m := newComposer(false)
	lead := ewa()
	lead.Reason = "otwierają Państwo drugą piekarnię w Łodzi i szukacie toreb."
	wish, _ := m.Update(event.ComposeLoaded{Person: 7, Lead: lead, HasDraft: true, Tracking: noTracking(),
		Draft: mail.Draft{ID: 2, Person: 7, Subject: "s", Text: "Piszę, bo {{reason}}. Pozdrawiam."}})
	missing := noReason()
	missing.Fix = consent.FixText
	v := verdict(missing)
	for i := range v.Checks {
		if v.Checks[i].Title == missing.Title {
			v.Checks[i].Key = "reason" // as the gate names it
		}
	}
	answer(t, m, wish, v)
	uitest.PressPart(m, "ctrl+r")
	if got, want := m.Draft().Text, "Piszę, bo otwierają Państwo drugą piekarnię w Łodzi i szukacie toreb. Pozdrawiam."; got != want {
		t.Errorf("the text is %q, want %q", got, want)
	}
}

func TestL14_3_ALockedLeadAsksForTheNotice(t *testing.T) {
	m := writing(t, noTracking())
	_, cmd := m.Update(uitest.Key("x"))
	answer(t, m, settle(t, m, cmd), verdict(consent.Check{Title: "Legal basis", Reason: "Locked.", Way: "Inform them.", Fix: consent.FixNotice}))
	if got := uitest.PressPart(m, "ctrl+r"); got != (event.AskRecord{Person: 7, Kind: consent.KindNotice}) {
		t.Errorf("the fix key wishes %#v", got)
	}
}

func TestEveryFixOfTheRepHasAWord(t *testing.T) {
	for _, fix := range []consent.Fix{
		consent.FixReason, consent.FixSource, consent.FixCountry, consent.FixConsent, consent.FixText, consent.FixDuties,
		consent.FixTracking, consent.FixConfig, consent.FixNotice, consent.FixAssessment, consent.FixEvidence,
	} {
		m := writing(t, noTracking())
		_, cmd := m.Update(uitest.Key("x"))
		answer(t, m, settle(t, m, cmd), verdict(consent.Check{Title: "Legal basis", Reason: "No.", Way: "So.", Fix: fix}))
		if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "next: Legal basis  ^r ") {
			t.Errorf("%s: no key is named:\n%s", fix, frame)
		}
	}
}

// fillSubject takes a template with this subject.
func fillSubject(t *testing.T, last *event.Reply, subject string) mail.Draft {
	t.Helper()
	m := newComposer(false)
	m.Update(event.ComposeLoaded{Person: 7, Lead: ewa(), Templates: templates(), Tracking: noTracking(), Last: last})
	fill := uitest.PressPart(m, "enter").(event.FillTemplate)
	m.Update(event.TemplateFilled{Seq: fill.Seq, Filled: mail.Filled{Subject: subject, Text: "t"}})
	return m.Draft()
}

func TestP13_4_OnlyAnAnswerLooksLikeOne(t *testing.T) {
	if d := fillSubject(t, nil, "Re: Torby"); d.Subject != "Torby" || d.InReplyTo != "" {
		t.Errorf("with nothing to answer: %+v", d)
	}
	if d := fillSubject(t, &event.Reply{ID: "a@b", References: []mail.MessageID{"a@b"}, Subject: "Torby"}, "Re: Torby"); d.Subject != "Re: Torby" || d.InReplyTo != "a@b" || len(d.References) != 1 {
		t.Errorf("with their mail: %+v", d)
	}
	if d := fillSubject(t, &event.Reply{ID: "a@b", Subject: "Torby"}, "Nowy temat"); d.Subject != "Nowy temat" || d.InReplyTo != "" {
		t.Errorf("a new subject: %+v", d)
	}
}

// TestA1_ADraftKnowsTheTextItBeganAs: an assessment covers that text and no other.
func TestA1_ADraftKnowsTheTextItBeganAs(t *testing.T) {
	m := newComposer(false)
	first := templates()
	for i := range first {
		first[i].Hash = strings.Repeat("ab", i+1)
	}
	m.Update(event.ComposeLoaded{Person: 7, Lead: ewa(), Templates: first, Tracking: noTracking()})
	fill := uitest.PressPart(m, "enter").(event.FillTemplate)
	m.Update(event.TemplateFilled{Seq: fill.Seq, Filled: mail.Filled{Subject: "Torby", Text: "t"}})
	if d := m.Draft(); d.Template != fill.Info.Name || d.TemplateHash != fill.Info.Hash || d.TemplateHash == "" {
		t.Errorf("the draft began as %q %q", d.Template, d.TemplateHash)
	}
}

// Leaving, sending and discarding wait for the name of a new draft: else there
// would be two of it.
func TestNothingOvertakesTheFirstSave(t *testing.T) {
	acts := map[string]func(*composer.Model) event.Wish{
		"leave":   func(m *composer.Model) event.Wish { return uitest.PressPart(m, "esc") },
		"send":    func(m *composer.Model) event.Wish { m.Update(uitest.Key("x")); return uitest.PressPart(m, "ctrl+s") },
		"discard": func(m *composer.Model) event.Wish { return uitest.PressPart(m, "ctrl+x", "ctrl+x") },
	}
	for name, act := range acts {
		m := writing(t, noTracking())
		wish, _ := m.Update(event.Ticked{Now: uitest.Now.Add(3 * time.Second)})
		save := wish.(event.SaveDraft)
		if wish := act(m); wish != nil {
			t.Fatalf("%s overtakes the save: %#v", name, wish)
		}
		saved := save.Draft
		saved.ID = 41
		wish, _ = m.Update(event.DraftSaved{Seq: save.Seq, Draft: saved})
		var id mail.DraftID
		switch w := wish.(type) {
		case event.LeaveComposer:
			id = w.Draft.ID
		case event.QueueDraft:
			id = w.Draft.ID
		case event.DiscardDraft:
			id = w.Draft.ID
		}
		if id != 41 {
			t.Errorf("%s after the save wishes %#v", name, wish)
		}
	}
}

func TestChangesOfTheStoreAskTheGateAgainAndNeverStarveIt(t *testing.T) {
	m := writing(t, noTracking())
	if wish, _ := m.Update(event.StoreChanged{People: []mail.PersonID{8}}); wish != nil {
		t.Fatalf("a change of somebody else asks: %#v", wish)
	}
	wish, _ := m.Update(event.StoreChanged{People: []mail.PersonID{7}})
	first, ok := wish.(event.CheckDraft)
	if !ok {
		t.Fatalf("a change of this person does not ask: %#v", wish)
	}
	for range 3 {
		if wish, _ := m.Update(event.StoreChanged{}); wish != nil {
			t.Fatalf("a question overtakes the one that is out: %#v", wish)
		}
	}
	wish, _ = m.Update(event.DraftChecked{Seq: first.Seq, Verdict: verdict()})
	if again, ok := wish.(event.CheckDraft); !ok || again.Seq == first.Seq {
		t.Fatalf("it is not asked again after the answer: %#v", wish)
	}
}
