package cli

import (
	"errors"

	"zgoda/consent"
)

// retentionConfig is [retention]: for how many months data is kept. It may only
// shorten what law.md D1 allows; a key that is missing means just that.
type retentionConfig struct {
	Cold     int `toml:"cold_months,omitempty"`     // leads who never answered, after our last mail
	Dialogue int `toml:"dialogue_months,omitempty"` // after the last mail of theirs
}

func (c retentionConfig) periods() consent.Periods {
	periods := consent.DefaultPeriods()
	if c.Cold != 0 {
		periods.Cold = c.Cold
	}
	if c.Dialogue != 0 {
		periods.Dialogue = c.Dialogue
	}
	return periods
}

func (c retentionConfig) check() error {
	switch err := c.periods().Check(); {
	case errors.Is(err, consent.ErrLongCold):
		return configProblem("retention.cold_months must be between 1 and 6: data of people who never answered may be kept for less time, not for more.", err)
	case errors.Is(err, consent.ErrLongDialogue):
		return configProblem("retention.dialogue_months must be between 1 and 24: a dialogue may be kept for less time, not for more.", err)
	}
	return nil
}
