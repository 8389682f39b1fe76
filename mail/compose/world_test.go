package compose_test

import (
	"context"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/consent/link"
	"zgoda/mail"
	"zgoda/mail/compose"
)

// noon is the one moment of these tests.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

const (
	ewa   mail.PersonID = 7
	piotr mail.PersonID = 8
)

// world is a real gate over a small ledger: two people who wrote to us
// yesterday and were informed, Ewa with consent to be counted.
type world struct {
	people map[mail.PersonID]consent.History
	now    time.Time
	gate   *consent.Gate
	links  *link.Book
}

func (w *world) History(_ context.Context, person mail.PersonID) (consent.History, error) {
	return w.people[person], nil
}

func (w *world) Keep(context.Context, consent.Decision) error { return nil }

func newWorld(t testing.TB) *world {
	t.Helper()
	links, err := link.New("https://zgoda.example", []byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{now: noon, links: links, people: map[mail.PersonID]consent.History{
		ewa:   wrote(ewa, mail.Address{Name: "Ewa Żółć", Email: "ewa@studio.example"}),
		piotr: wrote(piotr, mail.Address{Name: "Piotr", Email: "piotr@firma.example"}),
	}}
	for _, p := range []mail.PersonID{ewa, piotr} {
		w.record(p, consent.KindNotice, "")
		w.record(p, consent.KindGranted, consent.TrackOpen)
		w.record(p, consent.KindGranted, consent.TrackClick)
	}
	w.gate = consent.NewGate(w, consent.Controller{
		Name: "Jasny Kąt sp. z o.o.", Postal: "ul. Prosta 1, Warszawa", Country: "PL", Contact: "rodo@jasnykat.example",
		PolicyURL: policyURL, Offer: "lighting", Retention: "6 months",
	}, func() time.Time { return w.now })
	return w
}

const policyURL = "https://jasnykat.example/privacy"

func wrote(id mail.PersonID, address mail.Address) consent.History {
	return consent.History{
		Lead: consent.Lead{ID: id, Address: address, Language: "pl", Country: "PL", Since: noon.AddDate(0, 0, -1),
			Source: "their mail", ObtainedAt: noon.AddDate(0, 0, -1)},
		Inbound: []consent.Inbound{{ID: theirs, At: noon.AddDate(0, 0, -1)}},
	}
}

const theirs mail.MessageID = "theirs@studio.example"

// record puts an event into the ledger, as old as the conversation.
func (w *world) record(person mail.PersonID, kind consent.Kind, purpose consent.Purpose) {
	h := w.people[person]
	h.Head++
	h.Events = append(h.Events, consent.Event{
		Seq: h.Head, Person: person, Kind: kind, Purpose: purpose, Method: consent.ByEmail, Wording: "Zgadzam się",
		Language: "pl", Evidence: "their mail", At: noon.Add(-time.Hour), RecordedAt: noon.Add(-time.Hour), Actor: "marta",
	})
	w.people[person] = h
}

func (w *world) sender() compose.Sender {
	return compose.Sender{From: mail.Address{Name: "Marta Kąt", Email: "marta@jasnykat.example"}, Now: w.now, Links: w.links}
}

// draft is an answer to Ewa with text.
func draft(text string) mail.Draft {
	return mail.Draft{
		Person: ewa, To: mail.Address{Name: "Ewa Żółć", Email: "ewa@studio.example"}, Subject: "Re: Światło w Łodzi", Text: text,
		Language: "pl", InReplyTo: theirs, References: []mail.MessageID{"first@studio.example", theirs},
		MessageID: "00112233445566778899aabbccddeeff@jasnykat.example",
	}
}

// tracked is draft with wishes, and with the sentence that tells of them.
func tracked(text string, opens, clicks bool) mail.Draft {
	d := draft(consent.SwapTracking(text, "pl", opens, clicks))
	d.TrackOpens, d.TrackClicks = opens, clicks
	return d
}

// permit asks the gate, which must say yes.
func (w *world) permit(t testing.TB, d mail.Draft) consent.SendPermit {
	t.Helper()
	p, err := w.gate.MaySend(context.Background(), consent.LetterOf(d))
	if err != nil {
		t.Fatalf("the gate: %v", err)
	}
	return p
}

func (w *world) track(t testing.TB, person mail.PersonID, purpose consent.Purpose) consent.TrackPermit {
	t.Helper()
	p, err := w.gate.MayTrack(context.Background(), person, purpose)
	if err != nil {
		t.Fatalf("the gate: %v", err)
	}
	return p
}

// seal gives the bytes of a draft without tracking.
func (w *world) seal(t testing.TB, d mail.Draft) compose.Sealed {
	t.Helper()
	s, err := compose.Seal(w.permit(t, d), d, w.sender())
	if err != nil {
		t.Fatalf("seal: %v", err)
	}
	return s
}

// sealTracked gives the bytes of a draft with all that it wishes.
func (w *world) sealTracked(t testing.TB, d mail.Draft) compose.Sealed {
	t.Helper()
	var permits []consent.TrackPermit
	if d.TrackOpens {
		permits = append(permits, w.track(t, d.Person, consent.TrackOpen))
	}
	if d.TrackClicks {
		permits = append(permits, w.track(t, d.Person, consent.TrackClick))
	}
	s, err := compose.SealTracked(w.permit(t, d), permits, d, w.sender())
	if err != nil {
		t.Fatalf("seal: %v", err)
	}
	return s
}
