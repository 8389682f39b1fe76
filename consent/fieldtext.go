package consent

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zgoda/mail"
)

// Finding is something in the value of a field that should not be kept.
type Finding struct {
	Field string
	Rule  string // "L9", "S33" …
	// Refused says that the value cannot be saved. KeepReason says that it can, once
	// the note says in a line of its own why it must be kept, see [KeepWord].
	Refused, KeepReason bool
	Reason              string // one sentence, without the value
}

// KeepWord begins the line of a note that says why something delicate is kept,
// e.g. "keep: she asked us to mind her allergy when we meet".
const KeepWord = "keep:"

// minKeep is the least number of runes after KeepWord.
const minKeep = 20

// kept reports whether a note says why it must be kept.
func kept(note string) bool {
	for line := range strings.Lines(note) {
		line = strings.TrimSpace(line)
		if len(line) > len(KeepWord) && strings.EqualFold(line[:len(KeepWord)], KeepWord) &&
			utf8.RuneCountInString(strings.TrimSpace(line[len(KeepWord):])) >= minKeep {
			return true
		}
	}
	return false
}

// CheckText looks at the value of a field for what a sales inbox has no business
// with: special categories (Art. 9; law.md L9), birthdays (S33), private phone
// numbers, and what is too long. What a template may name is refused, a note is
// warned of. It knows words and no meaning: nothing found is no proof.
func CheckText(field, value string) []Finding {
	f, ok := FieldOf(field)
	if !ok {
		return []Finding{{Field: field, Rule: "S30", Refused: true, Reason: "There is no such field of a lead."}}
	}
	if blank(value) {
		return nil
	}
	var found []Finding
	refuse := func(rule, reason string) {
		found = append(found, Finding{Field: field, Rule: rule, Refused: true, Reason: reason})
	}
	if f.Limit > 0 && utf8.RuneCountInString(value) > f.Limit {
		refuse("S30", fmt.Sprintf("%s is longer than %d characters.", f.Title, f.Limit))
		return found // and not worth reading
	}
	if !utf8.ValidString(value) || strings.ContainsFunc(value, func(r rune) bool { return forbidden(r, field == FieldNote || field == FieldReason) }) {
		refuse("S30", f.Title+" holds characters that cannot be shown.")
		return found
	}
	if field == FieldAddress {
		return append(found, checkMailbox(value)...)
	}
	if f.Limit > 0 {
		found = append(found, f.checkWords(value)...)
	}
	return found
}

func forbidden(r rune, lines bool) bool {
	if lines && (r == '\n' || r == '\t') {
		return false
	}
	return unicode.IsControl(r) || r == unicode.ReplacementChar
}

func (f Field) checkWords(value string) []Finding {
	words := wordsOf(value)
	digits := digitsIn(value)
	var found []Finding
	add := func(rule, what string, sure bool) {
		finding := Finding{Field: f.Name, Rule: rule, Reason: fmt.Sprintf("%s seems to tell %s.", f.Title, what)}
		switch {
		case !sure:
		case f.Name == FieldNote:
			finding.KeepReason = !kept(value)
		default:
			finding.Refused = true
		}
		found = append(found, finding)
	}
	for _, s := range special(words) {
		// The name of a firm or a job is no fact about a person's body or faith.
		if s.sure || f.Name == FieldNote || f.Name == FieldReason {
			add("L9", "of "+s.category+", which nobody may keep without the person's word (GDPR Art. 9)", s.sure)
		}
	}
	if says, sure := tellsBirth(words, value, digits); says {
		add("S33", "a birthday, which selling does not need", sure)
	}
	if phone, private := tellsPhone(words, value, digits); phone {
		what := "a phone number; zgoda keeps none"
		if private {
			what = "a private phone number, which selling does not need"
		}
		add("S32", what, private)
	}
	return found
}

// wordsOf is a text as plain words.
func wordsOf(value string) []string {
	return strings.FieldsFunc(plain(value), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// Texts with fewer digits hold no date with its year, and no phone number: most
// are not searched at all.
const (
	leastDate  = 6
	leastPhone = 9
)

func digitsIn(value string) (n int) {
	for i := range len(value) {
		if value[i] >= '0' && value[i] <= '9' {
			n++
		}
	}
	return n
}

var (
	aDate  = regexp.MustCompile(`\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2})\b`)
	aYear  = regexp.MustCompile(`\b(19[2-9]\d|200\d)\b`)
	aPhone = regexp.MustCompile(`(?:\+|\b00)?\b\d(?:[ ./()-]{0,2}\d){8,14}\b`)
	// Mobile numbers of Poland, Germany and the United Kingdom, without blanks.
	aMobile = regexp.MustCompile(`^(?:(?:\+|00)?48[5-8]\d{8}|(?:(?:\+|00)49|0)1[5-7]\d{8,9}|(?:(?:\+|00)44|0)7\d{9})$`)
)

// birthWords tell of a birthday in Polish, English and German, as stems.
var birthWords = []string{"urodzin", "urodzon", "imienin", "birthday", "birthdate", "dob", "geburt", "geboren"}

// tellsBirth reports whether a value tells a birthday, and whether that is sure: a
// date so long ago that nothing else of a lead can lie there, or a word for it.
func tellsBirth(words []string, value string, digits int) (says, sure bool) {
	for i, w := range words {
		if slices.ContainsFunc(birthWords, func(stem string) bool { return strings.HasPrefix(w, stem) && (stem != "dob" || w == stem) }) {
			return true, true
		}
		// "ur. 1980", "geb. 3.4.80", "born 1980"
		if (w == "ur" || w == "geb" || w == "born") && i+1 < len(words) && unicode.IsDigit(rune(words[i+1][0])) {
			return true, true
		}
	}
	if digits < leastDate {
		return false, false
	}
	for _, date := range aDate.FindAllString(value, -1) {
		if aYear.MatchString(date) {
			return true, false
		}
	}
	return false, false
}

// privateWords say that a number is not the firm's.
var privateWords = []string{"prywatn", "private", "privat", "komork", "domow", "handy"}

// tellsPhone reports whether a value holds a phone number, and whether it looks
// like a private one: of a mobile phone, or called so.
func tellsPhone(words []string, value string, digits int) (phone, private bool) {
	if digits < leastPhone {
		return false, false
	}
	for _, number := range aPhone.FindAllString(value, -1) {
		if aDate.MatchString(number) {
			continue
		}
		digits := strings.Map(func(r rune) rune {
			if r == '+' || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, number)
		phone = true
		if aMobile.MatchString(digits) {
			return true, true
		}
	}
	if !phone {
		return false, false
	}
	return true, slices.ContainsFunc(words, func(w string) bool {
		return w == "home" || slices.ContainsFunc(privateWords, func(stem string) bool { return strings.HasPrefix(w, stem) })
	})
}

// mailProviders are where people have private mailboxes.
var mailProviders = map[string]bool{
	"gmail.com": true, "googlemail.com": true, "outlook.com": true, "hotmail.com": true, "live.com": true, "msn.com": true,
	"yahoo.com": true, "yahoo.de": true, "yahoo.co.uk": true, "icloud.com": true, "me.com": true, "aol.com": true,
	"proton.me": true, "protonmail.com": true, "gmx.de": true, "gmx.net": true, "gmx.at": true, "web.de": true, "t-online.de": true,
	"freenet.de": true, "wp.pl": true, "o2.pl": true, "onet.pl": true, "op.pl": true, "vp.pl": true, "poczta.onet.pl": true,
	"interia.pl": true, "interia.eu": true, "gazeta.pl": true, "tlen.pl": true, "orange.fr": true, "free.fr": true, "btinternet.com": true,
}

// checkMailbox warns of an address that is most likely a person's own.
func checkMailbox(value string) []Finding {
	a, err := mail.ParseAddress(value)
	if err != nil {
		return []Finding{{Field: FieldAddress, Rule: "S26", Refused: true, Reason: "This is not one mail address."}}
	}
	if mailProviders[a.Domain()] {
		return []Finding{{Field: FieldAddress, Rule: "S32", Reason: "This looks like a private mailbox: a natural person, whose protection is the strictest."}}
	}
	return nil
}
