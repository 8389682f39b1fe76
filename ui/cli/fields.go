package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"zgoda/consent"
	"zgoda/ui/layout"
)

// fieldsCommand tells of each fact that is kept of a lead why it is kept, and
// whether it serves that (S30, S34).
type fieldsCommand struct {
	List  fieldsListCommand  `cmd:"" default:"withargs" help:"Each field: its purpose, how many leads have it, how often it was used in 90 days."`
	Purge fieldsPurgeCommand `cmd:"" help:"Empty a field on every lead."`
}

type fieldsListCommand struct {
	JSON bool `help:"Print JSON, one object a line."`
}

// fieldLine is one line of --json. Its keys are stable.
type fieldLine struct {
	Field    string `json:"field"`
	Purpose  string `json:"purpose"`
	Class    string `json:"class"`
	Filler   string `json:"filled_by"`
	Limit    int    `json:"limit,omitempty"`
	Template bool   `json:"template"`
	Required bool   `json:"required"`
	Leads    int    `json:"leads"`
	Filled   int    `json:"filled"`
	Uses     int    `json:"uses_90_days"`
	Unused   bool   `json:"unused"`
}

// Run lists the fields. It only reads.
func (c fieldsListCommand) Run(ctx context.Context, a *app) error {
	db, _, err := openDB(ctx, a, true)
	if err != nil {
		return err
	}
	defer db.Close()
	uses, err := db.FieldUses(ctx)
	if err != nil {
		return err
	}
	var unused []string
	for _, u := range uses {
		if u.Unused() {
			unused = append(unused, u.Field.Name)
		}
		if err := c.print(a, u); err != nil {
			return err
		}
	}
	if c.JSON {
		return nil
	}
	for _, name := range unused {
		fmt.Fprintf(a.Out, "%s served nothing for %d days: purge it with zgoda fields purge %s\n", name, consent.FieldUseDays, name)
	}
	if len(uses) > 0 && uses[0].Watched < consent.FieldUseDays {
		fmt.Fprintf(a.Out, "Uses are counted for %d days; after %d zgoda says what serves nothing.\n", uses[0].Watched, consent.FieldUseDays)
	}
	return nil
}

func (c fieldsListCommand) print(a *app, u consent.FieldUse) error {
	f := u.Field
	if c.JSON {
		return json.NewEncoder(a.Out).Encode(fieldLine{
			f.Name, f.Purpose, string(f.Class), f.Filler, f.Limit, f.Template, f.Required, u.Leads, u.Filled, u.Uses, u.Unused(),
		})
	}
	rate := "   -"
	if u.Leads > 0 {
		rate = fmt.Sprintf("%3d%%", u.Filled*100/u.Leads)
	}
	_, err := fmt.Fprintf(a.Out, "%s  %s filled  %5d uses  %s  %s\n", layout.Fit(f.Name, 13), rate, u.Uses, layout.Fit(string(f.Class), 14), f.Purpose)
	return err
}

type fieldsPurgeCommand struct {
	Field string `arg:"" help:"The field to empty."`
	Yes   bool   `help:"Do not ask."`
}

// Run asks, then empties the field on every lead.
func (c fieldsPurgeCommand) Run(ctx context.Context, a *app) error {
	field, known := consent.FieldOf(c.Field)
	if !known {
		return &usageError{fmt.Errorf("no field is called %q", c.Field)}
	}
	db, _, err := openDB(ctx, a, false)
	if err != nil {
		return err
	}
	defer db.Close()
	if !c.Yes && field.Purgeable() {
		sure, err := newAsker(a.Stdio).yes(ctx, fmt.Sprintf("Empty %s on every lead? This cannot be undone", strings.ToLower(field.Title)))
		if err != nil {
			return err
		}
		if !sure {
			fmt.Fprintln(a.Out, "Nothing was changed.")
			return nil
		}
	}
	n, err := db.PurgeField(ctx, field.Name)
	if err == nil {
		fmt.Fprintf(a.Out, "%s is empty now; %d leads had it.\n", field.Title, n)
	}
	return err
}
