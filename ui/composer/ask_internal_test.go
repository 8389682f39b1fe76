package composer

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zgoda/mail"
)

// A question that goes in and out again leaves every word as it was, in its order,
// whatever the rep has written.
func TestL7_2_AQuestionLeavesNoTrace(t *testing.T) {
	lines := []string{"Dzień dobry,", "", "piszę o torbach.", "Pozdrawiam", "Marta Lis", "> zacytowane", "Kind regards", "  wcięte", "太陽"}
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(lines), 0, 12).Draw(r, "lines"), "\n")
		q := mail.Question{Code: "O-7K3P-Q2"}
		with := putBefore(text, "Czy możemy? Wystarczy kod O-7K3P-Q2.")
		if strings.Count(with, q.Code) != 1 {
			t.Fatalf("the question stands %d times in %q", strings.Count(with, q.Code), with)
		}
		if i := strings.Index(with, ">"); i >= 0 && strings.Index(with, q.Code) > i {
			t.Fatalf("the question stands in what is quoted: %q", with)
		}
		if got := withoutParagraph(with, q); strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(text), " ") {
			t.Fatalf("%q became %q", text, got)
		}
	})
}
