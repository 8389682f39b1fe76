package store

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/mail"
)

func testMAC(text string) string {
	return (&DB{options: Options{Key: bytes.Repeat([]byte{7}, MinKey)}}).mac(text)
}

func line(number int64, reason string, hashes ...string) []byte {
	e := erased{Number: number, At: 1_795_000_000_000, Reason: reason, Hashes: hashes}
	e.Mark = testMAC(e.signed())
	raw, err := json.Marshal(e)
	if err != nil {
		panic(err) // strings and numbers only
	}
	return append(raw, '\n')
}

// FuzzJournal reads foreign bytes as a journal: whatever they are, it ends, takes
// nothing for an erasure that our key did not sign, and never says that more is
// whole than there is.
func FuzzJournal(f *testing.F) {
	good := append(line(1, "they asked", "aa"), line(2, "retention: cold", "bb", "cc")...)
	for _, seed := range [][]byte{nil, good, good[:len(good)-9], append([]byte("\n\n"), good...), []byte("{}\n"), []byte("null\n"), []byte("[]\n"),
		bytes.Replace(good, []byte("asked"), []byte("begged"), 1), []byte(`{"number":1,"at":0,"reason":"","hashes":["a"],"mark":""} {}` + "\n"),
		bytes.Repeat([]byte("x"), 200_000), []byte("{\"number\":1e999}\n"), {0, 0xff, '\n'}} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		entries, whole, err := readJournal(bytes.NewReader(raw), testMAC)
		if whole < 0 || whole > int64(len(raw)) {
			t.Fatalf("%d of %d octets are whole", whole, len(raw))
		}
		if err != nil {
			if strings.Contains(err.Error(), "@") {
				t.Fatal("the error quotes the line")
			}
			return
		}
		for _, e := range entries {
			if e.Number <= 0 || len(e.Hashes) == 0 || !sameText(e.Mark, testMAC(e.signed())) {
				t.Fatalf("it took %+v for an erasure", e)
			}
		}
		again, _, err := readJournal(bytes.NewReader(raw[:whole]), testMAC)
		if err != nil || len(again) != len(entries) {
			t.Fatalf("the whole part reads as %d, not %d: %v", len(again), len(entries), err)
		}
	})
}

// TestD6_WhatIsWrittenIsRead, with any reason, over a line that was cut.
func TestD6_WhatIsWrittenIsRead(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		path := filepath.Join(dir, "state", string(rune('a'+n%26))+strings.Repeat("x", n/26), "erasures.jsonl")
		want := rapid.SliceOfN(rapid.String(), 1, 6).Draw(t, "reasons")
		for i, reason := range want {
			j, err := openJournal(path, testMAC)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := j.write(erased{Number: j.number(0), At: int64(i), Reason: strings.ToValidUTF8(reason, ""), Hashes: []string{"aa"}}); err != nil {
				t.Fatal(err)
			}
			if rapid.Bool().Draw(t, "crash") {
				file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o600)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := file.WriteString(`{"number":99,"at":`); err != nil {
					t.Fatal(err)
				}
				if err := file.Close(); err != nil {
					t.Fatal(err)
				}
			}
		}
		j, err := openJournal(path, testMAC)
		if err != nil || len(j.entries) != len(want) || j.last != int64(len(want)) {
			t.Fatalf("%d entries of %d, the last is %d: %v", len(j.entries), len(want), j.last, err)
		}
	})
}

// FuzzSlack takes any bytes for a page: what it calls free lies within the page
// and before the content, and it never panics.
func FuzzSlack(f *testing.F) {
	page := make([]byte, 512)
	for _, kind := range []byte{0, 2, 5, 10, 13} {
		page[0] = kind
		page[5], page[6] = 1, 200
		f.Add(bytes.Clone(page), false)
		f.Add(bytes.Clone(page), true)
	}
	f.Fuzz(func(t *testing.T, raw []byte, first bool) {
		page := make([]byte, 512)
		copy(page, raw)
		before := bytes.Clone(page)
		free := 0
		err := slack(page, len(page), first, func(part []byte) {
			free += len(part)
			clear(part)
		})
		if free > len(page) && err == nil {
			t.Fatalf("%d octets of a page are free", free)
		}
		if header := 8; !first && !bytes.Equal(page[:header], before[:header]) {
			t.Fatal("the header was zeroed")
		}
	})
}

// TestMarksKnowAPerson however somebody wrote them, and nobody else.
func TestMarksKnowAPerson(t *testing.T) {
	m := marksOf(whoIs("Ewa Żółć-Łąka", "Ewa.Zolc@Żółw.example"), []string{"ewa@old.example"})
	for text, want := range map[string]bool{
		"On Monday ewa.zolc@żółw.example wrote": true, "EWA.ZOLC@xn--w-uga1v8h.example": true, "ewa@old.example": true, "see ewa@OLD.example.": true,
		"Ewa Żółć-Łąka": true, "EWA ŻÓŁĆ-ŁĄKA": true, "ewa żółć-łąka": true, "Ewa Zolc-Laka": true, "ewa zolc-laka": true,
		"Ewa": false, "ewa@new.example": false, "ewa.zolc@": false, "@": false, "": false, "Żółć-Łąka, Ewa": false, "a@b @@ ewa.zolc@żółw.exampl": false,
	} {
		if got := m.in(text); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
	if one := marksOf(whoIs("Ewa", "ewa@studio.example"), nil); one.in("Ewa") || len(one.names) != 0 {
		t.Error("a first name alone marks half the country")
	}
	if !m.of(mail.Address{Email: "EWA.zolc@ŻÓŁW.example"}) || m.of(mail.Address{}) {
		t.Error("the address is not known by its key")
	}
}

func whoIs(name, email string) consent.Lead {
	return consent.Lead{ID: 1, Name: name, Address: mail.Address{Email: email}}
}
