package theme

import (
	"fmt"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"zgoda/consent"
)

// BadgeWidth is how many cells [Badge] always fills: four letters with a mark
// each and a blank between them.
const BadgeWidth = 11

// NoticeSoon is how long before its term a notice is shown as due (S24).
const NoticeSoon = 7 * 24 * time.Hour

// Mark is the sign of a state: six that differ without colour.
func Mark(state consent.State) string {
	switch state {
	case consent.Asked:
		return "?"
	case consent.Granted:
		return "✓"
	case consent.Refused:
		return "✗"
	case consent.Withdrawn:
		return "−"
	case consent.Expired:
		return "~"
	}
	return "·"
}

// Closed says in at most BadgeWidth cells why nothing may be written to the
// person; empty when something may.
func Closed(standing consent.Standing) string {
	switch {
	case standing.Objected:
		return "⊘ objected"
	case standing.Suppressed:
		return "⊘ blocked"
	case standing.Restricted:
		return "‖ restrict."
	case standing.Held.ID != "" && standing.Held.Doubt != "":
		return "? read it"
	case standing.Held.ID != "":
		return "? says stop"
	case standing.Stale:
		return "! bounced"
	}
	return ""
}

// Badge is the badge column of one person, BadgeWidth cells wide: "M✓ O· C✗ D?",
// or the word that closes all of them.
func Badge(styles Styles, standing consent.Standing, now time.Time) string {
	return BadgeOn(styles, standing, false, false)
}

// BadgeOn is Badge on the ground of a selected row.
func BadgeOn(styles Styles, standing consent.Standing, selected, focused bool) string {
	on := func(style lipgloss.Style) lipgloss.Style { return styles.On(style, selected, focused) }
	if word := Closed(standing); word != "" {
		return on(styles.Bad).Render(word + strings.Repeat(" ", BadgeWidth-lipgloss.Width(word)))
	}
	gap := on(styles.Faint).Render(" ")
	parts := make([]string, 0, 4)
	for _, purpose := range consent.Purposes() {
		state := standing.State(purpose)
		parts = append(parts, on(styles.State(state)).Render(purpose.Letter()+Mark(state)))
	}
	return strings.Join(parts, gap)
}

// Legend spells the six marks out in one line.
func Legend(styles Styles) string {
	states := []consent.State{consent.NeverAsked, consent.Asked, consent.Granted, consent.Refused, consent.Withdrawn, consent.Expired}
	parts := make([]string, 0, len(states))
	for _, state := range states {
		parts = append(parts, styles.State(state).Render(Mark(state))+" "+styles.Muted.Render(string(state)))
	}
	return strings.Join(parts, "  ")
}

// Notice says when a person must be told that we hold their data (GDPR Art.
// 14(3)(a)): "notice 5d", "notice today", "notice 3d late", and in which style.
// It is empty while the term is further away than NoticeSoon, or met.
func Notice(styles Styles, standing consent.Standing, now time.Time) (string, lipgloss.Style) {
	if standing.NoticeDue.IsZero() || now.IsZero() {
		return "", styles.Faint
	}
	left := standing.NoticeDue.Sub(now)
	days := int(left.Hours() / 24)
	switch {
	case left < 0:
		return fmt.Sprintf("notice %dd late", max(1, -days)), styles.Bad
	case left > NoticeSoon:
		return "", styles.Faint
	case days == 0:
		return "notice today", styles.Warn
	}
	return fmt.Sprintf("notice %dd", days), styles.Warn
}

// Request says when the first open request of a person's rights must be answered
// (Art. 12(3)): "request 12d", "request today", "request 2d late", and in which
// style. It is empty while none is open. Amber begins as with a notice.
func Request(styles Styles, standing consent.Standing, now time.Time) (string, lipgloss.Style) {
	if standing.Requests == 0 || standing.RequestDue.IsZero() || now.IsZero() {
		return "", styles.Faint
	}
	left := standing.RequestDue.Sub(now)
	days := int(left.Hours() / 24)
	switch {
	case left < 0:
		return fmt.Sprintf("request %dd late", max(1, -days)), styles.Bad
	case days == 0:
		return "request today", styles.Warn
	case left <= NoticeSoon:
		return fmt.Sprintf("request %dd", days), styles.Warn
	}
	return fmt.Sprintf("request %dd", days), styles.Accent
}

// Marks spells out the words that take the place of the four badges.
func Marks(styles Styles) [][2]string {
	return [][2]string{
		{styles.Bad.Render("⊘ objected"), "they want no mail: nothing may be written"},
		{styles.Bad.Render("⊘ blocked"), "the address is on the suppression list"},
		{styles.Bad.Render("‖ restrict."), "their data is kept and nothing else (Art. 18)"},
		{styles.Bad.Render("? says stop"), "their mail seems to ask you to stop: all mail waits"},
		{styles.Bad.Render("? read it"), "only you can say what their mail means: all mail waits"},
		{styles.Bad.Render("! bounced"), "the address does not work any more"},
		{styles.Warn.Render("notice 5d"), "days left to tell them that you hold their data (Art. 14)"},
		{styles.Warn.Render("request 5d"), "days left to answer what they asked for (Art. 12)"},
	}
}

// NoBasis is what Basis says when a mail may rest on nothing.
const NoBasis = "nothing"

// Basis says in one or two words what a mail to the person may rest on now.
func Basis(standing consent.Standing) string {
	if standing.Closed() || standing.Basis == consent.BasisNone {
		return NoBasis
	}
	return string(standing.Basis)
}
