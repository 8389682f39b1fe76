package ui

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/uitest"
)

func TestADisabledKeySaysWhy(t *testing.T) {
	s, _ := office(t, 120, 40)
	s.Press("l")
	s.Has("Already a lead since 4 Nov.")
	s.Press("j", "j", "j", "c")
	s.Has("They objected, and an objection is absolute.", "L21.2 · GDPR Art. 21(2)-(3)", "v shows what is")
	s.HasNot("Subject")
	s.Press("tab", "c")
	s.Has("They are not a lead", "l makes them a lead", "L5b · GDPR Art. 5(1)(b)")
	s.Press("u")
	s.Has("Nothing to undo.")
}

// L21.2: after an objection no key of the screen leads to a composer.
func TestL21_2_NoKeyWritesToWhoObjected(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("j", "j", "j")
	s.Has("⊘ objected: nothing may be")
	for _, press := range []string{"c", "r", "enter", "c", "r", "i", "c", "r"} {
		s.Press(press)
		s.HasNot("Subject")
	}
	if world.Asked["Queue"] != 0 || world.Asked["SaveDraft"] != 0 {
		t.Fatal("something was written")
	}
}

// S19: nobody becomes a lead but by the key.
func TestS19_OnlyTheKeyMakesALead(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("tab", "enter", "esc", "j", "k", "i", "esc")
	if world.Asked["MakeLead"] != 0 {
		t.Fatal("reading made a lead")
	}
	s.Press("l")
	s.Has("Hanna Dąbrowska is a lead now", "Leads 9", "New people 2")
	s.Press("u")
	s.Has("Hanna Dąbrowska is not a lead any more.", "Leads 8", "New people 3")
}

func TestOpeningMarksReadAndLookingDoesNot(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("j", "k")
	if world.Asked["MarkRead"] != 0 {
		t.Fatal("looking marked as read")
	}
	s.Press("enter")
	if world.Asked["MarkRead"] != 1 {
		t.Fatalf("opening marked %d times", world.Asked["MarkRead"])
	}
	s.HasNot("▌●")
}

func TestASentMailCanBeTakenBack(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("c", "enter", "ctrl+s")
	s.Has("Sending to Ewa Żółkiewska in 10 s", "u takes it back")
	later(s, 3*time.Second)
	s.Has("Sending to Ewa Żółkiewska in 7 s")
	s.Press("u")
	s.Has("Taken back. Nothing was sent.", "Subject", "Dzień dobry Ewa Żółkiewska")
	s.HasNot("Sending to")
	if world.Asked["Unqueue"] != 1 {
		t.Fatalf("taken back %d times", world.Asked["Unqueue"])
	}
}

func TestTheCountdownEndsByItself(t *testing.T) {
	s, _ := office(t, 120, 40)
	s.Press("c", "enter", "ctrl+s")
	later(s, 11*time.Second)
	s.HasNot("Sending to")
}

// The root asks the gate at sending and shows its reason, whatever the
// checklist said before.
func TestTheGateIsAskedAgainAtSending(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("c", "enter")
	world.Edit(1, func(p *uitest.Person) { p.Row.Standing.Objected = true })
	s.Press("ctrl+s")
	s.Has("They objected to direct marketing.", "Subject")
	if world.Asked["Queue"] != 0 {
		t.Fatal("a mail was queued after an objection")
	}
}

func TestQuittingSavesWhatIsBeingWritten(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("c", "enter")
	s.Type("x")
	s.Press("ctrl+c")
	if !s.Ended() {
		t.Fatal("it did not quit")
	}
	if draft, ok, _ := world.DraftFor(t.Context(), 1); !ok || draft.Text == "" {
		t.Fatal("the draft is lost")
	}
}

func TestAnErrorWhileQuittingKeepsTheScreen(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("c", "enter")
	world.Err = &mail.Problem{Sentence: "The disk is full.", NextStep: "Make room."}
	s.Press("ctrl+c")
	if s.Ended() {
		t.Fatal("it quit and lost the draft")
	}
	s.Has("The disk is full. Make room.")
}

func TestThePaletteActs(t *testing.T) {
	s, _ := office(t, 120, 40)
	s.Press("ctrl+k")
	s.Type("lead card")
	s.Press("enter")
	s.Has("esc back")
	s.Press("ctrl+k")
	s.Type("make this")
	s.Press("enter")
	s.Has("already a lead since 4 Nov")
}

func TestLettersOfASearchAreNoKeys(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("/")
	s.Type("lqsuc")
	s.Has("/ lqsuc")
	if s.Ended() || world.Asked["MakeLead"]+world.Asked["SyncNow"] != 0 {
		t.Fatal("a letter acted as a key")
	}
	s.Press("esc")
	s.HasNot("/ lqsuc")
}

func TestTheSelectionStaysOnItsPersonWhenTheStoreChanges(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("j", "j", "j", "j")
	s.Has("▌  Aleksander Nowak")
	world.Edit(8, func(p *uitest.Person) { p.Row.LastAt = uitest.Now })
	s.Send(event.StoreChanged{People: []mail.PersonID{8}})
	s.Has("▌  Aleksander Nowak", "Kubki na sezon")
}

func TestAMailThatArrivesShowsInTheOpenConversation(t *testing.T) {
	s, world := office(t, 120, 40)
	world.Edit(1, func(p *uitest.Person) {
		p.Entries = append(p.Entries, mail.Entry{Ref: 99, At: uitest.Now, Message: mail.Message{From: p.Row.Lead.Address, Subject: "Pilne", Text: "Czekam na odpowiedź", Whole: true}})
	})
	s.Send(event.StoreChanged{People: []mail.PersonID{1}})
	s.Has("Czekam na odpowiedź")
}

func TestMouse(t *testing.T) {
	s, _ := office(t, 120, 40)
	s.Click(20, 6) // the second row
	s.Has("▌● 王偉")
	s.Click(20, 2) // the tab of new people
	s.Has("▌● Hanna Dąbrowska")
	s.Wheel(10, 10, true)
	s.Has("▌● Rob Fletcher")
}

// Hostile text must not reach the terminal, whichever port it comes through:
// the frame holds our own SGR sequences and nothing else that is not text.
func TestNoForeignEscapeReachesTheFrame(t *testing.T) {
	evil := "a\x1b[31mRED\x1b]52;c;ZXZpbA==\x07b\u009b2Jc\x1bPq\x1b\\d\u202ee\rf\x00g\x1b]8;;http://evil.example\x1b\\link\x7f\u2066\U000e0041"
	world := uitest.Office()
	world.Edit(1, func(p *uitest.Person) {
		l := &p.Row.Lead
		l.Name, l.Company, l.Role, l.Source, l.Reason, l.Note, l.Country = evil, evil, evil, evil, evil, evil, evil
		p.Row.Subject, p.Row.Snippet = evil, evil
		for i := range p.Entries {
			m := &p.Entries[i].Message
			m.Subject, m.Text, m.From.Name = evil, evil+"\n> "+evil, evil
			m.Notes, m.Trackers = []string{evil}, []mail.Tracker{{Host: evil, What: evil}}
			m.Attachments = []mail.Attachment{{Name: evil, Type: evil}}
		}
		for i := range p.Events {
			p.Events[i].Evidence, p.Events[i].Wording = evil, evil
		}
	})
	world.PutOut(mail.Outgoing{Draft: mail.Draft{ID: 1, Person: 1, Subject: evil, Text: evil}, State: mail.Unknown, Reason: evil, NextStep: evil})
	s := at(t, world, testOptions, 120, 40)
	s.Send(event.SyncChanged{Status: mail.SyncStatus{Phase: mail.SyncOffline, Problem: evil, NextStep: evil, Account: evil}})
	for _, press := range []string{"", "enter", "i", "esc", "?", "esc", "ctrl+k", "esc", "y", "esc", "e", "esc", "o", "esc", "c"} {
		if press != "" {
			s.Press(press)
		}
		requireOnlyOurs(t, press, s.Frame())
	}
}

var ourSGR = regexp.MustCompile(`\x1b\[[0-9;:]*m`)

func requireOnlyOurs(t *testing.T, press, frame string) {
	t.Helper()
	rest := ourSGR.ReplaceAllString(frame, "")
	for _, r := range rest {
		if r != '\n' && unsafeRune(r) {
			t.Fatalf("after %q the frame holds %U", press, r)
		}
	}
	if strings.Contains(frame, "\x1b[31m") {
		t.Fatalf("after %q a colour of the mail is in the frame", press)
	}
}

func TestTheTerminalsCursorFollows(t *testing.T) {
	s, _ := office(t, 120, 40)
	if c := s.View().Cursor; c == nil || c.X != 1 || c.Y != 4 {
		t.Fatalf("the cursor is at %v, not on the first row", c)
	}
	s.Press("j")
	if c := s.View().Cursor; c.Y != 6 {
		t.Fatalf("the cursor is in line %d, not on the second row", c.Y)
	}
	s.Press("/")
	s.Type("żó")
	if c := s.View().Cursor; c.Y != 3 || c.X != 3+2+2 {
		t.Fatalf("the cursor is at %d,%d, not behind what was typed", c.X, c.Y)
	}
}

func TestAFrameIsKeptWhileNothingChanges(t *testing.T) {
	m := New(portsOf(uitest.Office()), testOptions)
	s := uitest.New(t, m, 120, 40)
	s.Send(event.SyncChanged{Status: uitest.InStep()})
	_ = m.View()
	m.Update(event.Ticked{Now: uitest.Now.Add(time.Second)})
	m.Update(tea.MouseMotionMsg{X: 1, Y: 1})
	if !m.drawn {
		t.Fatal("a second in which nothing changes costs a frame")
	}
	m.Update(event.Ticked{Now: uitest.Now.Add(time.Minute)})
	if m.drawn {
		t.Fatal("a minute changes the ages, but the frame was kept")
	}
}

func TestToastsGoByThemselves(t *testing.T) {
	s, _ := office(t, 120, 40)
	s.Press("l")
	s.Has("Already a lead")
	later(s, 20*time.Second)
	s.HasNot("Already a lead")
}

func TestKeysAskTheServer(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("s")
	s.Has("Asking the server…")
	s.Send(event.SyncChanged{Status: mail.SyncStatus{Phase: mail.SyncRunning, Done: 1, Total: 9}})
	s.Press("ctrl+x")
	if world.Asked["SyncNow"] != 1 || world.Asked["CancelSync"] != 1 {
		t.Fatalf("asked %v", world.Asked)
	}
}

func TestOutboxResolvesAnUnknown(t *testing.T) {
	s, world := office(t, 120, 40)
	world.PutOut(mail.Outgoing{Draft: mail.Draft{ID: 7, Person: 1, To: mail.Address{Email: "ewa@piekarniawanda.example"}, Subject: "Umowa", Text: "x"}, State: mail.Unknown})
	s.Send(event.StoreChanged{Outbox: true})
	s.Has("? 1 unknown")
	s.Press("o", "a")
	if world.Asked["Resolve"] != 1 {
		t.Fatalf("not resolved:\n%s", s.Text())
	}
	s.HasNot("? 1 unknown")
}

func TestRecordingAConsentChangesTheBadge(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Send(event.StoreChanged{})
	m := New(portsOf(world), testOptions)
	screen := uitest.New(t, m, 120, 40)
	screen.Has("M? O· C· D·")
	cmd := m.wishes(event.Record{Event: consent.Event{Person: 2, Kind: consent.KindGranted, Purpose: consent.TrackOpen, Evidence: "on the phone"}})
	screen.Send(cmd())
	screen.Has("M? O✓ C· D·", "Recorded in the ledger.")
}

// M-rule of the editor: the text is in a file that only the rep can read, and
// the file is gone afterwards.
func TestTheEditorsFileIsPrivateAndGone(t *testing.T) {
	dir := t.TempDir()
	path, err := writeForEditor(dir, "Dzień dobry")
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	msg := readFromEditor(path, nil).(event.EditorClosed)
	if msg.Err != nil || msg.Text != "Dzień dobry" {
		t.Fatalf("read back %+v", msg)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Fatal("the file is still there")
	}
	path, _ = writeForEditor(dir, "x")
	if msg := readFromEditor(path, errors.New("exit status 1")).(event.EditorClosed); msg.Err == nil {
		t.Fatal("a failed editor gave a text")
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Fatal("a file was left behind")
	}
}

// While the first mails of a start come in, the newest person is selected;
// once they are in, or a key was pressed, the selection is the rep's own.
func TestTheFirstSyncLeavesTheSelectionAtTheTop(t *testing.T) {
	world := uitest.Office()
	s := at(t, world, testOptions, 120, 40)
	s.Send(event.SyncChanged{Status: mail.SyncStatus{Phase: mail.SyncRunning, Done: 1, Total: 2}})
	world.Edit(8, func(p *uitest.Person) { p.Row.LastAt = uitest.Now })
	s.Send(event.StoreChanged{})
	s.Has("▌  李娜")
	s.Send(event.SyncChanged{Status: uitest.InStep()})
	world.Edit(1, func(p *uitest.Person) { p.Row.LastAt = uitest.Now.Add(time.Second) })
	s.Send(event.StoreChanged{})
	s.Has("▌  李娜")
}

func TestTheEndOfAMailIsTold(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("c", "enter", "ctrl+s")
	outgoing, _ := world.Outgoing(t.Context())
	if err := world.Discard(t.Context(), outgoing[0].ID); err != nil { // the world's way to have sent it
		t.Fatal(err)
	}
	s.Send(event.StoreChanged{Outbox: true})
	s.Has("Sent to Ewa Żółkiewska.")
	s.HasNot("Sending to")
	s.Press("u")
	s.Has("Nothing to undo.")
}

func TestWhatTheRepTookBackIsNotCalledSent(t *testing.T) {
	s, _ := office(t, 120, 40)
	s.Press("c", "enter", "ctrl+s", "u")
	s.Send(event.StoreChanged{Outbox: true})
	s.HasNot("Sent to")
}

func TestALostOutcomeIsToldWithItsNextStep(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("c", "enter", "ctrl+s")
	outgoing, _ := world.Outgoing(t.Context())
	lost := outgoing[0]
	lost.State, lost.Reason, lost.NextStep = mail.Unknown, "The connection ended before the answer.", "Look into your Sent mailbox."
	_ = world.Discard(t.Context(), lost.ID)
	world.PutOut(lost)
	s.Send(event.StoreChanged{Outbox: true})
	s.Has("The connection ended before the answer. Look into your Sent mailbox.", "? 1 unknown")
}

func TestQuittingWithMailInTheOutboxAsks(t *testing.T) {
	s, _ := office(t, 120, 40)
	s.Press("c", "enter", "ctrl+s", "q")
	s.Has("Leave with mail in the outbox?")
	s.Press("n")
	if s.Ended() {
		t.Fatal("no was taken for yes")
	}
	s.Press("q", "y")
	if !s.Ended() {
		t.Fatal("yes did not quit")
	}
}

// Over a mail that is being written the palette offers the composer's own
// keys: nothing may open another mail over it.
func TestThePaletteOverTheComposerKeepsTheMail(t *testing.T) {
	s, world := office(t, 120, 40)
	s.Press("c", "enter")
	s.Press("ctrl+k")
	s.HasNot("Write to this person", "Make this person a lead")
	s.Type("send after")
	s.Press("enter")
	s.Has("Sending to Ewa Żółkiewska")
	if world.Asked["Queue"] != 1 {
		t.Fatalf("queued %d times", world.Asked["Queue"])
	}
}

func TestTheCardGoesBackToWhereTheRepWas(t *testing.T) {
	s, _ := office(t, 80, 24)
	s.Press("enter", "i")
	s.Has("a mail may rest on")
	s.Press("esc")
	s.Has("z quotes")
	s.Press("i", "i", "esc", "i", "esc")
	s.Has("Leads 8")
}
