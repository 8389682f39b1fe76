package template

import (
	"strings"
	"testing"
)

const good = "Hello Aoife,\n\nyou open a second studio in March. May I send you one page with the numbers?\n\nhttps://firma.example/privacy\n\nReply STOP and we write no more."

func TestLint(t *testing.T) {
	for _, c := range []struct {
		name, subject, text string
		broken              string // the one rule that must not be OK, "" for none
	}{
		{"good", "A question", good, ""},
		{"open field", "A question", good + "\n{{reason}}", "gaps"},
		{"open field in the subject", "For {{company}}", good, "gaps"},
		{"no subject", " ", good, "subject"},
		{"long subject", strings.Repeat("ż", 79), good, "subject"},
		{"longest subject", strings.Repeat("ż", 78), good, ""},
		{"broken subject", "a\nb", good, "subject"},
		{"empty", "A question", "", "length"},
		{"long", "A question", strings.Repeat("word ", 301), "length"},
		{"a second link", "A question", good + "\nhttps://firma.example/page", ""},
		{"a third link", "A question", good + "\nhttps://firma.example/page\nhttps://firma.example/more.", "links"},
		{"the same link twice", "A question", good + "\nhttps://firma.example/privacy.\nhttps://firma.example/page", ""},
		{"capitals", "WYJĄTKOWA OFERTA", good, "loud"},
		{"one name in capitals", "A question for POLMET", good, ""},
		{"marks", "A question", good + "!!", "loud"},
		{"questions", "A question", good + "\nReally? Why? When?", "question"},
		{"quoted questions do not count", "A question", good + "\n> Really? Why? When?", ""},
		{"another language", "Pytanie", "Dzień dobry, piszę, bo jest pytanie. Proszę o wiadomość, jeśli nie jest to dla Państwa.", "language"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, f := range Lint(c.subject, c.text, "en") {
				if f.OK == (f.Rule == c.broken) {
					t.Errorf("%s: OK %v (%s)", f.Rule, f.OK, f.Reason)
				}
				if !f.OK && f.Fix == "" || f.Reason == "" || f.Title == "" || len([]rune(f.Title)) > 24 {
					t.Errorf("%s is not told well: %+v", f.Rule, f)
				}
			}
		})
	}
}

func TestLintDoesNotCountTheDuties(t *testing.T) {
	notice := strings.Repeat("what we keep and why ", 60) + "https://firma.example/privacy Questions? Really? Truly?"
	text := good + "\n\n" + notice + "\n\nhttps://firma.example/page"
	for _, f := range Lint("A question", text, "en", notice, "https://firma.example/privacy") {
		if !f.OK {
			t.Errorf("%s: %s", f.Rule, f.Reason)
		}
	}
	long := good + strings.Repeat(" word", 131)
	for _, f := range Lint("A question", long, "en", notice, "https://firma.example/privacy") {
		if f.OK == (f.Rule == "length") {
			t.Errorf("%s: OK %v (%s)", f.Rule, f.OK, f.Reason)
		}
	}
}
