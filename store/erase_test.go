package store_test

import (
	"bytes"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
	"zgoda/store/storetest"
)

// marked is somebody whose every word is a marker that stands nowhere else.
const (
	markedEmail = "Zyta.Qwyszka@Bartnik-Xylo.example"
	markedName  = "Zyta Qwyszkówna"
)

var markers = []string{
	"zyta.qwyszka", "bartnik-xylo", "Qwyszkówna", "qwyszkowna", "COMPANYMARK", "ROLEMARK", "SOURCEMARK", "REASONMARK", "NOTEMARK",
	"SUBJECTMARK", "BODYMARK", "FILEMARK", "DRAFTMARK", "SEALEDMARK", "EVIDENCEMARK", "WORDINGMARK", "RAWMARK", "ALIASMARK",
	"INPUTMARK", "EDITORMARK", "STALEMARK", "PROVENANCEMARK", "REFERENCEMARK", "TRACKERMARK",
}

// traces searches every byte of every file below the directories for a marker,
// in any case, folded, and inside base64.
func traces(t testing.TB, dirs ...string) []string {
	t.Helper()
	var found []string
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			lower := bytes.ToLower(raw)
			for _, marker := range markers {
				if bytes.Contains(lower, []byte(strings.ToLower(marker))) {
					found = append(found, filepath.Base(path)+": "+marker)
				}
				for shift := range 3 { // base64 of the marker at each place of a group of three
					if code := base64Of(marker, shift); bytes.Contains(raw, code) {
						found = append(found, filepath.Base(path)+": base64 of "+marker)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func base64Of(marker string, shift int) []byte {
	code := base64.StdEncoding.EncodeToString(append(bytes.Repeat([]byte{'x'}, shift), marker...))
	return []byte(code[(shift*8+5)/6+1 : len(code)-4])
}

// writeEverywhere writes the markers into every table that can hold them.
func (d *desk) writeEverywhere() mail.PersonID {
	d.t.Helper()
	from := mail.Address{Name: markedName, Email: markedEmail}
	for i := range 8 {
		d.receive(d.came(markedEmail, time.Duration(i+2)*time.Hour, func(f *mail.Fetched) {
			f.Message.From, f.Message.ReplyTo = from, mail.Address{Email: "replies@bartnik-xylo.example"}
			f.Message.Subject, f.Message.Text = "SUBJECTMARK", strings.Repeat("BODYMARK Dzień dobry. ", 300*(i%2)+1)
			f.Message.Attachments = []mail.Attachment{{Name: "FILEMARK.pdf", Type: "application/pdf", Size: 7}}
			f.Message.Trackers = []mail.Tracker{{Host: "trackermark.example", What: "pixel"}}
			f.Message.References = []mail.MessageID{"referencemark@bartnik-xylo.example"}
			f.Message.ID = mail.MessageID(fmt.Sprintf("m%d@bartnik-xylo.example", i))
			f.Message.Cc = []mail.Address{{Name: "Colleague", Email: "colleague@else.example"}}
		}))
	}
	id := d.person(from.Key())
	lead := ok(d.MakeLead(ctx, id))(d.t)
	lead.Company, lead.Role, lead.Source, lead.Note = "COMPANYMARK sp. z o.o.", "ROLEMARK", "SOURCEMARK", "NOTEMARK"
	lead.Reason, lead.Country = "REASONMARK: they plan to move into a new office in March next year.", "IE"
	d.must(d.SaveLead(ctx, lead))
	for i := range 8 { // now that they are a lead the texts are kept
		d.receive(d.came(markedEmail, time.Duration(i)*time.Minute, func(f *mail.Fetched) {
			f.Message.From, f.Message.Subject, f.Message.Text = from, "SUBJECTMARK", strings.Repeat("BODYMARK Dzień dobry. ", 300*(i%2)+1)
			f.Message.Attachments = []mail.Attachment{{Name: "FILEMARK.pdf"}}
			f.Message.Trackers = []mail.Tracker{{Host: "trackermark.example"}}
		}))
	}
	d.sentBox(d.went(markedEmail, time.Hour, func(f *mail.Fetched) { f.Message.To, f.Message.Text = []mail.Address{from}, "BODYMARK" }))
	d.must(d.SetStale(ctx, id, "STALEMARK"))
	for _, kind := range []consent.Kind{consent.KindGranted, consent.KindWithdrawn, consent.KindNotice} {
		ok(d.Record(ctx, consent.Event{
			Person: id, Kind: kind, Purpose: consent.MarketingEmail, Method: consent.ByEmail, Wording: "WORDINGMARK", Language: "pl",
			Evidence: "EVIDENCEMARK", Message: "referencemark@bartnik-xylo.example", At: d.now,
		}))(d.t)
	}
	d.must(d.Keep(ctx, consent.Decision{Moment: consent.MomentSend, Verdict: consent.Verdict{Person: id, Act: "send", At: d.now},
		Inputs: consent.Inputs{Reason: "INPUTMARK", Subject: "SUBJECTMARK"}, Message: "m@bartnik-xylo.example"}))
	ok(d.SaveDraft(ctx, mail.Draft{Person: id, To: from, Subject: "SUBJECTMARK", Text: strings.Repeat("DRAFTMARK ", 900)}))(d.t)
	queued := ok(d.Queue(ctx, mail.Draft{Person: id, To: from, Subject: "SUBJECTMARK", Text: "DRAFTMARK"}, 0))(d.t)
	ok2(d.Claim(ctx))(d.t)
	raw := "To: " + markedEmail + "\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte("SEALEDMARK and more"+strings.Repeat(" SEALEDMARK", 2000)))
	d.must(d.Sealing(ctx, queued.ID, []byte(raw)))
	queued.State = mail.Unknown
	d.must(d.Settle(ctx, queued))
	d.must(d.Exec(ctx, `INSERT INTO aliases (address_key, person) VALUES ('aliasmark@bartnik-xylo.example', $1)`, id))
	d.must(d.Exec(ctx, `INSERT INTO provenance (person, field, at, source, actor) VALUES ($1, 'company', 7, 'PROVENANCEMARK', 'marta') ON CONFLICT DO NOTHING`, id))
	d.must(d.Exec(ctx, `INSERT INTO raws (hash, person, message_id, at, auth, raw) VALUES ('aa', $1, 'm@bartnik-xylo.example', 7, 'dkim=pass', $2)`, id,
		[]byte("From: "+markedEmail+"\r\n\r\n"+base64.StdEncoding.EncodeToString([]byte("RAWMARK RAWMARK")))))
	d.must(os.WriteFile(filepath.Join(filepath.Dir(d.options.Path), "zgoda-123.txt"), []byte("EDITORMARK"), 0o600))
	d.must(os.WriteFile(filepath.Join(filepath.Dir(d.options.Path), ".zgoda-123.txt.swp"), []byte("EDITORMARK"), 0o600))
	return id
}

// ok2 is ok for a call that also says whether there was something.
func ok2[T any](value T, known bool, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil || !known {
			t.Fatal(known, err)
		}
		return value
	}
}

func (d *desk) home() string { return filepath.Dir(filepath.Dir(d.options.Path)) }

// neighbours are others whose rows lie between those of the marked person: their
// coming and going splits and joins the pages in which the markers lie.
func (d *desk) neighbours(from, to int) {
	for i := from; i < to; i++ {
		email := fmt.Sprintf("%c%c%d@neighbour%d.example", 'a'+i*7%26, 'a'+i*11%26, i, i%17)
		d.receive(d.came(email, time.Duration(i)*time.Minute, func(f *mail.Fetched) { f.Message.Text = strings.Repeat("text ", i*37%400) }))
		if i%2 == 0 {
			ok(d.MakeLead(ctx, d.person(email)))(d.t)
			d.receive(d.came(email, time.Duration(i)*time.Second, func(f *mail.Fetched) { f.Message.Text = strings.Repeat("more ", i*53%900) }))
		}
	}
}

// TestS21_NoByteIsLeft is the test of the issue: markers everywhere, an erasure,
// then every byte of every file, with the database open and closed.
func TestS21_NoByteIsLeft(t *testing.T) {
	d := newDesk(t)
	d.neighbours(0, 60)
	id := d.writeEverywhere()
	d.neighbours(60, 120)
	if before := traces(t, d.home()); len(before) < 20 {
		t.Fatalf("the test writes too few markers: %q", before)
	}
	done := ok(d.Erase(ctx, id, "they asked for it"))(t)
	if done.Left != "" {
		t.Errorf("something is left: %s", done.Left)
	}
	if left := traces(t, d.home()); len(left) > 0 {
		t.Errorf("while it is open: %q", left)
	}
	d.must(d.Close())
	if left := traces(t, d.home()); len(left) > 0 {
		t.Errorf("after it was closed: %q", left)
	}
	d.reopen()
	if left := traces(t, d.home()); len(left) > 0 {
		t.Errorf("after it was opened again: %q", left)
	}
	d.must(d.Check(ctx))
	for _, table := range []string{"people", "messages", "bodies", "outbox", "ledger", "proofs", "decisions", "raws", "aliases", "provenance", "salts"} {
		if done.Rows[table] == 0 {
			t.Errorf("no row went from %s: %v", table, done.Rows)
		}
	}
}

// TestS21_WhileSomebodyReads: a reader keeps the log from being emptied; that is
// said, and done as soon as it is possible.
func TestS21_WhileSomebodyReads(t *testing.T) {
	d := newDesk(t)
	id := d.writeEverywhere()
	other := ok(sql.Open("sqlite", "file:"+d.options.Path+"?mode=ro"))(t)
	reading := ok(other.BeginTx(ctx, nil))(t)
	d.must(reading.QueryRow(`SELECT count(*) FROM people`).Scan(new(int)))
	done := ok(d.Erase(ctx, id, "they asked for it"))(t)
	if !strings.Contains(done.Left, "Another program is reading") {
		t.Errorf("it says %q", done.Left)
	}
	if len(traces(t, d.home())) == 0 {
		t.Error("the reader kept nothing from going, so this test shows nothing")
	}
	d.must(reading.Rollback())
	d.must(other.Close())
	d.reopen()
	if left := traces(t, d.home()); len(left) > 0 {
		t.Errorf("after the reader left and zgoda was started: %q", left)
	}
}

// TestS21_WhatStays: a keyed hash with date and reason, and one row without a name.
func TestS21_WhatStays(t *testing.T) {
	d := newDesk(t)
	id := d.writeEverywhere()
	ok(d.Erase(ctx, id, "they asked for it"))(t)
	hashes := ok(d.RawSuppressions(ctx))(t)
	if len(hashes) != 2 {
		t.Errorf("%d hashes for two addresses", len(hashes))
	}
	if !ok(d.Suppressed(ctx, address(markedEmail)))(t) || !ok(d.Suppressed(ctx, address("aliasmark@bartnik-xylo.example")))(t) {
		t.Error("an address of the person is not on the list")
	}
	if _, err := d.History(ctx, id); err == nil {
		t.Error("there is a history of somebody who was erased")
	}
}

// TestL17_3_ReimportOfAnErasedPersonIsRefused, and of one who objected before.
func TestL17_3_ReimportOfAnErasedPersonIsRefused(t *testing.T) {
	for _, objected := range []bool{false, true} {
		d := newDesk(t)
		id := d.aLead(markedEmail)
		if objected {
			ok(d.Record(ctx, consent.Event{Person: id, Kind: consent.KindObjected, Method: consent.ByEmail, Evidence: "STOP", At: d.now}))(t)
		}
		ok(d.Erase(ctx, id, "they asked for it"))(t)
		for _, spelling := range []string{markedEmail, strings.ToUpper(markedEmail)} {
			_, err := d.AddLead(ctx, consent.Lead{Address: address(spelling), Source: "a list", SourceKind: consent.SourceResearch, ObtainedAt: d.now})
			var told *mail.Problem
			if !errors.As(err, &told) {
				t.Errorf("objected %t: adding them again gave %v", objected, err)
			}
		}
		// They write to us again: whoever only was erased may be answered.
		d.now = d.now.Add(time.Hour)
		d.receive(d.came(markedEmail, time.Minute))
		again := d.person(address(markedEmail).Key())
		if again == id {
			t.Error("the number of somebody who was erased was given again")
		}
		if h := ok(d.History(ctx, again))(t); h.Suppressed != objected || h.Erased.IsZero() != objected {
			t.Errorf("objected %t: suppressed is %t, erased %v", objected, h.Suppressed, h.Erased)
		}
	}
}

// TestL17_MailsOfBeforeStayAway: the server still has them, the sync brings them
// again, and nothing of them is kept; a mail of since is a new person's.
func TestL17_MailsOfBeforeStayAway(t *testing.T) {
	d := newDesk(t)
	id := d.writeEverywhere()
	from := address(markedEmail)
	sent := d.went(markedEmail, time.Hour, func(f *mail.Fetched) { f.Message.Text = "BODYMARK" })
	d.sentBox(sent)
	ok(d.Erase(ctx, id, "they asked for it"))(t)
	before := len(ok(d.Known(ctx, d.inbox))(t))
	old := d.came(markedEmail, time.Hour, func(f *mail.Fetched) { f.Message.From.Name, f.Message.Text = markedName, "BODYMARK" })
	copied := d.came("anna@else.example", time.Hour, func(f *mail.Fetched) {
		f.Message.Cc, f.Message.ReplyTo = []mail.Address{from, address("bob@else.example")}, from
	})
	d.receive(old, copied)
	d.sentBox(sent)
	if _, known := d.row(from.Key()); known {
		t.Error("a mail of before brought them back")
	}
	if left := traces(t, d.home()); len(left) > 0 {
		t.Errorf("a sync wrote %q", left)
	}
	if known := ok(d.Known(ctx, d.inbox))(t); len(known) != before+2 {
		t.Errorf("%d places are known, want %d: else the mails are fetched at every sync", len(known), before+2)
	}
	anna := d.entries(d.person("anna@else.example"))
	if len(anna) != 1 || len(anna[0].Message.Cc) != 1 {
		t.Errorf("the mail of somebody else is %+v", anna)
	}
	d.now = d.now.Add(time.Hour)
	d.receive(d.came(markedEmail, 0))
	if _, known := d.row(from.Key()); !known {
		t.Error("a mail that they wrote since was lost")
	}
}

// TestD5_CopiesAndQuotesAreListed, and nothing of others is taken.
func TestD5_CopiesAndQuotesAreListed(t *testing.T) {
	d := newDesk(t)
	anna := d.aLead("anna@else.example")
	lead := ok(d.History(ctx, anna))(t).Lead
	lead.Note = "Knows Zyta Qwyszkówna from the fair."
	d.must(d.SaveLead(ctx, lead))
	quoting := d.came("anna@else.example", time.Minute, func(f *mail.Fetched) { f.Message.Text = "On Monday ZYTA.QWYSZKA@bartnik-xylo.example wrote:" })
	naming := d.came("anna@else.example", time.Minute, func(f *mail.Fetched) { f.Message.Text = "I asked Zyta Qwyszkowna." })
	subject := d.came("anna@else.example", time.Minute, func(f *mail.Fetched) { f.Message.Subject = "Fwd: Zyta Qwyszkówna" })
	innocent := d.came("anna@else.example", time.Minute, func(f *mail.Fetched) { f.Message.Text = "Zyta is a common name; write to qwyszka@else.example." })
	d.receive(quoting, naming, subject, innocent)
	id := d.writeEverywhere()
	both := d.went(markedEmail, time.Minute, func(f *mail.Fetched) {
		f.Message.To, f.Message.Text = []mail.Address{{Name: markedName, Email: markedEmail}, address("anna@else.example")}, "Dear both"
	})
	d.sentBox(both)
	done := ok(d.Erase(ctx, id, "they asked for it"))(t)
	var quoted []mail.MessageID
	for _, c := range done.Quotes {
		quoted = append(quoted, c.ID)
		if c.Mailbox == "" || c.UID == 0 || c.UIDValidity != 7 {
			t.Errorf("a place is not complete: %+v", c)
		}
	}
	for _, f := range []mail.Fetched{quoting, naming, subject} {
		if !slices.Contains(quoted, f.Message.ID) {
			t.Errorf("the mail %q is not listed", f.Message.Text)
		}
	}
	if slices.Contains(quoted, innocent.Message.ID) {
		t.Error("a mail that names somebody else is listed")
	}
	if len(done.Copies) != 17 {
		t.Errorf("%d copies on the server, want the 17 that are theirs alone", len(done.Copies))
	}
	if !slices.Equal(done.Named, []mail.PersonID{anna}) {
		t.Errorf("named by %v, want %v", done.Named, anna)
	}
	entries := d.entries(anna)
	last := entries[len(entries)-1]
	found := false
	for _, e := range entries {
		found = found || len(e.Message.To) == 1 && e.Message.To[0].Key() == "anna@else.example"
	}
	if !found {
		t.Errorf("the mail to both kept the person, or is gone: %+v", last)
	}
}

// TestErasureIsRefused while a mail leaves, while a hold stands, and with a reason that names the person.
func TestErasureIsRefused(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa.zolc@firma.example")
	refused := func(why, reason string) {
		t.Helper()
		_, err := d.Erase(ctx, id, reason)
		var told *mail.Problem
		if !errors.As(err, &told) || told.NextStep == "" {
			t.Errorf("%s: the answer is %v", why, err)
		}
		if _, known := d.row("ewa.zolc@firma.example"); !known {
			t.Fatalf("%s: they are gone all the same", why)
		}
	}
	refused("no reason", " ")
	refused("the address as a reason", "Ewa.Zolc@firma.example asked for it")
	ok(d.Record(ctx, consent.Event{Person: id, Kind: consent.KindHeld, Evidence: "court case 7/26", At: d.now}))(t)
	refused("a legal hold", "they asked for it")
	d.now = d.now.Add(time.Second)
	ok(d.Record(ctx, consent.Event{Person: id, Kind: consent.KindUnheld, Evidence: "it was settled", At: d.now}))(t)
	queued := ok(d.Queue(ctx, mail.Draft{Person: id, To: address("ewa.zolc@firma.example"), Text: "x"}, 0))(t)
	ok2(d.Claim(ctx))(t)
	refused("a mail that is being handed over", "they asked for it")
	queued.State = mail.Failed
	d.must(d.Settle(ctx, queued))
	ok(d.Erase(ctx, id, "they asked for it"))(t)
}

// TestD6_ABackupThatIsPutBackIsErasedAgain, before anybody sees anything.
func TestD6_ABackupThatIsPutBackIsErasedAgain(t *testing.T) {
	d := newDesk(t)
	journal := filepath.Join(d.home(), "state", "erasures.jsonl")
	d.options.Journal = journal
	d.reopen()
	id := d.writeEverywhere()
	d.neighbours(0, 10)
	d.must(d.Close())
	backup := ok(os.ReadFile(d.options.Path))(t)
	d.reopen()
	first := ok(d.Erase(ctx, d.aLead("other@else.example"), "they asked too"))(t)
	ok(d.Erase(ctx, id, "they asked for it"))(t)
	d.must(d.Close())
	if line := ok(os.ReadFile(journal))(t); bytes.Count(line, []byte("\n")) != 2 || bytes.Contains(bytes.ToLower(line), []byte("zyta")) {
		t.Errorf("the journal says %q after %v", line, first)
	}
	if info := ok(os.Stat(journal))(t); info.Mode().Perm() != 0o600 {
		t.Errorf("the journal has mode %v", info.Mode())
	}
	d.must(os.WriteFile(d.options.Path, backup, 0o600))
	if len(traces(t, d.home())) == 0 {
		t.Fatal("the backup holds nothing, so this test shows nothing")
	}
	readOnly := d.options
	readOnly.ReadOnly = true
	if _, err := store.Open(ctx, readOnly); err == nil {
		t.Error("a command that only reads showed somebody who was erased")
	}
	d.reopen()
	if _, known := d.row(address(markedEmail).Key()); known {
		t.Error("they came back with the backup")
	}
	if left := traces(t, d.home()); len(left) > 0 {
		t.Errorf("the backup brought %q back", left)
	}
	if !ok(d.Suppressed(ctx, address(markedEmail)))(t) || !ok(d.Suppressed(ctx, address("other@else.example")))(t) {
		t.Error("the list lacks who was erased since the backup")
	}
	d.reopen() // a second start finds nothing to do
	db := ok(store.Open(ctx, func() store.Options { d.must(d.Close()); return readOnly }()))(t)
	d.must(db.Close())
}

// TestD6_AFreshDatabaseKnowsTheErased: the whole file is lost, the journal is not.
func TestD6_AFreshDatabaseKnowsTheErased(t *testing.T) {
	d := newDesk(t)
	d.options.Journal = filepath.Join(d.home(), "state", "erasures.jsonl")
	d.reopen()
	ok(d.Erase(ctx, d.aLead(markedEmail), "they asked for it"))(t)
	d.must(d.Close())
	for _, suffix := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(d.options.Path + suffix)
	}
	d.reopen()
	d.inbox = d.mailbox("INBOX", mail.RoleInbox)
	d.receive(d.came(markedEmail, time.Hour))
	if _, known := d.row(address(markedEmail).Key()); known {
		t.Error("a first sync into a new file brought them back")
	}
}

// TestD6_ADamagedJournalIsSaid, and changes nothing.
func TestD6_ADamagedJournalIsSaid(t *testing.T) {
	d := newDesk(t)
	journal := filepath.Join(d.home(), "state", "erasures.jsonl")
	d.options.Journal = journal
	d.reopen()
	ok(d.Erase(ctx, d.aLead("one@else.example"), "they asked for it"))(t)
	ok(d.Erase(ctx, d.aLead("two@else.example"), "they asked for it"))(t)
	d.must(d.Close())
	good := ok(os.ReadFile(journal))(t)
	for name, bad := range map[string][]byte{
		"a line of something else":  append([]byte("hello\n"), good...),
		"a reason that was changed": bytes.Replace(good, []byte("they asked"), []byte("they begged"), 1),
		"two lines in one":          bytes.Replace(good, []byte("\n"), []byte(" "), 1),
	} {
		d.must(os.WriteFile(journal, bad, 0o600))
		_, err := store.Open(ctx, d.options)
		var told *mail.Problem
		if !errors.As(err, &told) || !strings.Contains(told.Sentence, "damaged at line") || !told.Fatal {
			t.Errorf("%s: %v", name, err)
		}
		if now := ok(os.ReadFile(journal))(t); !bytes.Equal(now, bad) {
			t.Errorf("%s: the journal was changed", name)
		}
	}
	// A line that was cut while it was written told of nothing that was done.
	d.must(os.WriteFile(journal, append(slices.Clone(good), `{"number":3,"at":17`...), 0o600))
	d.reopen()
	ok(d.Erase(ctx, d.aLead("three@else.example"), "they asked for it"))(t)
	d.reopen()
	if lines := bytes.Count(ok(os.ReadFile(journal))(t), []byte("\n")); lines != 3 {
		t.Errorf("the journal has %d lines, want 3", lines)
	}
}

// TestL17_WhoWasMergedGoesAlong: what the ledger says under the number of a lead
// who was found to be the same person is copied and erased too, and nobody else's.
func TestL17_WhoWasMergedGoesAlong(t *testing.T) {
	t.Run("a row that is gone", func(t *testing.T) { mergedGoesAlong(t, false) })
	t.Run("a row that stays empty", func(t *testing.T) { mergedGoesAlong(t, true) })
}

func mergedGoesAlong(t *testing.T, shell bool) {
	d := newDesk(t)
	id, old, other := d.aLead("ewa@studio.example"), d.aLead("zyta.qwyszka@old.example"), d.aLead("other@else.example")
	for _, person := range []mail.PersonID{old, other} {
		ok(d.Record(ctx, consent.Event{Person: person, Kind: consent.KindWithdrawn, Purpose: consent.MarketingEmail, Method: consent.ByPhone, Evidence: "EVIDENCEMARK", At: d.now}))(t)
	}
	for _, text := range []string{fmt.Sprintf("lead %d is the same person", old), fmt.Sprintf("lead %d is the same person", other)} {
		ok(d.Record(ctx, consent.Event{Person: id, Kind: consent.KindMerged, Evidence: text, At: d.now}))(t)
	}
	d.must(d.Exec(ctx, `DELETE FROM message_people WHERE person = $1`, old))
	if shell { // the empty row stays, and its address is an alias
		d.must(d.Exec(ctx, `INSERT INTO aliases (address_key, person) VALUES ('zyta.qwyszka@old.example', $1)`, id))
	} else {
		d.must(d.Exec(ctx, `DELETE FROM people WHERE id = $1`, old))
	}
	copied := ok(d.Copy(ctx, id))(t)
	for _, table := range copied.Tables {
		if table.Table == "ledger" && len(table.Rows) != 3 {
			t.Errorf("the copy has %d entries, want the two of the merges and the one of before", len(table.Rows))
		}
	}
	done := ok(d.Erase(ctx, id, "they asked for it"))(t)
	if done.Rows["ledger"] != 3 || done.Rows["salts"] != 3 {
		t.Errorf("what went: %v", done.Rows)
	}
	if h := ok(d.History(ctx, other))(t); len(h.Events) != 1 {
		t.Errorf("somebody else has %d entries left", len(h.Events))
	}
	if _, known := d.row("zyta.qwyszka@old.example"); known {
		t.Error("the row that the merge left behind is still there")
	}
}

var _ = storetest.Now
