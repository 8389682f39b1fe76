package intake

import "bytes"

// Bounds of one record. What is beyond them is refused and never kept.
const (
	maxRecord = 256 << 10 // bytes of one record
	maxQuoted = 40        // ends of lines in one cell, of which \r\n are two
)

// record is one row of the file before it is understood.
type record struct {
	line   int // of the file, the first is 1
	raw    []byte
	cells  [][]byte
	broken string // why it cannot be read, one sentence
	odd    bool   // it has quotes where none should be
}

// blank reports whether nothing stands in the record.
func (r record) blank() bool {
	return len(bytes.Trim(r.raw, " \t\r\n,;")) == 0
}

// scanner cuts a file into records. It always moves on, whatever it meets.
type scanner struct {
	text      []byte
	separator byte
	line      int
	width     int // cells of the header, 0 before it
}

// next cuts the next record off; false at the end.
func (s *scanner) next() (record, bool) {
	if len(s.text) == 0 {
		return record{}, false
	}
	r, size := s.quoted()
	if r.broken != "" {
		// The quote costs the line in which it was opened, and no other.
		size = endOfLine(s.text)
		r.raw, r.cells = s.text[:size], nil
	}
	r.line = s.line
	s.line += newlines(s.text[:size])
	s.text = s.text[size:]
	return r, true
}

// quoted reads a record that may have quoted cells over several lines.
func (s *scanner) quoted() (record, int) {
	var r record
	at := 0
	for {
		cell, after, odd, why := s.cell(at)
		if why != "" {
			return record{broken: why}, 0
		}
		r.cells, r.odd = append(r.cells, cell), r.odd || odd
		at = after
		if at >= len(s.text) || s.text[at] != s.separator {
			break
		}
		at++
		if at > maxRecord {
			return record{broken: tooLong}, 0
		}
	}
	size := at + lengthOfNewline(s.text[at:])
	r.raw = s.text[:at]
	lines := newlines(r.raw)
	switch {
	case at > maxRecord:
		return record{broken: tooLong}, 0
	case lines > 0 && (r.odd || s.width > 0 && len(r.cells) != s.width):
		// A quote that nobody closed met the first quote of a later row.
		return record{broken: unclosed}, 0
	}
	return r, size
}

const (
	unclosed = "A quote is opened in this row and not closed as it should be."
	tooLong  = "The row is longer than any lead can be."
)

// cell reads one cell and gives where it ends.
func (s *scanner) cell(at int) (cell []byte, after int, odd bool, why string) {
	if at >= len(s.text) || s.text[at] != '"' {
		end := at
		for end < len(s.text) && s.text[end] != s.separator && s.text[end] != '\n' && s.text[end] != '\r' {
			end++
		}
		cell = s.text[at:end]
		return cell, end, bytes.IndexByte(cell, '"') >= 0, ""
	}
	from, lines := at+1, 0
	for i := from; i < len(s.text); i++ {
		switch b := s.text[i]; {
		case b == '"' && i+1 < len(s.text) && s.text[i+1] == '"':
			i++
		case b == '"' && s.ends(i+1):
			return bytes.ReplaceAll(s.text[from:i], []byte(`""`), []byte(`"`)), i + 1, odd, ""
		case b == '"':
			odd = true
		case b == '\n' || b == '\r':
			if lines++; lines > maxQuoted {
				return nil, 0, false, unclosed
			}
		}
		if i-at > maxRecord {
			return nil, 0, false, unclosed
		}
	}
	return nil, 0, false, unclosed
}

// ends reports whether a cell may end at i.
func (s *scanner) ends(i int) bool {
	return i >= len(s.text) || s.text[i] == s.separator || s.text[i] == '\n' || s.text[i] == '\r'
}

// endOfLine is the length of the first line with its end.
func endOfLine(text []byte) int {
	i := bytes.IndexAny(text, "\r\n")
	if i < 0 {
		return len(text)
	}
	return i + lengthOfNewline(text[i:])
}

func lengthOfNewline(text []byte) int {
	switch {
	case bytes.HasPrefix(text, []byte("\r\n")):
		return 2
	case len(text) > 0 && (text[0] == '\n' || text[0] == '\r'):
		return 1
	}
	return 0
}

// newlines counts ends of lines, however they are written.
func newlines(text []byte) int {
	return bytes.Count(text, []byte("\n")) + bytes.Count(text, []byte("\r")) - bytes.Count(text, []byte("\r\n"))
}

// separatorOf is the separator of a file by its first line that is not blank; rest
// is the file without a line that does nothing but name it ("sep=;").
func separatorOf(text []byte) (separator byte, skipped int) {
	first := bytes.TrimRight(text[:endOfLine(text)], "\r\n")
	if named, ok := bytes.CutPrefix(bytes.ToLower(first), []byte("sep=")); ok && len(named) == 1 && bytes.IndexByte([]byte(",;\t"), named[0]) >= 0 {
		return named[0], endOfLine(text)
	}
	for len(text) > 0 {
		size := endOfLine(text)
		line := text[:size]
		if len(bytes.TrimSpace(line)) == 0 {
			text = text[size:]
			continue
		}
		separator = ','
		for _, b := range []byte(";\t") {
			if bytes.Count(line, []byte{b}) > bytes.Count(line, []byte{separator}) {
				separator = b
			}
		}
		return separator, 0
	}
	return ',', 0
}

func separatorName(b byte) string {
	switch b {
	case ';':
		return "semicolon"
	case '\t':
		return "tab"
	}
	return "comma"
}
