package mime

import (
	"strings"

	"zgoda/mail"
)

// part is one node of the tree of parts.
type part struct {
	header header
	body   []byte
	kind   string // media type, lower case
	params map[string]string
	depth  int
}

// text is what a part gives to the reader.
type text struct {
	plain string
	html  bool // made from HTML
}

func (t text) empty() bool { return strings.TrimSpace(t.plain) == "" }

func newPart(h header, body []byte, depth int) part {
	kind, list := params(h.get("content-type"))
	if !strings.Contains(kind, "/") {
		kind = "text/plain" // absent, or the obsolete "text"
	}
	return part{header: h, body: body, kind: kind, params: list, depth: depth}
}

// body reads the tree of parts into the message.
func (p *parser) body(h header, body []byte) {
	t := p.read(newPart(h, body, 0))
	plain := strings.Trim(t.plain, "\n")
	plain = strings.Trim(plain+p.keep(p.invites), "\n")
	p.msg.Text, p.msg.FromHTML = plain, t.html && plain != ""
}

// read gives the text of one part and of what it holds.
func (p *parser) read(at part) text {
	if p.parts++; p.parts > maxParts {
		p.notes.add("The mail has too many parts: the rest was not read.")
		return text{}
	}
	if at.depth > maxDepth {
		p.notes.add("The mail is nested too deeply: its inner parts were not read.")
		return text{}
	}
	switch {
	case strings.HasPrefix(at.kind, "multipart/"):
		return p.readMultipart(at)
	case at.kind == "message/delivery-status" || at.kind == "message/global-delivery-status":
		p.readStatus(at)
		return text{}
	case isReturned(at.kind):
		p.readReturned(at)
		return text{}
	case (at.kind == "text/plain" || at.kind == "text/html") && !at.attached():
		return p.readText(at)
	}
	p.attach(at)
	if at.kind == "text/calendar" {
		if told := invite(p.decode(at)); told != "" && !strings.Contains(p.invites, told) {
			p.invites += "\n\n" + told
		}
	}
	if at.kind == "application/pgp-encrypted" || strings.HasPrefix(at.kind, "application/pkcs7-mime") ||
		at.kind == "application/x-pkcs7-mime" {
		if at.params["smime-type"] != "signed-data" {
			p.notes.add("The mail is encrypted: zgoda cannot read it.")
		}
	}
	return text{}
}

// attached reports whether a text part is meant to be a file.
func (at part) attached() bool {
	how, list := params(at.header.get("content-disposition"))
	return how == "attachment" || how != "inline" && list["filename"] != ""
}

// readMultipart reads the children and chooses or joins.
func (p *parser) readMultipart(at part) text {
	boundary := at.params["boundary"]
	if boundary == "" {
		boundary = findBoundary(at.body)
		p.notes.add("The parts of the mail are not marked as they should be.")
	}
	var bodies [][]byte
	closed := true
	if boundary != "" {
		bodies, closed = splitParts(at.body, boundary, maxParts)
	}
	if len(bodies) == 0 {
		p.notes.add("The parts of the mail could not be told apart.")
		return p.readText(part{kind: "text/plain", body: at.body, depth: at.depth})
	}
	if !closed {
		p.notes.add("The mail ends too early: something of it may be missing.")
	}
	var texts []text
	for _, raw := range bodies {
		if p.parts > maxParts {
			break
		}
		h, body := p.partHeader(raw)
		child := newPart(h, body, at.depth+1)
		if at.kind == "multipart/digest" && !h.has("content-type") {
			child.kind = "message/rfc822"
		}
		texts = append(texts, p.read(child))
	}
	if at.kind == "multipart/alternative" {
		return choose(texts)
	}
	return join(texts)
}

// partHeader splits a part; one that has no header is all body (RFC 2046 section 5.1).
func (p *parser) partHeader(raw []byte) (header, []byte) {
	if line, rest := cutLine(raw); len(line) == 0 {
		return nil, rest
	}
	var quiet notes
	h, body := splitHeader(raw, &quiet)
	if len(h) == 0 {
		return nil, raw
	}
	for _, said := range quiet.list {
		p.notes.add(said)
	}
	return h, body
}

// choose takes plain text first, then text made from HTML.
func choose(texts []text) text {
	var best text
	for _, t := range texts {
		switch {
		case t.empty():
		case best.empty(), best.html && !t.html && len(t.plain)*4 > len(best.plain):
			best = t
		}
	}
	return best
}

// join puts texts below each other.
func join(texts []text) text {
	var all text
	for _, t := range texts {
		switch {
		case t.empty():
		case all.empty():
			all = t
		default:
			all.plain = strings.TrimRight(all.plain, "\n") + "\n\n" + strings.TrimLeft(t.plain, "\n")
			all.html = all.html || t.html
		}
	}
	return all
}

// readText decodes a text part and makes it plain and safe.
func (p *parser) readText(at part) text {
	if p.room == 0 {
		return text{}
	}
	data := p.decode(at)
	label := at.params["charset"]
	if label == "" && at.kind == "text/html" {
		label = metaCharset(data)
	}
	plain, known := decodeCharset(data, label)
	if !known {
		p.notes.add("The mail names a charset that zgoda does not know: some letters may be wrong.")
	}
	if strings.IndexByte(plain, 0) >= 0 {
		p.notes.add("The text holds zero bytes: they were left out.")
	}
	if at.kind == "text/html" {
		var found []mail.Tracker
		plain, found = HTMLText(plain)
		p.msg.Trackers = append(p.msg.Trackers, found[:min(len(found), maxTrackers-len(p.msg.Trackers))]...)
		return text{plain: p.keep(plain), html: true}
	}
	if strings.EqualFold(at.params["format"], "flowed") {
		plain = unflow(plain, strings.EqualFold(at.params["delsp"], "yes"))
	}
	return text{plain: p.keep(SafeText(plain))}
}

// keep takes from the room that is left for text.
func (p *parser) keep(s string) string {
	if len(s) > p.room {
		s = strings.ToValidUTF8(s[:p.room], "")
		p.notes.add("The text is too long: it was cut.")
	}
	p.room -= len(s)
	return s
}

// isReturned reports whether a part is another message, or its header.
func isReturned(kind string) bool {
	switch kind {
	case "message/rfc822", "message/global", "text/rfc822-headers", "text/rfc822-header", "message/rfc822-headers",
		"message/global-headers":
		return true
	}
	return false
}

// clearLines takes blank runs out: never two empty lines on each other.
func clearLines(s string) string {
	for strings.Contains(s, "\n\n\n") {
		s = strings.ReplaceAll(s, "\n\n\n", "\n\n")
	}
	return strings.Trim(s, "\n")
}
