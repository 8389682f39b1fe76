package mail

import "time"

// Entry is one mail of a conversation: received, sent, or on its way out.
type Entry struct {
	Ref     MessageRef // zero while the mail is only in the outbox
	At      time.Time  // INTERNALDATE, or the time it was queued
	Out     bool       // ours
	Seen    bool
	Message Message
	// Out-going mail that the Sent mailbox does not hold yet.
	Outgoing *Outgoing
}

// TemplateInfo is what the picker shows of a template.
type TemplateInfo struct {
	Name     string // stable, e.g. "first-contact"
	Language string // "pl" or "en"
	Title    string // in its language
	About    string // when to use it, one sentence
	Hash     string // SHA-256 of its source in hex: an assessment covers this text and no other
}

// Filled is a template with a lead's data in it. A field without a value stays
// visible in the text as "{{field}}" and is named in Gaps.
type Filled struct {
	Subject string
	Text    string
	Gaps    []string
}
