package consent

import (
	"time"

	"zgoda/mail"
)

// History is all that the gate must know of one person. The store reads it in
// one transaction, so that it is one moment and not two.
type History struct {
	Lead   Lead
	Events []Event // ascending by Seq
	// Head is the last ledger number this history has seen, over all people.
	Head int64
	// Suppressed says that the keyed hash of the address is on the suppression
	// list; it outlives the person's row (law.md D4).
	Suppressed bool
	// Erased is when this address was erased and its owner wrote to us since; zero
	// for never. They may be answered; a legitimate interest of ours does not come back.
	Erased time.Time
	// Stale says why the address is not usable (hard bounce), empty when it is (law.md L5d).
	Stale string
	// Inbound are the newest mails from the person that a human wrote
	// (mail.Personal), newest first, at most a few: what a reply may rest on.
	Inbound []Inbound
	// LastOutbound is when we last wrote to the person; zero for never.
	LastOutbound time.Time

	// Assessments are the newest versions of all that are on file.
	Assessments []Assessment
	// Twins is how many other leads have a reason nearly identical to this one's (A2).
	Twins int
	// Unanswered is how many mails of ours went to the person since they last wrote.
	Unanswered int
	// FirstOutbound is when zgoda first wrote to the person after they became a lead;
	// zero for never. The notice is due by then (Art. 14(3)(b)).
	FirstOutbound time.Time
}

// Inbound is a mail that the person wrote to us.
type Inbound struct {
	ID mail.MessageID
	At time.Time
	// Stop says that the mail asks us to write no more, clearly or perhaps (see
	// [Intent]).
	Stop bool
	// Doubt is why a person must say what the mail means, as [Hear] puts it; "" when
	// nothing is left to ask, or when Stop says it all.
	Doubt string
}

// Controller is the company that the rep writes for, as the configuration
// says. The gate refuses what an empty field would make untrue.
type Controller struct {
	Name      string            // legal name
	Postal    string            // postal address in one line
	Country   string            // ISO 3166-1 alpha-2
	Contact   string            // privacy contact or DPO
	PolicyURL string            // https, the company's privacy policy (S28)
	Offer     string            // what is introduced, in one phrase
	Offers    map[string]string // the same by language, where one is set
	Retention string            // how long unanswered data is kept, in words, e.g. "6 months"
}

// ReplyWindow is how long a mail from the person carries our answers to it
// without another basis.
const ReplyWindow = 180 * 24 * time.Hour

// NoticeTerm is the longest time between obtaining data and informing the
// person (Art. 14(3)(a): one month; the guide's 30 days is the earlier one, S24).
const NoticeTerm = 30 * 24 * time.Hour

// Basis is what a send rests on (GDPR Art. 6; law.md L5a).
type Basis string

// The bases. None refuses.
const (
	BasisNone     Basis = ""
	BasisConsent  Basis = "consent"
	BasisSoft     Basis = "soft opt-in"
	BasisInterest Basis = "legitimate interest"
	BasisReply    Basis = "reply"
	BasisDuty     Basis = "legal duty" // Art. 6(1)(c): a notice, or the answer to a rights request
)

// Standing is what the badges show: the fold of one person's history at one moment.
type Standing struct {
	States     map[Purpose]State
	Basis      Basis // the best basis of contact there is now
	Objected   bool
	Suppressed bool
	Stale      bool
	// NoticeDue is when the person must have been informed at the latest;
	// zero once they were, or when nobody is a lead.
	NoticeDue time.Time
	// Held is the mail of theirs that seems to ask us to write no more, while no
	// entry of the ledger says what it asks; the zero value for none. Everything
	// to them waits until a person has read it (L21.2).
	Held Inbound
	// Restricted says that their data may be kept and nothing else (Art. 18).
	Restricted bool
	// Requests is how many of their rights requests are open, RequestDue when the
	// first of them must be answered (Art. 12(3)); zero for none.
	Requests   int
	RequestDue time.Time
}

// State is where p stands; a purpose that nothing was recorded of is NeverAsked.
func (s Standing) State(p Purpose) State {
	if state, ok := s.States[p]; ok {
		return state
	}
	return NeverAsked
}

// Closed reports whether nothing may be written to the person, whatever the mail.
func (s Standing) Closed() bool { return s.Objected || s.Suppressed || s.Restricted }

// offer is what is introduced, in the language when it was written down in it.
func (c Controller) offer(language string) string {
	if offer := c.Offers[language]; offer != "" {
		return offer
	}
	return c.Offer
}
