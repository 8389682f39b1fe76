package chain

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Head is the end of a chain at one moment, signed. Kept where the database is
// not, it shows later that nothing before it was rebuilt or cut off (E5).
type Head struct {
	Pos  int64 // how many entries the chain had
	Hash []byte
	At   time.Time // when it was signed, to the second, UTC
	Key  ed25519.PublicKey
	Sig  []byte
}

// SigningKey derives the key that signs heads from a master key.
func SigningKey(master []byte) (ed25519.PrivateKey, error) {
	seed, err := hkdf.Key(sha256.New, master, nil, "zgoda chain head", ed25519.SeedSize)
	if err != nil {
		return nil, fmt.Errorf("derive the key of heads: %w", err)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// Sign signs the end of a chain; last is its last link, the zero Link for an empty one.
func Sign(key ed25519.PrivateKey, last Link, now time.Time) Head {
	hash := last.Hash
	if last.Pos == 0 {
		hash = make([]byte, HashSize)
	}
	h := Head{Pos: last.Pos, Hash: hash, At: now.UTC().Truncate(time.Second), Key: key.Public().(ed25519.PublicKey)}
	h.Sig = ed25519.Sign(key, h.signed())
	return h
}

// headWord begins each line, so that one can be found in a mail.
const headWord = "zgoda-head-1"

func (h Head) signed() []byte {
	return fmt.Appendf(nil, "%s %d %x %s", headWord, h.Pos, h.Hash, h.At.Format(time.RFC3339))
}

// Good reports whether the signature is that of the head's own key.
func (h Head) Good() bool {
	return len(h.Key) == ed25519.PublicKeySize && ed25519.Verify(h.Key, h.signed(), h.Sig)
}

// String is the head in one line, which [ParseHead] reads.
func (h Head) String() string {
	return fmt.Sprintf("%s %s %s", h.signed(), hex.EncodeToString(h.Key), base64.RawURLEncoding.EncodeToString(h.Sig))
}

// errHead is a line that is no head.
var errHead = errors.New("this is no head of a chain")

// ParseHead reads a line of [Head.String]. It does not look at the signature:
// [Head.Good] does. Blanks and line breaks around and between the parts do not
// matter, because a mail may have wrapped it.
func ParseHead(line string) (Head, error) {
	parts := strings.Fields(line)
	if len(parts) != 6 || parts[0] != headWord {
		return Head{}, errHead
	}
	var h Head
	var errs [5]error
	h.Pos, errs[0] = strconv.ParseInt(parts[1], 10, 64)
	h.Hash, errs[1] = hex.DecodeString(parts[2])
	h.At, errs[2] = time.Parse(time.RFC3339, parts[3])
	h.Key, errs[3] = hex.DecodeString(parts[4])
	h.Sig, errs[4] = base64.RawURLEncoding.Strict().DecodeString(parts[5])
	if errors.Join(errs[:]...) != nil || h.Pos < 0 || len(h.Hash) != HashSize || len(h.Key) != ed25519.PublicKeySize || len(h.Sig) != ed25519.SignatureSize {
		return Head{}, errHead
	}
	if h.At = h.At.UTC(); h.String() != strings.Join(parts, " ") { // one head, one line
		return Head{}, errHead
	}
	return h, nil
}

// Heads is the anchored heads that a chain must agree with, and what is wrong
// with them by themselves.
type Heads struct {
	at       map[int64][]numbered
	broken   []Broken
	last     Head
	restarts []Restart
	given    int // heads that were given up by them
}

type numbered struct {
	Head
	line int64
}

// maxLine bounds one line; a head has about 300 characters.
const maxLine = 4096

// ReadHeads reads a file of heads, one a line. A line that is no head, or whose
// signature is not that of key, becomes a fault of the report and no error.
func ReadHeads(r io.Reader, key ed25519.PublicKey) (*Heads, error) {
	heads := &Heads{at: map[int64][]numbered{}}
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read the anchored heads: %w", err)
	}
	n := int64(0)
	for line := range strings.Lines(string(raw)) {
		if n++; strings.TrimSpace(line) == "" || len(line) <= maxLine && heads.restart(line, key, n) {
			continue
		}
		var head Head
		err := errHead
		if len(line) <= maxLine {
			head, err = ParseHead(line)
		}
		if err != nil {
			heads.broken = append(heads.broken, Broken{Ref: n, Fault: FaultHeadLine})
			continue
		}
		heads.Require(head, key, n)
	}
	return heads, nil
}

// Require adds one head, from line n of wherever it stood.
func (h *Heads) Require(head Head, key ed25519.PublicKey, n int64) {
	if !bytes.Equal(head.Key, key) || !head.Good() {
		h.broken = append(h.broken, Broken{Ref: n, Fault: FaultHead})
		return
	}
	if h.at == nil {
		h.at = map[int64][]numbered{}
	}
	h.at[head.Pos] = append(h.at[head.Pos], numbered{head, n})
	h.last = head
}

// Last is the head that was added last; the zero Head when there is none.
func (h *Heads) Last() Head { return h.last }

// pass holds the heads of one position against its link.
func (h *Heads) pass(l Link, report *Report) {
	if h == nil {
		return
	}
	for _, head := range h.at[l.Pos] {
		if bytes.Equal(head.Hash, l.Hash) {
			report.Heads++
			continue
		}
		report.Add(Broken{Pos: l.Pos, Fault: FaultRebuilt})
	}
}

// end reports the heads beyond the end of the chain, and the faults of their own.
func (h *Heads) end(report *Report) {
	if h == nil {
		return
	}
	beyond, first := 0, int64(0)
	for pos, heads := range h.at {
		switch {
		case pos == 0:
			report.Heads += len(heads)
		case pos > report.Last.Pos:
			beyond += len(heads)
			if first == 0 || pos < first {
				first = pos
			}
		}
	}
	if beyond > 0 {
		report.Add(Broken{Pos: report.Last.Pos + 1, Fault: FaultCut})
	}
	for _, b := range h.broken {
		report.Add(b)
	}
}
