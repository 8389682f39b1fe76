// Command zgoda is a terminal sales inbox that writes only where the law and
// the person allow it.
//
// The house:
//
//	ui       the screen and, in ui/cli, the commands and the wiring of everything
//	mail     words of mail; below it one room for each technology (imap, smtp, mime …)
//	consent  what may be done to a person: pure decisions, and the gate
//	store    SQLite: what we know, the ledger, the outbox
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"zgoda/ui/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := cli.Run(ctx, os.Args[1:], cli.Stdio{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv})
	stop()
	os.Exit(code)
}
