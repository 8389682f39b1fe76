package assessform

import (
	"strings"

	"zgoda/consent"
	"zgoda/ui/form"
)

// picks is the answers of a question; one that spoils the outcome says so.
func picks(choices []consent.Choice) []form.Option {
	options := make([]form.Option, 0, len(choices))
	for _, c := range choices {
		label := c.Title
		if c.Light != consent.Green {
			label += " (" + string(c.Light) + ")"
		}
		options = append(options, form.Option{Value: c.Value, Label: label})
	}
	return options
}

func dataOptions() []form.Option {
	options := picks(consent.AssessmentData())
	for i := range options {
		options[i].Label = strings.ToLower(options[i].Label)
	}
	return options
}

func sourceOptions() []form.Option {
	var options []form.Option
	for _, kind := range consent.SourceKinds() {
		label := string(kind)
		if kind == consent.SourceBought {
			label += " (" + string(consent.Red) + ")"
		}
		options = append(options, form.Option{Value: string(kind), Label: label})
	}
	return options
}

// usual is what a first mail needs of a lead; a new form begins with it.
func usual() []string {
	return []string{consent.FieldAddress, consent.FieldName, consent.FieldCompany, consent.FieldRole, consent.FieldReason}
}
