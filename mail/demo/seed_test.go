package demo_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/emersion/go-imap/v2"

	"zgoda/mail"
	"zgoda/mail/demo"
	"zgoda/mail/mime"
)

// seeded is every mail of a fresh world, parsed, by folder.
func seeded(t *testing.T, w *demo.World) map[string][]mail.Message {
	t.Helper()
	c := login(t, w, nil)
	all := make(map[string][]mail.Message)
	for _, name := range []string{"INBOX", "Sent"} {
		choose(t, c, name)
		for _, f := range fetchAll(t, c) {
			all[name] = append(all[name], mime.Parse(f.raw))
		}
	}
	return all
}

func TestTheWorldIsBigAndVaried(t *testing.T) {
	w := start(t, demo.Options{})
	mails := seeded(t, w)
	if n := len(mails["INBOX"]) + len(mails["Sent"]); n < 80 {
		t.Errorf("%d mails", n)
	}
	kinds := make(map[mail.Kind]int)
	var trackers, files, receipts, fromHTML int
	for _, m := range slices.Concat(mails["INBOX"], mails["Sent"]) {
		kinds[m.Kind]++
		trackers += len(m.Trackers)
		files += len(m.Attachments)
		if m.AskReceipt {
			receipts++
		}
		if m.FromHTML {
			fromHTML++
		}
	}
	for _, k := range []mail.Kind{mail.Personal, mail.AutoReply, mail.Bounce, mail.List} {
		if kinds[k] == 0 {
			t.Errorf("no %s mail", k)
		}
	}
	if trackers == 0 || files < 5 || receipts == 0 || fromHTML == 0 {
		t.Errorf("%d trackers, %d attachments, %d receipts, %d made from HTML", trackers, files, receipts, fromHTML)
	}
	people := w.People()
	leads, countries, languages := 0, map[string]bool{}, map[string]int{}
	for _, p := range people {
		if p.Lead {
			leads++
			countries[p.Country] = true
		}
		languages[p.Language]++
	}
	if len(people) < 25 || leads < 15 || len(people)-leads < 5 || len(countries) < 6 || languages["de"] < 2 {
		t.Errorf("%d people, %d leads, countries %v, languages %v", len(people), leads, countries, languages)
	}
}

func TestEverySeededMailParsesWhole(t *testing.T) {
	w := start(t, demo.Options{})
	known := make(map[string]bool)
	for _, p := range w.People() {
		known[p.Address.Key()] = true
	}
	ids := make(map[mail.MessageID]bool)
	all := seeded(t, w)
	for name, mails := range all {
		for _, m := range mails {
			hostile := strings.Contains(m.From.Email, "jasnyk\u0105t")
			if len(m.Notes) > 0 && !hostile && m.Kind != mail.Bounce { // a report says why in a note
				t.Errorf("%s: %q has notes %v", name, m.Subject, m.Notes)
			}
			if m.From.IsZero() || m.Date.IsZero() || m.Subject == "" || m.ID == "" && !hostile || m.Text == "" {
				t.Errorf("%s: %q lacks something: from %q, id %q", name, m.Subject, m.From.Email, m.ID)
			}
			other := m.From
			if name == "Sent" {
				other = m.To[0]
			}
			if !known[other.Key()] && m.Kind != mail.Bounce {
				t.Errorf("%s: %q is with nobody of the cast", name, m.Subject)
			}
			if ids[m.ID] {
				t.Errorf("the id of %q is there twice", m.Subject)
			}
			ids[m.ID] = true
		}
	}
	for _, mails := range all {
		threadedAndSafe(t, mails, ids)
	}
}

func threadedAndSafe(t *testing.T, mails []mail.Message, ids map[mail.MessageID]bool) {
	t.Helper()
	for _, m := range mails {
		if m.InReplyTo != "" && !ids[m.InReplyTo] && m.Kind != mail.Bounce {
			t.Errorf("%q answers a mail that is not there", m.Subject)
		}
		if strings.ContainsFunc(m.Subject+m.From.Name+m.Text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
			t.Errorf("%q has a control character after parsing", m.Subject)
		}
		if strings.Contains(m.Text, "\ufffd") || strings.Contains(m.Subject, "\ufffd") {
			t.Errorf("%q lost a letter", m.Subject)
		}
	}
}

func TestTheBounceNamesTheMailItIsAbout(t *testing.T) {
	all := seeded(t, start(t, demo.Options{}))
	sent := make(map[mail.MessageID]string)
	for _, m := range all["Sent"] {
		sent[m.ID] = m.To[0].Email
	}
	for _, m := range all["INBOX"] {
		if m.Kind == mail.Bounce && sent[m.InReplyTo] != "k.zawadzki@dawnafirma.example" {
			t.Errorf("the bounce is about %q", m.InReplyTo)
		}
	}
}

// Every event is one that the ledger can take: a proof, in the past, in order,
// and what is granted has the sentence that was agreed to (law.md L7.1).
func TestL7_1_TheSeededLedgerHasItsEvidence(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	w := start(t, demo.Options{Now: func() time.Time { return now }})
	for _, p := range w.People() {
		if !p.Lead && (len(p.Events) > 0 || p.Source != "") {
			t.Errorf("%s is no lead and has a ledger", p.Name)
		}
		if p.Lead && (p.Source == "" || p.SourceKind == "" || p.ObtainedAt.IsZero() || len([]rune(p.Reason)) < 40) {
			t.Errorf("%s: source, time or reason is missing", p.Name)
		}
		var last time.Time
		for _, e := range p.Events {
			if e.Evidence == "" || e.Method == "" || e.At.IsZero() || e.At.After(now) || e.At.Before(last) || e.At.Before(p.ObtainedAt) {
				t.Errorf("%s: %s is not proved or not in order", p.Name, e.Kind)
			}
			if e.Kind == "granted" && (e.Wording == "" || e.Language == "") {
				t.Errorf("%s: what was agreed to is missing", p.Name)
			}
			last = e.At
		}
	}
}

// The badges have something to show in each of their states.
func TestEveryStateIsInTheSeed(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	w := start(t, demo.Options{Now: func() time.Time { return now }})
	states := make(map[string]int)
	for _, p := range w.People() {
		informed := false
		for _, e := range p.Events {
			states[e.Kind+" "+e.Purpose]++
			informed = informed || e.Kind == "notice"
			if !e.ValidUntil.IsZero() && e.ValidUntil.Before(now) {
				states["expired"]++
			}
		}
		if left := 30*24*time.Hour - now.Sub(p.ObtainedAt); p.Lead && !informed && left < 0 {
			states["notice overdue"]++
		} else if p.Lead && !informed && left < 7*24*time.Hour {
			states["notice due soon"]++
		}
	}
	for _, s := range []string{
		"granted marketing_email", "granted track_open", "granted track_click", "refused marketing_email", "refused track_open",
		"withdrawn track_open", "asked marketing_email", "asked track_open", "objected ", "expired", "notice overdue", "notice due soon",
	} {
		if states[s] == 0 {
			t.Errorf("nobody is %q", s)
		}
	}
}

func TestTheSeedIsTheSameEachTime(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	read := func() []fetched {
		c := login(t, start(t, demo.Options{Now: func() time.Time { return now }}), nil)
		choose(t, c, "INBOX")
		return fetchAll(t, c)
	}
	if !slices.EqualFunc(read(), read(), func(a, b fetched) bool { return string(a.raw) == string(b.raw) }) {
		t.Error("two worlds at one moment differ")
	}
}

func TestUnreadMailIsUnread(t *testing.T) {
	c := login(t, start(t, demo.Options{}), nil)
	choose(t, c, "INBOX")
	data, err := c.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen}}, nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(data.AllUIDs()); n < 8 || n > 25 {
		t.Errorf("%d unread mails", n)
	}
}

func TestBulkIsWholeAndTheSame(t *testing.T) {
	const n = 400
	var mails []demo.Raw
	for m := range demo.Bulk(n) {
		mails = append(mails, m)
	}
	if len(mails) != n || !mails[n-1].At.Equal(demo.BulkEnd()) {
		t.Fatalf("%d mails, the last of %s", len(mails), mails[len(mails)-1].At)
	}
	ids, out := make(map[mail.MessageID]bool), 0
	i := 0
	for m := range demo.Bulk(n) {
		if string(m.Bytes) != string(mails[i].Bytes) {
			t.Fatalf("mail %d differs", i)
		}
		parsed := mime.Parse(m.Bytes)
		if parsed.InReplyTo != "" && !ids[parsed.InReplyTo] || ids[parsed.ID] || len(parsed.Notes) > 0 {
			t.Fatalf("mail %d: answers %q, notes %v", i, parsed.InReplyTo, parsed.Notes)
		}
		ids[parsed.ID] = true
		if m.Out {
			out++
		}
		i++
	}
	if out < n/4 || out > n/2 {
		t.Errorf("%d of %d are ours", out, n)
	}
	c := login(t, start(t, demo.Options{Empty: true, Bulk: n, Now: demo.BulkEnd}), nil)
	if got := choose(t, c, "INBOX").NumMessages; int(got) != n-out {
		t.Errorf("%d mails in INBOX, want %d", got, n-out)
	}
}

func BenchmarkBulk(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for range demo.Bulk(1000) {
		}
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		w, err := demo.Start(b.Context(), demo.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
