package keys

// Map is all bindings by scope.
type Map struct {
	Global   Global
	List     List
	Thread   Thread
	Card     Card
	Consent  Consent
	Search   Search
	Picker   Picker
	Composer Composer
	Dialog   Dialog
	Outbox   Outbox

	Desk          Desk
	DeskNotices   DeskNotices
	DeskRequests  DeskRequests
	DeskRetention DeskRetention
	DeskDecisions DeskDecisions
	DeskAssess    DeskAssess
	Erasure       Erasure
	Import        Import
}

// Global works wherever no text is typed; Palette and Interrupt always.
type Global struct{ Palette, Help, Undo, Sync, Cancel, Outbox, Desk, Import, Quit, Interrupt Binding }

// List moves in the list of people and acts on the selected one. The acts work
// in the conversation and on the card too.
type List struct {
	Down, Up, Top, Bottom, HalfDown, HalfUp, Open, Back  Binding
	NextSplit, PrevSplit, Find                           Binding
	ScrollDown, ScrollUp                                 Binding
	Lead, Compose, Reply, Edit, New, Record, Card, Erase Binding
	Consent, Withdraw, Heard                             Binding
}

// Thread moves in the conversation.
type Thread struct{ Down, Up, HalfDown, HalfUp, Top, Bottom, Unfold, Back Binding }

// Card moves in the lead card.
type Card struct{ Down, Up, Back Binding }

// Consent is the panel with all that is recorded of a person's rights.
type Consent struct {
	Down, Up, HalfDown, HalfUp, Top, Bottom, Unfold, Pick, Correct, Close Binding
}

// Search is the line in which one types what to find.
type Search struct{ Accept, Clear, Down, Up Binding }

// Default is the keys as they come.
func Default() Map {
	return Map{
		Global: globalKeys(), List: listKeys(), Thread: threadKeys(), Card: cardKeys(), Consent: consentKeys(), Search: searchKeys(),
		Picker: pickerKeys(), Composer: composerKeys(), Dialog: dialogKeys(), Outbox: outboxKeys(),
		Desk: deskKeys(), DeskNotices: deskNoticeKeys(), DeskRequests: deskRequestKeys(), DeskRetention: deskRetentionKeys(),
		DeskDecisions: deskDecisionKeys(), DeskAssess: deskAssessKeys(), Erasure: erasureKeys(), Import: importKeys(),
	}
}

func globalKeys() Global {
	return Global{
		Palette:   bind("palette", "^k", "all keys", "Find an action by name", "ctrl+k"),
		Help:      bind("help", "?", "help", "Show the keys that work here", "?"),
		Undo:      bind("undo", "u", "undo", "Take the last step back", "u", "ctrl+z"),
		Sync:      bind("sync", "s", "sync", "Ask the server for new mail now", "s"),
		Cancel:    bind("cancel-sync", "^x", "cancel sync", "Stop the sync that is running", "ctrl+x"),
		Outbox:    bind("outbox", "o", "outbox", "Show what is on its way", "o"),
		Desk:      bind("desk", "d", "desk", "Open the desk: notices, requests, retention, decisions, assessments", "d"),
		Import:    bind("import", "I", "import", "Take leads in from a file", "I"),
		Quit:      bind("quit", "q", "quit", "Leave zgoda; drafts are kept", "q"),
		Interrupt: bind("interrupt", "^c", "quit", "Leave at once; drafts are kept", "ctrl+c"),
	}
}

func listKeys() List {
	return List{
		Down:       bind("down", "j/↓", "down", "Next person", "j", "down"),
		Up:         bind("up", "k/↑", "up", "Previous person", "k", "up"),
		Top:        bind("top", "g", "top", "Newest person", "g", "home"),
		Bottom:     bind("bottom", "G", "bottom", "Oldest person", "G", "end"),
		HalfDown:   bind("half-down", "^d", "half down", "Half a page down", "ctrl+d", "pgdown"),
		HalfUp:     bind("half-up", "^u", "half up", "Half a page up", "ctrl+u", "pgup"),
		Open:       bind("open", "⏎", "open", "Read the conversation", "enter", "right"),
		Back:       bind("back", "esc", "back", "Back to the list, or clear what was searched", "esc", "h", "left"),
		NextSplit:  bind("next-split", "tab", "next list", "Leads, new people, all: the next", "tab"),
		PrevSplit:  bind("prev-split", "⇧tab", "previous list", "Leads, new people, all: the one before", "shift+tab"),
		Find:       bind("find", "/", "find", "Find by name, company, address or subject", "/"),
		ScrollDown: bind("scroll-down", "J/space", "scroll mail", "Scroll the conversation down from the list", "J", "shift+down", "space"),
		ScrollUp:   bind("scroll-up", "K", "scroll mail up", "Scroll the conversation up from the list", "K", "shift+up"),
		Lead:       bind("make-lead", "l", "make lead", "Make this person a lead", "l"),
		Compose:    bind("compose", "c", "write", "Write to this person", "c"),
		Reply:      bind("reply", "r", "reply", "Answer their newest mail", "r"),
		Edit:       bind("edit-lead", "e", "edit lead", "Change the facts of this lead", "e"),
		New:        bind("new-lead", "n", "new lead", "Add a lead who never wrote to you", "n"),
		Record:     bind("record", "y", "record", "Record a yes, a no, a withdrawal or an objection, with its evidence", "y"),
		Consent:    bind("consent", "v", "consent", "Show all that is recorded of their rights, with its evidence", "v"),
		Withdraw:   bind("withdraw", "W", "withdraw", "Take back what this person agreed to: they said so", "W"),
		Heard:      bind("heard", "m", "what it says", "Say what their mail asks that seems to ask you to stop", "m"),
		Card:       bind("card", "i", "lead card", "Show the lead card", "i"),
		Erase:      bind("erase", "x", "erase", "Erase all traces of this person", "x"),
	}
}

func threadKeys() Thread {
	return Thread{
		Down:     bind("thread-down", "j/↓", "down", "Scroll down", "j", "down"),
		Up:       bind("thread-up", "k/↑", "up", "Scroll up", "k", "up"),
		HalfDown: bind("thread-half-down", "^d", "half down", "Half a page down", "ctrl+d", "pgdown", "space"),
		HalfUp:   bind("thread-half-up", "^u", "half up", "Half a page up", "ctrl+u", "pgup"),
		Top:      bind("thread-top", "g", "first", "The first mail", "g", "home"),
		Bottom:   bind("thread-bottom", "G", "newest", "The newest mail", "G", "end"),
		Unfold:   bind("unfold", "z", "quotes", "Show or fold quoted text", "z"),
		Back:     bind("thread-back", "esc", "list", "Back to the list", "esc", "h", "left"),
	}
}

func cardKeys() Card {
	return Card{
		Down: bind("card-down", "j/↓", "down", "Scroll down", "j", "down", "ctrl+d", "pgdown"),
		Up:   bind("card-up", "k/↑", "up", "Scroll up", "k", "up", "ctrl+u", "pgup"),
		Back: bind("card-back", "esc", "back", "Back to the conversation", "esc", "h", "left"),
	}
}

func consentKeys() Consent {
	return Consent{
		Down:     bind("consent-down", "j/↓", "down", "Scroll down", "j", "down"),
		Up:       bind("consent-up", "k/↑", "up", "Scroll up", "k", "up"),
		HalfDown: bind("consent-half-down", "^d", "half down", "Half a page down", "ctrl+d", "pgdown", "space"),
		HalfUp:   bind("consent-half-up", "^u", "half up", "Half a page up", "ctrl+u", "pgup"),
		Top:      bind("consent-top", "g", "top", "What holds now", "g", "home"),
		Bottom:   bind("consent-bottom", "G", "oldest", "The oldest entry", "G", "end"),
		Unfold:   bind("consent-unfold", "z", "wordings", "Show or fold wordings, mails and hashes", "z"),
		Pick:     bind("consent-pick", "tab", "next yes", "Select the next entry that can be corrected: a yes, a soft opt-in, a notice", "tab"),
		Correct:  bind("consent-correct", "X", "was wrong", "Correct the selected entry: it should never have been written", "X"),
		Close:    bind("consent-close", "esc", "back", "Back to where you came from", "esc", "q", "h", "left", "v"),
	}
}

func searchKeys() Search {
	return Search{
		Accept: bind("search-accept", "⏎", "keep", "Keep the result and go back to the list", "enter"),
		Clear:  bind("search-clear", "esc", "clear", "Forget the search", "esc"),
		Down:   bind("search-down", "↓", "down", "Next person", "down", "ctrl+n"),
		Up:     bind("search-up", "↑", "up", "Previous person", "up", "ctrl+p"),
	}
}
