package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	codes "modernc.org/sqlite/lib"

	"zgoda/mail"
)

func letters500(uid uint32) []mail.Fetched {
	var batch []mail.Fetched
	for i := range uint32(500) {
		batch = append(batch, mail.Fetched{UID: uid + i, Internal: time.UnixMilli(1_790_000_000_000), Message: mail.Message{
			ID: mail.MessageID(fmt.Sprintf("m%d@elsewhere.example", uid+i)), From: mail.Address{Email: fmt.Sprintf("p%d@x.example", i)},
			Subject: strings.Repeat("x", 200), Kind: mail.Personal,
		}})
	}
	return batch
}

func TestFullDiskLosesNothing(t *testing.T) {
	ctx := context.Background()
	db := openHere(t)
	box, err := db.Mailbox(ctx, "marta@firma.example", "INBOX", mail.RoleInbox)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SaveBatch(ctx, box, letters500(1)); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := db.writer.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	limit := func(n int) {
		t.Helper()
		if _, err := db.writer.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages + 3)
	box.HighUID = 1000
	err = db.SaveBatch(ctx, box, letters500(501))
	if p := told(t, err); code(err) != codes.SQLITE_FULL || p.Fatal {
		t.Errorf("a full disk gave %v, fatal %t", err, p.Fatal)
	}
	if known, err := db.Known(ctx, box); err != nil || len(known) != 500 {
		t.Errorf("%d messages are known, %v", len(known), err)
	}
	if stored, err := db.Mailbox(ctx, box.Account, box.Name, box.Role); err != nil || stored.HighUID != 0 {
		t.Errorf("the cursor moved to %d, %v", stored.HighUID, err)
	}
	limit(1 << 20)
	if err := db.SaveBatch(ctx, box, letters500(501)); err != nil {
		t.Errorf("with space again: %v", err)
	}
	if known, err := db.Known(ctx, box); err != nil || len(known) != 1000 {
		t.Errorf("%d messages are known, %v", len(known), err)
	}
}

func TestReadersDoNotWaitForTheWriter(t *testing.T) {
	ctx := context.Background()
	db := openHere(t)
	err := db.update(ctx, func(t *tx) error {
		if _, err := t.exec(ctx, sqlMailboxMake, "a", "INBOX", "inbox"); err != nil {
			return err
		}
		// While this write is open, every reader answers, from before it.
		for range readers * 3 {
			if counts, err := db.Counts(ctx); err != nil || counts.All != 0 {
				return fmt.Errorf("counted %+v: %w", counts, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestWriterDoesNotWaitForAReader(t *testing.T) {
	ctx := context.Background()
	db := openHere(t)
	err := db.view(ctx, func(t *tx) error {
		var before, after int64
		if err := t.row(ctx, sqlHead, nil, &before); err != nil {
			return err
		}
		box, err := db.Mailbox(ctx, "a", "INBOX", mail.RoleInbox)
		if err != nil {
			return err
		}
		if err := db.SaveBatch(ctx, box, letters500(1)); err != nil {
			return err
		}
		var all int64
		if err := t.row(ctx, sqlAllTotal, nil, &all); err != nil || all != 0 {
			return fmt.Errorf("the reader's moment moved to %d people: %w", all, err)
		}
		return t.row(ctx, sqlHead, nil, &after)
	})
	if err != nil {
		t.Error(err)
	}
}

func TestCancelledQuestionEnds(t *testing.T) {
	db := openHere(t)
	ctx, cancel := context.WithCancel(context.Background())
	err := db.view(ctx, func(t *tx) error {
		cancel()
		var n int64
		return t.row(ctx, `WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c`, nil, &n)
	})
	var p *mail.Problem
	if !errors.Is(err, context.Canceled) || errors.As(err, &p) {
		t.Errorf("cancelling gave %v", err)
	}
	if _, err := db.Counts(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context gave %v", err)
	}
	if _, err := db.Counts(context.Background()); err != nil {
		t.Errorf("the next question: %v", err)
	}
}

func TestErrorsNameNobody(t *testing.T) {
	ctx := context.Background()
	db := openHere(t)
	box, err := db.Mailbox(ctx, "marta@firma.example", "INBOX", mail.RoleInbox)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.writer.Exec(`DROP TABLE message_people`); err != nil {
		t.Fatal(err)
	}
	err = db.SaveBatch(ctx, box, []mail.Fetched{{UID: 1, Message: mail.Message{
		ID: "secret@id.example", From: mail.Address{Name: "Sekretna", Email: "sekretna@x.example"}, Subject: "sekret",
	}}})
	if err == nil || strings.Contains(strings.ToLower(err.Error()), "sekret") {
		t.Errorf("the error is %v", err)
	}
}

func TestE4_LedgerIsAppendOnly(t *testing.T) {
	ctx := context.Background()
	db := openHere(t)
	for _, setup := range []string{
		`INSERT INTO people (id, address_key, email) VALUES (1, 'a@b', 'a@b')`,
		`INSERT INTO ledger VALUES (1, 1, 'objected', '', 'e-mail', 1, 1, 'marta', 0, 0, '', '')`,
		`INSERT INTO proofs VALUES (1, 1, '', '', 'their mail', '', '', '', '', '', '')`,
	} {
		if _, err := db.writer.ExecContext(ctx, setup); err != nil {
			t.Fatal(err)
		}
	}
	for _, attack := range []string{
		`UPDATE ledger SET kind = 'granted'`,
		`DELETE FROM ledger`,
		`INSERT OR REPLACE INTO ledger VALUES (1, 1, 'granted', 'track_open', 'e-mail', 1, 1, 'marta', 0, 0, '', '')`,
		`INSERT INTO ledger VALUES (1, 1, 'granted', '', '', 1, 1, '', 0, 0, '', '') ON CONFLICT (seq) DO UPDATE SET kind = 'granted'`,
		`UPDATE proofs SET evidence = 'none'`,
		`DELETE FROM proofs`,
		`INSERT OR REPLACE INTO proofs VALUES (1, 1, '', '', 'none', '', '', '', '', '', '')`,
	} {
		if _, err := db.writer.ExecContext(ctx, attack); code(err) != codes.SQLITE_CONSTRAINT {
			t.Errorf("%s: %v", attack, err)
		}
	}
	// With the person the entry may go too; its place in the chain stays.
	for _, erase := range []string{`DELETE FROM people`, `DELETE FROM proofs`, `DELETE FROM ledger`} {
		if _, err := db.writer.ExecContext(ctx, erase); err != nil {
			t.Errorf("%s: %v", erase, err)
		}
	}
}
