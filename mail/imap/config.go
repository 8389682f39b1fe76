package imap

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"time"

	"zgoda/mail"
)

// Config is what a [Syncer] needs to know. Server, Account and Mirror must be
// set; every other zero value gets a default that fits a real server.
type Config struct {
	Server  mail.Server
	Account string // our name of the account, as the mirror knows it
	Mirror  Mirror
	// Status hears each change of state, at most ten times a second while
	// messages are fetched. It is called by the goroutine that syncs: it must
	// hand the value on and return.
	Status func(mail.SyncStatus)
	Now    func() time.Time
	Log    *slog.Logger // no address, subject or password is ever written to it

	// Keep says of a whole mail whether its bytes may be the proof of a consent; only
	// then they are handed on, and only then Authenticate is asked who sent them. Both
	// must be quick or bounded: the sync waits. Without Keep no bytes are kept.
	Keep         func(*mail.Message) bool
	Authenticate func(ctx context.Context, raw []byte) mail.Authentication

	Batch     int   // messages per FETCH and transaction; 200
	BodyLimit int64 // octets of one message that are read; 16 MiB
	// Poll is how often we ask a server that does not tell by IDLE: 1 min. With
	// IDLE, every fifth Poll looks at everything all the same.
	Poll     time.Duration
	Refresh  time.Duration // how long one IDLE may last, and so how long a dead line may go unseen; 9 min
	Debounce time.Duration // changes that come together are fetched together; 300 ms
	Silence  time.Duration // a server that says nothing for so long while we wait is given up; 30 s
	Slow     time.Duration // how often to try again after a fatal problem that is not the password; 15 min
	// Backoff is the pause after the given number of failed tries, from zero.
	// The default goes from 1 s to 60 s and is spread by a fifth.
	Backoff func(try int) time.Duration
}

func (c Config) withDefaults() Config {
	if c.Status == nil {
		c.Status = func(mail.SyncStatus) {}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Keep == nil {
		c.Keep = func(*mail.Message) bool { return false }
	}
	if c.Authenticate == nil {
		c.Authenticate = func(context.Context, []byte) mail.Authentication { return mail.Authentication{} }
	}
	if c.Batch <= 0 {
		c.Batch = 200
	}
	if c.BodyLimit <= 0 {
		c.BodyLimit = 16 << 20
	}
	if c.Backoff == nil {
		c.Backoff = backoff
	}
	setDefault(&c.Poll, time.Minute)
	setDefault(&c.Refresh, 9*time.Minute)
	setDefault(&c.Debounce, 300*time.Millisecond)
	setDefault(&c.Silence, silence)
	setDefault(&c.Slow, 15*time.Minute)
	return c
}

func setDefault(d *time.Duration, value time.Duration) {
	if *d <= 0 {
		*d = value
	}
}

// backoff doubles from a second to a minute, and spreads clients that lost the
// same server so that they do not come back in one moment.
func backoff(try int) time.Duration {
	d := time.Minute
	if try < 6 {
		d = time.Second << try
	}
	return d + time.Duration((rand.Float64()-0.5)*0.4*float64(d))
}
