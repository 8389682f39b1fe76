package imap

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"
)

var errNoIdle = errors.New("server does not offer IDLE")

// idler is the second connection. While IDLE runs no other command can, so it
// does nothing else; it only wakes the first. Without it, polling goes on.
type idler struct {
	changed chan struct{} // holds one: the inbox changed
	turned  chan struct{} // holds one: hears has another answer
	ok      atomic.Bool
	cancel  context.CancelFunc
	done    sync.WaitGroup
}

func startIdler(ctx context.Context, s *Syncer) *idler {
	ctx, cancel := context.WithCancel(ctx)
	i := &idler{changed: make(chan struct{}, 1), turned: make(chan struct{}, 1), cancel: cancel}
	i.done.Go(func() { i.run(ctx, s) })
	return i
}

// close ends the connection and waits for it.
func (i *idler) close() {
	i.cancel()
	i.done.Wait()
}

// hears reports whether the server would tell us of new mail.
func (i *idler) hears() bool { return i.ok.Load() }

func (i *idler) run(ctx context.Context, s *Syncer) {
	for try := 0; ; try++ {
		heard, err := i.listen(ctx, s)
		i.turn(false)
		if ctx.Err() != nil {
			return
		}
		if errors.Is(err, errNoIdle) || errors.Is(err, errPassword) {
			s.Log.Info("no second connection", "error", err)
			return
		}
		if heard {
			// The line was lost: the other one is perhaps dead too, and a look
			// finds that out.
			try = 0
			mark(i.changed)
		}
		s.Log.Info("idle connection ended", "error", err, "try", try)
		timer := time.NewTimer(s.Backoff(try))
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
		if ctx.Err() != nil {
			return
		}
	}
}

// listen connects and hears until the line is lost.
func (i *idler) listen(ctx context.Context, s *Syncer) (heard bool, err error) {
	session, err := Open(ctx, s.Server, s.Silence)
	if err != nil {
		return false, err
	}
	defer session.Close()
	if !session.caps.Has(imap.CapIdle) {
		return false, errNoIdle
	}
	if _, err := session.enter(ctx, inbox); err != nil {
		return false, err
	}
	// What came between the first connection's look and this moment was told to
	// nobody, so the first one looks once more.
	mark(i.changed)
	for {
		changed, err := session.Idle(ctx, s.Refresh, func() { i.turn(true) })
		if changed {
			mark(i.changed)
		}
		if err != nil {
			return heard || i.hears(), err
		}
	}
}

func (i *idler) turn(ok bool) {
	if i.ok.Swap(ok) != ok {
		mark(i.turned)
	}
}

// mark leaves a mark for who reads ch; one is enough.
func mark(ch chan struct{}) {
	select {
	case ch <- struct{}{}:
	default:
	}
}
