package mime

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"zgoda/mail"
)

// The limits of one HTML part.
const (
	maxHTML     = 4 << 20 // octets that are read
	maxElements = 512     // elements that are open at one time
	maxTables   = 30      // tables in tables whose cells are kept apart
)

// HTMLText makes plain text of HTML and names the trackers in it. Nothing is
// loaded and the result is safe for a terminal. Links become numbered
// foot-notes with host and path; what a mail program would not show is left out.
//
// It reads tokens and keeps its own small stack instead of building a tree:
// the tree of x/net/html refuses deep mail, and a few hundred open formatting
// elements make it copy them into each of a million paragraphs.
func HTMLText(source string) (text string, found []mail.Tracker) {
	if len(source) > maxHTML {
		source = source[:maxHTML]
	}
	r := &htmlReader{out: &flow{limit: maxText}, opened: map[string]int{}}
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		r.token(kind, z)
	}
	for len(r.stack) > 0 {
		r.closeTop()
	}
	text = r.out.string()
	if notes := r.notes.string(); notes != "" {
		text += "\n\n" + notes
	}
	return clearLines(SafeText(text)), r.trackers.list
}

// element is one open element and what is to be done when it ends.
type element struct {
	name   string
	hidden bool
	tiny   bool
	done   func()
}

type htmlReader struct {
	stack    []element
	opened   map[string]int // how many of each name are on the stack
	out      *flow
	notes    footnotes
	trackers trackers
	lists    []*counted
	rows     []*row // the row of each open table, nil before its first
	link     *strings.Builder
	pre      int
	hidden   int
	style    bool // inside <style>: its text is searched for addresses
}

// counted is one open list: number 0 is a list of dots.
type counted struct{ number int }

// row is the cells of a table row so far.
type row struct{ cells []string }

// attributes is the attributes of one tag, names in lower case.
type attributes map[string]string

var (
	hiddenStyle = regexp.MustCompile(`(?i)(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)|` +
		`text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,})`)
	noHeight = regexp.MustCompile(`(?i)(?:^|[;\s])(?:max-)?height\s*:\s*0(?:px)?\s*(?:;|!|$)`)
	overflow = regexp.MustCompile(`(?i)(?:^|[;\s])overflow\s*:\s*hidden`)
	fontSize = regexp.MustCompile(`(?i)(?:^|[;\s])font-size\s*:\s*([0-9.]+)`)
)

// hidden reports whether a browser would not draw the element.
func (at attributes) hidden() bool {
	if _, ok := at["hidden"]; ok {
		return true
	}
	style := at["style"]
	return style != "" && (hiddenStyle.MatchString(style) || noHeight.MatchString(style) && overflow.MatchString(style))
}

// tiny reports whether text in the element has size 0. Layouts set it on their
// cells and take it back inside, so it says nothing of the element's children.
func (at attributes) tiny(outer bool) bool {
	found := fontSize.FindStringSubmatch(at["style"])
	if found == nil {
		return outer
	}
	return strings.Trim(found[1], "0.") == ""
}

func (r *htmlReader) token(kind html.TokenType, z *html.Tokenizer) {
	switch kind {
	case html.TextToken:
		r.text(string(z.Text()))
	case html.StartTagToken, html.SelfClosingTagToken:
		name, more := z.TagName()
		tag := string(name)
		at := attributes{}
		for more && len(at) < 100 {
			var key, value []byte
			key, value, more = z.TagAttr()
			if _, twice := at[string(key)]; !twice {
				at[string(key)] = string(value)
			}
		}
		r.start(tag, at, kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := z.TagName()
		r.end(string(name))
	}
}

func (r *htmlReader) text(s string) {
	if r.style {
		r.trackers.css(s)
	}
	if r.hidden > 0 || r.tiny() {
		return
	}
	if r.link != nil && r.link.Len() < 400 {
		r.link.WriteString(s)
	}
	if r.pre > 0 {
		r.out.lines(s)
		return
	}
	r.out.text(s)
}

// start opens an element, or draws one that has no end.
func (r *htmlReader) start(tag string, at attributes, single bool) {
	if at["style"] != "" {
		r.trackers.css(at["style"])
	}
	r.trackers.resource(at["background"], remoteImage)
	if r.void(tag, at) || single {
		return
	}
	r.implied(tag)
	if len(r.stack) >= maxElements {
		return
	}
	e := element{name: tag, hidden: at.hidden() || unseen[tag], tiny: at.tiny(r.tiny())}
	if e.hidden {
		r.hidden++
	}
	if r.hidden == 0 {
		e.done = r.open(tag, at)
	} else if tag == "a" {
		r.trackers.link(at["href"])
	} else if tag == "style" {
		r.style = true
		e.done = func() { r.style = false }
	}
	r.stack = append(r.stack, e)
	r.opened[tag]++
}

// tiny reports whether text has size 0 here.
func (r *htmlReader) tiny() bool { return len(r.stack) > 0 && r.stack[len(r.stack)-1].tiny }

// unseen is the elements whose text is not for the reader.
var unseen = map[string]bool{
	"script": true, "style": true, "title": true, "template": true, "iframe": true, "noframes": true,
	"noembed": true, "noscript": true, "object": true, "select": true, "svg": true, "audio": true, "video": true,
}

// void draws an element that has no content; false when tag is none.
func (r *htmlReader) void(tag string, at attributes) bool {
	switch tag {
	case "br":
		if r.hidden == 0 {
			r.out.brk()
		}
	case "hr":
		if r.hidden == 0 {
			r.out.block(1)
			r.out.word("---")
			r.out.block(1)
		}
	case "img", "image":
		r.trackers.image(at, r.hidden > 0)
		if alt := strings.Join(strings.Fields(at["alt"]), " "); alt != "" && !at.hidden() {
			r.text("[" + alt + "]")
		}
	case "link":
		if strings.Contains(strings.ToLower(at["rel"]), "stylesheet") {
			r.trackers.resource(at["href"], remoteImage)
		}
	case "input", "embed", "source", "track":
		r.trackers.resource(at["src"], remoteImage)
	case "meta", "wbr", "col", "area", "base", "param", "frame":
	default:
		if tag == "iframe" || tag == "video" || tag == "audio" {
			r.trackers.resource(at["src"], remoteImage)
			r.trackers.resource(at["poster"], remoteImage)
		}
		return false
	}
	return true
}

// open does what an element does to the text, and gives what its end does.
func (r *htmlReader) open(tag string, at attributes) func() {
	switch tag {
	case "p":
		gap := 2
		if strings.Contains(at["class"], "MsoNormal") { // Word's paragraphs have no margin
			gap = 1
		}
		return r.block(gap)
	case "h1", "h2", "h3", "h4", "h5", "h6", "dl":
		return r.block(2)
	case "div", "section", "article", "header", "footer", "main", "center", "address", "form", "fieldset", "dt",
		"figure", "figcaption", "caption", "tbody", "thead", "tfoot", "body", "aside", "nav", "legend", "details", "summary":
		return r.block(1)
	case "dd":
		return r.indent("  ", "  ", 1)
	case "blockquote":
		return r.indent("> ", "> ", 2)
	case "pre", "textarea", "listing", "xmp", "plaintext":
		r.out.block(2)
		r.pre++
		return func() { r.pre--; r.out.block(2) }
	case "ul", "ol", "menu", "dir":
		return r.list(tag)
	case "li":
		return r.item()
	case "table":
		return r.table()
	case "tr":
		return r.row()
	case "td", "th":
		return r.cell()
	case "a":
		return r.anchor(at["href"])
	case "q":
		r.out.text("„")
		return func() { r.out.text("”") }
	}
	return nil
}

func (r *htmlReader) block(gap int) func() {
	r.out.block(gap)
	return func() { r.out.block(gap) }
}

func (r *htmlReader) indent(mark, rest string, gap int) func() {
	out := r.out
	out.block(gap)
	out.push(mark, rest)
	return func() { out.pop(); out.block(gap) }
}

// anchor puts the number of the foot-note behind the text of a link.
func (r *htmlReader) anchor(href string) func() {
	r.trackers.link(href)
	said := &strings.Builder{}
	outer := r.link
	r.link = said
	return func() {
		r.link = outer
		text := strings.Join(strings.Fields(Safe(said.String())), " ")
		to := target(href)
		if text == "" || to == "" || sameAs(text, href, to) {
			return
		}
		if n := r.notes.number(to); n > 0 {
			r.out.word(fmt.Sprintf("[%d]", n))
		}
	}
}
