package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"zgoda/consent"
	"zgoda/store"
)

// ropaCommand prints the record of processing activities (GDPR Art. 30(1); L30,
// S35). It is made from the configuration and from the register of every column,
// so it cannot leave out a table that there is.
type ropaCommand struct {
	JSON bool `help:"Print JSON."`
}

// ropa is the record. Its keys are stable.
type ropa struct {
	Controller string            `json:"controller"` // 30(1)(a)
	Contact    string            `json:"contact"`
	Purposes   []string          `json:"purposes"`   // (b)
	People     []string          `json:"people"`     // (c)
	Categories []ropaCategory    `json:"categories"` // (c)
	Recipients []string          `json:"recipients"` // (d)
	Transfers  string            `json:"transfers"`  // (e)
	Retention  []string          `json:"retention"`  // (f)
	Security   []string          `json:"security"`   // (g)
	Erasure    map[string]string `json:"erasure"`    // what an erasure does with each table
}

type ropaCategory struct {
	Category string   `json:"category"`
	Fields   []string `json:"fields"`
}

// Run prints it. It needs the configuration and no database.
func (c ropaCommand) Run(_ context.Context, a *app) error {
	config, err := loadConfig(a.paths.config)
	if err != nil {
		return err
	}
	r := ropaOf(config, store.Register())
	if c.JSON {
		out := json.NewEncoder(a.Out)
		out.SetIndent("", "  ")
		return out.Encode(r)
	}
	return r.print(a.Out)
}

func ropaOf(config Config, tables []store.Table) ropa {
	controller, periods := config.controller(), config.Retention.periods()
	r := ropa{
		Controller: controller.Name + ", " + controller.Postal, Contact: controller.Contact,
		Purposes: []string{
			"personal one-to-one mail to business contacts about: " + controller.Offer,
			"answering those who write to us",
			"proving consent, notice, objection and each decision to write (Art. 5(2), 7(1))",
			"measuring opens and clicks, only of those who agreed to it, each alone",
		},
		People:     []string{"business contacts who were made leads by a person", "people who wrote to the mailbox or were written to from it"},
		Recipients: []string{"the mail provider " + config.IMAP.Host + " (IMAP), as processor", "the mail provider " + config.SMTP.Host + " (SMTP), as processor"},
		Transfers:  "none by zgoda itself: it speaks to these servers only; where they stand is the controller's to say",
		Retention: []string{
			fmt.Sprintf("leads who were not informed: 1 month, then locked, erased %d days later", int(consent.LockedFor.Hours()/24)),
			fmt.Sprintf("leads who never answered: %d months after the last mail of ours", periods.Cold),
			fmt.Sprintf("dialogue: %d months after the last mail of theirs", periods.Dialogue),
			"consent: as long as it stands, then as dialogue",
			"suppression list: keyed hashes without an end, to be looked at every 3 years",
		},
		Security: []string{
			"files 0600 in a directory 0700; looser is refused", "TLS with verification, no fall-back",
			"secrets in the keyring or a command, never in the configuration", "deleted bytes are zeroed; the ledger is chained and append-only",
		},
		Erasure: map[string]string{},
	}
	fields := map[store.Category][]string{}
	for _, table := range tables {
		if table.Whose != store.OfPerson && table.Whose != store.OfPeople {
			continue
		}
		r.Erasure[table.Name] = table.Erasure
		for _, column := range table.Columns {
			fields[column.Category] = append(fields[column.Category], table.Name+"."+column.Name)
		}
	}
	for category, names := range fields {
		slices.Sort(names)
		r.Categories = append(r.Categories, ropaCategory{string(category), names})
	}
	slices.SortFunc(r.Categories, func(a, b ropaCategory) int { return strings.Compare(a.Category, b.Category) })
	return r
}

func (r ropa) print(w io.Writer) error {
	var text strings.Builder
	fmt.Fprintf(&text, "RECORD OF PROCESSING (GDPR Art. 30)\n\nController  %s\nContact     %s\n", r.Controller, r.Contact)
	for _, part := range []struct {
		head  string
		lines []string
	}{
		{"Purposes", r.Purposes}, {"People", r.People}, {"Recipients", r.Recipients}, {"Transfers", []string{r.Transfers}},
		{"Time limits", r.Retention}, {"Security", r.Security},
	} {
		fmt.Fprintf(&text, "\n%s\n", part.head)
		for _, line := range part.lines {
			fmt.Fprintf(&text, "- %s\n", line)
		}
	}
	text.WriteString("\nCategories of data, from the schema\n")
	for _, c := range r.Categories {
		fmt.Fprintf(&text, "- %s: %s\n", c.Category, strings.Join(c.Fields, ", "))
	}
	_, err := io.WriteString(w, text.String())
	return err
}
