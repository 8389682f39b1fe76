package cli

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/consent/intake"
	"zgoda/mail"
)

// importCommand brings leads in from a CSV file. What it may not take it prints,
// row by row and column by column.
type importCommand struct {
	File    string `arg:"" help:"CSV file: a row of headers, then one person a row." type:"path"`
	Source  string `help:"Where the data came from, as the people will be told it, when no column says it." placeholder:"TEXT"`
	Kind    string `help:"Kind of source: inbound, own research, referral, event, register, social, bought list." placeholder:"KIND"`
	Date    string `help:"Day on which the data was obtained." placeholder:"YYYY-MM-DD"`
	Public  bool   `help:"Everybody can read the data at its source." xor:"public"`
	Private bool   `help:"Not everybody can." xor:"public"`
	Strict  bool   `help:"Refuse a row that claims a consent without its proof."`
	DryRun  bool   `help:"Say what would happen, and write nothing."`
	Report  string `help:"Write what became of every row to a new CSV file." placeholder:"FILE" type:"path"`
	JSON    bool   `help:"Print JSON."`
}

// errRowsRefused ends a command that printed which rows it refused.
var errRowsRefused = errors.New("rows were refused")

// Run ends with code 0 when every row was taken, 1 when some were refused.
func (c importCommand) Run(ctx context.Context, a *app) error {
	facts, err := c.facts(a.now())
	if err != nil {
		return &usageError{err}
	}
	db, _, err := openDB(ctx, a, c.DryRun)
	if err != nil {
		return err
	}
	defer db.Close()
	file, err := c.openReport()
	if err != nil {
		return err
	}
	report, err := c.bring(ctx, intakePort{db: db, now: a.now}, facts)
	if err = errors.Join(err, writeReport(file, report)); err != nil {
		return withFlags(err)
	}
	if err := c.print(a.Out, report); err != nil {
		return err
	}
	if report.Counts.Refused > 0 {
		return errRowsRefused
	}
	return nil
}

func (c importCommand) bring(ctx context.Context, port intakePort, facts consent.ImportFacts) (consent.ImportReport, error) {
	if c.DryRun {
		_, report, err := port.look(ctx, c.File, facts)
		return report, err
	}
	return port.Import(ctx, c.File, facts)
}

func (c importCommand) facts(now time.Time) (facts consent.ImportFacts, err error) {
	facts = consent.ImportFacts{Source: strings.TrimSpace(c.Source), Strict: c.Strict}
	if c.Kind != "" {
		if facts.Kind, err = consent.ParseSourceKind(strings.ReplaceAll(c.Kind, "-", " ")); err != nil {
			return facts, err
		}
	}
	if c.Date != "" {
		if facts.ObtainedAt, err = intake.ParseDate(c.Date, now.Location()); err != nil {
			return facts, fmt.Errorf("--date: %w", err)
		}
	}
	switch {
	case c.Public:
		facts.Publicity = consent.SourceIsPublic
	case c.Private:
		facts.Publicity = consent.SourceIsPrivate
	}
	return facts, nil
}

// withFlags adds the flags to what a file lacks.
func withFlags(err error) error {
	var told *mail.Problem
	if !errors.Is(err, intake.ErrFacts) || !errors.As(err, &told) {
		return err
	}
	return &usageError{fmt.Errorf("%s %s The flags are --source, --kind, --date, and --public or --private", told.Sentence, told.NextStep)}
}

// importLine is one row of --json. Its keys are stable.
type importLine struct {
	Line    int      `json:"line"`
	Outcome string   `json:"outcome"`
	Person  int64    `json:"person,omitempty"`
	Fields  []string `json:"filled,omitempty"`
	Why     string   `json:"why,omitempty"`
	Notes   []string `json:"notes,omitempty"`
}

type importColumn struct {
	Name  string `json:"name"`
	Field string `json:"field,omitempty"`
	Why   string `json:"dropped,omitempty"`
}

func (c importCommand) print(w io.Writer, report consent.ImportReport) error {
	if c.JSON {
		return printImportJSON(w, report, c.DryRun)
	}
	out := &strings.Builder{}
	fmt.Fprintf(out, "Read as %s, with a %s between cells.\n", report.Encoding, report.Separator)
	for _, column := range report.Columns {
		if column.Why != "" {
			fmt.Fprintf(out, "  dropped  %s: %s.\n", column.Name, column.Why)
		} else {
			fmt.Fprintf(out, "  taken    %s as %s\n", column.Name, column.Field)
		}
	}
	counts := report.Counts
	what := "Of"
	if c.DryRun {
		what = "It would be so: of"
	}
	fmt.Fprintf(out, "%s %d rows %d added, %d filled, %d unchanged, %d refused.\n", what, counts.Rows, counts.Added, counts.Filled, counts.Unchanged, counts.Refused)
	for _, r := range report.Results {
		if r.Outcome == consent.ImportRefused {
			fmt.Fprintf(out, "  line %d refused: %s\n", r.Line, r.Why)
		}
	}
	for _, note := range notesOf(report.Results) {
		fmt.Fprintf(out, "  %s: %s\n", note.lines(), note.text)
	}
	if counts.Claims > 0 {
		fmt.Fprintf(out, "%d rows tell of a consent. Nothing was granted: record each by hand from its proof.\n", counts.Claims)
	}
	if c.DryRun {
		out.WriteString("Nothing was written.\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// importNote is what is said of several rows alike.
type importNote struct {
	text string
	at   []int
}

// mostLines is how many line numbers are written out.
const mostLines = 8

func (n importNote) lines() string {
	var numbers []string
	for _, line := range n.at[:min(len(n.at), mostLines)] {
		numbers = append(numbers, strconv.Itoa(line))
	}
	word := "line "
	if len(n.at) > 1 {
		word = "lines "
	}
	text := word + strings.Join(numbers, ", ")
	if more := len(n.at) - mostLines; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// notesOf gathers what was noted of the rows, each sentence once. What only names
// another line is left to the report file.
func notesOf(results []consent.ImportResult) []importNote {
	var notes []importNote
	for _, r := range results {
		for _, text := range r.Notes {
			if strings.HasPrefix(text, "The same person") {
				text = "The same person stands in an earlier line."
			}
			i := slices.IndexFunc(notes, func(n importNote) bool { return n.text == text })
			if i < 0 {
				notes, i = append(notes, importNote{text: text}), len(notes)
			}
			notes[i].at = append(notes[i].at, r.Line)
		}
	}
	return notes
}

func printImportJSON(w io.Writer, report consent.ImportReport, dry bool) error {
	columns, rows := make([]importColumn, 0, len(report.Columns)), make([]importLine, 0, len(report.Results))
	for _, c := range report.Columns {
		columns = append(columns, importColumn{c.Name, c.Field, c.Why})
	}
	for _, r := range report.Results {
		rows = append(rows, importLine{r.Line, string(r.Outcome), int64(r.Person), r.Fields, r.Why, r.Notes})
	}
	c := report.Counts
	return json.NewEncoder(w).Encode(map[string]any{
		"dry_run": dry, "encoding": report.Encoding, "separator": report.Separator, "columns": columns, "rows": rows,
		"counts": map[string]int{"rows": c.Rows, "added": c.Added, "filled": c.Filled, "unchanged": c.Unchanged, "refused": c.Refused, "claims": c.Claims},
	})
}

// openReport makes the report file before anything is imported; nil when none is
// asked for.
func (c importCommand) openReport() (*os.File, error) {
	if c.Report == "" {
		return nil, nil
	}
	file, err := os.OpenFile(c.Report, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, &mail.Problem{Sentence: "The report would overwrite a file.", NextStep: "Name a new one with --report.", Err: fs.ErrExist}
	}
	if err != nil {
		return nil, &mail.Problem{Sentence: "The report cannot be written there.", NextStep: "Name another place with --report.", Err: errors.Unwrap(err)}
	}
	return file, nil
}

// writeReport writes a row for each row of the list. It holds line numbers and
// reasons, and no value of the list.
func writeReport(file *os.File, report consent.ImportReport) error {
	if file == nil {
		return nil
	}
	w := csv.NewWriter(file)
	rows := [][]string{{"line", "outcome", "filled", "why", "notes"}}
	for _, r := range report.Results {
		rows = append(rows, []string{strconv.Itoa(r.Line), string(r.Outcome), strings.Join(r.Fields, " "), r.Why, strings.Join(r.Notes, " ")})
	}
	return errors.Join(w.WriteAll(rows), file.Close())
}
