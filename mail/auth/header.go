package auth

import (
	"bytes"
	"io"
	"mime"
	netmail "net/mail"
	"strings"

	"zgoda/mail"
)

// maxHead is how much of a header is looked at. A longer one proves nothing.
const maxHead = 256 << 10

// field is one header field, unfolded.
type field struct{ name, value string }

type head []field

// readHead takes a header apart. A header that two readers could see differently
// (a bare CR, a line that is no field) is refused: what was signed and what is
// shown must be the same.
func readHead(raw []byte) (head, bool) {
	var fields head
	for rest := raw; len(rest) > 0; {
		if len(raw)-len(rest) > maxHead {
			return nil, false
		}
		line := rest
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			line, rest = rest[:i], rest[i+1:]
		} else {
			rest = nil
		}
		line = bytes.TrimSuffix(line, []byte("\r"))
		switch {
		case len(line) == 0:
			return fields, true
		case bytes.ContainsAny(line, "\r\x00"):
			return nil, false
		case line[0] == ' ' || line[0] == '\t':
			if len(fields) == 0 {
				return nil, false
			}
			fields[len(fields)-1].value += string(line)
			continue
		}
		name, value, found := strings.Cut(string(line), ":")
		name = strings.ToLower(strings.TrimRight(name, " \t"))
		if !found || name == "" || strings.ContainsAny(name, " \t") {
			return nil, false
		}
		fields = append(fields, field{name, value})
	}
	return fields, true
}

// from is the domain of the one address in the one From, lower case and in
// A-labels. Two fields, two addresses or a group (RFC 6854) prove nobody.
func (h head) from() (string, bool) {
	value, n := "", 0
	for _, f := range h {
		if f.name == "from" {
			value = f.value
			n++
		}
	}
	if n != 1 || strings.ContainsAny(plainParts(value), ":;") {
		return "", false
	}
	parser := netmail.AddressParser{WordDecoder: &mime.WordDecoder{CharsetReader: anyCharset}}
	address, err := parser.Parse(strings.TrimSpace(value))
	if err != nil {
		return "", false
	}
	one, err := mail.NewAddress("", address.Address)
	if err != nil {
		return "", false
	}
	return domainKey(one), true
}

// anyCharset lets a name in any charset through: only the address counts.
func anyCharset(_ string, r io.Reader) (io.Reader, error) { return r, nil }

// domainKey is the domain of an address as it is compared.
func domainKey(a mail.Address) string {
	key := a.Key()
	return key[strings.LastIndexByte(key, '@')+1:]
}

// plainParts is a structured field without its quoted strings and comments.
func plainParts(value string) string {
	var out strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case c == '\\' && (quoted || depth > 0):
			i++
		case quoted:
			quoted = c != '"'
		case c == '"' && depth == 0:
			quoted = true
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0:
			out.WriteByte(c)
		}
	}
	return out.String()
}
