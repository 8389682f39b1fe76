package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"zgoda/mail"
)

// words is a person whose words changed.
type words struct {
	id       mail.PersonID
	old, new string
}

// MarshalJSON makes it [id, old, new], as the statements below read it.
func (w words) MarshalJSON() ([]byte, error) { return json.Marshal([]any{w.id, w.old, w.new}) }

const (
	// Somebody new is in no index yet: taking them out would spoil its sums.
	sqlUnindex = `INSERT INTO people_search (people_search, rowid, folded)
SELECT 'delete', json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each($1) WHERE json_extract(value, '$[1]') <> ''`
	sqlIndex = `INSERT INTO people_search (rowid, folded)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[2]') FROM json_each($1)`
)

// index tells the search index what changed, in the order of the ids: then FTS5
// writes it in one piece.
func (t *tx) index(ctx context.Context) error {
	if len(t.words) == 0 {
		return nil
	}
	changed := packed(t.words)
	t.words = nil
	if _, err := t.exec(ctx, sqlUnindex, changed); err != nil {
		return fmt.Errorf("take words out of the search index: %w", err)
	}
	if _, err := t.exec(ctx, sqlIndex, changed); err != nil {
		return fmt.Errorf("put words into the search index: %w", err)
	}
	return nil
}

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
