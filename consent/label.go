package consent

import (
	"fmt"
	"strings"
)

// A commercial mail must name itself where a country concerned asks for it
// (law.md N4): in the Czech Republic each one, in Bulgaria the unsolicited one.

// labelled is the countries that ask a mail on basis to be labelled.
func labelled(basis Basis, lead Lead, controller Controller) []Country {
	var all []Country
	for _, c := range concerned(lead, controller) {
		asks := c.Label == LabelCommercial && basis != BasisReply || c.Label == LabelUnsolicited && basis == BasisInterest
		if asks && (len(all) == 0 || all[len(all)-1].Code != c.Code) {
			all = append(all, c)
		}
	}
	return all
}

// labels is the sentences that name a mail, in one language.
func (w wording) labels(basis Basis, lead Lead, controller Controller) []string {
	var sentences []string
	for _, c := range labelled(basis, lead, controller) {
		sentences = append(sentences, fmt.Sprintf(w.label[c.Label], c.LabelWords))
	}
	return sentences
}

// opensLabelled reports whether a plain paragraph begins with a label, and gives what follows.
func (w wording) opensLabelled(p string) (rest string, ok bool) {
	for _, format := range w.label {
		opening, _, _ := strings.Cut(format, "%s")
		if after, found := strings.CutPrefix(p, plain(opening)); found {
			_, rest, ok = strings.Cut(after, "). ")
			return rest, ok
		}
	}
	return p, false
}

// label looks for the words by which a country wants the mail to name itself.
func (s sending) label() Check {
	a := ask{"N4", "label", "Named as commercial", "ePrivacy Art. 13; Directive 2000/31/EC Art. 6, 7"}
	asking := labelled(s.ground.basis, s.lead, s.controller)
	if !s.needsDuties() || len(asking) == 0 {
		return a.yes("No country concerned asks this mail to name itself as commercial.")
	}
	for _, c := range asking {
		if !s.body.has(c.LabelWords) || !s.saysLabel(c) {
			return a.no(fmt.Sprintf("%s asks for the mail to be named as %s, and it is not.", c.Code, c.Label), putBack, FixDuties)
		}
	}
	return a.yes("The mail names itself as commercial, as the country asks.")
}

func (s sending) saysLabel(c Country) bool {
	for _, w := range everyWording() {
		if s.body.has(fmt.Sprintf(w.label[c.Label], c.LabelWords)) {
			return true
		}
	}
	return false
}
