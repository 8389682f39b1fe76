package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/store"
)

// restrictCommand keeps a person's data and lets nothing else be done with it
// (Art. 18), or lifts that.
type restrictCommand struct {
	Address  string `arg:"" help:"Whose data." placeholder:"ADDRESS"`
	Evidence string `required:"" help:"Why: what they dispute, or why it is lifted and when they were told (Art. 18(3))." placeholder:"TEXT"`
	Lift     bool   `help:"Lift the restriction."`
}

// Run records the restriction, or its end.
func (c restrictCommand) Run(ctx context.Context, a *app) error {
	kind, said := consent.KindRestricted, "Restricted: nothing but the answer to a request of theirs goes out."
	if c.Lift {
		kind, said = consent.KindReleased, "The restriction is lifted."
	}
	return recordOf(ctx, a, c.Address, func(*store.DB, consent.Lead) (consent.Event, string, error) {
		return consent.Event{Kind: kind, Method: consent.ByRule, Evidence: c.Evidence, At: a.now()}, said, nil
	})
}

// discloseCommand writes down who else received a person's data (Art. 14(3)(c), 19).
type discloseCommand struct {
	Address string `arg:"" help:"Whose data." placeholder:"ADDRESS"`
	To      string `required:"" help:"Who received it." placeholder:"WHO"`
	Why     string `required:"" help:"What for." placeholder:"TEXT"`
	Date    string `help:"The day; today when left out." placeholder:"YYYY-MM-DD"`
}

// Run records the disclosure. A lead who was not informed before must be now.
func (c discloseCommand) Run(ctx context.Context, a *app) error {
	at, err := dayOrNow(c.Date, a.now())
	if err != nil {
		return err
	}
	return recordOf(ctx, a, c.Address, func(db *store.DB, lead consent.Lead) (consent.Event, string, error) {
		said := "Recorded. They will read it in the answer to a request for access."
		history, err := db.History(ctx, lead.ID)
		if err != nil {
			return consent.Event{}, "", err
		}
		if due := consent.Stand(history, consent.Controller{}, a.now()).NoticeDue; !due.IsZero() {
			said = fmt.Sprintf("Recorded. They had to be informed by %s: notify them now (zgoda send --notice), or erase.", at.UTC().Format(time.DateOnly))
		}
		evidence := strings.TrimSpace(c.To) + ", " + strings.TrimSpace(c.Why)
		return consent.Event{Kind: consent.KindDisclosed, Evidence: evidence, At: at}, said, nil
	})
}

// recordOf records one event of the person with an address, and says so.
func recordOf(ctx context.Context, a *app, address string, make func(*store.DB, consent.Lead) (consent.Event, string, error)) error {
	db, _, err := openDB(ctx, a, false)
	if err != nil {
		return err
	}
	defer db.Close()
	lead, err := find(ctx, db, address)
	if err != nil {
		return err
	}
	event, said, err := make(db, lead)
	if err != nil {
		return err
	}
	event.Person = lead.ID
	if _, err := db.Record(ctx, event); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Out, said)
	return err
}
