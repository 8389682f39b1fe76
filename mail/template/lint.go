package template

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Finding is one thing that lint looked at, good or bad.
type Finding struct {
	Rule   string // stable short name, e.g. "gaps"
	Title  string // for the checklist, at most 24 cells
	OK     bool
	Reason string // one sentence; when OK, what was found
	Fix    string // one sentence; empty when OK
}

// The bounds of a mail that is read to its end.
const (
	maxSubject = 78  // RFC 5322 section 2.1.1: longer ones are folded or cut
	maxOwn     = 130 // words of the rep's own: well under a minute
	maxWhole   = 300 // the same with duties that nobody named
	perMinute  = 200 // words that a person reads in a minute
	maxLinks   = 1   // beside the addresses that the duties need
)

// Lint says what a careful colleague would say of a mail before it leaves.
// duties are what the law wants in it: the computed paragraphs (notice,
// objection, tracking) and the address of the privacy policy. The rep did not
// choose them, so they count neither as words nor as links. When none is given,
// one link is taken to be the policy, and the mail may be longer. It judges
// style; what is allowed is for the gate.
func Lint(subject, text, language string, duties ...string) []Finding {
	own := text
	for _, duty := range duties {
		if duty != "" {
			own = strings.ReplaceAll(own, duty, "")
		}
	}
	own = unquoted(own)
	return []Finding{
		lintGaps(subject, text),
		lintSubject(subject),
		lintLength(own, len(duties) > 0),
		lintLinks(own, len(duties) > 0),
		lintLoud(subject, own),
		lintQuestion(own),
		lintLanguage(own, language),
	}
}

// unquoted is the text without the lines that the other side wrote.
func unquoted(text string) string {
	var own strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, ">") {
			own.WriteString(line)
		}
	}
	return own.String()
}

var gap = regexp.MustCompile(`\{\{[^{}\n]{0,60}\}\}|\{%[^{}\n]{0,60}%\}`)

// lintGaps finds what still stands in braces (law.md A3; S48).
func lintGaps(subject, text string) Finding {
	f := Finding{Rule: "gaps", Title: "No unfilled field"}
	var found []string
	for _, g := range gap.FindAllString(subject+"\n"+text, -1) {
		if !slices.Contains(found, g) {
			found = append(found, g)
		}
	}
	if len(found) > 0 {
		f.Reason = "Still open: " + strings.Join(found[:min(3, len(found))], ", ") + "."
		f.Fix = "Write the words that belong there."
		return f
	}
	return f.good("Every field has its words.")
}

func lintSubject(subject string) Finding {
	f := Finding{Rule: "subject", Title: "Subject"}
	n := utf8.RuneCountInString(strings.TrimSpace(subject))
	switch {
	case n == 0:
		f.Reason, f.Fix = "The subject is empty.", "Say in a few words what the mail is about."
	case strings.ContainsAny(subject, "\r\n"):
		f.Reason, f.Fix = "The subject has a line break in it.", "Write it on one line."
	case n > maxSubject:
		f.Reason, f.Fix = fmt.Sprintf("The subject has %d characters.", n), fmt.Sprintf("Keep it below %d, or it is cut off.", maxSubject)
	default:
		return f.good(fmt.Sprintf("%d characters.", n))
	}
	return f
}

// lintLength counts the rep's own words (S75: read in half a minute).
func lintLength(own string, alone bool) Finding {
	f := Finding{Rule: "length", Title: "Short enough"}
	most := maxWhole
	if alone {
		most = maxOwn
	}
	words := len(strings.Fields(own))
	told := fmt.Sprintf("%d words, about %d seconds to read.", words, (words*60/perMinute+4)/5*5)
	switch {
	case words == 0:
		f.Reason, f.Fix = "The mail is empty.", "Write something, or pick a template."
	case words > most:
		f.Reason, f.Fix = told, "Take out what the first answer can wait for."
	default:
		return f.good(told)
	}
	return f
}

var link = regexp.MustCompile(`(?i)\bhttps?://[^\s<>"]+`)

func lintLinks(own string, alone bool) Finding {
	f := Finding{Rule: "links", Title: "Few links"}
	allowed := maxLinks
	if !alone {
		allowed++ // one of them is the policy
	}
	var found []string
	for _, l := range link.FindAllString(own, -1) {
		if l = strings.TrimRight(l, ".,;:!?)]'”"); !slices.Contains(found, l) {
			found = append(found, l)
		}
	}
	if len(found) > allowed {
		f.Reason = fmt.Sprintf("%d links beside those that must be there.", len(found)-allowed+maxLinks)
		f.Fix = "Keep the one that helps; more look like advertising, to people and to filters."
		return f
	}
	return f.good("No more than one link of your own.")
}

// lintLoud finds shouting: capitals and rows of exclamation marks. A word that
// the objection needs ("STOP") and short names ("RODO") are no shouting.
func lintLoud(subject, text string) Finding {
	f := Finding{Rule: "loud", Title: "No shouting"}
	shouted := 0
	for _, w := range strings.Fields(subject + " " + text) {
		if loud(w) {
			shouted++
		}
	}
	marks := strings.Count(text, "!!") > 0 || strings.Contains(text, "?!") || strings.Contains(subject, "!")
	if shouted >= 2 || marks {
		f.Reason, f.Fix = "Capitals or exclamation marks shout at the reader.", "Say it quietly."
		return f
	}
	return f.good("It speaks quietly.")
}

func loud(w string) bool {
	letters := 0
	for _, r := range w {
		if unicode.IsLower(r) || unicode.IsDigit(r) || strings.ContainsRune("/@{}", r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 5
}

// lintQuestion counts questions: one is answered, three are put aside.
func lintQuestion(own string) Finding {
	f := Finding{Rule: "question", Title: "One question"}
	n := 0
	for _, w := range strings.Fields(own) {
		if strings.HasSuffix(strings.TrimRight(w, `"”»)`), "?") {
			n++
		}
	}
	switch {
	case n > 2:
		f.Reason, f.Fix = fmt.Sprintf("%d questions in one mail.", n), "Ask the one that matters."
	case n == 0:
		return f.good("No question: it asks for no answer.")
	default:
		return f.good(fmt.Sprintf("%d to answer.", n))
	}
	return f
}

// tellers are words that only one of our languages has.
var tellers = map[string][]string{
	"pl": {"dzień", "dobry", "jest", "się", "nie", "że", "dla", "oraz", "pozdrawiam", "państwa", "proszę", "wiadomość", "przez", "jeśli"},
	"en": {"the", "and", "you", "your", "is", "for", "with", "this", "have", "kind", "regards", "would", "that", "write"},
	"de": {"und", "der", "die", "das", "ist", "nicht", "sie", "ihre", "guten", "tag", "mit", "grüßen", "für", "wir"},
}

// lintLanguage hears when the text speaks another language than the person
// (law.md N5). It stays silent when it cannot tell.
func lintLanguage(text, language string) Finding {
	f := Finding{Rule: "language", Title: "Their language"}
	heard := hear(text)
	if heard == "" || language == "" || heard == language {
		return f.good("Nothing speaks against it.")
	}
	f.Reason = fmt.Sprintf("The text looks like %s, the person's language is %s.", languageName(heard), languageName(language))
	f.Fix = "Pick the template of their language."
	return f
}

// hear is the language with clearly the most telling words, or "".
func hear(text string) string {
	counts := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for language, words := range tellers {
			if slices.Contains(words, w) {
				counts[language]++
			}
		}
	}
	best, second := "", 0
	for _, language := range []string{"pl", "en", "de"} {
		switch n := counts[language]; {
		case best == "" || n > counts[best]:
			if best != "" {
				second = counts[best]
			}
			best = language
		case n > second:
			second = n
		}
	}
	if counts[best] < 4 || counts[best] < 2*second {
		return ""
	}
	return best
}

func languageName(code string) string {
	switch code {
	case "pl":
		return "Polish"
	case "en":
		return "English"
	case "de":
		return "German"
	}
	return code
}

func (f Finding) good(reason string) Finding {
	f.OK, f.Reason, f.Fix = true, reason, ""
	return f
}
