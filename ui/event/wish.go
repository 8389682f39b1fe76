package event

import (
	"zgoda/consent"
	"zgoda/mail"
)

// Many is more than one wish at once, done in this order.
type Many []Wish

// Wishes of the list, the conversation, the card and the overlays.
type (
	// LoadRows asks for a page of rows; the answer is RowsLoaded with this Seq.
	LoadRows struct {
		Seq   int
		Query consent.Query
	}
	// Selected says that another person is selected: show them beside the list.
	Selected struct{ Person mail.PersonID }
	// Opened says that the rep went into the conversation.
	Opened struct{ Person mail.PersonID }
	// Left says that the rep wants the pane before this one.
	Left struct{}
	// Act asks for what a key does, by its keys.Action; the palette does so.
	Act struct{ Action string }
	// CloseOverlay takes the topmost overlay away.
	CloseOverlay struct{}
	// Notify shows a toast.
	Notify struct {
		Text string
		Next string // next step, may be empty
		Tone Tone
	}
)

// Tone is how a toast sounds.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Good
	Warn
	Bad
)

func (Many) wish()         {}
func (LoadRows) wish()     {}
func (Selected) wish()     {}
func (Opened) wish()       {}
func (Left) wish()         {}
func (Act) wish()          {}
func (CloseOverlay) wish() {}
func (Notify) wish()       {}
