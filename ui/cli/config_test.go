package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zgoda/mail"
)

func goodConfig() Config {
	return Config{
		Account: accountConfig{Name: "Marta Wiśniewska", Address: "marta@firma.example"},
		IMAP:    serverConfig{Host: "imap.firma.example", Port: 993, Security: "tls", Username: "marta"},
		SMTP:    serverConfig{Host: "smtp.firma.example", Port: 587, Security: "starttls", Username: "marta"},
		Secret:  secretConfig{Command: []string{"pass", "show", "mail"}},
		Company: companyConfig{
			Name: "Jasny Kąt sp. z o.o.", Postal: "ul. Prosta 1, 00-001 Warszawa", Country: "pl", Contact: "iod@firma.example",
			PolicyURL: "https://firma.example/privacy", Offer: "office lighting", Retention: "6 months",
		},
	}
}

func TestConfigSavedIsConfigLoaded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "zgoda", "config.toml")
	want := goodConfig()
	if err := want.save(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != 0o600 {
		t.Errorf("the file's mode is %o, want 600", got)
	}
	got, err := loadConfig(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if controller := got.controller(); controller.Country != "PL" {
		t.Errorf("the controller is %+v", controller)
	}
}

func TestS4_ConfigOpenToOthersIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := goodConfig().save(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := loadConfig(path)
	var problem *mail.Problem
	if !errors.As(err, &problem) || !strings.Contains(problem.NextStep, "chmod 600") {
		t.Errorf("loading a file that others can read gave %v", err)
	}
}

func TestConfigFaultsAreNamed(t *testing.T) {
	for name, test := range map[string]struct {
		spoil func(*Config)
		want  string
	}{
		"address":      {func(c *Config) { c.Account.Address = "marta" }, "account.address"},
		"host":         {func(c *Config) { c.IMAP.Host = "" }, "imap.host"},
		"port":         {func(c *Config) { c.SMTP.Port = 99999 }, "smtp.port"},
		"security":     {func(c *Config) { c.IMAP.Security = "ssl" }, "imap.security"},
		"plain remote": {func(c *Config) { c.SMTP.Security = "plain" }, "this machine only"},
	} {
		t.Run(name, func(t *testing.T) {
			config := goodConfig()
			test.spoil(&config)
			var problem *mail.Problem
			if err := config.check(); !errors.As(err, &problem) || !strings.Contains(problem.Sentence, test.want) || problem.NextStep == "" {
				t.Errorf("got %v, want a problem that names %q", err, test.want)
			}
		})
	}
	t.Run("plain to this machine", func(t *testing.T) {
		config := goodConfig()
		config.SMTP.Security, config.SMTP.Host = "plain", "127.0.0.1"
		if err := config.check(); err != nil {
			t.Error(err)
		}
	})
}

func TestConfigWithUnknownKeyOrBrokenSyntaxIsRefused(t *testing.T) {
	for source, want := range map[string]string{
		"[account]\naddres = \"x@y\"\n": "account.addres",
		"account = \n":                  "line 1",
		"[imap]\nport = \"993\"\n":      "port",
	} {
		var problem *mail.Problem
		if _, err := parseConfig([]byte(source)); !errors.As(err, &problem) || !strings.Contains(problem.Sentence, want) {
			t.Errorf("%q gave %v, want a problem that names %q", source, err, want)
		}
	}
}

// TestS27_AnOldAssessmentIsReadAndForgotten: the file can be used, nothing rests on
// what stands there, and the next save leaves it out.
func TestS27_AnOldAssessmentIsReadAndForgotten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := goodConfig().save(path); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(raw, "\n[assessment]\nid = \"lia-1\"\ndate = \"2026-11-01\"\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	old, err := loadConfig(path)
	if err != nil || len(old.Moved) != 2 {
		t.Fatalf("loaded with %d facts of it: %v", len(old.Moved), err)
	}
	if err := old.save(path); err != nil {
		t.Fatal(err)
	}
	if saved, err := loadConfig(path); err != nil || saved.Moved != nil {
		t.Errorf("it is saved again: %v, %v", saved.Moved, err)
	}
}

func FuzzParseConfig(f *testing.F) {
	f.Add([]byte("[account]\naddress = \"a@b\"\n"))
	f.Add([]byte("[imap]\nhost = \"h\"\nport = 1\nsecurity = \"plain\"\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		config, err := parseConfig(raw)
		if err != nil {
			return
		}
		for _, server := range []mail.Server{config.IMAP.server(), config.SMTP.server()} {
			if server.Security == mail.Plain && !server.Loopback() {
				t.Fatalf("plain text to %q was accepted", server.Host)
			}
		}
	})
}
