package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"zgoda/consent"
	"zgoda/consent/intent"
	"zgoda/mail"
)

// spoken is a whole mail that this transaction stored and has not heard yet.
type spoken struct {
	ref  mail.MessageRef
	text string
	raw  []byte
	auth mail.Authentication
}

// speak notes a mail with a body; hearAll hears it when the batch is stored, so
// that a later mail of the same batch is known by then.
func (t *tx) speak(ref mail.MessageRef, f *mail.Fetched) {
	t.spoken = append(t.spoken, spoken{ref: ref, text: f.Message.Text, raw: f.Raw, auth: f.Auth})
}

// said is who said it, and where it stands.
type said struct {
	person  mail.PersonID
	at      time.Time
	id      string
	subject string
	spoken
}

const sqlSaid = `SELECT p.person, m.at, m.message_id, m.subject FROM messages m JOIN message_people p ON p.message = m.id
JOIN people ON people.id = p.person WHERE m.id = $1 AND m.out = 0 AND m.kind = 'personal' AND people.since > 0`

// hearAll hears what leads wrote, the oldest first, and records what it changes
// in the transaction that stores the mail: a stop acts before the next mail could
// leave (GDPR Art. 21(3); law.md L21.2).
func (t *tx) hearAll(ctx context.Context) error {
	var all []said
	for _, one := range t.spoken {
		s := said{spoken: one}
		known, err := t.found(ctx, sqlSaid, []any{one.ref}, &s.person, stamp{&s.at}, &s.id, &s.subject)
		if err != nil {
			return err
		}
		if known && t.db.readings.tells(s.subject, s.text) {
			all = append(all, s)
		}
	}
	t.spoken = nil
	slices.SortStableFunc(all, func(a, b said) int { return a.at.Compare(b.at) })
	for _, s := range all {
		if err := t.hear(ctx, s); err != nil {
			return fmt.Errorf("hear message %d: %w", s.ref, err)
		}
	}
	return nil
}

func (t *tx) hear(ctx context.Context, s said) error {
	history, err := t.history(ctx, s.person)
	if err != nil {
		return err
	}
	heard := consent.Heard{
		ID: mail.MessageID(s.id), At: s.at, Kind: mail.Personal, Intent: intent.Read(s.subject, s.text), Auth: s.auth, Placed: messageID(s.id) == "",
	}
	if len(s.raw) > 0 {
		sum := sha256.Sum256(s.raw)
		heard.Raw = hex.EncodeToString(sum[:])
	}
	hearing := consent.Hear(history, heard, t.now)
	if hearing.Keep && heard.Raw != "" {
		if err := t.keepRaw(ctx, heard.Raw, s); err != nil {
			return err
		}
	}
	for _, e := range hearing.Events {
		if _, err := t.record(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// A mail that answers theirs may still rest on that, and what the law itself
// demands goes on; of both the gate is asked when they are due.
const sqlWithdrawnQueue = `UPDATE outbox SET state = 'refused', reason = $1, next_step = $2, updated_at = $3
WHERE person = $4 AND state = 'queued' AND in_reply_to = '' AND duty = ''`

// withdrawn takes back what waits and rested on the consent that is gone (Art. 7(3)).
func (t *tx) withdrawn(ctx context.Context, person mail.PersonID) error {
	n, err := t.exec(ctx, sqlWithdrawnQueue, "They took their consent back while this mail waited.",
		"Discard it; nothing was sent.", ms(t.now), person)
	t.change.Outbox = t.change.Outbox || n > 0
	return err
}

const sqlKeepRaw = `INSERT INTO raws (hash, person, message_id, at, auth, raw) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO NOTHING`

// keepRaw keeps the bytes of a mail that answers a question, whatever becomes of
// it on the server (Art. 7(1); law.md L7.1).
func (t *tx) keepRaw(ctx context.Context, hash string, s said) error {
	_, err := t.exec(ctx, sqlKeepRaw, hash, s.person, s.id, ms(s.at), s.auth.String(), s.raw)
	return err
}

// doubts says of each of a person's newest mails whether a person must judge it.
// A mail whose yes was proven has its entry; of every other it is enough to know
// that its sender is not proven any more.
func doubts(h *consent.History, subjects, texts []string, now time.Time) {
	if !slices.ContainsFunc(h.Events, func(e consent.Event) bool { return e.Kind == consent.KindAsked }) {
		return
	}
	for i := range h.Inbound {
		in := &h.Inbound[i]
		if in.Stop || !consent.MayBeAnswer(texts[i]) {
			continue
		}
		heard := consent.Heard{ID: in.ID, At: in.At, Kind: mail.Personal, Intent: intent.Read(subjects[i], texts[i])}
		in.Doubt = consent.Hear(*h, heard, now).Doubt
	}
}

// Raw is a raw mail that was kept as a proof, by its SHA-256 in hex; false when
// there is none.
func (db *DB) Raw(ctx context.Context, hash string) ([]byte, bool, error) {
	var raw []byte
	var known bool
	err := db.view(ctx, func(t *tx) (err error) {
		known, err = t.found(ctx, sqlRaw, []any{hash}, &raw)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("read a proof: %w", err)
	}
	return raw, known, nil
}

const sqlRaw = `SELECT raw FROM raws WHERE hash = $1`
