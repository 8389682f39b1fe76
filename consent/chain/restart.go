package chain

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Restart is a signed word of somebody that the database is another one now: a
// backup was put back, and the heads that were anchored before it are given up.
// They stay in the file, the reason with them, and a head that was mailed away
// is not given up by it: whoever holds one sees what is gone.
type Restart struct {
	Head   // the end of the chain as it was taken over
	Reason string
}

// restartWord begins the line of a restart.
const restartWord = "zgoda-restart-1"

// ErrNoReason is a restart without a word why.
var ErrNoReason = errors.New("it is not said why the chain is another one")

// SignRestart signs a restart at the end of a chain.
func SignRestart(key ed25519.PrivateKey, last Link, now time.Time, reason string) (Restart, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return Restart{}, ErrNoReason
	}
	r := Restart{Head: Sign(key, last, now), Reason: reason}
	r.Sig = ed25519.Sign(key, r.signed())
	return r, nil
}

func (r Restart) encoded() string { return base64.RawURLEncoding.EncodeToString([]byte(r.Reason)) }

func (r Restart) signed() []byte {
	return fmt.Appendf(nil, "%s %s %s", restartWord, r.encoded(), r.Head.signed())
}

// Good reports whether the signature is that of the restart's own key.
func (r Restart) Good() bool {
	return len(r.Key) == ed25519.PublicKeySize && ed25519.Verify(r.Key, r.signed(), r.Sig)
}

// String is the restart in one line: its reason, then its head.
func (r Restart) String() string { return restartWord + " " + r.encoded() + " " + r.Head.String() }

// parseRestart reads a line of [Restart.String].
func parseRestart(line string) (Restart, error) {
	parts := strings.Fields(line)
	if len(parts) < 3 || parts[0] != restartWord {
		return Restart{}, errHead
	}
	reason, err := base64.RawURLEncoding.Strict().DecodeString(parts[1])
	if err != nil || len(reason) == 0 {
		return Restart{}, errHead
	}
	head, err := ParseHead(strings.Join(parts[2:], " "))
	return Restart{Head: head, Reason: string(reason)}, err
}

// restart gives up what was anchored so far, when the line is a restart of key.
func (h *Heads) restart(line string, key ed25519.PublicKey, n int64) bool {
	r, err := parseRestart(line)
	if err != nil {
		return false
	}
	if !key.Equal(r.Key) || !r.Good() {
		h.broken = append(h.broken, Broken{Ref: n, Fault: FaultHead})
		return true
	}
	for _, heads := range h.at {
		h.given += len(heads)
	}
	h.given += len(h.broken)
	h.at, h.broken, h.restarts = map[int64][]numbered{}, nil, append(h.restarts, r)
	h.at[r.Pos] = []numbered{{r.Head, n}} // the chain goes on from here
	h.last = r.Head
	return true
}

// Restarts is each time that the chain was taken over from a backup, and how many
// heads were given up by that, over all.
func (h *Heads) Restarts() (restarts []Restart, given int) { return h.restarts, h.given }
