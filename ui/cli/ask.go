package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"
)

// asker asks a person questions, a line each. It works over a terminal and
// over a pipe alike, so that a script can answer too.
type asker struct {
	in   *bufio.Reader
	file *os.File // the terminal, for a password that is not shown; nil for a pipe
	out  io.Writer
}

func newAsker(stdio Stdio) *asker {
	a := &asker{in: bufio.NewReader(stdio.In), out: stdio.Out}
	if file, ok := stdio.In.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		a.file = file
	}
	return a
}

// errNoAnswer says that the input ended before the questions did.
var errNoAnswer = errors.New("the input ended before all was answered")

// ask asks until check takes the answer; an empty one is the fallback.
func (a *asker) ask(ctx context.Context, question, fallback string, check func(string) error) (string, error) {
	for {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		if fallback != "" {
			fmt.Fprintf(a.out, "%s [%s]: ", question, fallback)
		} else {
			fmt.Fprintf(a.out, "%s: ", question)
		}
		line, err := a.in.ReadString('\n')
		answer := strings.TrimSpace(line)
		if err != nil && answer == "" {
			fmt.Fprintln(a.out)
			return "", errNoAnswer
		}
		if answer == "" {
			answer = fallback
		}
		if check == nil {
			return answer, nil
		}
		if wrong := check(answer); wrong != nil {
			fmt.Fprintf(a.out, "  %v\n", wrong)
			continue
		}
		return answer, nil
	}
}

// secret asks without showing what is typed.
func (a *asker) secret(ctx context.Context, question string) (string, error) {
	if a.file == nil {
		return a.ask(ctx, question, "", required)
	}
	fmt.Fprintf(a.out, "%s (not shown): ", question)
	raw, err := term.ReadPassword(int(a.file.Fd()))
	fmt.Fprintln(a.out)
	if err != nil {
		return "", fmt.Errorf("read the password: %w", err)
	}
	return string(raw), required(string(raw))
}

// yes asks a question whose default is no.
func (a *asker) yes(ctx context.Context, question string) (bool, error) {
	answer, err := a.ask(ctx, question+" (y/N)", "", nil)
	return strings.HasPrefix(strings.ToLower(answer), "y"), err
}

func required(answer string) error {
	if answer == "" {
		return errors.New("this is needed")
	}
	return nil
}

func isPort(answer string) error {
	if n, err := strconv.Atoi(answer); err != nil || n < 1 || n > 65535 {
		return errors.New("a port is a number from 1 to 65535")
	}
	return nil
}

func isSecurity(answer string) error {
	if answer != "tls" && answer != "starttls" && answer != "plain" {
		return errors.New("write tls or starttls (plain only for this machine itself)")
	}
	return nil
}
