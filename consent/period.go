package consent

import (
	"fmt"
	"strconv"
	"strings"
)

// period says a stretch of time in the wording's language. It knows "6 months",
// "2 lata", "30 Tage" and the like; any other words are the company's own and
// stay as they are.
func (w wording) period(words string) string {
	number, unit, _ := strings.Cut(strings.TrimSpace(words), " ")
	n, err := strconv.Atoi(number)
	if err != nil || n <= 0 {
		return words
	}
	for _, from := range everyWording() {
		for name, forms := range from.units {
			for _, form := range forms {
				if plain(form) == plain(unit) {
					return fmt.Sprintf("%d %s", n, w.units[name][form3(n, w.language)])
				}
			}
		}
	}
	return words
}

// form3 picks one, few or many. Polish counts 2 to 4 as few, but 12 to 14 as many.
func form3(n int, language string) int {
	few := n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14)
	switch {
	case n == 1:
		return 0
	case language == "pl" && !few:
		return 2
	}
	return 1
}

// saysPeriod reports whether a text tells the period in any language.
func saysPeriod(b body, words string) bool {
	if b.has(words) {
		return true
	}
	for _, w := range everyWording() {
		if b.has(w.period(words)) {
			return true
		}
	}
	return false
}
