package dial

import (
	"crypto/tls"
	"errors"
)

// Shown is the fingerprint of the certificate that a server showed and that
// nobody known vouches for, so that setup can offer to pin it; false when err
// is about something else.
func Shown(err error) (fingerprint string, ok bool) {
	var checked *tls.CertificateVerificationError
	if !errors.As(err, &checked) || len(checked.UnverifiedCertificates) == 0 {
		return "", false
	}
	return Fingerprint(checked.UnverifiedCertificates[0]), true
}
