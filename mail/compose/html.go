package compose

import (
	"html"
	"regexp"
	"strings"
)

// address finds the web addresses in a text. What follows one in a sentence
// is cut off by trimURL.
var address = regexp.MustCompile(`https?://[^\s<>"']+`)

// maxQuote is how deep quotes are drawn as quotes.
const maxQuote = 6

// htmlPage is text as a small page: paragraphs, line breaks, quotes, links. It
// holds nothing that is loaded from elsewhere (law.md T1) but the pixel, when
// there is a permit for it.
func htmlPage(text, language string, l linker) (string, error) {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html")
	if language != "" && ascii(language) {
		b.WriteString(` lang="` + html.EscapeString(language) + `"`)
	}
	b.WriteString(">\n<head><meta charset=\"utf-8\"></head>\n<body>\n")
	if err := blocks(&b, strings.Split(strings.TrimRight(text, "\n"), "\n"), l, 0); err != nil {
		return "", err
	}
	pixel, err := l.pixel()
	if err != nil {
		return "", err
	}
	if pixel != "" {
		b.WriteString(`<img src="` + html.EscapeString(pixel) + `" width="1" height="1" alt="">` + "\n")
	}
	b.WriteString("</body>\n</html>\n")
	return b.String(), nil
}

// blocks writes lines as paragraphs, and runs of quoted lines as quotes.
func blocks(b *strings.Builder, lines []string, l linker, depth int) error {
	for i := 0; i < len(lines); {
		if strings.TrimSpace(lines[i]) == "" {
			i++
			continue
		}
		quoted := isQuote(lines[i]) && depth < maxQuote
		end := i
		for end < len(lines) && strings.TrimSpace(lines[end]) != "" && (isQuote(lines[end]) && depth < maxQuote) == quoted {
			end++
		}
		var err error
		if quoted {
			err = quote(b, lines[i:end], l, depth)
		} else {
			err = paragraph(b, lines[i:end], l)
		}
		if err != nil {
			return err
		}
		i = end
	}
	return nil
}

func isQuote(line string) bool { return strings.HasPrefix(line, ">") }

func quote(b *strings.Builder, lines []string, l linker, depth int) error {
	inner := make([]string, len(lines))
	for i, line := range lines {
		inner[i] = strings.TrimPrefix(line[1:], " ")
	}
	b.WriteString("<blockquote>\n")
	if err := blocks(b, inner, l, depth+1); err != nil {
		return err
	}
	b.WriteString("</blockquote>\n")
	return nil
}

// paragraph writes lines with breaks between. dir="auto" lets each take its
// direction from its own letters.
func paragraph(b *strings.Builder, lines []string, l linker) error {
	whole := strings.Join(lines, "\n")
	b.WriteString(`<p dir="auto">`)
	for i, line := range lines {
		if i > 0 {
			b.WriteString("<br>\n")
		}
		if err := inline(b, line, whole, l); err != nil {
			return err
		}
	}
	b.WriteString("</p>\n")
	return nil
}

// inline writes one line: escaped text and links that say where they lead.
func inline(b *strings.Builder, line, paragraph string, l linker) error {
	at := 0
	for _, found := range address.FindAllStringIndex(line, -1) {
		target := trimURL(line[found[0]:found[1]])
		href, err := l.lead(target, paragraph)
		if err != nil {
			return err
		}
		b.WriteString(blanks(line[at:found[0]]))
		b.WriteString(`<a href="` + html.EscapeString(href) + `">` + html.EscapeString(target) + `</a>`)
		at = found[0] + len(target)
	}
	b.WriteString(blanks(line[at:]))
	return nil
}

// trimURL leaves the punctuation of the sentence out, and a closing bracket
// that was not opened inside.
func trimURL(s string) string {
	for {
		cut := strings.TrimRight(s, ".,;:!?…»”’*")
		for _, pair := range []string{"()", "[]", "{}"} {
			if strings.HasSuffix(cut, pair[1:]) && strings.Count(cut, pair[:1]) < strings.Count(cut, pair[1:]) {
				cut = cut[:len(cut)-1]
			}
		}
		if cut == s {
			return s
		}
		s = cut
	}
}

// blanks escapes text and keeps its indents and double blanks, which HTML
// would fold.
func blanks(s string) string {
	s = html.EscapeString(strings.ReplaceAll(s, "\t", "    "))
	s = strings.ReplaceAll(s, "  ", "&nbsp; ")
	if strings.HasPrefix(s, " ") {
		s = "&nbsp;" + s[1:]
	}
	return s
}
