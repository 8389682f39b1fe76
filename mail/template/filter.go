package template

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Filter is one thing that can be done to a field, as in {{ company | company }}.
type Filter struct {
	Name    string
	About   string // what it does, for the help page
	Example string
}

// Filters is every filter, in the order in which a help page shows them. Only
// default takes a text.
func Filters() []Filter {
	return []Filter{
		{"default", "another text when there is none", `{{ first_name | default: "there" }}`},
		{"first_name", "the first name of a whole name", "{{ name | first_name }}"},
		{"company", "a company without its legal form", "{{ company | company }}"},
		{"date", "2026-11-02 as a person writes it", "{{ source_date | date }}"},
		{"sentence", "a capital at the start, a full stop at the end", "{{ reason | sentence }}"},
		{"phrase", "fit for the middle of a sentence", "because {{ reason | phrase }}"},
		{"bare", "a subject without Re: and Fwd:", "{{ their_subject | bare }}"},
		{"trim", "without blanks around it", "{{ role | trim }}"},
	}
}

func filterNames() []string {
	var names []string
	for _, f := range Filters() {
		names = append(names, f.Name)
	}
	return names
}

// filterTakes reports whether a filter takes a text, and whether it exists.
func filterTakes(name string) (takes, ok bool) {
	return name == "default", slices.Contains(filterNames(), name)
}

// run takes a value through its filters. Only default can make something of nothing.
func run(value string, chain []call, language string) string {
	for _, c := range chain {
		value = apply(value, c, language)
	}
	return value
}

func apply(value string, c call, language string) string {
	switch c.name {
	case "default":
		if strings.TrimSpace(value) == "" {
			return c.arg
		}
	case "trim":
		return strings.TrimSpace(value)
	case "first_name":
		return firstName(value)
	case "company":
		return shortCompany(value)
	case "date":
		return longDate(value, language)
	case "sentence":
		return sentence(value)
	case "phrase":
		return phrase(value)
	case "bare":
		return bareSubject(value)
	}
	return value
}

// titles stand before a first name and are not one.
var titles = []string{"mgr", "inż", "dr", "prof", "hab", "pan", "pani", "mr", "mrs", "ms", "miss", "herr", "frau", "ing", "sir", "lek"}

// firstName is the first word that is not a title; of "Kowalska, Anna" it is the second.
func firstName(name string) string {
	if last, first, found := strings.Cut(name, ","); found && strings.TrimSpace(last) != "" && strings.TrimSpace(first) != "" {
		name = first
	}
	for _, w := range strings.Fields(name) {
		plain := strings.ToLower(strings.TrimRight(w, "."))
		if slices.Contains(titles, plain) || strings.HasSuffix(w, ".") && utf8.RuneCountInString(plain) == 1 {
			continue
		}
		return w
	}
	return ""
}

// legalForms are the endings that a company has in a register and not in talk.
// Longer ones stand first, for they hold shorter ones.
var legalForms = []string{
	"spółka z ograniczoną odpowiedzialnością spółka komandytowa", "spółka z ograniczoną odpowiedzialnością",
	"sp. z o.o. sp. k.", "sp. z o. o. sp. k.", "sp. z o.o. sp.k.", "prosta spółka akcyjna", "spółka komandytowa",
	"spółka akcyjna", "spółka jawna", "spółka cywilna", "sp. z o.o.", "sp. z o. o.", "sp.z o.o.", "sp z o.o.", "sp. z oo", "sp z oo",
	"sp. k.", "sp.k.", "sp. j.", "sp.j.", "sp. p.", "p.s.a.", "s.k.a.", "s.a.", "s. a.", "s.c.", "s. c.",
	"gmbh & co. kgaa", "gmbh & co. kg", "gmbh & co kg", "ug (haftungsbeschränkt)", "gmbh", "mbh", "ag & co. kg", "kgaa", "partg mbb", "partg", "e.k.", "e. k.", "ohg", "kg", "ag", "se", "ug",
	"s.a.r.l.", "sarl", "s.a.s.", "sasu", "sas", "eurl", "sa", "s.r.l.", "srl", "s.p.a.", "spa", "s.l.", "b.v.", "bv", "n.v.", "nv",
	"private limited company", "limited", "ltd.", "ltd", "plc", "llp", "llc", "inc.", "inc", "corp.", "corp", "dac", "clg", "aps", "a/s", "oyj", "oy", "ab", "s.r.o.", "a.s.", "kft.", "kft", "oü", "uab", "sia",
}

// shortCompany takes the legal form off the end: "Jasny Kąt sp. z o.o." is "Jasny Kąt".
func shortCompany(name string) string {
	short := strings.TrimSpace(name)
	for range 2 {
		cut := withoutForm(short)
		if cut == short {
			break
		}
		short = cut
	}
	return short
}

func withoutForm(name string) string {
	for _, form := range legalForms {
		n := len(name) - len(form)
		if n <= 0 || !strings.EqualFold(name[n:], form) {
			continue
		}
		before := name[:n]
		rest := strings.TrimRight(before, " ,\t\u00a0")
		// "Visa" does not end in "SA": a form stands after a blank or a comma.
		if rest != before && rest != "" {
			return rest
		}
	}
	return name
}

// longDate writes 2026-11-02 as a person does; any other text stays.
func longDate(value, language string) string {
	day, err := time.Parse(time.DateOnly, strings.TrimSpace(value))
	if err != nil {
		return value
	}
	switch language {
	case "pl":
		return day.Format("2 ") + plMonths[day.Month()-1] + day.Format(" 2006")
	case "de":
		return day.Format("2. ") + deMonths[day.Month()-1] + day.Format(" 2006")
	}
	return day.Format("2 January 2006")
}

var plMonths = [...]string{"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia"}

var deMonths = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}

// sentence begins with a capital and ends with a full stop.
func sentence(value string) string {
	value = strings.TrimSpace(value)
	first, size := utf8.DecodeRuneInString(value)
	if size == 0 {
		return ""
	}
	value = string(unicode.ToUpper(first)) + value[size:]
	if strings.ContainsRune(".!?…", lastRune(value)) {
		return value
	}
	return value + "."
}

// starters are words that have a capital only because a sentence begins with
// them. Names and the Polish "Państwo" keep theirs.
var starters = []string{
	"a", "an", "the", "you", "your", "in", "on", "at", "as", "we", "our", "since", "after", "this", "that", "there",
	"w", "we", "z", "ze", "na", "od", "po", "przy", "do", "u", "o", "ta", "ten", "to", "jako", "podczas", "niedawno", "właśnie", "kieruje", "prowadzi", "odpowiada",
}

// phrase goes into the middle of a sentence: no full stop at its end, no
// capital that is there only because it was one.
func phrase(value string) string {
	value = strings.TrimRight(strings.TrimSpace(value), ".!… ")
	first, _, _ := strings.Cut(value, " ")
	if slices.Contains(starters, strings.ToLower(first)) {
		r, size := utf8.DecodeRuneInString(value)
		value = string(unicode.ToLower(r)) + value[size:]
	}
	return value
}

// replyMarks are what mail programs put before a subject.
var replyMarks = []string{"re:", "odp:", "fwd:", "fw:", "pd:", "aw:", "wg:", "sv:", "re :", "tr:"}

// bareSubject takes the marks of replies off.
func bareSubject(value string) string {
	value = strings.TrimSpace(value)
	for {
		cut := value
		for _, mark := range replyMarks {
			if len(value) >= len(mark) && strings.EqualFold(value[:len(mark)], mark) {
				cut = strings.TrimSpace(value[len(mark):])
				break
			}
		}
		if cut == value {
			return value
		}
		value = cut
	}
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
