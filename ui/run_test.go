package ui

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/mail"
	"zgoda/ui/event"
)

func TestATerminalThatCannotShowAScreenIsRefused(t *testing.T) {
	for _, bad := range []struct {
		name    string
		in, out bool
	}{{"", true, true}, {"dumb", true, true}, {"xterm", false, true}, {"xterm", true, false}} {
		var problem *mail.Problem
		if err := usable(bad.name, bad.in, bad.out); !errors.As(err, &problem) || problem.NextStep == "" {
			t.Errorf("TERM=%q in=%v out=%v: %v", bad.name, bad.in, bad.out, err)
		}
	}
	if err := usable("xterm-256color", true, true); err != nil {
		t.Error(err)
	}
}

func TestTheRelayDeliversInOrderAndEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	facts := make(chan tea.Msg, 3)
	got := make(chan tea.Msg, 3)
	ended := make(chan error, 1)
	go func() {
		ended <- relayFacts(ctx, func(m tea.Msg) { got <- m }, time.Now, facts)
	}()
	for i := range 3 {
		facts <- event.SyncChanged{Status: mail.SyncStatus{Done: i}}
	}
	for i := range 3 {
		if m := (<-got).(event.SyncChanged); m.Status.Done != i {
			t.Fatalf("fact %d came as number %d", m.Status.Done, i)
		}
	}
	close(facts) // the world may end first
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

// A panic outside the program would leave the terminal raw: it must come back
// as an error, so that the program can be ended in order.
func TestAPanicInTheRelayIsAnError(t *testing.T) {
	facts := make(chan tea.Msg, 1)
	facts <- event.StoreChanged{}
	err := relayFacts(t.Context(), func(tea.Msg) { panic("boom") }, time.Now, facts)
	if err == nil {
		t.Fatal("the panic was lost")
	}
}

func TestHowTheProgramEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, fine := range []error{nil, tea.ErrInterrupted, fmt.Errorf("%w: %w", tea.ErrProgramKilled, context.Canceled)} {
		if err := ending(ctx, fine); err != nil {
			t.Errorf("%v became %v", fine, err)
		}
	}
	var problem *mail.Problem
	if err := ending(ctx, fmt.Errorf("%w: %w", tea.ErrProgramKilled, tea.ErrProgramPanic)); !errors.As(err, &problem) {
		t.Errorf("a panic became %v", err)
	}
}
