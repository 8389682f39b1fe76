package mime

import (
	"bytes"
	"encoding/base64"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message/charset"
)

// encodedWord is RFC 2047 section 2, and what mailers make of it: blanks in
// the text, a language after the charset (RFC 2231 section 5).
var encodedWord = regexp.MustCompile(`=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=`)

// decodeText turns a raw unstructured value into UTF-8. Words that follow each
// other in one charset are joined before they are read, for mailers cut in the
// middle of a character.
func decodeText(raw string) string {
	if !strings.Contains(raw, "=?") {
		return toUTF8([]byte(raw), "")
	}
	var b strings.Builder
	var run []byte
	label, end := "", 0
	flush := func() {
		if len(run) > 0 {
			b.WriteString(toUTF8(run, label))
			run = run[:0]
		}
	}
	for _, m := range encodedWord.FindAllStringSubmatchIndex(raw, -1) {
		between := raw[end:m[0]]
		data, ok := decodeWord(raw[m[4]], raw[m[6]:m[7]])
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(strings.ToLower(raw[m[2]:m[3]]), "*")
		follows := end > 0 && strings.Trim(between, " \t\r\n") == ""
		if !follows {
			flush()
			b.WriteString(toUTF8([]byte(between), ""))
		} else if name != label {
			flush()
		}
		run, label, end = append(run, data...), name, m[1]
	}
	flush()
	b.WriteString(toUTF8([]byte(raw[end:]), ""))
	return b.String()
}

func decodeWord(kind byte, text string) ([]byte, bool) {
	if kind == 'b' || kind == 'B' {
		return lenientBase64(text)
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '_':
			out = append(out, ' ')
		case text[i] == '=' && i+2 < len(text) && unhex(text[i+1]) >= 0 && unhex(text[i+2]) >= 0:
			out = append(out, byte(unhex(text[i+1])<<4|unhex(text[i+2])))
			i += 2
		default:
			out = append(out, text[i])
		}
	}
	return out, true
}

// lenientBase64 reads what is base64 in text and leaves padding and blanks out.
func lenientBase64(text string) ([]byte, bool) {
	text = strings.Map(func(r rune) rune {
		if r == '=' || r == ' ' || r == '\t' {
			return -1
		}
		return r
	}, text)
	if len(text)%4 == 1 {
		text = text[:len(text)-1]
	}
	data, err := base64.RawStdEncoding.DecodeString(text)
	return data, err == nil
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

// toUTF8 reads data in the charset label. An empty or unknown label, or one
// that the bytes belie, is guessed; the result may still hold U+FFFD.
func toUTF8(data []byte, label string) string {
	text, _ := decodeCharset(data, label)
	return text
}

// decodeCharset is [toUTF8] that also says whether the charset was known.
func decodeCharset(data []byte, label string) (text string, known bool) {
	label = strings.ToLower(strings.Trim(label, `"' `))
	switch label {
	case "", "utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "default":
		return guess(data), true
	}
	if r, err := charset.Reader(label, bytes.NewReader(data)); err == nil {
		if out, err := io.ReadAll(r); err == nil || len(out) > 0 {
			return string(out), true
		}
	}
	return guess(data), false
}

// guess reads bytes of no known charset: UTF-8 when they are, or mostly are;
// else one of the two that Polish mail was written in before it.
func guess(data []byte) string {
	if utf8.Valid(data) {
		return string(data)
	}
	if wideRunes(data) > 0 {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	r, err := charset.Reader(oldPolish(data), bytes.NewReader(data))
	if err != nil {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	out, err := io.ReadAll(r)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	return string(out)
}

// wideRunes counts the well-formed runes of more than one byte.
func wideRunes(data []byte) int {
	n := 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if size > 1 && r != utf8.RuneError {
			n++
		}
		data = data[size:]
	}
	return n
}

// oldPolish tells the two charsets apart by the letters that they put in
// different places: ą ś ź and their capitals.
func oldPolish(data []byte) string {
	iso, windows := 0, 0
	for _, c := range data {
		switch c {
		case 0xb1, 0xb6, 0xbc, 0xa1, 0xa6, 0xac:
			iso++
		case 0xb9, 0x9c, 0x9f, 0xa5, 0x8c, 0x8f:
			windows++
		}
	}
	if iso > windows {
		return "iso-8859-2"
	}
	return "windows-1250"
}
