package keys

// Desk is the work of a data-protection officer: what works on every page of it.
type Desk struct {
	Down, Up, Top, Bottom, HalfDown, HalfUp, NextTab, PrevTab, Open, Decisions, Erase, Close Binding
}

// DeskNotices works on the queue of those who must be informed.
type DeskNotices struct{ Write, Record Binding }

// DeskRequests works on the queue of rights requests.
type DeskRequests struct{ Answer, Extend, Restrict, New Binding }

// DeskRetention works on the queue of data that must go.
type DeskRetention struct{ Hold Binding }

// DeskDecisions works on what the gate answered of a person, and on what may open it.
type DeskDecisions struct{ Fact, Override Binding }

// DeskAssess works on the list of assessments.
type DeskAssess struct{ Renew, New Binding }

// Erasure is the report of what went.
type Erasure struct{ Down, Up, Copies, Close Binding }

func deskKeys() Desk {
	return Desk{
		Down:      bind("desk-down", "j/↓", "down", "Next case", "j", "down"),
		Up:        bind("desk-up", "k/↑", "up", "Previous case", "k", "up"),
		Top:       bind("desk-top", "g", "first", "The first case", "g", "home"),
		Bottom:    bind("desk-bottom", "G", "last", "The last case that was read, and the next page", "G", "end"),
		HalfDown:  bind("desk-half-down", "^d", "half down", "Half a page down", "ctrl+d", "pgdown", "space"),
		HalfUp:    bind("desk-half-up", "^u", "half up", "Half a page up", "ctrl+u", "pgup"),
		NextTab:   bind("desk-next", "tab", "next page", "Notices, requests, retention, decisions, assessments: the next", "tab", "right"),
		PrevTab:   bind("desk-prev", "⇧tab", "page before", "The page before", "shift+tab", "left"),
		Open:      bind("desk-open", "⏎", "go to them", "Go to the person", "enter"),
		Decisions: bind("desk-decisions", "d", "decisions", "What the gate answered of this person, and why", "d"),
		Erase:     bind("desk-erase", "x", "erase", "Erase all traces of this person", "x"),
		Close:     bind("desk-close", "esc", "back", "Back to the inbox", "esc", "q"),
	}
}

func deskNoticeKeys() DeskNotices {
	return DeskNotices{
		Write:  bind("notice-write", "n", "write notice", "Write the mail that informs this person, and nothing else", "n"),
		Record: bind("notice-record", "r", "informed", "Record that they were informed another way", "r"),
	}
}

func deskRequestKeys() DeskRequests {
	return DeskRequests{
		Answer:   bind("request-answer", "a", "answer", "Write the answer to this request", "a"),
		Extend:   bind("request-extend", "e", "extend", "Take two months more, with the reason that the person is told", "e"),
		Restrict: bind("request-restrict", "r", "restrict", "Keep their data and do nothing else with it, or lift that", "r"),
		New:      bind("request-new", "n", "new request", "Open a request that came another way than by mail", "n"),
	}
}

func deskRetentionKeys() DeskRetention {
	return DeskRetention{Hold: bind("retention-hold", "h", "hold", "Keep the data for a legal claim, or lift that", "h")}
}

func deskDecisionKeys() DeskDecisions {
	return DeskDecisions{
		Fact:     bind("record-fact", "f", "record fact", "Record a fact that the country rule asks for, and where it was seen", "f"),
		Override: bind("override", "O", "override", "As data-protection officer, let a doubtful country rule pass for 90 days", "O"),
	}
}

func deskAssessKeys() DeskAssess {
	return DeskAssess{
		Renew: bind("assess-renew", "⏎", "open", "Open the assessment; saving makes a new version", "enter"),
		New:   bind("assess-new", "n", "new", "Assess another campaign", "n"),
	}
}

func erasureKeys() Erasure {
	return Erasure{
		Down:   bind("erasure-down", "j/↓", "down", "Scroll down", "j", "down", "ctrl+d", "pgdown", "space"),
		Up:     bind("erasure-up", "k/↑", "up", "Scroll up", "k", "up", "ctrl+u", "pgup"),
		Copies: bind("erase-copies", "X", "delete on the server", "Delete their mails on the server too", "X"),
		Close:  bind("erasure-close", "esc", "done", "Close the report; it is kept nowhere", "esc", "q"),
	}
}

// Import looks at what a file would bring, and takes it.
type Import struct{ Down, Up, HalfDown, HalfUp, Take, Back Binding }

func importKeys() Import {
	return Import{
		Down:     bind("import-down", "j/↓", "down", "Next row", "j", "down"),
		Up:       bind("import-up", "k/↑", "up", "Previous row", "k", "up"),
		HalfDown: bind("import-page-down", "^d", "page down", "A page down", "ctrl+d", "pgdown", "space"),
		HalfUp:   bind("import-page-up", "^u", "page up", "A page up", "ctrl+u", "pgup"),
		Take:     bind("import-take", "⏎", "import", "Take in every row that may come in", "enter"),
		Back:     bind("import-back", "esc", "back", "Back to the form; after an import, done", "esc", "q"),
	}
}
