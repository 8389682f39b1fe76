package link

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

var key = bytes.Repeat([]byte("k"), MinKey)

const id mail.MessageID = "0123456789abcdef@jasnykat.example"

// ledger is one person who agreed to every purpose.
type ledger struct{}

func (ledger) History(_ context.Context, person mail.PersonID) (consent.History, error) {
	h := consent.History{Lead: consent.Lead{ID: person, Country: "PL", Address: mail.Address{Email: "ewa@studio.example"}}}
	for i, p := range consent.Purposes() {
		h.Events = append(h.Events, consent.Event{Seq: int64(i + 1), Person: person, Kind: consent.KindGranted, Purpose: p, Method: consent.ByForm,
			Wording: "I agree", Evidence: "form 7", At: noon.Add(-time.Hour), Actor: "marta"})
	}
	return h, nil
}

func (ledger) Keep(context.Context, consent.Decision) error { return nil }

func permit(t testing.TB, person mail.PersonID, purpose consent.Purpose) consent.TrackPermit {
	t.Helper()
	gate := consent.NewGate(ledger{}, consent.Controller{}, func() time.Time { return noon })
	p, err := gate.MayTrack(context.Background(), person, purpose)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func book(t testing.TB) *Book {
	t.Helper()
	b, err := New("https://p.example.org/zgoda/", key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestNew(t *testing.T) {
	for _, tc := range []struct {
		base string
		key  []byte
		want error
	}{
		{"https://p.example.org", key, nil}, {"https://p.example.org:8443/z/", key, nil}, {"http://127.0.0.1:8080", key, nil},
		{"http://localhost:8080", key, nil}, {"http://[::1]:8080", key, nil},
		{"http://p.example.org", key, ErrBadBase}, {"http://localhost.example.org", key, ErrBadBase}, {"http://127.0.0.1.example.org", key, ErrBadBase},
		{"ftp://p.example.org", key, ErrBadBase}, {"p.example.org", key, ErrBadBase}, {"", key, ErrBadBase}, {"https://", key, ErrBadBase},
		{"https://user:secret@p.example.org", key, ErrBadBase}, {"https://p.example.org/?lead=7", key, ErrBadBase}, {"https://p.example.org/?", key, ErrBadBase},
		{"https://p.example.org/#x", key, ErrBadBase}, {"https://p.example.org/#", key, ErrBadBase}, {"https:p.example.org", key, ErrBadBase},
		{"https://p.example.org\r\n", key, ErrBadBase}, {"https://p.example.org", key[1:], ErrShortKey}, {"https://p.example.org", nil, ErrShortKey},
	} {
		b, err := New(tc.base, tc.key)
		if !errors.Is(err, tc.want) || (b != nil) != (tc.want == nil) {
			t.Errorf("%q with %d bytes: %v", tc.base, len(tc.key), err)
		}
	}
}

// TestT2_AddressTellsNothing: whom, which lead and how many cannot be read from an address.
func TestT2_AddressTellsNothing(t *testing.T) {
	b := book(t)
	pixel, err := b.Pixel(permit(t, 4711, consent.TrackOpen), id, noon)
	if err != nil {
		t.Fatal(err)
	}
	click, err := b.Click(permit(t, 4711, consent.TrackClick), id, "https://jasnykat.example/page?x=1", noon)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(pixel, "https://p.example.org/zgoda/o/") || !strings.HasSuffix(pixel, ".gif") || !strings.HasPrefix(click, "https://p.example.org/zgoda/r/") {
		t.Errorf("addresses %s %s", pixel, click)
	}
	for _, address := range []string{pixel, click} {
		u, err := url.Parse(address)
		if err != nil || u.RawQuery != "" || u.Fragment != "" {
			t.Errorf("%s: %v", address, err)
		}
		token := strings.TrimSuffix(path.Base(u.Path), ".gif")
		raw, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil || len(raw)*8 < 128 {
			t.Errorf("a token of %d bits: %v", len(raw)*8, err)
		}
		for _, secret := range []string{"4711", "ewa", "studio", "0123456789abcdef", "jasnykat"} {
			if strings.Contains(address, secret) || strings.Contains(string(raw), secret) {
				t.Errorf("%s holds %s", address, secret)
			}
		}
	}
}

// TestToken_DependsOnAllItIsFor and on nothing else.
func TestToken_DependsOnAllItIsFor(t *testing.T) {
	b := book(t)
	other, err := New("https://p.example.org", bytes.Repeat([]byte("x"), MinKey))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for name, token := range map[string]string{
		"open": b.token(consent.TrackOpen, id, ""), "click": b.token(consent.TrackClick, id, ""), "message": b.token(consent.TrackOpen, "x"+id, ""),
		"target": b.token(consent.TrackClick, id, "a"), "parts": b.token(consent.TrackClick, id+"a", ""), "key": other.token(consent.TrackOpen, id, ""),
	} {
		if before, ok := seen[token]; ok {
			t.Errorf("%s and %s are one token", name, before)
		}
		seen[token] = name
	}
	first, _ := b.Pixel(permit(t, 1, consent.TrackOpen), id, noon)
	again, _ := b.Pixel(permit(t, 1, consent.TrackOpen), id, noon.Add(time.Second))
	if first == "" || first != again {
		t.Error("the same message has two addresses")
	}
}

// TestPermit_IsNeeded: none, a stale one and one for another purpose spell nothing.
func TestPermit_IsNeeded(t *testing.T) {
	b := book(t)
	open, click, device := permit(t, 1, consent.TrackOpen), permit(t, 1, consent.TrackClick), permit(t, 1, consent.TrackDevice)
	const target = "https://jasnykat.example/"
	for _, tc := range []struct {
		name   string
		permit consent.TrackPermit
		at     time.Time
		pixel  error
		click  error
	}{
		{"open", open, noon, nil, consent.ErrNoPermit},
		{"click", click, noon, consent.ErrNoPermit, nil},
		{"device", device, noon, consent.ErrNoPermit, consent.ErrNoPermit},
		{"zero", consent.TrackPermit{}, noon, consent.ErrNoPermit, consent.ErrNoPermit},
		{"stale open", open, noon.Add(consent.PermitLife + 1), consent.ErrStalePermit, consent.ErrStalePermit},
		{"stale click", click, noon.Add(consent.PermitLife + 1), consent.ErrStalePermit, consent.ErrStalePermit},
	} {
		pixel, err := b.Pixel(tc.permit, id, tc.at)
		if !errors.Is(err, tc.pixel) || (pixel != "") != (tc.pixel == nil) {
			t.Errorf("pixel with %s: %q, %v", tc.name, pixel, err)
		}
		counted, err := b.Click(tc.permit, id, target, tc.at)
		if !errors.Is(err, tc.click) || (counted != "") != (tc.click == nil) {
			t.Errorf("click with %s: %q, %v", tc.name, counted, err)
		}
	}
	if _, err := b.Pixel(open, "", noon); !errors.Is(err, ErrNoMessage) {
		t.Errorf("no message: %v", err)
	}
	for _, nobody := range []*Book{nil, {}} {
		if address, err := nobody.Pixel(open, id, noon); !errors.Is(err, ErrBadBase) || address != "" {
			t.Errorf("zero book: %q %v", address, err)
		}
	}
}

func TestClick_Target(t *testing.T) {
	b, p := book(t), permit(t, 1, consent.TrackClick)
	for _, target := range []string{"", "jasnykat.example", "/page", "//jasnykat.example", "javascript:alert(1)", "mailto:a@b.example", "data:text/html,x",
		"https://", "https:///x", "https://user:pw@jasnykat.example", "https://jasnykat.example/\x00", "https://exa mple.org"} {
		if address, err := b.Click(p, id, target, noon); !errors.Is(err, ErrBadTarget) || address != "" {
			t.Errorf("%q: %q, %v", target, address, err)
		}
	}
	for _, target := range []string{"https://jasnykat.example", "http://jasnykat.example/a?b=c#d"} {
		if _, err := b.Click(p, id, target, noon); err != nil {
			t.Errorf("%q: %v", target, err)
		}
	}
}

// TestNew_KeepsItsOwnKey: who gave the key may wipe it.
func TestNew_KeepsItsOwnKey(t *testing.T) {
	mine := bytes.Clone(key)
	b, err := New("https://p.example.org", mine)
	if err != nil {
		t.Fatal(err)
	}
	before := b.token(consent.TrackOpen, id, "")
	clear(mine)
	if b.token(consent.TrackOpen, id, "") != before {
		t.Error("the token changed with the caller's key")
	}
}

func FuzzNew(f *testing.F) {
	f.Add("https://p.example.org/z/")
	f.Add("http://127.0.0.1")
	f.Add("https://a@b?c#d")
	p := permit(f, 1, consent.TrackOpen)
	f.Fuzz(func(t *testing.T, base string) {
		b, err := New(base, key)
		if err != nil {
			return
		}
		address, err := b.Pixel(p, id, noon)
		if err != nil {
			t.Fatal(err)
		}
		u, err := url.Parse(address)
		if err != nil || u.User != nil || u.RawQuery != "" || u.Scheme != "https" && !loopback(u.Hostname()) || strings.ContainsAny(address, " \r\n\"<>") {
			t.Fatalf("%q makes %q: %v", base, address, err)
		}
	})
}

func BenchmarkPixel(b *testing.B) {
	links, p := book(b), permit(b, 1, consent.TrackOpen)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := links.Pixel(p, id, noon); err != nil {
			b.Fatal(err)
		}
	}
}
