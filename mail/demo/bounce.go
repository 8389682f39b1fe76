package demo

import (
	"fmt"
	"strings"

	"zgoda/mail"
)

// daemon is who reports that a mail could not be delivered.
func daemon(host string) mail.Address {
	return mail.Address{Name: "Mail Delivery System", Email: "mailer-daemon@" + host}
}

// notification makes of s the report that the mailbox is no more (RFC 3464),
// with the header of the mail that came back, as RFC 6522 section 3 allows.
func notification(s sheet, a answer) sheet {
	host, email := a.person.Address.Domain(), a.person.Address.Email
	s.from = daemon(host)
	s.subject = "Undelivered Mail Returned to Sender"
	s.head = []string{"Auto-Submitted: auto-replied", "Return-Path: <>"}
	s.parent, s.refs = "", nil // such a report names its mail within, not above
	s.body = report(host, email, a.asked.head)
	return s
}

func report(host, email, head string) string {
	const mark = "=_jasny_kat_report"
	return strings.Join([]string{
		`Content-Type: multipart/report; report-type=delivery-status; boundary="` + mark + `"`,
		"",
		"--" + mark,
		"Content-Type: text/plain; charset=us-ascii",
		"",
		"This is the mail system at host " + host + ".",
		"",
		"I'm sorry to have to inform you that your message could not",
		"be delivered to one or more recipients.",
		"",
		fmt.Sprintf("<%s>: 550 5.1.1 no such mailbox", email),
		"",
		"--" + mark,
		"Content-Type: message/delivery-status",
		"",
		"Reporting-MTA: dns; " + host,
		"",
		"Final-Recipient: rfc822; " + email,
		"Action: failed",
		"Status: 5.1.1",
		"Diagnostic-Code: smtp; 550 5.1.1 no such mailbox",
		"",
		"--" + mark,
		"Content-Type: text/rfc822-headers",
		"",
		strings.TrimRight(head, "\r\n"),
		"",
		"--" + mark + "--",
		"",
	}, "\n")
}
