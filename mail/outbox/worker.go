// Package outbox drives a queued draft to its end: sent, refused, failed, or
// unknown. It sends at most once. A mail that may have left is never sent again
// by itself, and one that the gate refuses never leaves.
//
// The way through it:
//
//  1. ports.go: what the worker needs: a durable [Store], the [Gate], the door
//     out ([Submitter]) and the Sent mailbox ([SentBox]).
//  2. worker.go: [Worker.Run] recovers what an earlier run left, then sleeps
//     until something is due; [Worker.Flush] does the same once, for the CLI.
//  3. attempt.go: one draft: ask the gate, seal, store the bytes, submit with
//     the gate asked again before DATA. The order is the guarantee: Sending is
//     on the disk before anybody is asked, the bytes are before a packet leaves.
//  4. outcome.go: how an attempt ended becomes a state, a reason and a next step.
//  5. copies.go: the copy in the Sent mailbox, a step of its own that may fail
//     and be repeated without ever touching the mail.
package outbox

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"zgoda/consent"
	"zgoda/mail/compose"
)

const (
	longestSleep  = time.Minute // a suspended machine or a moved clock is noticed within it
	shortestSleep = 100 * time.Millisecond
	settleTimeout = 15 * time.Second // what the disk gets after the program was told to end
	defaultGrace  = 5 * time.Second
)

// Config is what a worker is made of. SentBox, Ledger, Log and Changed may be nil.
type Config struct {
	Store     Store
	Gate      Gate
	Submitter Submitter
	SentBox   SentBox               // nil saves no copies
	Sender    func() compose.Sender // its Now is set by the worker
	// Ledger and Controller let consent.Informs say whether a mail carries the
	// notice of Art. 13/14. Without a ledger a mail that shows PolicyURL does,
	// which is too generous for a first mail: give the ledger.
	Ledger     consent.Ledger
	Controller consent.Controller
	PolicyURL  string
	Now        func() time.Time
	Log        *slog.Logger
	Changed    func() // called after every durable change, from the worker's goroutines
	// Grace is how long a mail that is just being handed over may go on after
	// Run's context ended, so that leaving the program does not make it unknown.
	// Zero is five seconds.
	Grace time.Duration
}

// Worker sends what is due, one mail at a time.
type Worker struct {
	Config
	wake chan struct{}

	busy      sync.Mutex // one attempt at a time; guards the three below
	recovered bool
	owed      []settlement // ends of attempts that the store has not taken yet
	failures  int          // of the store, in a row

	copier copier
}

// New makes a worker; nothing runs yet.
func New(config Config) *Worker {
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	if config.Changed == nil {
		config.Changed = func() {}
	}
	if config.Grace == 0 {
		config.Grace = defaultGrace
	}
	return &Worker{Config: config, wake: make(chan struct{}, 1), copier: copier{wake: make(chan struct{}, 1)}}
}

// Run works until ctx ends, and returns nil when both of its loops have ended.
// Errors of the store are logged and tried again: the outbox never gives up.
func (w *Worker) Run(ctx context.Context) error {
	var loops sync.WaitGroup
	if w.SentBox != nil {
		loops.Go(func() { w.copyLoop(ctx) })
	}
	for {
		err := w.sendDue(ctx)
		if !sleep(ctx, w.wake, w.untilNext(ctx, err)) {
			break
		}
	}
	loops.Wait()
	return nil
}

// Wake says that something was queued. It never blocks.
func (w *Worker) Wake() { poke(w.wake) }

// Flush works off all that is due now, tries the waiting Sent copies once, and
// returns. How each mail ended stands in the store; the error is the store's.
// Copies that could not be saved are told by [Worker.CopyTrouble].
func (w *Worker) Flush(ctx context.Context) error {
	if err := w.sendDue(ctx); err != nil {
		return err
	}
	if w.SentBox != nil {
		return w.saveCopies(ctx)
	}
	return nil
}

// sendDue works off what is due. Its error is the store's.
func (w *Worker) sendDue(ctx context.Context) error {
	w.busy.Lock()
	defer w.busy.Unlock()
	err := w.sendAll(ctx)
	if err != nil && ctx.Err() == nil {
		w.failures++
		// Nothing is in flight while busy is held: what the store may have done
		// halfway is put right the way a crash is.
		w.recovered = false
		w.Log.Error("the outbox could not go on", "err", err)
	} else {
		w.failures = 0
	}
	return err
}

func (w *Worker) sendAll(ctx context.Context) error {
	if err := w.payOwed(ctx); err != nil {
		return err
	}
	if !w.recovered {
		if err := w.Store.Recover(ctx); err != nil {
			return fmt.Errorf("recover the outbox: %w", err)
		}
		w.recovered = true
		w.Changed()
	}
	for ctx.Err() == nil {
		out, found, err := w.Store.Claim(ctx)
		if err != nil {
			return fmt.Errorf("take the next mail: %w", err)
		}
		if !found {
			return nil
		}
		w.Changed()
		if err := w.settle(ctx, w.attempt(ctx, out)); err != nil {
			return err
		}
	}
	return nil
}

// untilNext is how long to sleep after a round that ended with err.
func (w *Worker) untilNext(ctx context.Context, err error) time.Duration {
	if err != nil {
		w.busy.Lock()
		defer w.busy.Unlock()
		return min(backOff(w.failures)/10, longestSleep)
	}
	due, waiting, err := w.Store.NextDue(ctx)
	if err != nil || !waiting {
		return longestSleep
	}
	return min(max(due.Sub(w.Now()), shortestSleep), longestSleep)
}

// sleep waits for d or a poke; false says that ctx ended.
func sleep(ctx context.Context, wake <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-wake:
	case <-timer.C:
	}
	return ctx.Err() == nil
}

func poke(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default: // it is poked already
	}
}
