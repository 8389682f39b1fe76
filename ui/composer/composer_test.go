package composer_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/composer"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

// ewa is the lead of these tests.
func ewa() consent.Lead {
	return consent.Lead{
		ID: 7, Address: mail.Address{Name: "Ewa Żółć-Łęcka", Email: "ewa.zolc@piekarnia-sloneczna.example"}, Name: "Ewa Żółć-Łęcka",
		Company: "Piekarnia Słoneczna 太陽", Language: "pl", Country: "PL", Since: uitest.Now, ObtainedAt: uitest.Now,
	}
}

func controller() consent.Controller {
	return consent.Controller{
		Name: "Nadruk sp. z o.o.", Postal: "ul. Prosta 1, 00-001 Warszawa", Country: "PL", Contact: "rodo@nadruk.example",
		PolicyURL: "https://nadruk.example/privacy", Offer: "torby papierowe z nadrukiem", Retention: "6 months",
	}
}

func templates() []mail.TemplateInfo {
	return []mail.TemplateInfo{
		{Name: "first-contact", Language: "en", Title: "First contact", About: "To somebody who has not written to us yet: the reason, one question, what we do with their data."},
		{Name: "first-contact", Language: "pl", Title: "Pierwsza wiadomość", About: "Do osoby, która jeszcze do nas nie pisała: powód, jedno pytanie, informacja o danych."},
		{Name: "follow-up", Language: "pl", Title: "Po rozmowie", About: "Do osoby, która nam odpisała albo zgodziła się na kontakt: krótko o tym, co dalej."},
		{Name: "reply", Language: "pl", Title: "Odpowiedź", About: "Do osoby, która do nas napisała: podziękowanie i odpowiedź własnymi słowami."},
	}
}

// titles is a checklist as long as the real one.
var titles = []string{
	"One recipient", "Not objected", "Not suppressed", "Address works", "Legal basis", "Country rule", "Concrete reason", "Source of the data",
	"Who writes", "Privacy policy", "How to agree", "How to object", "Tracking told", "No unfilled field", "Written by hand",
}

// verdict is the gate's answer with some checks open.
func verdict(open ...consent.Check) consent.Verdict {
	v := consent.Verdict{Person: 7, Act: consent.ActSend, Basis: consent.BasisInterest, At: uitest.Now, Rules: "test"}
	for _, title := range titles {
		check := consent.Check{Key: strings.ToLower(title), Title: title, OK: true, Reason: "It holds."}
		for _, o := range open {
			if o.Title == title {
				check = o
				check.Key = strings.ToLower(title)
			}
		}
		v.Checks = append(v.Checks, check)
	}
	return v
}

func noReason() consent.Check {
	return consent.Check{
		Rule: "S5", Title: "Concrete reason", Reason: "It is not written down why you contact Ewa Żółć-Łęcka and nobody else; a reason needs at least 40 characters.",
		Source: "GDPR Art. 6(1)(f), rec. 47", Way: "Write on the lead why this person, in this role, at this company.", Fix: consent.FixReason,
	}
}

func noDuty() consent.Check {
	return consent.Check{
		Rule: "L21.2", Title: "How to object", Reason: "The right to object does not stand in a paragraph of its own.",
		Source: "GDPR Art. 21(4)", Way: "Put the paragraph back.", Fix: consent.FixDuties,
	}
}

func gapCheck() consent.Check {
	return consent.Check{Rule: "S34", Title: "No unfilled field", Reason: "{{answer}} stands in the text.", Source: "Art. 5(1)(d)", Way: "Fill it in.", Fix: consent.FixText}
}

func never(purpose consent.Purpose) consent.Verdict {
	return consent.Verdict{Person: 7, Checks: []consent.Check{{
		Rule: "S58", Key: "consent", Title: "Consent", Reason: "Ewa Żółć-Łęcka was never asked for " + purpose.Title() + ".",
		Source: "ePrivacy Art. 5(3)", Way: "Ask in a mail, and record the answer.", Fix: consent.FixConsent,
	}}}
}

func agreed() consent.Verdict {
	return consent.Verdict{Person: 7, Checks: []consent.Check{{Rule: "S58", Key: "consent", Title: "Consent", OK: true, Reason: "Agreed on 20 November."}}}
}

func noTracking() map[consent.Purpose]consent.Verdict {
	return map[consent.Purpose]consent.Verdict{consent.TrackOpen: never(consent.TrackOpen), consent.TrackClick: never(consent.TrackClick)}
}

func allTracking() map[consent.Purpose]consent.Verdict {
	return map[consent.Purpose]consent.Verdict{consent.TrackOpen: agreed(), consent.TrackClick: agreed()}
}

func newComposer(colored bool) *composer.Model {
	m := composer.New(theme.New(true, colored), keys.Default(), composer.Options{
		PortalReady: true, Controller: controller(), ConfigPath: "~/.config/zgoda/config.toml", Settle: time.Nanosecond,
	})
	m.SetSize(120, 36)
	m.Update(event.Ticked{Now: uitest.Now})
	return m
}

// opened is a composer at its first step.
func opened(tracking map[consent.Purpose]consent.Verdict) *composer.Model {
	m := newComposer(false)
	m.Update(event.ComposeLoaded{Person: 7, Lead: ewa(), Templates: templates(), Tracking: tracking})
	return m
}

func polishText(tracking consent.Tracking) string {
	d := consent.Duties(controller(), ewa(), "pl", tracking)
	return "Dzień dobry, Pani Ewo,\n\npiszę z konkretnego powodu: {{reason}}.\n\nCzy mogę przesłać jedną stronę z liczbami?\n\nPozdrawiam serdecznie\nMarta Lis\n\n" +
		d.Objection + "\n\n" + d.Tracking
}

// writing is a composer at its second step, the text of a template in it.
func writing(t testing.TB, tracking map[consent.Purpose]consent.Verdict) *composer.Model {
	t.Helper()
	m := opened(tracking)
	fill, ok := uitest.PressPart(m, "enter").(event.FillTemplate)
	if !ok || fill.Info.Title != "Pierwsza wiadomość" || fill.Person != 7 {
		t.Fatalf("Enter on the first template wishes %#v", fill)
	}
	wish, _ := m.Update(event.TemplateFilled{Seq: fill.Seq, Info: fill.Info, Filled: mail.Filled{
		Subject: "Pytanie do Piekarni Słonecznej 太陽: torby z nadrukiem", Text: polishText(consent.Tracking{}), Gaps: []string{"reason"}}})
	answer(t, m, wish, verdict(noReason(), noDuty(), gapCheck()))
	return m
}

// answer gives the gate's answer to a wish to check.
func answer(t testing.TB, m *composer.Model, wish event.Wish, v consent.Verdict) event.CheckDraft {
	t.Helper()
	check, ok := wish.(event.CheckDraft)
	if !ok {
		t.Fatalf("the gate was not asked: %#v", wish)
	}
	m.Update(event.DraftChecked{Seq: check.Seq, Verdict: v})
	return check
}

// settle runs what a change set in motion: the pause, and then the question.
func settle(t testing.TB, m *composer.Model, cmd tea.Cmd) event.Wish {
	t.Helper()
	if cmd == nil {
		t.Fatal("nothing follows the change")
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			if c == nil {
				continue
			}
			if settled, ok := c().(event.DraftSettled); ok {
				wish, _ := m.Update(settled)
				return wish
			}
		}
	case event.DraftSettled:
		wish, _ := m.Update(msg)
		return wish
	}
	t.Fatal("no pause follows the change")
	return nil
}

func TestS58_TrackingToggleRefusesWithReason(t *testing.T) {
	for _, key := range []string{"ctrl+t", "ctrl+l"} {
		m := writing(t, noTracking())
		before := m.Draft()
		if wish, cmd := m.Update(uitest.Key(key)); wish != nil || cmd != nil {
			t.Fatalf("%s sets %v in motion", key, wish)
		}
		if m.Draft().TrackOpens || m.Draft().TrackClicks || m.Draft().Text != before.Text {
			t.Fatalf("%s changed the draft", key)
		}
		frame := uitest.DrawPart(t, m, 120, 36)
		for _, want := range []string{"stays off", "was never asked for", "Ask in a mail", "[–] opens", "[–] clicks"} {
			if !strings.Contains(frame, want) {
				t.Errorf("after %s the screen does not say %q:\n%s", key, want, frame)
			}
		}
		for _, b := range m.Keys() {
			if b.Is(uitest.Key(key)) && !b.Off() {
				t.Errorf("%s shows as usable", key)
			}
		}
		purpose := map[string]consent.Purpose{"ctrl+t": consent.TrackOpen, "ctrl+l": consent.TrackClick}[key]
		if got := uitest.PressPart(m, "ctrl+r"); got != (event.AskRecord{Person: 7, Kind: consent.KindGranted, Purpose: purpose}) {
			t.Errorf("the fix key after %s wishes %#v", key, got)
		}
	}
}

func TestS58_UnansweredTrackingIsOff(t *testing.T) {
	m := writing(t, nil)
	uitest.PressPart(m, "ctrl+t", "ctrl+l")
	if d := m.Draft(); d.TrackOpens || d.TrackClicks {
		t.Fatal("tracking is on without an answer of the gate")
	}
	m = writing(t, map[consent.Purpose]consent.Verdict{consent.TrackOpen: {}, consent.TrackClick: {}})
	uitest.PressPart(m, "ctrl+t", "ctrl+l")
	if d := m.Draft(); d.TrackOpens || d.TrackClicks {
		t.Fatal("an empty verdict switches tracking on")
	}
}

func TestS58_TrackingToggleTurnsOnWithConsent(t *testing.T) {
	m := writing(t, allTracking())
	_, cmd := m.Update(uitest.Key("ctrl+t"))
	wish := settle(t, m, cmd)
	check := answer(t, m, wish, verdict())
	if !check.Draft.TrackOpens || check.Draft.TrackClicks {
		t.Fatalf("the gate is asked about %+v", check.Draft)
	}
	told := consent.Duties(controller(), ewa(), "pl", consent.Tracking{Opens: true}).Tracking
	if !strings.Contains(m.Draft().Text, told) {
		t.Errorf("the text does not tell the person:\n%s", m.Draft().Text)
	}
	uitest.PressPart(m, "ctrl+l")
	both := consent.Duties(controller(), ewa(), "pl", consent.Tracking{Opens: true, Clicks: true}).Tracking
	if !strings.Contains(m.Draft().Text, both) || strings.Contains(m.Draft().Text, told) {
		t.Errorf("the sentence does not follow the toggles:\n%s", m.Draft().Text)
	}
	uitest.PressPart(m, "ctrl+t", "ctrl+l")
	if m.Draft().Text != polishText(consent.Tracking{}) {
		t.Errorf("off and on does not give the old text:\n%s", m.Draft().Text)
	}
}

func TestS58_WithdrawalSwitchesTrackingOffWhileWriting(t *testing.T) {
	m := writing(t, allTracking())
	uitest.PressPart(m, "ctrl+t")
	wish, _ := m.Update(event.EventRecorded{Event: consent.Event{Person: 7, Kind: consent.KindWithdrawn}})
	check := wish.(event.CheckDraft)
	m.Update(event.DraftChecked{Seq: check.Seq, Verdict: verdict(), Tracking: noTracking()})
	if m.Draft().TrackOpens {
		t.Fatal("tracking stays on after the withdrawal")
	}
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "was switched off") {
		t.Errorf("it is not said:\n%s", frame)
	}
}

func TestS58_NoPortalNoTracking(t *testing.T) {
	m := composer.New(theme.New(true, false), keys.Default(), composer.Options{Controller: controller()})
	m.SetSize(120, 36)
	m.Update(event.ComposeLoaded{Person: 7, Lead: ewa(), HasDraft: true, Draft: mail.Draft{ID: 3, Person: 7, To: ewa().Address}, Tracking: allTracking()})
	uitest.PressPart(m, "ctrl+t")
	if m.Draft().TrackOpens {
		t.Fatal("tracking is on without a portal")
	}
	if frame := uitest.DrawPart(t, m, 120, 36); !strings.Contains(frame, "portal_url") {
		t.Errorf("it is not said why:\n%s", frame)
	}
}

func TestS5_SendIsRefusedWithoutAReasonAndSaysSo(t *testing.T) {
	m := writing(t, noTracking())
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("a refused mail is sent: %#v", wish)
	}
	frame := uitest.DrawPart(t, m, 80, 21)
	for _, want := range []string{"Not sent.", "3 of 15 open", "Concrete reason", "^r write the reason"} {
		if !strings.Contains(frame, want) {
			t.Errorf("the screen does not say %q:\n%s", want, frame)
		}
	}
	if got := uitest.PressPart(m, "ctrl+r"); got != (event.EditLead{Person: 7, Field: event.FieldReason}) {
		t.Errorf("the fix key wishes %#v", got)
	}
}

func TestS5_AChangedTextAsksTheGateAgain(t *testing.T) {
	m := writing(t, noTracking())
	_, cmd := m.Update(uitest.Key("x"))
	if wish := uitest.PressPart(m, "ctrl+s"); wish == nil {
		t.Fatal("an answer to an older text holds the mail back")
	} else if _, ok := wish.(event.QueueDraft); !ok {
		t.Fatalf("sending wishes %#v", wish)
	}
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
		t.Fatalf("the mail is sent twice: %#v", wish)
	}
	m.Update(event.DraftQueued{Err: fmt.Errorf("queue: %w", &consent.Refusal{Verdict: verdict(noDuty())})})
	frame := uitest.DrawPart(t, m, 120, 36)
	if !strings.Contains(frame, "Not sent.") || !strings.Contains(frame, "14 of 15") {
		t.Errorf("the refusal is not shown:\n%s", frame)
	}
	if cmd == nil {
		t.Fatal("a change is not followed by a question")
	}
}

func TestS5_AnOldAnswerIsDropped(t *testing.T) {
	m := writing(t, noTracking())
	_, cmd := m.Update(uitest.Key("x"))
	first := settle(t, m, cmd).(event.CheckDraft)
	_, cmd = m.Update(uitest.Key("y"))
	second := settle(t, m, cmd).(event.CheckDraft)
	m.Update(event.DraftChecked{Seq: first.Seq, Verdict: verdict()})
	if frame := uitest.DrawPart(t, m, 120, 36); strings.Contains(frame, "15 of 15") {
		t.Errorf("an old answer is believed:\n%s", frame)
	}
	m.Update(event.DraftChecked{Seq: second.Seq, Verdict: verdict()})
	if wish, ok := uitest.PressPart(m, "ctrl+s").(event.QueueDraft); !ok || wish.Draft.Person != 7 {
		t.Errorf("an allowed mail is not sent: %#v", wish)
	}
	if _, cmd := m.Update(event.DraftQueued{}); cmd != nil || m.Open() {
		t.Error("the composer stays open after the mail is queued")
	}
}

func TestL21_4_FixPutsTheParagraphIn(t *testing.T) {
	m := writing(t, noTracking())
	uitest.PressPart(m, "ctrl+n") // from the reason to the duty
	_, cmd := m.Update(uitest.Key("ctrl+r"))
	duties := consent.Duties(controller(), ewa(), "pl", consent.Tracking{})
	text := m.Draft().Text
	for _, part := range []string{duties.Notice, duties.Objection, duties.Tracking} {
		if strings.Count(text, part) != 1 {
			t.Errorf("this stands %d times in the text: %s", strings.Count(text, part), part)
		}
	}
	if _, ok := settle(t, m, cmd).(event.CheckDraft); !ok {
		t.Error("the gate is not asked again")
	}
}

func TestTrackingFixSwitchesOff(t *testing.T) {
	m := writing(t, allTracking())
	_, cmd := m.Update(uitest.Key("ctrl+t"))
	answer(t, m, settle(t, m, cmd), verdict(consent.Check{Title: "Tracking told", Reason: "It is not told.", Fix: consent.FixTracking}))
	uitest.PressPart(m, "ctrl+r")
	if m.Draft().TrackOpens {
		t.Error("the fix leaves tracking on")
	}
}

func TestFixConfigNamesTheFile(t *testing.T) {
	m := writing(t, noTracking())
	_, cmd := m.Update(uitest.Key("x"))
	answer(t, m, settle(t, m, cmd), verdict(consent.Check{Title: "Privacy policy", Reason: "No privacy policy is configured.", Way: "Set policy_url in [company].", Fix: consent.FixConfig}))
	uitest.PressPart(m, "ctrl+r")
	frame := uitest.DrawPart(t, m, 120, 36)
	if !strings.Contains(frame, "policy_url") || !strings.Contains(frame, "config.toml") {
		t.Errorf("the line of the configuration is not named:\n%s", frame)
	}
}

func TestGapIsSelectedAndTypedOver(t *testing.T) {
	m := writing(t, noTracking()) // opening selects the first gap
	uitest.TypePart(m, "otwierają Państwo drugą piekarnię w Łodzi")
	if text := m.Draft().Text; strings.Contains(text, "{{") || !strings.Contains(text, "powodu: otwierają Państwo drugą piekarnię w Łodzi.") {
		t.Errorf("the gap is not typed over:\n%s", text)
	}
	uitest.PressPart(m, "ctrl+g")
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "No field is left unfilled") {
		t.Errorf("it is not said that nothing is left:\n%s", frame)
	}
}

func TestPasteIsMadeSafe(t *testing.T) {
	m := writing(t, noTracking())
	m.Update(tea.PasteMsg{Content: "a\u202eb\x1b]52;c\x07\u009bd\r\ne\u0301"})
	if text := m.Draft().Text; !strings.Contains(text, "ab]52;cd\né") || strings.ContainsAny(text, "\x1b\u202e\u009b\r") {
		t.Errorf("pasted text is kept as it came: %q", text)
	}
	uitest.PressPart(m, "tab")
	m.Update(tea.PasteMsg{Content: "one\ntwo"})
	if strings.Contains(m.Draft().Subject, "\n") {
		t.Errorf("the subject has two lines: %q", m.Draft().Subject)
	}
	m.Update(event.EditorClosed{Text: "x\u202ey"})
	if m.Draft().Text != "xy" {
		t.Errorf("the editor's text is kept as it came: %q", m.Draft().Text)
	}
}

func TestOneStepIsOneGrapheme(t *testing.T) {
	m := newComposer(false)
	m.Update(event.ComposeLoaded{Person: 7, Lead: ewa(), HasDraft: true, Draft: mail.Draft{Person: 7, Subject: "s", Text: ""}, Tracking: noTracking()})
	m.Update(tea.PasteMsg{Content: "żó太👩‍👩‍👧x"})
	uitest.PressPart(m, "left", "left")
	c := m.Cursor()
	uitest.PressPart(m, "backspace")
	if got := m.Draft().Text; got != "żó👩‍👩‍👧x" {
		t.Fatalf("backspace left %q", got)
	}
	uitest.PressPart(m, "delete")
	if got := m.Draft().Text; got != "żóx" {
		t.Fatalf("delete left %q", got)
	}
	if got := m.Cursor(); c.X-got.X != 2 {
		t.Errorf("the cursor went from %d to %d over a character of two cells", c.X, got.X)
	}
}

func TestAutosaveOneAtATime(t *testing.T) {
	m := writing(t, noTracking())
	if wish, _ := m.Update(event.Ticked{Now: uitest.Now.Add(time.Second)}); wish != nil {
		t.Fatalf("saved too early: %#v", wish)
	}
	wish, _ := m.Update(event.Ticked{Now: uitest.Now.Add(2 * time.Second)})
	save, ok := wish.(event.SaveDraft)
	if !ok || save.Draft.Person != 7 || save.Draft.Text == "" {
		t.Fatalf("not saved: %#v", wish)
	}
	m.Update(uitest.Key("x"))
	if wish, _ := m.Update(event.Ticked{Now: uitest.Now.Add(9 * time.Second)}); wish != nil {
		t.Fatalf("a second save of a draft without a name: %#v", wish)
	}
	saved := save.Draft
	saved.ID = 41
	m.Update(event.DraftSaved{Seq: save.Seq, Draft: saved})
	if m.Draft().ID != 41 || !strings.Contains(m.Draft().Text, "x") {
		t.Fatal("the name is not kept, or the text was put back")
	}
	wish, _ = m.Update(event.Ticked{Now: uitest.Now.Add(12 * time.Second)})
	if again, ok := wish.(event.SaveDraft); !ok || again.Draft.ID != 41 {
		t.Fatalf("the change in between is not saved: %#v", wish)
	}
}

func TestAFullDiskIsSaidAndTriedAgain(t *testing.T) {
	m := writing(t, noTracking())
	wish, _ := m.Update(event.Ticked{Now: uitest.Now.Add(3 * time.Second)})
	m.Update(event.DraftSaved{Seq: wish.(event.SaveDraft).Seq, Err: &mail.Problem{Sentence: "The disk is full.", NextStep: "Free some space.", Err: errors.New("x")}})
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "The disk is full.") || !strings.Contains(frame, "Free some space.") {
		t.Errorf("it is not said:\n%s", frame)
	}
	if wish, _ := m.Update(event.Ticked{Now: uitest.Now.Add(20 * time.Second)}); wish == nil {
		t.Error("it is not tried again")
	}
}

func TestLeaveKeepsAndDiscardAsks(t *testing.T) {
	m := writing(t, noTracking())
	if wish := uitest.PressPart(m, "ctrl+x"); wish != nil {
		t.Fatalf("discarded at once: %#v", wish)
	}
	if wish := uitest.PressPart(m, "esc"); wish != nil || !m.Open() {
		t.Fatalf("any other key must keep it, Esc wishes %#v", wish)
	}
	text := m.Draft().Text
	leave, ok := uitest.PressPart(m, "esc").(event.LeaveComposer)
	if !ok || !leave.Save || leave.Draft.Text != text || m.Open() {
		t.Fatalf("leaving wishes %#v", leave)
	}
	m = writing(t, noTracking())
	discard, ok := uitest.PressPart(m, "ctrl+x", "ctrl+x").(event.DiscardDraft)
	if !ok || discard.Draft.Text != text {
		t.Fatalf("discarding wishes %#v", discard)
	}
	m = opened(noTracking())
	if leave := uitest.PressPart(m, "esc").(event.LeaveComposer); leave.Save {
		t.Error("a mail that was never begun is saved")
	}
}

func TestAnAnswerKeepsTheConversation(t *testing.T) {
	m := newComposer(false)
	m.Update(event.ComposeLoaded{Person: 7, Lead: ewa(), Templates: templates(), Tracking: noTracking(),
		Reply: &event.Reply{ID: "a@b", References: []mail.MessageID{"x@y", "a@b"}, Subject: "Torby na święta"}})
	uitest.PressPart(m, "j", "j", "j", "enter") // blank
	d := m.Draft()
	if d.Subject != "Re: Torby na święta" || d.InReplyTo != "a@b" || len(d.References) != 2 || d.Language != "pl" {
		t.Errorf("the answer is %+v", d)
	}
}

func TestPickerSpeaksTheLeadsLanguageFirst(t *testing.T) {
	m := opened(noTracking())
	frame := uitest.DrawPart(t, m, 80, 21)
	if !strings.Contains(frame, "Pierwsza wiadomość") || strings.Contains(frame, "First contact") {
		t.Fatalf("not Polish first:\n%s", frame)
	}
	uitest.PressPart(m, "tab")
	if frame = uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "First contact") {
		t.Fatalf("Tab does not change the language:\n%s", frame)
	}
	fill, ok := uitest.PressPart(m, "enter").(event.FillTemplate)
	if !ok || fill.Info.Language != "en" {
		t.Fatalf("Enter wishes %#v", fill)
	}
	m.Update(event.TemplateFilled{Seq: fill.Seq - 1, Info: fill.Info, Filled: mail.Filled{Text: "old"}})
	if m.Draft().Text == "old" {
		t.Error("an old answer is taken")
	}
	m.Update(event.TemplateFilled{Seq: fill.Seq, Info: fill.Info, Err: errors.New("x")})
	if frame = uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "could not be filled") {
		t.Errorf("the error is not said:\n%s", frame)
	}
}

func TestAnotherTemplateKeepsTheDraftsName(t *testing.T) {
	m := newComposer(false)
	m.Update(event.ComposeLoaded{Person: 7, Lead: ewa(), Templates: templates(), HasDraft: true, Tracking: noTracking(),
		Draft: mail.Draft{ID: 12, Person: 7, To: ewa().Address, Subject: "s", Text: "t", Language: "pl"}})
	uitest.PressPart(m, "ctrl+p", "esc")
	if d := m.Draft(); d.Text != "t" || !m.Open() {
		t.Fatalf("Esc in the list of templates lost the text: %+v", d)
	}
	fill := uitest.PressPart(m, "ctrl+p", "enter").(event.FillTemplate)
	m.Update(event.TemplateFilled{Seq: fill.Seq, Filled: mail.Filled{Subject: "n", Text: "new"}})
	if d := m.Draft(); d.ID != 12 || d.Text != "new" {
		t.Errorf("the draft is %+v", d)
	}
}

func TestGateThatCannotBeAskedIsSaid(t *testing.T) {
	m := writing(t, noTracking())
	_, cmd := m.Update(uitest.Key("x"))
	check := settle(t, m, cmd).(event.CheckDraft)
	m.Update(event.DraftChecked{Seq: check.Seq, Err: errors.New("read the ledger: locked")})
	frame := uitest.DrawPart(t, m, 120, 36)
	if !strings.Contains(frame, "The gate could not be asked") || strings.Contains(frame, "locked") {
		t.Errorf("the error is not said in our words:\n%s", frame)
	}
}
