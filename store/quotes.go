package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"zgoda/mail"
)

const (
	partCopy  = `b.name, b.uid_validity, m.uid, m.message_id, m.at, m.out`
	partAlone = ` IN (SELECT p.message FROM message_people p WHERE p.person = $1 AND NOT EXISTS (
SELECT 1 FROM message_people q WHERE q.message = p.message AND q.person <> p.person))`
	sqlCopiesOf = `SELECT ` + partCopy + ` FROM messages m JOIN mailboxes b ON b.id = m.mailbox WHERE m.uid IS NOT NULL AND m.id` + partAlone + ` ORDER BY m.at, m.id`
)

func copyInto(c *mail.Copy, identity *string) []any {
	return []any{&c.Mailbox, &c.UIDValidity, &c.UID, identity, stamp{&c.At}, &c.Out}
}

// copiesOf is where on the server the mails lie that are with this person alone.
func (t *tx) copiesOf(ctx context.Context, person mail.PersonID) ([]mail.Copy, error) {
	var copies []mail.Copy
	err := t.each(ctx, sqlCopiesOf, []any{person}, func(rows *sql.Rows) error {
		var c mail.Copy
		var identity string
		err := rows.Scan(copyInto(&c, &identity)...)
		c.ID = messageID(identity)
		copies = append(copies, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the copies on the server: %w", err)
	}
	return copies, nil
}

const (
	// LIKE folds the case of ASCII letters, which is all that an address needs here:
	// what it finds is looked at again.
	sqlNamesAddress = `SELECT id, from_name, from_email, reply_to, recipients, copies FROM messages
WHERE recipients LIKE $1 ESCAPE '\' OR copies LIKE $1 ESCAPE '\' OR reply_to LIKE $1 ESCAPE '\' OR from_email LIKE $1 ESCAPE '\'`
	sqlLeaveMail = `UPDATE messages SET from_name = $1, from_email = $2, reply_to = $3, recipients = $4, copies = $5 WHERE id = $6`
)

// envelope is the people of a mail.
type envelope struct {
	ref               mail.MessageRef
	from              mail.Address
	replyTo, to, also []mail.Address
}

// leaveMails takes the person's name and address out of the envelopes of mails
// with others: Cc of a colleague, or a mail of ours to both. The mails that are
// theirs alone go as a whole later.
func (t *tx) leaveMails(ctx context.Context, e *erasing) error {
	found := map[mail.MessageRef]envelope{}
	for _, address := range e.marks.addresses {
		err := t.each(ctx, sqlNamesAddress, []any{likely(address)}, func(rows *sql.Rows) error {
			var m envelope
			err := rows.Scan(&m.ref, &m.from.Name, &m.from.Email, unpack[mail.Address]{&m.replyTo}, unpack[mail.Address]{&m.to}, unpack[mail.Address]{&m.also})
			found[m.ref] = m
			return err
		})
		if err != nil {
			return fmt.Errorf("look for the person in the mails of others: %w", err)
		}
	}
	for ref, m := range found {
		if !m.leave(e.marks) {
			continue
		}
		if _, err := t.exec(ctx, sqlLeaveMail, m.from.Name, m.from.Email, packed(m.replyTo), packed(m.to), packed(m.also), ref); err != nil {
			return fmt.Errorf("take the person out of a mail of others: %w", err)
		}
		e.Rows["messages (envelopes)"]++
	}
	return nil
}

// leave takes the person out and reports whether they were in it.
func (m *envelope) leave(who marks) (changed bool) {
	for _, list := range []*[]mail.Address{&m.replyTo, &m.to, &m.also} {
		n := len(*list)
		*list = slices.DeleteFunc(*list, who.of)
		changed = changed || len(*list) < n
	}
	if who.of(m.from) {
		m.from, changed = mail.Address{}, true
	}
	return changed
}

// likely is an address as it stands in a stored list, as a LIKE pattern. JSON
// writes the signs &, < and > in another way.
func likely(address string) string {
	text := strings.NewReplacer(`\`, `\\\\`, `&`, `\\u0026`, `"`, `\\"`, `%`, `\%`, `_`, `\_`).Replace(address)
	return "%" + text + "%"
}

const (
	sqlMostBodies = `SELECT coalesce(max(message), 0) FROM bodies`
	// The order is that of the table, so that it is read from one end to the other.
	sqlQuotes   = `SELECT b.message, b.text, b.attachments FROM bodies b WHERE b.message > $1 AND b.message <= $2 ORDER BY b.message`
	sqlQuote    = `SELECT ` + partCopy + ` FROM messages m JOIN mailboxes b ON b.id = m.mailbox WHERE m.id = $1`
	sqlSubjects = `SELECT id, subject FROM messages WHERE subject <> ''`
	sqlNotes    = `SELECT id, source || ' ' || reason || ' ' || note FROM people WHERE since > 0`
	sqlDrafts   = `SELECT person, subject || ' ' || text FROM outbox`
)

// quotes finds what others wrote about the person: mails with others whose text
// or subject names them, and leads whose notes or drafts do. Nothing is done to
// them; a person decides. It reads every text once, in both halves at a time.
func (db *DB) quotes(ctx context.Context, e *erasing) error {
	refs, err := db.quoted(ctx, e.marks)
	if err != nil {
		return fmt.Errorf("look for mails that name the person: %w", err)
	}
	err = db.view(ctx, func(t *tx) error {
		for _, ref := range refs {
			var c mail.Copy
			var identity string
			var uid sql.NullInt64
			into := copyInto(&c, &identity)
			into[2] = &uid
			known, err := t.found(ctx, sqlQuote, []any{ref}, into...)
			if err != nil {
				return err
			}
			if c.UID, c.ID = uint32(uid.Int64), messageID(identity); known {
				e.Quotes = append(e.Quotes, c)
			}
		}
		for _, query := range []string{sqlNotes, sqlDrafts} {
			if err := t.named(ctx, query, e); err != nil {
				return err
			}
		}
		return nil
	})
	slices.Sort(e.Named)
	e.Named = slices.Compact(e.Named)
	return err
}

func (t *tx) named(ctx context.Context, query string, e *erasing) error {
	return t.each(ctx, query, nil, func(rows *sql.Rows) error {
		var id mail.PersonID
		var text sql.RawBytes
		err := rows.Scan(&id, &text)
		if err == nil && id != e.lead.ID && e.marks.inBytes(text) {
			e.Named = append(e.Named, id)
		}
		return err
	})
}

// quoted is the mails whose text or subject names the person, ascending.
func (db *DB) quoted(ctx context.Context, who marks) ([]mail.MessageRef, error) {
	var last int64
	if err := db.view(ctx, func(t *tx) error { return t.row(ctx, sqlMostBodies, nil, &last) }); err != nil {
		return nil, err
	}
	type part struct {
		refs []mail.MessageRef
		err  error
	}
	const parts = 2
	answers := make(chan part, parts)
	for i := range int64(parts) {
		go func() {
			refs, err := db.quotedIn(ctx, who, last*i/parts, last*(i+1)/parts, i == 0)
			answers <- part{refs, err}
		}()
	}
	var refs []mail.MessageRef
	var failed error
	for range parts {
		answer := <-answers
		refs = append(refs, answer.refs...)
		if failed == nil {
			failed = answer.err
		}
	}
	slices.Sort(refs)
	return slices.Compact(refs), failed
}

func (db *DB) quotedIn(ctx context.Context, who marks, from, to int64, subjects bool) ([]mail.MessageRef, error) {
	var refs []mail.MessageRef
	err := db.view(ctx, func(t *tx) error {
		err := t.each(ctx, sqlQuotes, []any{from, to}, func(rows *sql.Rows) error {
			var ref mail.MessageRef
			var text, attachments sql.RawBytes
			err := rows.Scan(&ref, &text, &attachments)
			if err == nil && (who.inBytes(text) || who.inBytes(attachments)) {
				refs = append(refs, ref)
			}
			return err
		})
		if err != nil || !subjects {
			return err
		}
		return t.each(ctx, sqlSubjects, nil, func(rows *sql.Rows) error {
			var ref mail.MessageRef
			var subject sql.RawBytes
			err := rows.Scan(&ref, &subject)
			if err == nil && who.inBytes(subject) {
				refs = append(refs, ref)
			}
			return err
		})
	})
	return refs, err
}
