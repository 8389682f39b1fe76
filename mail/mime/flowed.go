package mime

import "strings"

// unflow undoes format=flowed (RFC 3676 section 4): lines that end in a blank
// go on in the next one of the same quote depth, and space-stuffing is taken
// off. Quotes come out as "> " for each depth. delsp says that the blank at
// the end of a line is not part of the text.
func unflow(s string, delsp bool) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	var b strings.Builder
	b.Grow(len(s))
	open, openDepth := false, 0
	for i, line := range strings.Split(s, "\n") {
		depth := len(line) - len(strings.TrimLeft(line, ">"))
		content := strings.TrimPrefix(line[depth:], " ")
		signature := content == "-- "
		if !open || openDepth != depth || signature {
			if i > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(quoteMark(depth, content))
		}
		open, openDepth = strings.HasSuffix(content, " ") && !signature, depth
		if open && delsp {
			content = content[:len(content)-1]
		}
		b.WriteString(content)
	}
	return b.String()
}

// quoteMark is the mark of a quote of depth, as most clients write it.
func quoteMark(depth int, content string) string {
	if depth == 0 {
		return ""
	}
	mark := strings.Repeat(">", min(depth, 20))
	if content == "" {
		return mark
	}
	return mark + " "
}
