package store

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
)

// The machine does what a syncer, a rep and the worker may do, in any order,
// and asks after every step whether what the inbox shows is what the mails say.
type machine struct {
	db     *DB
	ctx    context.Context
	boxes  [2]mail.Mailbox
	uid    uint32
	second int64
	sent   []mail.MessageID
}

func (m *machine) anybody(t *rapid.T) mail.Address {
	n := rapid.IntRange(0, 3).Draw(t, "person")
	return mail.Address{Name: fmt.Sprintf("Osoba %d", n), Email: fmt.Sprintf("p%d@kupiec.example", n)}
}

func (m *machine) somebody(t *rapid.T) (mail.PersonID, bool) {
	ids, err := peopleIDs(m.ctx, m.db)
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) == 0 {
		return 0, false
	}
	return rapid.SampledFrom(ids).Draw(t, "id"), true
}

func peopleIDs(ctx context.Context, db *DB) (ids []mail.PersonID, err error) {
	err = db.view(ctx, func(t *tx) (err error) {
		ids, err = list[mail.PersonID](ctx, t, `SELECT id FROM people ORDER BY id`)
		return err
	})
	return ids, err
}

func (m *machine) mail(t *rapid.T) (mail.Mailbox, mail.Fetched) {
	m.uid++
	box := rapid.IntRange(0, 1).Draw(t, "box")
	us := m.db.options.Account
	f := mail.Fetched{
		UID: rapid.Uint32Range(1, m.uid).Draw(t, "uid"), Internal: time.Unix(m.second+rapid.Int64Range(-3, 3).Draw(t, "at"), 0).UTC(),
		Flags: mail.Flags{Seen: rapid.Bool().Draw(t, "seen"), Answered: rapid.IntRange(0, 9).Draw(t, "answered") == 0},
		Message: mail.Message{
			From: m.anybody(t), To: []mail.Address{us}, Subject: fmt.Sprint(m.uid), Whole: rapid.Bool().Draw(t, "whole"), Text: "text",
			Kind: rapid.SampledFrom([]mail.Kind{mail.Personal, mail.Personal, mail.AutoReply, mail.List}).Draw(t, "kind"),
		},
	}
	if rapid.IntRange(0, 5).Draw(t, "has id") > 0 {
		f.Message.ID = mail.MessageID(fmt.Sprintf("m%d@x.example", rapid.Uint32Range(1, m.uid).Draw(t, "message")))
	}
	if box == 1 {
		f.Message.From, f.Message.To = us, []mail.Address{m.anybody(t), m.anybody(t)}
		if len(m.sent) > 0 && rapid.Bool().Draw(t, "ours") {
			f.Message.ID = rapid.SampledFrom(m.sent).Draw(t, "sent")
		}
	}
	return m.boxes[box], f
}

func (m *machine) actions() map[string]func(*rapid.T) {
	must := func(t *rapid.T, err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	person := func(f func(*rapid.T, mail.PersonID)) func(*rapid.T) {
		return func(t *rapid.T) {
			if id, known := m.somebody(t); known {
				f(t, id)
			}
		}
	}
	return map[string]func(*rapid.T){
		"save": func(t *rapid.T) {
			box, f := m.mail(t)
			must(t, m.db.SaveBatch(m.ctx, box, []mail.Fetched{f}))
		},
		"expunge": func(t *rapid.T) {
			must(t, m.db.Expunged(m.ctx, m.boxes[rapid.IntRange(0, 1).Draw(t, "box")], []uint32{rapid.Uint32Range(1, m.uid+1).Draw(t, "uid")}))
		},
		"flags": func(t *rapid.T) {
			must(t, m.db.SetFlags(m.ctx, m.boxes[0], []mail.FlagChange{{UID: rapid.Uint32Range(1, m.uid+1).Draw(t, "uid"),
				Flags: mail.Flags{Seen: rapid.Bool().Draw(t, "seen"), Answered: rapid.Bool().Draw(t, "answered")}}}))
		},
		"reset": func(t *rapid.T) {
			i := rapid.IntRange(0, 1).Draw(t, "box")
			fresh, err := m.db.Reset(m.ctx, m.boxes[i], rapid.Uint32Range(1, 9).Draw(t, "validity"))
			must(t, err)
			m.boxes[i] = fresh
		},
		"complete": func(t *rapid.T) {
			box := m.boxes[rapid.IntRange(0, 1).Draw(t, "box")]
			box.Complete = true
			must(t, m.db.SaveBatch(m.ctx, box, nil))
		},
		"read":   person(func(t *rapid.T, id mail.PersonID) { must(t, m.db.MarkRead(m.ctx, id)) }),
		"make":   person(func(_ *rapid.T, id mail.PersonID) { _, _ = m.db.MakeLead(m.ctx, id) }), // refused to those who never wrote
		"unmake": person(func(t *rapid.T, id mail.PersonID) { must(t, m.db.UnmakeLead(m.ctx, id)) }),
		"bodies": func(t *rapid.T) {
			wanted, err := m.db.Wanted(m.ctx, m.boxes[0], 9)
			must(t, err)
			for _, uid := range wanted {
				must(t, m.db.SaveBodies(m.ctx, m.boxes[0], []mail.Fetched{{UID: uid, Message: mail.Message{Whole: true, Text: "body"}}}))
			}
		},
		"send": person(func(t *rapid.T, id mail.PersonID) {
			m.uid++
			_, err := m.db.Queue(m.ctx, mail.Draft{Person: id, To: mail.Address{Email: "x@y.example"}, Text: fmt.Sprint(m.uid)}, 0)
			must(t, err)
			out, claimed, err := m.db.Claim(m.ctx)
			must(t, err)
			if claimed {
				must(t, m.db.Sealing(m.ctx, out.ID, []byte("sealed")))
				out.State = rapid.SampledFrom([]mail.OutState{mail.Sent, mail.Sent, mail.Unknown, mail.Failed}).Draw(t, "state")
				must(t, m.db.Settle(m.ctx, out))
				m.sent = append(m.sent, out.MessageID)
			}
		}),
		"": m.check,
	}
}

// check recomputes everybody from their conversation.
func (m *machine) check(t *rapid.T) {
	ids, err := peopleIDs(m.ctx, m.db)
	if err != nil {
		t.Fatal(err)
	}
	page, err := m.db.Rows(m.ctx, consent.Query{Split: consent.SplitAll, Limit: 99})
	if err != nil || page.Total != len(page.Rows) {
		t.Fatalf("total %d of %d rows, %v", page.Total, len(page.Rows), err)
	}
	rows := map[mail.PersonID]consent.Row{}
	for _, row := range page.Rows {
		rows[row.Lead.ID] = row
	}
	for _, id := range ids {
		entries, err := m.db.Conversation(m.ctx, id, 999)
		if err != nil {
			t.Fatal(err)
		}
		m.checkRow(t, rows[id], entries)
	}
	// The index holds what the people hold, and nothing of those who went.
	if _, err := m.db.writer.Exec(`INSERT INTO people_search (people_search, rank) VALUES ('integrity-check', 1)`); err != nil {
		t.Fatalf("the search index is out of step: %v", err)
	}
}

func (m *machine) checkRow(t *rapid.T, row consent.Row, entries []mail.Entry) {
	var messages, unread int
	for _, e := range entries {
		if e.Outgoing != nil && e.Outgoing.State != mail.Sent {
			continue
		}
		messages++
		if !e.Out && !e.Seen {
			unread++
		}
		if !row.Lead.IsLead() && !e.Out && e.Message.Text != "" {
			t.Fatal("a text is kept of somebody who is no lead")
		}
	}
	if row.Messages != messages || row.Unread != unread {
		t.Fatalf("the row says %d mails, %d unread; the conversation %d and %d", row.Messages, row.Unread, messages, unread)
	}
	if row.Waiting && (messages == 0 || row.Lead.ID == 0) {
		t.Fatal("somebody without mail waits")
	}
}

func TestRowsAreWhatTheMailsSay(t *testing.T) {
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue { // a second or two; more on the command line
		if err := flag.Set("rapid.checks", "30"); err != nil {
			t.Fatal(err)
		}
	}
	dir := safeDir(t)
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		o := Options{Path: filepath.Join(dir, fmt.Sprintf("%d.db", n)), Account: mail.Address{Email: "marta@firma.example"},
			Actor: "marta", Key: bytes.Repeat([]byte{7}, MinKey)}
		m := &machine{ctx: context.Background(), second: 1_790_000_000}
		o.Now = func() time.Time { return time.Unix(m.second, 0) }
		db, err := Open(m.ctx, o)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		m.db = db
		if _, err := db.writer.Exec(`PRAGMA synchronous = OFF`); err != nil { // no power fails here
			t.Fatal(err)
		}
		for i, role := range []mail.Role{mail.RoleInbox, mail.RoleSent} {
			box, err := db.Mailbox(m.ctx, "marta@firma.example", string(role), role)
			if err == nil {
				m.boxes[i], err = db.Reset(m.ctx, box, 1)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		t.Repeat(m.actions())
	})
}
