package mail

import "time"

// MessageRef names a stored message. Zero is none.
type MessageRef int64

// Message is one mail as mail/mime read it: decoded, and every text in it safe
// to put on a terminal (no escape, control or bidi character). What could not
// be read is told in Notes; a damaged mail is never a lost one.
type Message struct {
	ID         MessageID // may be empty: then the store names it by its place on the server
	InReplyTo  MessageID
	References []MessageID
	From       Address // zero when the mail has no usable From
	ReplyTo    Address // zero when absent or equal to From
	To, Cc     []Address
	Subject    string
	Date       time.Time // zero when absent or unreadable: then INTERNALDATE counts
	Kind       Kind

	// Whole says that the body was read too. A mail of somebody who is not a
	// lead is kept as an envelope only (law.md L5b, L5c).
	Whole       bool
	Text        string // plain text, or the text of the HTML part with links as foot-notes
	FromHTML    bool   // Text was made from HTML
	Attachments []Attachment
	Trackers    []Tracker // found and never loaded
	AskReceipt  bool      // the sender asks for a read receipt; zgoda never answers
	Status      string    // of a Bounce: why (RFC 3463), e.g. "5.1.1"; "" when it does not say
	Notes       []string  // what was wrong with the mail, a sentence each
}

// Kind is what sort of sender a mail has: only [Personal] mail counts as an
// answer, and none of the others is ever consent (law.md M4).
type Kind string

// The kinds of mail, by the headers of RFC 3834, RFC 3464 and RFC 2369.
const (
	Personal  Kind = "personal"
	AutoReply Kind = "auto-reply" // out of office and the like
	Bounce    Kind = "bounce"     // a delivery status notification
	List      Kind = "list"       // a newsletter or mailing list
)

// Attachment is one part that is not shown as text. Its bytes stay on the server.
type Attachment struct {
	Name string // safe base name, may be empty
	Type string // media type, lower case
	Size int    // octets after decoding
}

// Tracker is one remote resource or link in received mail that would tell the
// sender that, when or how often it was opened.
type Tracker struct {
	Host string
	What string // "pixel", "remote image", "redirect link"
}

// SnippetLen is how many runes of a body a list may show.
const SnippetLen = 140
