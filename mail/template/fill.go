package template

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zgoda/mail"
)

// Fill puts values into the template. A field with no value and no default
// stays visible as {{field}} and is named in Gaps, each once. Values are put in
// as they are and never read as a template. One that is longer than 16 KiB is
// treated as missing. A line break is kept in the text and is a blank in the subject.
func (t Template) Fill(fields map[string]string) mail.Filled {
	f := filler{values: derive(fields, t.Language), language: t.Language}
	var subject, text strings.Builder
	f.walk(&subject, t.subject)
	f.walk(&text, t.body)
	return mail.Filled{Subject: oneLine(subject.String()), Text: strings.TrimRight(text.String(), "\n"), Gaps: f.gaps}
}

// Uses is the fields that the template names, each once, in the order in which it does.
func (t Template) Uses() []string {
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	var walk func([]node)
	walk = func(nodes []node) {
		for _, n := range nodes {
			add(n.cond)
			add(n.field)
			walk(n.yes)
			walk(n.no)
		}
	}
	walk(t.subject)
	walk(t.body)
	return names
}

type filler struct {
	values   map[string]string
	language string
	gaps     []string
}

func (f *filler) walk(out *strings.Builder, nodes []node) {
	for _, n := range nodes {
		switch {
		case n.cond != "":
			if f.values[n.cond] != "" {
				f.walk(out, n.yes)
			} else {
				f.walk(out, n.no)
			}
		case n.field != "":
			out.WriteString(f.value(n))
		default:
			out.WriteString(n.text)
		}
	}
}

func (f *filler) value(n node) string {
	value := run(f.values[n.field], n.chain, f.language)
	if strings.TrimSpace(value) != "" {
		return value
	}
	if !slices.Contains(f.gaps, n.field) {
		f.gaps = append(f.gaps, n.field)
	}
	return "{{" + n.field + "}}"
}

// derive cleans the values and adds the ones that follow from others.
func derive(fields map[string]string, language string) map[string]string {
	values := make(map[string]string, len(fields)+3)
	for _, f := range Fields() {
		if v := clean(fields[f.Name]); v != "" && len(v) <= maxValue {
			values[f.Name] = v
		}
	}
	add := func(name, value string) {
		if values[name] == "" && value != "" {
			values[name] = value
		}
	}
	add("first_name", firstName(values["name"]))
	add("greeting", greeting(values["first_name"], language))
	add("signature", signature(values))
	return values
}

// greeting opens the mail. Polish and German stay neutral: a first name would
// need a case or a gender that nobody told us.
func greeting(first, language string) string {
	switch {
	case language == "pl":
		return "Dzień dobry,"
	case language == "de":
		return "Guten Tag,"
	case first != "":
		return "Hello " + first + ","
	}
	return "Hello,"
}

func signature(values map[string]string) string {
	if values["rep_name"] == "" {
		return ""
	}
	lines := []string{values["rep_name"]}
	for _, name := range []string{"company_name", "rep_phone"} {
		if values[name] != "" {
			lines = append(lines, values[name])
		}
	}
	return strings.Join(lines, "\n")
}

// clean takes outer blanks and control characters away and makes line ends one kind.
func clean(value string) string {
	value = strings.ReplaceAll(value, "\r\n", "\n")
	value = strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\t':
			return ' '
		case r < ' ' && r != '\n', r >= 0x7f && r < 0xa0, r == utf8.RuneError:
			return -1
		}
		return r
	}, value)
	return strings.TrimSpace(value)
}

// oneLine is for a subject: no line break can come in with a value.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
