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
