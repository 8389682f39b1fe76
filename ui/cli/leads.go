package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/ui/layout"
)

// leadsCommand lists leads and what they agreed to. It only reads, and works
// beside a zgoda that is running.
type leadsCommand struct {
	JSON   bool   `help:"Print JSON, one object a line."`
	Split  string `help:"Which people: ${enum}." enum:"leads,new,all" default:"leads"`
	Search string `arg:"" optional:"" help:"Words in name, address, company or subject."`
}

// leadLine is one line of --json. Its keys are stable.
type leadLine struct {
	ID        int64             `json:"id"`
	Name      string            `json:"name"`
	Address   string            `json:"address"`
	Company   string            `json:"company,omitempty"`
	Country   string            `json:"country,omitempty"`
	Lead      bool              `json:"lead"`
	Consent   map[string]string `json:"consent"`
	Basis     string            `json:"basis"`
	Objected  bool              `json:"objected"`
	NoticeDue *time.Time        `json:"notice_due,omitempty"`
	Subject   string            `json:"last_subject,omitempty"`
	LastAt    *time.Time        `json:"last_at,omitempty"`
	Waiting   bool              `json:"waiting"`
	Unread    int               `json:"unread"`
}

// Run pages through the store, so that 20,000 leads cost no more memory than a
// screen of them.
func (c leadsCommand) Run(ctx context.Context, a *app) error {
	config, err := loadConfig(a.paths.config)
	if err != nil {
		return err
	}
	secrets, err := loadKeys(a.paths.key())
	if err != nil {
		return err
	}
	db, err := openStore(ctx, a, config, secrets, true)
	if err != nil {
		return err
	}
	defer db.Close()
	query := consent.Query{Split: consent.Split(c.Split), Search: c.Search, Limit: 500}
	seen := 0
	for {
		page, err := db.Rows(ctx, query)
		if err != nil {
			return err
		}
		for _, row := range page.Rows {
			if err := c.print(a.Out, row); err != nil {
				return err
			}
		}
		if seen += len(page.Rows); len(page.Rows) < query.Limit {
			break
		}
		query.From = page.Rows[len(page.Rows)-1].Cursor()
	}
	if seen == 0 && !c.JSON {
		fmt.Fprintln(a.Out, "Nobody here. Press l on a person in zgoda to make them a lead.")
	}
	return nil
}

func (c leadsCommand) print(w io.Writer, row consent.Row) error {
	if c.JSON {
		return json.NewEncoder(w).Encode(lineOf(row))
	}
	var states strings.Builder
	for _, purpose := range consent.Purposes() {
		fmt.Fprintf(&states, "%s:%s ", purpose.Letter(), row.Standing.State(purpose))
	}
	if row.Standing.Objected {
		states.WriteString("OBJECTED ")
	}
	_, err := fmt.Fprintf(w, "%s  %s  %s  %s\n",
		layout.Fit(row.Lead.Call(), 24), layout.Fit(row.Lead.Company, 22), layout.Fit(row.Lead.Address.Email, 30), strings.TrimSpace(states.String()))
	return err
}

func lineOf(row consent.Row) leadLine {
	line := leadLine{
		ID: int64(row.Lead.ID), Name: row.Lead.Call(), Address: row.Lead.Address.Email, Company: row.Lead.Company,
		Country: row.Lead.Country, Lead: row.Lead.IsLead(), Consent: map[string]string{}, Basis: string(row.Standing.Basis),
		Objected: row.Standing.Objected, Subject: row.Subject, Waiting: row.Waiting, Unread: row.Unread,
		NoticeDue: timeOrNil(row.Standing.NoticeDue), LastAt: timeOrNil(row.LastAt),
	}
	for _, purpose := range consent.Purposes() {
		line.Consent[string(purpose)] = string(row.Standing.State(purpose))
	}
	return line
}

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
