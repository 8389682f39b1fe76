package outbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"zgoda/mail"
)

// copyTimeout is how long saving one copy may take.
const copyTimeout = 2 * time.Minute

// copier remembers what became of the copies. The store knows which are still
// to be saved; that is all that must outlive the program.
type copier struct {
	wake chan struct{}

	saving sync.Mutex // one round at a time

	mu       sync.Mutex // guards what follows
	attempts map[mail.DraftID]int
	failures int // in a row
	trouble  CopyTrouble
}

// CopyTrouble says why sent mails are not in the Sent mailbox yet. The mails
// themselves were sent.
type CopyTrouble struct {
	Waiting  int       // copies still to be saved
	RetryAt  time.Time // when they are tried again
	Problem  string    // one sentence
	NextStep string
}

// CopyTrouble is the state of the Sent copies; false when all is well.
func (w *Worker) CopyTrouble() (CopyTrouble, bool) {
	w.copier.mu.Lock()
	defer w.copier.mu.Unlock()
	return w.copier.trouble, w.copier.trouble.Problem != ""
}

// copyLoop saves copies beside the sending, so that a slow IMAP server delays
// no mail.
func (w *Worker) copyLoop(ctx context.Context) {
	for {
		if err := w.saveCopies(ctx); err != nil && ctx.Err() == nil {
			w.Log.Error("the Sent copies could not be looked up", "err", err)
		}
		if !sleep(ctx, w.copier.wake, w.untilCopies()) {
			return
		}
	}
}

func (w *Worker) untilCopies() time.Duration {
	w.copier.mu.Lock()
	defer w.copier.mu.Unlock()
	if w.copier.failures == 0 {
		return longestWait // a sent mail wakes us
	}
	return backOff(w.copier.failures)
}

// saveCopies tries every waiting copy, those that failed least first, until one
// fails: then the server is likely away. So one mail that the server never
// takes does not stand before the others. Its error is the store's.
func (w *Worker) saveCopies(ctx context.Context) error {
	w.copier.saving.Lock()
	defer w.copier.saving.Unlock()
	waiting, err := w.Store.Copies(ctx)
	if err != nil {
		w.failedCopy(0, 0, err)
		return fmt.Errorf("look up the Sent copies: %w", err)
	}
	w.leastFailedFirst(waiting)
	for i, one := range waiting {
		if err := w.saveCopy(ctx, one); err != nil {
			if ctx.Err() == nil {
				w.failedCopy(one.ID, len(waiting)-i, err)
				w.Changed()
			}
			return nil
		}
		w.savedCopy(one.ID)
		w.Changed()
	}
	w.copier.mu.Lock()
	w.copier.failures, w.copier.trouble = 0, CopyTrouble{}
	w.copier.mu.Unlock()
	return nil
}

func (w *Worker) leastFailedFirst(waiting []mail.SentCopy) {
	w.copier.mu.Lock()
	defer w.copier.mu.Unlock()
	slices.SortStableFunc(waiting, func(a, b mail.SentCopy) int {
		return cmp.Compare(w.copier.attempts[a.ID], w.copier.attempts[b.ID])
	})
}

// saveCopy may be repeated: the Sent mailbox looks for the Message-ID first.
func (w *Worker) saveCopy(ctx context.Context, one mail.SentCopy) error {
	ctx, cancel := context.WithTimeout(ctx, copyTimeout)
	defer cancel()
	if err := w.SentBox.SaveSent(ctx, one); err != nil {
		return err
	}
	return w.Store.CopyDone(ctx, one.ID)
}

func (w *Worker) savedCopy(id mail.DraftID) {
	w.copier.mu.Lock()
	defer w.copier.mu.Unlock()
	delete(w.copier.attempts, id)
	w.copier.failures = 0
}

func (w *Worker) failedCopy(id mail.DraftID, waiting int, err error) {
	c := &w.copier
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failures++
	if c.attempts == nil {
		c.attempts = map[mail.DraftID]int{}
	}
	c.attempts[id]++
	c.trouble = CopyTrouble{
		Waiting: waiting, RetryAt: w.Now().Add(backOff(c.failures)),
		Problem:  "A sent mail could not be saved to the Sent mailbox yet.",
		NextStep: "Nothing to do: the mail was sent, and zgoda tries the copy again by itself.",
	}
	var problem *mail.Problem
	if errors.As(err, &problem) && problem.Fatal {
		c.trouble.NextStep = problem.NextStep
	}
	w.Log.Warn("a Sent copy waits for another try", "draft", id, "failures", c.failures, "err", err)
}
