package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"zgoda/consent"
	"zgoda/ui/layout"
)

// retentionCommand is the queue of data that must go (GDPR Art. 5(1)(e); D1).
type retentionCommand struct {
	List  retentionListCommand  `cmd:"" default:"withargs" help:"List the leads by the day on which their data must go."`
	Purge retentionPurgeCommand `cmd:"" help:"Erase what is due today; a zgoda that runs does it every day."`
}

type retentionListCommand struct {
	JSON bool `help:"Print JSON, one object a line."`
}

// retentionLine is one line of --json. Its keys are stable.
type retentionLine struct {
	ID         int64      `json:"id"`
	Name       string     `json:"name"`
	Address    string     `json:"address"`
	Class      string     `json:"class"`
	EraseAfter *time.Time `json:"erase_after,omitempty"` // absent while a hold stands
	DaysLeft   *int       `json:"days_left,omitempty"`
}

// retentionPage is how many leads are read at once.
const retentionPage = 500

// Run lists whose data goes when, the first to go first.
func (c retentionListCommand) Run(ctx context.Context, a *app) error {
	db, _, err := openDB(ctx, a, true)
	if err != nil {
		return err
	}
	defer db.Close()
	var after consent.Place
	seen := 0
	for {
		page, err := db.Retention(ctx, after, retentionPage)
		if err != nil {
			return err
		}
		for _, one := range page {
			if err := printRetention(a.Out, one, a.now(), c.JSON); err != nil {
				return err
			}
		}
		if seen += len(page); len(page) < retentionPage {
			break
		}
		last := page[len(page)-1]
		after = consent.Place{Due: last.Retention.EraseAfter, ID: last.Lead.ID}
	}
	if seen == 0 && !c.JSON {
		fmt.Fprintln(a.Out, "Nobody's data has an end by itself.")
	}
	return nil
}

func printRetention(w io.Writer, one consent.RetentionCase, now time.Time, asJSON bool) error {
	days, ends := one.Retention.DaysLeft(now)
	if asJSON {
		line := retentionLine{
			ID: int64(one.Lead.ID), Name: one.Lead.Call(), Address: one.Lead.Address.Email, Class: string(one.Retention.Class),
			EraseAfter: timeOrNil(one.Retention.EraseAfter),
		}
		if ends {
			line.DaysLeft = &days
		}
		return json.NewEncoder(w).Encode(line)
	}
	when := "kept until the hold is lifted"
	if ends {
		when = "goes " + dueIn(one.Retention.EraseAfter, now)
	}
	_, err := fmt.Fprintf(w, "%s  %s  %s  %s\n", layout.Fit(string(one.Retention.Class), 12), layout.Fit(one.Lead.Call(), 24),
		layout.Fit(one.Lead.Address.Email, 30), when)
	return err
}

type retentionPurgeCommand struct {
	DryRun bool `help:"Erase nobody: print whose data is due."`
}

// Run erases everybody whose day has come.
func (c retentionPurgeCommand) Run(ctx context.Context, a *app) error {
	db, _, err := openDB(ctx, a, c.DryRun)
	if err != nil {
		return err
	}
	defer db.Close()
	if c.DryRun {
		cases, err := db.Due(ctx)
		if err != nil {
			return err
		}
		for _, one := range cases {
			if err := printRetention(a.Out, one, a.now(), false); err != nil {
				return err
			}
		}
		_, err = fmt.Fprintf(a.Out, "%d would be erased.\n", len(cases))
		return err
	}
	done, err := db.Purge(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "Erased: %d.\n", len(done.Erased))
	if len(done.Kept) > 0 {
		fmt.Fprintf(a.Out, "Kept until tomorrow, because a mail to them is being sent: %d.\n", len(done.Kept))
	}
	listCopies(a.Out, "Their mails on the server, which are still there; delete them in another mail program:", done.Copies)
	if done.Left != "" {
		fmt.Fprintln(a.Out, done.Left)
	}
	return nil
}

// holdCommand and unholdCommand keep the data of one person from going by
// itself, and let it go again (Art. 17(3)(e)).
type holdCommand struct {
	Address string `arg:"" help:"Whose data is held." placeholder:"ADDRESS"`
	Reason  string `required:"" help:"What it is needed for: a claim, a duty to keep." placeholder:"TEXT"`
}

// Run writes a legal hold into the ledger.
func (c holdCommand) Run(ctx context.Context, a *app) error {
	return recordHold(ctx, a, c.Address, consent.KindHeld, c.Reason, "Held: nothing of this person goes until the hold is lifted.")
}

type unholdCommand struct {
	Address string `arg:"" help:"Whose data is let go." placeholder:"ADDRESS"`
	Reason  string `required:"" help:"Why it is not needed any more." placeholder:"TEXT"`
}

// Run lifts a legal hold.
func (c unholdCommand) Run(ctx context.Context, a *app) error {
	return recordHold(ctx, a, c.Address, consent.KindUnheld, c.Reason, "The hold is lifted: the data goes on its day.")
}

func recordHold(ctx context.Context, a *app, address string, kind consent.Kind, why, said string) error {
	db, _, err := openDB(ctx, a, false)
	if err != nil {
		return err
	}
	defer db.Close()
	lead, err := find(ctx, db, address)
	if err != nil {
		return err
	}
	if _, err := db.Record(ctx, consent.Event{Person: lead.ID, Kind: kind, Evidence: why, At: a.now()}); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Out, said)
	return err
}
