package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"zgoda/consent"
	"zgoda/store/storetest"
)

// hostileList is a list of rows in which every kind of fault comes back again and
// again, with how many rows of each outcome it must come to.
func hostileList(t testing.TB, rows int) (list []byte, want consent.ImportCounts) {
	t.Helper()
	var file bytes.Buffer
	file.WriteString("email;name;company;note;phone;opt-in\r\n")
	old := charmap.Windows1250.NewEncoder()
	for i := range rows {
		who := fmt.Sprintf("person%d@firm%d.example", i, i%997)
		line := fmt.Sprintf("%s;Zażółć %d;Firma %d;;;", who, i, i)
		want.Rows++
		switch i % 10 {
		case 1: // a quote that nobody closes
			line, want.Refused = fmt.Sprintf(`%s;"Ewa %d;Firma;;;`, who, i), want.Refused+1
		case 2: // another encoding
			encoded, err := old.String(line)
			if err != nil {
				t.Fatal(err)
			}
			line, want.Added = encoded, want.Added+1
		case 3: // the person of the row before, the same and no more
			line, want.Unchanged = fmt.Sprintf("PERSON%d@firm%d.example;Other;Other;;;", i-1, (i-1)%997), want.Unchanged+1
		case 4: // the person of two rows before, with something new
			line, want.Filled = fmt.Sprintf("person%d@firm%d.example;;;Met at the fair;;", i-2, (i-2)%997), want.Filled+1
		case 5: // a formula
			line, want.Added = fmt.Sprintf("%s;=HYPERLINK(1);@SUM(%d);;+48 601 000 000;", who, i), want.Added+1
		case 6: // shifted cells
			line, want.Refused = who+";Ewa", want.Refused+1
		case 7: // what nobody may keep
			line, want.Refused = who+";Ewa;Firma;She has diabetes;;", want.Refused+1
		case 8: // somebody who said no
			line, want.Refused = who+";Ewa;Firma;;;no", want.Refused+1
		case 9: // bytes that are no text
			line, want.Refused = who+";\x00\x01;Firma;;;", want.Refused+1
		default:
			want.Added++
		}
		file.WriteString(line + "\r\n")
	}
	return file.Bytes(), want
}

// TestG30_AHostileList: every row of a spoilt list ends in a report line, in order,
// and what stands in the store is what the report says.
func TestG30_AHostileList(t *testing.T) { importHostile(t, 5_000) }

// BenchmarkG30_AHundredThousandHostileRows is the same test at the size of issue 3:
// a preview, an import that is stopped, and one that is not.
func BenchmarkG30_AHundredThousandHostileRows(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		importHostile(b, 100_000)
	}
}

func importHostile(t testing.TB, rows int) {
	t.Helper()
	list, want := hostileList(t, rows)
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, list, 0o600); err != nil {
		t.Fatal(err)
	}
	db := storetest.Open(t)
	port := intakePort{db: db, now: func() time.Time { return storetest.Now }}
	facts := consent.ImportFacts{Source: "Fair", Kind: consent.SourceEvent, Publicity: consent.SourceIsPrivate, ObtainedAt: storetest.Now.Add(-time.Hour)}

	preview, err := port.Preview(t.Context(), path, facts)
	if err != nil {
		t.Fatal(err)
	}
	if preview.Counts != want || len(preview.Rows) != consent.ImportPreviewRows || !strings.Contains(preview.Encoding, "UTF-8 and Windows-1250") {
		t.Errorf("the preview, read as %s, counts %+v, want %+v", preview.Encoding, preview.Counts, want)
	}

	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := port.Import(stopped, path, facts); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped import ended with %v", err)
	}
	if counts, err := db.Counts(t.Context()); err != nil || counts.All != 0 {
		t.Fatalf("a preview or a stopped import left %+v (%v)", counts, err)
	}

	report, err := port.Import(t.Context(), path, facts)
	if err != nil {
		t.Fatal(err)
	}
	if report.Counts != want {
		t.Errorf("the report counts %+v, want %+v", report.Counts, want)
	}
	for i, r := range report.Results {
		if r.Line != i+2 || (r.Outcome == consent.ImportRefused) != (r.Why != "") {
			t.Fatalf("row %d is told of as %+v", i, r)
		}
	}
	if counts, err := db.Counts(t.Context()); err != nil || counts.Leads != want.Added {
		t.Errorf("the store holds %+v (%v), want %d leads", counts, err, want.Added)
	}
}

func TestReadListReadsFilesOnly(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{dir, filepath.Join(dir, "none.csv"), os.DevNull} {
		if _, err := readList(path); err == nil || strings.Contains(fmt.Sprint(errors.Unwrap(err)), dir) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
