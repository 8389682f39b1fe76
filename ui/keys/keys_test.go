package keys

import (
	"reflect"
	"strings"
	"testing"
)

// Every field of every scope is a binding with a key, a word and a sentence:
// footer, help, palette and README have nothing else to say.
func TestEveryKeySaysWhatItDoes(t *testing.T) {
	scopes := reflect.ValueOf(Default())
	named := map[Action]bool{}
	for i := range scopes.NumField() {
		scope := scopes.Field(i)
		for j := range scope.NumField() {
			name := scopes.Type().Field(i).Name + "." + scope.Type().Field(j).Name
			b, ok := scope.Field(j).Interface().(Binding)
			if !ok {
				t.Fatalf("%s is no binding", name)
			}
			if len(b.Keys()) == 0 || b.Help().Key == "" || b.Help().Desc == "" || b.Title == "" || b.Action == "" {
				t.Errorf("%s does not say what it does: %+v", name, b)
			}
			if named[b.Action] {
				t.Errorf("%s: the action %q is named twice", name, b.Action)
			}
			named[b.Action] = true
		}
	}
}

// Within a scope, and between what works everywhere and the list, a key means
// one thing.
func TestNoKeyMeansTwoThings(t *testing.T) {
	m := Default()
	for _, section := range m.Sections() {
		list := section.Bindings
		if section.Scope == ScopeList {
			list = append(append([]Binding{}, list...), all(m.Global)...)
		}
		meaning := map[string]Action{}
		for _, b := range list {
			for _, k := range b.Keys() {
				if other, ok := meaning[k]; ok {
					t.Errorf("%s: %q is both %s and %s", section.Scope, k, other, b.Action)
				}
				meaning[k] = b.Action
			}
		}
	}
}

func TestTheTableHasEveryScope(t *testing.T) {
	table := Markdown()
	for _, section := range Default().Sections() {
		if !strings.Contains(table, "**"+string(section.Scope)+"**") {
			t.Errorf("the table lacks %s", section.Scope)
		}
	}
}

// Every key can be pressed by its name: the palette does so.
func TestEveryKeyCanBePressedByItsName(t *testing.T) {
	for _, section := range Default().Sections() {
		for _, b := range section.Bindings {
			for _, name := range b.Keys() {
				if press := Press(name); !b.Is(press) {
					t.Errorf("%s: pressing %q is %q", b.Action, name, press.String())
				}
			}
		}
	}
}
