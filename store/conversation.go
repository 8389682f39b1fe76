package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"zgoda/mail"
)

// Conversation is the newest limit mails with a person, oldest first: all
// mailboxes and the outbox together. A mail that stands in two mailboxes, or
// twice in one, is shown once, and so is one that is in the outbox and the Sent
// mailbox. Drafts being written are not in it.
func (db *DB) Conversation(ctx context.Context, person mail.PersonID, limit int) ([]mail.Entry, error) {
	var entries []mail.Entry
	err := db.view(ctx, func(t *tx) (err error) {
		if entries, err = t.mails(ctx, person, limit); err != nil {
			return err
		}
		waiting, err := t.onTheWay(ctx, person)
		entries = append(entries, waiting...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read a conversation: %w", err)
	}
	slices.SortStableFunc(entries, inOrder)
	return entries[max(0, len(entries)-limit):], nil
}

const sqlConversation = `SELECT m.id, m.at, m.out, m.seen, m.message_id, m.in_reply_to, m.refs, m.from_name, m.from_email,
m.reply_to, m.recipients, m.copies, m.subject, m.date, m.kind, m.whole, m.notes, coalesce(b.text, ''),
coalesce(b.from_html, 0), coalesce(b.ask_receipt, 0), coalesce(b.attachments, ''), coalesce(b.trackers, '')
FROM message_people p JOIN messages m ON m.id = p.message LEFT JOIN bodies b ON b.message = m.id
WHERE p.person = $1 ORDER BY p.at DESC, p.message DESC`

// mails reads from the newest on until it has limit different ones.
func (t *tx) mails(ctx context.Context, person mail.PersonID, limit int) ([]mail.Entry, error) {
	var entries []mail.Entry
	type name struct { // what came may bear an id of ours and is another mail all the same
		identity string
		out      bool
	}
	places := map[name]int{}
	err := t.each(ctx, sqlConversation, []any{person}, func(rows *sql.Rows) error {
		if len(entries) >= limit {
			return errStop
		}
		entry, identity, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if i, twice := places[name{identity, entry.Out}]; twice {
			entries[i] = twin(entries[i], entry)
			return nil
		}
		places[name{identity, entry.Out}] = len(entries)
		entries = append(entries, entry)
		return nil
	})
	slices.Reverse(entries)
	return entries, err
}

func scanEntry(rows *sql.Rows) (e mail.Entry, identity string, err error) {
	m := &e.Message
	var replyTo []mail.Address
	err = rows.Scan(&e.Ref, stamp{&e.At}, &e.Out, &e.Seen, &identity, &m.InReplyTo, unpack[mail.MessageID]{&m.References},
		&m.From.Name, &m.From.Email, unpack[mail.Address]{&replyTo}, unpack[mail.Address]{&m.To}, unpack[mail.Address]{&m.Cc},
		&m.Subject, stamp{&m.Date}, &m.Kind, &m.Whole, unpack[string]{&m.Notes}, &m.Text, &m.FromHTML, &m.AskReceipt,
		unpack[mail.Attachment]{&m.Attachments}, unpack[mail.Tracker]{&m.Trackers})
	m.ID = messageID(identity)
	if len(replyTo) > 0 {
		m.ReplyTo = replyTo[0]
	}
	e.Seen = e.Seen || e.Out
	return e, identity, err
}

// twin is one entry for two copies of a mail: the one that holds the text.
func twin(a, b mail.Entry) mail.Entry {
	seen := a.Seen && b.Seen
	if b.Message.Whole && !a.Message.Whole {
		a = b
	}
	a.Seen = seen
	return a
}

const sqlOnTheWay = `SELECT queued_at, ` + partOutgoing + ` FROM outbox
WHERE person = $1 AND state <> 'editing' AND landed = 0 ORDER BY id`

// onTheWay is what the outbox holds and no mailbox has shown.
func (t *tx) onTheWay(ctx context.Context, person mail.PersonID) ([]mail.Entry, error) {
	var entries []mail.Entry
	err := t.each(ctx, sqlOnTheWay, []any{person}, func(rows *sql.Rows) error {
		var o mail.Outgoing
		var queued time.Time
		if err := rows.Scan(append([]any{stamp{&queued}}, outgoingInto(&o)...)...); err != nil {
			return err
		}
		when := queued
		if o.State == mail.Sent {
			when = o.SentAt
		}
		entries = append(entries, mail.Entry{At: when, Out: true, Seen: true, Outgoing: &o, Message: t.db.messageOf(o)})
		return nil
	})
	return entries, err
}

// messageOf is how a mail in the outbox will look in the Sent mailbox.
func (db *DB) messageOf(o mail.Outgoing) mail.Message {
	return mail.Message{
		ID: o.MessageID, InReplyTo: o.InReplyTo, References: o.References, From: db.options.Account, To: []mail.Address{o.To},
		Subject: o.Subject, Date: o.SentAt, Kind: mail.Personal, Whole: true, Text: o.Text,
	}
}

// inOrder puts an answer after what it answers within one second, which is as
// fine as INTERNALDATE is.
func inOrder(a, b mail.Entry) int {
	if order := cmp.Compare(a.At.Unix(), b.At.Unix()); order != 0 {
		return order
	}
	switch {
	case b.Message.ID != "" && a.Message.InReplyTo == b.Message.ID:
		return 1
	case a.Message.ID != "" && b.Message.InReplyTo == a.Message.ID:
		return -1
	}
	return 0
}
