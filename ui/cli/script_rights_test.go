package cli

import (
	"fmt"
	"net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"zgoda/consent"
	zmail "zgoda/mail"
)

// oldlead ADDRESS COUNTRY DAYS makes a lead whose data was obtained so many days ago.
func oldLead(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: oldlead ADDRESS COUNTRY DAYS")
	}
	days, err := strconv.Atoi(args[2])
	ts.Check(err)
	d := deskOf(ts)
	w := d.open(ts)
	defer w.close()
	address, err := zmail.NewAddress("", args[0])
	ts.Check(err)
	then := time.Now().AddDate(0, 0, -days)
	_, err = w.db.AddLead(d.ctx, consent.Lead{
		Address: address, Name: "Jan Kowalski", Company: "Kowalski Biura", Role: "Facility manager", Language: "en", Country: args[1],
		Source: "kowalski-biura.example/kontakt", SourceKind: consent.SourceResearch, SourcePublic: true, Since: then, ObtainedAt: then,
		Reason: "You rebuild the second floor in March, and the plans name its lighting as an open question.",
	})
	ts.Check(err)
}

// lastID is the Message-ID of the mail that was delivered last.
func lastID(ts *testscript.TestScript) (id, to string) {
	all := deskOf(ts).office.Delivered()
	if len(all) == 0 {
		ts.Fatalf("no mail was delivered")
	}
	m, err := mail.ReadMessage(strings.NewReader(string(all[len(all)-1].Raw)))
	ts.Check(err)
	return m.Header.Get("Message-ID"), m.Header.Get("To")
}

// lastid VAR puts the Message-ID of the mail that was delivered last, without
// its brackets, into a variable.
func setLastID(ts *testscript.TestScript, _ bool, args []string) {
	id, _ := lastID(ts)
	ts.Setenv(args[0], strings.Trim(id, "<>"))
}

// bounces STATUS lets the mail that was delivered last come back with that code
// (RFC 3464), as a report that names it in its returned part alone.
func bounces(ts *testscript.TestScript, _ bool, args []string) {
	id, to := lastID(ts)
	report := fmt.Sprintf(`From: Mail Delivery System <mailer-daemon@mx.example>
To: %s
Subject: Undelivered Mail
Date: %s
Message-ID: <report-%d@mx.example>
Auto-Submitted: auto-replied
Return-Path: <>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; %s
Action: failed
Status: %s

--b
Content-Type: text/rfc822-headers

Message-ID: %s

--b--
`, deskOf(ts).office.Rep().Email, time.Now().Format(time.RFC1123Z), time.Now().UnixNano(), to, args[0], id)
	ts.Check(deskOf(ts).office.Receive([]byte(strings.ReplaceAll(report, "\n", "\r\n"))))
}
