package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// palette is the colours by what they are for. The three signal colours speak
// of consent and of trouble only, so that the accent stays the one that leads
// the eye.
type palette struct {
	text, muted, faint, dim, line color.Color
	accent                        color.Color
	good, warn, bad               color.Color
	selected, resting, panel      color.Color
}

func paletteFor(dark bool) palette {
	if dark {
		return palette{
			text: lipgloss.Color("#D8DEE9"), muted: lipgloss.Color("#95A0B5"), faint: lipgloss.Color("#78829A"), dim: lipgloss.Color("#4A5266"), line: lipgloss.Color("#3B4252"),
			accent: lipgloss.Color("#7DA6FF"),
			good:   lipgloss.Color("#8FCB8B"), warn: lipgloss.Color("#E5B567"), bad: lipgloss.Color("#EC7A7A"),
			selected: lipgloss.Color("#28324A"), resting: lipgloss.Color("#23272F"), panel: lipgloss.Color("#2B3140"),
		}
	}
	return palette{
		text: lipgloss.Color("#1F2430"), muted: lipgloss.Color("#5A6376"), faint: lipgloss.Color("#747D8F"), dim: lipgloss.Color("#B4BBC8"), line: lipgloss.Color("#CBD2DE"),
		accent: lipgloss.Color("#2F5FD0"),
		good:   lipgloss.Color("#256A29"), warn: lipgloss.Color("#855400"), bad: lipgloss.Color("#B3261E"),
		selected: lipgloss.Color("#DFE8FB"), resting: lipgloss.Color("#EEF1F6"), panel: lipgloss.Color("#E9EDF5"),
	}
}
