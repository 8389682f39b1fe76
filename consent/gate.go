package consent

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"zgoda/mail"
)

// Ledger is where the gate reads a person's history and keeps its answers.
type Ledger interface {
	// History reads one person at one moment. A person it does not know is an error.
	History(ctx context.Context, person mail.PersonID) (History, error)
	// Keep keeps an answer of the gate for good. When it returns nil, the answer
	// will be there to be proven (G23).
	Keep(ctx context.Context, decision Decision) error
}

// errWrongPerson is a ledger that answers for somebody else. It is an error and
// never a permit.
var errWrongPerson = errors.New("read the ledger: it answered for another person")

// Gate is the one place that answers "may I?". It reads the ledger anew at
// each question, and hands every answer that counts to the ledger before it
// gives it: a yes that cannot be shown later is none. A Check is a checklist for
// the screen; it keeps nothing and opens nothing.
type Gate struct {
	ledger     Ledger
	controller Controller
	now        func() time.Time
}

// NewGate makes a gate over a ledger for one controller. now is the clock.
func NewGate(ledger Ledger, controller Controller, now func() time.Time) *Gate {
	return &Gate{ledger: ledger, controller: controller, now: now}
}

// CheckSend answers for a letter without issuing a permit: what the checklist
// shows. A ledger that cannot be read is an error and never a yes.
func (g *Gate) CheckSend(ctx context.Context, letter Letter) (Verdict, error) {
	verdict, _, err := g.judge(ctx, letter)
	return verdict, err
}

// MayQueue answers for a letter that a rep puts on its way, and keeps the answer.
// It issues no permit: the mail is judged again when it is due, and that counts.
func (g *Gate) MayQueue(ctx context.Context, letter Letter) (Verdict, error) {
	verdict, history, err := g.judge(ctx, letter)
	if err != nil {
		return Verdict{}, err
	}
	if err := g.keepSend(ctx, MomentQueue, verdict, history, letter); err != nil {
		return Verdict{}, err
	}
	return verdict, nil
}

// MaySend issues the permit for one letter, or a *Refusal, or the error that
// kept it from reading the ledger, or from keeping the answer there.
func (g *Gate) MaySend(ctx context.Context, letter Letter) (SendPermit, error) {
	letter.To = slices.Clone(letter.To) // what was judged must not change in the caller's hands
	verdict, history, err := g.judge(ctx, letter)
	if err != nil {
		return SendPermit{}, err
	}
	if err := g.keepSend(ctx, MomentSend, verdict, history, letter); err != nil {
		return SendPermit{}, err
	}
	if !verdict.Allowed() {
		return SendPermit{}, &Refusal{Verdict: verdict}
	}
	informs := Informs(history, letter, g.controller, verdict.At)
	return SendPermit{send: grant{
		person: letter.Person, to: history.Lead.Address, basis: verdict.Basis, letter: letter,
		informs: informs, issued: verdict.At, seq: verdict.Seq,
	}}, nil
}

func (g *Gate) keepSend(ctx context.Context, moment Moment, verdict Verdict, history History, letter Letter) error {
	return g.keep(ctx, Decision{
		Moment: moment, Verdict: verdict, Inputs: inputsOf(history, letter, g.controller, verdict), Message: letter.MessageID,
	})
}

func (g *Gate) keep(ctx context.Context, decision Decision) error {
	if err := g.ledger.Keep(ctx, decision); err != nil {
		return fmt.Errorf("keep an answer of the gate: %w", err)
	}
	return nil
}

func (g *Gate) judge(ctx context.Context, letter Letter) (Verdict, History, error) {
	history, err := g.ledger.History(ctx, letter.Person)
	if err != nil {
		return Verdict{}, History{}, fmt.Errorf("read the ledger: %w", err)
	}
	if history.Lead.ID != letter.Person {
		return Verdict{}, History{}, errWrongPerson
	}
	return DecideSend(history, letter, g.controller, g.now()), history, nil
}

// CheckTrack answers for one purpose of tracking without issuing a permit.
func (g *Gate) CheckTrack(ctx context.Context, person mail.PersonID, purpose Purpose) (Verdict, error) {
	verdict, _, err := g.judgeTrack(ctx, person, purpose)
	return verdict, err
}

// MayTrack issues the permit for one purpose of tracking, or a *Refusal, or the
// error that kept it from reading the ledger, or from keeping the answer there.
func (g *Gate) MayTrack(ctx context.Context, person mail.PersonID, purpose Purpose) (TrackPermit, error) {
	verdict, history, err := g.judgeTrack(ctx, person, purpose)
	if err != nil {
		return TrackPermit{}, err
	}
	inputs := personInputs(history, g.controller, verdict.At)
	if err := g.keep(ctx, Decision{Moment: MomentTrack, Verdict: verdict, Inputs: inputs}); err != nil {
		return TrackPermit{}, err
	}
	if !verdict.Allowed() {
		return TrackPermit{}, &Refusal{Verdict: verdict}
	}
	return TrackPermit{track: grant{person: person, purpose: purpose, issued: verdict.At, seq: verdict.Seq}}, nil
}

func (g *Gate) judgeTrack(ctx context.Context, person mail.PersonID, purpose Purpose) (Verdict, History, error) {
	history, err := g.ledger.History(ctx, person)
	if err != nil {
		return Verdict{}, History{}, fmt.Errorf("read the ledger: %w", err)
	}
	if history.Lead.ID != person {
		return Verdict{}, History{}, errWrongPerson
	}
	return DecideTrack(history, purpose, g.now()), history, nil
}
