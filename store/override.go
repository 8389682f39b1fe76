package store

import (
	"zgoda/consent"
	"zgoda/mail"
)

// override makes ready what a data-protection officer records over a doubtful
// country rule (law.md C2): nobody else can, it must open something, and it names
// the rows that it opens, so that a lead that moves does not take it along.
func (t *tx) override(e *consent.Event, lead consent.Lead) error {
	if !t.db.options.DPO {
		return &mail.Problem{
			Sentence: "Only the data-protection officer may override a country rule.",
			NextStep: "Ask them; whoever is it has dpo = true under [account] in config.toml.",
			Err:      consent.ErrNotDPO,
		}
	}
	opens, err := consent.OverrideOpens(lead, t.db.options.Controller, t.now)
	if err != nil {
		return &mail.Problem{
			Sentence: "There is nothing that an override could open: only a doubt can be overridden, never a no.",
			NextStep: "Look at the country rule in: zgoda send --dry-run",
			Err:      err,
		}
	}
	e.Version = opens
	return nil
}
