// Package keys holds every key of the program: what it is, what it does, and
// in which scope. No other place writes a key down. The footer, the help, the
// palette and the README's table are all made from it.
//
// The way through it:
//
//  1. keys.go: a [Binding], and how a press finds it.
//  2. map.go, compose.go, desk.go: [Default], the bindings of each scope.
//  3. markdown.go: the table for the README.
package keys

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Action is the stable name of what a key does; the palette and the tests use it.
type Action string

// Scope is where a key works. Scopes stack: the innermost is asked first.
type Scope string

// The scopes, from the outermost.
const (
	ScopeGlobal   Scope = "Everywhere"
	ScopeList     Scope = "List"
	ScopeThread   Scope = "Conversation"
	ScopeCard     Scope = "Lead card"
	ScopeConsent  Scope = "Consent"
	ScopeSearch   Scope = "Find"
	ScopePicker   Scope = "Pick a template"
	ScopeComposer Scope = "Composer"
	ScopeDialog   Scope = "Dialogs"
	ScopeOutbox   Scope = "Outbox"

	ScopeDesk          Scope = "Desk"
	ScopeDeskNotices   Scope = "Desk, notices"
	ScopeDeskRequests  Scope = "Desk, requests"
	ScopeDeskRetention Scope = "Desk, retention"
	ScopeDeskDecisions Scope = "Desk, decisions"
	ScopeDeskAssess    Scope = "Desk, assessments"
	ScopeErasure       Scope = "Erasure"
	ScopeImport        Scope = "Import"
)

// Binding is one key with its meaning. A disabled one still shows, with Why.
type Binding struct {
	key.Binding
	Action Action
	Title  string // what the palette and the help say, a short sentence
	Why    string // why it cannot be used now; empty when it can
}

// Is reports whether press is this key, disabled or not: a disabled key must
// answer with its reason.
func (b Binding) Is(press tea.KeyPressMsg) bool { return key.Matches(press, b.Binding) }

// Disabled is the binding with the reason for which it cannot be used now; an
// empty reason leaves it as it is.
func (b Binding) Disabled(why string) Binding {
	b.Why = why
	return b
}

// Off reports whether the key cannot be used now.
func (b Binding) Off() bool { return b.Why != "" }

// Short is the key as the footer writes it, and its one-word meaning.
func (b Binding) Short() (name, meaning string) { return b.Help().Key, b.Help().Desc }

// As is the binding with another word in the footer: the same key in a place
// where it means something narrower.
func (b Binding) As(word string) Binding {
	b.SetHelp(b.Help().Key, word)
	return b
}

// Name is the key as a sentence on the screen writes it.
func (b Binding) Name() string { return b.Help().Key }

// Find is the binding of press among list.
func Find(list []Binding, press tea.KeyPressMsg) (Binding, bool) {
	for _, b := range list {
		if b.Is(press) {
			return b, true
		}
	}
	return Binding{}, false
}

// bind makes a binding. shown is how the key is written, word the footer's
// meaning, title the palette's.
func bind(action Action, shown, word, title string, names ...string) Binding {
	return Binding{
		Binding: key.NewBinding(key.WithKeys(names...), key.WithHelp(shown, word)),
		Action:  action, Title: title,
	}
}
