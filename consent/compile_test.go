package consent

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPermits_MustNotCompile builds one small program for each way to come by a
// permit without the gate. Each must be an error of the compiler, and of the
// kind that is expected; the control, written alike, must compile.
func TestPermits_MustNotCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the compiler several times")
	}
	for _, tc := range []struct{ name, body, want string }{
		{"control", `var p consent.SendPermit; var q consent.TrackPermit; _, _ = p, q; _ = p.Person()`, ""},
		{"control copies a permit", `var p consent.SendPermit; q := p; _ = q`, ""},
		{"build a send permit", `_ = consent.SendPermit{send: struct{}{}}`, "unexported field send"},
		{"build a track permit by position", `_ = consent.TrackPermit{struct{}{}}`, "implicit assignment to unexported field"},
		{"set a field", `var p consent.SendPermit; p.send = p.send`, "p.send undefined"},
		{"read a field", `var p consent.TrackPermit; _ = p.track`, "p.track undefined"},
		{"convert send to track", `var p consent.SendPermit; _ = consent.TrackPermit(p)`, "cannot convert"},
		{"convert track to send", `var p consent.TrackPermit; _ = consent.SendPermit(p)`, "cannot convert"},
		{"convert from a struct of ours", `_ = consent.SendPermit(struct{ send int }{1})`, "cannot convert"},
		{"name the grant", `var _ consent.grant`, "not exported"},
		{"reach into the gate", `var g consent.Gate; _ = g.ledger`, "g.ledger undefined"},
	} {
		out := build(t, "package main\n\nimport \"zgoda/consent\"\n\nfunc main() {\n\t"+tc.body+"\n}\n")
		switch {
		case tc.want == "" && out != "":
			t.Errorf("%s does not compile:\n%s", tc.name, out)
		case tc.want != "" && !strings.Contains(out, tc.want):
			t.Errorf("%s: want %q, the compiler says:\n%s", tc.name, tc.want, out)
		}
	}
}

// build vets nothing and runs nothing: it compiles one file as a package of this
// module, laid over the disk, so that nothing is written into the source tree.
func build(t *testing.T, source string) string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file, overlay := filepath.Join(dir, "main.go"), filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	place := filepath.Join(root, "mustnotcompile", "main.go")
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{place: file}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(overlay, replace, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "build", "-overlay", overlay, "-o", os.DevNull, "./mustnotcompile")
	cmd.Dir = root
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err == nil {
		return ""
	}
	return out.String()
}
