package assessform

import (
	"zgoda/consent"
	"zgoda/ui/form"
)

// The picks of the form (law.md section 3). Until consent names them they stand here.

func picks(values ...string) []form.Option {
	options := make([]form.Option, 0, len(values))
	for _, v := range values {
		options = append(options, form.Option{Value: v, Label: v})
	}
	return options
}

func purposes() []form.Option { return picks("introduce offer", "partnership", "event", "reply") }

func lessIntrusive() []form.Option { return picks("role address", "phone", "ad", "post") }

func expectations() []form.Option {
	return picks("published for business contact", "same trade", "met", "none")
}

func impacts() []form.Option { return picks("none", "mild", "notable") }

func outcomeOf(consent.Assessment) (consent.Outcome, []string) {
	return consent.Red, []string{"its outcome cannot be computed yet"}
}

func safeguards(consent.Assessment) []string { return nil }
