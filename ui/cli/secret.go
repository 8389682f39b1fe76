package cli

import (
	"context"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"zgoda/consent/chain"
	"zgoda/mail"
)

// secretConfig says where the account's password is. Exactly one way is used,
// the first that is set.
type secretConfig struct {
	Command []string `toml:"command,omitempty"` // run without a shell; its first line is the password
	File    string   `toml:"file,omitempty"`    // a file that only its owner can read
	Keyring bool     `toml:"keyring,omitempty"` // the desktop's keyring
}

// keyringService is the name under which the keyring holds our passwords.
const keyringService = "zgoda"

// secretWait bounds how long a password command may take: it may ask a person
// to unlock something, but it may not hang for ever.
const secretWait = 60 * time.Second

// password fetches the account's password. Neither it nor what a command
// printed ever reaches a log or an error.
func (s secretConfig) password(ctx context.Context, username string) (string, error) {
	switch {
	case len(s.Command) > 0:
		return passwordFromCommand(ctx, s.Command)
	case s.File != "":
		return passwordFromFile(s.File)
	case s.Keyring:
		secret, err := keyring.Get(keyringService, username)
		if err != nil {
			return "", &mail.Problem{
				Sentence: "The password is not in the keyring, or the keyring cannot be opened.",
				NextStep: "Run zgoda setup again, or set secret.command in config.toml.",
				Fatal:    true, Err: fmt.Errorf("read the keyring: %w", err),
			}
		}
		return secret, nil
	}
	return "", &mail.Problem{
		Sentence: "It is not configured where the password is.",
		NextStep: "Run zgoda setup again, or set secret.command in config.toml.",
		Fatal:    true, Err: errors.New("no way to a password"),
	}
}

func passwordFromCommand(ctx context.Context, command []string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, secretWait)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	first, _, _ := strings.Cut(string(out), "\n")
	if first = strings.TrimSuffix(first, "\r"); err == nil && first != "" {
		return first, nil
	}
	if err == nil {
		err = errors.New("it printed nothing")
	}
	return "", &mail.Problem{
		Sentence: "The password command gave no password.",
		NextStep: "Run the command of secret.command in a terminal and see what it says.",
		Fatal:    true, Err: fmt.Errorf("run the password command: %w", err),
	}
}

func passwordFromFile(path string) (string, error) {
	if err := checkPrivate(path); err != nil {
		var problem *mail.Problem
		if errors.As(err, &problem) {
			return "", err
		}
		return "", &mail.Problem{
			Sentence: "The password file cannot be read.",
			NextStep: "Check secret.file in config.toml.",
			Fatal:    true, Err: err,
		}
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read the password file: %w", err)
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	return strings.TrimSuffix(first, "\r"), nil
}

// storeKeys are what this store signs and hashes with; each is derived from one
// random master key, so that none can stand in for another.
type storeKeys struct {
	suppression []byte             // HMAC of suppressed addresses (law.md D4)
	links       []byte             // signatures of portal addresses
	heads       ed25519.PrivateKey // signs the ends of the chain (law.md E4)
}

// loadKeys reads the master key, or makes it on the first start.
func loadKeys(path string) (storeKeys, error) {
	master, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		master = make([]byte, 32)
		_, _ = rand.Read(master) // never fails since Go 1.24
		err = writePrivate(path, master)
	} else if err == nil {
		err = checkPrivate(path)
	}
	if err != nil {
		return storeKeys{}, fmt.Errorf("key of the store: %w", err)
	}
	if len(master) != 32 {
		return storeKeys{}, &mail.Problem{
			Sentence: "The key file beside the database is damaged.",
			NextStep: "Restore zgoda.key from a backup: without it suppressed addresses cannot be recognised.",
			Fatal:    true, Err: errors.New("key file has a wrong length"),
		}
	}
	derive := func(info string) []byte {
		key, err := hkdf.Key(sha256.New, master, nil, "zgoda "+info, 32)
		if err != nil {
			panic(err) // a fixed length that SHA-256 always allows
		}
		return key
	}
	heads, err := chain.SigningKey(master)
	if err != nil {
		return storeKeys{}, err
	}
	return storeKeys{suppression: derive("suppression"), links: derive("links"), heads: heads}, nil
}
