package imap

import (
	"errors"
	"time"

	"zgoda/mail"
)

const progressEvery = 100 * time.Millisecond

// reporter tells the status on. It belongs to the goroutine that syncs.
type reporter struct {
	tell func(mail.SyncStatus)
	now  func() time.Time
	last mail.SyncStatus
	told time.Time
	lack bool // no Sent folder
}

func (r *reporter) phase(phase mail.SyncPhase) {
	r.send(mail.SyncStatus{Phase: phase})
}

// progress tells how far a fetch is, at most ten times a second. A folder that
// is already up to date says nothing, so a quiet check does not flicker.
func (r *reporter) progress(role mail.Role, done, total int) {
	running := r.last.Phase == mail.SyncRunning && r.last.Mailbox == role
	if done == total && !running {
		return
	}
	if running && done != total && r.now().Sub(r.told) < progressEvery {
		return
	}
	r.send(mail.SyncStatus{Phase: mail.SyncRunning, Mailbox: role, Done: done, Total: total})
}

func (r *reporter) noSent(lack bool) { r.lack = lack }

// rest tells that all is up to date, with what the rep should know all the same.
func (r *reporter) rest(phase mail.SyncPhase, stopped bool) {
	status := mail.SyncStatus{Phase: phase}
	switch {
	case stopped:
		status.Problem = "The first sync was stopped, so older mail is missing."
		status.NextStep = "Sync again to fetch the rest."
	case r.lack:
		status.Problem = "The server has no Sent folder that zgoda knows."
		status.NextStep = "Your own mails appear in conversations once there is one; the first copy that zgoda saves makes it."
	}
	r.last.SyncedAt = r.now()
	r.send(status)
}

// offline tells why there is no connection, and when the next try is; a zero
// retry says that only the rep can help.
func (r *reporter) offline(err error, retry time.Time) {
	status := mail.SyncStatus{Phase: mail.SyncOffline, RetryAt: retry}
	var p *mail.Problem
	switch {
	case errors.As(err, &p):
		status.Problem, status.NextStep, status.Fatal = p.Sentence, p.NextStep, p.Fatal
	case err != nil:
		status.Problem = "The sync did not go through."
		status.NextStep = "Nothing to do: zgoda tries again. The log has the details."
	}
	r.send(status)
}

func (r *reporter) send(status mail.SyncStatus) {
	status.Account, status.SyncedAt = r.last.Account, r.last.SyncedAt
	if status == r.last {
		return
	}
	r.last, r.told = status, r.now()
	r.tell(status)
}
