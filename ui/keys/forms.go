package keys

// The scopes in which text is typed have control keys only, so that no letter
// is lost.

func composerKeys() Composer {
	return Composer{
		Send:     bind("send", "^s", "send", "Send after the undo hold, if the gate agrees", "ctrl+s"),
		Template: bind("template", "^t", "template", "Begin from a template", "ctrl+t"),
		Editor:   bind("editor", "^e", "editor", "Write the text in your own editor", "ctrl+e"),
		Opens:    bind("track-opens", "^o", "track opens", "Switch open tracking, if this person agreed to it", "ctrl+o"),
		Clicks:   bind("track-clicks", "^l", "track clicks", "Switch click tracking, if this person agreed to it", "ctrl+l"),
		Fix:      bind("fix", "^f", "fix", "Go to what mends the first red line", "ctrl+f"),
		Next:     bind("next-field", "tab", "next field", "Subject, text, checklist: the next", "tab"),
		Prev:     bind("prev-field", "⇧tab", "previous field", "Subject, text, checklist: the one before", "shift+tab"),
		Discard:  bind("discard", "^x", "discard", "Throw the draft away", "ctrl+x"),
		Close:    bind("close-composer", "esc", "close", "Close; the draft is kept", "esc"),
		Down:     bind("pick-down", "↓", "down", "Next in a list", "down", "ctrl+n"),
		Up:       bind("pick-up", "↑", "up", "Previous in a list", "up", "ctrl+p"),
		Choose:   bind("pick", "⏎", "choose", "Take what is selected", "enter"),
	}
}

func dialogKeys() Dialog {
	return Dialog{
		Next:   bind("dialog-next", "tab", "next field", "The next field", "tab"),
		Prev:   bind("dialog-prev", "⇧tab", "previous field", "The field before", "shift+tab"),
		Left:   bind("dialog-left", "←", "other choice", "The choice before", "left"),
		Right:  bind("dialog-right", "→", "other choice", "The next choice", "right"),
		Down:   bind("dialog-down", "↓", "down", "Down", "down"),
		Up:     bind("dialog-up", "↑", "up", "Up", "up"),
		Choose: bind("dialog-choose", "⏎", "choose", "Take what is selected, or go to the next field", "enter"),
		Save:   bind("dialog-save", "^s", "save", "Save what the form says", "ctrl+s"),
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
		Arrived:    bind("arrived", "a", "it arrived", "An unknown mail did arrive: end it as sent", "a"),
		NotArrived: bind("not-arrived", "x", "it did not", "An unknown mail did not arrive: back to editing", "x"),
		Discard:    bind("outbox-discard", "D", "discard", "Throw the mail away", "D"),
		Close:      bind("outbox-close", "esc", "back", "Back to the inbox", "esc", "q", "h"),
	}
}
