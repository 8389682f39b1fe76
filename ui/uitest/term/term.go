// Package term runs a built program in a real pseudo-terminal and keeps the
// cells of its screen, so that a test or a screenshot sees what a rep sees.
//
//  1. Start opens the terminal and starts the program in it.
//  2. Type sends keys as bytes, as a keyboard would.
//  3. WaitFor waits until the screen holds a text; nothing here sleeps.
//  4. Cells and Screen read the screen, Close ends the program and waits for it.
package term

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/charmbracelet/x/xpty"
)

// Terminal is a program in a pseudo-terminal.
type Terminal struct {
	cmd    *exec.Cmd
	pty    xpty.Pty
	cancel context.CancelFunc
	work   sync.WaitGroup
	exited chan struct{}
	err    error // of the program; valid once exited is closed

	mu      sync.Mutex // guards screen and changed: vt's own locks do not cover String
	screen  *vt.Emulator
	changed chan struct{} // closed and replaced at each write
}

// Start runs cmd in a terminal of w by h cells. cmd.Env should name TERM.
func Start(ctx context.Context, w, h int, cmd *exec.Cmd) (*Terminal, error) {
	pty, err := xpty.NewPty(w, h)
	if err != nil {
		return nil, fmt.Errorf("open a pseudo-terminal: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	t := &Terminal{cmd: cmd, pty: pty, cancel: cancel, exited: make(chan struct{}), screen: vt.NewEmulator(w, h), changed: make(chan struct{})}
	cmd.SysProcAttr = ownSession()
	if err := pty.Start(cmd); err != nil {
		cancel()
		_ = pty.Close()
		return nil, fmt.Errorf("start the program: %w", err)
	}
	t.work.Go(t.readOutput)
	t.work.Go(t.answerQueries)
	go func() {
		t.err = xpty.WaitProcess(ctx, cmd)
		close(t.exited)
	}()
	return t, nil
}

func (t *Terminal) readOutput() {
	buf := make([]byte, 32<<10)
	for {
		n, err := t.pty.Read(buf)
		if n > 0 {
			t.mu.Lock()
			_, _ = t.screen.Write(buf[:n])
			close(t.changed)
			t.changed = make(chan struct{})
			t.mu.Unlock()
		}
		if err != nil {
			return
		}
	}
}

// answerQueries carries the emulator's answers (cursor, colours) to the program.
func (t *Terminal) answerQueries() { _, _ = io.Copy(t.pty, t.screen) }

// Type sends text as keys. Control keys are their bytes: "\r" is Enter, "\x1b" Esc.
func (t *Terminal) Type(keys string) error {
	_, err := io.WriteString(t.pty, keys)
	return err
}

// Resize changes the terminal's size, as a person dragging its corner does.
func (t *Terminal) Resize(w, h int) error {
	t.mu.Lock()
	t.screen.Resize(w, h)
	t.mu.Unlock()
	return t.pty.Resize(w, h)
}

// Screen is the text on the screen, a line each, without trailing blanks.
func (t *Terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(t.screen.String(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// Until waits until ok says yes to the screen, the program ends, or ctx does.
func (t *Terminal) Until(ctx context.Context, ok func(screen string) bool) error {
	for {
		t.mu.Lock()
		changed := t.changed
		t.mu.Unlock()
		screen := t.Screen()
		if ok(screen) {
			return nil
		}
		select {
		case <-changed:
		case <-t.exited:
			if screen = t.Screen(); ok(screen) {
				return nil
			}
			return fmt.Errorf("the program ended; the screen was:\n%s", screen)
		case <-ctx.Done():
			return fmt.Errorf("%w; the screen was:\n%s", ctx.Err(), screen)
		}
	}
}

// WaitFor waits until the screen holds every one of texts.
func (t *Terminal) WaitFor(ctx context.Context, texts ...string) error {
	err := t.Until(ctx, func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
	if err != nil {
		return fmt.Errorf("wait for %q: %w", texts, err)
	}
	return nil
}

// Exited waits for the program to end by itself and gives its error.
func (t *Terminal) Exited(ctx context.Context) error {
	select {
	case <-t.exited:
		return t.err
	case <-ctx.Done():
		return fmt.Errorf("%w; the screen was:\n%s", ctx.Err(), t.Screen())
	}
}

// Draw calls draw for each cell, row by row, with the screen held still.
func (t *Terminal) Draw(draw func(x, y int, cell *uv.Cell)) (cursorX, cursorY int, cursorShown bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for y := range t.screen.Height() {
		for x := range t.screen.Width() {
			draw(x, y, t.screen.CellAt(x, y))
		}
	}
	at := t.screen.CursorPosition()
	return at.X, at.Y, !t.screen.CursorHidden()
}

// closeWait is how long a program may take to end after its terminal went away.
const closeWait = 5 * time.Second

// Close hangs up, ends the program, and waits for everything that Start began.
func (t *Terminal) Close() error {
	select {
	case <-t.exited:
	default:
		_ = t.cmd.Process.Signal(terminate)
		select {
		case <-t.exited:
		case <-time.After(closeWait):
			_ = t.cmd.Process.Kill()
			<-t.exited
		}
	}
	t.cancel()
	err := t.pty.Close()
	_ = t.screen.Close()
	t.work.Wait()
	return err
}
