package outbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/compose"
)

const (
	firstWait   = 30 * time.Second
	longestWait = 30 * time.Minute
	// giveUp is the number of tries after which a temporary failure is final:
	// about five days (RFC 5321 section 4.5.4.1).
	giveUp = 240
	// giveUpSettling is how often one end is offered to the store. After that the
	// row is left to Recover, which calls it unknown.
	giveUpSettling = 20
)

// settlement is the end of an attempt, to be stored.
type settlement struct {
	out    mail.Outgoing
	events []consent.Event
	tries  int
}

// sent is a mail that the server took, with what it did.
func (w *Worker) sent(out mail.Outgoing, does []consent.Event) settlement {
	out.State, out.SentAt, out.Copy = mail.Sent, w.Now(), mail.CopyPending
	out.Reason, out.NextStep = "", ""
	return settlement{out: out, events: w.dated(out.Draft, does)}
}

// unsent is a submission that ended otherwise. Whatever is not surely "nothing
// left" is unknown.
func (w *Worker) unsent(ctx context.Context, out mail.Outgoing, err, asked error) settlement {
	var end *mail.SubmitError
	isEnd := errors.As(err, &end)
	switch {
	case isEnd && end.Unknown:
		return w.stop(out, mail.Unknown, end.Sentence, end.NextStep)
	case asked != nil:
		return w.held(ctx, out, asked)
	case isEnd && end.Temporary:
		return w.later(ctx, out, end.Sentence, end.NextStep, err)
	case isEnd:
		if end.Stage == "rcpt" { // what is said of the recipient, and not of us
			out.Status = end.Enhanced
		}
		return w.stop(out, mail.Failed, end.Sentence, end.NextStep)
	}
	w.Log.Error("a submission ended without saying how", "draft", out.ID, "err", err)
	return w.stop(out, mail.Unknown, "The mail may have left or not: sending it ended in an unexpected way.",
		"Look for it in the Sent mailbox or ask the person; zgoda does not send it again by itself.")
}

// unbuilt says why a draft that may be sent cannot be built.
var unbuilt = []struct {
	err                error
	sentence, nextStep string
}{
	{compose.ErrNoLinks, "Tracking needs the address of the portal, and none is configured.", "Switch tracking off in the draft, or configure the portal."},
	{compose.ErrBadField, "The subject, a name or the text holds a control character.", "Open the draft, retype that place and send it again."},
}

// unsealed is an attempt that ended before there was a mail.
func (w *Worker) unsealed(ctx context.Context, out mail.Outgoing, err error) settlement {
	var gate *gateError
	switch {
	case errors.As(err, &gate):
		return w.held(ctx, out, err)
	case errors.Is(err, consent.ErrStalePermit): // the machine slept in between: ask again
		return w.later(ctx, out, "The gate's answer was too old to be used.", "zgoda asks again by itself.", err)
	}
	w.Log.Warn("a mail could not be built", "draft", out.ID, "err", err)
	for _, u := range unbuilt {
		if errors.Is(err, u.err) {
			return w.stop(out, mail.Failed, u.sentence, u.nextStep)
		}
	}
	return w.stop(out, mail.Failed, "The mail could not be built from the draft.",
		"Check the draft, and the sender's address in the configuration; the log says more.")
}

// unstored is a mail that was not handed over because it could not be put on
// the disk first.
func (w *Worker) unstored(ctx context.Context, out mail.Outgoing, err error) settlement {
	return w.later(ctx, out, "The mail could not be written to the disk, so it was not sent.",
		"Check that the disk has room; zgoda tries again by itself.", fmt.Errorf("store the sealed mail: %w", err))
}

// held is a mail that surely has not left because the gate did not say yes. Only a refusal is an answer; everything else is asked again, and
// never taken for a yes.
func (w *Worker) held(ctx context.Context, out mail.Outgoing, err error) settlement {
	var refusal *consent.Refusal
	if errors.As(err, &refusal) {
		return w.stop(out, mail.Refused, refusal.Reason(), refusal.Way())
	}
	return w.later(ctx, out, "Whether this mail may be sent could not be looked up, so it was not sent.",
		"zgoda tries again by itself; if it stays so, run zgoda doctor.", err)
}

// later puts a mail back into the queue. At the end of the program it keeps its
// place, for nobody is to blame.
func (w *Worker) later(ctx context.Context, out mail.Outgoing, reason, next string, err error) settlement {
	if ctx.Err() != nil {
		out.State, out.DueAt, out.Attempts = mail.Queued, w.Now(), max(0, out.Attempts-1)
		return settlement{out: out}
	}
	w.Log.Warn("a mail waits for another try", "draft", out.ID, "attempts", out.Attempts, "err", err)
	if out.Attempts >= giveUp {
		return w.stop(out, mail.Failed, reason, fmt.Sprintf("zgoda tried %d times and gave up; send it again when the cause is gone.", out.Attempts))
	}
	out.State, out.DueAt = mail.Queued, w.Now().Add(backOff(out.Attempts))
	out.Reason, out.NextStep = reason, next
	return settlement{out: out}
}

func (w *Worker) stop(out mail.Outgoing, state mail.OutState, reason, next string) settlement {
	out.State, out.Reason, out.NextStep = state, reason, next
	return settlement{out: out}
}

// does is what draft, once sent, does to the person's rights: it informs them
// (Art. 13, 14; law.md L14) or asks for a consent. It is asked before the mail leaves: afterwards the mail itself would be part of
// the history. What cannot be looked up is not claimed; a notice then goes again.
func (w *Worker) does(ctx context.Context, draft mail.Draft) []consent.Event {
	var history consent.History
	letter := consent.LetterOf(draft)
	informs := w.Ledger == nil && w.PolicyURL != "" && strings.Contains(draft.Text, w.PolicyURL)
	if w.Ledger != nil {
		var err error
		if history, err = w.Ledger.History(ctx, draft.Person); err != nil {
			w.Log.Warn("whether a mail carries the notice is unknown", "draft", draft.ID, "err", err)
		} else {
			informs = consent.Informs(history, letter, w.Controller, w.Now())
		}
	}
	var does []consent.Event
	if informs {
		notice := consent.Event{Kind: consent.KindNotice, Method: consent.BySending, Language: draft.Language, Evidence: "carried by the mail"}
		notice.Wording, notice.Version = consent.NoticeTold(letter, w.Controller)
		does = append(does, notice)
	}
	return append(does, consent.AskedBy(history, letter, w.Controller, w.Now())...)
}

// dated completes the ledger's entries of a mail that was sent.
func (w *Worker) dated(draft mail.Draft, does []consent.Event) []consent.Event {
	now := w.Now().Truncate(time.Millisecond) // what the store keeps; never later than its own now
	var events []consent.Event
	for _, e := range does {
		e.Person, e.Message, e.At, e.Actor = draft.Person, draft.MessageID, now, "zgoda"
		if err := e.Validate(now); err != nil {
			// What cannot be recorded must not keep "sent" from being stored.
			w.Log.Error("what a mail did cannot be recorded", "draft", draft.ID, "kind", e.Kind, "err", err)
			continue
		}
		events = append(events, e)
	}
	return events
}

// settle stores the end of an attempt, also when the program was just told to
// end. What the store does not take is owed: until it is paid, no other mail is
// begun. If the program ends before, Recover calls it unknown.
func (w *Worker) settle(ctx context.Context, s settlement) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := w.Store.Settle(ctx, s.out, s.events...); err != nil {
		if s.tries++; s.tries < giveUpSettling {
			w.owed = append(w.owed, s)
		}
		return fmt.Errorf("store how a mail ended: %w", err)
	}
	w.Log.Info("a mail was settled", "draft", s.out.ID, "state", s.out.State, "attempts", s.out.Attempts)
	w.Changed()
	if s.out.State == mail.Sent {
		poke(w.copier.wake)
	}
	return nil
}

func (w *Worker) payOwed(ctx context.Context) error {
	owed := w.owed
	w.owed = nil
	for i, s := range owed {
		if err := w.settle(ctx, s); err != nil {
			w.owed = append(w.owed, owed[i+1:]...)
			return err
		}
	}
	return nil
}

// backOff is the wait before try n+1: 30 s, doubled each time, at most 30 min.
func backOff(n int) time.Duration {
	wait := firstWait
	for ; n > 1 && wait < longestWait; n-- {
		wait *= 2
	}
	return min(wait, longestWait)
}
