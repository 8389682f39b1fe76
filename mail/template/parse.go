package template

import (
	"strings"
	"unicode/utf8"
)

// node is text, a field, or an if. Exactly one of them is set.
type node struct {
	text  string
	field string
	chain []call
	cond  string // the field that an if asks for
	yes   []node
	no    []node
}

// call is one filter with its argument.
type call struct {
	name string
	arg  string
}

type parser struct {
	tokens []token
	at     int
}

// parse reads a text whose first character stands at line and column.
func parse(source string, line, column int) ([]node, error) {
	tokens, err := lexAll(source, line, column)
	if err != nil {
		return nil, err
	}
	p := parser{tokens: tokens}
	nodes, end, err := p.list(0)
	if err != nil {
		return nil, err
	}
	if end != nil {
		return nil, wrong(end.line, end.column, "Take it out, or put an if before it.", "%s has no if before it.", word(end.body))
	}
	return nodes, nil
}

// list reads nodes until the text ends or an else or endif is met, which it gives back.
func (p *parser) list(depth int) ([]node, *token, error) {
	var nodes []node
	for p.at < len(p.tokens) {
		t := p.tokens[p.at]
		p.at++
		switch t.kind {
		case tokenText:
			if t.body != "" {
				nodes = append(nodes, node{text: t.body})
			}
		case tokenField:
			n, err := field(t)
			if err != nil {
				return nil, nil, err
			}
			nodes = append(nodes, n)
		case tokenBlock:
			if w := word(t.body); w == "else" || w == "endif" {
				return nodes, &t, bare(t, w)
			}
			n, err := p.branch(t, depth+1)
			if err != nil {
				return nil, nil, err
			}
			nodes = append(nodes, n)
		}
	}
	return nodes, nil, nil
}

// branch reads from an if to its endif.
func (p *parser) branch(t token, depth int) (node, error) {
	words := strings.Fields(t.body)
	if len(words) == 0 || words[0] != "if" {
		return node{}, wrong(t.line, t.column, "The tags are if, else and endif.", "There is no tag %q.", word(t.body))
	}
	if len(words) != 2 {
		return node{}, wrong(t.line, t.column, "Write it as {% if company %}.", "An if asks for exactly one field.")
	}
	if err := exists(words[1], t); err != nil {
		return node{}, err
	}
	if depth > maxDepth {
		return node{}, wrong(t.line, t.column, "Take some of them apart.", "More than %d ifs stand inside each other.", maxDepth)
	}
	n := node{cond: words[1]}
	yes, end, err := p.list(depth)
	if err == nil && end != nil && word(end.body) == "else" {
		n.no, end, err = p.list(depth)
	}
	switch {
	case err != nil:
		return node{}, err
	case end == nil:
		return node{}, wrong(t.line, t.column, "Put {% endif %} where it ends.", "The if for %q has no endif.", n.cond)
	case word(end.body) != "endif":
		return node{}, wrong(end.line, end.column, "Keep one else for each if.", "This if has a second else.")
	}
	n.yes = yes
	return n, nil
}

// bare makes sure that else and endif stand alone in their tag.
func bare(t token, name string) error {
	if len(strings.Fields(t.body)) == 1 {
		return nil
	}
	return wrong(t.line, t.column, "Write it as {% "+name+" %}.", "%s takes nothing after it.", name)
}

// field reads "first_name | default: \"there\"".
func field(t token) (node, error) {
	parts, err := pipes(t)
	if err != nil {
		return node{}, err
	}
	n := node{field: strings.TrimSpace(parts[0])}
	if err := exists(n.field, t); err != nil {
		return node{}, err
	}
	if len(parts)-1 > maxChain {
		return node{}, wrong(t.line, t.column, "Use fewer filters.", "More than %d filters on one field.", maxChain)
	}
	for _, part := range parts[1:] {
		c, err := filterCall(part, t)
		if err != nil {
			return node{}, err
		}
		n.chain = append(n.chain, c)
	}
	return n, nil
}

// pipes splits at each | outside of quotes.
func pipes(t token) ([]string, error) {
	var parts []string
	quoted, from := false, 0
	for i := range len(t.body) {
		switch {
		case t.body[i] == '"':
			quoted = !quoted
		case t.body[i] == '|' && !quoted:
			parts = append(parts, t.body[from:i])
			from = i + 1
		}
	}
	if quoted {
		return nil, wrong(t.line, t.column, "Close it with \".", "A quoted text is not closed.")
	}
	return append(parts, t.body[from:]), nil
}

func filterCall(part string, t token) (call, error) {
	name, arg, has := strings.Cut(part, ":")
	c := call{name: strings.TrimSpace(name)}
	takes, ok := filterTakes(c.name)
	if !ok {
		next := "The filters are " + strings.Join(filterNames(), ", ") + "."
		if near := nearest(c.name, filterNames()); near != "" {
			next = "Did you mean " + near + "?"
		}
		return call{}, wrong(t.line, t.column, next, "There is no filter %q.", clip(c.name))
	}
	arg = strings.TrimSpace(arg)
	switch {
	case takes != has:
		return call{}, wrong(t.line, t.column, "Only default takes a text, as in default: \"there\".", "The filter %s is not written rightly.", c.name)
	case has && (len(arg) < 2 || arg[0] != '"' || arg[len(arg)-1] != '"' || strings.Contains(arg[1:len(arg)-1], `"`)):
		return call{}, wrong(t.line, t.column, "Put the text into double quotes.", "The text of %s stands in no quotes.", c.name)
	case has:
		c.arg = arg[1 : len(arg)-1]
	}
	return c, nil
}

func exists(name string, t token) error {
	if known(name) {
		return nil
	}
	if name == "" {
		return wrong(t.line, t.column, "Write a field into it, as in {{ first_name }}.", "The braces name no field.")
	}
	next := "The help page lists the fields."
	if near := nearest(name, fieldNames()); near != "" {
		next = "Did you mean " + near + "?"
	}
	return wrong(t.line, t.column, next, "There is no field %q.", clip(name))
}

func word(body string) string {
	if words := strings.Fields(body); len(words) > 0 {
		return clip(words[0])
	}
	return ""
}

// clip keeps a foreign word short in an error.
func clip(s string) string {
	if utf8.RuneCountInString(s) <= 40 {
		return s
	}
	return string([]rune(s)[:40]) + "…"
}
