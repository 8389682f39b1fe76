package cli

import (
	"context"
	"log/slog"

	"zgoda/consent"
)

// openReading opens what a command needs that only asks: the store without its
// lock, the gate and the templates. It works beside a zgoda that is running.
func openReading(ctx context.Context, a *app, config Config) (_ *world, err error) {
	w := &world{config: config, controller: config.controller(), now: a.now, log: slog.New(slog.DiscardHandler)}
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	if w.us, err = config.address(); err != nil {
		return nil, err
	}
	secrets, err := loadKeys(a.paths.key())
	if err != nil {
		return nil, err
	}
	if w.db, err = openStore(ctx, a, config, secrets, true); err != nil {
		return nil, err
	}
	if w.templates, err = loadTemplates(a.paths.templates()); err != nil {
		return nil, err
	}
	w.gate = consent.NewGate(w.db, w.controller, a.now)
	return w, nil
}
