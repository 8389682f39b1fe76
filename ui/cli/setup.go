package cli

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/zalando/go-keyring"

	"zgoda/mail"
	"zgoda/mail/dial"
	"zgoda/mail/imap"
	"zgoda/mail/smtp"
)

// setupCommand asks for the account and the company's facts, tests both
// servers, and only then saves.
type setupCommand struct{}

// Run changes no file before both servers let us in.
func (setupCommand) Run(ctx context.Context, a *app) error {
	ask := newAsker(a.Stdio)
	config, err := loadConfig(a.paths.config)
	if err != nil && !errors.Is(err, errNoConfig) {
		return err
	}
	fmt.Fprintln(a.Out, "zgoda setup: one mailbox, its two servers, and who you write for. Enter keeps what stands in brackets.")
	if err := askAccount(ctx, ask, &config); err != nil {
		return err
	}
	password, err := ask.secret(ctx, "Password of the mailbox")
	if err != nil {
		return err
	}
	if err := tryIMAP(ctx, ask, &config.IMAP, password); err != nil {
		return err
	}
	if err := trySMTP(ctx, ask, &config.SMTP, password); err != nil {
		return err
	}
	if err := askCompany(ctx, ask, &config); err != nil {
		return err
	}
	if config.Secret, err = keepPassword(a, config.IMAP.Username, password); err != nil {
		return err
	}
	if err := config.check(); err != nil {
		return err
	}
	if err := config.save(a.paths.config); err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "\nSaved to %s. Start with: zgoda\n", a.paths.config)
	return nil
}

func askAccount(ctx context.Context, ask *asker, config *Config) (err error) {
	if config.Account.Name, err = ask.ask(ctx, "Your name", config.Account.Name, required); err != nil {
		return err
	}
	isAddress := func(answer string) error { _, err := mail.NewAddress("", answer); return err }
	if config.Account.Address, err = ask.ask(ctx, "Your mail address", config.Account.Address, isAddress); err != nil {
		return err
	}
	address, _ := config.address()
	if err := askServer(ctx, ask, "Incoming mail (IMAP)", &config.IMAP, "imap."+address.Domain(), 993, address.Email); err != nil {
		return err
	}
	return askServer(ctx, ask, "Outgoing mail (submission)", &config.SMTP, "smtp."+address.Domain(), 465, config.IMAP.Username)
}

func askServer(ctx context.Context, ask *asker, title string, server *serverConfig, host string, port int, username string) (err error) {
	if server.Host == "" {
		*server = serverConfig{Host: host, Port: port, Security: string(mail.ImplicitTLS), Username: username}
	}
	if server.Host, err = ask.ask(ctx, title+" host", server.Host, required); err != nil {
		return err
	}
	number, err := ask.ask(ctx, title+" port", strconv.Itoa(server.Port), isPort)
	if err != nil {
		return err
	}
	server.Port, _ = strconv.Atoi(number)
	if server.Port == 143 || server.Port == 587 {
		server.Security = string(mail.StartTLS)
	}
	if server.Security, err = ask.ask(ctx, title+" security (tls, starttls)", server.Security, isSecurity); err != nil {
		return err
	}
	if server.Username, err = ask.ask(ctx, title+" user name", server.Username, required); err != nil {
		return err
	}
	server.CAFile, err = ask.ask(ctx, title+" private CA file (empty for none)", server.CAFile, isFile)
	return err
}

func isFile(answer string) error {
	if answer == "" {
		return nil
	}
	if info, err := os.Stat(answer); err != nil || info.IsDir() {
		return errors.New("there is no such file")
	}
	return nil
}

// tryIMAP logs in, offers to pin a certificate that nobody vouches for, and
// says what was found.
func tryIMAP(ctx context.Context, ask *asker, server *serverConfig, password string) error {
	return try(ctx, ask, "incoming mail", server, password, func(host mail.Server) (string, error) {
		facts, err := imap.Check(ctx, host)
		return describeIMAP(facts), err
	})
}

func trySMTP(ctx context.Context, ask *asker, server *serverConfig, password string) error {
	return try(ctx, ask, "outgoing mail", server, password, func(host mail.Server) (string, error) {
		facts, err := smtp.New(host, nil).Check(ctx)
		return describeSMTP(facts), err
	})
}

func try(ctx context.Context, ask *asker, title string, server *serverConfig, password string, check func(mail.Server) (string, error)) error {
	for {
		fmt.Fprintf(ask.out, "Testing %s … ", title)
		host := server.server()
		host.Password = password
		found, err := check(host)
		if err == nil {
			fmt.Fprintf(ask.out, "ok: %s\n", found)
			return nil
		}
		fmt.Fprintln(ask.out, "no.")
		fingerprint, unknown := dial.Shown(err)
		if !unknown || server.Fingerprint != "" {
			return fmt.Errorf("%w: %w", errOffline, err)
		}
		fmt.Fprintf(ask.out, "Nobody known vouches for the server's certificate.\nIts fingerprint (SHA-256) is %s\n", fingerprint)
		pin, err := ask.yes(ctx, "Is that what your administrator told you? Trust this certificate and no other")
		if err != nil {
			return err
		}
		if !pin {
			return &mail.Problem{
				Sentence: "The certificate was not trusted; nothing was saved.",
				NextStep: "Ask your administrator for the CA file or the fingerprint, then run zgoda setup again.",
				Err:      errOffline,
			}
		}
		server.Fingerprint = fingerprint
	}
}

// askCompany asks for what every mail must state; an empty answer is allowed
// and refused later by the gate, with the key that is missing.
func askCompany(ctx context.Context, ask *asker, config *Config) (err error) {
	fmt.Fprintln(ask.out, "\nWho you write for. Every first mail states this; leave nothing untrue.")
	company := &config.Company
	for _, question := range []struct {
		text  string
		value *string
		check func(string) error
	}{
		{"Company, legal name", &company.Name, required},
		{"Company, postal address", &company.Postal, required},
		{"Country of the company (two letters, e.g. PL)", &company.Country, isCountry},
		{"Contact for questions about data (address or DPO)", &company.Contact, required},
		{"Privacy policy (https address)", &company.PolicyURL, isHTTPS},
		{"What you offer, in one phrase", &company.Offer, required},
		{"How long unanswered data is kept (e.g. 6 months)", &company.Retention, required},
	} {
		if *question.value, err = ask.ask(ctx, question.text, *question.value, question.check); err != nil {
			return err
		}
	}
	company.Country = strings.ToUpper(company.Country)
	return nil
}

func isCountry(answer string) error {
	if len(answer) != 2 {
		return errors.New("write the two letters of ISO 3166, such as PL")
	}
	return nil
}

func isHTTPS(answer string) error {
	if u, err := url.Parse(answer); err != nil || u.Scheme != "https" || u.Host == "" {
		return errors.New("write an address that begins with https://")
	}
	return nil
}

// keepPassword puts the password into the desktop's keyring, or where there is
// none into a file of its own that only its owner can read; it says which.
func keepPassword(a *app, username, password string) (secretConfig, error) {
	if err := keyring.Set(keyringService, username, password); err == nil {
		fmt.Fprintln(a.Out, "The password is in the keyring.")
		return secretConfig{Keyring: true}, nil
	}
	path := filepath.Join(a.paths.data, "password")
	if err := a.paths.make(); err != nil {
		return secretConfig{}, err
	}
	if err := writePrivate(path, []byte(password+"\n")); err != nil {
		return secretConfig{}, err
	}
	fmt.Fprintf(a.Out, "There is no keyring here. The password is in %s, readable by you alone;\nset secret.command in config.toml to use a password manager instead.\n", path)
	return secretConfig{File: path}, nil
}
