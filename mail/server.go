package mail

import (
	"net/netip"
	"strconv"
	"strings"
)

// Security is how a connection is protected. There is no opportunistic way.
type Security string

// The ways. Plain is refused for anything but loopback (law.md L5f, M10).
const (
	ImplicitTLS Security = "tls"      // IMAPS 993, submissions 465: preferred (RFC 8314)
	StartTLS    Security = "starttls" // mandatory upgrade before anything else is said
	Plain       Security = "plain"    // loopback only
)

// Server is one host that zgoda talks to, as the configuration says.
type Server struct {
	Host        string
	Port        int
	Security    Security
	Username    string
	Password    string // in memory only; never logged, never on a command line
	CAFile      string // PEM of a private CA; empty is the system's
	CA          []byte // the same as bytes; for the demo and tests
	Fingerprint string // SHA-256 of the server's certificate, hex, colons allowed: pins it
}

// Addr is host:port for a dialler.
func (s Server) Addr() string {
	if strings.Contains(s.Host, ":") {
		return "[" + s.Host + "]:" + strconv.Itoa(s.Port)
	}
	return s.Host + ":" + strconv.Itoa(s.Port)
}

// Loopback reports whether the host is this machine, by its literal form: a
// name that merely resolves to loopback today does not count.
func (s Server) Loopback() bool {
	if s.Host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(s.Host)
	return err == nil && ip.IsLoopback()
}
