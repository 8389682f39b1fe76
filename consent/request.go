package consent

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"zgoda/mail"
)

// The clock of a rights request (Art. 12(3); law.md D2).
const (
	answerMonths = 1                  // to answer, from the receipt
	extendMonths = 3                  // the same with the two further months of an extension
	ackTerm      = 3 * 24 * time.Hour // to say that it has arrived
)

// RequestDue is when a request that came at received must be answered by a
// company of country: the same day of the next month or that month's last day,
// and when that is a Saturday, a Sunday or a public holiday, the next working day.
func RequestDue(received time.Time, country string) time.Time {
	return workday(sameDayLater(received.UTC(), answerMonths), country)
}

// ExtendedDue is the latest day to which the answer may be put off.
func ExtendedDue(received time.Time, country string) time.Time {
	return workday(sameDayLater(received.UTC(), extendMonths), country)
}

// Requests folds the rights requests out of a ledger, oldest first. country is
// the company's, for its days of rest. What steps do that break the rules is
// ignored: an extension without a reason or after month one moves nothing, and
// an answer that is no mail closes nothing.
func Requests(events []Event, country string) []Request {
	var all []Request
	at := make(map[int64]int)
	lost := correctedIn(events) // a mail that came back has answered nothing and put nothing off
	for _, e := range events {
		i, known := at[e.Corrects]
		switch {
		case e.Kind == KindRequested:
			at[e.Seq] = len(all)
			all = append(all, requestOf(e, country))
		case !known || all[i].Person != e.Person || e.Seq < all[i].Seq:
		case e.Kind == KindExtended && !lost[e.Seq]:
			all[i].extend(e, country)
		case e.Kind == KindAnswered && !lost[e.Seq]:
			all[i].answer(e)
		}
	}
	return all
}

func requestOf(e Event, country string) Request {
	return Request{
		Seq: e.Seq, Person: e.Person, Right: e.Right, Received: e.At, Due: RequestDue(e.At, country), Ack: e.At.Add(ackTerm),
		Message: e.Message, Evidence: e.Evidence,
	}
}

func (r *Request) extend(e Event, country string) {
	if r.Extended || !r.Open() || blank(e.Evidence) || e.At.After(r.Due) || e.RecordedAt.After(r.Due) {
		return
	}
	due := ExtendedDue(r.Received, country)
	if !e.ValidUntil.IsZero() && e.ValidUntil.Before(due) {
		due = e.ValidUntil
	}
	if due.After(r.Due) {
		r.Due, r.Extended, r.Why = due, true, e.Evidence
	}
}

func (r *Request) answer(e Event) {
	if r.Open() && e.Message != "" && !e.At.IsZero() {
		r.Answered, r.Answer = e.At, e.Message
	}
}

// OpenRequest is the open request of a person that seq names.
func OpenRequest(history History, seq int64) (Request, bool) {
	for _, r := range Requests(history.Events, "") {
		if r.Seq == seq && r.Open() && r.Person == history.Lead.ID && r.Person != 0 {
			return r, true
		}
	}
	return Request{}, false
}

// The reasons for which a step of a request cannot be recorded. Each comes in a
// *mail.Problem with its next step.
var (
	ErrNoRequest = errors.New("there is no such request of this person")
	ErrClosed    = errors.New("the request is answered already")
	ErrExtended  = errors.New("the answer was put off once already")
	ErrTooLate   = errors.New("the first month is over")
	ErrTooLong   = errors.New("that is more than two further months")
)

// CheckStep checks a step of a request against what happened before, in the
// words that a person reads: Event.Validate knows the event alone. country is
// the company's. Every other kind of event passes. A second answer passes too,
// for it changes nothing.
func CheckStep(history History, event Event, country string, now time.Time) error {
	if event.Kind != KindExtended && event.Kind != KindAnswered {
		return nil
	}
	requests := Requests(history.Events, country)
	i := slices.IndexFunc(requests, func(r Request) bool { return r.Seq == event.Corrects && r.Person == event.Person })
	if i < 0 {
		return step("There is no such request of this person.", "Look up its number with zgoda requests.", ErrNoRequest)
	}
	r := requests[i]
	if event.Kind == KindAnswered {
		return nil
	}
	switch {
	case !r.Open():
		return step("This request is answered already.", "Nothing is left to do.", ErrClosed)
	case r.Extended:
		return step("The answer was put off once already.", fmt.Sprintf("Answer by %s.", day(r.Due)), ErrExtended)
	case now.After(r.Due) || event.At.After(r.Due):
		return step(fmt.Sprintf("The first month ended on %s, and only in it the answer can be put off.", day(r.Due)), "Answer at once.", ErrTooLate)
	case event.ValidUntil.After(ExtendedDue(r.Received, country)):
		return step("An answer can be put off by two further months and no more.",
			fmt.Sprintf("Answer by %s at the latest.", day(ExtendedDue(r.Received, country))), ErrTooLong)
	}
	return nil
}

func step(sentence, next string, err error) error {
	return &mail.Problem{Sentence: sentence, NextStep: next, Err: err}
}
