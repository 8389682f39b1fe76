package intake

import (
	"slices"

	"zgoda/consent"
)

// The words of a file about consent.
var (
	noWords = append([]string{"no", "n", "false", "0", "nie", "nein", "falsz", "falsch", "off"}, goneWords...)
	// goneWords close in a column of states too, where a bare no says nothing.
	goneWords = []string{"refused", "withdrawn", "unsubscribed", "opted out", "opt out", "revoked", "denied", "declined",
		"wycofana", "wycofano", "odmowa", "brak zgody", "wypisany", "wypisana", "cofnieta", "widerrufen", "abgelehnt", "abgemeldet"}
	noStems   = []string{"unsub", "bounc", "wypis", "abgemeld", "widerr", "withdr", "revok", "opted out", "opt out", "do not", "sprzeciw", "blocked", "gesperrt"}
	openWords = []string{"unknown", "pending", "nieznane", "nieznana", "unbekannt", "offen", "never asked", "asked"}
)

// The one word for each that the cells of a row come to.
const (
	heardNo  = "no"
	heardYes = "yes"
)

// hear keeps a value. Of several columns about consent the strictest word counts.
func (v values) hear(fills, text string) {
	if !everyColumn(fills) {
		v[fills] = text
		return
	}
	folded := fold(text)
	switch fills {
	case claimNo:
		if yes, known := truth(text); yes || !known {
			v[claimNo] = heardYes
		}
	case claimStatus:
		if slices.Contains(goneWords, folded) || holds(folded, noStems) {
			v[claimNo] = heardYes
		}
	case claimYes:
		if slices.Contains(noWords, folded) || holds(folded, noStems) {
			v[claimYes] = heardNo
		} else if v[claimYes] == "" && !slices.Contains(openWords, folded) {
			v[claimYes] = heardYes
		}
	}
}

// claims hears what a row says of consent. A no refuses the row: an import cannot
// bring in somebody who said no, and whoever said it may have meant us (G11). A
// yes opens nothing (ErrImport): without its proof it is dropped, or refuses the
// row when strict; with its proof a person must record it.
func (v values) claims(strict bool, item *consent.ImportItem) (why string) {
	switch {
	case v[claimNo] != "":
		return "The file says that this person wants no mail. If it was you who was told so, record their objection."
	case v[claimYes] == heardNo:
		return "The file says that this person did not agree, and a list cannot tell a no from a question never asked."
	case v[claimYes] == "":
		return ""
	}
	if v[claimWhen] != "" && v[claimWording] != "" && v[claimMethod] != "" && v[claimEvidence] != "" {
		item.Claims = true
		item.Notes = append(item.Notes, "The row tells of a consent with its proof: look at that proof and record the consent on the lead card; an import cannot grant.")
		return ""
	}
	if strict {
		return "The row claims a consent without its proof: date, wording, method and where the proof is."
	}
	item.Notes = append(item.Notes, "The row claims a consent without its proof; the claim was dropped, and nobody was ever asked.")
	return ""
}
