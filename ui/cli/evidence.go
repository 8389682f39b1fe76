package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// evidenceCommand records a fact that a country rule asks for (law.md C4).
type evidenceCommand struct {
	Address string `arg:"" help:"The lead's address."`
	Fact    string `arg:"" help:"${enum}" enum:"work,published,no-refusal,register"`
	Where   string `required:"" help:"Where it can be seen: a page, a document, the name of the register." placeholder:"TEXT"`
	Date    string `required:"" help:"When you saw it." placeholder:"YYYY-MM-DD"`
}

// Run appends it to the ledger.
func (c evidenceCommand) Run(ctx context.Context, a *app) error {
	seen, err := time.Parse(time.DateOnly, c.Date)
	if err != nil {
		return &usageError{errors.New("--date: write a date like 2026-11-24")}
	}
	if seen.After(a.now()) {
		return &usageError{errors.New("--date: it cannot have been seen in the future")}
	}
	if strings.TrimSpace(c.Where) == "" {
		return &usageError{errors.New("--where: say where it can be seen")}
	}
	fact, err := consent.ParseFact(strings.ReplaceAll(c.Fact, "-", " "))
	if err != nil {
		return &usageError{err}
	}
	event, err := a.record(ctx, c.Address, consent.Event{Kind: consent.KindEvidence, Fact: fact, Evidence: c.Where, At: seen})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "Recorded as entry %d of the ledger. It counts until %s.\n", event.Seq, day(seen.AddDate(0, consent.FactLife, 0)))
	return nil
}

// record appends one event to the ledger of the person with an address.
func (a *app) record(ctx context.Context, to string, event consent.Event) (consent.Event, error) {
	address, err := mail.ParseAddress(to)
	if err != nil {
		return event, &usageError{fmt.Errorf("the address: %w", err)}
	}
	w, err := a.write(ctx)
	if err != nil {
		return event, err
	}
	defer w.close()
	lead, err := w.db.Find(ctx, address)
	if err != nil {
		return event, err
	}
	event.Person, event.Actor = lead.ID, w.us.Label()
	return w.db.Record(ctx, event)
}

// overrideCommand lets a doubtful country rule pass for one lead (law.md C2).
type overrideCommand struct {
	Address string `arg:"" help:"The lead's address."`
	Reason  string `required:"" help:"Why the doubt does not hold here, and who says so." placeholder:"TEXT"`
	Days    int    `default:"90" help:"How long it stands, 90 at most." placeholder:"N"`
}

// Run refuses with code 3 whoever is not the data-protection officer, and where
// there is no doubt to open.
func (c overrideCommand) Run(ctx context.Context, a *app) error {
	most := int(consent.OverrideLife / (24 * time.Hour))
	if c.Days < 1 || c.Days > most {
		return &usageError{fmt.Errorf("--days: an override stands for 1 to %d days", most)}
	}
	if strings.TrimSpace(c.Reason) == "" {
		return &usageError{errors.New("--reason: an override needs a reason")}
	}
	now := a.now()
	event, err := a.record(ctx, c.Address, consent.Event{
		Kind: consent.KindOverride, Evidence: c.Reason, At: now, ValidUntil: now.Add(time.Duration(c.Days) * 24 * time.Hour),
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "Recorded as entry %d of the ledger. It opens the doubt of %s until %s; tracking stays as it was.\n",
		event.Seq, event.Version, day(event.ValidUntil))
	return nil
}
