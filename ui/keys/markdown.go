package keys

import (
	"reflect"
	"strings"
)

// Section is one scope with its bindings.
type Section struct {
	Scope    Scope
	Bindings []Binding
}

// Sections is every binding by scope, in the order in which they are defined.
func (m Map) Sections() []Section {
	return []Section{
		{ScopeGlobal, all(m.Global)}, {ScopeList, all(m.List)}, {ScopeThread, all(m.Thread)}, {ScopeCard, all(m.Card)}, {ScopeConsent, all(m.Consent)},
		{ScopeSearch, all(m.Search)}, {ScopePicker, all(m.Picker)}, {ScopeComposer, all(m.Composer)}, {ScopeDialog, all(m.Dialog)}, {ScopeOutbox, all(m.Outbox)},
		{ScopeDesk, all(m.Desk)}, {ScopeDeskNotices, all(m.DeskNotices)}, {ScopeDeskRequests, all(m.DeskRequests)},
		{ScopeDeskRetention, all(m.DeskRetention)}, {ScopeDeskDecisions, all(m.DeskDecisions)}, {ScopeDeskAssess, all(m.DeskAssess)}, {ScopeErasure, all(m.Erasure)}, {ScopeImport, all(m.Import)},
	}
}

// all is the bindings of a struct of bindings. A test holds every field to the
// type Binding, so a key cannot be forgotten here.
func all(scope any) []Binding {
	v := reflect.ValueOf(scope)
	list := make([]Binding, 0, v.NumField())
	for i := range v.NumField() {
		if b, ok := v.Field(i).Interface().(Binding); ok {
			list = append(list, b)
		}
	}
	return list
}

// Markdown is the table of keys for the README.
func Markdown() string {
	var b strings.Builder
	for i, section := range Default().Sections() {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString("**" + string(section.Scope) + "**\n\n| Key | What it does |\n|---|---|\n")
		for _, k := range section.Bindings {
			b.WriteString("| `" + strings.Join(k.Keys(), "` `") + "` | " + k.Title + " |\n")
		}
	}
	return b.String()
}
