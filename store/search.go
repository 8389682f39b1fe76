package store

import (
	"strings"
	"unicode"
)

// match is the FTS5 query for what a rep typed: every word must begin a word of
// the person. The words are quoted, because MATCH takes a language and people
// type anything. It is "" when there is nothing to look for.
func match(search string) string {
	var terms []string
	for _, word := range strings.Fields(fold(search)) {
		word = strings.ReplaceAll(word, `"`, " ")
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			terms = append(terms, `"`+word+`"*`)
		}
	}
	return strings.Join(terms, " ")
}
