package cli

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"zgoda/consent/chain"
	"zgoda/store"
)

// headEvery is how often a running zgoda anchors the end of the chain (law.md E4).
const headEvery = 24 * time.Hour

// anchor writes ends of the chain, signed, to a file that only grows and lies
// outside the database. One that agrees with the database later shows that
// nothing before it was rebuilt; the file is no help against whoever holds file,
// database and key: for that the line goes to the data-protection officer (E5).
type anchor struct {
	path string
	key  ed25519.PrivateKey
	db   *store.DB
	now  func() time.Time
}

// read gives the heads that were anchored so far; none when there is no file.
func (a anchor) read() (*chain.Heads, error) {
	file, err := os.Open(a.path)
	if errors.Is(err, fs.ErrNotExist) {
		return &chain.Heads{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open the anchored heads: %w", err)
	}
	defer file.Close()
	if err := checkPrivate(a.path); err != nil {
		return nil, err
	}
	return chain.ReadHeads(file, a.public())
}

func (a anchor) public() ed25519.PublicKey { return a.key.Public().(ed25519.PublicKey) }

// settle keeps the end of the chain as it is now.
func (a anchor) settle(ctx context.Context) error {
	last, err := a.db.LastLink(ctx)
	if err != nil || last.Pos == 0 {
		return err
	}
	return a.keep(last)
}

// keep writes a head when the chain has grown since the last one.
func (a anchor) keep(last chain.Link) error {
	heads, err := a.read()
	if err != nil || bytes.Equal(last.Hash, heads.Last().Hash) {
		return err
	}
	return a.write(chain.Sign(a.key, last, a.now()).String())
}

// restart notes that a backup was put back. The chain in itself must be whole.
func (a anchor) restart(ctx context.Context, reason string) error {
	report, err := a.db.VerifyChain(ctx, nil)
	if err != nil {
		return err
	}
	if !report.OK() {
		return broken(report)
	}
	restart, err := chain.SignRestart(a.key, report.Last, a.now(), reason)
	if err != nil {
		return &usageError{fmt.Errorf("--restored: %w", err)}
	}
	return a.write(restart.String())
}

// write appends one line. A line that was cut off by a crash stays as it is,
// and the new one begins after it.
func (a anchor) write(line string) (err error) {
	if err := os.MkdirAll(filepath.Dir(a.path), 0o700); err != nil {
		return fmt.Errorf("anchor the chain: %w", err)
	}
	file, err := os.OpenFile(a.path, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("anchor the chain: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	line += "\n"
	if end, err := file.Seek(0, 2); err == nil && end > 0 {
		last := make([]byte, 1)
		if _, err := file.ReadAt(last, end-1); err == nil && last[0] != '\n' {
			line = "\n" + line
		}
	}
	if _, err := file.WriteString(line); err != nil {
		return fmt.Errorf("anchor the chain: %w", err)
	}
	return file.Sync()
}

// daily writes a head each day until ctx ends.
func (a anchor) daily(ctx context.Context) error {
	tick := time.NewTicker(headEvery)
	defer tick.Stop()
	for {
		if err := a.settle(ctx); err != nil {
			return err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}
