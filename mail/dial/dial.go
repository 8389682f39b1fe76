// Package dial opens connections to the servers of the configuration, and is
// the one place where TLS is set up: verified certificates, a private CA or a
// pinned fingerprint, plain text only to loopback. Every error it gives is a
// *mail.Problem.
package dial

import (
	"context"
	"crypto/tls"
	"net"

	"zgoda/mail"
)

// Config is the TLS configuration for a server: TLS 1.2 or newer, the host's
// name verified. With a fingerprint that certificate and no other is taken.
func Config(server mail.Server) (*tls.Config, error) { panic("to be written") }

// Open connects and, for mail.ImplicitTLS, ends the handshake. For mail.StartTLS
// and mail.Plain it gives the bare connection; Plain to a host that is not
// loopback is refused before any packet leaves.
func Open(ctx context.Context, server mail.Server) (net.Conn, error) { panic("to be written") }

// Explain turns a network or TLS error into a *mail.Problem with a sentence and
// a next step: refused, no such host, time-out, unknown CA, name mismatch,
// expired, wrong fingerprint, not TLS at all.
func Explain(server mail.Server, err error) error { panic("to be written") }
