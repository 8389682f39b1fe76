package cli

import (
	"fmt"

	"zgoda/mail/imap"
	"zgoda/mail/smtp"
)

// describeIMAP says in one line what a check of the incoming server found.
func describeIMAP(facts imap.Facts) string {
	text := fmt.Sprintf("%d mails in INBOX", facts.Messages)
	if !facts.Idle {
		text += ", no IDLE (it is asked once a minute)"
	}
	if facts.Sent == "" {
		return text + ", no Sent folder found"
	}
	return text + ", Sent is " + facts.Sent
}

// describeSMTP says in one line what a check of the outgoing server found.
func describeSMTP(facts smtp.Facts) string {
	text := facts.TLS
	if facts.MaxSize > 0 {
		text += fmt.Sprintf(", mails up to %d MB", facts.MaxSize>>20)
	}
	return text
}
