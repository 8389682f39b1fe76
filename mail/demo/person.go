package demo

import (
	"time"

	"zgoda/mail"
)

// Person is somebody of the sample world, in plain data: who they are and what
// happened to their rights, for the ledger of whoever opens the world.
type Person struct {
	Address  mail.Address
	Name     string
	Company  string
	Role     string
	Language string // "pl", "en", "de"
	Country  string // ISO 3166-1 alpha-2, may be empty

	Lead         bool   // the rep works with them; the others only wrote
	Source       string // as the person is told it, for it stands in their notice
	SourceKind   string // a word of package consent: "inbound", "event" …
	SourcePublic bool
	ObtainedAt   time.Time
	Reason       string // as the person is told it
	Note         string
	Stale        string // why the address is dead, empty when it is not
	Events       []Event

	Answers Manner // what they do when the rep writes
}

// Event is one entry for the ledger. Kind, Purpose and Method are the words of
// package consent, which this package may not import.
type Event struct {
	Kind       string
	Purpose    string
	Method     string
	Wording    string
	Language   string
	Evidence   string
	Message    mail.MessageID // the mail that is the proof
	At         time.Time
	ValidUntil time.Time // end of a grant; zero for none
}

// Manner is how a person answers mail.
type Manner string

// The manners.
const (
	Silent   Manner = ""         // reads and says nothing
	Friendly Manner = "friendly" // yes, with pleasure
	Curious  Manner = "curious"  // asks back
	Away     Manner = "away"     // an automatic out-of-office mail
	Gone     Manner = "gone"     // the mailbox is no more: a delivery status notification
	Stops    Manner = "stops"    // objects
)

// Company is the firm that the rep of the sample world writes for.
type Company struct {
	Name       string
	Postal     string
	Country    string
	Contact    string // for privacy
	PolicyURL  string
	PortalURL  string // where links for people would live; nothing serves it here
	Offer      string
	Offers     map[string]string // the same by language
	Retention  string
	Phone      string
	Assessment Assessment
}

// Assessment is the company's documented legitimate interest, in the words of
// the form: the values of its choices are those of the consent room.
type Assessment struct {
	ID, Name, Purpose, Interest string
	Roles, Sector, Size         string
	Countries, Data             []string
	Intrusive, Necessity        string
	Volume, FollowUps           int
	SourceKinds                 []string
	Expectation, Impact         string
	Balance, Remark             string
	Author, Second              string
	Date, ValidUntil            time.Time
}
