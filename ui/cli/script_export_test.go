package cli

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"zgoda/store"
)

// closed ends the sample mail servers, as a network that is gone.
func closed(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(deskOf(ts).office.Close())
}

// private checks that nobody else can read what is below a directory.
func private(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			ts.Fatalf("%s has mode %v", path, info.Mode())
		}
		return err
	}))
}

// TestL20_ACardEscapesAndFolds (RFC 6350 sections 3.2 and 3.4).
func TestL20_ACardEscapesAndFolds(t *testing.T) {
	got := string(vcard("Żółć, Ewa; "+strings.Repeat("ę", 60), "ewa@studio.example"))
	if !strings.Contains(got, `FN:Żółć\, Ewa\; `) || !strings.HasSuffix(got, "EMAIL:ewa@studio.example\r\nEND:VCARD\r\n") {
		t.Errorf("it says %q", got)
	}
	for line := range strings.SplitSeq(got, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line has %d octets", len(line))
		}
	}
	if whole := strings.ReplaceAll(got, "\r\n ", ""); !strings.Contains(whole, strings.Repeat("ę", 60)) {
		t.Error("folding broke the name")
	}
}

// TestL15_ACopyIsPrivateAndWhole: nobody else may read it, and no file is written over.
func TestL15_ACopyIsPrivateAndWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "copy")
	dir, err := newDir(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := dir.write("mails/a.eml", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := dir.write("mails/a.eml", []byte("y")); err == nil {
		t.Error("a file was written over")
	}
	for name, want := range map[string]fs.FileMode{"": 0o700, "mails": 0o700, "mails/a.eml": 0o600} {
		info, err := os.Stat(filepath.Join(path, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%q: %v, %v", name, info.Mode(), err)
		}
	}
	if _, err := newDir(path); err == nil {
		t.Error("a directory that is there was taken")
	}
	if err := writePortable(dir, store.AccessCopy{}); err != nil {
		t.Error(err)
	}
}

// nowhere TEXT… checks that no file below the story's home holds any of the
// texts, in any case: data, state, log, journal and configuration (S21).
func nowhere(ts *testscript.TestScript, _ bool, args []string) {
	files := 0
	ts.Check(filepath.WalkDir(ts.Getenv("HOME"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, text := range args {
			if bytes.Contains(bytes.ToLower(raw), []byte(strings.ToLower(text))) {
				ts.Fatalf("%s holds %q", path, text)
			}
		}
		files++
		return err
	}))
	if files < 5 {
		ts.Fatalf("only %d files were looked at", files)
	}
}
