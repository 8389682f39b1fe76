package consent

import "time"

// Assessment is a documented legitimate-interest assessment (law.md section 3):
// the three-part test of Art. 6(1)(f), made before anything is sent, by a named
// person, for one campaign: which templates, to whom, from which sources. It
// stands for twelve months and for nothing that it did not look at (A1).
type Assessment struct {
	ID      string // stable over versions
	Version int    // 1, 2, …; given by the store
	Name    string // of the campaign

	Purpose  string // one of AssessmentPurposes
	Interest string // who gains what, now

	Audience  Audience
	Data      []string // names of the lead fields that are used, see Fields
	Intrusive string   // one of LessIntrusive: what else was looked at
	Necessity string   // why that does not work
	Volume    int      // first mails at most
	FollowUps int      // unanswered mails at most after the first (A-form, default 1)

	SourceKinds []SourceKind
	Expectation string // one of Expectations
	Impact      string // one of Impacts
	Balance     string // why the person can expect this mail, in words
	Remark      string

	Author     string
	Second     string // who looked at an amber outcome too
	Date       time.Time
	ValidUntil time.Time // at most AssessmentLife after Date

	// Templates are the texts it looked at. A mail written by hand is covered
	// when one of them has an empty Name.
	Templates []TemplateRef
}

// Audience is to whom the mails of an assessment go.
type Audience struct {
	Roles     string   // jobs, in words
	Sector    string   // in words
	Size      string   // of the companies, in words
	Countries []string // ISO 3166-1 alpha-2
}

// TemplateRef names one template as it was when it was assessed.
type TemplateRef struct {
	Name, Language string
	Hash           string // of its source, mail.TemplateInfo.Hash
}

// Outcome is what an assessment comes to. It is computed and never typed.
type Outcome string

// The outcomes. Amber stands once a second person has looked at it too.
const (
	Green Outcome = "green"
	Amber Outcome = "amber"
	Red   Outcome = "red"
)
