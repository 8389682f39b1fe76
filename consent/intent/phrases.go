package intent

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
)

// phrases is many expressions that are asked of every sentence. Go's expressions
// take a time that grows with their size, and most sentences hold none of their
// words: so each is tried only where a piece of text stands that it cannot do
// without, and all those pieces are found in one pass.
type phrases struct {
	all    []*regexp.Regexp
	pieces piece
	first  [256]*piece // of pieces, by its letter: most places of a text begin none
	always []int       // expressions that need no piece
}

// either makes phrases; each stands behind a word border.
func either(patterns ...string) *phrases {
	bordered := make([]string, len(patterns))
	for i, p := range patterns {
		bordered[i] = `(?:^|[^\w])(?:` + p + `)`
	}
	return whole(bordered...)
}

// complete makes phrases that are the whole text or nothing.
func complete(patterns ...string) *phrases {
	bound := make([]string, len(patterns))
	for i, p := range patterns {
		bound[i] = `^(?:` + p + `)$`
	}
	return whole(bound...)
}

// whole makes phrases of expressions as they are.
func whole(patterns ...string) *phrases {
	p := &phrases{}
	for i, pattern := range patterns {
		p.all = append(p.all, regexp.MustCompile(pattern))
		tree, err := syntax.Parse(pattern, syntax.Perl)
		if err != nil {
			panic(err) // MustCompile took it
		}
		need := needed(tree.Simplify())
		if len(need) == 0 {
			p.always = append(p.always, i)
		}
		for _, text := range need {
			p.pieces.add(text, i)
		}
	}
	for i, letter := range p.pieces.letters {
		p.first[letter] = p.pieces.next[i]
	}
	return p
}

// MatchString reports whether one of the expressions matches.
func (p *phrases) MatchString(s string) bool {
	return slices.ContainsFunc(p.candidates(s), func(i int) bool { return p.all[i].MatchString(s) })
}

// FindStringIndex is where the first of the expressions that matches does.
func (p *phrases) FindStringIndex(s string) []int {
	for _, i := range p.candidates(s) {
		if at := p.all[i].FindStringIndex(s); at != nil {
			return at
		}
	}
	return nil
}

// ReplaceAllString takes every match out.
func (p *phrases) ReplaceAllString(s, by string) string {
	for _, i := range p.candidates(s) {
		s = p.all[i].ReplaceAllString(s, by)
	}
	return s
}

// candidates is the expressions that may match, ascending.
func (p *phrases) candidates(s string) []int {
	found := slices.Clone(p.always)
	for i := range len(s) {
		if n := p.first[s[i]]; n != nil {
			found = n.at(s[i+1:], append(found, n.of...))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// piece is a node of the tree of needed texts.
type piece struct {
	letters []byte   // that go on from here
	next    []*piece // one for each letter
	of      []int    // the expressions that need the text ending here
}

func (n *piece) child(letter byte) *piece {
	for i, l := range n.letters { // a few only: faster than a search
		if l == letter {
			return n.next[i]
		}
	}
	return nil
}

func (n *piece) add(text string, of int) {
	for i := range len(text) {
		child := n.child(text[i])
		if child == nil {
			child = &piece{}
			n.letters, n.next = append(n.letters, text[i]), append(n.next, child)
		}
		n = child
	}
	n.of = append(n.of, of)
}

// at adds to found what begins at the start of s.
func (n *piece) at(s string, found []int) []int {
	for i := 0; i < len(s); i++ {
		if n = n.child(s[i]); n == nil {
			return found
		}
		found = append(found, n.of...)
	}
	return found
}

// mostPieces bounds how many texts one expression may ask for.
const mostPieces = 64

// needed is texts of which every match holds at least one; none when there is no
// such list.
func needed(tree *syntax.Regexp) []string {
	switch tree.Op {
	case syntax.OpLiteral:
		if tree.Flags&syntax.FoldCase != 0 {
			return nil
		}
		return []string{string(tree.Rune)}
	case syntax.OpCapture, syntax.OpPlus:
		return needed(tree.Sub[0])
	case syntax.OpRepeat:
		if tree.Min > 0 {
			return needed(tree.Sub[0])
		}
	case syntax.OpAlternate:
		var all []string
		for _, sub := range tree.Sub {
			need := needed(sub)
			if len(need) == 0 || len(all)+len(need) > mostPieces {
				return nil
			}
			all = append(all, need...)
		}
		return all
	case syntax.OpConcat:
		var best []string
		for _, sub := range tree.Sub {
			if need := needed(sub); shortest(need) > shortest(best) {
				best = need
			}
		}
		return best
	}
	return nil
}

// shortest is the length of the shortest text; a list is as good as that.
func shortest(texts []string) int {
	if len(texts) == 0 {
		return 0
	}
	return len(strings.TrimSpace(slices.MinFunc(texts, func(a, b string) int { return len(strings.TrimSpace(a)) - len(strings.TrimSpace(b)) })))
}
