package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/uitest"
)

// eraseSelected goes through the dialog to its end.
func eraseSelected(s *uitest.Screen) {
	s.Press("x", "right", "tab")
	s.Type("ERASE")
	s.Press("enter")
}

// G33, L17: after an erasure no place of the screen names the person: list,
// conversation, card, toasts, undo, palette, help, outbox, desk and search.
func TestG33_NoPlaceOfTheScreenNamesWhoWasErased(t *testing.T) {
	s, world := deskOffice(t, 120, 40, testOptions)
	world.PutOut(mail.Outgoing{Draft: mail.Draft{ID: 7, Person: 1, To: mail.Address{Name: "Ewa Żółkiewska", Email: "ewa@piekarniawanda.example"}, Subject: "Umowa na rok", Text: "Pani Ewo"}, State: mail.Queued, DueAt: uitest.Now.Add(time.Hour)})
	s.Send(event.StoreChanged{Outbox: true})
	s.Press("/")
	s.Type("wanda")
	s.Press("enter", "enter", "i", "esc", "esc")
	s.Press("c", "enter") // a draft, thrown away: its undo would bring it back
	s.Press("ctrl+x", "ctrl+x")
	s.Has("Ewa")
	eraseSelected(s)
	s.Has("✓ Erased here.", "3 mails with them still lie on the server")
	nowhere := func(where string) {
		t.Helper()
		frame := strings.ToLower(s.Text())
		for _, word := range []string{"ewa", "żółkiewska", "wanda", "piekarni", "torby papierowe", "umowa na rok", "pani marto"} {
			if strings.Contains(frame, word) {
				t.Fatalf("%s says %q:\n%s", where, word, s.Text())
			}
		}
	}
	nowhere("the report")
	s.Press("X", "y")
	s.Has("✓ 3 of 3 mails went from the server.")
	s.Press("esc")
	nowhere("the list")
	for _, keys := range [][]string{{"u"}, {"ctrl+k"}, {"?"}, {"o"}, {"tab"}, {"tab"}, {"G"}, {"i"}, {"enter"}, {"d"}, {"d", "tab"}, {"d", "tab", "tab"}, {"d", "tab", "tab", "tab"}} {
		s.Press(keys...)
		nowhere(strings.Join(keys, " "))
		s.Press("esc", "esc")
		nowhere("after " + strings.Join(keys, " "))
	}
	if _, ok, _ := world.DraftFor(t.Context(), 1); ok {
		t.Error("an undo brought a draft back")
	}
}

// What was on its way from the store when somebody was erased does not bring them back.
func TestG33_AnAnswerThatCameLateIsDropped(t *testing.T) {
	s, world := deskOffice(t, 120, 40, testOptions)
	history, _ := world.History(t.Context(), 1)
	entries, _ := world.Conversation(t.Context(), 1, 9)
	out := mail.Outgoing{Draft: mail.Draft{ID: 7, Person: 1, To: history.Lead.Address, Subject: "Umowa"}, State: mail.Unknown, Reason: "ewa@piekarniawanda.example"}
	eraseSelected(s)
	s.Press("esc", "esc")
	for _, late := range []any{
		event.PersonLoaded{Seq: 1, Person: 1, Entries: entries, History: history}, event.LeadLoaded{Lead: history.Lead}, event.RecordLoaded{Lead: history.Lead},
		event.ComposeLoaded{Person: 1, Lead: history.Lead}, event.OutgoingLoaded{Outgoing: []mail.Outgoing{out}}, event.EraseAsked{Lead: history.Lead},
	} {
		s.Send(late)
		s.Press("o")
		s.HasNot("Ewa", "ewa@")
		s.Press("esc")
		s.HasNot("Ewa", "ewa@")
	}
}

// An erasure takes nothing from others: the way back of a mail to somebody else stays.
func TestOthersKeepTheirWayBack(t *testing.T) {
	s, world := deskOffice(t, 120, 40, testOptions)
	s.Press("j", "c", "enter", "ctrl+s")
	s.Has("Sending to 王偉")
	s.Press("k")
	eraseSelected(s)
	s.Press("esc", "esc")
	s.Has("Sending to 王偉", "u undo")
	s.Press("u")
	if world.Asked["Unqueue"] != 1 {
		t.Error("the mail to somebody else could not be taken back")
	}
}

// L14.3: the status line says what needs somebody, and follows the store.
func TestL14_3_TheStatusSaysWhatIsDue(t *testing.T) {
	s, world := deskOffice(t, 120, 40, testOptions)
	s.Has("! 1 notice over due · 1 request over due (d)")
	world.Edit(3, func(p *uitest.Person) { p.Row.Standing.NoticeDue = time.Time{} })
	world.Edit(6, func(p *uitest.Person) { p.Events = nil })
	s.Send(event.StoreChanged{People: []mail.PersonID{3, 6}})
	s.Has("▲ 1 notice due soon · 1 request, due in 6 days (d)")
	world.Edit(2, func(p *uitest.Person) { p.Row.Standing.NoticeDue = time.Time{} })
	world.Edit(4, func(p *uitest.Person) { p.Events = nil })
	s.Send(event.StoreChanged{})
	s.HasNot("(d)")
}

// A term ends though nothing changes in the store: the counts are asked again.
func TestTheCountsAreAskedAgainByTheClock(t *testing.T) {
	s, world := deskOffice(t, 120, 40, testOptions)
	before := world.Asked["QueueCounts"]
	later(s, time.Minute)
	if world.Asked["QueueCounts"] != before {
		t.Error("they are asked every minute")
	}
	later(s, countAgain)
	if world.Asked["QueueCounts"] != before+1 {
		t.Errorf("asked %d times", world.Asked["QueueCounts"]-before)
	}
}

// The desk leads to the record dialog and to the person, and comes back up to date.
func TestTheDeskLeadsOn(t *testing.T) {
	s, world := deskOffice(t, 120, 40, testOptions)
	s.Press("d", "r")
	s.Has("Jan Kowalski-Brzęczyszczykiewicz", "Evidence")
	s.Press("esc")
	s.Has("Inform by")
	if _, err := world.Record(t.Context(), consent.Event{Person: 3, Kind: consent.KindNotice, Evidence: "letter"}); err != nil {
		t.Fatal(err)
	}
	s.Send(event.StoreChanged{People: []mail.PersonID{3}})
	s.HasNot("! 3 days late")
	s.Press("enter")
	s.HasNot("Inform by")
	s.Has("Sample request: kraft paper 90 g") // 王偉, who was next
}

// enter finds a person who is not among the rows in memory.
func TestTheDeskFindsAnybody(t *testing.T) {
	s, _ := deskOffice(t, 120, 40, testOptions)
	s.Press("tab", "d", "enter") // the list of new people is open
	s.Has("jan@hurt-pol.example")
	s.HasNot("Inform by")
}

func TestAssessmentIsSavedFromTheDesk(t *testing.T) {
	s, world := deskOffice(t, 120, 40, testOptions)
	s.Press("d", "shift+tab", "enter", "ctrl+s")
	s.Has("Saved as version 3.", "Bags for bakeries · v3")
	if world.Asked["SaveAssessment"] != 1 {
		t.Errorf("saved %d times", world.Asked["SaveAssessment"])
	}
}

// A screen without a desk behind it says so at the key, and asks for nothing.
func TestWithoutADeskTheKeysSayWhy(t *testing.T) {
	s, _ := office(t, 120, 40)
	for _, press := range []string{"d", "x"} {
		s.Press(press)
		s.Has("There is no desk behind this screen.")
	}
	s.Press("I")
	s.Has("There is no import behind this screen.")
}

// Hostile text must not reach the terminal through the desk either.
func TestNoForeignEscapeReachesTheDesk(t *testing.T) {
	evil := "a\x1b[31mRED\x1b]52;c;ZXZpbA==\x07b\u009b2Jc\u202ed\rf\x00g\u2066"
	s, world := deskOffice(t, 120, 40, testOptions)
	for id := range 8 {
		world.Edit(mail.PersonID(id+1), func(p *uitest.Person) {
			l := &p.Row.Lead
			l.Name, l.Company, l.Source, l.Country = evil, evil, evil, evil
			for i := range p.Events {
				p.Events[i].Evidence = evil
			}
		})
	}
	for i := range world.Assessed {
		world.Assessed[i].Name, world.Assessed[i].Interest, world.Assessed[i].Author = evil, evil, evil
	}
	for i := range world.Preview.Columns {
		world.Preview.Columns[i].Name = evil
	}
	for i := range world.Preview.Rows {
		world.Preview.Rows[i].Lead.Name, world.Preview.Rows[i].Result.Why = evil, evil
	}
	s.Send(event.StoreChanged{})
	for _, press := range append([]string{"d", "tab", "tab", "tab", "tab", "enter", "esc", "esc", "x", "esc", "I"}, importForm...) {
		s.Press(press)
		requireOnlyOurs(t, press, s.Frame())
	}
}

// The cost of the desk follows the screen and not the queue.
func BenchmarkDeskOf20000(b *testing.B) {
	world := uitest.Crowd(20_000)
	world.Each(func(i int, p *uitest.Person) {
		p.Row.Lead.Since = uitest.Now
		p.Row.Standing.NoticeDue = uitest.Now.Add(time.Duration(i) * time.Minute)
	})
	ports := portsOf(world)
	ports.Desk = world
	m := New(ports, testOptions)
	s := uitest.New(b, m, 200, 60)
	s.Press("d")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Update(uitest.Key([]string{"j", "k"}[i%2]))
		_ = m.View()
	}
}

// G24: a refusal for want of an assessment leads to the assessments, and what was written is kept.
func TestG24_TheComposerLeadsToTheAssessments(t *testing.T) {
	world := uitest.Desk()
	ports := portsOf(world)
	ports.Desk = world
	m := New(ports, testOptions)
	s := uitest.New(t, m, 120, 40)
	s.Press("c", "enter")
	s.Type("x")
	drain(s, m.wishes(event.ShowDesk{Tab: event.TabAssessments}))
	s.Has("Bags for bakeries")
	s.HasNot("Subject")
	if draft, ok, _ := world.DraftFor(t.Context(), 1); !ok || draft.Text == "" {
		t.Error("the draft is lost")
	}
	s.Press("esc")
	s.HasNot("Bags for bakeries")
}

// drain runs a command that no key began.
func drain(s *uitest.Screen, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, one := range msg {
			drain(s, one)
		}
	default:
		s.Send(msg)
	}
}
