package outbox_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/outbox"
	"zgoda/mail/smtp/smtptest"
)

// running is a worker whose every durable change can be waited for.
type running struct {
	*outbox.Worker
	changed chan struct{}
	stop    context.CancelFunc
	ended   chan error
}

func (d *desk) run(change ...func(*outbox.Config)) *running {
	d.t.Helper()
	config := d.config()
	for _, f := range change {
		f(&config)
	}
	r := &running{changed: make(chan struct{}, 100), ended: make(chan error, 1)}
	config.Changed = func() {
		select {
		case r.changed <- struct{}{}:
		default:
		}
	}
	r.Worker = outbox.New(config)
	var ctx context.Context
	ctx, r.stop = context.WithCancel(context.Background())
	go func() { r.ended <- r.Run(ctx) }()
	d.t.Cleanup(r.stop)
	return r
}

// until waits for changes until the mail is in the state.
func (r *running) until(d *desk, done func() bool) {
	d.t.Helper()
	limit := time.After(30 * time.Second)
	for !done() {
		select {
		case <-r.changed:
		case <-limit:
			d.t.Fatal("it did not come to that")
		}
	}
}

func (r *running) end(t *testing.T) {
	t.Helper()
	r.stop()
	if err := <-r.ended; err != nil {
		t.Errorf("Run ended with %v", err)
	}
}

func TestRunSendsWhatIsQueuedWhileItSleeps(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	r := d.run()
	r.until(d, func() bool { return true })
	out := d.queue(d.draft(consent.Tracking{}))
	r.Wake()
	r.until(d, func() bool { return d.find(out.ID).Copy == mail.CopyDone })
	r.end(t)
	d.want(out.ID, mail.Sent, 1)
}

// TestRunWakesByItselfWhenTheHoldIsOver has nobody who wakes it: its own timer
// must, by the clock that the store has too.
func TestRunWakesByItselfWhenTheHoldIsOver(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	out, err := d.db.Queue(t.Context(), d.draft(consent.Tracking{}), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	r := d.run()
	r.until(d, func() bool { return true }) // it has looked once
	d.pass(time.Second)
	r.until(d, func() bool { return d.find(out.ID).State == mail.Sent })
	r.end(t)
	d.want(out.ID, mail.Sent, 1)
}

// TestLeavingWhileAMailIsHandedOver: the program is told to end while the server
// reads the mail. The answer is still taken, so that nothing becomes unknown.
func TestLeavingWhileAMailIsHandedOver(t *testing.T) {
	var r *running
	d := newDesk(t, smtptest.Options{OnData: func([]byte) error { r.stop(); return nil }})
	out := d.queue(d.draft(consent.Tracking{}))
	ready := make(chan struct{})
	r = d.run(func(c *outbox.Config) { c.Gate = waitingGate{c.Gate, ready} })
	close(ready) // r is set now, also for the server's goroutine
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	if got := d.find(out.ID); got.State != mail.Sent || len(d.server.Delivered()) != 1 {
		t.Errorf("the mail is %s (%s)", got.State, got.Reason)
	}
}

// TestLeavingBeforeDataSendsNothing: told to end a moment earlier, nothing is
// begun, and the mail keeps its place without an attempt on its account.
func TestLeavingBeforeDataSendsNothing(t *testing.T) {
	var r *running
	d := newDesk(t, smtptest.Options{OnRcpt: func(string) error { r.stop(); return nil }})
	out := d.queue(d.draft(consent.Tracking{}))
	ready := make(chan struct{})
	r = d.run(func(c *outbox.Config) { c.Gate = waitingGate{c.Gate, ready} })
	close(ready)
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	got := d.want(out.ID, mail.Queued, 0)
	if d.server.Begun() != 0 || got.Attempts != 0 || got.Reason != "" {
		t.Errorf("%d DATA, %d attempts, %q", d.server.Begun(), got.Attempts, got.Reason)
	}
}

// TestTheGraceEnds: a server that never answers the final dot does not hold the
// program longer than the grace, and the mail is unknown.
func TestTheGraceEnds(t *testing.T) {
	var r *running
	silent := make(chan struct{})
	d := newDesk(t, smtptest.Options{OnData: func([]byte) error { r.stop(); <-silent; return nil }})
	out := d.queue(d.draft(consent.Tracking{}))
	ready := make(chan struct{})
	r = d.run(func(c *outbox.Config) { c.Gate, c.Grace = waitingGate{c.Gate, ready}, time.Millisecond })
	close(ready)
	if err := <-r.ended; err != nil {
		t.Error(err)
	}
	close(silent)
	if got := d.find(out.ID); got.State != mail.Unknown {
		t.Errorf("the mail is %s", got.State)
	}
}

// waitingGate answers when the test is ready.
type waitingGate struct {
	outbox.Gate
	ready <-chan struct{}
}

func (g waitingGate) MaySend(ctx context.Context, letter consent.Letter) (consent.SendPermit, error) {
	<-g.ready
	return g.Gate.MaySend(ctx, letter)
}

func TestM11_ACopyThatFailsNeverSendsAgain(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	d.box.refuse = func(mail.SentCopy) error {
		return &mail.Problem{Sentence: "quota", NextStep: "Make room in the Sent mailbox.", Fatal: true, Err: errors.New("over quota")}
	}
	out := d.queue(d.draft(consent.Tracking{}))
	config := d.config()
	w := outbox.New(config)
	for n := range 3 {
		if err := w.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := d.want(out.ID, mail.Sent, 1); got.Copy != mail.CopyPending {
			t.Errorf("the copy is %q", got.Copy)
		}
		trouble, is := w.CopyTrouble()
		wait := []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute}[n]
		if !is || trouble.Waiting != 1 || trouble.NextStep != "Make room in the Sent mailbox." || !trouble.RetryAt.Equal(d.clock().Add(wait)) {
			t.Errorf("round %d: %+v", n, trouble)
		}
	}
	d.box.refuse = nil
	if err := w.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.want(out.ID, mail.Sent, 1)
	if _, is := w.CopyTrouble(); is || d.box.count() != 1 {
		t.Errorf("the trouble is not over; %d copies", d.box.count())
	}
}

// TestOnePoisonCopyStandsBeforeNobody: what the Sent mailbox never takes goes
// to the end of the line.
func TestOnePoisonCopyStandsBeforeNobody(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	first := d.queue(d.draft(consent.Tracking{}))
	d.box.refuse = func(one mail.SentCopy) error {
		if one.ID == first.ID {
			return errors.New("never")
		}
		return nil
	}
	w := outbox.New(d.config())
	for n := range 3 {
		if n > 0 {
			next := d.draft(consent.Tracking{})
			next.Subject = []string{"", "Second", "Third"}[n]
			d.queue(next)
		}
		if err := w.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if d.box.count() != n {
			t.Errorf("round %d: %d copies", n, d.box.count())
		}
	}
	d.want(first.ID, mail.Sent, 3)
}

func TestWithoutASentBoxNothingIsCopied(t *testing.T) {
	d := newDesk(t, smtptest.Options{})
	out := d.queue(d.draft(consent.Tracking{}))
	d.flush(func(c *outbox.Config) { c.SentBox = nil })
	if got := d.want(out.ID, mail.Sent, 1); got.Copy != mail.CopyPending {
		t.Errorf("the copy is %q", got.Copy)
	}
}
