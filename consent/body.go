package consent

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// body is the text of a letter as the duty checks read it: the writer's own
// lines only, for what is quoted with ">" was said before, by somebody else.
type body struct {
	own        string   // own lines, as written
	all        string   // own lines, plain
	paragraphs []string // own paragraphs, plain
}

func readBody(text string) body {
	var own []string
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		line = strings.TrimSuffix(line, "\n")
		if !strings.HasPrefix(line, ">") {
			own = append(own, line)
		}
	}
	b := body{own: strings.Join(own, "\n")}
	b.all = plain(b.own)
	for _, p := range paragraphs(own) {
		b.paragraphs = append(b.paragraphs, plain(p))
	}
	return b
}

func paragraphs(lines []string) []string {
	var all []string
	var one []string
	flush := func() {
		if len(one) > 0 {
			all = append(all, strings.Join(one, "\n"))
		}
		one = nil
	}
	for _, line := range lines {
		if blank(line) {
			flush()
			continue
		}
		one = append(one, line)
	}
	flush()
	return all
}

// has reports whether the own text holds s, whatever its case, accents and line ends.
func (b body) has(s string) bool {
	s = plain(s)
	return s != "" && strings.Contains(b.all, s)
}

// hasURL reports whether the own text holds url as a whole address, and not as
// the beginning of another one.
func (b body) hasURL(url string) bool {
	for rest := b.own; url != ""; {
		i := strings.Index(rest, url)
		if i < 0 {
			return false
		}
		after := strings.TrimRight(firstWord(rest[i+len(url):]), `.,;:!?)]}>"'`)
		if after == "" && !strings.HasSuffix(rest[:i], "=") {
			return true
		}
		rest = rest[i+len(url):]
	}
	return false
}

func firstWord(s string) string {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i]
	}
	return s
}

// Plain folds a text for comparison, as every check here does: lower case, no
// accents, straight quotes, single blanks. It is for finding words, never for showing.
func Plain(s string) string { return plain(s) }

// plain folds a text for comparison: lower case, no accents, nothing
// invisible, straight quotes, single blanks. It is for finding words, never for showing.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf { // most of every text: no table needs to be asked
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			return r
		}
		if unicode.In(r, unicode.Mn, unicode.Cf) {
			return -1
		}
		return unaccent(unicode.ToLower(r))
	}, s)
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "ß", "ss")), " ")
}

func unaccent(r rune) rune {
	if r < 0x80 {
		return r
	}
	switch {
	case strings.ContainsRune("ąáàâäãå", r):
		return 'a'
	case strings.ContainsRune("ćčç", r):
		return 'c'
	case strings.ContainsRune("ęéèêëě", r):
		return 'e'
	case strings.ContainsRune("íìîï", r):
		return 'i'
	case strings.ContainsRune("łĺľ", r):
		return 'l'
	case strings.ContainsRune("ńňñ", r):
		return 'n'
	case strings.ContainsRune("óòôöõő", r):
		return 'o'
	case strings.ContainsRune("śšș", r):
		return 's'
	case strings.ContainsRune("úùûüůű", r):
		return 'u'
	case strings.ContainsRune("źżž", r):
		return 'z'
	case strings.ContainsRune("„”“»«", r):
		return '"'
	case strings.ContainsRune("’‘‚", r):
		return '\''
	}
	return r
}

// unfilled reports whether a template's field is left in a text.
func unfilled(s string) bool {
	return strings.Contains(s, "{{") || strings.Contains(s, "}}") || strings.Contains(s, "[[")
}

// control reports whether r could steer a terminal or break a header: controls,
// line separators, and what turns the direction of text.
func control(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\u200e' || r == '\u200f'
}
