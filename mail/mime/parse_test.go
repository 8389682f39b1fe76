package mime

import (
	"testing"

	"zgoda/mail"
)

func TestParseReadsAPlainMail(t *testing.T) {
	m := Parse([]byte("From: =?utf-8?q?Ewa_=C5=BB=C3=B3=C5=82=C4=87?= <ewa@firma.pl>\r\nTo: jan@zgoda.example\r\n" +
		"Subject: =?iso-8859-2?Q?Pro=B6ba?=\r\nDate: Tue, 24 Nov 2026 10:00:00 +0100\r\nMessage-ID: <a@b>\r\n" +
		"Content-Type: text/plain; charset=utf-8\r\n\r\nDzień dobry,\r\nproszę o ofertę.\r\n"))
	if m.From.Name != "Ewa Żółć" || m.From.Email != "ewa@firma.pl" || m.Subject != "Prośba" || m.ID != "a@b" {
		t.Errorf("envelope = %+v", m)
	}
	if m.Text != "Dzień dobry,\nproszę o ofertę." || !m.Whole || m.Kind != mail.Personal || len(m.Notes) != 0 {
		t.Errorf("text = %q, kind = %q, notes = %q", m.Text, m.Kind, m.Notes)
	}
	if m.Date.Format("2006-01-02T15:04Z07:00") != "2026-11-24T09:00Z" {
		t.Errorf("date = %v", m.Date)
	}
}
