package template

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample is a lead as the composer hands one in.
func sample(language string) map[string]string {
	if language == "pl" {
		return map[string]string{
			"name": "Hanna Zielińska", "company": "Wydawnictwo Ćma sp. z o.o.", "role": "dyrektorka biura",
			"reason": "W październiku przenieśli się Państwo do nowego biura na Pradze i szukają wykonawcy oświetlenia.",
			"source": "wydawnictwo-cma.example/kontakt", "source_date": "2026-10-19", "offer": "energooszczędne oświetlenie biur",
			"company_name": "Jasny Kąt sp. z o.o.", "rep_name": "Marta Wiśniewska", "rep_phone": "+48 22 555 01 20",
			"their_subject": "Re: Oświetlenie nowego biura", "answer": "Tak, zmierzymy natężenie światła jeszcze przed przeprowadzką.",
			"notice":    "Państwa adres służbowy pochodzi z: wydawnictwo-cma.example/kontakt (19 października 2026).",
			"objection": "W każdej chwili mogą Państwo wnieść sprzeciw: wystarczy odpowiedź STOP.",
			"tracking":  "Ta wiadomość niczego nie śledzi.",
		}
	}
	return map[string]string{
		"name": "Aoife Byrne", "company": "Liffey Studios Ltd", "role": "Head of Facilities",
		"reason": "You open a second studio in Cork in March, and your site asks for lighting suppliers.",
		"source": "liffeystudios.example/team", "source_date": "2026-10-19", "offer": "energy-saving office lighting",
		"company_name": "Jasny Kąt sp. z o.o.", "rep_name": "Marta Wiśniewska", "rep_phone": "+48 22 555 01 20",
		"their_subject": "Re: Lighting for Cork", "answer": "Yes, we can measure the light before you move in.",
		"notice":    "I found your work address on liffeystudios.example/team (19 October 2026).",
		"objection": "You may object at any time: just reply STOP.",
		"tracking":  "This message contains no tracking.",
	}
}

func TestN5_EveryShippedTemplateRendersAsGolden(t *testing.T) {
	templates := Shipped()
	if len(templates) != 6 {
		t.Fatalf("%d shipped templates, want 3 in 2 languages", len(templates))
	}
	for _, tpl := range templates {
		t.Run(tpl.Name+"."+tpl.Language, func(t *testing.T) {
			filled := tpl.Fill(sample(tpl.Language))
			if len(filled.Gaps) > 0 {
				t.Errorf("gaps %v", filled.Gaps)
			}
			golden(t, tpl.Name+"."+tpl.Language, filled.Subject+"\n\n"+filled.Text+"\n")
			for _, f := range Lint(filled.Subject, filled.Text, tpl.Language) {
				if !f.OK {
					t.Errorf("lint %s: %s", f.Rule, f.Reason)
				}
			}
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s changed; run with -update and read it.\ngot:\n%s", path, got)
	}
}

func TestL21_4_ObjectionIsAParagraphOfItsOwn(t *testing.T) {
	for _, tpl := range Shipped() {
		fields := sample(tpl.Language)
		text := "\n\n" + tpl.Fill(fields).Text + "\n\n"
		for _, duty := range []string{"notice", "objection", "tracking"} {
			if !strings.Contains(text, "\n\n"+fields[duty]+"\n\n") {
				t.Errorf("%s.%s: the %s is not a paragraph of its own", tpl.Name, tpl.Language, duty)
			}
		}
	}
}

// Without the duties a first mail has gaps, so that it cannot leave; an answer has none.
func TestL14_3_FirstContactWithoutItsDutiesHasGaps(t *testing.T) {
	for _, tpl := range Shipped() {
		fields := sample(tpl.Language)
		for _, duty := range []string{"notice", "objection", "tracking"} {
			delete(fields, duty)
		}
		filled := tpl.Fill(fields)
		if cold := tpl.Name == "first-contact"; cold != (len(filled.Gaps) == 3) {
			t.Errorf("%s.%s: gaps %v", tpl.Name, tpl.Language, filled.Gaps)
		}
		if strings.Contains(filled.Text, "\n\n\n") || strings.TrimSpace(filled.Text) != filled.Text {
			t.Errorf("%s.%s: loose blank lines", tpl.Name, tpl.Language)
		}
	}
}

func TestP13_4_FirstContactHasNoReplyMark(t *testing.T) {
	for _, tpl := range Shipped() {
		if s := tpl.Fill(sample(tpl.Language)).Subject; tpl.Name == "first-contact" && bareSubject(s) != s {
			t.Errorf("%s begins like an answer: %q", tpl.Language, s)
		}
	}
}

func TestLoadPutsTheUsersOwnBesideTheShipped(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	own := strings.Replace(wrap("s", "mine"), `name = "t"`, `name = "reply"`, 1)
	write("reply.md", own)
	write("fair.md", strings.Replace(wrap("s", "at the fair"), `name = "t"`, `name = "fair"`, 1))
	write("broken.md", wrap("s", "a\n{{ nmae }}"))
	write("notes.txt", "not a template")
	templates, err := Load(dir)
	var bad *Error
	if !errors.As(err, &bad) || bad.File != "broken.md" || bad.Line != 9 {
		t.Fatalf("error %v, want one that names broken.md and line 9", err)
	}
	if !strings.HasPrefix(bad.Sentence, "Template broken.md, line 9, column 1: ") {
		t.Errorf("sentence %q", bad.Sentence)
	}
	if len(templates) != 7 {
		t.Fatalf("%d templates, want 6 shipped with one replaced, and one more", len(templates))
	}
	for _, tpl := range templates {
		if tpl.Name == "reply" && tpl.Language == "en" && tpl.Source() != own {
			t.Error("the user's reply did not take the place of ours")
		}
	}
	if got, err := Load(filepath.Join(dir, "none")); err != nil || len(got) != 6 {
		t.Errorf("a directory that is not there: %d templates, %v", len(got), err)
	}
}
