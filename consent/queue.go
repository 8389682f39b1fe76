package consent

import (
	"time"

	"zgoda/mail"
)

// Place is where a queue is paged from, by key: due first, then person. The
// zero Place is its beginning.
type Place struct {
	Due time.Time
	ID  mail.PersonID
}

// QueueCounts is how much waits in each queue, for a status line and the tabs.
type QueueCounts struct {
	Notices, NoticesSoon, NoticesOver int // soon: NoticeWarning or less is left
	Requests, RequestsOver            int // open ones
	Retention                         int // leads whose data must go within 30 days
}
