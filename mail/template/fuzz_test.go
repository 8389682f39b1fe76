package template

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	for _, t := range Shipped() {
		f.Add(t.Source())
	}
	for _, body := range []string{"{{", "}}", "{% if name %}", "{{ name | default: \"x", "{%%}", "{{}}", "{% else %}", "\xff", "{{ name | default: \"}}\" }}"} {
		f.Add(wrap("{{ name }}", body))
	}
	f.Add("+++\n+++")
	f.Add("+++\nsubject = \"\"\"\n+++\n\"\"\"\n+++\n")
	f.Fuzz(func(t *testing.T, source string) {
		parsed, err := Parse(source)
		if err != nil {
			bad, ok := errors.AsType[*Error](err)
			if !ok || bad.Sentence == "" || bad.NextStep == "" {
				t.Fatalf("an error without sentence or next step: %v", err)
			}
			if lines := 1 + strings.Count(source, "\n"); bad.Line > lines {
				t.Fatalf("line %d of %d", bad.Line, lines)
			}
			return
		}
		filled := parsed.Fill(map[string]string{"name": "Ewa {{ company }}"})
		if strings.ContainsAny(filled.Subject, "\r\n") || !utf8.ValidString(filled.Text) {
			t.Fatalf("filled to %q, %q", filled.Subject, filled.Text)
		}
	})
}

func FuzzFill(f *testing.F) {
	f.Add("Ewa Żółć", "Jasny Kąt sp. z o.o.", "Bo tak.", "Re: Re: x")
	f.Add("{{ name }}", "{% if name %}", "a\r\nBcc: x", "\x1b[31m")
	f.Add("\xff\xfe", "sp. z o.o.", "é̂", "Odp:")
	templates := Shipped()
	f.Fuzz(func(t *testing.T, name, company, reason, subject string) {
		fields := map[string]string{"name": name, "company": company, "reason": reason, "their_subject": subject, "offer": company}
		for _, tpl := range templates {
			filled := tpl.Fill(fields)
			for _, r := range filled.Subject {
				if r < ' ' || r >= 0x7f && r < 0xa0 {
					t.Fatalf("control character in the subject %q", filled.Subject)
				}
			}
			for _, r := range filled.Text {
				if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 {
					t.Fatalf("control character in the text %q", filled.Text)
				}
			}
			if len(filled.Text) > 20*maxValue {
				t.Fatalf("the text has %d octets", len(filled.Text))
			}
			_ = Lint(filled.Subject, filled.Text, tpl.Language)
		}
	})
}

func BenchmarkFill(b *testing.B) {
	t := Shipped()[0]
	fields := sample("en")
	b.ReportAllocs()
	for b.Loop() {
		t.Fill(fields)
	}
}
