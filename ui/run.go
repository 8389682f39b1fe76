package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"zgoda/mail"
	"zgoda/ui/event"
)

// framesPerSecond is the most that Bubble Tea draws; at its default of 60 a
// key waits for the ticker longer than for the work.
const framesPerSecond = 120

// tickEvery is how often the screen hears the time.
const tickEvery = time.Second

// Run shows the screen until the rep leaves or ctx ends. facts is what the
// world has to tell; Run reads it until it is closed or the screen has ended.
// A terminal that cannot show a screen is a *mail.Problem.
func Run(ctx context.Context, ports Ports, opts Options, facts <-chan tea.Msg) error {
	if err := usable(os.Getenv("TERM"), term.IsTerminal(os.Stdin.Fd()), term.IsTerminal(os.Stdout.Fd())); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(framesPerSecond)}
	// no-color.org: any value counts. The library asks for one that means true.
	if os.Getenv("NO_COLOR") != "" {
		opts.NoColor = true
	}
	if opts.NoColor {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	program := tea.NewProgram(New(ports, opts), options...)
	var relay sync.WaitGroup
	var relayErr error
	relay.Go(func() {
		relayErr = relayFacts(ctx, program.Send, ports.Now, facts)
		if relayErr != nil {
			cancel()
		}
	})
	_, err := program.Run() // restores the terminal, after a panic too
	cancel()
	relay.Wait()
	if relayErr != nil {
		return ending(ctx, relayErr)
	}
	return ending(ctx, err)
}

// usable refuses a terminal on which escape sequences would be litter.
func usable(name string, in, out bool) error {
	if name != "" && name != "dumb" && in && out {
		return nil
	}
	return &mail.Problem{
		Sentence: "This is no terminal that can show a screen.",
		NextStep: "Use the commands instead: zgoda leads, zgoda sync, zgoda send; zgoda --help lists them.",
		Fatal:    true, Err: errors.New("no usable terminal"),
	}
}

// ending makes of how the program ended what the caller should know. Being
// told to end is no error.
func ending(ctx context.Context, err error) error {
	switch {
	case err == nil, errors.Is(err, tea.ErrInterrupted):
		return nil
	case errors.Is(err, tea.ErrProgramPanic): // it comes with ErrProgramKilled
		return &mail.Problem{
			Sentence: "The screen ended by a mistake in zgoda; your mail and drafts are safe.",
			NextStep: "Start zgoda again, and report what you did.", Err: err,
		}
	case errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil:
		return nil
	}
	return &mail.Problem{Sentence: "The screen could not be shown.", NextStep: "Try another terminal; zgoda doctor says more.", Err: err}
}

// relayFacts hands facts and the time to the screen. It ends with ctx, which
// Run cancels once the screen has ended, so that nobody is left sending.
//
// A panic in here is given back as an error: outside the program nobody else
// would restore the terminal.
func relayFacts(ctx context.Context, send func(tea.Msg), now func() time.Time, facts <-chan tea.Msg) (err error) {
	defer func() {
		if recover() != nil { // what it says may hold text of a mail
			err = fmt.Errorf("relay facts: %w", tea.ErrProgramPanic)
		}
	}()
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			send(event.Ticked{Now: now()})
		case fact, open := <-facts:
			if !open {
				facts = nil
				continue
			}
			send(fact)
		}
	}
}
