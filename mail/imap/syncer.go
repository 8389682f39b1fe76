package imap

import (
	"context"
	"errors"
	"sync"
	"time"

	"zgoda/mail"
)

// Syncer keeps one account's mirror up to date. Run and Once do the work and
// must not run at the same time; every other method may be called from
// anywhere and returns at once, whatever the server does.
type Syncer struct {
	Config
	status *reporter
	modseq map[string]seen // by folder name; only the goroutine that syncs
	wake   chan struct{}   // holds one: sync now

	mu   sync.Mutex
	halt bool                    // the rep stopped the first sync
	stop context.CancelCauseFunc // ends the batch of the first sync that is under way
}

// seen is up to where the flags of a folder are known.
type seen struct {
	validity uint32
	modseq   uint64
}

// NewSyncer makes a syncer; it does nothing before Run or Once.
func NewSyncer(config Config) *Syncer {
	config = config.withDefaults()
	return &Syncer{
		Config: config,
		status: &reporter{tell: config.Status, now: config.Now, last: mail.SyncStatus{Account: config.Account}},
		modseq: map[string]seen{},
		wake:   make(chan struct{}, 1),
	}
}

// SyncNow asks for a sync: at once when idle or offline, or right after the one
// that is running. A first sync that was stopped goes on.
func (s *Syncer) SyncNow() {
	s.mu.Lock()
	s.halt = false
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default: // asked already
	}
}

// CancelSync stops a first sync. What was stored stays, new mail still comes,
// and SyncNow goes on where it stopped. Without a first sync it does nothing.
func (s *Syncer) CancelSync() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil {
		s.halt = true
		s.stop(ErrStopped)
	}
}

// stopped reports whether the rep stopped the first sync.
func (s *Syncer) stopped() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.halt
}

// stoppable is a context that CancelSync ends, until release.
func (s *Syncer) stoppable(ctx context.Context) (_ context.Context, release func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	s.mu.Lock()
	s.stop = cancel
	s.mu.Unlock()
	return ctx, func() {
		s.mu.Lock()
		s.stop = nil
		s.mu.Unlock()
		cancel(nil)
	}
}

// Once syncs both folders and returns. The error is nil, a *mail.Problem, the
// mirror's, ErrStopped, or the context's.
func (s *Syncer) Once(ctx context.Context) error {
	s.status.phase(mail.SyncConnecting)
	v, err := s.visit(ctx)
	if err == nil {
		err = v.all(ctx, true)
		v.session.Close()
	}
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		s.status.offline(err, time.Time{})
		return err
	}
	s.status.rest(mail.SyncOff, false)
	return nil
}

// Run syncs until ctx ends: it connects, stays up to date, and comes back after
// every loss. All that it started has ended when it returns.
func (s *Syncer) Run(ctx context.Context) {
	defer s.status.phase(mail.SyncOff)
	for try := 0; ; try++ {
		synced, err := s.online(ctx)
		if ctx.Err() != nil {
			return
		}
		if synced {
			try = 0
		}
		if errors.Is(err, ErrStopped) {
			try = -1
			continue // only the connection was given up, to stop at once
		}
		s.Log.Warn("sync ended", "error", err, "try", try)
		if !s.offline(ctx, err, try) {
			return
		}
	}
}

func (s *Syncer) visit(ctx context.Context) (*visit, error) {
	session, err := Open(ctx, s.Server, s.Silence)
	if err != nil {
		return nil, err
	}
	return &visit{Syncer: s, session: session}, nil
}

// online is one stay on the server. It ends with an error, always.
func (s *Syncer) online(ctx context.Context) (synced bool, err error) {
	s.status.phase(mail.SyncConnecting)
	v, err := s.visit(ctx)
	if err != nil {
		return false, err
	}
	defer func() { v.session.Close() }() // reopen may have changed it
	idle := startIdler(ctx, s)
	defer idle.close()
	for deep := true; ; {
		if err := v.all(ctx, deep); err != nil {
			return synced, err
		}
		synced = true
		if deep, err = s.rest(ctx, v, idle); err != nil {
			return synced, err
		}
	}
}

// rest waits for a reason to look again. deep says that it is a good moment to
// look at every flag.
func (s *Syncer) rest(ctx context.Context, v *visit, idle *idler) (deep bool, err error) {
	started := s.Now()
	for {
		phase, every := mail.SyncPolling, s.Poll
		if idle.hears() {
			phase, every = mail.SyncIdle, 5*s.Poll
		}
		s.status.rest(phase, s.stopped())
		timer := time.NewTimer(every - s.Now().Sub(started))
		select {
		case <-ctx.Done():
			err = context.Cause(ctx)
		case <-s.wake:
			deep = true
		case <-timer.C:
			deep = true
		case <-v.session.Gone():
			err = problem(s.Server, v.session.wire.why(), errors.New("connection ended"))
		case <-idle.changed:
			err = s.settle(ctx)
		case <-idle.turned: // it hears again, or no longer
			timer.Stop()
			continue
		}
		timer.Stop()
		return deep, err
	}
}

// settle lets changes that come together be one.
func (s *Syncer) settle(ctx context.Context) error {
	timer := time.NewTimer(s.Debounce)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// offline waits for the next try: SyncNow makes it now. After a wrong password
// only SyncNow does, for servers lock accounts that are knocked at. Other fatal
// problems get better sometimes (a hotel's network that plays the mail server),
// so they are tried again, slowly.
func (s *Syncer) offline(ctx context.Context, err error, try int) bool {
	var p *mail.Problem
	isFatal := errors.As(err, &p) && p.Fatal
	wait := s.Backoff(try)
	if isFatal {
		wait = max(wait, s.Slow)
	}
	var again <-chan time.Time
	retry := time.Time{}
	if !errors.Is(err, errPassword) {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		again, retry = timer.C, s.Now().Add(wait)
	}
	s.status.offline(err, retry)
	select {
	case <-again:
	case <-s.wake:
	case <-ctx.Done():
		return false
	}
	return true
}
