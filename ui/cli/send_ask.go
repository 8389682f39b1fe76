package cli

import (
	"crypto/rand"
	"fmt"
	"strings"

	"zgoda/consent"
	"zgoda/mail"
)

// ask puts a question for each consent of --ask into a mail, before what it quotes.
// Whether it may be asked there is for the gate to say (C3).
func (c sendCommand) ask(w *world, draft mail.Draft) (mail.Draft, error) {
	if len(c.Ask) == 0 {
		return draft, nil
	}
	var purposes []consent.Purpose
	for _, name := range c.Ask {
		p, err := consent.ParsePurpose(name)
		if err != nil {
			return draft, &usageError{fmt.Errorf("--ask: %w", err)}
		}
		purposes = append(purposes, p)
	}
	questions, paragraphs, err := consent.Ask(w.controller, purposes, draft.Language, rand.Reader)
	if err != nil {
		return draft, &mail.Problem{Sentence: "The question could not be written.", NextStep: "Complete the company's facts with: zgoda setup.", Err: err}
	}
	own, quoted := draft.Text, ""
	if strings.HasPrefix(own, ">") {
		own, quoted = "", own
	} else if at := strings.Index(own, "\n>"); at >= 0 {
		own, quoted = own[:at], own[at:]
	}
	parts := append([]string{strings.TrimRight(own, "\n")}, paragraphs...)
	draft.Text, draft.Asks = strings.TrimLeft(strings.Join(parts, "\n\n"), "\n")+"\n", questions
	if quoted != "" {
		draft.Text += "\n" + strings.TrimLeft(quoted, "\n")
	}
	return draft, nil
}
