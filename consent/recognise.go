package consent

import (
	"strings"
)

// The checks here look for duties in a text, the computed ones and what a rep
// wrote by hand in Polish, English or German. They know few words on purpose:
// in doubt a duty is not fulfilled, and the computed paragraph is one key away.

// longestObjection bounds, in runes, a paragraph that says nothing but how to object.
const longestObjection = 300

// saysObjection reports whether a paragraph tells how to object, and nothing
// else (Art. 21(4): clearly and separately from any other information).
func (b body) saysObjection(policy string) bool {
	for _, p := range b.paragraphs {
		for _, w := range everyWording() {
			if p == plain(w.objection) {
				return true
			}
		}
		if len([]rune(p)) <= longestObjection && objects(p) && !otherThings(p, policy) {
			return true
		}
	}
	return false
}

func objects(p string) bool {
	if holds(p, "cannot", "can not", "can't", "may not", "must not", "nie moze", "nie mozna", "nie przysluguje",
		"nicht widersprechen", "kein widerspruch", "kein recht", "konnen nicht") {
		return false
	}
	right := holds(p, "may object", "can object", "right to object", "wniesc sprzeciw", "zglosic sprzeciw", "przysluguje pani/panu sprzeciw",
		"prawo do sprzeciwu", "prawo sprzeciwu", "wyrazic sprzeciw", "konnen widersprechen", "jederzeit widersprechen", "widerspruch einlegen")
	return right && answerable(p)
}

// answerable reports whether a paragraph says what to do: answer, write, or follow a link.
func answerable(p string) bool {
	return holds(p, "reply", "answer", "write to", "write back", "https://", "odpowie", "odpisa", "napisac", "prosze napisac", "antwort", "schreiben sie")
}

func otherThings(p, policy string) bool {
	return policy != "" && strings.Contains(p, plain(policy)) || holds(p, "privacy policy", "polityk", "datenschutz", "copy", "kopi",
		"legitimate interest", "uzasadnion", "berechtigtes interesse", "tracking", "sledzen", "zrodl", "source", "quelle",
		"podstawa prawna", "rechtsgrundlage", "i agree", "zgadzam sie", "einverstanden")
}

// saysAgree reports whether a paragraph tells how to agree to more mail (S22).
func (b body) saysAgree() bool {
	return b.any(func(p string) bool {
		return answerable(p) && (holds(p, "i agree to", "to agree", "your consent by", "opt in") ||
			holds(p, "zgadzam sie na", "aby wyrazic zgode", "wyrazic zgode", "aby sie zgodzic") ||
			holds(p, "einverstanden", "einwilligen", "einwilligung erteilen", "zustimmen"))
	})
}

// saysRights reports whether a paragraph tells how to get a copy of the data, and
// how to have it erased (S10, S23).
func (b body) saysRights() bool {
	return b.any(func(p string) bool {
		return answerable(p) && (holds(p, "copy") && holds(p, "erase", "delete", "remove") ||
			holds(p, "kopi") && holds(p, "usun") ||
			holds(p, "kopie", "auskunft") && holds(p, "losch"))
	})
}

func (b body) any(says func(string) bool) bool {
	for _, p := range b.paragraphs {
		if says(p) {
			return true
		}
	}
	return false
}

// lacksNotice names, in words, the first part of the notice that a text does not
// give (Art. 13 and 14, first layer: N1), or "".
func (b body) lacksNotice(basis Basis, lead Lead, c Controller) string {
	switch {
	case !b.has(phrase(lead.Source)):
		return "where the data came from"
	case !b.saysDate(lead):
		return "when the data was obtained"
	case !b.has(c.Name):
		return "the name of the company"
	case !b.has(c.Postal):
		return "the postal address of the company"
	case !b.has(c.Contact):
		return "whom to ask about privacy"
	case !b.saysBasis(basis):
		return "the legal basis (" + string(basis) + ")"
	case !saysPeriod(b, c.Retention):
		return "how long the data is kept"
	}
	return ""
}

func (b body) saysDate(lead Lead) bool {
	if lead.ObtainedAt.IsZero() {
		return false
	}
	at := lead.ObtainedAt.UTC()
	if b.has(day(at)) {
		return true
	}
	for _, w := range everyWording() {
		if b.has(at.Format(w.date)) {
			return true
		}
	}
	return false
}

func (b body) saysBasis(basis Basis) bool {
	for _, w := range everyWording() {
		if words := w.basis[basis]; words != "" && b.has(words) {
			return true
		}
	}
	return false
}
