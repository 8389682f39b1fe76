package template

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"zgoda/mail"
)

// wrap puts a subject and a body into a whole template; the body begins at line 8.
func wrap(subject, body string) string {
	return "+++\nname = \"t\"\nlanguage = \"en\"\ntitle = \"T\"\nabout = \"A\"\nsubject = '" + subject + "'\n+++\n" + body
}

func TestParseSaysWhereItIsWrong(t *testing.T) {
	for _, c := range []struct {
		name, source string
		line, column int
		sentence     string
		next         string
	}{
		{"unknown field", wrap("s", "Hello\nyou, {{ frist_name }}"), 9, 6, `There is no field "frist_name".`, "Did you mean first_name?"},
		{"unknown field after Polish", wrap("s", "Zażółć gęślą {{ x }}"), 8, 14, `There is no field "x".`, "The help page lists the fields."},
		{"unknown field in the subject", wrap("Hi {{ nobody }}", "b"), 6, 15, `There is no field "nobody".`, ""},
		{"unclosed field", wrap("s", "a {{ name \n}}"), 8, 3, "{{ is not closed.", ""},
		{"a tag in a tag", wrap("s", "a {{ name {{ company }}"), 8, 3, "{{ is not closed.", ""},
		{"unclosed tag", wrap("s", "{% if name }"), 8, 1, "{% is not closed.", ""},
		{"unclosed if", wrap("s", "a\n{% if name %}b"), 9, 1, `The if for "name" has no endif.`, ""},
		{"else alone", wrap("s", "{% else %}"), 8, 1, "else has no if before it.", ""},
		{"endif alone", wrap("s", "{% endif %}"), 8, 1, "endif has no if before it.", ""},
		{"two elses", wrap("s", "{% if name %}{% else %}{% else %}{% endif %}"), 8, 24, "This if has a second else.", ""},
		{"a loop", wrap("s", "{% for i in (1..100000000) %}"), 8, 1, `There is no tag "for".`, "The tags are if, else and endif."},
		{"an include", wrap("s", `{% include "/etc/hostname" %}`), 8, 1, `There is no tag "include".`, ""},
		{"unknown filter", wrap("s", "{{ name | upcase }}"), 8, 1, `There is no filter "upcase".`, ""},
		{"nearly a filter", wrap("s", "{{ name | defualt: \"x\" }}"), 8, 1, `There is no filter "defualt".`, "Did you mean default?"},
		{"default without text", wrap("s", "{{ name | default }}"), 8, 1, "The filter default is not written rightly.", ""},
		{"default without quotes", wrap("s", "{{ name | default: there }}"), 8, 1, "The text of default stands in no quotes.", ""},
		{"no field at all", wrap("s", "{{ }}"), 8, 1, "The braces name no field.", ""},
		{"if with a condition", wrap("s", `{% if name == "x" %}{% endif %}`), 8, 1, "An if asks for exactly one field.", ""},
		{"no front matter", "Hello", 1, 1, "The facts of the template are missing.", ""},
		{"broken TOML", "+++\nname = \"a\"\nlanguage = en\n+++\nb", 3, 1, "The facts between the +++ lines cannot be read.", ""},
		{"unknown fact", "+++\nname = \"a\"\ntitel = \"x\"\n+++\nb", 3, 1, `There is no fact "titel".`, ""},
		{"missing fact", "+++\nname = \"a\"\nlanguage = \"en\"\ntitle = \"x\"\nabout = \"y\"\n+++\nb", 2, 1, `The fact "subject" is missing.`, ""},
		{"unknown language", "+++\nname = \"a\"\nlanguage = \"xx\"\ntitle = \"x\"\nabout = \"y\"\nsubject = \"s\"\n+++\nb", 3, 1, `The language "xx" is not known.`, "Write pl, en or de."},
		{"control character", wrap("s", "a\n\x1b]52;c;x\a"), 9, 1, "The template is not UTF-8 text, or has control characters in it.", ""},
		{"too deep", wrap("s", strings.Repeat("{% if name %}", 9)+strings.Repeat("{% endif %}", 9)), 8, 105, "More than 8 ifs stand inside each other.", ""},
		{"too many", wrap("s", strings.Repeat("{{ name }}", 501)), 8, 5001, "The template has more than 500 pieces.", ""},
		{"too long", strings.Repeat("x", 65<<10), 0, 0, "The template is longer than 64 KiB.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(c.source)
			var bad *Error
			if !errors.As(err, &bad) {
				t.Fatalf("Parse gave %v, want an *Error", err)
			}
			if bad.Line != c.line || bad.Column != c.column || bad.Sentence != c.sentence {
				t.Errorf("got %d:%d %q, want %d:%d %q", bad.Line, bad.Column, bad.Sentence, c.line, c.column, c.sentence)
			}
			if c.next != "" && bad.NextStep != c.next {
				t.Errorf("next step %q, want %q", bad.NextStep, c.next)
			}
			var problem *mail.Problem
			if !errors.As(err, &problem) || problem.NextStep == "" {
				t.Error("the error has no next step for a person")
			}
		})
	}
}

func TestParseReadsTheFacts(t *testing.T) {
	got, err := Parse("\ufeff+++\r\nname = \"mine\"\r\nlanguage = \"de\"\r\ntitle = \"Titel\"\r\nabout = \"Wann\"\r\nsubject = \"{{ company }}\"\r\n+++\r\n\r\n{{ greeting }}\r\n")
	if err != nil {
		t.Fatal(err)
	}
	want := mail.TemplateInfo{Name: "mine", Language: "de", Title: "Titel", About: "Wann", Hash: got.Hash}
	sum := sha256.Sum256([]byte(got.Source()))
	if got.TemplateInfo != want || got.Hash != hex.EncodeToString(sum[:]) {
		t.Errorf("got %+v, want %+v", got.TemplateInfo, want)
	}
	if f := got.Fill(map[string]string{"company": "Nordlicht GmbH"}); f.Subject != "Nordlicht GmbH" || f.Text != "Guten Tag," {
		t.Errorf("filled %+v", f)
	}
}
