package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"zgoda/consent"
	"zgoda/consent/intake"
	"zgoda/mail"
	"zgoda/store"
)

// intakePort brings leads in from a file of this machine: it opens the file,
// intake reads it, and the store decides what each row does.
type intakePort struct {
	db  *store.DB
	now func() time.Time
}

// Preview says what an import would do, and writes nothing.
func (p intakePort) Preview(ctx context.Context, path string, facts consent.ImportFacts) (consent.ImportPreview, error) {
	table, report, err := p.look(ctx, path, facts)
	if err != nil {
		return consent.ImportPreview{}, err
	}
	preview := consent.ImportPreview{Encoding: report.Encoding, Separator: report.Separator, Columns: report.Columns, Counts: report.Counts}
	leads := make(map[int]consent.Lead, len(table.Items))
	for _, item := range table.Items {
		leads[item.Line] = item.Lead
	}
	for _, result := range report.Results[:min(len(report.Results), consent.ImportPreviewRows)] {
		preview.Rows = append(preview.Rows, consent.ImportRow{Result: result, Lead: leads[result.Line]})
	}
	return preview, nil
}

// look reads a file and says row by row what an import would do.
func (p intakePort) look(ctx context.Context, path string, facts consent.ImportFacts) (intake.Table, consent.ImportReport, error) {
	table, err := p.read(path, facts)
	if err != nil {
		return table, consent.ImportReport{}, err
	}
	results, err := p.db.PlanImport(ctx, table.Items)
	return table, reportOf(table, results), err
}

// Import takes in every row that may come in, in one transaction.
func (p intakePort) Import(ctx context.Context, path string, facts consent.ImportFacts) (consent.ImportReport, error) {
	table, err := p.read(path, facts)
	if err != nil {
		return consent.ImportReport{}, err
	}
	results, err := p.db.ImportLeads(ctx, table.Items)
	if err != nil {
		return consent.ImportReport{}, err
	}
	return reportOf(table, results), nil
}

func (p intakePort) read(path string, facts consent.ImportFacts) (intake.Table, error) {
	raw, err := readList(path)
	if err != nil {
		return intake.Table{}, err
	}
	table, err := intake.Read(raw, facts, p.now())
	if err != nil {
		return table, fmt.Errorf("read a list: %w", err)
	}
	return table, nil
}

// reportOf puts what intake refused and what the store did in the order of the file.
func reportOf(table intake.Table, results []consent.ImportResult) consent.ImportReport {
	report := consent.ImportReport{Encoding: table.Encoding, Separator: table.Separator, Columns: table.Columns}
	refused := table.Refused
	for _, result := range results {
		for len(refused) > 0 && refused[0].Line < result.Line {
			report.Results = append(report.Results, refused[0])
			refused = refused[1:]
		}
		report.Results = append(report.Results, result)
	}
	report.Results = append(report.Results, refused...)
	report.Counts = consent.CountImport(report.Results)
	return report
}

// readList reads a list of leads. Only a file is read: a pipe or a device could
// keep the program waiting for ever.
func readList(path string) ([]byte, error) {
	refuse := func(sentence, step string, cause error) error {
		var in *fs.PathError
		if errors.As(cause, &in) {
			cause = in.Err // without the path: it may bear a name
		}
		return &mail.Problem{Sentence: sentence, NextStep: step, Err: cause}
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, refuse("There is no such file.", "Check its name.", err)
	case err != nil:
		return nil, refuse("The file cannot be read.", "Check that it is yours to read.", err)
	case !info.Mode().IsRegular():
		return nil, refuse("This is not a file.", "Choose a CSV file.", errors.New("not a regular file"))
	case info.Size() > intake.MaxFile:
		return nil, refuse("The file is too large to be a list of leads.", "Split it, and import the parts.", errors.New("larger than the limit"))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, refuse("The file cannot be read.", "Check that it is yours to read.", err)
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, intake.MaxFile+1))
	if err != nil {
		return nil, refuse("The file cannot be read to its end.", "Check the disk, then try again.", err)
	}
	return raw, nil
}
