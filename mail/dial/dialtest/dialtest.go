// Package dialtest makes the certificates that tests of TLS need: a private CA
// and what it signs, right or wrong on purpose. Nothing is written to disk.
//
// The way through it: [NewCA], then [CA.Issue], then [Listen] for a loopback
// server whose connections the test answers itself.
package dialtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"zgoda/mail"
)

// CA is a private authority that lives as long as the test.
type CA struct {
	PEM  []byte // what a mail.Server takes as CA
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// Leaf says what a certificate is for. The zero value is right for loopback.
type Leaf struct {
	Names     []string  // DNS names; with IPs empty too: "localhost"
	IPs       []net.IP  // with Names empty too: 127.0.0.1 and ::1
	NotBefore time.Time // zero is an hour ago
	NotAfter  time.Time // zero is in a day
}

// NewCA makes an authority.
func NewCA(t testing.TB) *CA {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "zgoda test CA"},
		NotBefore: time.Now().AddDate(-10, 0, 0), NotAfter: time.Now().AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &CA{PEM: encode("CERTIFICATE", der), cert: cert, key: key}
}

// Issue signs a certificate; its Leaf field is set.
func (ca *CA) Issue(t testing.TB, leaf Leaf) tls.Certificate {
	t.Helper()
	if len(leaf.Names) == 0 && len(leaf.IPs) == 0 {
		leaf.Names = []string{"localhost"}
		leaf.IPs = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	}
	if leaf.NotBefore.IsZero() {
		leaf.NotBefore = time.Now().Add(-time.Hour)
	}
	if leaf.NotAfter.IsZero() {
		leaf.NotAfter = time.Now().AddDate(0, 0, 1)
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		t.Fatal(err)
	}
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "zgoda test server"},
		NotBefore: leaf.NotBefore, NotAfter: leaf.NotAfter, DNSNames: leaf.Names, IPAddresses: leaf.IPs,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, ca.cert, key.Public(), ca.key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: cert}
}

// Files gives a certificate and its key as PEM, for servers that read files.
func Files(t testing.TB, cert tls.Certificate) (certPEM, keyPEM []byte) {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(cert.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return encode("CERTIFICATE", cert.Certificate[0]), encode("PRIVATE KEY", der)
}

// Listen starts a loopback server that hands each connection to serve, which
// owns it; when the test ends, connections are closed and serve is waited for.
// With a config every connection is TLS, its handshake left to serve.
func Listen(t testing.TB, config *tls.Config, serve func(net.Conn)) mail.Server {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := mail.Server{Host: "127.0.0.1", Port: ln.Addr().(*net.TCPAddr).Port, Security: mail.StartTLS}
	if config != nil {
		ln = tls.NewListener(ln, config)
		server.Security = mail.ImplicitTLS
	}
	hall := &hall{}
	hall.wg.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			hall.enter(conn)
			hall.wg.Go(func() { defer conn.Close(); serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = ln.Close()
		hall.empty()
		hall.wg.Wait()
	})
	return server
}

// hall is the connections of one server.
type hall struct {
	wg    sync.WaitGroup
	mu    sync.Mutex
	conns []net.Conn
	shut  bool
}

func (h *hall) enter(conn net.Conn) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.shut {
		_ = conn.Close()
	}
	h.conns = append(h.conns, conn)
}

// empty closes below TLS: its polite good-bye may wait.
func (h *hall) empty() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shut = true
	for _, conn := range h.conns {
		if secure, ok := conn.(*tls.Conn); ok {
			conn = secure.NetConn()
		}
		_ = conn.Close()
	}
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func encode(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}
