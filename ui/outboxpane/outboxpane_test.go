package outboxpane_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/outboxpane"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

// order is the states of outgoing, in the order of the list.
var order = []mail.OutState{mail.Queued, mail.Sending, mail.Unknown, mail.Failed, mail.Refused, mail.Queued, mail.Sent, mail.Sent}

func outgoing() []mail.Outgoing {
	draft := func(id int, name, subject string) mail.Draft {
		return mail.Draft{ID: mail.DraftID(id), Person: mail.PersonID(id), To: mail.Address{Name: name, Email: "x@example.test"}, Subject: subject}
	}
	return []mail.Outgoing{
		{Draft: draft(1, "Ewa Żółć-Łęcka", "Pytanie do Piekarni Słonecznej 太陽: torby z nadrukiem na święta i nie tylko"), State: mail.Queued, DueAt: uitest.Now.Add(7 * time.Second)},
		{Draft: draft(2, "Jan Nowak", "One question"), State: mail.Sending},
		{Draft: draft(3, "田中 太郎", "Re: Sample bags"), State: mail.Unknown, Reason: "The connection ended after the mail was handed over, before the server answered.", NextStep: "Look into the Sent mailbox of your account, or ask the person."},
		{Draft: draft(4, "Grażyna Wiśniewska-Brzęczyszczykiewicz", "Oferta"), State: mail.Failed, Reason: "The server says that this mailbox does not exist.", NextStep: "Check the address on the lead card."},
		{Draft: draft(5, "Łukasz Ćma", "Po rozmowie"), State: mail.Refused, Reason: "Łukasz Ćma objected to marketing on 23 November, while this mail was waiting; it was held back and nothing was sent. An objection is absolute and has no end, whatever the mail would have said.", NextStep: "Nothing more can be written to this person."},
		{Draft: draft(6, "Ola Kot", "Torby"), State: mail.Queued, Attempts: 2, DueAt: uitest.Now.Add(4 * time.Minute), Reason: "The server asked to be left alone for a while."},
		{Draft: draft(7, "Piotr Zając", "Dziękuję"), State: mail.Sent, SentAt: uitest.Now.Add(-time.Hour), Copy: mail.CopyPending},
		{Draft: draft(8, "Zoë Müller", "Thank you"), State: mail.Sent, SentAt: uitest.Now.Add(-2 * time.Hour), Copy: mail.CopyDone},
	}
}

func loaded() *outboxpane.Model {
	m := outboxpane.New(theme.New(true, false), keys.Default(), uitest.Now)
	m.SetSize(80, 21)
	m.Update(event.OutgoingLoaded{Outgoing: outgoing()})
	return m
}

func at(row int) *outboxpane.Model {
	m := loaded()
	for range row {
		uitest.PressPart(m, "j")
	}
	return m
}

func TestM11_EachStateHasItsActsAndNoOthers(t *testing.T) {
	want := map[mail.OutState]map[string]func(mail.DraftID) event.Wish{
		mail.Queued: {"u": func(id mail.DraftID) event.Wish { return event.TakeBack{ID: id} }},
		mail.Unknown: {
			"a": func(id mail.DraftID) event.Wish { return event.ResolveUnknown{ID: id, Arrived: true} },
			"b": func(id mail.DraftID) event.Wish { return event.ResolveUnknown{ID: id} },
		},
		mail.Failed:  {"e": func(id mail.DraftID) event.Wish { return event.EditAgain{ID: id} }},
		mail.Refused: {"e": func(id mail.DraftID) event.Wish { return event.EditAgain{ID: id} }},
	}
	for row, state := range order {
		for _, key := range []string{"u", "e", "a", "b"} {
			m := at(row)
			wish := uitest.PressPart(m, key)
			expected, ok := want[state][key]
			if !ok {
				if wish != nil {
					t.Errorf("%s on a mail that is %s wishes %#v", key, state, wish)
				}
				if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "! ") {
					t.Errorf("%s on a mail that is %s does not say why not:\n%s", key, state, frame)
				}
				continue
			}
			if wish != expected(mail.DraftID(row+1)) {
				t.Errorf("%s on a mail that is %s wishes %#v", key, state, wish)
			}
			if again := uitest.PressPart(m, key); again != nil {
				t.Errorf("%s works twice before the answer", key)
			}
		}
	}
}

func TestM11_UnknownSaysThatAPersonDecides(t *testing.T) {
	frame := uitest.DrawPart(t, at(2), 80, 21)
	for _, want := range []string{"? unknown", "before the server", "a it arrived", "b it did not"} {
		if !strings.Contains(frame, want) {
			t.Errorf("an unknown mail does not say %q:\n%s", want, frame)
		}
	}
}

func TestCountdownFollowsTheClock(t *testing.T) {
	m := loaded()
	for _, step := range []struct {
		after time.Duration
		want  string
	}{{0, "in 7 s"}, {6500 * time.Millisecond, "in 1 s"}, {8 * time.Second, "now"}} {
		m.Update(event.Ticked{Now: uitest.Now.Add(step.after)})
		if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, step.want) {
			t.Errorf("after %s it does not say %q:\n%s", step.after, step.want, frame)
		}
	}
}

func TestSelectionStaysOnItsMail(t *testing.T) {
	m := at(3)
	list := outgoing()
	m.Update(event.OutgoingLoaded{Outgoing: append([]mail.Outgoing{{Draft: mail.Draft{ID: 99}, State: mail.Queued}}, list...)})
	if got, ok := m.Selected(); !ok || got.ID != 4 {
		t.Errorf("selected is %v", got.ID)
	}
	m.Update(event.OutgoingLoaded{})
	if _, ok := m.Selected(); ok {
		t.Error("something is selected in an empty outbox")
	}
	if wish := uitest.PressPart(m, "u"); wish != nil {
		t.Errorf("a key in an empty outbox wishes %#v", wish)
	}
}

func TestTooLateIsSaid(t *testing.T) {
	m := loaded()
	uitest.PressPart(m, "u")
	m.Update(event.DraftTaken{Err: &mail.Problem{Sentence: "It has already left.", NextStep: "Nothing can call it back.", Err: errors.New("x")}})
	if frame := uitest.DrawPart(t, m, 80, 21); !strings.Contains(frame, "It has already left.") {
		t.Errorf("it is not said:\n%s", frame)
	}
	if uitest.PressPart(m, "u") == nil {
		t.Error("it cannot be tried again")
	}
}

func TestGoldenScreens(t *testing.T) {
	screens := map[string]func() *outboxpane.Model{
		"queued": func() *outboxpane.Model { return at(0) }, "sending": func() *outboxpane.Model { return at(1) },
		"unknown": func() *outboxpane.Model { return at(2) }, "failed": func() *outboxpane.Model { return at(3) },
		"refused": func() *outboxpane.Model { return at(4) }, "retry": func() *outboxpane.Model { return at(5) },
		"sent": func() *outboxpane.Model { return at(6) },
		"empty": func() *outboxpane.Model {
			m := loaded()
			m.Update(event.OutgoingLoaded{})
			return m
		},
	}
	for name, screen := range screens {
		for _, size := range []struct {
			name string
			w, h int
		}{{"80x24", 80, 21}, {"120x40", 120, 36}} {
			t.Run(name+"-"+size.name, func(t *testing.T) {
				uitest.Golden(t, name+"-"+size.name+".txt", uitest.DrawPart(t, screen(), size.w, size.h)+"\n")
			})
		}
	}
}

func TestDrawsExactlyItsSize(t *testing.T) {
	for w := 1; w < 130; w += 29 {
		for h := 1; h < 40; h += 4 {
			for row := range order {
				uitest.DrawPart(t, at(row), w, h)
			}
		}
	}
}

func BenchmarkKeyToFrame(b *testing.B) {
	m := loaded()
	b.ReportAllocs()
	for b.Loop() {
		m.Update(uitest.Key("j"))
		_ = m.View()
	}
}
