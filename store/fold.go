package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters are those that Unicode does not take apart into a letter and a mark,
// though a reader types them without it.
var letters = strings.NewReplacer(
	"ł", "l", "ø", "o", "đ", "d", "ð", "d", "ħ", "h", "ŧ", "t", "ı", "i", "ŀ", "l", "ĸ", "k", "ŋ", "n",
	"ß", "ss", "æ", "ae", "œ", "oe", "þ", "th",
)

// fold makes text findable: lower case, no marks, ł as l, ß as ss, and a blank
// around each letter of the scripts that put none between words. Both sides of
// a search go through it: "zolc" finds "Żółć". Folding twice changes nothing.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	// Next to a broken byte norm leaves letters as they are.
	for _, r := range norm.NFKD.String(strings.ToValidUTF8(s, "\ufffd")) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsControl(r): // a NUL would end the query for FTS5
			b.WriteRune(' ')
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			b.WriteRune(' ')
			b.WriteRune(r)
			b.WriteRune(' ')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(letters.Replace(b.String())), " ")
}
