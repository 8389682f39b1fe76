package consent

import (
	"fmt"
	"time"

	"zgoda/mail"
)

// restriction is since when a person's data may only be kept (Art. 18), and why
// in half a sentence; "" when they may be used. A restriction stands until a
// later release, later both in time and in the ledger: a tie restricts. Whoever
// asked for one, or objected, is restricted until that request is answered.
func restriction(history History) (since time.Time, why string) {
	var last line
	for _, e := range history.Events {
		if e.Kind == KindRestricted && e.Person == history.Lead.ID {
			last.add(e, e.RecordedAt)
		}
	}
	if last.any && !released(history, last) {
		return last.at, "their data is restricted"
	}
	for _, r := range Requests(history.Events, "") {
		if r.Open() && r.Person == history.Lead.ID && (r.Right == RightRestrict || r.Right == RightObject) {
			return r.Received, fmt.Sprintf("they asked for %s, and that is not answered yet", r.Right)
		}
	}
	return time.Time{}, ""
}

func released(history History, last line) bool {
	for _, e := range history.Events {
		if e.Kind == KindReleased && e.Person == history.Lead.ID && !blank(e.Evidence) && last.beyond(e) {
			return true
		}
	}
	return false
}

// notRestricted refuses whatever uses the data (law.md L18). Only the answer to
// a request of theirs goes out meanwhile, see duty.go.
func notRestricted(history History) Check {
	a := ask{"L18", "restricted", "Not restricted", "GDPR Art. 18"}
	since, why := restriction(history)
	if why == "" {
		return a.yes("Their data is not restricted.")
	}
	return a.no(fmt.Sprintf("Since %s their data may be kept and not used: %s.", day(since), why),
		"Answer their request; then record that the restriction is lifted, if it is.", FixRequest)
}

// owesNotice reports whether a lead must still be told that their data is kept.
func (f folded) owesNotice(lead Lead) bool { return lead.IsLead() && f.informed.IsZero() }

// noticeDue is when a lead must have been informed at the latest: the earliest
// of the three terms of Art. 14(3) (L14.3). (a) A calendar month after the data
// was obtained or NoticeTerm, whichever is earlier; when it is not known since
// when we hold the data, the day the person became a lead counts. (b) The first
// mail of ours to them. (c) The first time that the data was given to somebody else.
func (f folded) noticeDue(history History) time.Time {
	lead := history.Lead
	if !f.owesNotice(lead) {
		return time.Time{}
	}
	from := collected(lead)
	due := earlier(from.Add(NoticeTerm), sameDayLater(from, 1))
	due = earlier(due, history.FirstOutbound)
	for _, e := range history.Events {
		if e.Kind == KindDisclosed && e.Person == lead.ID {
			due = earlier(due, e.At)
		}
	}
	return due
}

// earlier is the earlier of a and b, of which b may be unknown.
func earlier(a, b time.Time) time.Time {
	if !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Undelivered is the mails that came back though an entry says that they
// informed the person: the correction of that entry names the report. They were
// no first communication either.
func Undelivered(events []Event) map[mail.MessageID]bool {
	back := make(map[int64]bool)
	for _, e := range events {
		if e.Kind == KindCorrected && e.Message != "" {
			back[e.Corrects] = true
		}
	}
	lost := make(map[mail.MessageID]bool)
	for _, e := range events {
		if e.Kind == KindNotice && e.Message != "" && back[e.Seq] {
			lost[e.Message] = true
		}
	}
	return lost
}
