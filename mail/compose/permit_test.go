package compose_test

import (
	"errors"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/compose"
)

// TestSealNeedsThePermitOfThisLetter: every way to seal without the gate's yes
// to exactly this ends in an error and in no bytes.
func TestSealNeedsThePermitOfThisLetter(t *testing.T) {
	w := newWorld(t)
	good := draft("Dzień dobry,\n\nprzesyłam wycenę.\n")
	permit := w.permit(t, good)
	change := func(f func(*mail.Draft)) mail.Draft {
		d := good
		f(&d)
		return d
	}
	late := w.sender()
	late.Now = noon.Add(consent.PermitLife + time.Second)
	early := w.sender()
	early.Now = noon.Add(-consent.PermitLife - time.Second)
	for _, c := range []struct {
		name   string
		permit consent.SendPermit
		draft  mail.Draft
		sender compose.Sender
		want   error
	}{
		{"no permit", consent.SendPermit{}, good, w.sender(), consent.ErrNoPermit},
		{"a stale permit", permit, good, late, consent.ErrStalePermit},
		{"a permit of the future", permit, good, early, consent.ErrStalePermit},
		{"another text", permit, change(func(d *mail.Draft) { d.Text += "PS" }), w.sender(), compose.ErrOtherLetter},
		{"another subject", permit, change(func(d *mail.Draft) { d.Subject += "!" }), w.sender(), compose.ErrOtherLetter},
		{"another person", permit, change(func(d *mail.Draft) { d.Person = piotr }), w.sender(), compose.ErrOtherLetter},
		{"another address", permit, change(func(d *mail.Draft) { d.To.Email = "piotr@firma.example" }), w.sender(), compose.ErrOtherLetter},
		{"another mail answered", permit, change(func(d *mail.Draft) { d.InReplyTo = "x@y" }), w.sender(), compose.ErrOtherLetter},
		{"another language", permit, change(func(d *mail.Draft) { d.Language = "en" }), w.sender(), compose.ErrOtherLetter},
		{"another Message-ID", permit, change(func(d *mail.Draft) { d.MessageID = "" }), w.sender(), compose.ErrOtherLetter},
		{"a wish added after", permit, change(func(d *mail.Draft) { d.TrackOpens = true }), w.sender(), compose.ErrOtherLetter},
		{"no Message-ID", w.permit(t, change(func(d *mail.Draft) { d.MessageID = "" })), change(func(d *mail.Draft) { d.MessageID = "" }), w.sender(), compose.ErrBadID},
		{"a Message-ID that tells", w.permit(t, change(func(d *mail.Draft) { d.MessageID = "lead-ewa-7@jasnykat.example" })), change(func(d *mail.Draft) { d.MessageID = "lead-ewa-7@jasnykat.example" }), w.sender(), compose.ErrBadID},
		{"a Message-ID with a break", w.permit(t, change(func(d *mail.Draft) { d.MessageID = "a\r\nBcc: x@y" })), change(func(d *mail.Draft) { d.MessageID = "a\r\nBcc: x@y" }), w.sender(), compose.ErrBadID},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, seal := range map[string]func() (compose.Sealed, error){
				"Seal":        func() (compose.Sealed, error) { return compose.Seal(c.permit, c.draft, c.sender) },
				"SealTracked": func() (compose.Sealed, error) { return compose.SealTracked(c.permit, nil, c.draft, c.sender) },
			} {
				sealed, err := seal()
				if !errors.Is(err, c.want) || len(sealed.Bytes()) != 0 || !sealed.To().IsZero() {
					t.Errorf("%s: %v with %d bytes, want %v", name, err, len(sealed.Bytes()), c.want)
				}
			}
		})
	}
	if _, err := compose.Seal(permit, good, w.sender()); err != nil {
		t.Errorf("the good draft: %v", err)
	}
}

// TestWithdrawnWhileItWaited: the gate is asked again, so a mail that was
// allowed when it was queued is not sealed after a no.
func TestWithdrawnWhileItWaited(t *testing.T) {
	w := newWorld(t)
	d := tracked("Dzień dobry, przesyłam wycenę.", true, false)
	w.sealTracked(t, d)
	w.record(ewa, consent.KindWithdrawn, consent.TrackOpen)
	var refusal *consent.Refusal
	if _, err := w.gate.MaySend(t.Context(), consent.LetterOf(d)); !errors.As(err, &refusal) {
		t.Errorf("after the withdrawal: %v", err)
	}
	if _, err := w.gate.MayTrack(t.Context(), ewa, consent.TrackOpen); !errors.As(err, &refusal) {
		t.Errorf("tracking after the withdrawal: %v", err)
	}
	plain := draft("Dzień dobry, przesyłam wycenę.")
	w.seal(t, plain)
	w.record(ewa, consent.KindObjected, "")
	if _, err := w.gate.MaySend(t.Context(), consent.LetterOf(plain)); !errors.As(err, &refusal) {
		t.Errorf("after the objection: %v", err)
	}
}

// TestSealTrackedNeedsEachPermit: one purpose never opens another, nor one
// person's consent another's mail.
func TestSealTrackedNeedsEachPermit(t *testing.T) {
	w := newWorld(t)
	text := "Dzień dobry, wycena: https://jasnykat.example/wycena"
	both, opens := tracked(text, true, true), tracked(text, true, false)
	open, click := w.track(t, ewa, consent.TrackOpen), w.track(t, ewa, consent.TrackClick)
	his := w.track(t, piotr, consent.TrackOpen)
	noLinks := w.sender()
	noLinks.Links = nil
	for _, c := range []struct {
		name   string
		draft  mail.Draft
		track  []consent.TrackPermit
		sender compose.Sender
		want   error
	}{
		{"no permit", opens, nil, w.sender(), consent.ErrNoPermit},
		{"the zero permit", opens, []consent.TrackPermit{{}}, w.sender(), consent.ErrNoPermit},
		{"the other purpose", opens, []consent.TrackPermit{click}, w.sender(), consent.ErrNoPermit},
		{"one of two", both, []consent.TrackPermit{open}, w.sender(), consent.ErrNoPermit},
		{"another person's", opens, []consent.TrackPermit{his}, w.sender(), compose.ErrOtherPerson},
		{"another person's beside the right one", opens, []consent.TrackPermit{open, his}, w.sender(), compose.ErrOtherPerson},
		{"no portal", opens, []consent.TrackPermit{open}, noLinks, compose.ErrNoLinks},
	} {
		t.Run(c.name, func(t *testing.T) {
			sealed, err := compose.SealTracked(w.permit(t, c.draft), c.track, c.draft, c.sender)
			if !errors.Is(err, c.want) || len(sealed.Bytes()) != 0 {
				t.Errorf("%v with %d bytes, want %v", err, len(sealed.Bytes()), c.want)
			}
		})
	}
	if _, err := compose.Seal(w.permit(t, opens), opens, w.sender()); !errors.Is(err, compose.ErrTracking) {
		t.Errorf("Seal of a draft that wishes tracking: %v", err)
	}
	w.now = noon.Add(50 * time.Second)
	permit := w.permit(t, opens)
	w.now = noon.Add(90 * time.Second)
	if _, err := compose.SealTracked(permit, []consent.TrackPermit{open}, opens, w.sender()); !errors.Is(err, consent.ErrStalePermit) {
		t.Errorf("a stale tracking permit: %v", err)
	}
}
