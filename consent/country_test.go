package consent

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/mail"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; read it and run with -update\n%s", path, got)
	}
}

// TestS14_TableIsWhole keeps every row of law.md section 2 in the table.
func TestS14_TableIsWhole(t *testing.T) {
	if err := countries().err; err != nil {
		t.Fatal(err)
	}
	const want = "PL DE AT IT ES DK CZ NL RO GR CY MT BE LU HU SK BG HR SI PT LT LV EE FI SE NO IS LI FR IE GB CH US CA ??"
	var got []string
	for _, c := range Countries() {
		got = append(got, c.Code)
		if c.Statute == "" || c.Note == "" || c.Source == "" || day(c.CheckedOn) != "2026-11-24" {
			t.Errorf("row %s lacks statute, note, source or date: %+v", c.Code, c)
		}
		if c.Source == "-" && c.Known() && c.Confidence != ConfidenceLow {
			t.Errorf("row %s has no source and is trusted", c.Code)
		}
		if (c.Named == RuleCond || c.Role == RuleCond) != (len(c.Facts) > 0) {
			t.Errorf("row %s: condition and evidence do not match", c.Code)
		}
		if (c.Label == LabelNone) != (c.LabelWords == "") {
			t.Errorf("row %s: label without words", c.Code)
		}
	}
	if strings.Join(got, " ") != want {
		t.Errorf("rows %v", got)
	}
	if LookupCountry("uk").Code != "GB" || LookupCountry(" pl ").Code != "PL" || LookupCountry("el").Code != "GR" {
		t.Error("codes are not found in every case and alias")
	}
	for _, code := range []string{"", "XX", "??", "POLAND"} {
		if LookupCountry(code).Known() {
			t.Errorf("%q is known", code)
		}
	}
}

// lawful is a mail within one country that lacks nothing but, perhaps, the country's yes.
func lawful(country string, basis Basis, email string) (History, Letter, Controller) {
	c := company(country)
	h := past(country)
	h.Lead.Address.Email = email
	switch basis {
	case BasisConsent:
		h.Events = []Event{event(1, KindGranted, MarketingEmail, ago(2))}
	case BasisSoft:
		h.Events = []Event{event(1, KindSoftOptIn, "", ago(2))}
	case BasisReply:
		h = wrote(h, 1)
	}
	return h, letterFor(h, c, basis, Tracking{}), c
}

// TestC2_OldRowIsNo: a row that nobody looked at for a year allows nothing.
func TestC2_OldRowIsNo(t *testing.T) {
	h, l, c := lawful("US", BasisInterest, "ewa@studio.example")
	if v := DecideSend(h, l, c, noon); !v.Allowed() {
		t.Fatalf("control: %v", failedKeys(v))
	}
	for _, row := range Countries() {
		for _, to := range []Recipient{RecipientNamed, RecipientRole, RecipientSole} {
			if r := row.Cold(to, row.CheckedOn.AddDate(1, 0, 0)); r.Rule != RuleNo {
				t.Errorf("%s %s: %s after a year", row.Code, to, r.Rule)
			}
		}
	}
	if LookupCountry("US").Old(time.Date(2027, 11, 23, 23, 0, 0, 0, time.UTC)) {
		t.Error("a row is old before its year is over")
	}
}

// TestC4_WorkEvidence: where a condition asks for a business contact, each part of it counts.
func TestC4_WorkEvidence(t *testing.T) {
	for name, spoil := range map[string]func(*Lead){
		"company": func(l *Lead) { l.Company = " " }, "job": func(l *Lead) { l.Role = "" },
		"reason": func(l *Lead) { l.Reason = "because" }, "source": func(l *Lead) { l.Source = "" },
		"private mailbox": func(l *Lead) { l.Address.Email = "ewa@gmail.com" },
	} {
		for _, country := range []string{"FR", "GB", "FI", "EE", "IE", "CH"} {
			h, _, c := lawful(country, BasisInterest, "ewa@studio.example")
			if v := DecideSend(h, letterFor(h, c, BasisInterest, Tracking{}), c, noon); !v.Allowed() {
				t.Fatalf("control %s: %s", country, failedKeys(v))
			}
			spoil(&h.Lead)
			v := DecideSend(h, letterFor(h, c, BasisInterest, Tracking{}), c, noon)
			if v.Allowed() || check(v, "country").OK {
				t.Errorf("%s without %s: country says yes", country, name)
			}
		}
	}
}

// TestC1_Stricter: the sender's country counts, and a country domain only tightens.
func TestC1_Stricter(t *testing.T) {
	for _, tc := range []struct {
		name, sender, recipient, email string
		want                           bool
	}{
		{"both yes", "US", "US", "ewa@studio.example", true},
		{"sender no", "PL", "US", "ewa@studio.example", false},
		{"recipient no", "US", "DE", "ewa@studio.example", false},
		{"sender unknown", "", "US", "ewa@studio.example", false},
		{"recipient unknown", "US", "", "ewa@studio.example", false},
		{"domain tightens", "US", "US", "ewa@firma.pl", false},
		{"domain never widens", "US", "PL", "ewa@firm.us", false},
		{"conditions met", "US", "FR", "ewa@studio.example", true},
		{"conditions of the sender", "CA", "FR", "ewa@studio.example", false},
	} {
		h := past(tc.recipient)
		h.Lead.Address = mail.Address{Email: tc.email}
		c := company(tc.sender)
		v := DecideSend(h, letterFor(h, c, BasisInterest, Tracking{}), c, noon)
		if v.Allowed() != tc.want || check(v, "country").OK != tc.want {
			t.Errorf("%s: allowed %v (%s)", tc.name, v.Allowed(), failedKeys(v))
		}
	}
}

// TestS72_CountriesOnlyTighten: the stricter of two is a lattice.
func TestS72_CountriesOnlyTighten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		to := rapid.SampledFrom([]Recipient{RecipientNamed, RecipientRole, RecipientSole}).Draw(t, "to")
		now := noon.AddDate(0, rapid.IntRange(0, 14).Draw(t, "months"), 0)
		row := rapid.SampledFrom(Countries())
		a, b, c := row.Draw(t, "a").Cold(to, now), row.Draw(t, "b").Cold(to, now), row.Draw(t, "c").Cold(to, now)
		ab := Stricter(a, b)
		if ab.rank() > a.rank() || ab.rank() > b.rank() {
			t.Fatal("two countries allow more than one of them")
		}
		if ab.Rule == RuleCond {
			for _, r := range []Ruling{a, b} {
				if r.Rule == RuleCond && len(union(ab.Facts, r.Facts)) != len(ab.Facts) {
					t.Fatal("two countries ask for less than one of them")
				}
			}
		}
		if ab.rank() != Stricter(b, a).rank() || Stricter(a, a).rank() != a.rank() ||
			Stricter(ab, c).rank() != Stricter(a, Stricter(b, c)).rank() {
			t.Fatal("the order of countries matters")
		}
	})
}

// TestS15_BrokenTable: a table that cannot be read makes every country unknown.
func TestS15_BrokenTable(t *testing.T) {
	head := "# version x\ncc\tnamed\trole\tsoft\tstatute\tnote\tsource\tchecked_on\tconfidence\tevidence\tlabel\n"
	for name, file := range map[string]string{
		"empty": "", "short row": head + "PL\tyes\n", "bad date": head + "PL\tyes\tyes\tyes\t-\t-\t-\tsoon\thigh\t-\t-\n",
		"bad fact":  head + "PL\tyes\tyes\tyes\t-\t-\t-\t2026-11-24\thigh\thearsay\t-\n",
		"bad label": head + "PL\tyes\tyes\tyes\t-\t-\t-\t2026-11-24\thigh\t-\tloud: x\n",
		"bad rule":  head + "PL\tmaybe\tyes\tyes\t-\t-\t-\t2026-11-24\thigh\t-\t-\n",
	} {
		if table := readCountries(file); table.err == nil || len(table.byCode) != 0 {
			t.Errorf("%s: %d rows, error %v", name, len(table.byCode), table.err)
		}
	}
}
