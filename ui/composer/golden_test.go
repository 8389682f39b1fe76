package composer_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/composer"
	"zgoda/ui/event"
	"zgoda/ui/uitest"
)

// sizes are the two screens that are first class, less head and footer.
var sizes = []struct {
	name string
	w, h int
}{{"80x24", 80, 21}, {"120x40", 120, 36}}

func TestGoldenScreens(t *testing.T) {
	screens := map[string]func() *composer.Model{
		"pick":  func() *composer.Model { return opened(noTracking()) },
		"write": func() *composer.Model { return writing(t, noTracking()) },
		"allowed": func() *composer.Model {
			m := writing(t, allTracking())
			_, cmd := m.Update(uitest.Key("ctrl+t"))
			answer(t, m, settle(t, m, cmd), verdict())
			return m
		},
		"refused": func() *composer.Model {
			m := writing(t, noTracking())
			uitest.PressPart(m, "ctrl+t")
			return m
		},
		"asking": func() *composer.Model {
			m := newComposer(false)
			m.Update(event.ComposeLoaded{Person: 7, Lead: ewa(), HasDraft: true, Draft: mail.Draft{Person: 7, To: ewa().Address, Language: "pl"}, Tracking: noTracking()})
			return m
		},
	}
	for name, screen := range screens {
		for _, size := range sizes {
			t.Run(name+"-"+size.name, func(t *testing.T) {
				uitest.Golden(t, name+"-"+size.name+".txt", uitest.DrawPart(t, screen(), size.w, size.h)+"\n")
			})
		}
	}
}

// Any keys and any size: the composer draws exactly its size, and its cursor
// stays inside.
func TestDrawsExactlyItsSize(t *testing.T) {
	names := []string{"tab", "enter", "left", "right", "up", "down", "backspace", "delete", "ctrl+n", "ctrl+g", "ctrl+t", "ctrl+o", "ctrl+p", "ctrl+r", "ctrl+s", "ctrl+x", "home", "end", "pgdown", "ż", "太", "x", " "}
	rapid.Check(t, func(r *rapid.T) {
		m := writing(t, rapid.SampledFrom([]map[consent.Purpose]consent.Verdict{noTracking(), allTracking()}).Draw(r, "tracking"))
		for range rapid.IntRange(1, 3).Draw(r, "steps") {
			m.SetSize(rapid.IntRange(1, 150).Draw(r, "w"), rapid.IntRange(1, 50).Draw(r, "h"))
			m.Update(uitest.Key(rapid.SampledFrom(names).Draw(r, "key")))
			if rapid.Bool().Draw(r, "paste") {
				m.Update(tea.PasteMsg{Content: rapid.String().Draw(r, "text")})
			}
			uitest.DrawPart(t, m, rapid.IntRange(1, 150).Draw(r, "w2"), rapid.IntRange(1, 50).Draw(r, "h2"))
		}
	})
}

func BenchmarkKeyToFrame(b *testing.B) {
	m := writing(b, noTracking())
	m.SetSize(120, 36)
	b.ReportAllocs()
	for b.Loop() {
		m.Update(uitest.Key("x"))
		_ = m.View()
	}
}

// A gap far below must be on the screen when it is selected, and the cursor on it.
func TestTheCursorIsOnTheScreenAtAnySize(t *testing.T) {
	m := newComposer(false)
	text := strings.Repeat("linia za linią, żółć\n", 60) + "koniec {{answer}} tu"
	m.Update(event.ComposeLoaded{Person: 7, Lead: ewa(), HasDraft: true, Draft: mail.Draft{Person: 7, Subject: "s", Text: text}, Tracking: noTracking()})
	for _, size := range sizes {
		frame := uitest.DrawPart(t, m, size.w, size.h)
		lines := strings.Split(frame, "\n")
		c := m.Cursor()
		if c == nil || !strings.Contains(lines[c.Y], "koniec {{answer}} tu") || c.X != 2+len("koniec {{answer}}") {
			t.Errorf("at %s the cursor is %v:\n%s", size.name, c, frame)
		}
	}
}

func TestNoColorDrawsNoColor(t *testing.T) {
	m := writing(t, noTracking())
	uitest.PressPart(m, "ctrl+t")
	if color := regexp.MustCompile(`\x1b\[[0-9;]*(3[0-9]|4[0-9])[0-9;]*m`).FindString(m.View()); color != "" {
		t.Errorf("a colour is drawn: %q", color)
	}
}
