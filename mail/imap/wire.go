package imap

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"
)

const (
	silence    = 30 * time.Second // see Config.Silence
	longest    = 20 * time.Minute // one command, however busy the line is
	maxAnswer  = 256 << 20        // octets of one answer: more can only be an attack on our memory
	closeGrace = time.Second      // for the polite LOGOUT
)

var (
	errSilent = fmt.Errorf("server stayed silent: %w", os.ErrDeadlineExceeded)
	errFlood  = errors.New("answer longer than any mail")
)

// wire is a connection that knows why it ended. The library tells a lost line
// and a line it could not read by the same error; the difference decides
// whether we connect again or look for a poison message.
type wire struct {
	net.Conn
	silence time.Duration
	dead    error // the reader's alone, like guard
	guard   guard

	mu     sync.Mutex
	timer  *time.Timer // runs while an answer is awaited
	left   int         // octets that this answer may still have
	cause  error       // first network error, silence or kill; nil while alive and after a parse error
	closed bool
}

func newWire(conn net.Conn, silence time.Duration) *wire {
	return &wire{Conn: conn, silence: silence, left: maxAnswer}
}

// Read is a Read that counts as a sign of life. Its first error is its last
// answer: after a time-out in the middle of a literal the library would go on
// and take the rest of a mail for the server's own words.
func (w *wire) Read(p []byte) (int, error) {
	if w.dead != nil {
		return 0, w.dead
	}
	n, err := w.Conn.Read(p)
	if !w.guard.pass(p[:n]) {
		n, err = 0, errTrap
	}
	w.heard(n, err)
	w.dead = err
	return n, err
}

// Write is a Write that counts as a sign of life: a long APPEND moves.
func (w *wire) Write(p []byte) (int, error) {
	n, err := w.Conn.Write(p)
	w.heard(0, err)
	return n, err
}

func (w *wire) heard(n int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		w.end(err)
		return
	}
	if w.timer != nil {
		w.timer.Reset(w.silence)
		if w.left -= n; w.left < 0 {
			w.end(errFlood)
			_ = w.hang()
		}
	}
}

// end notes the first cause; what happens after a Close is only its echo.
func (w *wire) end(cause error) {
	if w.cause == nil && !w.closed {
		w.cause = cause
	}
}

// watch ends the connection when ctx ends, when the server stays silent, or
// when one command lasts for ever. The function it gives back ends the watch.
func (w *wire) watch(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithTimeoutCause(ctx, longest, errSilent)
	unhook := context.AfterFunc(ctx, func() { w.kill(context.Cause(ctx)) })
	w.mu.Lock()
	w.left = maxAnswer
	w.timer = time.AfterFunc(w.silence, func() { w.kill(errSilent) })
	w.mu.Unlock()
	return func() {
		unhook()
		cancel()
		w.mu.Lock()
		w.timer.Stop()
		w.timer = nil
		w.mu.Unlock()
	}
}

// kill ends the connection at once and remembers why.
func (w *wire) kill(cause error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.end(cause)
	w.closed = true
	_ = w.hang()
}

// Close ends the connection without a cause.
func (w *wire) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	return w.hang()
}

// hang closes the socket below TLS: the polite alert would wait up to five
// seconds for a peer that reads nothing.
func (w *wire) hang() error {
	conn := w.Conn
	if g, ok := conn.(*greeted); ok {
		conn = g.Conn
	}
	if secure, ok := conn.(*tls.Conn); ok {
		return secure.NetConn().Close()
	}
	return conn.Close()
}

// why is the cause, or nil when the library ended the connection by itself.
func (w *wire) why() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.cause
}
