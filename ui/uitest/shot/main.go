// Command shot runs a program in a real terminal, types keys into it and saves
// the screen as a PNG: for the README, and to look at a screen while building it.
//
//	go run ./ui/uitest/shot -size 120x40 -o inbox.png -keys 'wait:Leads|j|j|enter' -- ./zgoda demo
//
// Keys are separated by "|": a text is typed, "enter", "esc", "tab", "space",
// "up", "down" and "ctrl+x" are keys, "wait:TEXT" waits for a text on the
// screen, "idle:300ms" waits until the screen has been still for that long.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"strings"
	"time"

	"zgoda/ui/uitest/term"
)

func main() {
	size := flag.String("size", "120x40", "columns x rows")
	out := flag.String("o", "shot.png", "where the PNG goes")
	keys := flag.String("keys", "", "what is typed, separated by |")
	font := flag.String("font", "/usr/share/fonts/truetype/dejavu", "directory of the DejaVu fonts")
	text := flag.Bool("text", false, "print the screen as text too")
	limit := flag.Duration("limit", time.Minute, "longest time for all of it")
	flag.Parse()
	if err := shoot(*size, *out, *keys, *font, *text, *limit, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "shot:", err)
		os.Exit(1)
	}
}

func shoot(size, out, keys, font string, text bool, limit time.Duration, args []string) error {
	var w, h int
	if _, err := fmt.Sscanf(size, "%dx%d", &w, &h); err != nil {
		return fmt.Errorf("size %q: %w", size, err)
	}
	if len(args) == 0 {
		return errors.New("no program to run")
	}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor")
	terminal, err := term.Start(ctx, w, h, cmd)
	if err != nil {
		return err
	}
	defer terminal.Close()
	if err := play(ctx, terminal, keys); err != nil {
		return err
	}
	if text {
		fmt.Println(terminal.Screen())
	}
	picture, err := draw(terminal, w, h, font)
	if err != nil {
		return err
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	if err := png.Encode(file, picture); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

var named = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
}

func play(ctx context.Context, terminal *term.Terminal, keys string) error {
	for key := range strings.SplitSeq(keys, "|") {
		if err := press(ctx, terminal, key); err != nil {
			return err
		}
	}
	return idle(ctx, terminal, 400*time.Millisecond)
}

func press(ctx context.Context, terminal *term.Terminal, key string) error {
	if text, ok := strings.CutPrefix(key, "wait:"); ok {
		return terminal.WaitFor(ctx, text)
	}
	if still, ok := strings.CutPrefix(key, "idle:"); ok {
		d, err := time.ParseDuration(still)
		if err != nil {
			return err
		}
		return idle(ctx, terminal, d)
	}
	if bytes, ok := named[key]; ok {
		key = bytes
	} else if letter, ok := strings.CutPrefix(key, "ctrl+"); ok && len(letter) == 1 {
		key = string(letter[0] & 0x1f)
	}
	if err := terminal.Type(key); err != nil {
		return err
	}
	return idle(ctx, terminal, 120*time.Millisecond)
}

// idle waits until the screen has not changed for d.
func idle(ctx context.Context, terminal *term.Terminal, d time.Duration) error {
	for {
		before := terminal.Screen()
		select {
		case <-time.After(d):
		case <-ctx.Done():
			return ctx.Err()
		}
		if terminal.Screen() == before {
			return nil
		}
	}
}
