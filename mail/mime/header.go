package mime

import (
	"bytes"
	"slices"
	"strings"
)

// The limits of a header block. What is over them is left out, with a note.
const (
	maxHeader = 512 << 10 // octets of all fields together
	maxField  = 64 << 10  // octets of one field
	maxFields = 1000
)

// field is one header field: its name in lower case and its raw value, unfolded.
type field struct{ name, value string }

// header is the fields of one block in their order.
type header []field

// get is the first value of name (lower case), or "".
func (h header) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// all is every value of name, in order.
func (h header) all(name string) []string {
	var values []string
	for _, f := range h {
		if f.name == name {
			values = append(values, f.value)
		}
	}
	return values
}

// has reports whether one of the names is there.
func (h header) has(names ...string) bool {
	for _, f := range h {
		for _, name := range names {
			if f.name == name {
				return true
			}
		}
	}
	return false
}

// blockReader cuts a header block into fields.
type blockReader struct {
	names  []string
	values [][]byte
	size   int
	bad    bool // a line that is no field was skipped
	over   bool // a limit was reached
}

// splitHeader cuts raw into header fields and body. It takes any line ending,
// skips the "From " line of an mbox, and survives lines that are no field:
// they are skipped when fields go on after them, else the body begins there.
func splitHeader(raw []byte, n *notes) (header, []byte) {
	if !bytes.ContainsRune(raw, '\n') {
		raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	rest := skipMbox(raw)
	var b blockReader
	for len(rest) > 0 {
		line, next := cutLine(rest)
		if len(line) == 0 {
			if len(b.names) == 0 && !b.bad && looksLikeField(next) {
				rest = next // blank lines before the header
				continue
			}
			rest = next
			break
		}
		if !b.take(line) {
			if len(b.names) == 0 || !looksLikeField(next) {
				break // no field and none follows: the body, without its blank line
			}
			b.bad = true
		}
		rest = next
	}
	if b.bad {
		n.add("A line of the header is damaged and was skipped.")
	}
	if b.over {
		n.add("The header is too large: a part of it was left out.")
	}
	if len(b.names) == 0 && len(raw) > 0 {
		n.add("The mail has no header.")
	}
	return b.header(), rest
}

// take adds one line; false when it is neither a field nor a continuation.
func (b *blockReader) take(line []byte) bool {
	if line[0] == ' ' || line[0] == '\t' {
		if len(b.names) == 0 {
			return false
		}
		last := &b.values[len(b.values)-1]
		if b.room(len(line)) && len(*last)+len(line) <= maxField {
			*last = append(*last, line...)
		} else {
			b.over = true
		}
		return true
	}
	name, value, ok := cutField(line)
	if !ok {
		return false
	}
	if len(b.names) >= maxFields || !b.room(len(line)) {
		b.over = true
		return true
	}
	if len(value) > maxField {
		value, b.over = value[:maxField], true
	}
	b.names = append(b.names, strings.ToLower(string(name)))
	b.values = append(b.values, slices.Clone(value)) // a copy: continuations are appended to it
	return true
}

func (b *blockReader) header() header {
	h := make(header, len(b.names))
	for i, name := range b.names {
		h[i] = field{name, string(b.values[i])}
	}
	return h
}

func (b *blockReader) room(n int) bool {
	if b.size+n > maxHeader {
		return false
	}
	b.size += n
	return true
}

// cutField is "Name: value" (RFC 5322 section 2.2; a blank before the colon is
// the obsolete form of section 4.5).
func cutField(line []byte) (name, value []byte, ok bool) {
	name, value, ok = bytes.Cut(line, []byte(":"))
	name = bytes.TrimRight(name, " \t")
	if !ok || len(name) == 0 || len(name) > 128 {
		return nil, nil, false
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return nil, nil, false
		}
	}
	return name, bytes.Trim(value, " \t\r"), true
}

func looksLikeField(b []byte) bool {
	line, _ := cutLine(b)
	_, _, ok := cutField(line)
	return ok
}

// skipMbox takes the "From " line of an mbox file away, and ">From " too.
func skipMbox(raw []byte) []byte {
	for bytes.HasPrefix(raw, []byte("From ")) || bytes.HasPrefix(raw, []byte(">From ")) {
		line, next := cutLine(raw)
		if _, _, ok := cutField(line); ok {
			break // "From : x" is a field
		}
		raw = next
	}
	return raw
}

// cutLine is the first line without its end, and what follows it.
func cutLine(b []byte) (line, rest []byte) {
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		return bytes.TrimSuffix(b, []byte("\r")), nil
	}
	return bytes.TrimSuffix(b[:i], []byte("\r")), b[i+1:]
}
