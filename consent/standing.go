package consent

import "time"

// Stand folds a history into what the badges show now. Its Basis is the best
// there would be for a mail begun now; the mail itself is judged by [DecideSend].
func Stand(history History, controller Controller, now time.Time) Standing {
	f := fold(history, now)
	held, _ := f.unheard(history)
	_, restricted := restriction(history)
	basis := BasisNone
	if restricted == "" {
		basis = f.best(history, controller, now)
	}
	open, due := openRequests(history, controller)
	return Standing{
		Held:       held,
		Requests:   open,
		RequestDue: due,
		States:     f.states,
		Basis:      basis,
		Objected:   f.objected,
		Suppressed: history.Suppressed,
		Stale:      history.Stale != "",
		NoticeDue:  f.noticeDue(history),
		Restricted: restricted != "",
	}
}

// openRequests is how many requests of the person wait for an answer, and when
// the first of them is due.
func openRequests(history History, controller Controller) (open int, due time.Time) {
	for _, r := range Requests(history.Events, controller.Country) {
		if !r.Open() || r.Person != history.Lead.ID {
			continue
		}
		if open++; due.IsZero() || r.Due.Before(due) {
			due = r.Due
		}
	}
	return open, due
}

// NoticeUrgency is how near the end of the notice term is (Art. 14(3); S24).
type NoticeUrgency string

// The urgencies.
const (
	NoticeNone  NoticeUrgency = ""      // informed, or nobody is a lead
	NoticeOK    NoticeUrgency = "ok"    // more than NoticeWarning is left
	NoticeAmber NoticeUrgency = "amber" // NoticeWarning or less is left
	NoticeOver  NoticeUrgency = "over"  // the term has passed: notify or erase
)

// NoticeWarning is how long before its end a notice term turns amber (S24).
const NoticeWarning = 7 * 24 * time.Hour

// NoticeState is the urgency of the notice at now. It is asked of a Standing
// that may be older than now, so that a badge turns by itself.
func (s Standing) NoticeState(now time.Time) NoticeUrgency {
	left := s.NoticeDue.Sub(now)
	switch {
	case s.NoticeDue.IsZero():
		return NoticeNone
	case left <= 0:
		return NoticeOver
	case left <= NoticeWarning:
		return NoticeAmber
	}
	return NoticeOK
}
