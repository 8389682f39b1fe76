package consent

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/mail"
)

// TestS30_EveryFactOfALeadHasAPurpose keeps a new field of Lead from being stored
// without a word about why.
func TestS30_EveryFactOfALeadHasAPurpose(t *testing.T) {
	technical := map[string]bool{"ID": true, "Since": true, "UpdatedAt": true}
	covered := 0
	for f := range reflect.TypeFor[Lead]().Fields() {
		if technical[f.Name] {
			continue
		}
		covered++
		var l Lead
		switch v := reflect.ValueOf(&l).Elem().FieldByName(f.Name); v.Interface().(type) {
		case mail.Address:
			l.Address.Email = "a@b.example"
		case time.Time:
			l.ObtainedAt = time.Now()
		case bool:
			v.SetBool(true)
		default:
			v.SetString("x")
		}
		if changed := ChangedFields(Lead{}, l); len(changed) != 1 {
			t.Errorf("a lead's %s is told of by %v", f.Name, changed)
		}
	}
	if covered != len(Fields()) {
		t.Errorf("%d facts, %d fields", covered, len(Fields()))
	}
	for _, f := range Fields() {
		if f.Purpose == "" || f.Title == "" || f.Class == "" || f.Filler == "" {
			t.Errorf("%q lacks its purpose, title, class or filler", f.Name)
		}
		if again, ok := FieldOf(f.Name); !ok || again != f {
			t.Errorf("%q is not found", f.Name)
		}
	}
}

// checkCase is one text and what is to be found in it.
type checkCase struct {
	field, value string
	want         string // "rule refused", "rule keep", "rule warned", or ""
}

func (c checkCase) run(t *testing.T) {
	t.Helper()
	var got []string
	for _, f := range CheckText(c.field, c.value) {
		kind := " warned"
		if f.Refused {
			kind = " refused"
		} else if f.KeepReason {
			kind = " keep"
		}
		got = append(got, f.Rule+kind)
		if f.Field != c.field || f.Reason == "" || c.value != "" && strings.Contains(f.Reason, c.value) {
			t.Errorf("%s %q: finding %+v", c.field, c.value, f)
		}
	}
	if joined := strings.Join(got, ", "); joined != c.want {
		t.Errorf("%s %q: found %q, want %q", c.field, c.value, joined, c.want)
	}
}

func TestL9_SpecialCategories(t *testing.T) {
	for _, c := range []checkCase{
		{"note", "Pani Ewa ma raka.", "L9 keep"},
		{"note", "Jest w ciąży, wraca we wrześniu", "L9 keep"},
		{"note", "Choruje na cukrzycę", "L9 keep"},
		{"reason", "Twoja firma szuka światła, bo Twoja żona ma depresję od roku.", "L9 refused"},
		{"role", "Head of Facilities (pregnant)", "L9 refused"},
		{"name", "Ewa Nowak, ma raka", "L9 refused"},
		{"note", "She has diabetes and is a trade union member", "L9 keep, L9 keep"},
		{"note", "Er ist schwul", "L9 keep"},
		{"reason", "Weil zwei Kolleginnen Migräne haben und das Licht blendet.", "L9 refused"},
		{"note", "Ist evangelisch", "L9 keep"},
		{"note", "Shop steward of the plant", "L9 keep"},
		{"note", "Członek partii, pytać ostrożnie", "L9 keep"},
		{"note", "Her fingerprint opens the gate", "L9 keep"},
		{"note", "Mother of Roma descent", "L9 keep"},
		// Business, not persons: warned in free text, nothing in the name of a firm.
		{"reason", "You rebuild the diabetes clinic in Leeds and look for lamps.", "L9 warned"},
		{"company", "Klinika Cukrzycy sp. z o.o.", ""},
		{"company", "Cancer Research UK", ""},
		{"name", "Jan Rak", ""},
		{"name", "Christian Gay", ""},
		{"note", "Lubi konkrety i krótkie zdania. Budżet po 1 stycznia.", ""},
		{"note", "Zamówił pierwszą partię lamp, tory oświetleniowe na ścianie", ""},
		{"note", "Der Gläubiger will farbiges Licht", ""},
		// With the reason why, it may stay.
		{"note", "Uses a wheelchair, she is disabled\nkeep: she asked for step-free meetings", "L9 warned"},
		{"note", "Ma raka\nkeep: bo", "L9 keep"},
	} {
		c.run(t)
	}
}

func TestS33_BirthdaysPhonesMailboxes(t *testing.T) {
	for _, c := range []checkCase{
		{"note", "Urodziny 3 maja", "S33 keep"},
		{"note", "ur. 3.05.1980", "S33 keep"},
		{"note", "born 1980 in Leeds", "S33 keep"},
		{"note", "geb. 03.05.1980", "S33 keep"},
		{"role", "CEO, birthday in May", "S33 refused"},
		{"note", "spoke of 12.04.1978", "S33 warned"},
		{"note", "Call on 12.03.2027", ""},
		{"note", "Anruf am 2026-11-12", ""},
		{"reason", "Your birthday offer of last spring sold out in a week", "S33 refused"},
		{"note", "tel. 22 555 12 34 90", "S32 warned"},
		{"note", "+48 601 234 567", "S32 keep"},
		{"name", "Ewa +48 601-234-567", "S32 refused"},
		{"note", "private: 0221 123 456 78", "S32 keep"},
		{"note", "mobile 07700 900123", "S32 keep"},
		{"note", "0151 23456789", "S32 keep"},
		{"note", "Budget 120 000 EUR, 12 lamps", ""},
		{"address", "ewa@gmail.com", "S32 warned"},
		{"address", "ewa@firma.pl", ""},
		{"address", "ewa@firma.pl, jan@firma.pl", "S26 refused"},
		{"name", strings.Repeat("x", 201), "S30 refused"},
		{"note", strings.Repeat("ż", 2000), ""},
		{"name", "Ewa\x00Nowak", "S30 refused"},
		{"name", "Ewa\nNowak", "S30 refused"},
		{"note", "Ewa\nNowak", ""},
		{"shoe_size", "44", "S30 refused"},
		{"country", "PL", ""},
	} {
		c.run(t)
	}
}

// FuzzCheckText: no text makes the check fail, and looking at it does not depend
// on anything but the text.
func FuzzCheckText(f *testing.F) {
	f.Add("note", "ma raka\nkeep: because of a long reason, really")
	f.Add("reason", "ur. 3.05.1980 +48 601 234 567")
	f.Add("address", "Ewa <ewa@gmail.com>")
	f.Fuzz(func(t *testing.T, field, value string) {
		first, second := CheckText(field, value), CheckText(field, value)
		if !reflect.DeepEqual(first, second) {
			t.Fatalf("two answers: %v, %v", first, second)
		}
	})
}

// TestG11_FillingGapsOverwritesNothing: what a lead has stays, whatever comes in.
func TestG11_FillingGapsOverwritesNothing(t *testing.T) {
	word := rapid.SampledFrom([]string{"", " ", "x", "y", "Ewa"})
	lead := rapid.Custom(func(t *rapid.T) Lead {
		return Lead{
			Name: word.Draw(t, "name"), Company: word.Draw(t, "company"), Role: word.Draw(t, "role"), Language: word.Draw(t, "language"),
			Country: word.Draw(t, "country"), Sole: rapid.Bool().Draw(t, "sole"), Source: "here", Reason: word.Draw(t, "reason"), Note: word.Draw(t, "note"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		mine, theirs := lead.Draw(t, "mine"), lead.Draw(t, "theirs")
		got, filled := mine.FillGaps(theirs)
		for _, f := range Fields() {
			before, after := f.Value(mine), f.Value(got)
			if strings.TrimSpace(before) != "" && after != before {
				t.Fatalf("%s was %q, is %q", f.Name, before, after)
			}
		}
		if again, more := got.FillGaps(theirs); again != got || len(more) != 0 {
			t.Fatalf("filling twice changed %v", more)
		}
		if len(filled) != len(ChangedFields(mine, got)) {
			t.Fatalf("told %v", filled)
		}
	})
}
