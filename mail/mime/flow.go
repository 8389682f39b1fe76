package mime

import "strings"

// maxMargin is how many quotes and list indents stand before a line; deeper
// ones are not drawn, so that depth cannot multiply the text.
const maxMargin = 10

// margin is what stands before each line of a quote or list item. mark is for
// the first line, then rest.
type margin struct {
	mark, rest string
	used       bool
}

// flow writes words and blocks as lines. Blank space is folded as HTML folds
// it; breaks are owed until the next word, so none stands at an end.
type flow struct {
	b       strings.Builder
	margins []*margin
	owed    int  // line breaks before the next word
	space   bool // a blank before the next word
	open    bool // the current line has text
	touched bool // the current line had a hard blank: it counts even when empty
	limit   int  // octets; what is over it is dropped
}

// word writes text without line breaks.
func (f *flow) word(s string) {
	if f.b.Len()+len(s) > f.limit {
		return
	}
	f.breaks()
	if !f.open {
		f.b.WriteString(f.margin())
		f.open, f.space = true, false
	}
	if f.space {
		f.b.WriteByte(' ')
		f.space = false
	}
	f.b.WriteString(s)
}

// text writes text whose blank space is folded.
func (f *flow) text(s string) {
	start := -1
	for i, r := range s {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' || r == '\u00a0':
			if start >= 0 {
				f.word(s[start:i])
				start = -1
			}
			f.space = f.space || f.open
			f.touched = f.touched || r == '\u00a0'
		case start < 0:
			start = i
		}
	}
	if start >= 0 {
		f.word(s[start:])
	}
}

// lines writes text as it is, line by line.
func (f *flow) lines(s string) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			f.brk()
		}
		if line != "" {
			f.word(line)
		}
	}
}

// brk is a line break that counts, however many there are.
func (f *flow) brk() {
	f.owed++
	if f.owed > 2 {
		f.owed = 2
	}
	f.endLine()
}

// block asks for at least n line breaks before the next word.
func (f *flow) block(n int) {
	if !f.open && f.owed == 0 && f.b.Len() == 0 {
		f.touched, f.space = false, false
		return
	}
	if f.touched && !f.open {
		f.owed++ // a paragraph of nothing but a hard blank is an empty line
	}
	f.owed = min(2, max(f.owed, n))
	f.endLine()
}

func (f *flow) endLine() { f.open, f.space, f.touched = false, false, false }

// breaks pays what is owed.
func (f *flow) breaks() {
	if f.b.Len() > 0 {
		for ; f.owed > 0; f.owed-- {
			f.b.WriteByte('\n')
			if f.owed > 1 {
				f.b.WriteString(strings.TrimRight(f.rest(), " "))
			}
		}
	}
	f.owed = 0
}

// margin is what stands before the line that begins now.
func (f *flow) margin() string {
	var b strings.Builder
	for i, m := range f.margins {
		if i >= maxMargin {
			m.used = true
			continue
		}
		if m.used {
			b.WriteString(m.rest)
		} else {
			b.WriteString(m.mark)
			m.used = true
		}
	}
	return b.String()
}

// rest is what stands before an empty line: the quotes, not the list marks.
func (f *flow) rest() string {
	var b strings.Builder
	for i, m := range f.margins {
		if i < maxMargin && m.used {
			b.WriteString(m.rest)
		}
	}
	return b.String()
}

func (f *flow) push(mark, rest string) *margin {
	m := &margin{mark: mark, rest: rest}
	f.margins = append(f.margins, m)
	return m
}

func (f *flow) pop() {
	if len(f.margins) > 0 {
		f.margins = f.margins[:len(f.margins)-1]
	}
}

func (f *flow) string() string { return f.b.String() }
