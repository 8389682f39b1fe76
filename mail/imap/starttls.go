package imap

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"zgoda/mail"
	"zgoda/mail/dial"
)

const (
	maxClearLine  = 8 << 10 // octets of a line before TLS
	maxClearLines = 50
)

// upgrade does STARTTLS (RFC 9051 section 6.2.1) and gives the encrypted
// connection. It reads octet by octet, so nothing that was said in the clear
// can be left over and be taken for the server's word afterwards (the
// injections of CVE-2021-38371 and its kind); PREAUTH is refused before we say
// anything (CVE-2020-28896). The library can upgrade too, but then its octets
// pass below TLS, where guard cannot read them.
func upgrade(ctx context.Context, conn net.Conn, server mail.Server, quiet time.Duration) (net.Conn, error) {
	config, err := dial.Config(server)
	if err != nil {
		return nil, err
	}
	clear := newWire(conn, quiet)
	stop := clear.watch(ctx)
	defer stop()
	secure := tls.Client(conn, config)
	if err = askStartTLS(clear); err == nil {
		if err = secure.HandshakeContext(ctx); err == nil {
			return secure, nil
		}
		err = fmt.Errorf("STARTTLS handshake: %w", err)
	}
	if cause := clear.why(); cause != nil {
		err = cause
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return nil, dial.Explain(server, err)
}

// askStartTLS reads the greeting and has STARTTLS agreed to.
func askStartTLS(conn io.ReadWriter) error {
	greeting, err := clearLine(conn)
	if err != nil {
		return fmt.Errorf("read greeting: %w", err)
	}
	switch kind, _, _ := strings.Cut(strings.TrimPrefix(greeting, "* "), " "); strings.ToUpper(kind) {
	case "OK":
	case "PREAUTH":
		return preauth()
	case "BYE":
		return explainRefusal(&refused{kind: "BYE"})
	default:
		return unreadable(errors.New("no greeting"))
	}
	if _, err := io.WriteString(conn, "S1 STARTTLS\r\n"); err != nil {
		return fmt.Errorf("write STARTTLS: %w", err)
	}
	for range maxClearLines {
		line, err := clearLine(conn)
		if err != nil {
			return fmt.Errorf("read answer to STARTTLS: %w", err)
		}
		tag, rest, _ := strings.Cut(line, " ")
		answer, _, _ := strings.Cut(rest, " ")
		switch {
		case tag == "*":
		case tag == "S1" && strings.EqualFold(answer, "OK"):
			return nil
		case tag == "S1":
			return fatal("The server does not offer STARTTLS on this port.", `Set security to "tls" and the port to 993.`, errNoStartTLS)
		default:
			return unreadable(errors.New("answer to nothing"))
		}
	}
	return unreadable(errors.New("no answer to STARTTLS"))
}

// clearLine reads one line and not an octet more.
func clearLine(r io.Reader) (string, error) {
	var line []byte
	for one := make([]byte, 1); len(line) < maxClearLine; {
		if _, err := io.ReadFull(r, one); err != nil {
			return "", err
		}
		if one[0] == '\n' {
			return strings.TrimSuffix(string(line), "\r"), nil
		}
		line = append(line, one[0])
	}
	return "", unreadable(errFlood)
}

// greeted stands before an upgraded connection: after STARTTLS no greeting
// comes, and the library waits for one. It has no capability list, so the
// library asks for it anew, as it must.
type greeted struct {
	net.Conn
	greeting io.Reader
}

func (g *greeted) Read(p []byte) (int, error) {
	if n, _ := g.greeting.Read(p); n > 0 {
		return n, nil
	}
	return g.Conn.Read(p)
}
