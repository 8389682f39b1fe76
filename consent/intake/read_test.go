package intake

import (
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func fairFacts() consent.ImportFacts {
	return consent.ImportFacts{
		Source: "Business cards, fair in Poznań", Kind: consent.SourceEvent, Publicity: consent.SourceIsPrivate,
		ObtainedAt: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC),
	}
}

func read(t *testing.T, text string, change ...func(*consent.ImportFacts)) Table {
	t.Helper()
	facts := fairFacts()
	for _, c := range change {
		c(&facts)
	}
	table, err := Read([]byte(text), facts, noon)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// one is the only row of a file that takes it.
func one(t *testing.T, text string, change ...func(*consent.ImportFacts)) consent.ImportItem {
	t.Helper()
	table := read(t, text, change...)
	if len(table.Items) != 1 || len(table.Refused) != 0 {
		t.Fatalf("taken %+v, refused %+v", table.Items, table.Refused)
	}
	return table.Items[0]
}

// refusal is the sentence of the only row of a file that refuses it.
func refusal(t *testing.T, text string, change ...func(*consent.ImportFacts)) string {
	t.Helper()
	table := read(t, text, change...)
	if len(table.Items) != 0 || len(table.Refused) != 1 || table.Refused[0].Why == "" || table.Refused[0].Outcome != consent.ImportRefused {
		t.Fatalf("taken %+v, refused %+v", table.Items, table.Refused)
	}
	return table.Refused[0].Why
}

func TestS30_HeadersInThreeLanguages(t *testing.T) {
	want := consent.Lead{
		Address: mail.Address{Email: "ewa@kupiec.pl"}, Name: "Ewa Żółć", Company: "Kupiec", Role: "Prezes", Language: "pl", Country: "PL",
		Source: "Business cards, fair in Poznań", SourceKind: consent.SourceEvent, ObtainedAt: fairFacts().ObtainedAt,
	}
	for _, text := range []string{
		"email,name,company,job title,language,country\newa@kupiec.pl,Ewa Żółć,Kupiec,Prezes,pl,PL\n",
		"Adres e-mail;Imię;Nazwisko;Firma;Stanowisko;Język;Kraj\r\newa@kupiec.pl;Ewa;Żółć;Kupiec;Prezes;polski;Polska\r\n",
		"E-Mail-Adresse\tVorname\tNachname\tUnternehmen\tPosition\tSprache\tLand\newa@kupiec.pl\tEwa\tŻółć\tKupiec\tPrezes\tPolnisch\tPolen",
		"sep=;\nE-Mail;Ansprechpartner;Firma;Funktion;Sprache;Land\nmailto:ewa@kupiec.pl;\"Ewa Żółć\";Kupiec;Prezes;pl-PL;pl",
		"\n\nEMAIL,NAME,COMPANY,ROLE,LANG,COUNTRY_CODE\n,,,,,\n Ewa Żółć <ewa@kupiec.pl> , ,Kupiec,Prezes,PL,pl\n\n",
	} {
		if got := one(t, text).Lead; got != want {
			t.Errorf("%q:\n%+v", text, got)
		}
	}
}

func TestS30_S31_S33_ColumnsThatNoLeadHas(t *testing.T) {
	dropped := map[string]string{
		"Data urodzenia": "S33", "date of birth": "S33", "Geburtstag": "S33", "Age": "S33", "Wiek": "S33",
		"Telefon": "S32", "Mobile phone": "S32", "Handy": "S32", "Telefon komórkowy": "S32", "Photo URL": "S32", "Zdjęcie": "S32",
		"Religion": "L9", "Wyznanie": "L9", "Konfession": "L9", "Health notes": "L9", "Trade union": "L9", "Party": "L9",
		"PESEL": "S32", "Gender": "S31", "Ulica": "S31", "City": "S31", "IP address": "S3", "Last opened": "S3", "Shoe size": "S30", "Score 7": "S3", "": "no name",
	}
	for name, why := range dropped {
		table := read(t, "email,"+name+"\na@b.example,x\n")
		if c := table.Columns[1]; c.Field != "" || !strings.Contains(c.Why, why) {
			t.Errorf("%q: %+v", name, c)
		}
		if got := table.Items; len(got) != 1 || strings.Contains(fmt.Sprint(got[0]), "x ") {
			t.Errorf("%q: the row is %+v", name, got)
		}
	}
	for field, names := range headers {
		for _, name := range names {
			if got := fieldOf(fold(name)); got != field {
				t.Errorf("the header %q of %s is of %q", name, field, got)
			}
		}
	}
}

// TestL14_NothingComesInWithoutItsSource: each of the four is asked of the file,
// and of the row when a column has it.
func TestL14_NothingComesInWithoutItsSource(t *testing.T) {
	lack := map[string]func(*consent.ImportFacts){
		"source":        func(f *consent.ImportFacts) { f.Source = "" },
		"source kind":   func(f *consent.ImportFacts) { f.Kind = "" },
		"source public": func(f *consent.ImportFacts) { f.Publicity = "" },
		"obtained at":   func(f *consent.ImportFacts) { f.ObtainedAt = time.Time{} },
	}
	good := map[string]string{"source": "their website", "source kind": "own research", "source public": "yes", "obtained at": "2026-11-01"}
	for column, spoil := range lack {
		facts := fairFacts()
		spoil(&facts)
		var told *mail.Problem
		if _, err := Read([]byte("email\na@b.example\n"), facts, noon); !errors.As(err, &told) || !strings.Contains(told.NextStep, column) {
			t.Errorf("without %s: %v", column, err)
		}
		header := "email," + column + "\na@b.example,"
		if why := refusal(t, header+"\n", spoil); why == "" {
			t.Errorf("an empty %s came in", column)
		}
		if one(t, header+good[column]+"\n", spoil).Lead.Source == "" {
			t.Errorf("%s of the row was not taken", column)
		}
	}
	for _, bad := range []string{"2026-11-25", "31.02.2026", "3/4/2026", "yesterday", "0001-01-01", "12.13.2026"} {
		if why := refusal(t, "email,obtained\na@b.example,"+bad+"\n"); why == "" {
			t.Errorf("the date %s came in", bad)
		}
	}
	for text, day := range map[string]int{"2026-11-01": 1, "02.11.2026": 2, "13/11/2026": 13, "11/14/2026": 14, "2026-11-05T10:00:00Z": 5, "3/3/2026": 3} {
		if got := one(t, "email,obtained\na@b.example,"+text+"\n").Lead.ObtainedAt.Day(); got != day {
			t.Errorf("%s is day %d", text, got)
		}
	}
}

// TestG11_AFileCanCloseAndNeverOpen: whatever a file says of consent, no lead is
// more open for it, and a no is not lost.
func TestG11_AFileCanCloseAndNeverOpen(t *testing.T) {
	strict := func(f *consent.ImportFacts) { f.Strict = true }
	for _, header := range []string{"consent", "Zgoda marketingowa", "Einwilligung", "Opt-in", "Newsletter", "RODO", "GDPR consent given"} {
		for _, no := range []string{"no", "0", "nie", "Nein", "withdrawn", "wypisany", "unsubscribed 2024"} {
			refusal(t, "email,"+header+"\na@b.example,"+no+"\n")
		}
		claim := "email," + header + "\na@b.example,yes\n"
		if item := one(t, claim); item.Claims || len(item.Notes) != 1 {
			t.Errorf("%s: %+v", header, item)
		}
		refusal(t, claim, strict)
		one(t, "email,"+header+"\na@b.example,\n", strict)
	}
	for _, header := range []string{"unsubscribed", "Opt-Out", "HasOptedOutOfEmail Email Opt Out", "do not contact", "Sprzeciw", "Widerspruch", "Werbesperre"} {
		for _, yes := range []string{"yes", "1", "2024-01-01", "x", "tak"} {
			refusal(t, "email,"+header+"\na@b.example,"+yes+"\n")
		}
		one(t, "email,"+header+"\na@b.example,no\n", strict)
	}
	refusal(t, "email,status\na@b.example,Unsubscribed\n")
	refusal(t, "email,newsletter,consent\na@b.example,yes,no\n")
	one(t, "email,status\na@b.example,active\n", strict)
	proven := "email,consent,consent date,consent text,consent method,consent evidence\na@b.example,yes,2026-01-01,I agree to e-mail,form,scan 12\n"
	if item := one(t, proven, strict); !item.Claims {
		t.Errorf("a proven consent is not told of: %+v", item)
	}
}

func TestL9_S33_ARowIsAllOrNothing(t *testing.T) {
	for _, row := range []string{
		"a@b.example,Ewa,She has diabetes", "a@b.example,Ewa,born 1980", "a@b.example,Ewa,+48 601 234 567", "a@b.example,Ewa born 12.03.1980,",
		"not an address,Ewa,", ",Ewa,", "\"a@b.example, c@d.example\",Ewa,", "a@b.example,Ewa\x00,", "a@b.example,Ewa\x1b[31m,", "a@b.example,Ewa", "a@b.example,Ewa,,",
		"a@b.example," + strings.Repeat("x", 201) + ",", "a@b.example," + strings.Repeat("x", maxRecord) + ",", "a@b.example,\"Ewa,",
	} {
		refusal(t, "email,name,note\n"+row+"\n")
	}
	item := one(t, "email,name,company,note\na@b.example,\"=HYPERLINK(\"\"evil\"\")\",@sum,\"two\nlines\"\n")
	if l := item.Lead; l.Name != `=HYPERLINK("evil")` || l.Company != "@sum" || l.Note != "two\nlines" || !strings.Contains(strings.Join(item.Notes, " "), "formula") {
		t.Errorf("a formula became %+v", item)
	}
	if l := one(t, "email,name\na@b.example,Ewa \u202eawE\n").Lead; l.Name != "Ewa awE" {
		t.Errorf("a mark that turns the line is left: %q", l.Name)
	}
}

// TestOneBrokenQuoteCostsOneRow: wherever a quote is left open, the rows around it
// come in as they are.
func TestOneBrokenQuoteCostsOneRow(t *testing.T) {
	for name, broken := range map[string]string{
		"never closed":         `c@b.example,"Ewa,x`,
		"meets a later one":    `c@b.example,"Ewa,x` + "\n" + `q@b.example,"Jan",x`,
		"closed in the middle": `c@b.example,"Ewa" Nowak",x` + "\n" + `q@b.example,"Jan",x`,
		"alone":                `"` + "\n" + `q@b.example,"Jan",x`,
	} {
		text := "email,name,note\na@b.example,Anna,x\n" + broken + "\nz@b.example,Zoe,x\n"
		table := read(t, text)
		var taken []string
		for _, item := range table.Items {
			taken = append(taken, item.Lead.Address.Email)
		}
		if !slices.Contains(taken, "a@b.example") || !slices.Contains(taken, "z@b.example") || strings.Contains(broken, "q@b") && !slices.Contains(taken, "q@b.example") {
			t.Errorf("%s: taken are %v, refused %+v", name, taken, table.Refused)
		}
		for _, item := range table.Items {
			if strings.Contains(item.Lead.Name, "@") || strings.Contains(item.Lead.Note, "@") {
				t.Errorf("%s: rows ran into each other: %+v", name, item.Lead)
			}
		}
	}
}

func TestEncodings(t *testing.T) {
	polish, german, french := "Zażółć Gęślą-Jaźń, Łódź", "Jörg Müßig, Köln", "Renée Lefèvre, Besançon"
	encode := func(e encoding.Encoding, s string) string {
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	row := func(who string) string { return "email;name\na@b.example;" + who + "\n" }
	for _, c := range []struct {
		want, text, who string
	}{
		{"UTF-8", row(polish), polish},
		{"UTF-8", "\xEF\xBB\xBF" + row(polish), polish},
		{"UTF-8", row("Ann"), "Ann"},
		{"UTF-16", encode(utf16.UTF16(utf16.LittleEndian, utf16.UseBOM), row(polish)), polish},
		{"UTF-16", encode(utf16.UTF16(utf16.BigEndian, utf16.UseBOM), row(german)), german},
		{"UTF-16", encode(utf16.UTF16(utf16.LittleEndian, utf16.IgnoreBOM), row("Ann Smith of Leeds")), "Ann Smith of Leeds"},
		{"UTF-16", encode(utf16.UTF16(utf16.BigEndian, utf16.IgnoreBOM), row("Ann Smith of Leeds")), "Ann Smith of Leeds"},
		{"Windows-1250", encode(charmap.Windows1250, row(polish)), polish},
		{"ISO-8859-2", encode(charmap.ISO8859_2, row(polish)), polish},
		{"Windows-1250", encode(charmap.Windows1250, row(german)), german}, // the same bytes in all three
		{"Windows-1252", encode(charmap.Windows1252, row(french)), french},
	} {
		table := read(t, c.text)
		if table.Encoding != c.want || len(table.Items) != 1 || table.Items[0].Lead.Name != c.who {
			t.Errorf("%s: read as %s: %+v", c.want, table.Encoding, table.Items)
		}
	}
	mixed := "email;name\na@b.example;" + polish + "\nb@b.example;" + encode(charmap.Windows1250, polish) + "\nc@b.example;" + encode(charmap.ISO8859_2, "Śląsk, ławka, źdźbło") + "\n"
	table := read(t, mixed)
	if len(table.Items) != 3 || table.Items[0].Lead.Name != polish || table.Items[1].Lead.Name != polish || !strings.Contains(table.Encoding, "UTF-8 and Windows-1250") {
		t.Errorf("mixed, read as %s: %+v", table.Encoding, table.Items)
	}
	if len(table.Items[1].Notes) == 0 {
		t.Error("a row in another encoding is not told of")
	}
}

func TestFilesThatAreNone(t *testing.T) {
	for _, text := range []string{"", "\n\n", ",,,\n;;;", "name\nEwa\n", "\"email\na@b.example\n", "\xFF\xFE", "\x00\x00\x00"} {
		var told *mail.Problem
		if _, err := Read([]byte(text), fairFacts(), noon); !errors.As(err, &told) || told.NextStep == "" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// accounted fails unless every row of a file ends in just one place.
func accounted(t interface {
	Helper()
	Fatalf(string, ...any)
}, raw []byte, table Table) {
	t.Helper()
	text, _, err := widen(raw)
	if err != nil {
		t.Fatalf("widen: %v", err)
	}
	separator, skip := separatorOf(text)
	s := scanner{text: text[skip:], separator: separator, line: 1 + newlines(text[:skip]), width: len(table.Columns)}
	var lines []int
	rest, first := len(s.text), true
	for {
		r, more := s.next()
		if !more {
			break
		}
		if len(s.text) >= rest {
			t.Fatalf("the scanner stands still at line %d", r.line)
		}
		rest = len(s.text)
		if r.blank() {
			continue
		}
		if !first {
			lines = append(lines, r.line)
		}
		first = false
	}
	var got []int
	for _, item := range table.Items {
		got = append(got, item.Line)
	}
	for _, refused := range table.Refused {
		got = append(got, refused.Line)
		if refused.Why == "" {
			t.Fatalf("line %d is refused without a reason", refused.Line)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, lines) {
		t.Fatalf("rows at lines %v, told of are %v", lines, got)
	}
}

// TestEveryWrittenRowIsAccountedFor writes rows with the library's writer, so that
// it is known how many there are, and breaks the file in every way.
func TestEveryWrittenRowIsAccountedFor(t *testing.T) {
	cell := rapid.SampledFrom([]string{"", "a@b.example", "Ewa", "\"", "a \"b\" c", "x\ny", "x,y;z", "=1+1", "ma raka", "yes", "\xb9\x9c", "Żółć", "2026-01-01", "\x00", strings.Repeat("long ", 100)})
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 4, 4), 0, 12).Draw(t, "rows")
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Comma = rapid.SampledFrom([]rune{',', ';', '\t'}).Draw(t, "comma")
		_ = w.Write([]string{"email", "name", "note", "consent"})
		want := 0
		for _, row := range rows {
			if strings.Trim(strings.Join(row, ""), " \n,;") != "" && strings.Join(row, "") != "\"" {
				want++
			}
			_ = w.Write(row)
		}
		w.Flush()
		table, err := Read([]byte(b.String()), fairFacts(), noon)
		if err != nil {
			t.Fatalf("%v", err)
		}
		if strings.Contains(b.String(), "\"\"\"\"") {
			want = len(table.Items) + len(table.Refused) // a cell that is a quote alone has its own test
		}
		if got := len(table.Items) + len(table.Refused); got != want {
			t.Fatalf("%d rows were written, %d told of in\n%q", want, got, b.String())
		}
		accounted(t, []byte(b.String()), table)
	})
}

// FuzzRead: any bytes end in a report in which every row is accounted for, and
// nothing that came in could not be a lead.
func FuzzRead(f *testing.F) {
	f.Add([]byte("email,name\na@b.example,Ewa\n"))
	f.Add([]byte("email;name;consent\r\n\"a@b.example\";\"Ewa\nNowak\";yes\r\n\"broken;x;y\r\n"))
	f.Add([]byte("\xFF\xFEe\x00m\x00a\x00i\x00l\x00\n\x00a\x00@\x00b\x00\n\x00"))
	f.Add([]byte("email\tname\na@b\t\xb9\x9c\xf3\na@b\tŻ\n\x00\x00"))
	f.Add([]byte("sep=;\nemail;obtained;public;source;source kind\na@b;1.1.2026;yes;x;fair\n\"\"\";;\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		table, err := Read(raw, fairFacts(), noon)
		if err != nil {
			var told *mail.Problem
			if !errors.As(err, &told) {
				t.Fatalf("no sentence: %v", err)
			}
			return
		}
		accounted(t, raw, table)
		for _, item := range table.Items {
			l := item.Lead
			if l.Address.IsZero() || l.Source == "" || l.SourceKind == "" || l.ObtainedAt.IsZero() || l.ObtainedAt.After(noon) || l.IsLead() {
				t.Fatalf("line %d came in as %+v", item.Line, l)
			}
			for _, field := range consent.Fields() {
				for _, found := range consent.CheckText(field.Name, field.Value(l)) {
					if found.Refused || found.KeepReason {
						t.Fatalf("line %d came in with %+v", item.Line, found)
					}
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var file strings.Builder
	file.WriteString("email;name;company;role;country;reason;note;phone;consent\n")
	for i := range 100_000 {
		fmt.Fprintf(&file, "person%d@firm%d.example;Ewa Nowak %d;Firma %d sp. z o.o.;Kierowniczka zakupów;Polska;Państwa firma %d otwiera wiosną nową halę i szuka oświetlenia do niej.;\"Rozmowa na targach, stoisko %d\";;\n", i, i%5000, i, i%5000, i, i%90)
	}
	raw := []byte(file.String())
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		table, err := Read(raw, fairFacts(), noon)
		if err != nil || len(table.Items) != 100_000 {
			b.Fatal(err, len(table.Items), table.Refused[:1])
		}
	}
}
