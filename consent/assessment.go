package consent

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Assessment is a documented legitimate-interest assessment (law.md section 3):
// the three-part test of Art. 6(1)(f), made before anything is sent, by a named
// person, for one campaign: which templates, to whom, from which sources. It
// stands for twelve months and for nothing that it did not look at (A1).
type Assessment struct {
	ID      string `json:"id"`      // stable over versions
	Version int    `json:"version"` // 1, 2, …; given by the store
	Name    string `json:"name"`    // of the campaign

	Purpose  string `json:"purpose"`  // one of AssessmentPurposes
	Interest string `json:"interest"` // who gains what, now

	Audience  Audience `json:"audience"`
	Data      []string `json:"data"`      // names of the lead fields that are used, see AssessmentData
	Intrusive string   `json:"intrusive"` // one of LessIntrusive: what else was looked at
	Necessity string   `json:"necessity"` // why that does not work
	Volume    int      `json:"volume"`    // first mails at most
	FollowUps int      `json:"followups"` // unanswered mails at most after the first (A-form, default 1)

	SourceKinds []SourceKind `json:"source_kinds"`
	Expectation string       `json:"expectation"` // one of Expectations
	Impact      string       `json:"impact"`      // one of Impacts
	Balance     string       `json:"balance"`     // why the person can expect this mail, in words
	Remark      string       `json:"remark"`

	Author     string    `json:"author"`
	Second     string    `json:"second"` // who looked at an amber outcome too
	Date       time.Time `json:"date"`
	ValidUntil time.Time `json:"valid_until"` // at most AssessmentLife after Date

	// Templates are the texts it looked at. A mail written by hand is covered
	// when one of them has an empty Name.
	Templates []TemplateRef `json:"templates"`
}

// Audience is to whom the mails of an assessment go.
type Audience struct {
	Roles     string   `json:"roles"`     // jobs, in words
	Sector    string   `json:"sector"`    // in words
	Size      string   `json:"size"`      // of the companies, in words
	Countries []string `json:"countries"` // ISO 3166-1 alpha-2; "??" is the unknown country
}

// TemplateRef names one template as it was when it was assessed.
type TemplateRef struct {
	Name     string `json:"name"`
	Language string `json:"language"`
	Hash     string `json:"hash"` // of its source, mail.TemplateInfo.Hash
}

// Outcome is what an assessment comes to. It is computed and never typed.
type Outcome string

// The outcomes. Amber stands once a second person has looked at it too.
const (
	Green Outcome = "green"
	Amber Outcome = "amber"
	Red   Outcome = "red"
)

// AssessmentLife is how long an assessment stands (law.md section 3, valid_until).
const AssessmentLife = 365 * 24 * time.Hour

// Hash is the SHA-256, in hex, of the whole form without its version: JSON with
// sorted keys, no blanks and times in UTC, so that the same answers give the same
// hash wherever they are stored.
func (a Assessment) Hash() string {
	a.Version, a.Date, a.ValidUntil = 0, a.Date.UTC(), a.ValidUntil.UTC()
	raw, err := json.Marshal(a)
	if err != nil {
		panic("consent: an assessment cannot be JSON: " + err.Error()) // it is made of strings, numbers and times before the year 10000
	}
	var form map[string]any
	if err := json.Unmarshal(raw, &form); err != nil {
		panic("consent: its own JSON cannot be read: " + err.Error())
	}
	delete(form, "version")
	var canonical bytes.Buffer
	encoder := json.NewEncoder(&canonical)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(form); err != nil { // a map is written with its keys sorted
		panic("consent: an assessment cannot be JSON: " + err.Error())
	}
	sum := sha256.Sum256(bytes.TrimSuffix(canonical.Bytes(), []byte("\n")))
	return hex.EncodeToString(sum[:])
}
