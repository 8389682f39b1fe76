package imap

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/emersion/go-imap/v2"

	"zgoda/mail"
	"zgoda/mail/dial"
)

var (
	// ErrStopped says that the rep stopped the first sync. What was stored
	// stays; the next SyncNow goes on from there.
	ErrStopped = errors.New("first sync stopped")

	errUnreadable = errors.New("answer that this client cannot read")
	errPreauth    = errors.New("server claims that we are logged in already")
	errNoStartTLS = errors.New("server does not offer STARTTLS")
	errNoLogin    = errors.New("server offers no way to log in")
	errPassword   = errors.New("login refused")
)

// refused is a NO, BAD or BYE without the server's text, which may hold an
// address or a part of the command. The code says enough (RFC 9051 section 7.1).
type refused struct {
	kind imap.StatusResponseType
	code imap.ResponseCode
}

func (e *refused) Error() string {
	if e.code == "" {
		return "server answered " + string(e.kind)
	}
	return fmt.Sprintf("server answered %s [%s]", e.kind, e.code)
}

// quotedText is where the library repeats what the server said.
var quotedText = regexp.MustCompile(`"[^"]*"?|'[^']*'?`)

// problem turns the end of a command into an error with a class: a context's
// own error, a *mail.Problem, or nil. cause is what the wire knows.
func problem(server mail.Server, cause, err error) error {
	var said *imap.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &said):
		return explainRefusal(&refused{said.Type, said.Code})
	case errors.Is(cause, context.Canceled), errors.Is(cause, context.DeadlineExceeded), errors.Is(cause, ErrStopped):
		return cause
	case errors.Is(cause, errFlood), errors.Is(cause, errTrap):
		return unreadable(cause)
	case cause == nil:
		return unreadable(errors.New(quotedText.ReplaceAllString(err.Error(), "…")))
	}
	return dial.Explain(server, cause)
}

func unreadable(err error) *mail.Problem {
	return &mail.Problem{
		Sentence: "The server answered with something this client cannot read.",
		NextStep: "Try again; if it stays so, run zgoda doctor and report what it says.",
		Err:      fmt.Errorf("%w: %w", errUnreadable, err),
	}
}

// preauth refuses a server that says that somebody is logged in already. It is
// not by our word, and over STARTTLS it would skip the encryption.
func preauth() *mail.Problem {
	return fatal("The server says that somebody is logged in already.", "Check the host and port; ask the server's administrator.", errPreauth)
}

func explainRefusal(err *refused) *mail.Problem {
	p := &mail.Problem{
		Sentence: "The server refused a command.",
		NextStep: "Try again; if it stays so, run zgoda doctor.",
		Err:      err,
	}
	switch err.code {
	case imap.ResponseCodeOverQuota:
		p.Sentence, p.NextStep = "The mailbox on the server is full.", "Delete old mail on the server, or ask for more room."
	case imap.ResponseCodeUnavailable, imap.ResponseCodeServerBug, imap.ResponseCodeInUse, imap.ResponseCodeLimit:
		p.Sentence, p.NextStep = "The server is busy or has a fault at the moment.", "Nothing to do: zgoda tries again."
	case imap.ResponseCodeNonExistent, imap.ResponseCodeTryCreate:
		p.Sentence, p.NextStep = "A folder is no longer on the server.", "Sync again: zgoda looks for it anew."
	}
	if err.kind == imap.StatusResponseTypeBye {
		p.Sentence, p.NextStep = "The server takes no connections at the moment.", "Nothing to do: zgoda tries again."
	}
	return p
}

// explainLogin tells a wrong password, which must not be tried again (servers
// lock accounts), from a server that only has a bad moment.
func explainLogin(err error) error {
	var said *refused
	if !errors.As(err, &said) || said.kind == imap.StatusResponseTypeBye {
		return err
	}
	switch said.code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeServerBug, imap.ResponseCodeInUse, imap.ResponseCodeLimit:
		return err
	case imap.ResponseCodeExpired:
		return fatal("The password has expired.", "Set a new one with your provider, then run zgoda setup.", fmt.Errorf("%w: %w", errPassword, said))
	case imap.ResponseCodeContactAdmin, imap.ResponseCodePrivacyRequired, imap.ResponseCodeAuthorizationFailed:
		return fatal("The server does not let this user in.", "Ask the server's administrator.", fmt.Errorf("%w: %w", errPassword, said))
	}
	return fatal("The server refused the user name or the password.",
		"Run zgoda setup and enter them again; some providers want an app password.", fmt.Errorf("%w: %w", errPassword, said))
}

func fatal(sentence, next string, err error) *mail.Problem {
	return &mail.Problem{Sentence: sentence, NextStep: next, Fatal: true, Err: err}
}
