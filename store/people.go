package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"zgoda/mail"
)

// person is what a batch must know of somebody.
type person struct {
	id   mail.PersonID
	lead bool
	name string // as the address has it
}

func anyLead(people []person) bool {
	return slices.ContainsFunc(people, func(p person) bool { return p.lead })
}

// errNobody is the cause of every question for a person who is not there.
var errNobody = errors.New("no such person in the store")

func nobody(id mail.PersonID) error {
	return &mail.Problem{
		Sentence: "This person is not in zgoda any more.", NextStep: "Go back to the list.",
		Err: fmt.Errorf("person %d: %w", id, errNobody),
	}
}

// with is whom a mail is with: the sender of one that came, each To and Cc of
// one that we sent; never us. A mail without a From counts as from its Reply-To.
func (s *saving) with(ctx context.Context, m *mail.Message, out bool) ([]person, error) {
	addresses := []mail.Address{m.From}
	if m.From.IsZero() {
		addresses[0] = m.ReplyTo
	}
	if out {
		addresses = slices.Concat(m.To, m.Cc)
	}
	var people []person
	for _, a := range addresses {
		p, known, err := s.person(ctx, a, !out)
		if err != nil {
			return nil, err
		}
		if known && !slices.ContainsFunc(people, func(q person) bool { return q.id == p.id }) {
			people = append(people, p)
		}
	}
	return people, nil
}

const (
	// An alias is the person whom two leads became, see merge.go.
	sqlPersonByKey = `SELECT id, since > 0, address_name FROM people
WHERE id = coalesce((SELECT person FROM aliases WHERE address_key = $1), (SELECT id FROM people WHERE address_key = $1))`
	sqlPersonMake = `INSERT INTO people (address_key, email, address_name, updated_at) VALUES ($1, $2, $3, $4) RETURNING id`
	sqlPersonName = `UPDATE people SET address_name = $1 WHERE id = $2`
)

// person finds or makes the person of an address. own says that the address
// stands as its owner writes it, so that a name in it is theirs.
func (s *saving) person(ctx context.Context, a mail.Address, own bool) (person, bool, error) {
	key := a.Key()
	if a.IsZero() || key == s.db.us {
		return person{}, false, nil
	}
	p, cached := s.people[key]
	if !cached {
		known, err := s.found(ctx, sqlPersonByKey, []any{key}, &p.id, &p.lead, &p.name)
		if err != nil {
			return p, false, err
		}
		if !known {
			if err := s.row(ctx, sqlPersonMake, []any{key, a.Email, a.Name, ms(s.now)}, &p.id); err != nil {
				return p, false, err
			}
			p.name = a.Name
		}
	}
	if a.Name != "" && a.Name != p.name && (own || p.name == "") {
		if _, err := s.exec(ctx, sqlPersonName, a.Name, p.id); err != nil {
			return p, false, err
		}
		p.name = a.Name
	}
	s.people[key] = p
	return p, true, nil
}
