package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/layout"
)

// noticesCommand is the queue of those who must still be told that their data is
// kept (Art. 13, 14).
type noticesCommand struct {
	List   noticesListCommand   `cmd:"" default:"withargs" help:"List the leads who must still be informed, the first due first."`
	Record noticesRecordCommand `cmd:"" help:"Write down that a lead was informed another way than by a mail from zgoda."`
}

type noticesListCommand struct {
	JSON bool `help:"Print JSON, one object a line."`
}

// noticePage is how many cases are read at a time.
const noticePage = 200

// Run pages through the queue.
func (c noticesListCommand) Run(ctx context.Context, a *app) error {
	db, _, err := openDB(ctx, a, true)
	if err != nil {
		return err
	}
	defer db.Close()
	var last consent.Place
	seen := 0
	for {
		page, err := db.Notices(ctx, last, noticePage)
		if err != nil {
			return err
		}
		for _, one := range page {
			if err := printNotice(a.Out, one, a.now(), c.JSON); err != nil {
				return err
			}
			last = consent.Place{Due: one.Due, ID: one.Lead.ID}
		}
		if seen += len(page); len(page) < noticePage {
			break
		}
	}
	if seen == 0 && !c.JSON {
		fmt.Fprintln(a.Out, "Everybody has been informed.")
	}
	return nil
}

// noticeLine is one line of --json. Its keys are stable.
type noticeLine struct {
	ID      int64     `json:"id"`
	Name    string    `json:"name"`
	Address string    `json:"address"`
	Country string    `json:"country,omitempty"`
	Due     time.Time `json:"due"`
	State   string    `json:"state"` // ok, amber, over
}

func printNotice(w io.Writer, one consent.NoticeCase, now time.Time, asJSON bool) error {
	state := one.Standing.NoticeState(now)
	if asJSON {
		return json.NewEncoder(w).Encode(noticeLine{
			ID: int64(one.Lead.ID), Name: one.Lead.Call(), Address: one.Lead.Address.Email, Country: one.Lead.Country,
			Due: one.Due.UTC(), State: string(state),
		})
	}
	todo := ""
	if state == consent.NoticeOver {
		todo = ": notify or erase"
	}
	_, err := fmt.Fprintf(w, "%s  %s  %s  due %s%s\n", layout.Fit(one.Lead.Call(), 24), layout.Fit(one.Lead.Address.Email, 30),
		layout.Fit(one.Lead.Country, 2), dueIn(one.Due, now), todo)
	return err
}

type noticesRecordCommand struct {
	Address  string `arg:"" help:"Who was informed." placeholder:"ADDRESS"`
	How      string `required:"" help:"How: letter, phone, in person, e-mail, form."`
	Evidence string `required:"" help:"Where the proof is: a copy, a file, a note." placeholder:"TEXT"`
	Date     string `help:"The day; today when left out." placeholder:"YYYY-MM-DD"`
}

// Run records a notice that zgoda did not send itself.
func (c noticesRecordCommand) Run(ctx context.Context, a *app) error {
	method, err := methodOf(c.How)
	if err != nil {
		return err
	}
	at, err := dayOrNow(c.Date, a.now())
	if err != nil {
		return err
	}
	db, _, err := openDB(ctx, a, false)
	if err != nil {
		return err
	}
	defer db.Close()
	lead, err := find(ctx, db, c.Address)
	if err != nil {
		return err
	}
	if !lead.IsLead() {
		return &mail.Problem{Sentence: "This person is not a lead, so no notice is owed.", NextStep: "Nothing is left to do."}
	}
	_, err = db.Record(ctx, consent.Event{Person: lead.ID, Kind: consent.KindNotice, Method: method, Evidence: c.Evidence, At: at})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Out, "Recorded: they have been informed.")
	return err
}
