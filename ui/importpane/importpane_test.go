package importpane_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/importpane"
	"zgoda/ui/keys"
	"zgoda/ui/theme"
	"zgoda/ui/uitest"
)

func opened() *importpane.Model {
	m := importpane.New(theme.New(true, true), keys.Default(), uitest.Now)
	m.SetSize(80, 22)
	m.Show()
	return m
}

// filled is the form with every answer.
func filled() *importpane.Model {
	m := opened()
	uitest.TypePart(m, "~/leads.csv")
	uitest.PressPart(m, "tab")
	uitest.TypePart(m, "fair in Poznań")
	uitest.PressPart(m, "tab", "right", "tab", "right", "tab")
	uitest.TypePart(m, "2026-11-20")
	return m
}

func previewed(t *testing.T, p consent.ImportPreview) *importpane.Model {
	t.Helper()
	m := filled()
	wish, ok := uitest.PressPart(m, "ctrl+s").(event.PreviewImport)
	if !ok {
		t.Fatalf("no preview:\n%s", uitest.DrawPart(t, m, 80, 22))
	}
	m.Update(event.PreviewLoaded{Seq: wish.Seq, Preview: p})
	return m
}

func preview(refused bool) consent.ImportPreview {
	results := []consent.ImportResult{{Line: 2, Outcome: consent.ImportAdded}, {Line: 3, Outcome: consent.ImportRefused, Why: "There is no address in this row."}}
	if refused {
		results = results[1:]
	}
	p := consent.ImportPreview{Encoding: "UTF-8", Separator: "comma", Columns: []consent.ImportColumn{{Name: "E-mail", Field: "address"}, {Name: "Geburtstag", Why: "Birth dates are not kept."}}, Counts: consent.CountImport(results)}
	for _, r := range results {
		p.Rows = append(p.Rows, consent.ImportRow{Result: r, Lead: consent.Lead{Name: "Ewa", Address: mail.Address{Email: "ewa@firma.example"}}})
	}
	return p
}

// L14, S30: source, kind, publicity and date have no default: without one of them
// no file is even read.
func TestL14_NothingIsAssumedOfAFile(t *testing.T) {
	fields := []string{"file", "source", "sort of source", "whether the source is public", "day"}
	for missing := range fields {
		m := opened()
		answers := []func(){
			func() { uitest.TypePart(m, "a.csv") }, func() { uitest.TypePart(m, "fair") },
			func() { uitest.PressPart(m, "right") }, func() { uitest.PressPart(m, "right") }, func() { uitest.TypePart(m, "2026-11-20") },
		}
		for i, give := range answers {
			if i != missing {
				give()
			}
			uitest.PressPart(m, "tab")
		}
		if wish := uitest.PressPart(m, "ctrl+s"); wish != nil {
			t.Errorf("without %s it reads the file: %#v", fields[missing], wish)
		}
		if frame := uitest.DrawPart(t, m, 80, 24); strings.Count(frame, "✗") != 1 {
			t.Errorf("without %s it says:\n%s", fields[missing], frame)
		}
	}
}

func TestTheFactsAreWhatWasSaid(t *testing.T) {
	wish, ok := uitest.PressPart(filled(), "ctrl+s").(event.PreviewImport)
	want := consent.ImportFacts{Source: "fair in Poznań", Kind: consent.SourceResearch, Publicity: consent.SourceIsPublic, ObtainedAt: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	if !ok || wish.Path != "~/leads.csv" || wish.Facts != want {
		t.Errorf("asked %+v, want %+v", wish, want)
	}
}

func TestADayToComeIsRefused(t *testing.T) {
	m := filled()
	for range "2026-11-20" {
		uitest.PressPart(m, "backspace")
	}
	uitest.TypePart(m, "2027-01-01")
	if wish := uitest.PressPart(m, "ctrl+s"); wish != nil || !strings.Contains(uitest.DrawPart(t, m, 80, 24), "still to come") {
		t.Errorf("it asks %#v", wish)
	}
}

// S31: what is dropped is shown with its reason, first, before anything is written.
func TestS31_ThePreviewShowsWhatIsDropped(t *testing.T) {
	frame := uitest.DrawPart(t, previewed(t, preview(false)), 80, 22)
	for _, words := range []string{"nothing is written yet", "✗ dropped      Geburtstag", "Birth dates are not kept.", "✓ 1 new", "✗ 1 refused", "There is no address"} {
		if !strings.Contains(frame, words) {
			t.Errorf("it does not say %q:\n%s", words, frame)
		}
	}
}

func TestOnlyEnterOnThePreviewWrites(t *testing.T) {
	m := previewed(t, preview(false))
	for _, press := range []string{"j", "k", "ctrl+d", "x", "y", "ctrl+s"} {
		if wish := uitest.PressPart(m, press); wish != nil {
			t.Fatalf("%s writes: %#v", press, wish)
		}
	}
	wish, ok := uitest.PressPart(m, "enter").(event.RunImport)
	if !ok || wish.Path != "~/leads.csv" || wish.Facts.Source != "fair in Poznań" {
		t.Fatalf("it wishes %#v", wish)
	}
	if again := uitest.PressPart(m, "enter", "esc"); again != nil || !m.Open() {
		t.Error("it writes twice, or closes while it writes")
	}
	m.Update(event.Imported{Seq: wish.Seq, Err: &mail.Problem{Sentence: "The disk is full.", NextStep: "Make room.", Err: errors.New("x")}})
	if frame := uitest.DrawPart(t, m, 80, 22); !strings.Contains(frame, "✗ The disk is full. Make room.") || !strings.Contains(frame, "Preview") {
		t.Errorf("it says:\n%s", frame)
	}
}

func TestAFileThatChangesNothingIsNotImported(t *testing.T) {
	m := previewed(t, preview(true))
	if wish := uitest.PressPart(m, "enter"); wish != nil {
		t.Fatalf("it writes: %#v", wish)
	}
	if frame := uitest.DrawPart(t, m, 80, 22); !strings.Contains(frame, "No row of this file would change anything.") {
		t.Errorf("it does not say why:\n%s", frame)
	}
}

// A report of 100,000 refused rows can be scrolled, and each key costs the screen.
func TestALongReportScrolls(t *testing.T) {
	m := previewed(t, preview(false))
	wish := uitest.PressPart(m, "enter").(event.RunImport)
	report := consent.ImportReport{Columns: preview(false).Columns}
	for i := range 100_000 {
		report.Results = append(report.Results, consent.ImportResult{Line: i + 2, Outcome: consent.ImportRefused, Why: fmt.Sprintf("Row %d is broken.", i)})
	}
	report.Counts = consent.CountImport(report.Results)
	m.Update(event.Imported{Seq: wish.Seq, Report: report})
	frame := uitest.DrawPart(t, m, 80, 22)
	if !strings.Contains(frame, "100000 rows to look at") || !strings.Contains(frame, "✗ 100000 refused") {
		t.Fatalf("it says:\n%s", frame)
	}
	for range 40 {
		uitest.PressPart(m, "ctrl+d")
	}
	if frame := uitest.DrawPart(t, m, 80, 22); !strings.Contains(frame, "▌ ✗ refused      line 5") {
		t.Errorf("after 40 pages:\n%s", frame)
	}
	if uitest.PressPart(m, "esc"); m.Open() {
		t.Error("it does not close")
	}
}

func TestAPreviewThatIsNotWantedAnyMoreIsDropped(t *testing.T) {
	m := filled()
	wish := uitest.PressPart(m, "ctrl+s").(event.PreviewImport)
	uitest.PressPart(m, "esc")
	m.Update(event.PreviewLoaded{Seq: wish.Seq, Preview: preview(false)})
	if frame := uitest.DrawPart(t, m, 80, 22); !strings.Contains(frame, "Import leads") {
		t.Errorf("it came all the same:\n%s", frame)
	}
}

func TestEverySize(t *testing.T) {
	for w := 4; w < 130; w += 9 {
		for h := 1; h < 40; h += 5 {
			uitest.DrawPart(t, opened(), w, h)
			uitest.DrawPart(t, previewed(t, preview(false)), w, h)
		}
	}
}

func BenchmarkReportKey(b *testing.B) {
	m := opened()
	uitest.TypePart(m, "a.csv")
	uitest.PressPart(m, "tab")
	uitest.TypePart(m, "fair")
	uitest.PressPart(m, "tab", "right", "tab", "right", "tab")
	uitest.TypePart(m, "2026-11-20")
	look := uitest.PressPart(m, "ctrl+s").(event.PreviewImport)
	m.Update(event.PreviewLoaded{Seq: look.Seq, Preview: preview(false)})
	run := uitest.PressPart(m, "enter").(event.RunImport)
	report := consent.ImportReport{Results: make([]consent.ImportResult, 100_000)}
	for i := range report.Results {
		report.Results[i] = consent.ImportResult{Line: i, Outcome: consent.ImportRefused, Why: "It is broken."}
	}
	m.Update(event.Imported{Seq: run.Seq, Report: report})
	m.SetSize(200, 58)
	b.ReportAllocs()
	for b.Loop() {
		m.Update(uitest.Key("j"))
		if m.View() == "" {
			b.Fatal("no frame")
		}
	}
}
