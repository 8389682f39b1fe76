package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"zgoda/consent"
)

// mergeCommand makes one lead of two who are the same person.
type mergeCommand struct {
	Keep   string `arg:"" help:"Address of the lead who stays."`
	Other  string `arg:"" help:"Address of the same person's other lead."`
	DryRun bool   `help:"Say what would happen, and write nothing."`
	Yes    bool   `help:"Do not ask."`
	JSON   bool   `help:"Print JSON."`
}

// Run prints what the merge does, asks, and does it.
func (c mergeCommand) Run(ctx context.Context, a *app) error {
	db, _, err := openDB(ctx, a, c.DryRun)
	if err != nil {
		return err
	}
	defer db.Close()
	keep, err := find(ctx, db, c.Keep)
	if err != nil {
		return err
	}
	other, err := find(ctx, db, c.Other)
	if err != nil {
		return err
	}
	plan, err := db.PlanMerge(ctx, keep.ID, other.ID)
	if err != nil {
		return err
	}
	if err := c.print(a.Out, plan); err != nil || c.DryRun {
		return err
	}
	if !c.Yes {
		sure, err := newAsker(a.Stdio).yes(ctx, "Make one lead of the two? This cannot be undone")
		if err != nil {
			return err
		}
		if !sure {
			fmt.Fprintln(a.Out, "Nothing was changed.")
			return nil
		}
	}
	if _, err := db.MergeLeads(ctx, keep.ID, other.ID); err != nil {
		return err
	}
	if !c.JSON {
		fmt.Fprintln(a.Out, "They are one lead now.")
	}
	return nil
}

func (c mergeCommand) print(w io.Writer, plan consent.MergePlan) error {
	if c.JSON {
		return json.NewEncoder(w).Encode(map[string]any{
			"keep": int64(plan.Into.ID), "other": int64(plan.From.ID), "fields": plan.Fields, "told": plan.Told, "closes": plan.Closing(), "dry_run": c.DryRun,
		})
	}
	out := &strings.Builder{}
	fmt.Fprintf(out, "%s <%s> stays; <%s> becomes an address of theirs.\n", plan.Into.Call(), plan.Into.Address.Email, plan.From.Address.Email)
	for _, name := range plan.Fields {
		if field, ok := consent.FieldOf(name); ok {
			fmt.Fprintf(out, "  %s becomes %q\n", strings.ToLower(field.Title), field.Value(plan.Result))
		}
	}
	for _, text := range plan.Told {
		fmt.Fprintf(out, "  %s\n", text)
	}
	closing := plan.Closing()
	for _, text := range closing {
		fmt.Fprintf(out, "  carried over: %s\n", text)
	}
	if len(closing) == 0 {
		out.WriteString("  Nothing of what they agreed to changes.\n")
	}
	if c.DryRun {
		out.WriteString("Nothing was written.\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}
