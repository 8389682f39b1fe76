package ui

import (
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/uitest"
)

// rights starts the screen over people in whose rights something is to be done.
func rights(t testing.TB, w, h int, press ...string) (*uitest.Screen, *uitest.World) {
	t.Helper()
	world := uitest.Rights()
	options := testOptions
	options.Controller = uitest.Company
	s := at(t, world, options, w, h)
	s.Send(event.SyncChanged{Status: uitest.InStep()})
	s.Press(press...)
	return s, world
}

// The rows of Rights, newest mail first: how many times down to each.
var (
	toNora  = []string{}
	toKarol = []string{"j"}
	toIda   = []string{"j", "j"}
	toZofia = []string{"j", "j", "j"}
	toPiotr = []string{"j", "j", "j", "j"}
)

func TestGoldenRights(t *testing.T) {
	to := func(way []string, press ...string) []string { return append(append([]string{}, way...), press...) }
	for _, screen := range []struct {
		name  string
		press []string
	}{
		{"rights-list", toKarol},
		{"rights-held-mail", to(toKarol, "enter")},
		{"rights-held-card", to(toKarol, "i")},
		{"rights-held-refused", to(toKarol, "c")},
		{"rights-heard", to(toKarol, "m")},
		{"rights-heard-nothing", to(toKarol, "m", "left")},
		{"rights-withdraw", to(toKarol, "W")},
		{"rights-record-known", to(toNora, "y")},
		{"rights-panel", to(toKarol, "v")},
		{"rights-panel-every-kind", to(toZofia, "v", "ctrl+d")},
		{"rights-panel-unfolded", to(toNora, "v", "z")},
		{"rights-panel-oldest", to(toZofia, "v", "z", "G")},
		{"rights-request-card", to(toPiotr, "i")},
		{"rights-restricted-card", to(toIda, "i")},
	} {
		for _, size := range sizes {
			t.Run(screen.name+"-"+size.name, func(t *testing.T) {
				s, _ := rights(t, size.w, size.h, screen.press...)
				s.Exact()
				s.Golden(screen.name + "-" + size.name)
			})
		}
	}
}

func recorded(t *testing.T, world *uitest.World, id int) []consent.Event {
	t.Helper()
	var events []consent.Event
	world.Edit(1, func(*uitest.Person) {})
	world.Edit(personID(id), func(p *uitest.Person) { events = p.Events })
	return events
}

// TestS59_G47_TwoKeysWithdraw counts the presses: from the list, from the
// conversation, from the card and from the panel itself, one key asks and one
// records. To give takes more (Art. 7(3)).
func TestS59_G47_TwoKeysWithdraw(t *testing.T) {
	for name, way := range map[string][]string{"list": {}, "conversation": {"enter"}, "card": {"i"}, "panel": {"v"}} {
		t.Run(name, func(t *testing.T) {
			s, world := rights(t, 120, 40, append(append([]string{}, toKarol...), way...)...)
			before := len(recorded(t, world, 1))
			withdraw := []string{"W", "enter"}
			s.Press(withdraw...)
			events := recorded(t, world, 1)
			if len(withdraw) > 2 || len(events) != before+1 {
				t.Fatalf("%d events after %d presses:\n%s", len(events)-before, len(withdraw), s.Text())
			}
			e := events[len(events)-1]
			if e.Kind != consent.KindWithdrawn || e.Purpose != consent.MarketingEmail || e.Evidence == "" || e.Actor != testOptions.Actor {
				t.Errorf("recorded %+v", e)
			}
			s.HasNot("takes it back")
		})
	}
}

// TestS59_WithdrawingIsNotHarderThanGiving: the shortest way to a recorded yes,
// with all that can be known, is no shorter than that to a withdrawal.
func TestS59_WithdrawingIsNotHarderThanGiving(t *testing.T) {
	s, world := rights(t, 120, 40, toNora...)
	before := len(recorded(t, world, 2))
	give := []string{"y", "enter"}
	s.Press(give...)
	events := recorded(t, world, 2)
	if len(events) != before+1 {
		t.Fatalf("two keys do not record what is known:\n%s", s.Text())
	}
	e := events[len(events)-1]
	if e.Kind != consent.KindGranted || e.Purpose != consent.TrackOpen || e.Evidence == "" || e.Message == "" || e.Wording == "" {
		t.Errorf("recorded %+v", e)
	}
	if withdraw := []string{"W", "enter"}; len(withdraw) > len(give) {
		t.Errorf("%d presses give, %d take back", len(give), len(withdraw))
	}
}

// TestL4_AMailAfterAQuestionIsNoAnswer: Enter on what is not known records nothing.
func TestL4_AMailAfterAQuestionIsNoAnswer(t *testing.T) {
	s, world := rights(t, 120, 40)
	world.Edit(2, func(p *uitest.Person) {
		p.Entries[len(p.Entries)-1].Message.Text = "Thanks, yes, all good with the lamps."
	})
	before := len(recorded(t, world, 2))
	s.Press("y", "enter", "enter", "enter")
	if got := len(recorded(t, world, 2)); got != before {
		t.Fatalf("%d events recorded of a mail that answers nothing", got-before)
	}
	s.Has("Record what Nora Byrne said")
}

// TestL21_2_AHeldMailIsSettledWithThreeAnswersAndOneNo walks the answers to "What
// does it say?".
func TestL21_2_AHeldMailIsSettled(t *testing.T) {
	for _, c := range []struct {
		name  string
		press []string
		typed string
		kinds []consent.Kind
		held  bool
	}{
		{name: "objection", press: []string{"m", "enter"}, kinds: []consent.Kind{consent.KindObjected}},
		{name: "tracking", press: []string{"m", "right", "enter"}, kinds: []consent.Kind{consent.KindWithdrawn, consent.KindWithdrawn, consent.KindWithdrawn}},
		{name: "offers", press: []string{"m", "right", "right", "enter"}, kinds: []consent.Kind{consent.KindWithdrawn}},
		{name: "nothing", press: []string{"m", "left", "enter"}, typed: "Not before Monday; no stop.", kinds: []consent.Kind{consent.KindRead}},
		{name: "nothing without a word", press: []string{"m", "left", "enter", "enter"}, held: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, world := rights(t, 120, 40, toKarol...)
			before := len(recorded(t, world, 1))
			s.Press(c.press...)
			if c.typed != "" {
				s.Type(c.typed)
				s.Press("enter")
			}
			events := recorded(t, world, 1)[before:]
			if len(events) != len(c.kinds) {
				t.Fatalf("%d events:\n%s", len(events), s.Text())
			}
			for i, e := range events {
				if e.Kind != c.kinds[i] || e.Message == "" || e.Evidence == "" {
					t.Errorf("recorded %+v", e)
				}
			}
			if c.held {
				s.Has("Evidence is missing")
				return
			}
			s.HasNot("says stop", "What does the mail of")
		})
	}
}

// TestEveryKindOfEntryReadsWell: no entry shows its raw kind, and what was
// corrected is struck out.
func TestEveryKindOfEntryReadsWell(t *testing.T) {
	s, _ := rights(t, 120, 200, append(append([]string{}, toZofia...), "v")...)
	s.Has("agreed · click tracking  ✗ corrected by #7", "asked for: what is kept of them (Art. 15)", "request #9 takes longer", "request #9 answered",
		"data restricted", "restriction lifted", "seen: the address is published for such mail", "country rule overridden", "given to somebody else",
		"legal hold", "legal hold lifted", "another lead was the same person", "mail read: asks for nothing of the kind", "soft opt-in", "was informed",
		"objected to all mail", "took it back · click tracking", "said no · click tracking", "was asked · click tracking", "entry #6 corrected")
}

// TestThePanelFollowsTheLedger: what is recorded over it stands in it at once.
func TestThePanelFollowsTheLedger(t *testing.T) {
	s, _ := rights(t, 120, 40, append(append([]string{}, toNora...), "v")...)
	s.HasNot("agreed · open tracking")
	s.Press("y", "enter")
	s.Has("agreed · open tracking", "O✓ open tracking  granted")
	s.Press("W", "enter")
	s.Has("took it back", "O− open tracking  withdrawn")
	s.Press("W")
	s.Has("Nothing of theirs stands")
}

// TestG24_EveryKeyThatIsOffForAPersonSaysAllFour: whatever closes a person for all
// mail, the key to write says the rule, the reason, the source, the way and the key
// that leads on, and stays on the screen whole.
func TestG24_EveryKeyThatIsOffForAPersonSaysAllFour(t *testing.T) {
	for name, spoil := range map[string]func(*uitest.Person){
		"objected":   func(p *uitest.Person) { p.Row.Standing.Objected = true },
		"suppressed": func(p *uitest.Person) { p.Row.Standing.Suppressed = true },
		"restricted": func(p *uitest.Person) { p.Row.Standing.Restricted = true },
		"held":       func(p *uitest.Person) { p.Row.Standing.Held = consent.Inbound{ID: "a@b", At: uitest.Now} },
		"doubt": func(p *uitest.Person) {
			p.Row.Standing.Held = consent.Inbound{ID: "a@b", At: uitest.Now, Doubt: "Their answer is not proven to come from them."}
		},
		"stale":      func(p *uitest.Person) { p.Row.Standing.Stale = true },
		"not a lead": func(p *uitest.Person) { p.Row.Lead.Since = time.Time{} },
	} {
		for _, size := range sizes {
			for _, key := range []string{"c", "r"} {
				world := uitest.Rights()
				world.Edit(2, func(p *uitest.Person) { p.Judged = false; spoil(p) })
				row := consent.Row{}
				world.Edit(2, func(p *uitest.Person) { row = p.Row })
				s := at(t, world, testOptions, size.w, size.h)
				if name == "not a lead" {
					s.Press("tab")
				}
				s.Press(key)
				check, refused := refusalOf(row)
				if !refused {
					t.Fatalf("%s closes nothing", name)
				}
				said := strings.Join(strings.Fields(s.Text()), " ")
				for _, want := range []string{check.Reason, "→ " + check.Way, "(" + check.Rule + " · " + check.Source + ")", keys.Default().Leads(check.Fix)} {
					if !strings.Contains(said, strings.Join(strings.Fields(want), " ")) {
						t.Errorf("%s, %s, %s: %q is missing:\n%s", name, size.name, key, want, s.Text())
					}
				}
				s.HasNot("Subject   ")
			}
		}
	}
}

// TestG24_AWallLeadsToTheRecord: where nothing can be mended, the fix key of the
// composer shows what is recorded, over the mail; Esc goes back to it.
func TestG24_AWallLeadsToTheRecord(t *testing.T) {
	s, world := rights(t, 120, 40)
	s.Press("c", "enter")
	s.Has("Before it leaves")
	world.Edit(2, func(p *uitest.Person) {
		p.Events = append(p.Events, consent.Event{Seq: 9, Person: 2, Kind: consent.KindObjected, Method: consent.ByPhone, Evidence: "called", At: uitest.Now, Actor: "marta"})
	})
	s.Send(event.StoreChanged{})
	s.Has("▌ They objected, and an objection is", "^r what is recorded")
	s.Press("ctrl+r")
	s.Has("objected to all mail", "called")
	s.Press("esc")
	s.Has("Before it leaves")
}

func personID(id int) mail.PersonID { return mail.PersonID(id) }

// E: a wrong entry is corrected from the panel; it stays, struck out, and what it
// opened is closed.
func TestE_AWrongYesIsCorrectedAndStruckOut(t *testing.T) {
	s, world := rights(t, 120, 70, append(append([]string{}, toNora...), "v", "tab", "X")...)
	s.Has("What was wrong about this entry", "agreed · marketing e-mail", "closed at once")
	before := len(recorded(t, world, 2))
	s.Press("enter")
	s.Has("Evidence is missing")
	s.Type("It was another Nora.")
	s.Press("enter")
	events := recorded(t, world, 2)
	if len(events) != before+1 || events[before].Kind != consent.KindCorrected || events[before].Corrects != 2 {
		t.Fatalf("recorded %+v", events[before:])
	}
	s.Has("agreed · marketing e-mail  ✗ corrected by #", "entry #2 corrected", "It was another Nora.", "M· marketing e-mail  never asked")
	s.Press("tab", "X") // the notice is left
	s.Has("was informed", "They count as not informed again")
}

func TestRightsFillEverySize(t *testing.T) {
	for _, w := range []int{60, 80, 99, 100, 119, 120, 200} {
		for _, h := range []int{15, 24, 32, 60} {
			s, _ := rights(t, w, h, toKarol...)
			for _, press := range []string{"v", "z", "tab", "ctrl+d", "esc", "m", "left", "esc", "W", "esc", "y", "esc", "c", "i", "esc", "enter"} {
				s.Press(press)
				s.Exact()
			}
		}
	}
}
