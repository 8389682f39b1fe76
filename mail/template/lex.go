package template

import (
	"strings"
	"unicode/utf8"
)

// The bounds of a template. They are far above what a mail needs and keep a
// hostile file from costing anything.
const (
	maxSource = 64 << 10 // octets of a file
	maxNodes  = 500
	maxDepth  = 8 // ifs inside ifs
	maxChain  = 6 // filters on one field
	maxValue  = 16 << 10
)

type tokenKind int

const (
	tokenText  tokenKind = iota
	tokenField           // {{ … }}
	tokenBlock           // {% … %}
)

// token is a piece of the source; body is what stands between the braces.
type token struct {
	kind         tokenKind
	body         string
	line, column int
}

// lexer cuts the source at its tags and knows the place of each.
type lexer struct {
	rest         string
	line, column int
}

func (l *lexer) step(n int) string {
	taken := l.rest[:n]
	l.rest = l.rest[n:]
	if i := strings.LastIndexByte(taken, '\n'); i >= 0 {
		l.line += strings.Count(taken, "\n")
		l.column = 1 + utf8.RuneCountInString(taken[i+1:])
	} else {
		l.column += utf8.RuneCountInString(taken)
	}
	return taken
}

// next gives the next token, false at the end.
func (l *lexer) next() (token, bool, error) {
	if l.rest == "" {
		return token{}, false, nil
	}
	at := token{line: l.line, column: l.column}
	switch {
	case strings.HasPrefix(l.rest, "{{"):
		return l.tag(at, tokenField, "{{", "}}")
	case strings.HasPrefix(l.rest, "{%"):
		return l.tag(at, tokenBlock, "{%", "%}")
	}
	at.body = l.step(textEnd(l.rest))
	return at, true, nil
}

// textEnd is where the next tag begins.
func textEnd(s string) int {
	end := len(s)
	for _, open := range []string{"{{", "{%"} {
		if i := strings.Index(s, open); i >= 0 && i < end {
			end = i
		}
	}
	return end
}

func (l *lexer) tag(at token, kind tokenKind, open, shut string) (token, bool, error) {
	inside := l.rest[len(open):]
	line, _, _ := strings.Cut(inside, "\n")
	end := endOfTag(line, shut)
	if end < 0 || strings.Contains(line[:end], open) {
		return token{}, false, wrong(at.line, at.column, "Close it on the same line with "+shut+".", "%s is not closed.", open)
	}
	at.kind, at.body = kind, line[:end]
	l.step(len(open) + end + len(shut))
	return at, true, nil
}

// endOfTag is where shut begins, outside of quotes; -1 when it never comes.
func endOfTag(line, shut string) int {
	quoted := false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			quoted = !quoted
		case !quoted && strings.HasPrefix(line[i:], shut):
			return i
		}
	}
	return -1
}

// lexAll cuts the whole source. A block tag that stands alone on its line takes
// the line with it, so that an if leaves no empty line behind.
func lexAll(source string, line, column int) ([]token, error) {
	l := lexer{rest: source, line: line, column: column}
	var tokens []token
	for {
		t, ok, err := l.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return standalone(tokens), nil
		}
		tokens = append(tokens, t)
		if len(tokens) > maxNodes {
			return nil, wrong(t.line, t.column, "Make the template shorter.", "The template has more than %d pieces.", maxNodes)
		}
	}
}

func standalone(tokens []token) []token {
	out := append([]token(nil), tokens...)
	for i, t := range tokens {
		if t.kind != tokenBlock {
			continue
		}
		// The neighbours are judged as they were written: one line may hold one tag.
		before, after := "\n", "\n"
		if i > 0 {
			before = tokens[i-1].body
		}
		if i+1 < len(tokens) {
			after = tokens[i+1].body
		}
		if i > 0 && (tokens[i-1].kind != tokenText || !endsLine(before, i == 1)) {
			continue
		}
		if i+1 < len(tokens) && (tokens[i+1].kind != tokenText || !beginsLine(after)) {
			continue
		}
		if i > 0 {
			out[i-1].body = strings.TrimRight(out[i-1].body, " \t")
		}
		if i+1 < len(tokens) {
			out[i+1].body = afterNewline(out[i+1].body)
		}
	}
	return out
}

func endsLine(s string, first bool) bool {
	s = strings.TrimRight(s, " \t")
	return strings.HasSuffix(s, "\n") || first && s == ""
}

func beginsLine(s string) bool {
	s = strings.TrimLeft(s, " \t")
	return strings.HasPrefix(s, "\n")
}

func afterNewline(s string) string {
	_, rest, _ := strings.Cut(s, "\n")
	return rest
}
