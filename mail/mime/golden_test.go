package mime

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden reads every shape of mail in testdata. What it gives stands in the
// .golden file beside it, so that a change is seen and judged.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) < 30 {
		t.Fatalf("found %d mails, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".eml"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m := Parse(raw)
			mustBeSafe(t, m)
			var got bytes.Buffer
			e := json.NewEncoder(&got)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			if err := e.Encode(m); err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".eml") + ".golden"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", golden, diff)
			}
		})
	}
}

// TestHeaderIsTheEnvelope: the header alone gives the same envelope as the whole mail.
func TestHeaderIsTheEnvelope(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.eml")
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".eml")
		if name == "no-blank-line" || strings.HasPrefix(name, "bounce-") {
			continue // what these say of themselves stands in the body
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		whole, envelope := Parse(raw), ParseHeader(raw)
		if envelope.Whole || envelope.Text != "" || envelope.Attachments != nil {
			t.Errorf("%s: the envelope has a body: %+v", name, envelope)
		}
		whole.Whole, whole.Text, whole.FromHTML = false, "", false
		whole.Attachments, whole.Trackers, whole.Notes, envelope.Notes = nil, nil, nil, nil
		if diff := cmp.Diff(whole, envelope); diff != "" {
			t.Errorf("%s (-whole +envelope):\n%s", name, diff)
		}
	}
}
