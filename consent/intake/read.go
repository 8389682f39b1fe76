package intake

import (
	"errors"
	"fmt"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// MaxFile is the largest file that is read, in bytes: 100,000 rows with long notes.
const MaxFile = 256 << 20

// ErrFacts is the cause of the *mail.Problem for a file of which nobody says what
// law.md L14 makes mandatory.
var ErrFacts = errors.New("the source, its kind, its date or whether it is public is not said")

// Table is a file that was read. Every row of it is either in Items or in Refused.
type Table struct {
	Encoding  string
	Separator string
	Columns   []consent.ImportColumn
	Items     []consent.ImportItem   // may come in, in the order of the file
	Refused   []consent.ImportResult // may not, with the reason, in the order of the file
}

// Read reads a CSV file whose bytes are raw. What is true of all its rows stands in
// facts; now tells a future date. An error is a *mail.Problem, and is about the
// whole file: nothing readable in it, or L14 not fulfilled for any row.
func Read(raw []byte, facts consent.ImportFacts, now time.Time) (Table, error) {
	if len(raw) > MaxFile {
		return Table{}, fileProblem("The file is too large to be a list of leads.", "Split it, and import the parts.")
	}
	text, whole, err := widen(raw)
	if err != nil {
		return Table{}, fileProblem("The file cannot be read as text.", "Save it as CSV in UTF-8, and try again.")
	}
	separator, skip := separatorOf(text)
	r := reading{
		scanner: scanner{text: text[skip:], separator: separator, line: 1 + newlines(text[:skip])},
		decoder: newDecoder(text, whole), facts: facts, now: now,
	}
	if err := r.header(); err != nil {
		return Table{}, err
	}
	r.rows()
	r.table.Encoding, r.table.Separator = r.decoder.name(), separatorName(separator)
	return r.table, nil
}

func fileProblem(sentence, step string) error {
	return &mail.Problem{Sentence: sentence, NextStep: step, Err: errors.New("the file cannot be imported")}
}

// reading is a file while it is being read.
type reading struct {
	scanner scanner
	decoder *decoder
	columns columns
	facts   consent.ImportFacts
	now     time.Time
	table   Table
}

// header reads the first row, and checks that it and the facts together say what
// nobody may come in without.
func (r *reading) header() error {
	for {
		rec, more := r.scanner.next()
		if !more {
			return fileProblem("The file is empty.", "Choose a CSV file with a row of headers and one person a row.")
		}
		if rec.blank() {
			continue
		}
		if rec.broken != "" {
			return fileProblem("The row of headers cannot be read: a quote in it is not closed.", "Mend the first row, and try again.")
		}
		encoding := r.decoder.encodingOf(rec.raw)
		header := make([]string, len(rec.cells))
		for i, cell := range rec.cells {
			header[i] = encoding.text(cell)
		}
		r.scanner.width = len(header)
		r.columns = understand(header)
		r.table.Columns = r.columns.all
		return r.complete()
	}
}

// complete checks law.md L14 for the whole file.
func (r *reading) complete() error {
	lacks := func(what, column string) error {
		return &mail.Problem{
			Sentence: "Nothing says " + what + ".",
			NextStep: fmt.Sprintf("Say it for the whole file, or in a column called %q.", column), Err: ErrFacts,
		}
	}
	switch {
	case !r.columns.has(consent.FieldAddress):
		return fileProblem("The file has no column of mail addresses.", "Give the column of addresses the header \"email\".")
	case r.facts.Source == "" && !r.columns.has(consent.FieldSource):
		return lacks("where the data came from", "source")
	case r.facts.Kind == "" && !r.columns.has(consent.FieldSourceKind):
		return lacks("what kind of source that is", "source kind")
	case r.facts.Publicity == consent.PublicityUnknown && !r.columns.has(consent.FieldSourcePublic):
		return lacks("whether the source is public", "source public")
	case r.facts.ObtainedAt.IsZero() && !r.columns.has(consent.FieldObtainedAt):
		return lacks("when the data was obtained", "obtained at")
	}
	return nil
}

func (r *reading) rows() {
	for {
		rec, more := r.scanner.next()
		if !more {
			return
		}
		if rec.blank() {
			continue
		}
		item, why := r.row(rec)
		if why == "" {
			r.table.Items = append(r.table.Items, item)
			continue
		}
		r.table.Refused = append(r.table.Refused, consent.ImportResult{
			Line: rec.line, Outcome: consent.ImportRefused, Why: why, Notes: item.Notes, Claims: item.Claims,
		})
	}
}
