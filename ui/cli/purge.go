package cli

import (
	"context"
	"time"
)

// purgeEvery is how often a zgoda that runs looks whose data must go.
const purgeEvery = 24 * time.Hour

// purgeWait lets the first screen and the first sync go before: a mail that the
// person wrote meanwhile prolongs.
const purgeWait = 10 * time.Minute

// purgeDaily erases every day what is due (law.md L5e). The log is told numbers only.
func (w *world) purgeDaily(ctx context.Context) error {
	timer := time.NewTimer(purgeWait)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		done, err := w.db.Purge(ctx)
		if err != nil {
			w.log.Error("the daily purge did not go through", "error", err.Error())
		}
		if len(done.Erased) > 0 || len(done.Kept) > 0 {
			w.log.Info("purged", "erased", len(done.Erased), "kept", len(done.Kept), "on the server", len(done.Copies))
		}
		timer.Reset(purgeEvery)
	}
}
