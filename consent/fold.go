package consent

import (
	"time"

	"zgoda/mail"
)

// folded is what a list of events comes to at one moment.
//
// The rules, each chosen so that no event and no order of events widens:
//   - A yes stands only when it is later than every no, both in when it
//     happened and in its ledger number. A tie is a no.
//   - A yes without evidence, wording or a person's own method is no yes.
//   - A withdrawal of marketing e-mail takes the tracking along; so does a refusal
//     that follows a grant, for it is a withdrawal. A grant never cascades.
//   - An objection withdraws everything. It stands until the person grants
//     marketing e-mail anew, and stands again when that grant ends. Soft opt-in,
//     legitimate interest and tracking do not come back with it.
//   - A correction takes back a grant, a soft opt-in, a notice or a question,
//     never a no. What it took back still bounds how long older grants last.
//   - A kind that this version does not know is a no to everything.
type folded struct {
	states   map[Purpose]State
	objected bool                    // an objection stands now
	soft     bool                    // a soft opt-in stands
	ended    bool                    // a grant of marketing e-mail came to its end
	informed time.Time               // when the notice was given; zero for never
	stopped  time.Time               // the last withdrawal of marketing, or objection
	stops    map[mail.MessageID]bool // the mails that said so
	heard    map[mail.MessageID]bool // the mails that an entry of the ledger names
	grant    Event                   // the newest grant of marketing e-mail, when Granted
}

func fold(history History, now time.Time) folded {
	in := folding{history: history, now: now, corrected: make(map[int64]bool)}
	for _, e := range history.Events {
		if e.Kind == KindCorrected {
			in.corrected[e.Corrects] = true
		}
	}
	out := folded{states: make(map[Purpose]State, len(Purposes())), stops: make(map[mail.MessageID]bool), heard: make(map[mail.MessageID]bool)}
	for _, e := range history.Events {
		out.heard[e.Message] = out.heard[e.Message] || e.settles()
	}
	for _, p := range Purposes() {
		state, grant, ended := in.purpose(p)
		out.states[p] = state
		if p == MarketingEmail {
			out.grant, out.ended = grant, ended
		}
	}
	in.person(&out)
	if out.objected {
		for _, p := range Purposes() {
			out.states[p] = Withdrawn
		}
	}
	return out
}

// folding is a history while it is being folded.
type folding struct {
	history   History
	now       time.Time
	corrected map[int64]bool
}

// line is the end of all noes of one purpose: a yes must lie beyond it.
type line struct {
	at    time.Time
	seq   int64
	any   bool
	state State
}

func (l *line) add(e Event, now time.Time) {
	if at := happened(e, now); !l.any || at.After(l.at) {
		l.at = at
	}
	if !l.any || e.Seq >= l.seq {
		l.seq, l.state = e.Seq, Withdrawn
		if e.Kind == KindRefused {
			l.state = Refused
		}
	}
	l.any = true
}

func (l *line) beyond(e Event) bool { return !l.any || e.At.After(l.at) && e.Seq > l.seq }

// happened is when a no happened; one without any time counts as of this moment.
func happened(e Event, now time.Time) time.Time {
	switch {
	case !e.At.IsZero():
		return e.At
	case !e.RecordedAt.IsZero():
		return e.RecordedAt
	}
	return now
}

// purpose folds one purpose. It gives its state, the newest grant when that
// state is Granted, and whether the newest grant ever given has ended.
func (in folding) purpose(p Purpose) (state State, grant Event, ended bool) {
	noes, asked, given := in.noes(p), false, false
	var last newest
	for _, e := range in.history.Events {
		if e.Kind == KindAsked && e.Purpose == p && !in.corrected[e.Seq] {
			asked = true
		}
		if e.Kind != KindGranted || e.Purpose != p || !in.good(e) {
			continue
		}
		last.add(e)
		if in.corrected[e.Seq] || !noes.beyond(e) {
			continue
		}
		given = true
		if !in.over(e) && (grant.Kind == "" || e.Seq > grant.Seq) {
			grant = e
		}
	}
	ended = in.over(last.bySeq) || in.over(last.byTime)
	switch {
	case grant.Kind != "" && !ended:
		return Granted, grant, false
	case given:
		return Expired, Event{}, ended
	case noes.any:
		return noes.state, Event{}, ended
	case asked:
		return Asked, Event{}, ended
	}
	return NeverAsked, Event{}, ended
}

// newest is the last grant in both orders, whatever became of it: how long it
// was given for bounds every older one.
type newest struct{ bySeq, byTime Event }

func (n *newest) add(e Event) {
	if n.bySeq.Kind == "" || e.Seq > n.bySeq.Seq {
		n.bySeq = e
	}
	if n.byTime.Kind == "" || e.At.After(n.byTime.At) {
		n.byTime = e
	}
}

// noes is the line of all events that say no to p.
func (in folding) noes(p Purpose) line {
	var l line
	for _, e := range in.history.Events {
		if in.no(e, p) {
			l.add(e, in.now)
		}
	}
	return l
}

func (in folding) no(e Event, p Purpose) bool {
	switch e.Kind {
	case KindAsked, KindGranted, KindSoftOptIn, KindNotice, KindCorrected:
		return false
	case KindRead, KindRequested, KindExtended, KindAnswered, KindRestricted, KindReleased, KindEvidence, KindOverride,
		KindDisclosed, KindHeld, KindUnheld, KindMerged:
		return false
	case KindRefused, KindWithdrawn:
		if _, err := ParsePurpose(string(e.Purpose)); err != nil || e.Purpose == p {
			return true
		}
		return e.Purpose == MarketingEmail && p.Tracking() && in.withdraws(e)
	}
	return true
}

// withdraws reports whether e takes back what was given: a withdrawal, or a
// refusal after any grant of the purpose, even a corrected one.
func (in folding) withdraws(e Event) bool {
	if e.Kind != KindRefused {
		return e.Kind == KindWithdrawn
	}
	for _, g := range in.history.Events {
		if g.Kind == KindGranted && g.Purpose == e.Purpose && g.Seq < e.Seq {
			return true
		}
	}
	return false
}

// good reports whether e is a yes that counts: of this person, proven, and not
// of the future (L7.1, E).
func (in folding) good(e Event) bool {
	return e.Person == in.history.Lead.ID && e.Person != 0 && !e.At.IsZero() && !e.At.After(in.now) &&
		e.validateYes() == nil
}

func (in folding) over(e Event) bool { return !e.ValidUntil.IsZero() && !in.now.Before(e.ValidUntil) }

// person folds what is not of one purpose.
func (in folding) person(out *folded) {
	closed := in.noes(MarketingEmail).any
	for _, e := range in.history.Events {
		switch e.Kind {
		case KindSoftOptIn:
			if !closed && !in.corrected[e.Seq] && in.good(e) && !in.over(e) {
				out.soft = true
			}
		case KindNotice:
			proven := !blank(e.Evidence) || e.Message != ""
			if proven && e.Person == in.history.Lead.ID && !in.corrected[e.Seq] && !e.At.IsZero() && !e.At.After(in.now) {
				out.informed = later(out.informed, e.At)
			}
		case KindAsked, KindGranted, KindCorrected, KindRead, KindRequested, KindExtended, KindAnswered, KindRestricted,
			KindReleased, KindEvidence, KindOverride, KindDisclosed, KindHeld, KindUnheld, KindMerged:
		default:
			in.stop(out, e)
		}
	}
}

func (in folding) stop(out *folded, e Event) {
	ofPerson := e.Kind != KindRefused && e.Kind != KindWithdrawn
	if ofPerson && out.states[MarketingEmail] != Granted {
		out.objected = true
	}
	if ofPerson || in.no(e, MarketingEmail) && in.withdraws(e) {
		out.stopped = later(out.stopped, happened(e, in.now))
		if e.Message != "" {
			out.stops[e.Message] = true
		}
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
