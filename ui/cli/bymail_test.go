package cli

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	zmail "zgoda/mail"
)

// TestG12_EndToEndConsentByMail is the whole way of a consent that needs no web
// server: asked in an answer, confirmed by a mail whose sender is proven, kept with
// the raw mail; a spoofed answer and thanks confirm nothing; a stop ends it before
// the next mail leaves. On embedded servers, and on Dovecot and Postfix.
func TestG12_EndToEndConsentByMail(t *testing.T) { onEachStage(t, consentByMail) }

// trusted is the host of our stage that says who sent a mail.
const trusted = "mx.firma.example"

func results(host, domain string) string {
	return "Authentication-Results: " + host + "; dkim=pass header.d=" + domain + "; dmarc=pass header.from=" + domain + "\r\n"
}

// theirTurn is the program without its screen, one step after another.
type theirTurn struct {
	*testing.T
	stage stage
	world *world
	lead  consent.Lead
}

func consentByMail(t *testing.T, s stage) {
	d := openTurn(t, s)
	question := d.ask()
	d.step("their courtesy", letterFrom("Re: Lamps", "ok thanks", "thanks@klient.example", question.id))
	d.wantState(consent.Asked, 0)

	d.step("a spoofed answer", results("mx.evil.example", "klient.example")+letterFrom("Re: Lamps", question.code, "spoof@evil.example", question.id))
	d.wantState(consent.Asked, 0)
	if held := d.standing().Held; held.ID != "spoof@evil.example" {
		t.Errorf("the spoofed answer is not held: %+v", held)
	}
	if verdict, err := d.world.gate.CheckSend(t.Context(), consent.LetterOf(d.draft("Still there?", "Hello"))); err != nil || verdict.Allowed() {
		t.Errorf("a mail may leave while an answer is in doubt (%v)", err)
	}
	d.record(consent.Event{Person: d.lead.ID, Kind: consent.KindRead, Message: "spoof@evil.example", Evidence: "Anna says on the phone that she did not write it", At: time.Now()})

	quoted := "> " + strings.Join([]string{question.sentence, question.code}, "\r\n> ")
	raw := results(trusted, "klient.example") + letterFrom("Re: Lamps", question.code+"\r\n\r\nOn Tuesday, Marta wrote:\r\n"+quoted, "yes@klient.example", question.id)
	d.step("her answer", raw)
	d.wantState(consent.Granted, 1)
	d.wantProof(raw, question)

	d.step("the same code again", results(trusted, "klient.example")+letterFrom("Re: Lamps", question.code, "again@klient.example", question.id))
	d.wantState(consent.Granted, 1)

	before := len(s.arrived(t, 0))
	draft := d.duties(d.draft("The spring list", "Hello Anna, here is the spring list."))
	if _, err := d.world.db.Queue(t.Context(), draft, 0); err != nil {
		t.Fatal(err)
	}
	d.step("a stop while a mail waits", letterFrom("Re: Lamps", "Proszę mnie wypisać.", "stop@klient.example", question.id))
	if err := d.world.outbox.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := len(s.arrived(t, 0)); after != before {
		t.Errorf("%d mails left after the stop", after-before)
	}
	if got := d.standing(); !got.Objected || got.State(consent.MarketingEmail) != consent.Withdrawn {
		t.Errorf("after the stop: %+v", got)
	}
	var refusal *consent.Refusal
	if _, err := d.world.gate.MaySend(t.Context(), consent.LetterOf(draft)); !errors.As(err, &refusal) {
		t.Errorf("the gate says %v", err)
	}
}

func openTurn(t *testing.T, s stage) *theirTurn {
	t.Helper()
	config := s.config()
	config.Mail.AuthServID = trusted
	w, err := openWorld(t.Context(), &app{paths: underDir(t.TempDir()), now: time.Now}, config, s.hosts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.close)
	d := &theirTurn{T: t, stage: s, world: w}
	d.step("her question", letterFrom(annasSubject, annasQuestion, "question@klient.example", ""))
	person, err := w.db.Find(t.Context(), s.them)
	if err != nil {
		t.Fatal(err)
	}
	if d.lead, err = w.db.MakeLead(t.Context(), person.ID); err != nil {
		t.Fatal(err)
	}
	d.lead.Country, d.lead.Language = "GB", "en"
	if err := w.db.SaveLead(t.Context(), d.lead); err != nil {
		t.Fatal(err)
	}
	d.step("the text of it", "")
	return d
}

// step puts a mail into INBOX and lets the program fetch it.
func (d *theirTurn) step(what, raw string) {
	d.Helper()
	if raw != "" {
		d.stage.receive(d.T, raw)
	}
	if err := d.world.syncer.Once(d.Context()); err != nil {
		d.Fatalf("%s: %v", what, err)
	}
}

func (d *theirTurn) record(e consent.Event) {
	d.Helper()
	if _, err := d.world.db.Record(d.Context(), e); err != nil {
		d.Fatal(err)
	}
}

func (d *theirTurn) history() consent.History {
	d.Helper()
	history, err := d.world.db.History(d.Context(), d.lead.ID)
	if err != nil {
		d.Fatal(err)
	}
	return history
}

func (d *theirTurn) standing() consent.Standing {
	d.Helper()
	return consent.Stand(d.history(), d.world.controller, time.Now())
}

func (d *theirTurn) draft(subject, text string) zmail.Draft {
	return zmail.Draft{Person: d.lead.ID, To: d.lead.Address, Subject: subject, Text: text, Language: "en"}
}

// duties puts what the law wants said into a mail on consent.
func (d *theirTurn) duties(draft zmail.Draft) zmail.Draft {
	draft.Text = consent.DutiesOn(consent.BasisConsent, d.world.controller, d.lead, "en", consent.Tracking{}).Mend(draft.Text)
	return draft
}

// shownQuestion is the question as Anna's mail program shows it.
type shownQuestion struct {
	id             zmail.MessageID
	sentence, code string
}

var shownCode = regexp.MustCompile(`M-[0-9A-Z]{4}-[0-9A-Z]{2}`)

// anyCode finds the code of any purpose.
var anyCode = regexp.MustCompile(`\b[MOCD]-[0-9A-Z]{4}-[0-9A-Z]{2}\b`)

// ask answers Anna's mail and asks for a consent in it.
func (d *theirTurn) ask() shownQuestion {
	d.Helper()
	questions, paragraphs, err := consent.Ask(d.world.controller, []consent.Purpose{consent.MarketingEmail}, "en", rand.Reader)
	if err != nil {
		d.Fatal(err)
	}
	draft := d.draft("Re: "+annasSubject, repsAnswer+"\n\n"+strings.Join(paragraphs, "\n\n")+"\n\nOur policy: "+d.world.controller.PolicyURL)
	draft.InReplyTo, draft.Asks = "question@klient.example", questions
	out, err := d.world.db.Queue(d.Context(), draft, 0)
	if err != nil {
		d.Fatal(err)
	}
	if err := d.world.outbox.Flush(d.Context()); err != nil {
		d.Fatal(err)
	}
	arrived := d.stage.arrived(d.T, 1)
	if len(arrived) != 1 {
		d.Fatalf("%d mails arrived: %+v", len(arrived), d.history().Events)
	}
	_, text := parse(d.T, arrived[0])
	shown := shownQuestion{id: out.MessageID, code: shownCode.FindString(text), sentence: questions[0].Wording}
	if shown.code != questions[0].Code || !strings.Contains(text, shown.sentence) || strings.Contains(arrived[0], "<img") {
		d.Fatalf("the question is shown as %q", text)
	}
	d.wantState(consent.Asked, 0)
	return shown
}

func (d *theirTurn) wantState(state consent.State, grants int) {
	d.Helper()
	n := 0
	for _, e := range d.history().Events {
		if e.Kind == consent.KindGranted {
			n++
		}
	}
	if got := d.standing().State(consent.MarketingEmail); got != state || n != grants {
		d.Fatalf("marketing e-mail is %s with %d grants; want %s with %d", got, n, state, grants)
	}
}

// wantProof checks that the consent can be shown byte for byte years later (L7.1).
func (d *theirTurn) wantProof(raw string, question shownQuestion) {
	d.Helper()
	for _, e := range d.history().Events {
		if e.Kind != consent.KindGranted {
			continue
		}
		kept, known, err := d.world.db.Raw(d.Context(), e.Raw)
		if err != nil || !known {
			d.Fatalf("the raw mail is not kept (%v)", err)
		}
		sum := sha256.Sum256(kept)
		if hex.EncodeToString(sum[:]) != e.Raw || string(kept) != raw {
			d.Errorf("the raw mail is not what came")
		}
		if e.Wording != question.sentence || e.Message != "yes@klient.example" || !strings.Contains(e.Auth, "by "+trusted) || !strings.Contains(e.Auth, "dmarc=pass") {
			d.Errorf("the entry is %+v", e)
		}
	}
}
