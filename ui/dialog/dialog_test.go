package dialog_test

import (
	"strings"
	"testing"

	"zgoda/ui/dialog"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

func asked(itself bool) *dialog.Model {
	m := dialog.New(theme.New(true, false), keys.Default())
	m.SetSize(60, 8)
	m.Ask(dialog.Question{
		Title: "Throw the draft to Ewa Żółć-Łęcka away?", Reason: "It holds 214 words that were never sent. Undo brings it back until you leave zgoda.",
		Yes: "throw it away", No: "keep it", Then: event.TakeBack{ID: 3}, Itself: itself,
	})
	return m
}

func TestYesWishesAndNoDoesNot(t *testing.T) {
	m := asked(false)
	if got := uitest.PressPart(m, "y"); got != (event.Confirmed{Then: event.TakeBack{ID: 3}}) || m.Open() {
		t.Errorf("y wishes %#v", got)
	}
	for _, key := range []string{"n", "esc"} {
		m = asked(false)
		if got := uitest.PressPart(m, key); got != (event.CloseOverlay{}) || m.Open() {
			t.Errorf("%s wishes %#v", key, got)
		}
	}
	m = asked(false)
	if got := uitest.PressPart(m, "enter", "x", "space"); got != nil || !m.Open() {
		t.Errorf("another key wishes %#v", got)
	}
}

func TestAQuestionThatAppearsByItselfTakesNoKeyForAMoment(t *testing.T) {
	m := asked(true)
	if got := uitest.PressPart(m, "y", "n", "esc"); got != nil || !m.Open() {
		t.Fatalf("a key in the grace period wishes %#v", got)
	}
	for _, b := range m.Keys() {
		if !b.Off() {
			t.Errorf("%s shows as usable", b.Action)
		}
	}
	m.Update(event.DialogReady{Seq: 0}) // of an older question
	if got := uitest.PressPart(m, "y"); got != nil {
		t.Fatalf("the end of an older moment counts: %#v", got)
	}
	m.Update(event.DialogReady{Seq: 1})
	if got := uitest.PressPart(m, "y"); got == nil {
		t.Error("the question cannot be answered")
	}
}

func TestTheMomentEndsByItself(t *testing.T) {
	m := dialog.New(theme.New(true, false), keys.Default())
	cmd := m.Ask(dialog.Question{Title: "?", Itself: true})
	if cmd == nil {
		t.Fatal("nothing ends the moment")
	}
	if _, ok := cmd().(event.DialogReady); !ok {
		t.Fatal("the command does not give DialogReady")
	}
	if m.Ask(dialog.Question{Title: "?"}) != nil {
		t.Error("a question that a key brought up waits")
	}
}

func TestGoldenScreens(t *testing.T) {
	for name, m := range map[string]*dialog.Model{"asked": asked(false), "grace": asked(true)} {
		for _, w := range []int{40, 60} {
			file := name + "-" + map[int]string{40: "40", 60: "60"}[w] + ".txt"
			uitest.Golden(t, file, uitest.DrawPart(t, m, w, m.Height(w))+"\n")
		}
	}
	if frame := uitest.DrawPart(t, asked(false), 60, 8); !strings.Contains(frame, "y throw it away") {
		t.Errorf("the answers are not named:\n%s", frame)
	}
}
