package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
)

// Size is how big a world is.
type Size struct {
	Leads    int // people whom a rep made leads
	Others   int // people who only wrote
	Messages int // all mails, in both directions
	Text     int // octets that each text is filled up to; 0 leaves it short
}

// Big is the world that the benchmarks of the screen are measured with.
func Big() Size { return Size{Leads: 10_000, Others: 2_000, Messages: 100_000} }

// Gigabyte is a world whose file is a little over 1 GB, for measuring an erasure.
func Gigabyte() Size { return Size{Leads: 10_000, Others: 2_000, Messages: 130_000, Text: 9_700} }

// batchSize is how many messages the syncer hands over at once.
const batchSize = 500

// Fill writes a world of that size, the same every time: people with Polish,
// English and Japanese names, threads with answers, one mail in four ours.
func Fill(ctx context.Context, db *store.DB, size Size) error {
	inbox, err := db.Mailbox(ctx, Account().Email, "INBOX", mail.RoleInbox)
	if err != nil {
		return err
	}
	sent, err := db.Mailbox(ctx, Account().Email, "Sent", mail.RoleSent)
	if err != nil {
		return err
	}
	inbox.UIDValidity, sent.UIDValidity = 1, 1
	w := &world{random: rand.New(rand.NewPCG(1, 2)), size: size}
	// Envelopes first: everybody gets a mail, so that everybody is known.
	people := size.Leads + size.Others
	if err := w.save(ctx, db, &inbox, people, func(i int) mail.Fetched { return w.from(i, i) }); err != nil {
		return err
	}
	if err := makeLeads(ctx, db, size.Leads); err != nil {
		return err
	}
	ours := (size.Messages - people) / 3
	if err := w.save(ctx, db, &sent, ours, func(i int) mail.Fetched { return w.to(i % size.Leads) }); err != nil {
		return err
	}
	theirs := size.Messages - people - ours
	return w.save(ctx, db, &inbox, theirs, func(i int) mail.Fetched { return w.from(w.random.IntN(people), people+i) })
}

// makeLeads makes the newest n people of the New split leads.
func makeLeads(ctx context.Context, db *store.DB, n int) error {
	for n > 0 {
		page, err := db.Rows(ctx, consent.Query{Split: consent.SplitNew, Back: true, Limit: min(n, batchSize)})
		if err != nil {
			return err
		}
		var ids []mail.PersonID
		for _, row := range page.Rows {
			ids = append(ids, row.Lead.ID)
		}
		if len(ids) == 0 {
			return fmt.Errorf("fill: %d people are missing", n)
		}
		if _, err := db.MakeLeads(ctx, ids...); err != nil {
			return err
		}
		n -= len(ids)
	}
	return nil
}

type world struct {
	random *rand.Rand
	size   Size
	uids   map[int64]uint32
}

func (w *world) save(ctx context.Context, db *store.DB, box *mail.Mailbox, n int, make func(int) mail.Fetched) error {
	if w.uids == nil {
		w.uids = map[int64]uint32{}
	}
	for start := 0; start < n; start += batchSize {
		batch := []mail.Fetched{}
		for i := start; i < min(start+batchSize, n); i++ {
			f := make(i)
			w.uids[box.ID]++
			f.UID = w.uids[box.ID]
			batch = append(batch, f)
		}
		box.HighUID, box.Complete = w.uids[box.ID], true
		if err := db.SaveBatch(ctx, *box, batch); err != nil {
			return err
		}
	}
	return nil
}

// Person is the address of somebody in the world.
func Person(i int) mail.Address {
	first := []string{"Łukasz", "Zofia", "Żaneta", "Paweł", "Ewa", "John", "Grace", "花子", "Jürgen", "Søren"}
	last := []string{"Żółć", "Gęślą", "Nowak", "Wiśniewska", "Kowalski", "Smith", "O'Neil", "山田", "Müller", "Kjær"}
	return mail.Address{
		Name:  first[i%len(first)] + " " + last[(i/len(first))%len(last)],
		Email: fmt.Sprintf("osoba%d@firma%d.example", i, i%997),
	}
}

var subjects = []string{"Zapytanie o ofertę", "Re: Wdrożenie w grudniu", "Pricing for 40 seats", "Pytanie o integrację", "見積もりのお願い"}

func (w *world) mail(i int) mail.Fetched {
	when := Now.Add(-time.Duration(w.random.IntN(365*24*3600)) * time.Second)
	text := fmt.Sprintf("Dzień dobry,\n\npiszę w sprawie nr %d. Czy moglibyśmy porozmawiać w przyszłym tygodniu o wdrożeniu?\n\nPozdrawiam", i)
	if more := w.size.Text - len(text); more > 0 {
		const line = "\n> Zespół pracuje od siódmej do piętnastej; prosimy pisać na biuro@firma.example albo zadzwonić."
		text += strings.Repeat(line, more/len(line)+1)
	}
	return mail.Fetched{
		Flags: mail.Flags{Seen: w.random.IntN(5) > 0}, Internal: when, Size: 4_000,
		Message: mail.Message{Subject: subjects[i%len(subjects)], Date: when, Kind: mail.Personal, Whole: true, Text: text},
	}
}

func (w *world) from(person, i int) mail.Fetched {
	f := w.mail(i)
	f.Message.ID = mail.MessageID(fmt.Sprintf("in-%d@world.example", i))
	f.Message.From, f.Message.To = Person(person), []mail.Address{Account()}
	return f
}

func (w *world) to(person int) mail.Fetched {
	f := w.mail(person)
	f.Message.ID = mail.MessageID(fmt.Sprintf("out-%d-%d@firma.example", person, w.random.Uint64()))
	f.Message.From, f.Message.To = Account(), []mail.Address{Person(person)}
	return f
}
