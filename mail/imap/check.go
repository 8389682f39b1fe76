package imap

import (
	"context"
	"slices"

	"github.com/emersion/go-imap/v2"

	"zgoda/mail"
)

// Facts are what setup and doctor tell of a server that works.
type Facts struct {
	Capabilities []string // as announced after the login, sorted
	Idle         bool     // new mail is told at once
	Messages     int      // in INBOX
	Sent         string   // name of the Sent folder, empty when there is none
}

// Check connects, logs in and looks at INBOX, and changes nothing. The error is
// a *mail.Problem that says what to do, or the context's own.
func Check(ctx context.Context, server mail.Server) (Facts, error) {
	session, err := Open(ctx, server, 0)
	if err != nil {
		return Facts{}, err
	}
	defer session.Close()
	facts := Facts{Idle: session.caps.Has(imap.CapIdle)}
	for name := range session.caps {
		facts.Capabilities = append(facts.Capabilities, string(name))
	}
	slices.Sort(facts.Capabilities)
	data, err := session.enter(ctx, inbox)
	if err != nil {
		return facts, err
	}
	facts.Messages = int(data.NumMessages)
	facts.Sent, err = session.sentFolder(ctx)
	return facts, err
}
