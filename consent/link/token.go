package link

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"

	"zgoda/consent"
	"zgoda/mail"
)

// tokenSize is 256 bits; law.md H2 asks for at least 128.
const tokenSize = sha256.Size

// token is the opaque word of an address: HMAC-SHA-256 over what it is for, the
// Message-ID and the target. It holds no person, address or counter (T2), and
// who has seen many can make none. Message-ID being random, so is the token.
func (b *Book) token(purpose consent.Purpose, id mail.MessageID, target string) string {
	mac := hmac.New(sha256.New, b.key)
	for _, part := range []string{"zgoda link 1", string(purpose), string(id), target} {
		var size [8]byte // each part with its length, so that no two lists of parts read alike
		binary.BigEndian.PutUint64(size[:], uint64(len(part)))
		mac.Write(size[:])
		mac.Write([]byte(part))
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:tokenSize])
}
