package intake

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"zgoda/consent"
)

// columns is the header of a file, understood.
type columns struct {
	all   []consent.ImportColumn
	fills []string // by column: the field or claim that it fills, "" for a dropped one
	at    map[string]int
}

// has reports whether the file has a column for a field.
func (c columns) has(field string) bool {
	_, ok := c.at[field]
	return ok
}

// understand matches headers with fields. The first column of a field wins.
func understand(header []string) columns {
	c := columns{fills: make([]string, len(header)), at: map[string]int{}}
	for i, name := range header {
		field := fieldOf(fold(name))
		if field == "" || c.has(field) && !everyColumn(field) {
			continue
		}
		c.fills[i], c.at[field] = field, i
	}
	// "Address" is the postal one, unless nothing else says where to write to.
	for i, name := range header {
		if w := fold(name); !c.has(consent.FieldAddress) && (w == "address" || w == "adres" || w == "adresse") {
			c.fills[i], c.at[consent.FieldAddress] = consent.FieldAddress, i
		}
	}
	for i, name := range header {
		c.all = append(c.all, c.tell(i, shown(name)))
	}
	return c
}

// everyColumn reports whether all columns of a kind are heard and not the first
// alone: a no in the second counts as much.
func everyColumn(field string) bool {
	return field == claimYes || field == claimNo || field == claimStatus
}

func (c columns) tell(i int, name string) consent.ImportColumn {
	column := consent.ImportColumn{Name: name}
	folded := fold(name)
	switch fills := c.fills[i]; {
	case fills == firstName || fills == lastName:
		column.Field = consent.FieldName
	case everyColumn(fills):
		column.Why = "an import cannot grant a consent; a no is heard"
	case fills == claimWhen || fills == claimWording || fills == claimMethod || fills == claimEvidence:
		column.Why = "an import cannot grant a consent; its proof is told row by row, to be recorded by hand"
	case fills != "":
		column.Field = fills
	case folded == "":
		column.Why = "it has no name"
	case fieldOf(folded) != "":
		column.Why = "another column fills the same field"
	default:
		column.Why = whyUnwanted(folded)
	}
	return column
}

func fieldOf(folded string) string {
	for field, names := range headers {
		for _, name := range names {
			if name == folded || strings.ReplaceAll(name, " ", "") == folded {
				return field
			}
		}
	}
	if f, ok := consent.FieldOf(strings.ReplaceAll(folded, " ", "_")); ok && f.Name != consent.FieldAddress {
		return f.Name
	}
	switch {
	case holds(folded, saysNo):
		return claimNo
	case holds(folded, saysYes):
		return claimYes
	}
	return ""
}

func holds(text string, parts []string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(text, part) })
}

func whyUnwanted(folded string) string {
	words := strings.Fields(folded)
	for _, list := range unwanted {
		for pattern := range strings.FieldsSeq(list.words) {
			stem, any := strings.CutSuffix(pattern, "*")
			for _, w := range words {
				if w == stem || any && strings.HasPrefix(w, stem) {
					return list.why
				}
			}
		}
	}
	return unknownColumn
}

// letters are those that do not come apart into a letter and a mark.
var letters = strings.NewReplacer("ł", "l", "ß", "ss", "ø", "o", "đ", "d", "æ", "ae")

// fold is a header or a value as plain words: lower case, no marks, one blank
// between words.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(letters.Replace(b.String())), " ")
}

// maxShown is how many runes of a header are shown.
const maxShown = 60

// shown is a header that is safe on a screen.
func shown(name string) string {
	runes := []rune(strings.Join(strings.Fields(printable(name)), " "))
	if len(runes) > maxShown {
		runes = append(runes[:maxShown], '…')
	}
	return string(runes)
}

// printable leaves out what could steer a terminal or turn a line around.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200d':
			return -1
		}
		return r
	}, s)
}
