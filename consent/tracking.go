package consent

import (
	"regexp"
	"slices"
	"strings"
)

// SwapTracking makes the tracking sentence of text true again after the rep
// switched opens or clicks. A computed sentence is replaced in its own
// language; where none stands, one is added in language if there is something
// to tell. What is quoted from another mail is left alone.
func SwapTracking(text, language string, opens, clicks bool) string {
	tracking := Tracking{Opens: opens, Clicks: clicks}
	swapped, found := text, false
	for _, w := range everyWording() {
		for told, sentence := range w.tracking {
			if told == tracking {
				found = found || len(ownMatches(swapped, sentence)) > 0
				continue
			}
			for _, at := range slices.Backward(ownMatches(swapped, sentence)) {
				swapped, found = swapped[:at[0]]+w.tracking[tracking]+swapped[at[1]:], true
			}
		}
	}
	if found || tracking == (Tracking{}) {
		return swapped
	}
	own, quoted := splitQuoted(strings.Split(swapped, "\n"))
	added := strings.TrimRight(strings.Join(own, "\n"), "\n")
	for _, w := range wordings(language) {
		added += "\n\n" + w.tracking[tracking]
	}
	added += "\n"
	if len(quoted) > 0 {
		added += "\n" + strings.Join(quoted, "\n")
	}
	return added
}

// ownMatches finds sentence in text, wherever its lines were broken, but not in
// quoted lines.
func ownMatches(text, sentence string) [][]int {
	words := strings.Fields(sentence)
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	matches := regexp.MustCompile(strings.Join(words, `\s+`)).FindAllStringIndex(text, -1)
	return slices.DeleteFunc(matches, func(at []int) bool {
		return strings.HasPrefix(text[strings.LastIndexByte(text[:at[0]], '\n')+1:], ">")
	})
}

// claims is what a text says of its own tracking.
type claims struct{ none, opens, clicks bool }

// claimed reads what a text says of its own tracking: our own sentences, or
// others that speak of this message in so many words. Who denies in words we
// do not know has said nothing.
func claimed(b body) claims {
	var c claims
	for _, p := range b.paragraphs {
		for _, s := range strings.FieldsFunc(p, func(r rune) bool { return strings.ContainsRune(".!?;", r) }) {
			if !holds(s, "this message", "this e-mail", "this email", "this mail", "ta wiadomosc", "tej wiadomosci", "te wiadomosc",
				"ten mail", "tym mailu", "diese nachricht", "dieser nachricht", "diese mail", "dieser mail", "diese e-mail", "dieser e-mail") {
				continue
			}
			if holds(s, "no tracking", "not tracked", "without tracking", "nie zawiera sledzenia", "bez sledzenia", "nie jest sledzon",
				"kein tracking", "ohne tracking") {
				c.none = true
				continue
			}
			records := holds(s, "record", "track", "zapisuj", "rejestruj", "sledz", "halten wir fest", "wir erfassen", "erfasst")
			denies := holds(s, " not ", "n't ", " never ", " no ", " nie ", " nicht ", " kein")
			if records && !denies {
				c.opens = c.opens || holds(s, "open", "otwier", "otwar", "geoffnet", "offne")
				c.clicks = c.clicks || holds(s, "click", "klik", "klick")
			}
		}
	}
	return c
}

func holds(s string, any ...string) bool {
	return slices.ContainsFunc(any, func(word string) bool { return strings.Contains(s, word) })
}
