package erasure_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/erasure"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

func opened() *erasure.Model {
	m := erasure.New(theme.New(true, true), keys.Default())
	m.SetSize(70, 22)
	m.Update(event.EraseAsked{Lead: consent.Lead{ID: 7, Name: "Ewa Żółć-Łęcka", Address: mail.Address{Email: "ewa@piekarnia.example"}}})
	return m
}

// begun is the dialog while the store is at work.
func begun(t *testing.T) *erasure.Model {
	t.Helper()
	m := opened()
	uitest.PressPart(m, "right", "tab")
	uitest.TypePart(m, erasure.Word)
	wish, ok := uitest.PressPart(m, "enter").(event.Erase)
	if !ok || wish.Person != 7 || wish.Reason == "" {
		t.Fatalf("it wishes %#v", wish)
	}
	return m
}

func copies(n int) []mail.Copy {
	list := make([]mail.Copy, n)
	for i := range list {
		list[i] = mail.Copy{Mailbox: "INBOX", UIDValidity: 1, UID: uint32(i + 1), ID: "verylongmessageid@piekarnia.example", At: uitest.Now}
	}
	return list
}

func reported(t *testing.T, n int) *erasure.Model {
	m := begun(t)
	wish, _ := m.Update(event.Erased{Person: 7, Erasure: consent.Erasure{Rows: map[string]int{"people": 1, "messages": 3}, Copies: copies(n)}})
	if _, ok := wish.(event.FindCopies); !ok {
		t.Fatalf("the server is not searched: %#v", wish)
	}
	m.Update(event.CopiesFound{})
	return m
}

// L17: nothing but the word in capitals with a reason erases, whatever is pressed.
func TestL17_OneSlipErasesNobody(t *testing.T) {
	for _, typed := range []string{"", "erase", "ERAS", "Erase", "yes", "y"} {
		m := opened()
		uitest.PressPart(m, "right", "tab")
		uitest.TypePart(m, typed)
		for _, press := range []string{"enter", "ctrl+s"} {
			if wish := uitest.PressPart(m, press); wish != nil {
				t.Fatalf("%q and %s erase: %#v", typed, press, wish)
			}
		}
	}
	m := opened() // the word without a reason
	uitest.PressPart(m, "tab")
	uitest.TypePart(m, erasure.Word)
	if wish := uitest.PressPart(m, "enter"); wish != nil {
		t.Fatalf("without a reason: %#v", wish)
	}
	if frame := uitest.DrawPart(t, m, 70, 22); !strings.Contains(frame, "It is not said why") {
		t.Errorf("it is not said at the field:\n%s", frame)
	}
}

// No run of keys without the letters of the word, in their order, erases anybody.
func TestL17_NoRunOfKeysErases(t *testing.T) {
	names := []string{"enter", "tab", "right", "left", "space", "y", "x", "X", "E", "R", "A", "S", "e", "ctrl+s", "backspace", "down", "up"}
	rapid.Check(t, func(t *rapid.T) {
		m, typed := opened(), ""
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 0, 40).Draw(t, "keys") {
			wish := uitest.PressPart(m, name)
			typed += name
			if _, ok := wish.(event.Erase); ok && !inOrder(typed, erasure.Word) {
				t.Fatalf("erased after %q", typed)
			}
		}
	})
}

func inOrder(s, word string) bool {
	for _, r := range word {
		i := strings.IndexRune(s, r)
		if i < 0 {
			return false
		}
		s = s[i+1:]
	}
	return true
}

// What goes, what stays and that there is no undo is said before anything goes.
func TestL17_ItIsSaidBeforehand(t *testing.T) {
	frame := strings.Join(strings.Fields(uitest.DrawPart(t, opened(), 70, 22)), " ")
	for _, words := range []string{"Goes:", "Stays: a keyed hash of the address", "It cannot be undone", "On the server"} {
		if !strings.Contains(frame, words) {
			t.Errorf("it does not say %q:\n%s", words, frame)
		}
	}
}

// G33: the report names what went and what is left, and nobody.
func TestG33_TheReportNamesNobody(t *testing.T) {
	m := reported(t, 2)
	frame := uitest.DrawPart(t, m, 70, 22)
	for _, words := range []string{"✓ Erased here.", "4 rows went: messages 3, people 1.", "2 mails with them still lie on the server"} {
		if !strings.Contains(frame, words) {
			t.Errorf("it does not say %q:\n%s", words, frame)
		}
	}
	for _, name := range []string{"Ewa", "ewa@", "piekarnia"} {
		if strings.Contains(frame, name) {
			t.Errorf("it says %q:\n%s", name, frame)
		}
	}
}

// D5: the mails on the server go on a second yes only, and how many went is said.
func TestD5_TheServerIsAskedAfterASecondYes(t *testing.T) {
	m := reported(t, 3)
	if wish := uitest.PressPart(m, "X"); wish != nil {
		t.Fatalf("one key deletes: %#v", wish)
	}
	if wish := uitest.PressPart(m, "n"); wish != nil {
		t.Fatalf("no deletes: %#v", wish)
	}
	wish, ok := uitest.PressPart(m, "X", "y").(event.EraseCopies)
	if !ok || len(wish.Copies) != 3 {
		t.Fatalf("it wishes %#v", wish)
	}
	if uitest.PressPart(m, "esc") != nil || !m.Open() {
		t.Error("it closes while the server is at work")
	}
	m.Update(event.CopiesErased{Gone: 2, Asked: 3})
	frame := strings.Join(strings.Fields(uitest.DrawPart(t, m, 70, 22)), " ")
	if !strings.Contains(frame, "! 2 of 3 mails went from the server.") || !strings.Contains(frame, "Search the mailbox by hand") {
		t.Errorf("it is not said how many went:\n%s", frame)
	}
}

// D5: offline the list stays, and can be tried again; closing it is asked once more.
func TestD5_OfflineTheListStays(t *testing.T) {
	m := reported(t, 3)
	uitest.PressPart(m, "X", "y")
	m.Update(event.CopiesErased{Asked: 3, Err: &mail.Problem{Sentence: "The server cannot be reached.", NextStep: "Try again.", Err: errors.New("dial")}})
	frame := uitest.DrawPart(t, m, 70, 22)
	if !strings.Contains(frame, "✗ The server cannot be reached.") || !strings.Contains(frame, "3 mails with them still lie") {
		t.Errorf("it says:\n%s", frame)
	}
	if uitest.PressPart(m, "esc"); !m.Open() {
		t.Fatal("it closes with mails left, unasked")
	}
	if frame := strings.Join(strings.Fields(uitest.DrawPart(t, m, 70, 22)), " "); !strings.Contains(frame, "this list is kept nowhere") {
		t.Errorf("it does not ask:\n%s", frame)
	}
	if uitest.PressPart(m, "esc"); m.Open() {
		t.Error("the second key does not close it")
	}
}

// D5: what the server holds beside what zgoda knew is listed once, and an unsearched server is said.
func TestD5_TheServerIsSearched(t *testing.T) {
	m := begun(t)
	m.Update(event.Erased{Person: 7, Erasure: consent.Erasure{Copies: copies(2)}})
	if uitest.PressPart(m, "X"); strings.Contains(uitest.DrawPart(t, m, 70, 22), "for good?") {
		t.Error("it deletes before the search has ended")
	}
	m.Update(event.CopiesFound{Copies: append(copies(2), mail.Copy{Mailbox: "Archive", UIDValidity: 4, UID: 9, ID: "x@y"})})
	if frame := uitest.DrawPart(t, m, 70, 22); !strings.Contains(frame, "3 mails with them still lie") || !strings.Contains(frame, "Archive") {
		t.Errorf("it lists:\n%s", frame)
	}
	m = begun(t)
	m.Update(event.Erased{Person: 7, Erasure: consent.Erasure{}})
	m.Update(event.CopiesFound{Err: errors.New("timeout")})
	if frame := uitest.DrawPart(t, m, 70, 22); !strings.Contains(frame, "The server was not searched, so there may be more.") {
		t.Errorf("it says:\n%s", frame)
	}
}

// A Message-ID is foreign text that nothing has cleaned: it cannot reach the terminal as it is.
func TestAMessageIDIsDrawnSafely(t *testing.T) {
	m := begun(t)
	m.Update(event.Erased{Person: 7, Erasure: consent.Erasure{Copies: []mail.Copy{{Mailbox: "INBOX", ID: "a\x1b[31m\u202e\x07太陽@y"}}}})
	m.Update(event.CopiesFound{})
	if view := m.View(); strings.Contains(view, "\x1b[31m") || strings.ContainsAny(view, "\x07\u202e") || !strings.Contains(view, "a?[31m????") {
		t.Errorf("it is drawn as %q", view)
	}
}

func TestAnErasureThatIsRefusedErasesNothing(t *testing.T) {
	m := begun(t)
	m.Update(event.Erased{Person: 7, Err: &mail.Problem{Sentence: "A mail to them is being handed over just now.", NextStep: "Wait a moment.", Err: errors.New("busy")}})
	frame := uitest.DrawPart(t, m, 70, 22)
	if !strings.Contains(frame, "✗ A mail to them is being handed over just now.") || !strings.Contains(frame, "Erase Ewa") {
		t.Errorf("it says:\n%s", frame)
	}
}

func TestEverySize(t *testing.T) {
	for w := 4; w < 90; w += 5 {
		for h := 1; h < 30; h += 3 {
			uitest.DrawPart(t, opened(), w, h)
			uitest.DrawPart(t, reported(t, 12), w, h)
		}
	}
}
