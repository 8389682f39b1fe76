package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/alecthomas/kong"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/store"
)

// Stdio is the world outside a command.
type Stdio struct {
	In       io.Reader
	Out, Err io.Writer
	Getenv   func(string) string
}

// The exit codes, for scripts.
const (
	exitOK      = 0
	exitProblem = 1 // something is wrong; the sentence says what
	exitUsage   = 2 // the command line or the configuration is wrong
	exitRefused = 3 // the gate refuses; the checklist says why
	exitOffline = 4 // a server cannot be reached or will not let us in
	exitBusy    = 5 // another zgoda works on this database
)

// errOffline marks an error that came from talking to a server.
var errOffline = errors.New("no use of the server")

// app is what every command gets.
type app struct {
	Stdio
	paths paths
	now   func() time.Time
}

// grammar is the command line: kong reads it from the tags.
type grammar struct {
	Config string `help:"Use this configuration file instead of the usual one." placeholder:"FILE" type:"path"`

	Open      screenCommand    `cmd:"" default:"1" help:"Open the inbox (this is what plain zgoda does)."`
	Demo      demoCommand      `cmd:"" help:"Try zgoda on sample leads: no set-up, no network, nothing kept."`
	Setup     setupCommand     `cmd:"" help:"Ask for the account, test both servers, then save."`
	Sync      syncCommand      `cmd:"" help:"Fetch new mail once and send what is due."`
	Leads     leadsCommand     `cmd:"" help:"List leads and what they agreed to."`
	Send      sendCommand      `cmd:"" help:"Send one mail to one lead, or say why not (--dry-run)."`
	Fields    fieldsCommand    `cmd:"" help:"Each fact that is kept of a lead: why, how often it is filled and used; purge one."`
	Merge     mergeCommand     `cmd:"" help:"Make one lead of two that are the same person."`
	Import    importCommand    `cmd:"" help:"Bring leads in from a CSV file; say of every row what became of it."`
	Requests  requestsCommand  `cmd:"" help:"Rights requests: list, open, put off, close."`
	Notices   noticesCommand   `cmd:"" help:"Who must still be told that their data is kept; record that they were."`
	Restrict  restrictCommand  `cmd:"" help:"Keep a person's data and use it for nothing (GDPR Art. 18), or lift that."`
	Disclose  discloseCommand  `cmd:"" help:"Write down who else received a person's data."`
	Prove     proveCommand     `cmd:"" help:"Print all that proves why one person may be written to, or that they were erased."`
	Verify    verifyCommand    `cmd:"" help:"Check that nobody changed, dropped or added an entry of the ledger."`
	Export    exportCommand    `cmd:"" help:"Write a copy of one person's data (Art. 15), or what they gave us (Art. 20)."`
	Erase     eraseCommand     `cmd:"" help:"Erase all traces of one person, and list what lies elsewhere."`
	Retention retentionCommand `cmd:"" help:"Whose data must go and when; erase what is due."`
	Hold      holdCommand      `cmd:"" help:"Keep one person's data for a legal claim or duty."`
	Unhold    unholdCommand    `cmd:"" help:"Lift that hold."`
	Assess    assessCommand    `cmd:"" help:"Make, renew and read legitimate-interest assessments."`
	Evidence  evidenceCommand  `cmd:"" help:"Record a fact that the country rule of a lead asks for."`
	Override  overrideCommand  `cmd:"" help:"Let a doubtful country rule pass for one lead, for the data-protection officer."`
	Ropa      ropaCommand      `cmd:"" help:"Print the record of processing (Art. 30), from the configuration and the real schema."`
	Doctor    doctorCommand    `cmd:"" help:"Check configuration, files, servers and rules, with a fix for each fault."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

// Run is the whole program: it returns the exit code when everything it opened
// is closed again.
func Run(ctx context.Context, args []string, stdio Stdio) int {
	err := run(ctx, args, stdio)
	if err == nil {
		return exitOK
	}
	return tell(stdio.Err, err)
}

// helped ends a run whose help was printed.
type helped struct{}

func run(ctx context.Context, args []string, stdio Stdio) (err error) {
	var commands grammar
	parser, err := kong.New(&commands,
		kong.Name("zgoda"),
		kong.Description("A terminal sales inbox that writes only where the law and the person allow it."),
		kong.Writers(stdio.Out, stdio.Err),
		kong.Exit(func(int) { panic(helped{}) }), // kong has no other way to stop after --help
		kong.UsageOnError(),
	)
	if err != nil {
		return err
	}
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(helped); !ok {
				panic(r)
			}
			err = nil
		}
	}()
	command, err := parser.Parse(args)
	if err != nil {
		return &usageError{err}
	}
	places, err := findPaths(stdio.Getenv)
	if err != nil {
		return err
	}
	if commands.Config != "" {
		places.config = commands.Config
	}
	a := &app{Stdio: stdio, paths: places, now: time.Now}
	command.BindTo(ctx, (*context.Context)(nil))
	return command.Run(a)
}

// usageError is a wrong command line.
type usageError struct{ error }

// tell prints one sentence and a next step, and picks the exit code.
func tell(w io.Writer, err error) int {
	var usage *usageError
	if errors.As(err, &usage) {
		fmt.Fprintf(w, "zgoda: %v\nRun zgoda --help to see the commands.\n", err)
		return exitUsage
	}
	if errors.Is(err, errTold) {
		return exitRefused
	}
	if errors.Is(err, errRowsRefused) {
		return exitProblem
	}
	var refusal *consent.Refusal
	if errors.As(err, &refusal) {
		fmt.Fprintf(w, "zgoda: %s\n%s\n", refusal.Reason(), refusal.Way())
		return exitRefused
	}
	var problem *mail.Problem
	if errors.As(err, &problem) {
		fmt.Fprintf(w, "zgoda: %s\n", problem.Sentence)
		if problem.NextStep != "" {
			fmt.Fprintf(w, "%s\n", problem.NextStep)
		}
	} else {
		fmt.Fprintf(w, "zgoda: %v\n", err)
	}
	switch {
	case errors.Is(err, consent.ErrNotDPO), errors.Is(err, consent.ErrNoDoubt), errors.Is(err, errNotStanding):
		return exitRefused
	case errors.Is(err, store.ErrLocked):
		return exitBusy
	case errors.Is(err, errOffline):
		return exitOffline
	case errors.Is(err, errNoConfig), errors.Is(err, errBadConfig):
		return exitUsage
	}
	return exitProblem
}

// errTold marks a refusal that was printed in full already.
var errTold = errors.New("refused")
