package dial

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"

	"zgoda/mail"
)

// Explain turns a network or TLS error into a *mail.Problem with a sentence and
// a next step: refused, no such host, time-out, unknown CA, name mismatch,
// expired, wrong fingerprint, not TLS at all. A nil error stays nil, and a
// *mail.Problem is given back as it is.
func Explain(server mail.Server, err error) error {
	if err == nil {
		return nil
	}
	var known *mail.Problem
	if errors.As(err, &known) {
		return known
	}
	for _, explain := range []func(string, error) *mail.Problem{
		explainConfig, explainCertificate, explainTLS, explainNetwork,
	} {
		if p := explain(server.Addr(), err); p != nil {
			p.Err = err
			return p
		}
	}
	return &mail.Problem{
		Sentence: fmt.Sprintf("The connection to %s did not work.", server.Addr()),
		NextStep: "Check the network and try again; the log has the details.",
		Err:      err,
	}
}

// explainConfig finds what is wrong before a packet leaves.
func explainConfig(addr string, err error) *mail.Problem {
	var ca *caError
	switch {
	case errors.Is(err, errPlain):
		return fatal("A connection without TLS is allowed to this machine only.",
			`Set security to "tls" (port 993 or 465) or "starttls" (port 143 or 587).`)
	case errors.Is(err, errServer):
		return fatal("The server's host or port is missing.", "Run zgoda setup and name the server.")
	case errors.Is(err, errSecurity):
		return fatal("The kind of security in the configuration is unknown.", `Use "tls" or "starttls".`)
	case errors.Is(err, errPinFormat):
		return fatal("The pinned fingerprint cannot be read.",
			"It must be the SHA-256 of the certificate: 64 hexadecimal digits, colons allowed.")
	case errors.Is(err, errNoCA):
		return fatal("The CA file holds no certificate.", "Point ca_file to a PEM file that begins with BEGIN CERTIFICATE.")
	case errors.As(err, &ca):
		return fatal("The CA file cannot be read.", "Check the path and the rights of ca_file.")
	}
	return nil
}

// explainCertificate finds what is wrong with the certificate. The fingerprint
// is no secret: the server shows it to everybody.
func explainCertificate(addr string, err error) *mail.Problem {
	var (
		wrongPin *pinError
		unknown  x509.UnknownAuthorityError
		name     x509.HostnameError
		invalid  x509.CertificateInvalidError
		checked  *tls.CertificateVerificationError
	)
	shown := func() string {
		if errors.As(err, &checked) && len(checked.UnverifiedCertificates) > 0 {
			return Fingerprint(checked.UnverifiedCertificates[0])
		}
		return "unknown"
	}
	switch {
	case errors.As(err, &wrongPin):
		return fatal(fmt.Sprintf("%s shows another certificate than the pinned one.", addr),
			"If the change was announced, pin the new fingerprint: "+wrongPin.got+". If not, somebody may be listening: do not log in.")
	case errors.As(err, &unknown):
		return fatal(fmt.Sprintf("The certificate of %s is signed by an authority that this machine does not know.", addr),
			"Name its CA with ca_file, or compare this SHA-256 fingerprint with your administrator and pin it: "+shown())
	case errors.As(err, &name):
		return fatal(fmt.Sprintf("The certificate of %s is for another name.", addr),
			"Use the host name that the certificate has, or compare this SHA-256 fingerprint with your administrator and pin it: "+shown())
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fatal(fmt.Sprintf("The certificate of %s is out of date.", addr),
			"Check this machine's clock; if it is right, the server's administrator must renew the certificate.")
	case errors.As(err, &invalid), errors.As(err, &checked):
		return fatal(fmt.Sprintf("The certificate of %s cannot be trusted.", addr),
			"Tell the server's administrator, or compare this SHA-256 fingerprint with them and pin it: "+shown())
	}
	return nil
}

// explainTLS finds a handshake that could not end.
func explainTLS(addr string, err error) *mail.Problem {
	var (
		record tls.RecordHeaderError
		alert  *net.OpError
	)
	switch {
	case errors.As(err, &record):
		return fatal(fmt.Sprintf("%s does not speak TLS on this port.", addr),
			`Check the port, or set security to "starttls" if the server upgrades plain connections.`)
	case errors.As(err, &alert) && alert.Op == "remote error": // how crypto/tls marks the peer's alert
		return fatal(fmt.Sprintf("%s refused the TLS handshake.", addr),
			"The server may be too old for TLS 1.2; ask its administrator.")
	}
	return nil
}

// explainNetwork finds what may be better in a minute.
func explainNetwork(addr string, err error) *mail.Problem {
	var (
		dns     *net.DNSError
		timeout net.Error
	)
	switch {
	case errors.Is(err, context.Canceled):
		return again("The connection was given up.", "Try again.")
	case errors.As(err, &dns) && dns.IsNotFound:
		return again(fmt.Sprintf("There is no host for %s.", addr), "Check the server's name, and that this machine is online.")
	case errors.As(err, &dns):
		return again(fmt.Sprintf("The name of %s could not be looked up.", addr), "Check that this machine is online.")
	case errors.Is(err, syscall.ECONNREFUSED):
		return again(fmt.Sprintf("%s refused the connection.", addr), "Check the port, and that the server is running.")
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return again(fmt.Sprintf("%s cannot be reached.", addr), "Check that this machine is online.")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.As(err, &timeout) && timeout.Timeout():
		return again(fmt.Sprintf("%s did not answer in time.", addr), "Check the network and the port, then try again.")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		return again(fmt.Sprintf("%s closed the connection early.", addr), "Try again; if it stays so, ask the server's administrator.")
	}
	return nil
}

func fatal(sentence, next string) *mail.Problem {
	return &mail.Problem{Sentence: sentence, NextStep: next, Fatal: true}
}

func again(sentence, next string) *mail.Problem {
	return &mail.Problem{Sentence: sentence, NextStep: next}
}
