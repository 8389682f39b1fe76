package threadlist

import (
	"testing"

	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

// Whatever a person is called, both lines are as wide as the list, so that the
// columns line up.
func TestEveryRowIsAsWideAsTheList(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("aŻółć 華新👩‍👧é́ｱ")), 0, 40, -1)
	rapid.Check(t, func(t *rapid.T) {
		m := New(theme.New(true, rapid.Bool().Draw(t, "color")), keys.Default())
		m.SetSize(rapid.IntRange(30, 140).Draw(t, "width"), 20)
		m.SetNow(uitest.Now)
		m.SetFocused(rapid.Bool().Draw(t, "focused"))
		r := consent.Row{
			Lead:    consent.Lead{ID: 1, Name: text.Draw(t, "name"), Company: text.Draw(t, "company"), Since: uitest.Now},
			Subject: text.Draw(t, "subject"), Snippet: text.Draw(t, "snippet"), LastAt: uitest.Now,
			LastOut: rapid.Bool().Draw(t, "out"), Unread: rapid.IntRange(0, 1).Draw(t, "unread"), Waiting: true,
			Out: rapid.SampledFrom([]mail.OutState{"", mail.Queued, mail.Unknown}).Draw(t, "state"),
			Standing: consent.Standing{Objected: rapid.Bool().Draw(t, "objected"),
				States: map[consent.Purpose]consent.State{consent.TrackOpen: consent.Granted}},
		}
		for i, line := range m.row(r, rapid.Bool().Draw(t, "selected")) {
			if w := layout.Width(line); w != m.w {
				t.Fatalf("line %d is %d cells wide, the list %d", i, w, m.w)
			}
		}
	})
}
