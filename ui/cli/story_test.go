//go:build unix

package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"

	"zgoda/consent"
	"zgoda/ui/uitest/term"
)

// storyLimit is for the whole morning: 10 s of the undo hold and 6 s until the
// answer are in it, the rest is room for a slow machine.
const storyLimit = 90 * time.Second

// Keys as a keyboard sends them.
const (
	enter = "\r"
	esc   = "\x1b"
	tab   = "\t"
	right = "\x1b[C"
	ctrlS = "\x13"
	ctrlT = "\x14"
)

// rep is somebody at the keyboard: types, and looks until the screen answers.
type rep struct {
	t        *testing.T
	ctx      context.Context
	terminal *term.Terminal
	places   []string // where the program might leave files
}

// sits starts zgoda demo in a real terminal.
func sits(t *testing.T) *rep {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), storyLimit)
	t.Cleanup(cancel)
	program := filepath.Join(t.TempDir(), "zgoda")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", program, "zgoda").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	home, temp := t.TempDir(), t.TempDir()
	cmd := exec.Command(program, "demo")
	cmd.Env = []string{"TERM=xterm-256color", "HOME=" + home, "TMPDIR=" + temp, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	terminal, err := term.Start(ctx, 120, 40, cmd)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = terminal.Close() })
	return &rep{t, ctx, terminal, []string{home, temp}}
}

// sees waits until the screen holds every text.
func (r *rep) sees(texts ...string) {
	r.t.Helper()
	if err := r.terminal.WaitFor(r.ctx, texts...); err != nil {
		r.t.Fatal(err)
	}
}

// types presses keys.
func (r *rep) types(keys ...string) {
	r.t.Helper()
	for _, key := range keys {
		if err := r.terminal.Type(key); err != nil {
			r.t.Fatal(err)
		}
	}
}

// noLonger waits until text is gone from the screen.
func (r *rep) noLonger(text string) {
	r.t.Helper()
	if err := r.terminal.Until(r.ctx, func(screen string) bool { return !strings.Contains(screen, text) }); err != nil {
		r.t.Fatalf("wait until %q is gone: %v", text, err)
	}
}

// finds narrows the list to one person.
func (r *rep) finds(word, address string) {
	r.t.Helper()
	r.types("/")
	r.types(word)
	r.sees("1 found", address)
	r.types(enter)
	r.sees("⏎ open   c write") // the search is done, keys are commands again
}

// records writes down what a person agreed to on the phone.
func (r *rep) records(purpose string, choose ...string) {
	r.t.Helper()
	r.types("y")
	r.sees("Record what Aoife Byrne said")
	r.types(enter) // agreed
	r.types(choose...)
	r.sees("(•) " + purpose)
	r.types(enter, right, enter) // by phone
	r.types("Yes, that is fine by me.", enter, "Phone call of this morning, note in the diary")
	r.sees("(•) phone", "Yes, that is fine by me.", "note in the diary")
	r.types(ctrlS)
	r.sees("Recorded in the ledger.")
}

func TestStoryDemoMorning(t *testing.T) {
	if testing.Short() {
		t.Skip("the story of a morning waits out a real undo hold: left out with -short")
	}
	r := sits(t)
	r.sees("up to date", "Leads 20", "New people 8")
	r.makesALead()
	r.isRefusedTracking()
	r.recordsAndTracks()
	r.sendsAndTakesBack()
	r.writesAndIsAnswered()
	r.leaves()
}

// makesALead turns somebody who wrote in into a lead with one key.
func (r *rep) makesALead() {
	r.t.Helper()
	r.types(tab)
	r.sees("Not a lead.", "l make lead")
	r.types("l")
	r.sees("is a lead now", "Leads 21", "New people 7")
	r.types(tab, tab) // by way of everybody back to the leads
	r.sees("Oliver Bennett")
}

// isRefusedTracking: the toggle stays off and says why (law.md T4).
func (r *rep) isRefusedTracking() {
	r.t.Helper()
	r.finds("aoife", "aoife.byrne@liffeystudios.e")
	r.types("c")
	r.sees("Templates in English", "First contact")
	r.types(enter)
	r.sees("Before it leaves", "✗ Basis of contact", "This message contains no tracking.")
	r.types(ctrlT)
	r.sees("Tracking of opens stays off.", "have not said yes", "[–] opens  ^t no consent")
	r.types(esc)
	r.noLonger("Before it leaves")
}

// recordsAndTracks: two recorded consents open the gate and the toggle.
func (r *rep) recordsAndTracks() {
	r.t.Helper()
	r.records("O open tracking", right)
	r.sees("O✓ open tracking", "M· marketing e-mail")
	r.noLonger("Recorded in the ledger.")
	r.records("M marketing e-mail")
	r.sees("M✓ marketing e-mail", "M✓ O✓ C· D·")
	r.types("c")
	r.sees("Before it leaves")
	r.types(ctrlT)
	r.sees("[x] opens  ^t on · agreed", "As you agreed, we record when")
}

// sendsAndTakesBack: within the hold nothing has left, and the draft comes back.
func (r *rep) sendsAndTakesBack() {
	r.t.Helper()
	r.types(ctrlS)
	r.sees("Sending to Aoife Byrne in", "u takes it back", "queued")
	r.types("u")
	r.sees("Taken back. Nothing was sent.", "Before it leaves", "[x] opens")
	r.types(esc)
	r.noLonger("Before it leaves")
	r.types(esc)
	r.noLonger("1 found") // everybody is listed again
}

// writesAndIsAnswered: the mail leaves after the hold, is delivered over SMTP,
// and the answer comes by itself over IMAP.
func (r *rep) writesAndIsAnswered() {
	r.t.Helper()
	r.finds("priya", "priya.raman@tidewater-")
	r.types("c")
	r.sees("Write to Priya Raman", "First contact")
	r.types(enter)
	checks := len(consent.DecideSend(consent.History{}, consent.Letter{}, consent.Controller{}, time.Time{}).Checks)
	r.sees("Before it leaves", fmt.Sprintf("%d of %d", checks, checks))
	r.types(ctrlS)
	r.sees("Sending to Priya Raman in")
	r.sees("Sent to Priya Raman")
	r.sees("waits now")
	r.sees("thanks for writing. Yes, do send it over")
}

// leaves: q ends it with code 0, gives the terminal back, and keeps nothing.
func (r *rep) leaves() {
	r.t.Helper()
	r.types("q")
	if err := r.terminal.Exited(r.ctx); err != nil {
		r.t.Fatalf("zgoda demo ended with %v", err)
	}
	if screen := r.terminal.Screen(); strings.Contains(screen, "New people") {
		r.t.Errorf("the screen is not given back:\n%s", screen)
	}
	if _, _, shown := r.terminal.Draw(func(int, int, *uv.Cell) {}); !shown {
		r.t.Error("the cursor is not given back")
	}
	for _, place := range r.places {
		left, err := os.ReadDir(place)
		if err != nil || len(left) > 0 {
			r.t.Errorf("the demo left %v behind (%v)", left, err)
		}
	}
}
