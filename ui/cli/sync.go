package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"zgoda/mail"
)

// syncCommand fetches once and works the outbox off: for a timer or a cron job.
type syncCommand struct {
	Quiet bool `short:"q" help:"Print nothing when all went well."`
}

// Run fetches new mail, sends what is due, and says how much came.
func (c syncCommand) Run(ctx context.Context, a *app) error {
	config, err := loadConfig(a.paths.config)
	if err != nil {
		return err
	}
	hosts, err := config.servers(ctx)
	if err != nil {
		return err
	}
	w, err := openWorld(ctx, a, config, hosts)
	if err != nil {
		return err
	}
	defer w.close()
	// Both are tried: a server that gives no mail may still take some.
	synced, sent := w.syncer.Once(ctx), w.outbox.Flush(ctx)
	if err := errors.Join(synced, sent); err != nil {
		return fmt.Errorf("%w: %w", errOffline, err)
	}
	if c.Quiet {
		return nil
	}
	counts, err := w.db.Counts(ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "Up to date at %s: %d leads (%d unread, %d waiting for an answer), %d new people.\n",
		a.now().Format(time.TimeOnly), counts.Leads, counts.Unread, counts.Waiting, counts.New)
	return err
}

// servers are the configured hosts with the password fetched.
func (c Config) servers(ctx context.Context) (servers, error) {
	hosts := servers{imap: c.IMAP.server(), smtp: c.SMTP.server()}
	for _, host := range []*mail.Server{&hosts.imap, &hosts.smtp} {
		if host == &hosts.smtp && host.Username == hosts.imap.Username {
			host.Password = hosts.imap.Password
			continue
		}
		password, err := c.Secret.password(ctx, host.Username)
		if err != nil {
			return servers{}, err
		}
		host.Password = password
	}
	return hosts, nil
}
