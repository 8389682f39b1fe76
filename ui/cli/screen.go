package cli

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"zgoda/mail"
	"zgoda/ui"
	"zgoda/ui/event"
)

// screenCommand opens the inbox.
type screenCommand struct{}

// Run opens the world and shows it. A password that cannot be had, or no
// set-up at all, is a state of the screen and not an end.
func (screenCommand) Run(ctx context.Context, a *app) error {
	config, err := loadConfig(a.paths.config)
	if errors.Is(err, errNoConfig) {
		return firstRun(ctx, a)
	}
	if err != nil {
		return err
	}
	hosts, noPassword := config.servers(ctx)
	w, err := openWorld(ctx, a, config, hosts)
	if err != nil {
		return err
	}
	defer w.close()
	facts := w.start(ctx, noPassword == nil)
	if noPassword != nil {
		w.relay.syncChanged(offlineBecause(w.us.Key(), noPassword))
	}
	ports := w.ports()
	if noPassword != nil {
		ports.Server = offlinePort{}
	}
	return ui.Run(ctx, ports, w.options(a), facts)
}

// options are what the screen must know beside its ports.
func (w *world) options(a *app) ui.Options {
	return ui.Options{
		Company: w.config.Company.Name, Account: w.us.Email, Actor: w.us.Label(),
		Controller: w.controller, ConfigPath: a.paths.config,
		PortalReady: w.links != nil, EditorDir: a.paths.data,
	}
}

func offlineBecause(account string, err error) mail.SyncStatus {
	status := mail.SyncStatus{Account: account, Phase: mail.SyncOffline, Fatal: true, Problem: "There is no connection to the server.", NextStep: "Run zgoda doctor."}
	var problem *mail.Problem
	if errors.As(err, &problem) {
		status.Problem, status.NextStep = problem.Sentence, problem.NextStep
	}
	return status
}

// firstRun shows the screen of a zgoda that nobody has set up.
func firstRun(ctx context.Context, a *app) error {
	facts := make(chan tea.Msg, 1)
	facts <- event.SyncChanged{Status: mail.SyncStatus{Phase: mail.SyncOff}}
	defer close(facts)
	return ui.Run(ctx, ui.Ports{Now: a.now}, ui.Options{FirstRun: a.paths.config}, facts)
}
