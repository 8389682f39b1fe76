// Package dial opens connections to the servers of the configuration, and is
// the one place where TLS is set up: verified certificates, a private CA or a
// pinned fingerprint, plain text only to loopback. Every error it gives is a
// *mail.Problem.
//
// The way through it:
//
//  1. dial.go: a [mail.Server] becomes a TLS configuration and a connection.
//  2. pin.go: a fingerprint is read, and the server's certificate compared with it.
//  3. explain.go: what the network or TLS says becomes a sentence and a next step.
package dial

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"syscall"
	"time"

	"zgoda/mail"
)

// Timeout is how long connecting and the TLS handshake may take together when
// the context has no earlier deadline.
const Timeout = 30 * time.Second

// keepAlive finds a dead peer within about two minutes even while nothing is
// sent, as during IDLE.
var keepAlive = net.KeepAliveConfig{Enable: true, Idle: 60 * time.Second, Interval: 15 * time.Second, Count: 4}

var (
	errPlain    = errors.New("plain text to a host that is not loopback")
	errNoCA     = errors.New("no certificate in the CA file")
	errServer   = errors.New("host or port missing")
	errSecurity = errors.New("unknown kind of security")
)

// Config is the TLS configuration for a server: TLS 1.2 or newer, the host's
// name verified. With a fingerprint that certificate and no other is taken.
func Config(server mail.Server) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: server.Host}
	if server.Fingerprint != "" {
		pin, err := parsePin(server.Fingerprint)
		if err != nil {
			return nil, Explain(server, err)
		}
		// The usual check is off because the rep named the one certificate that
		// is right: no CA, name or date can make another one acceptable, or
		// this one unacceptable. VerifyConnection (unlike VerifyPeerCertificate)
		// runs for resumed sessions too.
		config.InsecureSkipVerify = true
		config.VerifyConnection = pin.verify
		return config, nil
	}
	roots, err := roots(server)
	if err != nil {
		return nil, Explain(server, err)
	}
	config.RootCAs = roots
	return config, nil
}

// roots is nil for the system's own.
func roots(server mail.Server) (*x509.CertPool, error) {
	pem := server.CA
	if len(pem) == 0 && server.CAFile != "" {
		var err error
		if pem, err = os.ReadFile(server.CAFile); err != nil {
			return nil, &caError{err}
		}
	}
	if len(pem) == 0 {
		return nil, nil
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, &caError{errNoCA}
	}
	return pool, nil
}

// caError says that the trouble is the configured CA file and not the server.
type caError struct{ err error }

func (e *caError) Error() string { return "read the CA file: " + e.err.Error() }
func (e *caError) Unwrap() error { return e.err }

// Open connects and, for mail.ImplicitTLS, ends the handshake. For mail.StartTLS
// and mail.Plain it gives the bare connection; Plain to a host that is not
// loopback is refused before any packet leaves.
func Open(ctx context.Context, server mail.Server) (net.Conn, error) {
	conn, err := open(ctx, server)
	if err != nil {
		return nil, Explain(server, err)
	}
	return conn, nil
}

func open(ctx context.Context, server mail.Server) (net.Conn, error) {
	if server.Host == "" || server.Port < 1 || server.Port > 65535 {
		return nil, errServer
	}
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	dialer := &net.Dialer{KeepAliveConfig: keepAlive}
	switch server.Security {
	case mail.Plain:
		if !server.Loopback() {
			return nil, errPlain
		}
		dialer.Control = onlyLoopback
	case mail.ImplicitTLS, mail.StartTLS:
	default:
		return nil, errSecurity
	}
	// A bad pin or CA file is found before the first packet.
	config, err := Config(server)
	if err != nil {
		return nil, err
	}
	conn, err := dialer.DialContext(ctx, "tcp", server.Addr())
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	if server.Security != mail.ImplicitTLS {
		return conn, nil
	}
	secure := tls.Client(conn, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		_ = conn.Close() // the handshake's error says more
		return nil, fmt.Errorf("TLS handshake: %w", err)
	}
	return secure, nil
}

// onlyLoopback looks at the address behind a name just before connecting, so
// that a "localhost" which leads elsewhere is refused too.
func onlyLoopback(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil || !ap.Addr().IsLoopback() {
		return errPlain
	}
	return nil
}
