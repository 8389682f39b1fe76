package uitest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Update is the -update flag of every package that compares frames: it writes
// the golden files instead of comparing.
var update = flag.Bool("update", false, "write the golden files")

// Golden compares the frame with testdata/<name>.txt, without styles.
func (s *Screen) Golden(name string) {
	s.tb.Helper()
	Golden(s.tb, name+".txt", s.Text()+"\n")
}

// GoldenStyled compares the frame with testdata/<name>.ansi, with its styles;
// the escapes are written out so that a change can be read.
func (s *Screen) GoldenStyled(name string) {
	s.tb.Helper()
	Golden(s.tb, name+".ansi", strings.ReplaceAll(s.Frame(), "\x1b", "␛")+"\n")
}

// Golden compares got with the file testdata/<file>.
func Golden(tb testing.TB, file, got string) {
	tb.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			tb.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		tb.Fatalf("read the golden frame (run with -update to write it): %v", err)
	}
	if string(want) != got {
		tb.Fatalf("%s differs; run with -update when it should.\n--- want\n%s\n--- got\n%s", path, want, got)
	}
}
