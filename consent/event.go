package consent

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"zgoda/mail"
)

// Kind is what happened to a person's rights.
type Kind string

// The kinds of ledger event. The first four speak of one purpose, the others
// of the person.
const (
	KindAsked     Kind = "asked"
	KindGranted   Kind = "granted"
	KindRefused   Kind = "refused"
	KindWithdrawn Kind = "withdrawn"

	KindObjected  Kind = "objected"    // GDPR Art. 21(2): absolute, stops all direct marketing
	KindSoftOptIn Kind = "soft_opt_in" // ePrivacy Art. 13(2), the evidence names the sale
	KindNotice    Kind = "notice"      // Art. 13/14 information was given
	// KindCorrected takes back one wrong grant, soft opt-in or notice (Corrects
	// names it). It can only narrow: a refusal, withdrawal or objection cannot
	// be corrected away.
	KindCorrected Kind = "corrected"

	// KindRead settles a mail that seemed to ask us to stop and does not: a person
	// read it (Message) and says in Evidence what it asks. It opens nothing.
	KindRead Kind = "read"

	// The steps of a rights request, see [Request]. KindExtended and KindAnswered
	// name the request in Corrects.
	KindRequested Kind = "requested" // Right, At is when it reached us (Art. 15-22)
	KindExtended  Kind = "extended"  // Evidence is the reason told to the person, ValidUntil the new due date (Art. 12(3))
	KindAnswered  Kind = "answered"  // Message is the answer; without one a request is not closed

	KindRestricted Kind = "restricted" // Art. 18: keep, and do nothing else
	KindReleased   Kind = "released"   // the restriction is lifted

	KindEvidence  Kind = "evidence"  // Fact that a country rule asks for, Evidence is where it can be seen (C4)
	KindOverride  Kind = "override"  // the DPO lets a doubtful country rule pass until ValidUntil (C2); never tracking
	KindDisclosed Kind = "disclosed" // given to somebody else: Evidence says to whom and why (Art. 14(3)(c), 19)

	KindHeld   Kind = "held"   // legal hold: retention may not erase (Art. 17(3)(e))
	KindUnheld Kind = "unheld" // the hold is lifted

	KindMerged Kind = "merged" // another lead was the same person; Evidence names their number
)

// Method is how the person's will reached us.
type Method string

// The methods that evidence may name.
const (
	ByEmail    Method = "e-mail"
	ByPhone    Method = "phone"
	InPerson   Method = "in person"
	ByForm     Method = "form"
	InContract Method = "contract"
	ByLetter   Method = "letter"
	ByImport   Method = "import"  // never enough for a grant by itself
	BySending  Method = "sending" // the notice that a mail of ours carried
	ByRule     Method = "rule"    // zgoda itself, by a rule that Evidence names
)

// Methods is every method a rep can choose when recording by hand.
func Methods() []Method { return []Method{ByEmail, ByPhone, InPerson, ByForm, InContract, ByLetter} }

// Event is one entry of the ledger: append-only, numbered by the store.
type Event struct {
	Seq     int64 // ledger number, given by the store; zero before
	Person  mail.PersonID
	Kind    Kind
	Purpose Purpose // for asked, granted, refused, withdrawn
	Method  Method
	// Wording is the sentence the person agreed to or was shown, word for word
	// (Art. 7(1); law.md L7.1).
	Wording    string
	Language   string         // of Wording
	Evidence   string         // where the proof is: what was said, a file, a note. Never empty for what a person did
	Message    mail.MessageID // the mail that is the proof, may be empty
	At         time.Time      // when it happened
	RecordedAt time.Time      // when the store wrote it
	Actor      string         // who recorded it
	ValidUntil time.Time      // end of a grant; zero means no end was stated
	// Corrects is the Seq of the event that this one speaks of: what KindCorrected
	// takes back, the request that KindExtended and KindAnswered belong to.
	Corrects int64

	Right Right // for KindRequested
	Fact  Fact  // for KindEvidence
	// Version names the wording, e.g. "question 1/en"; the wording itself stands beside it.
	Version string
	Code    string // the one-time code that was shown, for KindAsked by mail
	// Raw is the SHA-256, in hex, of the raw mail that is the proof; Auth is what
	// was found of its sender (mail.Authentication in one line).
	Raw, Auth string
}

// WordingHash is the SHA-256 of Wording in hex, "" when there is none (L7.1).
func (e Event) WordingHash() string {
	if e.Wording == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(e.Wording))
	return hex.EncodeToString(sum[:])
}

// The reasons for which an event cannot be recorded.
var (
	ErrNoEvidence = errors.New("evidence is missing: write down where the proof is")
	ErrNoWording  = errors.New("wording is missing: write down the sentence the person agreed to")
	ErrNoActor    = errors.New("it is not said who records this")
	ErrNoPerson   = errors.New("it is not said of whom this is")
	ErrNoPurpose  = errors.New("it is not said what the consent is for")
	ErrNoMethod   = errors.New("it is not said how the person told us")
	ErrFuture     = errors.New("it cannot have happened in the future")
	ErrBadKind    = errors.New("unknown kind of event")
	ErrImport     = errors.New("an import cannot grant a consent")
)
