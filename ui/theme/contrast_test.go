package theme

import (
	"image/color"
	"math"
	"testing"

	"charm.land/lipgloss/v2"
)

// What is read must be readable: the contrast of WCAG 2.2 (1.4.3), on the usual
// grounds of a terminal and on the ground of a selected row. Marks that repeat
// a word may be paler (1.4.11).
func TestContrast(t *testing.T) {
	for _, ground := range []struct {
		dark  bool
		color string
	}{{true, "#000000"}, {true, "#1A1B26"}, {true, "#2E3440"}, {false, "#FFFFFF"}, {false, "#FAF4ED"}} {
		p := paletteFor(ground.dark)
		grounds := []color.Color{lipgloss.Color(ground.color), p.selected, p.resting, p.panel}
		for i, under := range grounds {
			for name, over := range map[string]color.Color{"text": p.text, "muted": p.muted, "accent": p.accent, "good": p.good, "warn": p.warn, "bad": p.bad} {
				if c := contrast(over, under); c < 4.5 {
					t.Errorf("dark=%v ground %d (%s): %s has a contrast of %.1f", ground.dark, i, ground.color, name, c)
				}
			}
			if c := contrast(p.faint, under); c < 3 {
				t.Errorf("dark=%v ground %d (%s): faint has a contrast of %.1f", ground.dark, i, ground.color, c)
			}
		}
	}
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
