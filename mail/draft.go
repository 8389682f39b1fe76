package mail

import "time"

// DraftID names a draft in the store. Zero is a draft that was never saved.
type DraftID int64

// Draft is what a rep writes: always to one person, for nothing in zgoda can
// write to two. It carries no permission; the gate is asked when it is due.
type Draft struct {
	ID       DraftID
	Person   PersonID
	To       Address // shown to the rep; the envelope takes the permit's address
	Subject  string
	Text     string
	Template string // name of the template it began as, may be empty
	Language string // "pl", "en" or "de"

	InReplyTo  MessageID // the mail that this one answers, may be empty
	References []MessageID

	TrackOpens  bool // wishes; the gate decides at the last moment
	TrackClicks bool

	TemplateHash string // of the template's source when it was filled
	Duty         Duty
	Request      int64      // number of the rights request that it answers
	Asks         []Question // the consents that it asks for

	MessageID MessageID // fixed when the draft is queued, never changed again
	UpdatedAt time.Time
}

// OutState is where a draft stands on its way out (law.md M11).
type OutState string

// The states of the outbox. Only Queued is ever picked up by the worker, so
// nothing that may already have left is sent again by itself.
const (
	Editing OutState = "editing" // being written
	Queued  OutState = "queued"  // waits for its undo hold or its next try
	Sending OutState = "sending" // handed to the server, no answer yet
	Unknown OutState = "unknown" // the connection or zgoda ended before the answer: a person decides
	Sent    OutState = "sent"    // the server took it
	Failed  OutState = "failed"  // the server refused it for good
	Refused OutState = "refused" // the gate refused it at the last moment
)

// CopyState is the step of its own that saves a sent mail to the Sent mailbox.
// It never causes a mail to be sent again.
type CopyState string

// The states of the Sent copy.
const (
	CopyNone    CopyState = ""        // not sent yet
	CopyPending CopyState = "pending" // will be tried again
	CopyDone    CopyState = "done"
)

// Outgoing is a draft in the outbox.
type Outgoing struct {
	Draft
	State    OutState
	DueAt    time.Time // end of the undo hold, or the next try
	Attempts int
	Reason   string // one sentence for the rep when State is Unknown, Failed, Refused or retrying
	NextStep string // what the rep can do about it
	SentAt   time.Time
	Copy     CopyState
	// Status is why the server would not take it (RFC 3463), while State is Failed;
	// it is told to Settle and not kept.
	Status string
}

// Duty is a mail that the law itself wants us to send. It offers nothing, and
// therefore may go where an offer may not.
type Duty string

// The duties.
const (
	DutyNone   Duty = ""
	DutyNotice Duty = "notice" // nothing but the information of GDPR Art. 13 and 14
	DutyAnswer Duty = "answer" // the answer to a rights request (Art. 12(3))
	DutyExtend Duty = "extend" // why that answer takes two months more, told in the first (Art. 12(3))
)

// Question is one consent that a mail asks for.
type Question struct {
	Purpose string // a consent.Purpose
	Wording string // the sentence to be sent back, as it is shown
	Code    string // the one-time code that may be sent back instead
	Version string // of the wording
}
