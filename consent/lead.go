package consent

import (
	"time"

	"zgoda/mail"
)

// Lead is a person as the store knows them: a lead the rep works with when
// Since is set, else somebody who wrote to us. The schema is fixed on purpose
// (GDPR Art. 5(1)(c); law.md L5c): no birth date, no private phone, no photo.
type Lead struct {
	ID       mail.PersonID
	Address  mail.Address
	Name     string // as the person writes it; falls back to the address's name
	Company  string
	Role     string // job at the company
	Language string // "pl", "en", "de"; empty is unknown
	Country  string // ISO 3166-1 alpha-2, upper case; empty is unknown and strict (S1, C2)
	Sole     bool   // a sole trader or partnership: a natural person everywhere (law.md section 2)

	Since time.Time // when a rep made them a lead; zero for not a lead

	Source       string     // where the data came from (Art. 14(2)(f); L14)
	SourceKind   SourceKind // what sort of source
	SourcePublic bool       // whether that source is public
	ObtainedAt   time.Time  // when; the notice clock starts here
	Reason       string     // why this person, at least MinReason runes (law.md A2)
	Note         string

	UpdatedAt time.Time
}

// IsLead reports whether a rep made this person a lead. Sync never does (S19).
func (l Lead) IsLead() bool { return !l.Since.IsZero() }

// Call is the name to show: the recorded name, else the address's.
func (l Lead) Call() string {
	if l.Name != "" {
		return l.Name
	}
	return l.Address.Label()
}

// Split is a part of the inbox, one at a time under Tab.
type Split string

// The splits.
const (
	SplitLeads Split = "leads"
	SplitNew   Split = "new" // wrote to us, not yet leads
	SplitAll   Split = "all"
)

// Row is one line of the inbox: who, what they agreed to, what was last said.
type Row struct {
	Lead     Lead
	Standing Standing

	Subject  string    // of the newest mail either way
	Snippet  string    // of its text; empty for an envelope
	LastAt   time.Time // of the newest mail, or of the lead's making
	LastOut  bool      // the newest mail is ours
	Unread   int
	Messages int
	Waiting  bool          // they wrote last and nobody has answered
	Draft    bool          // a draft to them is being written
	Out      mail.OutState // the state of a mail that is on its way, "" for none
}

// Cursor is a row's place in the inbox order (newest mail first, then ID). The
// zero Cursor is the edge: the top, or the bottom when the query looks back.
type Cursor struct {
	At time.Time
	ID mail.PersonID
}

// Cursor is the place of the row itself.
func (r Row) Cursor() Cursor { return Cursor{At: r.LastAt, ID: r.Lead.ID} }

// Query asks for rows of the inbox by key, so that the cost follows the
// screen and not the mailbox.
type Query struct {
	Split  Split
	Search string // words in name, address, company or last subject; folded, "zolc" finds "Żółć"
	From   Cursor // exclusive
	Back   bool   // rows above From (newer) instead of below it (older)
	Limit  int
}

// Page is the answer: always newest first, whichever way was asked.
type Page struct {
	Rows  []Row
	Total int // rows in the split under the search
	Index int // how many rows stand above Rows[0]
}

// Counts is how many people each split holds, for the tabs.
type Counts struct {
	Leads, New, All int
	Unread          int // leads with unread mail
	Waiting         int // leads who wait for an answer
}
