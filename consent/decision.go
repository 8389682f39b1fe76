package consent

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"zgoda/mail"
)

// Moment is when the gate was asked.
type Moment string

// The moments whose answers are kept. A checklist on the screen is none.
const (
	MomentQueue Moment = "queue" // a rep puts a mail on its way
	MomentSend  Moment = "send"  // the outbox is about to seal it, or to hand it over
	MomentTrack Moment = "track" // a tracking permit was asked for
)

// Decision is one answer of the gate, kept with everything it rested on, so that
// it can be judged by the rules of its day (G23). Nothing in it is ever changed.
type Decision struct {
	ID      int64 // given by the store
	Moment  Moment
	Verdict Verdict
	Inputs  Inputs
	Message mail.MessageID // of the mail, once it has one
}

// Inputs is what a verdict was computed from, small enough to keep with each.
type Inputs struct {
	Country    string   `json:"country"`     // of the person
	Sender     string   `json:"sender"`      // of the company
	Source     string   `json:"source"`      // of the data
	ObtainedAt int64    `json:"obtained_at"` // unix milliseconds, 0 is never
	Reason     string   `json:"reason"`
	States     []string `json:"states"`     // "marketing_email=granted", in the order of Purposes
	Events     []int64  `json:"events"`     // ledger numbers that were read
	Assessment string   `json:"assessment"` // id/version and hash of the one that carried it, "" for none
	Template   string   `json:"template"`   // name and hash
	Subject    string   `json:"subject"`
	TextHash   string   `json:"text_sha256"`
	InReplyTo  string   `json:"in_reply_to"`
	Duty       string   `json:"duty"`
	Request    int64    `json:"request"`
	Opens      bool     `json:"track_opens"`
	Clicks     bool     `json:"track_clicks"`

	Suppressed bool   `json:"suppressed,omitempty"`
	Stale      string `json:"stale,omitempty"`      // why the address was not usable
	Twins      int    `json:"twins,omitempty"`      // leads with nearly the same reason
	Unanswered int    `json:"unanswered,omitempty"` // mails of ours since they last wrote
	LastWrote  int64  `json:"last_wrote,omitempty"` // their newest mail, unix milliseconds
}

// Erasure is what became of one person's data (Art. 17).
type Erasure struct {
	At     time.Time
	Reason string
	Rows   map[string]int // table: rows that went
	// Copies are the person's mails that still lie on the server; they go on
	// confirmation only (D5).
	Copies []mail.Copy
	// Quotes are mails with other people that name the person; a person decides.
	Quotes []mail.Copy
	// Named are other people whose note, reason, source or draft names the person;
	// a person decides there too.
	Named []mail.PersonID
	// Left says why bytes of the person may lie in the database's log for a while
	// still, in one sentence; "" when nothing is left.
	Left string
}

// Hearing is what one mail of theirs changes (see Hear).
type Hearing struct {
	Events []Event // to be recorded, in this order
	// Doubt is why the rep must decide, "" when nothing is left to ask; while it
	// stands, every mail to the person is held.
	Doubt string
	// Keep says that the raw mail is worth keeping as a proof: it answers a question.
	Keep bool
}

// inputsOf is what a verdict on a letter was computed from.
func inputsOf(history History, letter Letter, controller Controller, verdict Verdict) Inputs {
	in := personInputs(history, controller, verdict.At)
	sum := sha256.Sum256([]byte(letter.Text))
	in.Subject, in.TextHash, in.InReplyTo = letter.Subject, hex.EncodeToString(sum[:]), string(letter.InReplyTo)
	in.Duty, in.Request, in.Opens, in.Clicks = string(letter.Duty), letter.Request, letter.TrackOpens, letter.TrackClicks
	if letter.Template != "" {
		in.Template = letter.Template + " " + letter.TemplateHash
	}
	if a, carried := CarriedBy(history, letter, controller, verdict.At); carried {
		in.Assessment = fmt.Sprintf("%s/%d %s", a.ID, a.Version, a.Hash())
	}
	return in
}

// personInputs is what a verdict on anything about a person was computed from.
func personInputs(history History, controller Controller, now time.Time) Inputs {
	in := Inputs{
		Country: history.Lead.Country, Sender: controller.Country, Source: history.Lead.Source, Reason: history.Lead.Reason,
		States: []string{}, Events: []int64{}, Suppressed: history.Suppressed, Stale: history.Stale,
		Twins: history.Twins, Unanswered: history.Unanswered,
	}
	if len(history.Inbound) > 0 && !history.Inbound[0].At.IsZero() {
		in.LastWrote = history.Inbound[0].At.UnixMilli()
	}
	if !history.Lead.ObtainedAt.IsZero() {
		in.ObtainedAt = history.Lead.ObtainedAt.UnixMilli()
	}
	states := fold(history, now).states
	for _, p := range Purposes() {
		in.States = append(in.States, fmt.Sprintf("%s=%s", p, states[p]))
	}
	for _, e := range history.Events {
		in.Events = append(in.Events, e.Seq)
	}
	return in
}
