package store

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"zgoda/mail"
)

const (
	sqlMerges = `SELECT p.evidence FROM ledger l JOIN proofs p ON p.seq = l.seq WHERE l.person = $1 AND l.kind = 'merged' ORDER BY l.seq`
	// The empty row that a merge leaves behind is nobody else, see merge.go.
	// The empty row that a merge leaves behind bears an alias of who stays.
	sqlShells = `SELECT p.id FROM aliases a JOIN people p ON p.address_key = a.address_key WHERE a.person = $1 AND p.id <> a.person`
	sqlIsHere = `SELECT EXISTS (SELECT 1 FROM people p WHERE p.id = $1 AND NOT EXISTS (SELECT 1 FROM aliases a WHERE a.address_key = p.address_key))`
)

var mergedNumber = regexp.MustCompile(`\d+`)

// numbers are a person's number and those of leads who were found to be the same
// person: what the ledger says under the old number is theirs too. Somebody who
// is still here by that number is another person, whatever an entry says.
func (t *tx) numbers(ctx context.Context, person mail.PersonID) ([]mail.PersonID, error) {
	shells, err := list[mail.PersonID](ctx, t, sqlShells, person)
	if err != nil {
		return nil, fmt.Errorf("look for who was merged into a person: %w", err)
	}
	all := append([]mail.PersonID{person}, shells...)
	for i := 0; i < len(all); i++ {
		merges, err := list[string](ctx, t, sqlMerges, all[i])
		if err != nil {
			return nil, fmt.Errorf("look for who was merged into a person: %w", err)
		}
		for _, evidence := range merges {
			n, err := strconv.ParseInt(mergedNumber.FindString(evidence), 10, 64)
			if id := mail.PersonID(n); err == nil && id > 0 && !slices.Contains(all, id) {
				var here bool
				if err := t.row(ctx, sqlIsHere, []any{id}, &here); err != nil {
					return nil, fmt.Errorf("look for who was merged into a person: %w", err)
				}
				if !here {
					all = append(all, id)
				}
			}
		}
	}
	return all, nil
}
