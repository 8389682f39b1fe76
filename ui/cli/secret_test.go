package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zgoda/mail"
)

func TestPasswordComesFromTheFirstLineOfACommand(t *testing.T) {
	got, err := secretConfig{Command: []string{"printf", "%s\n%s\n", "geheim €", "user: marta"}}.password(t.Context(), "marta")
	if err != nil || got != "geheim €" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestS4_NoErrorOfAPasswordCommandHoldsWhatItPrinted(t *testing.T) {
	for name, command := range map[string][]string{
		"fails":      {"sh", "-c", "echo geheim; echo geheim >&2; exit 3"},
		"is missing": {"zgoda-no-such-command", "geheim"},
		"is silent":  {"true"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := secretConfig{Command: command}.password(t.Context(), "marta")
			var problem *mail.Problem
			if !errors.As(err, &problem) || problem.NextStep == "" {
				t.Fatalf("got %v, want a problem with a next step", err)
			}
			if strings.Contains(err.Error()+problem.Sentence+problem.NextStep, "geheim") {
				t.Errorf("the error tells the secret: %v", err)
			}
		})
	}
}

func TestS4_PasswordFileOpenToOthersIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(path, []byte("geheim\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := (secretConfig{File: path}).password(t.Context(), "marta"); err == nil {
		t.Fatal("a password file that others can read was used")
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := (secretConfig{File: path}).password(t.Context(), "marta"); err != nil || got != "geheim" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestKeysAreMadeOnceAndDiffer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "zgoda.key")
	first, err := loadKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	second, err := loadKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.suppression, second.suppression) || !bytes.Equal(first.links, second.links) {
		t.Error("the keys changed between two starts: every suppressed address would be forgotten")
	}
	if bytes.Equal(first.suppression, first.links) || len(first.links) < 32 {
		t.Error("the keys are not apart")
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	var problem *mail.Problem
	if _, err := loadKeys(path); !errors.As(err, &problem) {
		t.Errorf("a damaged key file gave %v", err)
	}
}
