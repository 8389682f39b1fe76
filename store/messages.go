package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zgoda/mail"
)

// SaveBatch stores messages together with box's cursor. A message whose UID is
// known is updated; one that lost its place is found again by its Message-ID
// and keeps its body. Of people who are not leads only the envelope is kept,
// even when the batch holds whole messages (law.md L5b, L5c). It makes no lead.
func (db *DB) SaveBatch(ctx context.Context, box mail.Mailbox, batch []mail.Fetched) error {
	err := db.update(ctx, func(t *tx) error {
		stored, err := t.mailbox(ctx, box.ID)
		if err != nil {
			return err
		}
		if err := sameValidity(stored, box); err != nil {
			return err
		}
		box.Role, box.Account, box.Name = stored.Role, stored.Account, stored.Name
		s := &saving{tx: t, box: box, people: map[string]person{}}
		for i := range batch {
			if err := s.save(ctx, &batch[i]); err != nil {
				return fmt.Errorf("message with UID %d: %w", batch[i].UID, err)
			}
		}
		if box.Complete {
			if err := t.forgetPlaceless(ctx, box); err != nil {
				return err
			}
		}
		if err := t.saveCursor(ctx, box); err != nil {
			return err
		}
		if err := t.hearAll(ctx); err != nil {
			return err
		}
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return fmt.Errorf("save messages: %w", err)
	}
	return nil
}

// saving is one batch on its way in.
type saving struct {
	*tx
	box    mail.Mailbox
	people map[string]person // by address key, so that a batch asks once for each
	gone   gone
}

// place is where a message was found in the store.
type place struct {
	ref          mail.MessageRef
	messageID    string
	whole, owed  bool
	wanted, lost bool // lost: it has no UID since a Reset
}

const (
	sqlByUID = `SELECT id, message_id, whole, owed_seen, wanted FROM messages WHERE mailbox = $1 AND uid = $2`
	sqlLost  = `SELECT id, message_id, whole, owed_seen, wanted FROM messages
WHERE mailbox = $1 AND message_id = $2 AND uid IS NULL ORDER BY id LIMIT 1`
)

func (s *saving) find(ctx context.Context, f *mail.Fetched, messageID string) (p place, known bool, err error) {
	into := []any{&p.ref, &p.messageID, &p.whole, &p.owed, &p.wanted}
	if known, err = s.found(ctx, sqlByUID, []any{s.box.ID, f.UID}, into...); known || err != nil {
		return p, known, err
	}
	p.lost = true
	known, err = s.found(ctx, sqlLost, []any{s.box.ID, messageID}, into...)
	return p, known, err
}

func (s *saving) save(ctx context.Context, f *mail.Fetched) error {
	f, err := s.withoutErased(ctx, f)
	if err != nil {
		return err
	}
	m := &f.Message
	out := s.box.Role == mail.RoleSent || m.From.Key() == s.db.us
	with, err := s.with(ctx, m, out)
	if err != nil {
		return err
	}
	messageID := identity(s.box, f)
	p, known, err := s.find(ctx, f, messageID)
	if err != nil {
		return err
	}
	if known {
		if p, known, messageID, err = s.again(ctx, p, messageID); err != nil {
			return err
		}
	}
	lead := anyLead(with)
	row := row{
		out: out, messageID: messageID, at: arrival(f, s.now), whole: lead && (p.whole || m.Whole),
		owed: p.owed && !f.Flags.Seen, seen: p.owed || f.Flags.Seen,
	}
	unread := m.Kind == mail.Bounce && !m.Whole && !out
	row.wanted = !row.whole && (lead || unread) && (!known || p.lost || p.wanted)
	if p.ref, err = s.write(ctx, p.ref, row, f); err != nil {
		return err
	}
	if err := s.keepBody(ctx, p, row, m); err != nil {
		return err
	}
	if row.whole && m.Whole {
		s.speak(p.ref, f)
	}
	if err := s.link(ctx, p.ref, row.at, with); err != nil {
		return err
	}
	return s.consequences(ctx, out, messageID, m)
}

// again readies the row of a message that is known to be written anew. A server
// must not give a UID to another message; where one did, the old one is gone.
func (s *saving) again(ctx context.Context, p place, given string) (place, bool, string, error) {
	stored := messageID(p.messageID)
	if now := messageID(given); stored != "" && now != "" && stored != now {
		return place{}, false, given, s.forget(ctx, []mail.MessageRef{p.ref})
	} else if now == "" {
		given = p.messageID
	}
	return p, true, given, s.unlink(ctx, p.ref)
}

const sqlDropBody = `DELETE FROM bodies WHERE message = $1`

// keepBody writes a body that came, or drops one that nobody may keep now.
func (s *saving) keepBody(ctx context.Context, p place, r row, m *mail.Message) error {
	if r.whole && m.Whole {
		return s.saveBody(ctx, p.ref, m)
	}
	if p.whole && !r.whole {
		_, err := s.exec(ctx, sqlDropBody, p.ref)
		return err
	}
	return nil
}

// consequences are what a mail tells about others: that one of ours has
// arrived at the server, or that an address takes no mail.
func (s *saving) consequences(ctx context.Context, out bool, messageID string, m *mail.Message) error {
	if out {
		return s.landed(ctx, messageID)
	}
	if m.Kind == mail.Bounce && m.Whole { // a header alone says neither which mail nor why
		return s.bounced(ctx, m)
	}
	return nil
}

// identity is the Message-ID, or for a mail without one its place; see schema.sql.
func identity(box mail.Mailbox, f *mail.Fetched) string {
	if id := mail.ParseMessageID(string(f.Message.ID)); id != "" {
		return string(id)
	}
	return fmt.Sprintf("at %d/%d/%d", box.ID, box.UIDValidity, f.UID)
}

// messageID is the Message-ID of a stored identity, "" when it is a place.
func messageID(identity string) mail.MessageID {
	if strings.Contains(identity, " ") {
		return ""
	}
	return mail.MessageID(identity)
}

// arrival is when the mail came to the server; a server that does not say so
// leaves the sender's word, and at last the time we saw it.
func arrival(f *mail.Fetched, now time.Time) time.Time {
	switch {
	case !f.Internal.IsZero():
		return f.Internal
	case !f.Message.Date.IsZero() && f.Message.Date.Before(now):
		return f.Message.Date
	}
	return now
}

// row is what a message's row says beyond what was fetched.
type row struct {
	out, whole, wanted, owed, seen bool
	messageID                      string
	at                             time.Time
}

const (
	sqlInsert = `INSERT INTO messages (mailbox, uid, message_id, at, out, kind, seen, answered, flagged, owed_seen, whole,
wanted, date, size, in_reply_to, from_email, from_name, subject, refs, reply_to, recipients, copies, notes)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) RETURNING id`
	sqlUpdate = `UPDATE messages SET mailbox = $1, uid = $2, message_id = $3, at = $4, out = $5, kind = $6, seen = $7,
answered = $8, flagged = $9, owed_seen = $10, whole = $11, wanted = $12, date = $13, size = $14, in_reply_to = $15,
from_email = $16, from_name = $17, subject = $18, refs = $19, reply_to = $20, recipients = $21, copies = $22, notes = $23
WHERE id = $24 RETURNING id`
)

func (s *saving) write(ctx context.Context, ref mail.MessageRef, r row, f *mail.Fetched) (mail.MessageRef, error) {
	m := &f.Message
	kind := m.Kind
	if kind == "" {
		kind = mail.Personal
	}
	args := []any{s.box.ID, f.UID, r.messageID, ms(r.at), r.out, kind, r.seen, f.Flags.Answered, f.Flags.Flagged, r.owed,
		r.whole, r.wanted, ms(m.Date), f.Size, m.InReplyTo, m.From.Email, m.From.Name, m.Subject, packed(m.References),
		packed(one(m.ReplyTo)), packed(m.To), packed(m.Cc), packed(m.Notes)}
	query := sqlInsert
	if ref != 0 {
		query, args = sqlUpdate, append(args, ref)
	}
	err := s.row(ctx, query, args, &ref)
	return ref, err
}

func one(a mail.Address) []mail.Address {
	if a.IsZero() {
		return nil
	}
	return []mail.Address{a}
}

const (
	sqlLink   = `INSERT INTO message_people (person, at, message) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`
	sqlUnlink = `DELETE FROM message_people WHERE message = $1 RETURNING person`
)

func (s *saving) link(ctx context.Context, ref mail.MessageRef, at time.Time, with []person) error {
	for _, p := range with {
		if _, err := s.exec(ctx, sqlLink, p.id, ms(at), ref); err != nil {
			return err
		}
		s.changed(p.id)
	}
	return nil
}

func (t *tx) unlink(ctx context.Context, ref mail.MessageRef) error {
	people, err := list[mail.PersonID](ctx, t, sqlUnlink, ref)
	t.changed(people...)
	return err
}

const (
	sqlPlaceless = `SELECT id FROM messages WHERE mailbox = $1 AND uid IS NULL`
	sqlForget    = `DELETE FROM messages WHERE id = $1`
)

func (t *tx) forgetPlaceless(ctx context.Context, box mail.Mailbox) error {
	refs, err := list[mail.MessageRef](ctx, t, sqlPlaceless, box.ID)
	if err != nil {
		return err
	}
	return t.forget(ctx, refs)
}

// forget deletes messages; the people they were with are refreshed later.
func (t *tx) forget(ctx context.Context, refs []mail.MessageRef) error {
	for _, ref := range refs {
		if err := t.unlink(ctx, ref); err != nil {
			return err
		}
		if _, err := t.exec(ctx, sqlForget, ref); err != nil {
			return err
		}
	}
	return nil
}

const sqlRefByUID = `SELECT id FROM messages WHERE mailbox = $1 AND uid = $2`

// Expunged forgets messages that the server no longer has, and the people who
// were known by nothing else.
func (db *DB) Expunged(ctx context.Context, box mail.Mailbox, uids []uint32) error {
	err := db.update(ctx, func(t *tx) error {
		for _, uid := range uids {
			refs, err := list[mail.MessageRef](ctx, t, sqlRefByUID, box.ID, uid)
			if err != nil {
				return err
			}
			if err := t.forget(ctx, refs); err != nil {
				return err
			}
		}
		return t.refreshChanged(ctx)
	})
	if err != nil {
		return fmt.Errorf("forget expunged messages: %w", err)
	}
	return nil
}
