package cli

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayReach is the import table of the house: which of our packages each one
// may reach, even through others. A room that is not named here is an error,
// so that nobody can move in unseen.
var mayReach = map[string][]string{
	"zgoda":                {"*"},
	"zgoda/mail":           {},
	"zgoda/mail/dial":      {"zgoda/mail"},
	"zgoda/mail/mime":      {"zgoda/mail"},
	"zgoda/mail/template":  {"zgoda/mail"},
	"zgoda/mail/demo":      {"zgoda/mail"},
	"zgoda/mail/imap":      {"zgoda/mail", "zgoda/mail/mime", "zgoda/mail/dial"},
	"zgoda/mail/compose":   {"zgoda/mail", "zgoda/mail/mime", "zgoda/consent", "zgoda/consent/link"},
	"zgoda/mail/smtp":      {"zgoda/mail", "zgoda/mail/dial", "zgoda/mail/compose", "zgoda/mail/mime", "zgoda/consent", "zgoda/consent/link"},
	"zgoda/mail/outbox":    {"zgoda/mail", "zgoda/mail/compose", "zgoda/mail/mime", "zgoda/consent", "zgoda/consent/link"},
	"zgoda/consent":        {"zgoda/mail"},
	"zgoda/consent/link":   {"zgoda/mail", "zgoda/consent"},
	"zgoda/consent/intake": {"zgoda/mail", "zgoda/consent"},
	"zgoda/consent/intent": {"zgoda/mail", "zgoda/consent"},
	"zgoda/mail/auth":      {"zgoda/mail"},
	"zgoda/consent/chain":  {"zgoda/mail", "zgoda/consent"},
	"zgoda/consent/proof":  {"zgoda/mail", "zgoda/consent", "zgoda/consent/chain"},
	"zgoda/store":          {"zgoda/mail", "zgoda/consent", "zgoda/consent/chain", "zgoda/consent/intent"},
	"zgoda/ui":             {"zgoda/ui/*", "zgoda/mail", "zgoda/consent"},
	"zgoda/ui/cli":         {"*"},
}

// leaves are the parts of the screen that components may import; a component
// never imports the root or another component.
var leaves = []string{"zgoda/ui/event", "zgoda/ui/keys", "zgoda/ui/theme", "zgoda/ui/layout", "zgoda/ui/form"}

// never is what a room must not reach outside our own packages, and why.
var never = map[string]map[string]string{
	"zgoda/mail":    {"net": "words do no I/O", "os/exec": "words do no I/O", "database/sql": "words do no I/O"},
	"zgoda/consent": {"net": "decisions do no I/O", "os/exec": "decisions do no I/O", "database/sql": "decisions do no I/O", "log": "decisions log nothing"},
	"zgoda/ui":      {"net": "reading mail loads nothing", "net/http": "reading mail loads nothing", "database/sql": "all SQL stays in store"},
	"zgoda/store":   {"net/http": "the store speaks to a file only"},
	"*":             {"net/smtp": "mail/smtp is the only door out"},
}

// direct is which packages alone may import a library.
var direct = map[string][]string{
	"github.com/emersion/go-smtp":    {"zgoda/mail/smtp", "zgoda/mail/demo"},
	"github.com/emersion/go-imap/v2": {"zgoda/mail/imap", "zgoda/mail/demo"},
	"unsafe":                         {},
}

type listed struct {
	path          string
	imports, deps []string
}

func listPackages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}|{{join .Imports " "}}|{{join .Deps " "}}`, "zgoda/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	for line := range strings.Lines(string(out)) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		packages = append(packages, listed{parts[0], strings.Fields(parts[1]), strings.Fields(parts[2])})
	}
	if len(packages) < 10 {
		t.Fatalf("only %d packages listed", len(packages))
	}
	return packages
}

// testHelper reports whether a package exists for tests only.
func testHelper(path string) bool {
	for _, suffix := range []string{"/uitest", "test", "/shot"} {
		if strings.HasSuffix(path, suffix) {
			return true
		}
	}
	return false
}

func TestDesign2_WhoMayImportWhom(t *testing.T) {
	for _, p := range listPackages(t) {
		if testHelper(p.path) {
			continue
		}
		allowed, known := mayReach[p.path]
		component := !known && strings.HasPrefix(p.path, "zgoda/ui/")
		if component {
			allowed = append([]string{"zgoda/mail", "zgoda/consent"}, leaves...)
		} else if !known {
			t.Errorf("%s is not in the import table", p.path)
			continue
		}
		for _, dep := range p.deps {
			if strings.HasPrefix(dep, "zgoda/") && !matches(allowed, dep) {
				t.Errorf("%s must not reach %s", p.path, dep)
			}
		}
		if p.path == "zgoda/ui" && slices.Contains(p.deps, "zgoda/ui/cli") {
			t.Error("zgoda/ui must not reach zgoda/ui/cli: main only may import it")
		}
	}
}

func TestDesign2_WhatMustNeverBeReached(t *testing.T) {
	for _, p := range listPackages(t) {
		if testHelper(p.path) {
			continue
		}
		for room, banned := range never {
			inRoom := room == "*" || p.path == room || room == "zgoda/ui" && strings.HasPrefix(p.path, "zgoda/ui/") && p.path != "zgoda/ui/cli"
			if !inRoom {
				continue
			}
			for library, why := range banned {
				if slices.Contains(p.deps, library) && p.path != "zgoda" {
					t.Errorf("%s reaches %s, but %s", p.path, library, why)
				}
			}
		}
		for library, allowed := range direct {
			for _, imported := range p.imports {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.Contains(allowed, p.path) {
					t.Errorf("%s imports %s; only %v may", p.path, imported, allowed)
				}
			}
		}
	}
}

func matches(allowed []string, dep string) bool {
	for _, pattern := range allowed {
		prefix, wild := strings.CutSuffix(pattern, "*")
		if pattern == dep || wild && strings.HasPrefix(dep, prefix) {
			return true
		}
	}
	return false
}
