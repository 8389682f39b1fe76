package store

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// TestKilledInTheMiddleOfASync kills a process that saves batch after batch.
// Whatever it had said was saved is there, no batch is there by half, and
// running the sync again doubles nothing.
func TestKilledInTheMiddleOfASync(t *testing.T) {
	ctx := context.Background()
	if dir := os.Getenv("ZGODA_STORE_SYNC"); dir != "" {
		syncForever(t, dir)
		return
	}
	dir := safeDir(t)
	child := exec.Command(os.Args[0], "-test.run=^TestKilledInTheMiddleOfASync$")
	child.Env = append(os.Environ(), "ZGODA_STORE_SYNC="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines, said := bufio.NewScanner(out), 0
	for said < 3 && lines.Scan() {
		said++
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait() // it was killed, so it says so

	db, err := Open(ctx, options(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	box, err := db.Mailbox(ctx, "marta@firma.example", "INBOX", mail.RoleInbox)
	if err != nil {
		t.Fatal(err)
	}
	known, err := db.Known(ctx, box)
	if err != nil || len(known) < said*500 || len(known) != int(box.HighUID) {
		t.Errorf("%d batches were saved, %d messages are known, the cursor says %d: %v", said, len(known), box.HighUID, err)
	}
	for uid := uint32(1); uid < box.HighUID; uid += 500 {
		if err := db.SaveBatch(ctx, box, letters500(uid)); err != nil {
			t.Fatal(err)
		}
	}
	if again, err := db.Known(ctx, box); err != nil || len(again) != len(known) {
		t.Errorf("after the sync ran again %d messages are known, before %d: %v", len(again), len(known), err)
	}
	var answer string
	if err := db.writer.QueryRow("PRAGMA integrity_check").Scan(&answer); err != nil || answer != "ok" {
		t.Errorf("the file is %q, %v", answer, err)
	}
}

func syncForever(t *testing.T, dir string) {
	ctx := context.Background()
	db, err := Open(ctx, options(dir))
	if err != nil {
		t.Fatal(err)
	}
	box, err := db.Mailbox(ctx, "marta@firma.example", "INBOX", mail.RoleInbox)
	if err != nil {
		t.Fatal(err)
	}
	for uid := uint32(1); ; uid += 500 {
		box.HighUID = uid + 499
		if err := db.SaveBatch(ctx, box, letters500(uid)); err != nil {
			t.Fatal(err)
		}
		fmt.Println("saved")
	}
}

// TestL5c_DroppedTextLeavesNoBytes looks into the file itself.
func TestL5c_DroppedTextLeavesNoBytes(t *testing.T) {
	ctx := context.Background()
	db := openHere(t)
	box, err := db.Mailbox(ctx, "marta@firma.example", "INBOX", mail.RoleInbox)
	if err != nil {
		t.Fatal(err)
	}
	f := mail.Fetched{UID: 1, Internal: time.UnixMilli(1_790_000_000_000), Message: mail.Message{
		ID: "m@x.example", From: mail.Address{Email: "ewa@x.example"}, Kind: mail.Personal, Whole: true,
		Text: strings.Repeat("nieczytelne zdanie ", 900), // several pages
	}}
	if err := db.SaveBatch(ctx, box, []mail.Fetched{f}); err != nil {
		t.Fatal(err)
	}
	lead, err := db.MakeLead(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	lead.Company, lead.Note = "Wiatrakownia", "notatka prywatna"
	if err := db.SaveLead(ctx, lead); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveBodies(ctx, box, []mail.Fetched{f}); err != nil {
		t.Fatal(err)
	}
	if page, err := db.Rows(ctx, consent.Query{Search: "wiatrakownia"}); err != nil || page.Total != 1 || page.Rows[0].Snippet == "" {
		t.Fatalf("before: %+v, %v", page, err)
	}
	if err := db.UnmakeLead(ctx, 1); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil { // writes the log back
		t.Fatal(err)
	}
	file, err := os.ReadFile(db.options.Path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(db.options.Path + "-wal"); !os.IsNotExist(err) {
		t.Errorf("the log is still there: %v", err)
	}
	for _, word := range []string{"nieczytelne", "iatrakown", "notatka", "prywatna"} {
		if bytes.Contains(bytes.ToLower(file), []byte(word)) {
			t.Errorf("%q is still in the file", word)
		}
	}
	if !bytes.Contains(file, []byte("ewa@x.example")) {
		t.Error("the envelope is not in the file: this test looks at the wrong one")
	}
}
