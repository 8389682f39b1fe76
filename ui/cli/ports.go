package cli

import (
	"context"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
	"zgoda/ui"
)

// ports is the world as the screen may see it.
func (w *world) ports() ui.Ports {
	people := &peoplePort{DB: w.db, nudge: w.syncer.SyncNow}
	return ui.Ports{
		Inbox: people, People: people, Outbox: w.db, Verdicts: w.gate,
		Templates: templatePort{w}, Server: w.syncer, Now: w.now,
		Desk:   &deskPort{DB: w.db, server: w.syncer},
		Intake: intakePort{db: w.db, now: w.now},
	}
}

// peoplePort is the store, and a nudge to the sync when the server has
// something for us to do: fetch the texts of a new lead, or mark mails read.
type peoplePort struct {
	*store.DB
	nudge func()
}

// MakeLead makes a lead and has the texts of their mails fetched.
func (p *peoplePort) MakeLead(ctx context.Context, person mail.PersonID) (consent.Lead, error) {
	lead, err := p.DB.MakeLead(ctx, person)
	if err == nil {
		p.nudge()
	}
	return lead, err
}

// offlinePort stands in for the syncer while there is no server to ask.
type offlinePort struct{}

// SyncNow does nothing: there is no server.
func (offlinePort) SyncNow() {}

// CancelSync does nothing: nothing runs.
func (offlinePort) CancelSync() {}
