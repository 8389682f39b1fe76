package mime

import (
	"bytes"
	"io"
	"strings"

	message "github.com/emersion/go-message"
	"golang.org/x/net/html/charset"
)

// decode undoes the transfer encoding of a part. Damage keeps what came before
// it. At most a little more than the room for text is read, for the text is
// all that decode is called for.
func (p *parser) decode(at part) []byte {
	encoding := strings.ToLower(strings.TrimSpace(at.header.get("content-transfer-encoding")))
	encoding, _, _ = strings.Cut(encoding, ";")
	var h message.Header
	h.Set("Content-Transfer-Encoding", encoding)
	entity, err := message.New(h, bytes.NewReader(at.body))
	if err != nil {
		p.notes.add("A part is packed in a way that zgoda does not know: it is shown as it came.")
	}
	limit := int64(p.room)*2 + 1024 // charsets of two octets shrink
	data, err := io.ReadAll(io.LimitReader(entity.Body, limit))
	if err != nil {
		if encoding == "quoted-printable" {
			return lenientQP(at.body, int(limit))
		}
		p.notes.add("A part is damaged: only its beginning could be read.")
	}
	if int64(len(data)) == limit {
		p.notes.add("The text is too long: it was cut.")
	}
	return data
}

// lenientQP reads quoted-printable (RFC 2045 section 6.7) that breaks its
// rules: a stray "=" stands for itself, as every client shows it.
func lenientQP(body []byte, limit int) []byte {
	out := make([]byte, 0, min(len(body), limit))
	for i := 0; i < len(body) && len(out) < limit; i++ {
		c := body[i]
		if c != '=' {
			out = append(out, c)
			continue
		}
		rest := body[i+1:]
		blanks := len(rest) - len(bytes.TrimLeft(rest, " \t\r"))
		switch {
		case len(rest) >= 2 && unhex(rest[0]) >= 0 && unhex(rest[1]) >= 0:
			out = append(out, byte(unhex(rest[0])<<4|unhex(rest[1])))
			i += 2
		case blanks < len(rest) && rest[blanks] == '\n':
			i += blanks + 1 // soft break
		case len(rest) > 0:
			out = append(out, c)
		}
	}
	return out
}

// metaCharset is the charset that HTML names in itself, "" when it does not.
func metaCharset(data []byte) string {
	_, name, certain := charset.DetermineEncoding(data[:min(len(data), 1024)], "text/html")
	if !certain || name == "utf-8" {
		return ""
	}
	return name
}
