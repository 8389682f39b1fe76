package demo

import (
	"strings"

	"github.com/emersion/go-smtp"
)

// Magic is what a tag in the recipient's address ("ewa+451@…") makes the server
// do, so that a test or a curious rep can see every way a send can end.
type Magic string

// The tags.
const (
	Busy     Magic = "451"     // temporary failure at RCPT, every time
	BusyOnce Magic = "451once" // temporary failure at RCPT, the first time only
	NoSuch   Magic = "550"     // no such mailbox, at RCPT
	Content  Magic = "554"     // refused after the text was seen
	Cut      Magic = "cut"     // takes the mail, then the line goes dead before the answer
)

// magicOf is the tag of an address; "" for none.
func magicOf(email string) Magic {
	local, _, _ := strings.Cut(email, "@")
	_, tag, _ := strings.Cut(local, "+")
	switch m := Magic(tag); m {
	case Busy, BusyOnce, NoSuch, Content, Cut:
		return m
	}
	return ""
}

func busy() error {
	return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "Try again in a moment"}
}

func noSuch() error {
	return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such mailbox here"}
}

func badContent() error {
	return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 6, 0}, Message: "This text is not taken here"}
}
