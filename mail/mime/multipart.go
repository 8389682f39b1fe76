package mime

import "bytes"

// splitParts cuts the body of a multipart at its boundary (RFC 2046 section
// 5.1.1). It reads every octet once, so parts in parts cost depth times size
// and no more. Preamble and epilogue are left out. closed says that the end
// boundary was there; without it the last part goes to the end of the body.
func splitParts(body []byte, boundary string, limit int) (parts [][]byte, closed bool) {
	delimiter := []byte("--" + boundary)
	start := -1 // of the part that is being read
	for at := 0; at < len(body); {
		line, next := body[at:], len(body)
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line, next = line[:i], at+i+1
		}
		if tail, ok := bytes.CutPrefix(line, delimiter); ok {
			tail = bytes.TrimRight(tail, " \t\r")
			end := bytes.Equal(tail, []byte("--"))
			if end || len(tail) == 0 {
				if start >= 0 {
					parts = append(parts, trimBreak(body[start:at]))
				}
				if end || len(parts) > limit {
					return parts, true
				}
				start = next
			}
		}
		at = next
	}
	if start >= 0 {
		parts = append(parts, body[min(start, len(body)):])
	}
	return parts, false
}

// trimBreak takes the line break off that belongs to the boundary.
func trimBreak(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// findBoundary is the first line that looks like one, for a multipart that
// does not name its boundary.
func findBoundary(body []byte) string {
	for rest := body; len(rest) > 0; {
		var line []byte
		line, rest = cutLine(rest)
		line = bytes.TrimRight(line, " \t")
		if len(line) > 4 && len(line) <= 72 && bytes.HasPrefix(line, []byte("--")) && looksLikeField(rest) {
			return string(line[2:])
		}
	}
	return ""
}
