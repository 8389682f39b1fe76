package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/compose"
	"zgoda/mail/outbox"
	"zgoda/mail/smtp/smtptest"
)

var errFault = errors.New("injected fault")

// fault strikes at one boundary: before or after a call to a port. The zero
// target strikes never.
type fault struct {
	target int
	strike func() error // panics, kills, or gives the error of the call
	passed []string
}

func (f *fault) at(point string) error {
	f.passed = append(f.passed, point)
	if len(f.passed) == f.target {
		return f.strike()
	}
	return nil
}

// around runs call between two boundaries.
func (f *fault) around(name string, call func() error) error {
	if err := f.at("before " + name); err != nil {
		return err
	}
	err := call()
	if fault := f.at("after " + name); fault != nil {
		return fault
	}
	return err
}

// into puts boundaries around every port of a worker.
func (f *fault) into(c *outbox.Config) {
	c.Store, c.Gate = faultyStore{c.Store, f}, faultyGate{c.Gate, f}
	c.Submitter, c.SentBox = faultySubmitter{c.Submitter, f}, faultyBox{c.SentBox, f}
}

type faultyStore struct {
	outbox.Store
	f *fault
}

func (s faultyStore) Recover(ctx context.Context) error {
	return s.f.around("Recover", func() error { return s.Store.Recover(ctx) })
}

func (s faultyStore) Claim(ctx context.Context) (out mail.Outgoing, found bool, err error) {
	err = s.f.around("Claim", func() (err error) { out, found, err = s.Store.Claim(ctx); return err })
	if err != nil {
		return mail.Outgoing{}, false, err
	}
	return out, found, nil
}

func (s faultyStore) Sealing(ctx context.Context, id mail.DraftID, raw []byte) error {
	return s.f.around("Sealing", func() error { return s.Store.Sealing(ctx, id, raw) })
}

func (s faultyStore) Settle(ctx context.Context, out mail.Outgoing, events ...consent.Event) error {
	return s.f.around("Settle", func() error { return s.Store.Settle(ctx, out, events...) })
}

func (s faultyStore) Copies(ctx context.Context) (copies []mail.SentCopy, err error) {
	err = s.f.around("Copies", func() (err error) { copies, err = s.Store.Copies(ctx); return err })
	return copies, err
}

func (s faultyStore) CopyDone(ctx context.Context, id mail.DraftID) error {
	return s.f.around("CopyDone", func() error { return s.Store.CopyDone(ctx, id) })
}

type faultyGate struct {
	outbox.Gate
	f *fault
}

func (g faultyGate) MaySend(ctx context.Context, letter consent.Letter) (permit consent.SendPermit, err error) {
	err = g.f.around("MaySend", func() (err error) { permit, err = g.Gate.MaySend(ctx, letter); return err })
	return permit, err
}

type faultySubmitter struct {
	outbox.Submitter
	f *fault
}

// Submit has no error of its own to inject: its contract is that every error
// says how far it came, and a crash is what the boundaries are for.
func (s faultySubmitter) Submit(ctx context.Context, sealed compose.Sealed, still func(context.Context) error) error {
	return s.f.around("Submit", func() error { return s.Submitter.Submit(ctx, sealed, still) })
}

type faultyBox struct {
	outbox.SentBox
	f *fault
}

func (b faultyBox) SaveSent(ctx context.Context, one mail.SentCopy) error {
	return b.f.around("SaveSent", func() error { return b.SentBox.SaveSent(ctx, one) })
}

// boundaries is how many a whole run passes.
func boundaries(t *testing.T) []string {
	t.Helper()
	d := newDesk(t, smtptest.Options{})
	out := d.queue(d.draft(consent.Tracking{}))
	f := &fault{}
	d.flush(f.into)
	d.want(out.ID, mail.Sent, 1)
	if len(f.passed) < 20 {
		t.Fatalf("only %d boundaries: %v", len(f.passed), f.passed)
	}
	return f.passed
}

type crash struct{}

// TestM11_CrashAtEveryStep ends the worker at every boundary, as a crash does,
// and starts a new one over the same file: at most one mail is delivered, and
// the state tells the truth.
func TestM11_CrashAtEveryStep(t *testing.T) {
	for i, point := range boundaries(t) {
		t.Run(fmt.Sprintf("%02d %s", i+1, point), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, smtptest.Options{})
			out := d.queue(d.draft(consent.Tracking{}))
			f := &fault{target: i + 1, strike: func() error { panic(crash{}) }}
			config := d.config()
			f.into(&config)
			func() {
				defer func() {
					if r := recover(); r != (crash{}) {
						t.Errorf("it ended otherwise: %v", r)
					}
				}()
				_ = outbox.New(config).Flush(context.Background()) // it panics
			}()
			if err := d.db.Close(); err != nil {
				t.Fatal(err)
			}
			d.open()
			d.afterCrash(out.ID, f.passed)
			if copies := d.box.count(); copies > 1 || copies == 0 && d.find(out.ID).State == mail.Sent {
				t.Errorf("%d copies", copies)
			}
		})
	}
}

// afterCrash starts again, twice, and looks at the end. Without a crash between
// "the bytes are stored" and "the outcome is stored" the mail is sent, else it
// is unknown.
func (d *desk) afterCrash(id mail.DraftID, passed []string) {
	d.t.Helper()
	d.flush()
	d.pass(24 * time.Hour)
	d.flush()
	stored, submitted, settled := has(passed, "after Sealing"), has(passed, "after Submit"), has(passed, "after Settle")
	switch {
	case !stored, settled:
		d.want(id, mail.Sent, 1)
		if copied := d.find(id).Copy; copied != mail.CopyDone {
			d.t.Errorf("the Sent copy is %q", copied)
		}
	case submitted:
		d.want(id, mail.Unknown, 1)
	default:
		d.want(id, mail.Unknown, 0)
	}
}

func has(list []string, want string) bool {
	for _, s := range list {
		if s == want {
			return true
		}
	}
	return false
}

// TestM11_ErrorAtEveryStep lets every call fail once, before or after it did its
// work, while the worker lives on.
func TestM11_ErrorAtEveryStep(t *testing.T) {
	for i, point := range boundaries(t) {
		t.Run(fmt.Sprintf("%02d %s", i+1, point), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, smtptest.Options{})
			out := d.queue(d.draft(consent.Tracking{}))
			f := &fault{target: i + 1, strike: func() error { return errFault }}
			config := d.config()
			f.into(&config)
			w := outbox.New(config)
			var got mail.Outgoing
			for range 25 { // more often than an outcome is offered to the store
				_ = w.Flush(context.Background()) // its error is the injected one
				d.pass(time.Hour)
				if got = d.find(out.ID); got.Copy == mail.CopyDone || got.State == mail.Unknown {
					break
				}
			}
			delivered := len(d.server.Delivered())
			switch {
			case point == "before Submit", point == "after Submit":
				// An error that does not say how far it came is unknown.
				if got.State != mail.Unknown || delivered > 1 {
					t.Errorf("%s, %d delivered", got.State, delivered)
				}
			case got.State != mail.Sent || delivered != 1 || got.Copy != mail.CopyDone || d.box.count() != 1:
				t.Errorf("%s, %d delivered, copy %q (%s)", got.State, delivered, got.Copy, got.Reason)
			}
		})
	}
}
