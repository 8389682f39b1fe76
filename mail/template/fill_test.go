package template

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func fill(t *testing.T, subject, body string, fields map[string]string) (string, string, []string) {
	t.Helper()
	parsed, err := Parse(wrap(subject, body))
	if err != nil {
		t.Fatal(err)
	}
	f := parsed.Fill(fields)
	return f.Subject, f.Text, f.Gaps
}

func TestFill(t *testing.T) {
	for _, c := range []struct {
		name, body, want string
		fields           map[string]string
	}{
		{"value", "Hi {{ first_name }}!", "Hi Ewa!", map[string]string{"first_name": " Ewa "}},
		{"first name from the name", "{{ first_name }}", "Ewa", map[string]string{"name": "dr inż. Ewa Żółć"}},
		{"default", `{{ first_name | default: "there | }} %}" }}`, "there | }} %}", nil},
		{"gap", "Hi {{first_name}}", "Hi {{first_name}}", nil},
		{"if", "{% if company %}at {{ company }}{% else %}where you work{% endif %}.", "at X.", map[string]string{"company": "X"}},
		{"else", "{% if company %}at {{ company }}{% else %}where you work{% endif %}.", "where you work.", map[string]string{"company": "  "}},
		{"block lines leave no trace", "a\n{% if company %}\nb\n{% else %}\nc\n{% endif %}\nd", "a\nc\nd", nil},
		{"nested", "{% if name %}{% if role %}both{% else %}name{% endif %}{% endif %}", "name", map[string]string{"name": "x"}},
		{"lines of a value stay", "{{ notice }}", "one\n\ntwo", map[string]string{"notice": "one\r\n\r\ntwo\x1b\n"}},
		{"greeting", "{{ greeting }}", "Hello Aoife,", map[string]string{"name": "Aoife Byrne"}},
		{"signature", "{{ signature }}", "Jan\nFirma", map[string]string{"rep_name": "Jan", "company_name": "Firma"}},
		{"stray braces are text", "}} %} { {", "}} %} { {", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, got, _ := fill(t, "s", c.body, c.fields); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestM3_SubjectTakesNoLineBreak(t *testing.T) {
	subject, _, _ := fill(t, "About {{ company }}", "b", map[string]string{"company": "X\r\nBcc: all@example.org\x00\u0085"})
	if subject != "About X Bcc: all@example.org" {
		t.Errorf("subject %q", subject)
	}
}

func TestA3_GapsAreNamedOnceAndStayVisible(t *testing.T) {
	subject, text, gaps := fill(t, "{{ company }}", "{{ reason | sentence }} {{ company }} {{ reason }}", nil)
	if want := []string{"company", "reason"}; !slices.Equal(gaps, want) {
		t.Errorf("gaps %v, want %v", gaps, want)
	}
	if subject != "{{company}}" || text != "{{reason}} {{company}} {{reason}}" {
		t.Errorf("subject %q, text %q", subject, text)
	}
}

func TestFillTreatsAnEndlessValueAsMissing(t *testing.T) {
	_, text, gaps := fill(t, "s", "{{ name }}", map[string]string{"name": strings.Repeat("x", maxValue+1)})
	if text != "{{name}}" || !slices.Equal(gaps, []string{"name"}) {
		t.Errorf("text of %d octets, gaps %v", len(text), gaps)
	}
}

func TestFilters(t *testing.T) {
	for _, c := range []struct{ filter, in, want string }{
		{"company", "Jasny Kąt sp. z o.o.", "Jasny Kąt"},
		{"company", "Jasny Kąt Sp. z o.o. sp. k.", "Jasny Kąt"},
		{"company", "Świetlik Spółka Akcyjna", "Świetlik"},
		{"company", "POLMET S.A.", "POLMET"},
		{"company", "Nordlicht GmbH & Co. KG", "Nordlicht"},
		{"company", "Liffey Studios, Ltd.", "Liffey Studios"},
		{"company", "Atelier Lumen SAS", "Atelier Lumen"},
		{"company", "Steuerkanzlei ML PartG mbB", "Steuerkanzlei ML"},
		{"company", "Visa", "Visa"},
		{"company", "SA", "SA"},
		{"company", "Rosa", "Rosa"},
		{"company", "株式会社ひかり", "株式会社ひかり"},
		{"first_name", "Kowalska, Anna", "Anna"},
		{"first_name", "Dr. J. Müller", "Müller"},
		{"first_name", "", ""},
		{"date", "2026-11-02", "2 November 2026"},
		{"date", "last spring", "last spring"},
		{"sentence", "łódź rośnie", "Łódź rośnie."},
		{"sentence", "is it so?", "Is it so?"},
		{"phrase", "In May you opened a second office.", "in May you opened a second office"},
		{"phrase", "Państwa biuro rośnie.", "Państwa biuro rośnie"},
		{"phrase", "W maju otwarto biuro.", "w maju otwarto biuro"},
		{"bare", "Re: Odp: RE: Oferta", "Oferta"},
		{"bare", "Regards", "Regards"},
		{"trim", " x ", "x"},
	} {
		if got := run(c.in, []call{{name: c.filter}}, "en"); got != c.want {
			t.Errorf("%q | %s: got %q, want %q", c.in, c.filter, got, c.want)
		}
	}
	for language, want := range map[string]string{"pl": "2 listopada 2026", "de": "2. November 2026"} {
		if got := longDate("2026-11-02", language); got != want {
			t.Errorf("date in %s: %q", language, got)
		}
	}
}

// A value is never read as a template, whatever stands in it.
func TestFillNeverExpandsAValue(t *testing.T) {
	parsed, err := Parse(wrap("{{ company }}", "[{{ name }}|{{ reason }}|{{ notice }}]"))
	if err != nil {
		t.Fatal(err)
	}
	value := rapid.StringMatching(`([a-zż {}%|"\n]|\{\{ (name|signature|rep_name) \}\}|\{% if name %\}|\{% endif %\}){0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		fields := map[string]string{"rep_name": "SECRET"}
		for _, name := range []string{"company", "name", "reason", "notice"} {
			fields[name] = value.Draw(t, name)
		}
		filled := parsed.Fill(fields)
		or := func(name string) string {
			if v := clean(fields[name]); v != "" {
				return v
			}
			return "{{" + name + "}}"
		}
		want := "[" + or("name") + "|" + or("reason") + "|" + or("notice") + "]"
		if filled.Text != want {
			t.Fatalf("text %q, want %q", filled.Text, want)
		}
		if strings.ContainsAny(filled.Subject, "\r\n") {
			t.Fatalf("subject %q has a line break", filled.Subject)
		}
		if strings.Contains(filled.Subject+filled.Text, "SECRET") {
			t.Fatal("a value was read as a template")
		}
	})
}

// Every field and filter that the help page shows can be written as it says.
func TestTheHelpPageIsTrue(t *testing.T) {
	for _, f := range Fields() {
		if _, err := Parse(wrap("s", "{{ "+f.Name+" }}")); err != nil || f.About == "" || f.Example == "" {
			t.Errorf("field %s: %v", f.Name, err)
		}
	}
	for _, f := range Filters() {
		if _, err := Parse(wrap("s", f.Example)); err != nil || f.About == "" {
			t.Errorf("filter %s: %v", f.Name, err)
		}
	}
}

// TestS34_UsesNamesEachFieldOnce: what only one branch names counts too.
func TestS34_UsesNamesEachFieldOnce(t *testing.T) {
	parsed, err := Parse(wrap("To {{ company }}", "{{ name }}{% if role %}{{ role }}{% else %}{{ reason }}{% endif %}{{ name }}"))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(parsed.Uses(), " "); got != "company name role reason" {
		t.Errorf("uses are %q", got)
	}
}
