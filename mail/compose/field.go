package compose

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"zgoda/mail"
)

const (
	lineAim   = 78  // octets of a header line we aim at (RFC 5322 section 2.1.1)
	wordLimit = 66  // octets of an encoded word: RFC 2047 allows 75, the field's name goes before it
	idLimit   = 900 // octets of a Message-ID, so that its line stays below 998
)

// field writes a header field of tokens that have no blank in them, folded
// between them.
func field(name string, tokens []string) string {
	var b strings.Builder
	b.WriteString(name + ":")
	width := len(name) + 1
	for i, token := range tokens {
		if i > 0 && width+1+len(token) > lineAim {
			b.WriteString("\r\n")
			width = 0
		}
		b.WriteString(" " + token)
		width += 1 + len(token)
	}
	return b.String() + "\r\n"
}

// textField writes an unstructured field.
func textField(name, value string) (string, error) {
	value = strings.TrimSpace(value)
	if err := checkValue(value); err != nil {
		return "", fmt.Errorf("%s: %w", strings.ToLower(name), err)
	}
	if plainWords(value) {
		return field(name, strings.Split(value, " ")), nil
	}
	return field(name, encodeWords(value)), nil
}

// addressField writes a field of exactly one mailbox.
func addressField(name string, a mail.Address) (string, error) {
	if err := checkValue(a.Name); err != nil {
		return "", fmt.Errorf("%s: %w", strings.ToLower(name), err)
	}
	address := "<" + a.Email + ">"
	switch {
	case a.Name == "":
		return field(name, []string{a.Email}), nil
	case plainWords(a.Name) && len(a.Name) <= 60:
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(a.Name) + `"`
		return field(name, append(strings.Split(quoted, " "), address)), nil
	}
	return field(name, append(encodeWords(a.Name), address)), nil
}

// plainWords reports whether s may stand in a header as it is: ASCII words with
// single blanks, none too long to fold, nothing that reads as an encoded word.
func plainWords(s string) bool {
	if !ascii(s) || strings.Contains(s, "=?") || strings.Contains(s, "  ") {
		return false
	}
	for word := range strings.SplitSeq(s, " ") {
		if len(word) > 200 {
			return false
		}
	}
	return true
}

// encodeWords is s as encoded words (RFC 2047): base64 when much of it is not
// ASCII, else Q. No character is cut in two.
func encodeWords(s string) []string {
	wide := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			wide++
		}
	}
	encode, kind := encodeQ, "q"
	if wide*3 > len(s) {
		encode, kind = encodeB, "b"
	}
	head, tail := "=?utf-8?"+kind+"?", "?="
	var words []string
	start := 0
	for i, r := range s {
		end := i + utf8.RuneLen(r)
		if len(encode(s[start:end]))+len(head)+len(tail) > wordLimit {
			words = append(words, head+encode(s[start:i])+tail)
			start = i
		}
	}
	return append(words, head+encode(s[start:])+tail)
}

func encodeB(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// encodeQ keeps only letters and digits as they are: that is allowed in every
// place an encoded word can stand in (RFC 2047 section 5).
func encodeQ(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == ' ':
			b.WriteByte('_')
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "=%02X", c)
		}
	}
	return b.String()
}

// checkValue refuses whatever could end a field.
func checkValue(s string) error {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, control) {
		return ErrBadField
	}
	return nil
}

// control is C0, DEL, C1 and the two Unicode line separators.
func control(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029'
}

// wireAddress checks an address and writes its domain as an A-label (RFC 5891),
// so that a domain beyond ASCII needs nothing of any server.
func wireAddress(a mail.Address) (mail.Address, error) {
	if err := checkValue(a.Name + a.Email); err != nil {
		return mail.Address{}, err
	}
	a, err := mail.NewAddress(a.Name, a.Email)
	if err != nil {
		return mail.Address{}, err
	}
	at := strings.LastIndexByte(a.Email, '@')
	local, domain := a.Email[:at], a.Email[at+1:]
	if !ascii(domain) {
		if domain, err = idna.Lookup.ToASCII(domain); err != nil {
			return mail.Address{}, mail.ErrBadAddress // the cause would name the domain
		}
	}
	if strings.ContainsAny(local, `"()[]\:`) || strings.ContainsAny(domain, `"()\/?#%`) {
		return mail.Address{}, mail.ErrBadAddress
	}
	a.Email = local + "@" + domain
	return a, nil
}

// mailto escapes an address for a mailto link (RFC 6068 section 2).
func mailto(email string) string {
	var b strings.Builder
	for i := 0; i < len(email); i++ {
		c := email[i]
		switch {
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("@.-_~!$*", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// randomID is what mail.NewMessageID makes: it tells nothing.
var randomID = regexp.MustCompile(`^[0-9a-f]{32}@`)

// checkID refuses a Message-ID that could not stand in a header or that names
// the person the mail is for (law.md M7).
func checkID(id mail.MessageID, to mail.Address) error {
	if !usable(id) {
		return ErrBadID
	}
	left, _, _ := strings.Cut(strings.ToLower(string(id)), "@")
	local, _, _ := strings.Cut(strings.ToLower(to.Email), "@")
	if !randomID.MatchString(string(id)) && len(local) > 2 && strings.Contains(left, local) {
		return ErrBadID
	}
	return nil
}

// usable reports whether an id can be written as it is.
func usable(id mail.MessageID) bool {
	return id != "" && len(id) <= idLimit && ascii(string(id)) && mail.ParseMessageID(string(id)) == id
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
