package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

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
	if err := seedAssessment(ctx, w, office.Company().Assessment); err != nil {
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
		Portal: portalConfig{URL: company.PortalURL},
		Mail:   mailConfig{AuthServID: demo.AuthServID},
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

// seedAssessment saves the company's assessment for the texts that zgoda ships,
// unless it stands already for just these.
func seedAssessment(ctx context.Context, w *world, a demo.Assessment) error {
	form := consent.Assessment{
		ID: a.ID, Name: a.Name, Purpose: a.Purpose, Interest: a.Interest,
		Audience: consent.Audience{Roles: a.Roles, Sector: a.Sector, Size: a.Size, Countries: a.Countries},
		Data:     a.Data, Intrusive: a.Intrusive, Necessity: a.Necessity, Volume: a.Volume, FollowUps: a.FollowUps,
		Expectation: a.Expectation, Impact: a.Impact, Balance: a.Balance, Remark: a.Remark, Author: a.Author, Second: a.Second,
		Date: a.Date, ValidUntil: a.ValidUntil, Templates: []consent.TemplateRef{{}},
	}
	for _, kind := range a.SourceKinds {
		form.SourceKinds = append(form.SourceKinds, consent.SourceKind(kind))
	}
	for _, info := range (templatePort{w}).Templates("en") {
		form.Templates = append(form.Templates, consent.TemplateRef{Name: info.Name, Language: info.Language, Hash: info.Hash})
	}
	stored, err := w.db.Assessments(ctx)
	if err != nil {
		return err
	}
	for _, s := range stored {
		if s.ID == form.ID && slices.Equal(s.Templates, form.Templates) {
			return nil
		}
	}
	_, err = w.db.SaveAssessment(ctx, form)
	return err
}

func eventOf(person mail.PersonID, event demo.Event, actor string) consent.Event {
	return consent.Event{
		Person: person, Kind: consent.Kind(event.Kind), Purpose: consent.Purpose(event.Purpose), Method: consent.Method(event.Method),
		Wording: event.Wording, Language: event.Language, Evidence: event.Evidence, Message: event.Message,
		At: event.At, ValidUntil: event.ValidUntil, Actor: actor,
	}
}
