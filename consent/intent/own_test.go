package intent_test

import (
	"bytes"
	"strings"
	"testing"

	"zgoda/consent"
	"zgoda/consent/intent"
)

// wrap breaks a text at a width, as mail programs do.
func wrap(text string, width int) string {
	var out strings.Builder
	n := 0
	for _, word := range strings.Fields(text) {
		if n > 0 && n+1+len(word) > width {
			out.WriteString("\n")
			n = 0
		} else if n > 0 {
			out.WriteString(" ")
			n++
		}
		out.WriteString(word)
		n += len(word)
	}
	return out.String()
}

// TestG12_OurOwnQuestionIsNobodysAnswer: a mail program that quotes without a mark
// gives our sentence and our code back, however it wraps them. They are not theirs.
func TestG12_OurOwnQuestionIsNobodysAnswer(t *testing.T) {
	company := consent.Controller{Name: "Jasny Kąt Lighting Ltd"}
	for _, language := range []string{"pl", "en", "de"} {
		questions, paragraphs, err := consent.Ask(company, consent.Purposes(), language, bytes.NewReader([]byte("a sentence of some random bytes, long enough")))
		if err != nil {
			t.Fatal(err)
		}
		for _, width := range []int{20, 45, 60, 76, 10_000} {
			var shown []string
			for _, p := range paragraphs {
				shown = append(shown, wrap(p, width))
			}
			got := intent.Read("Re: Lampy", "Thanks.\n\n"+strings.Join(shown, "\n\n"))
			if got.Asks() || got.Own != "thanks." {
				t.Errorf("%s at %d: it says %q", language, width, got.Own)
			}
			for _, q := range questions {
				got := intent.Read("Re: Lampy", wrap(q.Wording, width)+"\n\n"+strings.Join(shown, "\n\n"))
				if want := consent.Plain(q.Wording); got.Own != want {
					t.Errorf("%s at %d: their own answer is %q, not %q", language, width, got.Own, want)
				}
			}
		}
	}
}

// TestG12_SmallPrintIsNoDenial: the "not" of a company's lawyers does not turn a
// yes around, and a stop before it is still one.
func TestG12_SmallPrintIsNoDenial(t *testing.T) {
	for _, small := range []string{
		"This e-mail is confidential. If you are not the addressee, you must not use it.",
		"This message and any attachments\nare intended solely for the addressee and may not be copied.",
		"Niniejsza wiadomość jest poufna. Jeżeli nie jesteś adresatem, usuń ją.",
		"Diese E-Mail ist vertraulich und nur für den Empfänger bestimmt, nicht für andere.",
		"Disclaimer: we do not accept orders by mail.",
	} {
		if got := intent.Read("Re: x", "M-7K3P-Q2\n\nEwa\n\n"+small); got.Own != "m-7k3p-q2 ewa" || got.Asks() {
			t.Errorf("%q: %+v", small, got)
		}
		if got := intent.Read("Re: x", "Please remove me from your list.\n\n"+small); got.Stop != consent.StopClear {
			t.Errorf("%q hides a stop", small)
		}
	}
	if got := intent.Read("Re: x", "This e-mail is not welcome here. Please remove me from your list."); got.Stop != consent.StopClear {
		t.Errorf("taken for small print: %+v", got)
	}
}
