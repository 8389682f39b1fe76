package theme

import (
	"fmt"
	"time"

	"charm.land/lipgloss/v2"
)

// DueSoon is how long before its end a term is shown as amber (S24).
const DueSoon = 7 * 24 * time.Hour

// Due says how long until a term ends, with a mark that reads without colour:
// "! 3 days late", "▲ within a day", "▲ 5 days left", "· 23 days left", "no end". It is
// asked at every frame, so that a case turns by itself.
func Due(styles Styles, at, now time.Time) (string, lipgloss.Style) {
	if at.IsZero() {
		return "· no end", styles.Faint
	}
	left := at.Sub(now)
	days := int(left.Hours() / 24)
	switch {
	case left <= 0:
		return "! " + count(max(1, -days), "day") + " late", styles.Bad
	case left <= DueSoon && days == 0:
		return "▲ within a day", styles.Warn
	case left <= DueSoon:
		return "▲ " + count(days, "day") + " left", styles.Warn
	}
	return "· " + count(days, "day") + " left", styles.Muted
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
