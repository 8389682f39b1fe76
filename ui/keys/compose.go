package keys

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
)

// The scopes in which text is typed have control keys only, so that no letter
// is lost.

// Picker chooses the template that a mail begins as.
type Picker struct{ Down, Up, Choose, Language, Close Binding }

// Composer writes one mail to one person.
type Composer struct {
	Send, Editor, Opens, Clicks, Ask, Gap, Fix, NextOpen, Template, Next, Prev, Discard, Close Binding
}

// Dialog is every form and question over the screen.
type Dialog struct{ Next, Prev, Left, Right, Toggle, Down, Up, Choose, Save, Mail, Close, Yes, No Binding }

// Outbox is the list of what is on its way.
type Outbox struct {
	Down, Up, Open, TakeBack, Edit, Arrived, NotArrived, Discard, Close Binding
}

func pickerKeys() Picker {
	return Picker{
		Down:     bind("pick-down", "j/↓", "down", "Next template", "j", "down"),
		Up:       bind("pick-up", "k/↑", "up", "Previous template", "k", "up"),
		Choose:   bind("pick", "⏎", "begin", "Begin with what is selected", "enter"),
		Language: bind("pick-language", "tab", "other language", "Show the templates of the next language", "tab"),
		Close:    bind("pick-close", "esc", "back", "Back to the inbox", "esc"),
	}
}

func composerKeys() Composer {
	return Composer{
		Send:     bind("send", "^s", "send", "Send after the undo hold, if the gate agrees", "ctrl+s", "ctrl+enter"),
		Fix:      bind("fix", "^r", "fix", "Go to what mends the selected red line", "ctrl+r", "f2"),
		NextOpen: bind("next-open", "^n", "next open", "Select the next red line of the checklist", "ctrl+n"),
		Opens:    bind("track-opens", "^t", "track opens", "Switch open tracking, if this person agreed to it", "ctrl+t"),
		Clicks:   bind("track-clicks", "^l", "track clicks", "Switch click tracking, if this person agreed to it", "ctrl+l"),
		Ask:      bind("ask-consent", "^o", "ask consent", "Put the question for a consent into the mail, or take it out", "ctrl+o"),
		Gap:      bind("next-gap", "^g", "next gap", "Go to the next field that nobody filled", "ctrl+g"),
		Editor:   bind("editor", "^e", "editor", "Write the text in your own editor", "ctrl+e"),
		Template: bind("template", "^p", "template", "Begin anew from a template", "ctrl+p"),
		Next:     bind("next-field", "tab", "subject/text", "Between subject and text", "tab"),
		Prev:     bind("prev-field", "⇧tab", "subject/text", "Between text and subject", "shift+tab"),
		Discard:  bind("discard", "^x", "discard", "Throw the draft away", "ctrl+x"),
		Close:    bind("close-composer", "esc", "close", "Close; the draft is kept", "esc"),
	}
}

func dialogKeys() Dialog {
	return Dialog{
		Next:   bind("dialog-next", "tab", "next", "The next field", "tab"),
		Prev:   bind("dialog-prev", "⇧tab", "previous", "The field before", "shift+tab"),
		Left:   bind("dialog-left", "←", "other choice", "The choice before", "left"),
		Right:  bind("dialog-right", "→", "other choice", "The next choice", "right"),
		Toggle: bind("dialog-toggle", "space", "mark", "The next choice; where several may stand, mark the one under the bar", "space"),
		Down:   bind("dialog-down", "↓", "down", "Down", "down"),
		Up:     bind("dialog-up", "↑", "up", "Up", "up"),
		Choose: bind("dialog-choose", "⏎", "next", "The next field; on the last one, save", "enter"),
		Save:   bind("dialog-save", "^s", "save", "Save what the form says", "ctrl+s"),
		Mail:   bind("dialog-mail", "^o", "their mail", "Name their newest mail as the proof, or not", "ctrl+o"),
		Close:  bind("dialog-close", "esc", "cancel", "Close without a change", "esc"),
		Yes:    bind("dialog-yes", "y", "yes", "Yes", "y"),
		No:     bind("dialog-no", "n", "no", "No", "n"),
	}
}

func outboxKeys() Outbox {
	return Outbox{
		Down:       bind("outbox-down", "j/↓", "down", "Next mail", "j", "down"),
		Up:         bind("outbox-up", "k/↑", "up", "Previous mail", "k", "up"),
		Open:       bind("outbox-open", "⏎", "open", "Go to the person", "enter"),
		TakeBack:   bind("take-back", "u", "take back", "Take a queued mail back for editing", "u"),
		Edit:       bind("edit-again", "e", "edit again", "Write a failed or refused mail anew", "e"),
		Arrived:    bind("arrived", "a", "it arrived", "An unknown mail did arrive: end it as sent", "a"),
		NotArrived: bind("not-arrived", "b", "it did not", "An unknown mail did not arrive: back to editing", "b"),
		Discard:    bind("outbox-discard", "D", "discard", "Throw the mail away", "D"),
		Close:      bind("outbox-close", "esc", "back", "Back to the inbox", "esc", "q", "h"),
	}
}

// TextArea is how text of several lines is edited: the library's keys without
// those that the composer and the forms use themselves.
func TextArea() textarea.KeyMap {
	m := textarea.DefaultKeyMap()
	m.LineNext.SetKeys("down")
	m.LinePrevious.SetKeys("up")
	m.LineEnd.SetKeys("end")
	m.DeleteAfterCursor.SetKeys("alt+k")
	m.SelectAll.SetKeys("alt+a")
	m.Paste = key.Binding{} // the terminal pastes; no program is asked for a clipboard
	m.CopySelection = key.Binding{}
	m.TransposeCharacterBackward = key.Binding{}
	return m
}

// TextInput is the same for one line.
func TextInput() textinput.KeyMap {
	m := textinput.DefaultKeyMap()
	m.LineEnd.SetKeys("end")
	m.DeleteAfterCursor.SetKeys("alt+k")
	m.Paste = key.Binding{}
	m.AcceptSuggestion, m.NextSuggestion, m.PrevSuggestion = key.Binding{}, key.Binding{}, key.Binding{}
	return m
}
