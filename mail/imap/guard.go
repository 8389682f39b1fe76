package imap

import (
	"bytes"
	"errors"
	"regexp"
)

// errTrap says that the server sent a line on which the library never ends.
var errTrap = errors.New("bracket in a capability list")

// guard looks at what the server says before the library does. go-imap beta.8
// takes a "(" for a blank, and in a capability list it skips blanks for ever:
// its reader then spins, and closing the connection does not end it. Found by
// FuzzServer; to be taken out when the library has mended it.
type guard struct {
	head []byte // of the line, until it is known what it is
	mode guardMode
}

type guardMode int

const (
	lineStart guardMode = iota
	inCaps              // until "]" or the end of the line
	lineRest            // anything else
)

var (
	capsLine  = regexp.MustCompile(`^(?i:\* CAPABILITY)|^[*T]\d* (?i:OK|NO|BAD|BYE|PREAUTH) \[CAPABILITY`)
	longestID = len("* PREAUTH [CAPABILITY") + 24 // with a tag instead of the star
)

// pass reports whether the library may read p.
func (g *guard) pass(p []byte) bool {
	for len(p) > 0 {
		line, rest, ended := bytes.Cut(p, []byte{'\n'})
		if !g.passLine(line) {
			return false
		}
		if ended {
			g.head, g.mode = g.head[:0], lineStart
		}
		p = rest
	}
	return true
}

func (g *guard) passLine(part []byte) bool {
	if g.mode == lineStart {
		n := min(len(part), longestID-len(g.head))
		g.head = append(g.head, part[:n]...)
		if len(g.head) > 0 && g.head[0] != '*' && g.head[0] != 'T' { // the library's tags are T1, T2 …
			g.mode = lineRest
			return true
		}
		if at := capsLine.FindIndex(g.head); at != nil {
			g.mode = inCaps
			part = append(bytes.Clone(g.head[at[1]:]), part[n:]...)
		} else if len(g.head) == longestID {
			g.mode = lineRest
		}
	}
	if g.mode != inCaps {
		return true
	}
	list, _, ended := bytes.Cut(part, []byte{']'})
	if ended {
		g.mode = lineRest
	}
	return !bytes.ContainsRune(list, '(')
}
