package consent

import (
	"fmt"
	"time"

	"zgoda/mail"
)

// Right is what a person may ask of us (GDPR Art. 15 to 22).
type Right string

// The rights.
const (
	RightAccess      Right = "access"        // Art. 15(1): what is kept, why, from where
	RightCopy        Right = "copy"          // Art. 15(3): a copy of the data
	RightRectify     Right = "rectification" // Art. 16
	RightErase       Right = "erasure"       // Art. 17
	RightRestrict    Right = "restriction"   // Art. 18
	RightPortability Right = "portability"   // Art. 20
	RightObject      Right = "objection"     // Art. 21
	RightWhoTracks   Right = "who tracks me" // S9
)

// Rights is every right, in the order of the articles.
func Rights() []Right {
	return []Right{RightAccess, RightCopy, RightRectify, RightErase, RightRestrict, RightPortability, RightObject, RightWhoTracks}
}

// ParseRight knows the names of the rights and nothing else.
func ParseRight(s string) (Right, error) {
	for _, r := range Rights() {
		if string(r) == s {
			return r, nil
		}
	}
	return "", fmt.Errorf("unknown right %q", s)
}

// Request is one rights request with its clock: the fold of its events
// (KindRequested, KindExtended, KindAnswered).
type Request struct {
	Seq      int64 // of the KindRequested event; it names the request
	Person   mail.PersonID
	Right    Right
	Received time.Time
	Due      time.Time      // Art. 12(3), law.md D2; moved by an extension
	Ack      time.Time      // by when to say that it has arrived (law.md D2)
	Message  mail.MessageID // the mail that asked, may be empty
	Evidence string
	Extended bool
	Why      string // reason of the extension
	Answered time.Time
	Answer   mail.MessageID
}

// Open reports whether the answer is still owed.
func (r Request) Open() bool { return r.Answered.IsZero() }

// RequestCase is a request with whom it is of, for a queue.
type RequestCase struct {
	Request
	Lead Lead
}

// NoticeCase is a lead who must still be informed (Art. 13, 14), for a queue.
type NoticeCase struct {
	Lead     Lead
	Due      time.Time
	Standing Standing
}

// RetentionCase is a lead with the day on which their data must go, for a queue.
type RetentionCase struct {
	Lead      Lead
	Retention Retention
}
