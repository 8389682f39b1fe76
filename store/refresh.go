package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zgoda/mail"
)

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

// mails is what one person's mail adds up to.
type mails struct {
	total, unread, wrote int // wrote: personal mails from them
	in, personal, out    glance
}

func (t *tx) sums(ctx context.Context, id mail.PersonID) (m mails, err error) {
	var in, personal, out int64
	if err := t.row(ctx, sqlSums, []any{id}, &m.total, &m.unread, &m.wrote, &in, &personal, &out); err != nil {
		return m, err
	}
	if m.in, err = t.latest(ctx, id, in, false, ""); err != nil {
		return m, err
	}
	if m.personal, err = t.latest(ctx, id, personal, false, mail.Personal); err != nil {
		return m, err
	}
	var sent int
	m.out, sent, err = t.latestOut(ctx, id, out)
	m.total += sent
	return m, err
}

// waiting reports whether they wrote last and nobody has answered. What a
// machine sent for them counts neither as a mail nor as an answer (law.md M4).
func (m mails) waiting() bool {
	return m.personal.at > 0 && !m.personal.answered && !newer(m.personal, m.out).out
}

// refresh reads one person's mail and writes what the inbox shows of it. Its
// cost is the mail of that one person.
func (t *tx) refresh(ctx context.Context, id mail.PersonID) error {
	var since int64
	var name, addressName, company, email, found string
	known, err := t.found(ctx, sqlFacts, []any{id}, &since, &name, &addressName, &company, &email, &found)
	if err != nil || !known {
		return err
	}
	m, err := t.sums(ctx, id)
	if err != nil {
		return err
	}
	if m.total == 0 && since == 0 {
		if gone, err := t.forgetPerson(ctx, id); gone || err != nil {
			return err
		}
	}
	last := newer(m.in, m.out)
	if last.at == 0 {
		last.at = since
	}
	if since == 0 {
		last.text = ""
	}
	folded := fold(strings.Join([]string{name, addressName, company, email, last.subject}, "\n"))
	if folded != found {
		t.words = append(t.words, words{id, found, folded})
	}
	_, err = t.exec(ctx, sqlRefresh, last.at, last.out, last.subject, snippet(last.text), m.total, m.unread, m.waiting(), m.wrote,
		messageID(m.personal.id), m.personal.at, m.out.at, folded, id)
	if err != nil || since == 0 || t.calm[id] {
		return err
	}
	return t.hold(ctx, id)
}

// forgetPerson drops somebody of whom nothing is left: no mail, no lead, no
// entry in the ledger, no draft, no merge (law.md L5c).
const sqlForgetPerson = `DELETE FROM people WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM ledger WHERE person = $1)
AND NOT EXISTS (SELECT 1 FROM outbox WHERE person = $1) AND NOT EXISTS (SELECT 1 FROM aliases a WHERE a.address_key = people.address_key) RETURNING id`

func (t *tx) forgetPerson(ctx context.Context, id mail.PersonID) (bool, error) {
	gone, err := list[mail.PersonID](ctx, t, sqlForgetPerson, id)
	return len(gone) > 0, err
}
