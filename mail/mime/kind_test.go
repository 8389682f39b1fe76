package mime

import (
	"strings"
	"testing"

	"zgoda/mail"
)

// TestM4Kind: only what a person wrote is personal, and a person who merely
// writes about robots is one.
func TestM4Kind(t *testing.T) {
	for _, c := range []struct {
		name, fields string
		want         mail.Kind
	}{
		{"a person", "Subject: Re: Oferta", mail.Personal},
		{"a person by Exchange", "Subject: Oferta\nX-Auto-Response-Suppress: None\nAuto-Submitted: no", mail.Personal},
		{"a person in a hurry", "Subject: Out of office chairs\nPrecedence: normal\nImportance: high", mail.Personal},
		{"a person answers a robot's subject", "Subject: Re: Automatic reply: x", mail.Personal},
		{"a stop address of the sender", "List-Unsubscribe: <mailto:EWA@firma.example?subject=stop>", mail.Personal},
		{"a stop address of a robot", "List-Unsubscribe: <mailto:stop@firma.example>", mail.List},
		{"two stop addresses", "List-Unsubscribe: <mailto:ewa@firma.example>, <https://x.example/u>", mail.List},
		{"one-click", "List-Unsubscribe: <https://x.example/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click", mail.List},
		{"a list", "List-Id: <x.example>", mail.List},
		{"a list's post", "List-Post: <mailto:l@x.example>", mail.List},
		{"bulk", "Precedence: bulk", mail.List},
		{"a notification of a list", "List-Id: <x.example>\nAuto-Submitted: auto-generated", mail.List},
		{"RFC 3834 with comment and parameter", "Auto-Submitted: auto-replied (vacation); owner-email=\"x@y\"", mail.AutoReply},
		{"RFC 3834 generated", "Auto-Submitted: Auto-Generated", mail.AutoReply},
		{"an auto reply that names a list", "List-Id: <x.example>\nAuto-Submitted: auto-replied", mail.AutoReply},
		{"Exchange", "X-Auto-Response-Suppress: DR, OOF, AutoReply", mail.AutoReply},
		{"X-Autoreply", "X-Autoreply: yes", mail.AutoReply},
		{"Precedence", "Precedence: auto_reply", mail.AutoReply},
		{"Polish subject", "Subject: =?utf-8?q?Autoodpowied=C5=BA:_urlop?=", mail.AutoReply},
		{"nobody reads it", "From: Sklep <no-reply@sklep.example>", mail.AutoReply},
		{"a complaint", "Content-Type: multipart/report; report-type=feedback-report; boundary=b", mail.AutoReply},
		{"a report", "Content-Type: multipart/report; report-type=\"delivery-status\"; boundary=b", mail.Bounce},
		{"a daemon", "From: mailer-daemon@mx.example", mail.Bounce},
		{"a postmaster's report", "From: postmaster@mx.example\nReturn-Path: <>", mail.Bounce},
		{"a postmaster as a person", "From: postmaster@mx.example\nReturn-Path: <postmaster@mx.example>", mail.Personal},
		{"Exim", "X-Failed-Recipients: x@y.example", mail.Bounce},
	} {
		from := "From: Ewa <ewa@firma.example>\n"
		if strings.Contains(c.fields, "From:") {
			from = ""
		}
		if got := Parse([]byte(from + c.fields + "\n\ntext")).Kind; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestM5BounceIsTiedById: a failed recipient outweighs delayed ones, and the
// subject is never looked at.
func TestM5BounceIsTiedById(t *testing.T) {
	report := func(status, returned string) mail.Message {
		return Parse([]byte("From: MAILER-DAEMON@mx.example\nSubject: Re: <other@zgoda.example>\nMessage-ID: <d@mx.example>\n" +
			"In-Reply-To: <other@zgoda.example>\n" +
			"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n--b\n" +
			"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n" + status + "\n--b\n" + returned + "\n--b--\n"))
	}
	const failed = "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n"
	const delayed = "Final-Recipient: rfc822; c@d.example\nAction: delayed\nStatus: 4.4.1\n"
	const whole = "Content-Type: message/rfc822\n\nMessage-ID: <ours@zgoda.example>\nSubject: x\n\nbody"
	for _, c := range []struct {
		name, status, returned string
		kind                   mail.Kind
		id                     mail.MessageID
	}{
		{"failed", failed, whole, mail.Bounce, "ours@zgoda.example"},
		{"failed and delayed", failed + "\n" + delayed, whole, mail.Bounce, "ours@zgoda.example"},
		{"delayed and failed", delayed + "\n" + failed, whole, mail.Bounce, "ours@zgoda.example"},
		{"delayed", delayed, whole, mail.AutoReply, "ours@zgoda.example"},
		{"delivered", strings.ReplaceAll(delayed, "delayed", "delivered"), whole, mail.AutoReply, "ours@zgoda.example"},
		{"header only", failed, "Content-Type: text/rfc822-headers\n\nMessage-ID: <ours@zgoda.example>\n", mail.Bounce, "ours@zgoda.example"},
		{"returned in base64", failed, "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nTWVzc2FnZS1JRDogPG91cnNAemdvZGEuZXhhbXBsZT4KCg==", mail.Bounce, "ours@zgoda.example"},
		{"nothing returned", failed, "Content-Type: text/plain\n\nno copy", mail.Bounce, "other@zgoda.example"},
	} {
		m := report(c.status, c.returned)
		if m.Kind != c.kind || m.InReplyTo != c.id {
			t.Errorf("%s: %q of %q, want %q of %q", c.name, m.Kind, m.InReplyTo, c.kind, c.id)
		}
	}
}

// TestM5_StatusOfABounce: the code is of the recipient that failed, and comes
// from the refusing server's words when the report itself has but 5.0.0.
func TestM5_StatusOfABounce(t *testing.T) {
	for _, c := range []struct{ name, blocks, want string }{
		{"plain", "Action: failed\nStatus: 5.1.1", "5.1.1"},
		{"with a comment", "Action: failed\nStatus: 5.1.1 (bad destination mailbox address)", "5.1.1"},
		{"in capitals", "ACTION: Failed\nSTATUS: 5.2.2", "5.2.2"},
		{"the failed one of two", "Action: delayed\nStatus: 4.4.1\n\nAction: failed\nStatus: 5.1.10", "5.1.10"},
		{"the first failed of two", "Action: failed\nStatus: 5.7.1\n\nAction: failed\nStatus: 5.1.1", "5.7.1"},
		{"in the diagnostic", "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550-5.1.1 The email account does not exist", "5.1.1"},
		{"nowhere", "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 sorry", "5.0.0"},
		{"none", "Action: failed", ""},
		{"nonsense", "Action: failed\nStatus: \x1b[31m", ""},
		{"of a delay", "Action: delayed\nStatus: 4.4.1", ""},
	} {
		m := Parse([]byte("From: mailer-daemon@mx.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n" +
			"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n" + c.blocks + "\n--b--\n"))
		if m.Status != c.want {
			t.Errorf("%s: %q, want %q", c.name, m.Status, c.want)
		}
		if m.Kind == mail.Bounce && len(m.Notes) == 0 {
			t.Errorf("%s: nobody is told why", c.name)
		}
	}
	if m := ParseHeader([]byte("From: mailer-daemon@mx.example\n\n")); m.Kind != mail.Bounce || len(m.Notes) != 0 {
		t.Errorf("of a header alone: %q with %q", m.Kind, m.Notes)
	}
}

// TestM9AskReceipt: each of the three fields is seen, and none answered.
func TestM9AskReceipt(t *testing.T) {
	for _, name := range []string{"Disposition-Notification-To", "Return-Receipt-To", "x-confirm-reading-to"} {
		if !Parse([]byte(name + ": x@y.example\n\n")).AskReceipt {
			t.Errorf("%s is not seen", name)
		}
	}
	if Parse([]byte("Subject: Disposition-Notification-To\n\n")).AskReceipt {
		t.Error("a subject asks for a receipt")
	}
}
