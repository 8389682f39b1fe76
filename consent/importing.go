package consent

import (
	"time"

	"zgoda/mail"
)

// Publicity is whether a source of data is public. A person must be told, so
// nothing is assumed (Art. 14(2)(f); law.md L14).
type Publicity string

// The answers; unknown is never enough.
const (
	PublicityUnknown Publicity = ""
	SourceIsPublic   Publicity = "public"  // anybody can read it there
	SourceIsPrivate  Publicity = "private" // not everybody can
)

// ImportFacts is what is true of every row of a file, unless its row says otherwise.
type ImportFacts struct {
	Source     string // where the data came from, as the people will be told it
	Kind       SourceKind
	Publicity  Publicity
	ObtainedAt time.Time
	// Strict refuses a row that claims a consent without proof. Without it the lead
	// comes in as never asked and the claim is dropped.
	Strict bool
}

// ImportColumn is one column of a file and what becomes of it.
type ImportColumn struct {
	Name  string // as the file has it, safe for a screen
	Field string // the field it fills, "" for a column that is dropped
	Why   string // why it is dropped: one sentence
}

// ImportOutcome is how a row ends. Every row ends in exactly one.
type ImportOutcome string

// The outcomes. A preview speaks of what would be.
const (
	ImportAdded     ImportOutcome = "added"     // a new lead
	ImportFilled    ImportOutcome = "filled"    // gaps of a known lead were filled
	ImportUnchanged ImportOutcome = "unchanged" // nothing in it was new
	ImportRefused   ImportOutcome = "refused"   // Why says why
)

// ImportItem is one row that may come in.
type ImportItem struct {
	Line  int // of the file, the first is 1
	Lead  Lead
	Notes []string // what was dropped of the row or looks odd, without its values
	// Claims says that the row tells of a consent with its proof: a person must
	// look at that and record it, for an import cannot grant.
	Claims bool
}

// ImportResult is what became of one row.
type ImportResult struct {
	Line    int
	Outcome ImportOutcome
	Person  mail.PersonID // of the lead that was added or filled; zero in a preview of a new one
	Fields  []string      // what was filled, by name
	Why     string        // one sentence, for a refused row
	Notes   []string
	Claims  bool
}

// ImportCounts is how many rows ended how; the four outcomes add up to Rows.
type ImportCounts struct {
	Rows                              int
	Added, Filled, Unchanged, Refused int
	Claims                            int // rows whose consent is to be recorded by hand
}

// ImportRow is one line of a preview.
type ImportRow struct {
	Result ImportResult
	Lead   Lead // as it was read; of a refused row what could be read
}

// ImportPreview is what an import would do. Nothing is written for it.
type ImportPreview struct {
	Encoding  string // how the file is written, e.g. "UTF-8" or "Windows-1250"
	Separator string // "comma", "semicolon" or "tab"
	Columns   []ImportColumn
	Rows      []ImportRow // the first ImportPreviewRows
	Counts    ImportCounts
}

// ImportPreviewRows is how many rows a preview shows.
const ImportPreviewRows = 50

// ImportReport is what an import did, row by row.
type ImportReport struct {
	Encoding  string
	Separator string
	Columns   []ImportColumn
	Results   []ImportResult // one a row, in the order of the file
	Counts    ImportCounts
}

// CountImport counts how rows ended.
func CountImport(results []ImportResult) ImportCounts {
	counts := ImportCounts{Rows: len(results)}
	for _, r := range results {
		switch r.Outcome {
		case ImportAdded:
			counts.Added++
		case ImportFilled:
			counts.Filled++
		case ImportUnchanged:
			counts.Unchanged++
		case ImportRefused:
			counts.Refused++
		}
		if r.Claims {
			counts.Claims++
		}
	}
	return counts
}
