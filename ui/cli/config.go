package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"

	"zgoda/consent"
	"zgoda/mail"
)

// Config is config.toml: one account, its two servers, where the password is,
// and the facts of the company that every mail must state truly. It holds no
// secret.
type Config struct {
	Account accountConfig `toml:"account"`
	IMAP    serverConfig  `toml:"imap"`
	SMTP    serverConfig  `toml:"smtp"`
	Secret  secretConfig  `toml:"secret"`
	Company companyConfig `toml:"company"`
	// Moved is an [assessment] of an older zgoda. It is read, so that the file can
	// still be used, and nothing rests on it: assessments are in the database.
	Moved     map[string]any  `toml:"assessment,omitempty"`
	Portal    portalConfig    `toml:"portal,omitempty"`
	Mail      mailConfig      `toml:"mail,omitempty"`
	Retention retentionConfig `toml:"retention,omitempty"`
}

type accountConfig struct {
	Name      string `toml:"name"`
	Address   string `toml:"address"`
	Signature string `toml:"signature,omitempty"`
	// DPO says that this is the data-protection officer, who may override a
	// doubtful country rule (law.md C2).
	DPO bool `toml:"dpo,omitempty"`
}

type serverConfig struct {
	Host        string `toml:"host"`
	Port        int    `toml:"port"`
	Security    string `toml:"security"`
	Username    string `toml:"username"`
	CAFile      string `toml:"ca_file,omitempty"`
	Fingerprint string `toml:"fingerprint,omitempty"`
}

type companyConfig struct {
	Name      string `toml:"name"`
	Postal    string `toml:"postal"`
	Country   string `toml:"country"`
	Contact   string `toml:"contact"`
	PolicyURL string `toml:"policy_url"`
	Offer     string `toml:"offer"`
	// Offers is the offer by language ("pl", "en", "de"), where it differs.
	Offers    map[string]string `toml:"offers,omitempty"`
	Retention string            `toml:"retention"`
}

type portalConfig struct {
	URL string `toml:"url"`
}

// errNoConfig says that zgoda was never set up here, errBadConfig that what
// was set up cannot be used.
var (
	errNoConfig  = errors.New("no configuration")
	errBadConfig = errors.New("bad configuration")
)

// loadConfig reads and checks the file. A key that it does not know is an
// error that names it, for a mistyped rule must not be silently no rule.
func loadConfig(path string) (Config, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Config{}, &mail.Problem{
			Sentence: "zgoda is not set up yet.",
			NextStep: "Run zgoda setup, or zgoda demo to try it with sample leads.",
			Fatal:    true,
			Err:      fmt.Errorf("%w: %s", errNoConfig, path),
		}
	}
	if err != nil {
		return Config{}, configProblem("The configuration cannot be read.", err)
	}
	if err := checkPrivate(path); err != nil {
		return Config{}, err
	}
	return parseConfig(raw)
}

func parseConfig(raw []byte) (Config, error) {
	var config Config
	meta, err := toml.Decode(string(raw), &config)
	if err != nil {
		var parse toml.ParseError
		if errors.As(err, &parse) {
			return Config{}, configProblem(fmt.Sprintf("The configuration is not valid at line %d: %s.", parse.Position.Line, parse.Message), err)
		}
		return Config{}, configProblem("The configuration is not valid TOML: "+err.Error()+".", err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return Config{}, configProblem(fmt.Sprintf("The configuration has a key that zgoda does not know: %s.", unknown[0]), errors.New("undecoded key"))
	}
	return config, config.check()
}

func configProblem(sentence string, err error) error {
	return &mail.Problem{Sentence: sentence, NextStep: "Mend config.toml, or run zgoda setup again.", Fatal: true, Err: fmt.Errorf("%w: %w", errBadConfig, err)}
}

// check finds what would keep zgoda from starting. What only keeps a mail from
// leaving is the gate's to say.
func (c Config) check() error {
	if _, err := c.address(); err != nil {
		return configProblem("account.address is not a mail address.", err)
	}
	if err := c.Retention.check(); err != nil {
		return err
	}
	for name, server := range map[string]serverConfig{"imap": c.IMAP, "smtp": c.SMTP} {
		if err := server.check(name); err != nil {
			return err
		}
	}
	return nil
}

func (s serverConfig) check(name string) error {
	server := s.server()
	switch {
	case s.Host == "" || strings.ContainsAny(s.Host, " /@"):
		return configProblem(name+".host is not a host name.", errors.New("bad host"))
	case s.Port < 1 || s.Port > 65535:
		return configProblem(name+".port is not between 1 and 65535.", errors.New("bad port"))
	case server.Security != mail.ImplicitTLS && server.Security != mail.StartTLS && server.Security != mail.Plain:
		return configProblem(name+`.security must be "tls" or "starttls".`, errors.New("bad security"))
	case server.Security == mail.Plain && !server.Loopback():
		return configProblem(name+`.security = "plain" is allowed for this machine only: mail and password would travel unprotected.`, errors.New("plain text to a remote host"))
	}
	return nil
}

func (s serverConfig) server() mail.Server {
	return mail.Server{
		Host: s.Host, Port: s.Port, Security: mail.Security(s.Security), Username: s.Username,
		CAFile: s.CAFile, Fingerprint: s.Fingerprint,
	}
}

func (c Config) address() (mail.Address, error) {
	return mail.NewAddress(c.Account.Name, c.Account.Address)
}

// controller is the company as the gate sees it; empty facts stay empty and
// are refused there, each with the key that is missing.
func (c Config) controller() consent.Controller {
	return consent.Controller{
		Name: c.Company.Name, Postal: c.Company.Postal, Country: strings.ToUpper(c.Company.Country),
		Contact: c.Company.Contact, PolicyURL: c.Company.PolicyURL, Offer: c.Company.Offer, Offers: c.Company.Offers, Retention: c.Company.Retention,
	}
}

// offer is what is introduced, in a language when it was written down in it.
func (c companyConfig) offer(language string) string {
	if offer := c.Offers[language]; offer != "" {
		return offer
	}
	return c.Offer
}

// portalReady reports whether a portal is configured, without which there is
// nowhere for a pixel to be served from.
func (c Config) portalReady() bool {
	u, err := url.Parse(c.Portal.URL)
	return err == nil && u.Host != ""
}

// save writes the file whole or not at all, readable by its owner only.
func (c Config) save(path string) error {
	var buf bytes.Buffer
	c.Moved = nil
	buf.WriteString("# zgoda: one account, its servers, and the company's facts.\n# Passwords are never in this file: see [secret].\n\n")
	if err := toml.NewEncoder(&buf).Encode(c); err != nil {
		return fmt.Errorf("encode the configuration: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return configProblem("The configuration directory cannot be made.", err)
	}
	return writePrivate(path, buf.Bytes())
}

// writePrivate replaces a file by way of a temporary one beside it, 0600.
func writePrivate(path string, data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".zgoda-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	defer os.Remove(temp.Name())
	if _, err := temp.Write(data); err != nil {
		temp.Close()
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	if err := temp.Sync(); err != nil {
		temp.Close()
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	if err := temp.Close(); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return os.Rename(temp.Name(), path)
}
