package smtp

import (
	"bytes"
	"errors"
	"net"
)

// maxHeard is how much a server may say in one session, in octets. Submitting
// one mail takes about 2 KiB; textproto alone would read a reply of any length.
const maxHeard = 1 << 20

var errTooMuch = errors.New("the server talks without end")

// wire is the connection under go-smtp. Until the TLS handshake it hands on one
// line at a time: go-smtp throws away what it has buffered when it upgrades,
// and what it never got stays here, where upgraded can see it. Without that, an
// answer injected behind the 220 of STARTTLS would be dropped in silence or
// not, as the packets fall (RFC 3207 section 6; law.md M10).
type wire struct {
	net.Conn
	rest      []byte // read from the network, not yet handed on
	heard     int    // octets read in all
	raw       bool   // no longer line by line
	upgrading bool   // STARTTLS was said
}

func newWire(conn net.Conn) *wire { return &wire{Conn: conn} }

// Read hands on at most one line until the upgrade.
func (w *wire) Read(b []byte) (int, error) {
	if len(w.rest) > 0 {
		return w.hand(b), nil
	}
	if w.raw {
		n, err := w.Conn.Read(b)
		return n, w.count(n, err)
	}
	chunk := make([]byte, 2048)
	n, err := w.Conn.Read(chunk)
	if err = w.count(n, err); n == 0 || errors.Is(err, errTooMuch) {
		return 0, err
	}
	w.rest = chunk[:n]
	return w.hand(b), nil // a read error comes again
}

func (w *wire) hand(b []byte) int {
	n := len(w.rest)
	if end := bytes.IndexByte(w.rest, '\n'); end >= 0 && !w.raw {
		n = end + 1
	}
	n = copy(b, w.rest[:n])
	w.rest = w.rest[n:]
	return n
}

func (w *wire) count(n int, err error) error {
	w.heard += n
	if err == nil && w.heard > maxHeard {
		err = errTooMuch
	}
	return err
}

// Write looks for the one command after which the server must be silent.
func (w *wire) Write(b []byte) (int, error) {
	if !w.raw && bytes.HasPrefix(b, []byte("STARTTLS")) {
		w.upgrading = true
	}
	return w.Conn.Write(b)
}

// upgraded ends the line-by-line reading, and reports whether the server had
// said anything that nobody asked for.
func (w *wire) upgraded() (injected bool) {
	w.raw = true
	return len(w.rest) > 0
}
