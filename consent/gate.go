package consent

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"zgoda/mail"
)

// Ledger is where the gate reads a person's history.
type Ledger interface {
	// History reads one person at one moment. A person it does not know is an error.
	History(ctx context.Context, person mail.PersonID) (History, error)
}

// errWrongPerson is a ledger that answers for somebody else. It is an error and
// never a permit.
var errWrongPerson = errors.New("read the ledger: it answered for another person")

// Gate is the one place that answers "may I?". It reads the ledger anew at
// each question and keeps nothing.
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

// MaySend issues the permit for one letter, or a *Refusal, or the error that
// kept it from reading the ledger.
func (g *Gate) MaySend(ctx context.Context, letter Letter) (SendPermit, error) {
	letter.To = slices.Clone(letter.To) // what was judged must not change in the caller's hands
	verdict, history, err := g.judge(ctx, letter)
	if err != nil {
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
	history, err := g.ledger.History(ctx, person)
	if err != nil {
		return Verdict{}, fmt.Errorf("read the ledger: %w", err)
	}
	if history.Lead.ID != person {
		return Verdict{}, errWrongPerson
	}
	return DecideTrack(history, purpose, g.now()), nil
}

// MayTrack issues the permit for one purpose of tracking, or a *Refusal, or the
// error that kept it from reading the ledger.
func (g *Gate) MayTrack(ctx context.Context, person mail.PersonID, purpose Purpose) (TrackPermit, error) {
	verdict, err := g.CheckTrack(ctx, person, purpose)
	if err != nil {
		return TrackPermit{}, err
	}
	if !verdict.Allowed() {
		return TrackPermit{}, &Refusal{Verdict: verdict}
	}
	return TrackPermit{track: grant{person: person, purpose: purpose, issued: verdict.At, seq: verdict.Seq}}, nil
}
