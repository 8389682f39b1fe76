package outbox

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/compose"
)

// attempt takes one claimed draft as far as it gets. It never returns before
// it is known, or known to be unknown, what became of the mail.
func (w *Worker) attempt(ctx context.Context, out mail.Outgoing) settlement {
	sealed, err := w.seal(ctx, out.Draft)
	if err != nil {
		return w.unsealed(ctx, out, err)
	}
	if err := w.Store.Sealing(ctx, out.ID, sealed.Bytes()); err != nil {
		return w.unstored(ctx, out, err)
	}
	does := w.does(ctx, out.Draft)
	// asked keeps what still said, for only then is it sure that nothing left.
	var asked error
	linger := newLinger(ctx, w.Grace)
	defer linger.end()
	err = w.Submitter.Submit(linger.ctx, sealed, func(still context.Context) error {
		asked = w.mayStill(ctx, still, out.Draft)
		if asked == nil {
			linger.begin()
		}
		return asked
	})
	if err == nil {
		return w.sent(out, does)
	}
	return w.unsent(ctx, out, err, asked)
}

// ask puts the whole question: may this letter leave, and may each of its
// wishes be fulfilled.
func (w *Worker) ask(ctx context.Context, draft mail.Draft) (consent.SendPermit, []consent.TrackPermit, error) {
	permit, err := w.Gate.MaySend(ctx, consent.LetterOf(draft))
	if err != nil {
		return consent.SendPermit{}, nil, fmt.Errorf("ask the gate: %w", err)
	}
	var wishes []consent.Purpose
	if draft.TrackOpens {
		wishes = append(wishes, consent.TrackOpen)
	}
	if draft.TrackClicks {
		wishes = append(wishes, consent.TrackClick)
	}
	var track []consent.TrackPermit
	for _, purpose := range wishes {
		one, err := w.Gate.MayTrack(ctx, draft.Person, purpose)
		if err != nil {
			return consent.SendPermit{}, nil, fmt.Errorf("ask the gate: %w", err)
		}
		track = append(track, one)
	}
	return permit, track, nil
}

// seal asks the gate and builds the mail with its answer.
func (w *Worker) seal(ctx context.Context, draft mail.Draft) (compose.Sealed, error) {
	permit, track, err := w.ask(ctx, draft)
	if err != nil {
		return compose.Sealed{}, &gateError{err}
	}
	sender := w.Sender()
	sender.Now = w.Now()
	if len(track) > 0 {
		return compose.SealTracked(permit, track, draft, sender)
	}
	return compose.Seal(permit, draft, sender)
}

// mayStill is the question directly before DATA: the ledger is read anew, so
// that an objection recorded since the first answer wins (law.md L21.2). A
// program that is about to end does not begin to hand over.
func (w *Worker) mayStill(run, ctx context.Context, draft mail.Draft) error {
	if err := run.Err(); err != nil {
		return err
	}
	if _, _, err := w.ask(ctx, draft); err != nil {
		return &gateError{err}
	}
	return nil
}

// gateError is an answer of the gate, a refusal or an unreadable ledger.
type gateError struct{ err error }

func (e *gateError) Error() string { return e.err.Error() }
func (e *gateError) Unwrap() error { return e.err }

// linger is the context of a submission. It ends with the run's until the gate
// has said its last yes; from then on only a while after it.
type linger struct {
	ctx    context.Context
	begun  atomic.Bool
	cancel context.CancelCauseFunc
	wait   func()
}

func newLinger(run context.Context, grace time.Duration) *linger {
	l := &linger{}
	l.ctx, l.cancel = context.WithCancelCause(context.WithoutCancel(run))
	done := make(chan struct{})
	stop := context.AfterFunc(run, func() {
		defer close(done)
		if l.begun.Load() {
			timer := time.NewTimer(grace)
			defer timer.Stop()
			select {
			case <-timer.C:
			case <-l.ctx.Done():
			}
		}
		l.cancel(context.Cause(run))
	})
	l.wait = func() {
		if !stop() {
			<-done
		}
	}
	return l
}

func (l *linger) begin() { l.begun.Store(true) }

func (l *linger) end() {
	l.cancel(nil)
	l.wait()
}
