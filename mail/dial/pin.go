package dial

import (
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"strings"
)

var errPinFormat = errors.New("a fingerprint is 64 hexadecimal digits, colons allowed")

// pin is the SHA-256 of a certificate in DER form.
type pin [sha256.Size]byte

// parsePin reads hex digits of either case, with or without colons and blanks.
func parsePin(s string) (pin, error) {
	var p pin
	b, err := hex.DecodeString(strings.NewReplacer(":", "", " ", "").Replace(s))
	if err != nil || len(b) != len(p) {
		return p, errPinFormat
	}
	copy(p[:], b)
	return p, nil
}

// verify takes exactly the pinned leaf.
func (p pin) verify(state tls.ConnectionState) error {
	if len(state.PeerCertificates) == 0 {
		return &pinError{}
	}
	got := sha256.Sum256(state.PeerCertificates[0].Raw)
	if subtle.ConstantTimeCompare(got[:], p[:]) != 1 {
		return &pinError{got: Fingerprint(state.PeerCertificates[0])}
	}
	return nil
}

// pinError says that the server showed another certificate than the pinned one.
type pinError struct{ got string }

func (e *pinError) Error() string { return "the certificate is not the pinned one, but " + e.got }

// Fingerprint is the SHA-256 of a certificate as the configuration takes it:
// upper case hex with colons.
func Fingerprint(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.Raw)
	pairs := make([]string, len(sum))
	for i, b := range sum {
		pairs[i] = strings.ToUpper(hex.EncodeToString([]byte{b}))
	}
	return strings.Join(pairs, ":")
}
