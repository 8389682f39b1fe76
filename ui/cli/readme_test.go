package cli

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zgoda/ui/keys"
)

var update = flag.Bool("update", false, "write what the tests expect")

// TestREADMEKeysAreTheProgramsKeys keeps the table of keys true: it is made
// from the bindings, which are the only place where a key is written.
func TestREADMEKeysAreTheProgramsKeys(t *testing.T) {
	path := filepath.Join("..", "..", "README.md")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(raw), "-update -->\n")
	_, after, ok2 := strings.Cut(rest, "<!-- /keys -->")
	if !ok || !ok2 {
		t.Fatal("README.md has no place for the keys")
	}
	want := before + "-update -->\n" + keys.Markdown() + "<!-- /keys -->" + after
	if string(raw) == want {
		return
	}
	if !*update {
		t.Fatal("README.md shows other keys than the program has: run go test ./ui/cli -run README -update")
	}
	if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestREADMENamesEveryCommand keeps the table of commands true.
func TestREADMENamesEveryCommand(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"demo", "setup", "sync", "leads", "send", "doctor", "version"} {
		if !strings.Contains(string(raw), "`zgoda "+command) {
			t.Errorf("README.md does not name zgoda %s", command)
		}
	}
	for _, line := range []string{"go run . demo", "go test ./..."} {
		if !strings.Contains(string(raw), line) {
			t.Errorf("README.md does not show %q", line)
		}
	}
}
