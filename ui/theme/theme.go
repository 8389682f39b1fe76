// Package theme holds every style of the screen, by role. Nothing else in the
// house makes a style or names a colour.
//
// The way through it:
//
//  1. palette.go: the colours, light and dark, and one accent.
//  2. theme.go: [New] makes [Styles] from them: one style for each role.
//  3. badge.go: how a consent reads in a row, with colour and without.
//  4. words.go: how an entry of the ledger reads, a right, a fact.
//  5. when.go: times in words.
//
// Colour only repeats what a letter, a mark or a word already says: without
// colour the same screen reads by bold, faint, reverse and underline.
package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"

	"zgoda/consent"
)

// Styles is a style for each role. It is a value: hand it down, never change it.
type Styles struct {
	Dark, Color bool

	Text   lipgloss.Style // what is read
	Muted  lipgloss.Style // what stands beside it
	Faint  lipgloss.Style // marks that mean nothing
	Dim    lipgloss.Style // a frame that steps back behind a dialog
	Accent lipgloss.Style // the one colour: what has the focus
	Title  lipgloss.Style // headings
	Strong lipgloss.Style // a name, a subject

	Unread   lipgloss.Style // a row with unread mail
	Selected lipgloss.Style // a selected row in a pane that has the focus
	Resting  lipgloss.Style // the same row while another pane has the focus
	Bar      lipgloss.Style // the mark before a selected row

	Tab, TabActive lipgloss.Style
	Brand          lipgloss.Style // the name of the program

	Key, KeyText, KeyOff lipgloss.Style // a key, what it does, a key that is disabled

	Good, Warn, Bad lipgloss.Style

	Ours, Theirs lipgloss.Style // the name over a mail
	Quote        lipgloss.Style // folded quotes
	Link         lipgloss.Style
	Match        lipgloss.Style // letters found by a search

	Input, Placeholder, Prompt lipgloss.Style
	Gap                        lipgloss.Style // a field of a template that nobody filled
	Struck                     lipgloss.Style // an entry that a later one corrects

	Toast, ToastGood, ToastWarn, ToastBad lipgloss.Style

	Panel       lipgloss.Style // the ground of a dialog
	PanelBorder lipgloss.Style // its one line

	states map[consent.State]lipgloss.Style
}

// New makes the styles for a dark or a light terminal, with colour or without.
func New(dark, colored bool) Styles {
	if !colored {
		return plain(dark)
	}
	p := paletteFor(dark)
	fg := func(c color.Color) lipgloss.Style { return lipgloss.NewStyle().Foreground(c) }
	s := Styles{
		Dark: dark, Color: true,
		Text: fg(p.text), Muted: fg(p.muted), Faint: fg(p.faint), Dim: fg(p.dim), Accent: fg(p.accent),
		Title: fg(p.text).Bold(true), Strong: fg(p.text).Bold(true),
		Unread:   fg(p.text).Bold(true),
		Selected: lipgloss.NewStyle().Background(p.selected), Resting: lipgloss.NewStyle().Background(p.resting),
		Bar: fg(p.accent), Tab: fg(p.muted), TabActive: fg(p.accent).Bold(true), Brand: fg(p.accent).Bold(true),
		Key: fg(p.accent), KeyText: fg(p.muted), KeyOff: fg(p.faint),
		Good: fg(p.good), Warn: fg(p.warn), Bad: fg(p.bad),
		Ours: fg(p.accent).Bold(true), Theirs: fg(p.text).Bold(true),
		Quote: fg(p.faint), Link: fg(p.muted).Underline(true), Match: fg(p.accent).Underline(true),
		Input: fg(p.text), Placeholder: fg(p.faint), Prompt: fg(p.accent), Gap: fg(p.warn).Underline(true),
		Toast: fg(p.text).Background(p.panel), ToastGood: fg(p.good).Background(p.panel),
		ToastWarn: fg(p.warn).Background(p.panel), ToastBad: fg(p.bad).Background(p.panel),
		Struck: fg(p.faint).Strikethrough(true),
		Panel:  fg(p.text), PanelBorder: fg(p.line),
	}
	s.states = map[consent.State]lipgloss.Style{
		consent.NeverAsked: s.Faint, consent.Asked: s.Warn, consent.Granted: s.Good,
		consent.Refused: s.Bad, consent.Withdrawn: s.Bad, consent.Expired: s.Warn,
	}
	return s
}

// plain is the theme without a colour: weight and reverse carry the rest.
func plain(dark bool) Styles {
	none := lipgloss.NewStyle()
	bold, faint, under, reverse := none.Bold(true), none.Faint(true), none.Underline(true), none.Reverse(true)
	s := Styles{
		Dark: dark,
		Text: none, Muted: none, Faint: faint, Dim: faint, Accent: bold, Title: bold, Strong: bold,
		Unread: bold, Selected: none.Bold(true), Resting: none, Bar: bold,
		Tab: none, TabActive: none.Bold(true).Underline(true), Brand: bold,
		Key: bold, KeyText: none, KeyOff: faint, Good: none, Warn: bold, Bad: bold,
		Ours: under, Theirs: bold, Quote: faint, Link: under, Match: under,
		Input: none, Placeholder: faint, Prompt: bold, Gap: reverse, Struck: faint.Strikethrough(true),
		Toast: reverse, ToastGood: reverse, ToastWarn: reverse, ToastBad: reverse,
		Panel: none, PanelBorder: none,
	}
	s.states = map[consent.State]lipgloss.Style{
		consent.NeverAsked: faint, consent.Asked: none, consent.Granted: bold,
		consent.Refused: none, consent.Withdrawn: none, consent.Expired: none,
	}
	return s
}

// State is the style of a consent in that state.
func (s Styles) State(state consent.State) lipgloss.Style {
	if style, ok := s.states[state]; ok {
		return style
	}
	return s.Faint
}

// On lays style over the ground of a selected row, so that its blanks carry
// the ground too. Focused says whether the row's pane has the focus.
func (s Styles) On(style lipgloss.Style, selected, focused bool) lipgloss.Style {
	if !selected {
		return style
	}
	ground := s.Resting
	if focused {
		ground = s.Selected
	}
	if s.Color {
		return style.Background(ground.GetBackground())
	}
	return style.Bold(style.GetBold() || ground.GetBold())
}

// Swatch is the two colours of a progress bar: done, and to do. Without colour
// both are nil and the bar reads by its characters.
func (s Styles) Swatch() (done, todo color.Color) {
	if !s.Color {
		return nil, nil
	}
	p := paletteFor(s.Dark)
	return p.accent, p.line
}
