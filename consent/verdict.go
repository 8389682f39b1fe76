package consent

import (
	"time"

	"zgoda/mail"
)

// Act is what the gate is asked for.
type Act string

// The acts.
const (
	ActSend       Act = "send"
	ActTrackOpen  Act = "track opens"
	ActTrackClick Act = "track clicks"
	ActTrackDev   Act = "track device"
)

// Fix names what would mend a failed check, so that a screen can put its key
// beside it. It is a hint, never a permission.
type Fix string

// The fixes.
const (
	FixNone      Fix = ""          // nothing the rep may do: closed for good, or a matter of the configuration
	FixReason    Fix = "reason"    // write the concrete reason on the lead
	FixSource    Fix = "source"    // fill source and date on the lead
	FixCountry   Fix = "country"   // fill the lead's country
	FixConsent   Fix = "consent"   // record a consent with its evidence
	FixRecipient Fix = "recipient" // one recipient
	FixText      Fix = "text"      // mend the text
	FixDuties    Fix = "duties"    // put the missing duty paragraph back
	FixStop      Fix = "stop"      // record what their mail says that seems to ask us to stop
	FixTracking  Fix = "tracking"  // switch tracking off, or record its consent
	FixNotice    Fix = "notice"    // inform the person another way and record it, or erase the lead
	FixRequest   Fix = "request"   // answer their rights request
	FixConfig    Fix = "config"    // the company's facts are missing in the configuration
	FixLead      Fix = "lead"      // make the person a lead
)

// Check is one line of the checklist: one rule, asked and answered.
type Check struct {
	Rule   string // stable id of law.md or obligations.md, e.g. "L21.2"
	Key    string // stable short name, e.g. "objection"
	Title  string // for the checklist, at most 24 cells
	OK     bool
	Reason string // one sentence; when OK, what it rests on
	Source string // legal source, e.g. "GDPR Art. 21(2)"
	Way    string // shortest lawful way forward; empty when OK
	Fix    Fix
}

// Verdict is the answer to one question at one moment. Every rule that was
// asked is in it, in a fixed order, passed or not.
type Verdict struct {
	Person mail.PersonID
	Act    Act
	Basis  Basis
	Checks []Check
	At     time.Time
	Seq    int64  // last ledger number the answer rests on
	Rules  string // version of the rules and the country table
}

// Allowed is true when there are checks and all of them passed. An empty
// verdict allows nothing (S15).
func (v Verdict) Allowed() bool {
	for _, c := range v.Checks {
		if !c.OK {
			return false
		}
	}
	return len(v.Checks) > 0
}

// Failed is the checks that did not pass, the weightiest first.
func (v Verdict) Failed() []Check {
	var failed []Check
	for _, c := range v.Checks {
		if !c.OK {
			failed = append(failed, c)
		}
	}
	return failed
}
