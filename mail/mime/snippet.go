package mime

import (
	"regexp"
	"strings"

	"zgoda/mail"
)

var (
	// attribution opens a quote: "On … wrote:", "W dniu … pisze:", "Am … schrieb …:".
	attribution = regexp.MustCompile(`(?i)(wrote|napisał|napisała|napisał\(a\)|pisze|schrieb[^:]{0,80}):$`)
	// original opens the quote that Outlook makes.
	original = regexp.MustCompile(`(?i)^(-{3,} ?(original message|wiadomość oryginalna|oryginalna wiadomość|ursprüngliche nachricht)|_{20,}$|(from|od|von): .*@)`)
	// greeting is a line that says nothing but hello.
	greeting = regexp.MustCompile(`(?i)^(dzień dobry|dzien dobry|cześć|czesc|witam|witaj|szanown\pL+|drog\pL+|hi|hello|dear|hey|good (morning|afternoon)|hallo|guten (tag|morgen)|sehr geehrte\pL*|liebe\pL*)\b[^.?]{0,40}[,!.]?$`)
)

// snippetFrom is how many octets of a text are looked at.
const snippetFrom = 16 << 10

// Snippet is what a list shows of a text: its first [mail.SnippetLen] runes
// without greeting, quotes, signature and runs of blanks, in one line.
func Snippet(text string) string {
	if len(text) > snippetFrom {
		text = strings.ToValidUTF8(text[:snippetFrom], "")
	}
	if said := snippet(text, true); said != "" {
		return said
	}
	return snippet(text, false) // nothing but quotes and greetings
}

func snippet(text string, strict bool) string {
	var b strings.Builder
	runes := 0
	for line := range strings.Lines(text) {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		if strict {
			if line == "--" || attribution.MatchString(line) || original.MatchString(line) {
				break
			}
			if line[0] == '>' || runes == 0 && greeting.MatchString(line) {
				continue
			}
		}
		if runes > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(line)
		if runes += len(line); runes > 8*mail.SnippetLen {
			break
		}
	}
	return clip(Safe(b.String()), mail.SnippetLen)
}
