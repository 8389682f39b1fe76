package consent

import (
	"crypto/sha256"
	_ "embed" // countries.tsv is part of the program, so that no file can be missing
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Rule is what a country says of unsolicited business mail.
type Rule string

// The rules of the table, the strictest first. Disputed counts as RuleNo (C2).
const (
	RuleNo       Rule = "no"   // prior consent
	RuleDisputed Rule = "disp" // sources contradict each other
	RuleCond     Rule = "cond" // allowed under conditions that need evidence (C4)
	RuleYes      Rule = "yes"  // opt-out: allowed until the person objects
)

// Confidence is how well a row of the table is sourced.
type Confidence string

// The confidences. ConfidenceLow counts as RuleNo (C2).
const (
	ConfidenceHigh Confidence = "high"
	ConfidenceMed  Confidence = "med"
	ConfidenceLow  Confidence = "low"
)

// Label is how a country wants a commercial mail to name itself (law.md N4).
type Label string

// The labels.
const (
	LabelNone        Label = ""
	LabelCommercial  Label = "commercial"  // every commercial mail, also one with consent
	LabelUnsolicited Label = "unsolicited" // a mail that rests on legitimate interest
)

// Country is one row of the table (law.md section 2). The zero Country knows
// nothing and allows nothing.
type Country struct {
	Code       string // ISO 3166-1 alpha-2; "??" is the unknown country
	Named      Rule   // to a named employee, on legitimate interest
	Role       Rule   // to a role address (info@) of a legal person
	Soft       Rule   // own similar products, to a customer
	Statute    string
	Note       string
	Source     string // where the row was read
	CheckedOn  time.Time
	Confidence Confidence
	Facts      []Fact // what a RuleCond asks to be known (C4)
	Label      Label
	LabelWords string // the label in the language of the country
}

// Known reports whether the table has a row of its own for the country.
func (c Country) Known() bool { return c.Code != "" && c.Code != unknownCode }

// unknownCode is the row of a country that nobody named.
const unknownCode = "??"

// alias turns a code in use beside ISO 3166-1 alpha-2 into the one of the table.
func alias(code string) string {
	switch code {
	case "UK":
		return "GB"
	case "EL":
		return "GR"
	}
	return code
}

//go:embed countries.tsv
var countryFile string

type countryTable struct {
	rows    []Country
	byCode  map[string]Country
	version string
	err     error
}

// countries is read once and never changed. A table that cannot be read has no
// rows, so that every country is unknown and nothing is allowed; a test guards it.
var countries = sync.OnceValue(func() countryTable { return readCountries(countryFile) })

// LookupCountry gives the row for an ISO 3166-1 alpha-2 code in any case, or
// the row of the unknown country (C2, S1).
func LookupCountry(code string) Country {
	table := countries()
	if c, ok := table.byCode[alias(strings.ToUpper(strings.TrimSpace(code)))]; ok {
		return c
	}
	return Country{Code: unknownCode, Named: RuleNo, Role: RuleNo, Soft: RuleNo, Note: "unknown country"}
}

// Countries is a copy of every row, in the order of the table.
func Countries() []Country { return append([]Country(nil), countries().rows...) }

// CountryVersion names the table: its date and the start of its hash. It goes
// into every verdict, so that a decision can be judged by the rules of its day.
func CountryVersion() string { return countries().version }

const countryColumns = 11

func readCountries(file string) countryTable {
	table := countryTable{byCode: make(map[string]Country)}
	sum := sha256.Sum256([]byte(file))
	first, _, _ := strings.Cut(file, "\n")
	table.version = strings.TrimPrefix(first, "# version ") + "/" + hex.EncodeToString(sum[:4])

	reader := csv.NewReader(strings.NewReader(file))
	reader.Comma, reader.Comment, reader.LazyQuotes, reader.FieldsPerRecord = '\t', '#', true, countryColumns
	records, err := reader.ReadAll()
	if err != nil || len(records) == 0 {
		table.err = fmt.Errorf("read the country table: %w", err)
		return table
	}
	for _, record := range records[1:] {
		row, err := readCountry(record)
		if err != nil {
			return countryTable{version: table.version, err: err}
		}
		table.rows = append(table.rows, row)
		table.byCode[row.Code] = row
	}
	return table
}

func readCountry(record []string) (Country, error) {
	checked, err := time.Parse(time.DateOnly, record[7])
	if err != nil {
		return Country{}, fmt.Errorf("read the country table, row %s: %w", record[0], err)
	}
	row := Country{
		Code: record[0], Named: Rule(record[1]), Role: Rule(record[2]), Soft: Rule(record[3]),
		Statute: record[4], Note: record[5], Source: record[6], CheckedOn: checked,
		Confidence: Confidence(record[8]),
	}
	if row.Facts, err = readFacts(record[9]); err != nil {
		return Country{}, fmt.Errorf("read the country table, row %s: %w", row.Code, err)
	}
	label, words, _ := strings.Cut(record[10], ": ")
	switch row.Label, row.LabelWords = Label(strings.TrimPrefix(label, "-")), words; row.Label {
	case LabelNone, LabelCommercial, LabelUnsolicited:
	default:
		return Country{}, fmt.Errorf("read the country table, row %s: unknown label %q", row.Code, label)
	}
	for _, rule := range []Rule{row.Named, row.Role, row.Soft} {
		switch rule {
		case RuleNo, RuleDisputed, RuleCond, RuleYes:
		default:
			return Country{}, fmt.Errorf("read the country table, row %s: unknown rule %q", row.Code, rule)
		}
	}
	return row, nil
}

// readFacts reads a list such as "published, work"; "-" is none.
func readFacts(cell string) ([]Fact, error) {
	if cell == "-" {
		return nil, nil
	}
	var facts []Fact
	for name := range strings.SplitSeq(cell, ", ") {
		f, err := ParseFact(name)
		if err != nil {
			return nil, err
		}
		facts = append(facts, f)
	}
	return facts, nil
}
