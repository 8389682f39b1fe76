package form_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"zgoda/ui/form"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

func newForm(w, h int) *form.Form {
	f := form.New(theme.New(true, false), keys.Default().Dialog,
		form.Field{Name: "hidden", Label: "Hidden", Hidden: true},
		form.Field{Name: "name", Label: "Name", Hint: "as it is written"},
		form.Field{Name: "kind", Label: "Kind", Kind: form.Choice, Options: []form.Option{{Value: "a", Label: "one"}, {Value: "b", Label: "two"}}},
		form.Field{Name: "note", Label: "Note", Kind: form.Long, Rows: 3},
	)
	f.SetSize(w, h)
	return f
}

func press(f *form.Form, names ...string) (last form.Result) {
	for _, name := range names {
		last, _ = f.Update(uitest.Key(name))
	}
	return last
}

func TestFocusSkipsWhatIsHiddenAndGoesRound(t *testing.T) {
	f := newForm(60, 10)
	want := []string{"name", "kind", "note", "name"}
	for i, name := range want {
		if f.Focused() != name {
			t.Fatalf("step %d: the focus is on %q, want %q", i, f.Focused(), name)
		}
		press(f, "tab")
	}
	press(f, "shift+tab", "shift+tab")
	if f.Focused() != "note" {
		t.Errorf("back from the first is %q", f.Focused())
	}
	f.Hide("note", true)
	if f.Focused() == "note" {
		t.Error("the focus stays on a hidden field")
	}
}

func TestEnterOnTheLastFieldSaysSo(t *testing.T) {
	f := newForm(60, 10)
	if press(f, "enter", "enter").Last {
		t.Fatal("Enter before the last field ends the form")
	}
	if !press(f, "enter").Last || f.Value("note") != "" {
		t.Error("Enter on the last field does not end the form, or is typed")
	}
}

func TestArrowsChooseAndTypingOnlyChangesItsField(t *testing.T) {
	f := newForm(60, 10)
	press(f, "tab")
	if got := press(f, "right"); got.Changed != "kind" || f.Value("kind") != "b" {
		t.Errorf("right changes %q to %q", got.Changed, f.Value("kind"))
	}
	press(f, "left", "left")
	if f.Value("kind") != "b" {
		t.Errorf("left from the first is %q", f.Value("kind"))
	}
	press(f, "tab")
	f.Update(tea.PasteMsg{Content: "ż\u202e\r\nó"})
	if f.Value("note") != "ż\nó" || f.Value("name") != "" {
		t.Errorf("pasted: note %q, name %q", f.Value("note"), f.Value("name"))
	}
}

func TestAnErrorStandsAtItsFieldUntilItChanges(t *testing.T) {
	f := newForm(60, 12)
	f.Fail("note", "It is empty.")
	if f.Focused() != "note" || !f.Errors() || !strings.Contains(uitest.Plain(f.View()), "✗ It is empty.") {
		t.Fatalf("the error is not at its field:\n%s", uitest.Plain(f.View()))
	}
	press(f, "x")
	if f.Errors() {
		t.Error("the error stays after the change")
	}
}

func TestTheFieldWithTheFocusIsOnTheScreen(t *testing.T) {
	f := newForm(40, 3)
	press(f, "tab", "tab")
	if view := uitest.Plain(f.View()); !strings.Contains(view, "▌ Note") || f.Cursor() == nil {
		t.Errorf("the form is not scrolled to its focus:\n%s", view)
	}
}

func TestAChoiceWithoutDefaultIsEmptyUntilItIsMade(t *testing.T) {
	f := form.New(theme.New(true, false), keys.Default().Dialog,
		form.Field{Name: "public", Label: "Public", Kind: form.Choice, Blank: true, Options: []form.Option{{Value: "a", Label: "one"}, {Value: "b", Label: "two"}}})
	f.SetSize(60, 3)
	if f.Value("public") != "" || strings.Contains(f.View(), "•") {
		t.Fatal("it is chosen already")
	}
	if press(f, "left"); f.Value("public") != "b" {
		t.Errorf("left from none is %q", f.Value("public"))
	}
	if press(f, "space"); f.Value("public") != "a" {
		t.Errorf("the blank goes to %q", f.Value("public"))
	}
}

func TestMarksAreSetOneByOne(t *testing.T) {
	f := form.New(theme.New(true, false), keys.Default().Dialog,
		form.Field{Name: "data", Label: "Data", Kind: form.Marks, Initial: "b", Options: []form.Option{{Value: "a", Label: "one"}, {Value: "b", Label: "two"}, {Value: "c", Label: "three"}}})
	f.SetSize(60, 3)
	if f.Value("data") != "b" {
		t.Fatalf("begins as %q", f.Value("data"))
	}
	if got := press(f, "space"); got.Changed != "data" || f.Value("data") != "a\nb" {
		t.Errorf("marked %q: %q", got.Changed, f.Value("data"))
	}
	if got := press(f, "right"); got.Changed != "" || f.Value("data") != "a\nb" {
		t.Error("going to another option marks it")
	}
	press(f, "space", "left", "left", "space")
	if f.Value("data") != "a\nc" {
		t.Errorf("marked %q", f.Value("data"))
	}
	if view := uitest.Plain(f.View()); !strings.Contains(view, "‹x› three") || !strings.Contains(view, "[ ] two") {
		t.Errorf("drawn as:\n%s", view)
	}
}
