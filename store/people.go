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
	sqlPersonByKey = `SELECT id, since > 0, address_name FROM people WHERE address_key = $1`
	sqlPersonMake  = `INSERT INTO people (address_key, email, address_name, updated_at) VALUES ($1, $2, $3, $4) RETURNING id`
	sqlPersonName  = `UPDATE people SET address_name = $1 WHERE id = $2`
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

// refreshChanged brings the row of everybody whom this transaction touched up
// to date. It is the last step of every write that moves mail.
func (t *tx) refreshChanged(ctx context.Context) error {
	slices.Sort(t.change.People)
	t.change.People = slices.Compact(t.change.People)
	for _, id := range t.change.People {
		if err := t.refresh(ctx, id); err != nil {
			return fmt.Errorf("refresh a person: %w", err)
		}
	}
	return t.index(ctx)
}

const (
	sqlFacts = `SELECT since, name, address_name, company, email, folded FROM people WHERE id = $1`
	// A forged Message-ID of ours must not hide a mail, so the directions count apart.
	sqlSums = `SELECT count(DISTINCT CASE WHEN m.out = 0 THEN m.message_id END) + count(DISTINCT CASE WHEN m.out = 1 THEN m.message_id END),
count(DISTINCT CASE WHEN m.out = 0 AND m.seen = 0 THEN m.message_id END),
count(DISTINCT CASE WHEN m.out = 0 AND m.kind = 'personal' THEN m.message_id END),
coalesce(max(CASE WHEN m.out = 0 THEN m.at END), 0),
coalesce(max(CASE WHEN m.out = 0 AND m.kind = 'personal' THEN m.at END), 0),
coalesce(max(CASE WHEN m.out = 1 THEN m.at END), 0)
FROM message_people p JOIN messages m ON m.id = p.message WHERE p.person = $1`
	sqlRefresh = `UPDATE people SET last_at = $1, last_out = $2, subject = $3, snippet = $4, messages = $5, unread = $6,
waiting = $7, wrote = $8, last_in_id = $9, last_in_at = $10, last_out_at = $11, folded = $12 WHERE id = $13`
)

// refresh reads one person's mail and writes what the inbox shows of it. Its
// cost is the mail of that one person.
func (t *tx) refresh(ctx context.Context, id mail.PersonID) error {
	var since int64
	var name, addressName, company, email, found string
	known, err := t.found(ctx, sqlFacts, []any{id}, &since, &name, &addressName, &company, &email, &found)
	if err != nil || !known {
		return err
	}
	var messages, unread, wrote int
	var lastIn, lastPersonal, lastOut int64
	if err := t.row(ctx, sqlSums, []any{id}, &messages, &unread, &wrote, &lastIn, &lastPersonal, &lastOut); err != nil {
		return err
	}
	in, err := t.latest(ctx, id, lastIn, false, "")
	if err != nil {
		return err
	}
	personal := in
	if lastPersonal > 0 {
		if personal, err = t.latest(ctx, id, lastPersonal, false, mail.Personal); err != nil {
			return err
		}
	} else {
		personal = glance{}
	}
	out, sent, err := t.latestOut(ctx, id, lastOut)
	if err != nil {
		return err
	}
	messages += sent
	if messages == 0 && since == 0 {
		if gone, err := t.forgetPerson(ctx, id); gone || err != nil {
			return err
		}
	}
	last := newer(in, out)
	if last.at == 0 {
		last.at = since
	}
	if since == 0 {
		last.text = ""
	}
	waiting := personal.at > 0 && !personal.answered && !newer(personal, out).out
	folded := fold(joined(name, addressName, company, email, last.subject))
	if folded != found {
		t.words = append(t.words, words{id, found, folded})
	}
	_, err = t.exec(ctx, sqlRefresh, last.at, last.out, last.subject, snippet(last.text), messages, unread, waiting, wrote,
		messageID(personal.id), personal.at, out.at, folded, id)
	return err
}

// forgetPerson drops somebody of whom nothing is left: no mail, no lead, no
// entry in the ledger, no draft (law.md L5c).
const sqlForgetPerson = `DELETE FROM people WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM ledger WHERE person = $1)
AND NOT EXISTS (SELECT 1 FROM outbox WHERE person = $1) RETURNING id`

func (t *tx) forgetPerson(ctx context.Context, id mail.PersonID) (bool, error) {
	gone, err := list[mail.PersonID](ctx, t, sqlForgetPerson, id)
	return len(gone) > 0, err
}

// SetStale notes why a person's address is not usable (law.md L5d), or with ""
// that it is again.
func (db *DB) SetStale(ctx context.Context, person mail.PersonID, why string) error {
	return db.update(ctx, func(t *tx) error { return t.setStale(ctx, person, why) })
}

const sqlSetStale = `UPDATE people SET stale = $1 WHERE id = $2`

func (t *tx) setStale(ctx context.Context, id mail.PersonID, why string) error {
	n, err := t.exec(ctx, sqlSetStale, why, id)
	if err != nil {
		return fmt.Errorf("note an unusable address: %w", err)
	}
	if n == 0 {
		return nobody(id)
	}
	t.changed(id)
	return nil
}

// StaleReason is what bounced mail leaves on a person.
const StaleReason = "Mail to this address came back as undeliverable."

// A mail with one recipient tells whose address it was that failed.
const (
	sqlSentTo = `SELECT p.person FROM messages m JOIN message_people p ON p.message = m.id
WHERE m.message_id = $1 AND m.out = 1`
	sqlQueuedTo = `SELECT person FROM outbox WHERE message_id = $1 AND message_id <> ''`
)

// bounced finds the mail that a delivery report is about by the ids it names.
func (s *saving) bounced(ctx context.Context, m *mail.Message) error {
	for _, id := range slices.Concat([]mail.MessageID{m.InReplyTo}, m.References) {
		if id == "" {
			continue
		}
		people, err := list[mail.PersonID](ctx, s.tx, sqlQueuedTo, id)
		if err == nil && len(people) == 0 {
			people, err = list[mail.PersonID](ctx, s.tx, sqlSentTo, id)
		}
		if err != nil {
			return err
		}
		slices.Sort(people)
		if people = slices.Compact(people); len(people) == 1 {
			return s.setStale(ctx, people[0], StaleReason)
		}
	}
	return nil
}
