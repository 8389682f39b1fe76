package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/consent/link"
	"zgoda/mail"
	"zgoda/mail/compose"
	"zgoda/mail/imap"
	"zgoda/mail/outbox"
	"zgoda/mail/smtp"
	"zgoda/mail/template"
	"zgoda/store"
)

// world is everything that is open while zgoda runs: one account's store,
// gate, sync and outbox. open wires it from top to bottom; close goes back.
type world struct {
	config     Config
	us         mail.Address
	controller consent.Controller
	now        func() time.Time
	log        *slog.Logger
	logFile    io.Closer
	db         *store.DB
	gate       *consent.Gate
	links      *link.Book
	templates  []template.Template
	relay      *relay
	syncer     *imap.Syncer
	outbox     *outbox.Worker
	heads      anchor
	work       sync.WaitGroup
	stop       context.CancelFunc
}

// servers are the two hosts with their password in place.
type servers struct{ imap, smtp mail.Server }

// openWorld opens the files and the store and wires the rooms. Nothing runs
// and no server is asked before start.
func openWorld(ctx context.Context, a *app, config Config, hosts servers) (_ *world, err error) {
	if err := a.paths.make(); err != nil {
		return nil, err
	}
	w := &world{config: config, controller: config.controller(), now: a.now, relay: newRelay()}
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	if w.log, w.logFile, err = openLog(a.paths.log()); err != nil {
		return nil, err
	}
	if w.us, err = config.address(); err != nil {
		return nil, err
	}
	secrets, err := loadKeys(a.paths.key())
	if err != nil {
		return nil, err
	}
	if w.db, err = openStore(ctx, a, config, secrets, false); err != nil {
		return nil, err
	}
	w.heads = anchor{path: a.paths.heads(), key: secrets.heads, db: w.db, now: a.now}
	if w.templates, err = loadTemplates(a.paths.templates()); err != nil {
		return nil, err
	}
	if config.portalReady() {
		if w.links, err = link.New(config.Portal.URL, secrets.links); err != nil {
			return nil, configProblem("portal.url cannot be used: it must be an https address.", err)
		}
	}
	w.gate = consent.NewGate(w.db, w.controller, a.now)
	w.wireMail(hosts)
	return w, nil
}

// wireMail makes the syncer and the outbox over the open store.
func (w *world) wireMail(hosts servers) {
	w.syncer = imap.NewSyncer(imap.Config{
		Server: hosts.imap, Account: w.us.Key(), Mirror: w.db, Status: w.relay.syncChanged, Now: w.now, Log: w.log,
		Keep: mayProve, Authenticate: w.config.senders(),
	})
	w.outbox = outbox.New(outbox.Config{
		Store: w.db, Gate: w.gate, Submitter: smtp.New(hosts.smtp, w.log), SentBox: w.syncer,
		Sender: w.sender, Ledger: w.db, Controller: w.controller,
		PolicyURL: w.controller.PolicyURL, Now: w.now, Log: w.log,
	})
}

// sender is who a mail is from. The privacy policy is never led through the
// click counter: reading it is nobody's business.
func (w *world) sender() compose.Sender {
	return compose.Sender{From: w.us, Now: w.now(), Links: w.links, Plain: []string{w.controller.PolicyURL}}
}

// openStore opens the database. readOnly takes no lock and works beside a
// zgoda that is running.
func openStore(ctx context.Context, a *app, config Config, secrets storeKeys, readOnly bool) (*store.DB, error) {
	us, err := config.address()
	if err != nil {
		return nil, err
	}
	heads := anchor{path: a.paths.heads(), key: secrets.heads, now: a.now}
	return store.Open(ctx, store.Options{
		Anchor: heads.keep,
		Path:   a.paths.database(), Account: us, Actor: us.Label(), Controller: config.controller(),
		DPO: config.Account.DPO,
		Key: secrets.suppression, Now: a.now, ReadOnly: readOnly, Periods: config.Retention.periods(), Journal: a.paths.journal(),
	})
}

// loadTemplates gives the shipped templates and the user's own, which win.
func loadTemplates(dir string) ([]template.Template, error) {
	templates, err := template.Load(dir)
	if err != nil {
		return nil, &mail.Problem{
			Sentence: fmt.Sprintf("A template cannot be used: %v.", err),
			NextStep: "Mend the file, or move it out of the templates directory.",
			Err:      err,
		}
	}
	return templates, nil
}

// start runs sync, outbox and relay until close. Facts for the screen go to
// the channel it returns, which is closed at the end.
func (w *world) start(ctx context.Context, online bool) <-chan tea.Msg {
	ctx, w.stop = context.WithCancel(ctx)
	facts := make(chan tea.Msg)
	w.guard("relay", func() error { w.relay.run(ctx, facts); return nil })
	w.guard("changes", func() error { return w.carryChanges(ctx) })
	w.guard("purge", func() error { return w.purgeDaily(ctx) })
	w.guard("heads", func() error { return w.heads.daily(ctx) })
	if online {
		w.guard("sync", func() error { w.syncer.Run(ctx); return nil })
		w.guard("outbox", func() error { return w.outbox.Run(ctx) })
	}
	return facts
}

// carryChanges tells the screen what changed in the store, and wakes the outbox.
func (w *world) carryChanges(ctx context.Context) error {
	for {
		select {
		case change, open := <-w.db.Changes():
			if !open {
				return nil
			}
			w.relay.storeChanged(change)
			if change.Outbox {
				w.outbox.Wake()
			}
		case <-ctx.Done():
			return nil
		}
	}
}

// guard runs one owned goroutine. A panic in it is logged without its values
// and ends that room, not the terminal.
func (w *world) guard(room string, run func() error) {
	w.work.Go(func() {
		defer func() {
			if r := recover(); r != nil {
				w.log.Error("a room ended by a fault", "room", room, "kind", fmt.Sprintf("%T", r))
				w.relay.syncChanged(mail.SyncStatus{
					Account: w.us.Key(), Phase: mail.SyncOffline, Fatal: true,
					Problem: "A part of zgoda (" + room + ") stopped by a fault of its own.", NextStep: "Quit and start zgoda again; nothing is lost.",
				})
			}
		}()
		if err := run(); err != nil && !errors.Is(err, context.Canceled) {
			w.log.Error("a room ended", "room", room, "error", err.Error())
		}
	})
}

// close stops what runs, waits for it, and closes everything in reverse.
func (w *world) close() {
	if w.stop != nil {
		w.stop()
	}
	w.work.Wait()
	if w.db != nil {
		if err := w.db.Close(); err != nil {
			w.log.Error("close the database", "error", err.Error())
		}
	}
	if w.logFile != nil {
		_ = w.logFile.Close()
	}
}
