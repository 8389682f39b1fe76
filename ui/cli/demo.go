package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/demo"
	"zgoda/ui"
)

// demoCommand is the whole program on embedded servers with sample leads: the
// same sync, gate, outbox and screens.
type demoCommand struct {
	Keep string `help:"Keep the sample world in this directory and go on with it next time." placeholder:"DIR" type:"path"`
}

// Run starts the servers, seeds what the sample people agreed to, and opens
// the screen. Without --keep everything is removed at the end.
func (c demoCommand) Run(ctx context.Context, a *app) (err error) {
	dir := c.Keep
	if dir == "" {
		if dir, err = os.MkdirTemp("", "zgoda-demo-"); err != nil {
			return fmt.Errorf("make a directory for the demo: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	} else if err := os.MkdirAll(dir, 0o700); err != nil {
		return &mail.Problem{Sentence: "The directory for the demo cannot be made.", NextStep: "Choose another with --keep DIR.", Err: err}
	}
	office, err := demo.Start(ctx, demo.Options{Now: a.now, Dir: keepDir(c.Keep)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, office.Close()) }()
	place := *a
	place.paths = underDir(dir)
	w, err := openWorld(ctx, &place, demoConfig(office), servers{imap: office.IMAP(), smtp: office.SMTP()})
	if err != nil {
		return err
	}
	defer w.close()
	if err := seed(ctx, w, office.People()); err != nil {
		return fmt.Errorf("seed the demo: %w", err)
	}
	facts := w.start(ctx, true)
	options := w.options(&place)
	options.Demo = true
	return ui.Run(ctx, w.ports(), options, facts)
}

// keepDir is where a kept world has its mail; "" keeps nothing.
func keepDir(keep string) string {
	if keep == "" {
		return ""
	}
	return filepath.Join(keep, "server")
}

func demoConfig(office *demo.World) Config {
	company, rep := office.Company(), office.Rep()
	return Config{
		Account: accountConfig{Name: rep.Name, Address: rep.Email},
		Company: companyConfig{
			Name: company.Name, Postal: company.Postal, Country: company.Country, Contact: company.Contact,
			PolicyURL: company.PolicyURL, Offer: company.Offer, Offers: company.Offers, Retention: company.Retention,
		},
		Assessment: assessmentConfig{
			ID: company.Assessment.ID, Interest: company.Assessment.Interest, Necessity: company.Assessment.Necessity,
			Balance: company.Assessment.Balance, Author: company.Assessment.Author, Date: day(company.Assessment.Date),
		},
		Portal: portalConfig{URL: company.PortalURL},
	}
}

// seed writes the sample leads and their ledger, once: a kept world that has
// leads already goes on as it is.
func seed(ctx context.Context, w *world, people []demo.Person) error {
	counts, err := w.db.Counts(ctx)
	if err != nil || counts.Leads > 0 {
		return err
	}
	for _, person := range people {
		if !person.Lead {
			continue
		}
		lead, err := w.db.AddLead(ctx, consent.Lead{
			Address: person.Address, Name: person.Name, Company: person.Company, Role: person.Role,
			Language: person.Language, Country: person.Country, Source: person.Source, SourceKind: consent.SourceKind(person.SourceKind), SourcePublic: person.SourcePublic,
			Since: person.ObtainedAt, ObtainedAt: person.ObtainedAt, Reason: person.Reason, Note: person.Note,
		})
		if err != nil {
			return err
		}
		for _, event := range person.Events {
			if _, err := w.db.Record(ctx, eventOf(lead.ID, event, w.us.Label())); err != nil {
				return fmt.Errorf("record %s of sample lead %d: %w", event.Kind, lead.ID, err)
			}
		}
	}
	return nil
}

func eventOf(person mail.PersonID, event demo.Event, actor string) consent.Event {
	return consent.Event{
		Person: person, Kind: consent.Kind(event.Kind), Purpose: consent.Purpose(event.Purpose), Method: consent.Method(event.Method),
		Wording: event.Wording, Language: event.Language, Evidence: event.Evidence, Message: event.Message,
		At: event.At, ValidUntil: event.ValidUntil, Actor: actor,
	}
}
