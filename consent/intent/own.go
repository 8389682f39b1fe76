package intent

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"zgoda/consent"
)

// longest is how much of a text is read: who wants to stop says so before.
const longest = 64 << 10

// own is the mail's own text, folded line by line, and what stands under the
// signature mark. A line end that ends a thought is an empty line; one that only
// wraps is a single line end.
func own(text string) (body, signature string) {
	if len(text) > longest {
		text = text[:longest]
	}
	all := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	var lines, below []string
	for i := 0; i < len(all); i++ {
		line := consent.Plain(all[i])
		if strings.HasPrefix(line, ">") || strings.HasPrefix(line, "|") {
			continue
		}
		if n := attribution(all[i:]); n > 0 {
			if !marked(all[i+n:]) {
				break
			}
			i += n - 1
			continue
		}
		if divider.MatchString(line) || header(all[i:]) {
			break
		}
		if line == "--" || fine.MatchString(opening(all[i:])) {
			below = all[i+1:]
			break
		}
		lines = append(lines, all[i])
	}
	return withoutOurs(join(lines)), withoutOurs(join(unquoted(below)))
}

func unquoted(lines []string) []string {
	for i, l := range lines {
		l = consent.Plain(l)
		if strings.HasPrefix(l, ">") || divider.MatchString(l) || attribution(lines[i:]) > 0 {
			return lines[:i]
		}
	}
	return lines
}

// wrapped is the least length of a line that may have been wrapped; a shorter one
// before a capital letter ends a thought.
const wrapped = 55

func join(lines []string) string {
	var out strings.Builder
	for i, l := range lines {
		out.WriteString(consent.Plain(l))
		out.WriteByte('\n')
		if i+1 < len(lines) && utf8.RuneCountInString(l) < wrapped && !continues(lines[i+1]) {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// continues reports whether a line goes on with the one above it.
func continues(line string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(line))
	return unicode.IsLower(r) || unicode.IsDigit(r)
}

// fine is how the small print of a company begins. It speaks of anybody who reads
// the mail, and its every "not" is the lawyers'.
var fine = regexp.MustCompile(`^(\W*)((this|the information in this|the content of this) (e-?mail|message|communication|transmission)\b.{0,160}\b(confidential|privileged|intended (only|solely|for))|(confidentiality|disclaimer|legal notice|klauzula (poufnosci|informacyjna)|vertraulichkeit\w*|haftungsausschluss)\b|(niniejsz\w+|tresc (tej|niniejszej)|ta) (wiadomosc|korespondencj|e-?mail)\w*.{0,160}\b(poufn\w+|przeznaczon\w+|wylacznie)|diese (e-?mail|nachricht)\b.{0,160}\b(vertraulich\w*|ausschliesslich|bestimmt))`)

// opening is the first line with the next, for small print is wrapped.
func opening(lines []string) string {
	if len(lines) > 1 {
		return consent.Plain(lines[0] + " " + lines[1])
	}
	return consent.Plain(lines[0])
}

// divider is the line above a mail that was quoted or sent on without any mark.
var divider = regexp.MustCompile(`^(-{2,} ?(original|oryginal|urspr|forwarded|przekazana|weitergeleitet|wiadomosc|nachricht|message)|_{10,}$|={10,}$|(begin|anfang) (forwarded|der weitergeleiteten)|(poczatek|przekazana) (przekazywanej|dalej)? ?wiadomosc)`)

// wrote ends the line that says who wrote what follows.
var wrote = regexp.MustCompile(`\b(wrote|napisal(a|/a|\(a\)|/-a)?|pisze|schrieb|hat geschrieben|geschrieben)\b[^:]{0,80}:$`)

// began is how such a line begins.
var began = regexp.MustCompile(`^(on|w dniu|dnia|am|le|(pon|wt|sr|czw|pt|sob|niedz|nd|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-z]*[.,]|\d{1,4}[-./]|"?[^"]{1,60}"? <[^>]+@)`)

// attribution counts the lines, up to three, that say who wrote the quoted mail.
func attribution(lines []string) int {
	joined := ""
	for n := 1; n <= 3 && n <= len(lines); n++ {
		line := consent.Plain(lines[n-1])
		if line == "" {
			return 0
		}
		joined = strings.TrimSpace(joined + " " + line)
		if strings.HasSuffix(joined, ":") && wrote.MatchString(joined) && (n == 1 || began.MatchString(joined)) {
			return n
		}
		if n == 1 && !began.MatchString(joined) {
			return 0
		}
	}
	return 0
}

// marked reports whether the first line that is not empty is quoted with ">":
// then what stands unmarked below is their own again.
func marked(lines []string) bool {
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			return strings.HasPrefix(l, ">")
		}
	}
	return true
}

var (
	headerFrom = regexp.MustCompile(`^\*?(from|od|von|de|nadawca|absender):\*? `)
	headerNext = regexp.MustCompile(`^\*?(sent|date|wyslano|data|gesendet|datum|to|do|an|subject|temat|betreff|from|od|von|cc|dw):\*? `)
)

// header reports whether the fields of a quoted mail begin here, as Outlook writes them.
func header(lines []string) bool {
	if !headerFrom.MatchString(consent.Plain(lines[0]) + " ") {
		return false
	}
	for _, l := range lines[1:] {
		if l = consent.Plain(l); l != "" {
			return headerNext.MatchString(l + " ")
		}
	}
	return false
}

// ours finds the paragraphs that zgoda itself puts into mails.
var ours = whole(consent.OurWords()...)

// withoutOurs drops what they took from us without marking it as quoted.
func withoutOurs(text string) string {
	return ours.ReplaceAllString(text, "\n\n")
}
