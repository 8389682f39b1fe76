package template

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"zgoda/mail"
)

// Template is one text in one language, parsed. Only Parse, Shipped and Load
// make one; the zero Template fills to nothing.
type Template struct {
	mail.TemplateInfo
	subject []node
	body    []node
	source  string
}

// Source is the file as it was read, for an editor.
func (t Template) Source() string { return t.source }

// front is what stands between the +++ lines.
type front struct {
	Name     string `toml:"name"`
	Language string `toml:"language"`
	Title    string `toml:"title"`
	About    string `toml:"about"`
	Subject  string `toml:"subject"`
}

const fence = "+++"

// Parse reads a template: facts in TOML between two +++ lines, then the text.
// What is wrong comes as *Error with its line and column.
func Parse(source string) (Template, error) {
	if len(source) > maxSource {
		return Template{}, wrong(0, 0, "Make the template shorter.", "The template is longer than %d KiB.", maxSource>>10)
	}
	if i := invalid(source); i >= 0 {
		return Template{}, wrong(1+strings.Count(source[:i], "\n"), 1, "Save it as UTF-8 text.", "The template is not UTF-8 text, or has control characters in it.")
	}
	t := Template{source: source}
	sum := sha256.Sum256([]byte(source))
	source = strings.ReplaceAll(strings.TrimPrefix(source, "\ufeff"), "\r\n", "\n")
	head, body, ok := cutFront(source)
	if !ok {
		return Template{}, wrong(1, 1, "Begin with a line +++, then name, language, title, about and subject, then +++ again.", "The facts of the template are missing.")
	}
	facts, err := readFront(head)
	if err != nil {
		return Template{}, err
	}
	t.TemplateInfo = mail.TemplateInfo{Name: facts.Name, Language: facts.Language, Title: facts.Title, About: facts.About, Hash: hex.EncodeToString(sum[:])}
	line, column := placeOf(head, "subject", facts.Subject)
	if t.subject, err = parse(facts.Subject, line, column); err != nil {
		return Template{}, err
	}
	start := 3 + strings.Count(head, "\n")
	trimmed := strings.TrimLeft(body, "\n")
	start += len(body) - len(trimmed)
	if t.body, err = parse(strings.TrimRight(trimmed, "\n \t"), start, 1); err != nil {
		return Template{}, err
	}
	return t, nil
}

// invalid is where the first byte stands that is no text, -1 for none.
func invalid(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return i
		}
	}
	return -1
}

// cutFront parts the facts from the text. Both fences are whole lines.
func cutFront(source string) (head, body string, ok bool) {
	first, rest, found := strings.Cut(source, "\n")
	if !found || strings.TrimRight(first, " \t") != fence {
		return "", "", false
	}
	at := 0
	for at <= len(rest) {
		line, _, more := strings.Cut(rest[at:], "\n")
		if strings.TrimRight(line, " \t") == fence {
			return rest[:at], strings.TrimPrefix(rest[at+len(line):], "\n"), true
		}
		if !more {
			break
		}
		at += len(line) + 1
	}
	return "", "", false
}

func readFront(head string) (front, error) {
	var facts front
	meta, err := toml.Decode(head, &facts)
	if err != nil {
		line := 2
		if broken, ok := errors.AsType[toml.ParseError](err); ok {
			line = 1 + max(1, broken.Position.Line)
		}
		return front{}, wrong(line, 1, `Write each as name = "text".`, "The facts between the +++ lines cannot be read.")
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		line, _ := placeOf(head, extra[0].String(), "")
		return front{}, wrong(line, 1, "The facts are name, language, title, about and subject.", "There is no fact %q.", clip(extra[0].String()))
	}
	return facts, facts.check(head)
}

func (f front) check(head string) error {
	for _, fact := range []struct{ key, value string }{
		{"name", f.Name}, {"language", f.Language}, {"title", f.Title}, {"about", f.About}, {"subject", f.Subject},
	} {
		line, _ := placeOf(head, fact.key, "")
		if strings.TrimSpace(fact.value) == "" {
			return wrong(line, 1, "Write "+fact.key+` = "…" between the +++ lines.`, "The fact %q is missing.", fact.key)
		}
		if strings.ContainsAny(fact.value, "\n\r") {
			return wrong(line, 1, "Write it on one line.", "The fact %q has a line break in it.", fact.key)
		}
	}
	if line, _ := placeOf(head, "name", ""); strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || len(f.Name) > 40 {
		return wrong(line, 1, "Use small letters, digits and hyphens, at most 40.", "The name cannot be used.")
	}
	if line, _ := placeOf(head, "language", ""); !spoken(f.Language) {
		return wrong(line, 1, "Write pl, en or de.", "The language %q is not known.", clip(f.Language))
	}
	return nil
}

func spoken(language string) bool { return language == "pl" || language == "en" || language == "de" }

// placeOf is the line (of the whole source) and column where value begins in
// the line of key; the line after the first fence when there is none.
func placeOf(head, key, value string) (line, column int) {
	for i, text := range strings.Split(head, "\n") {
		name, _, found := strings.Cut(text, "=")
		if !found || strings.TrimSpace(name) != key {
			continue
		}
		if at := strings.Index(text, value); value != "" && at >= 0 {
			return i + 2, 1 + utf8.RuneCountInString(text[:at])
		}
		return i + 2, 1
	}
	return 2, 1
}
