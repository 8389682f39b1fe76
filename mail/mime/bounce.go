package mime

import (
	"regexp"
	"strings"

	"zgoda/mail"
)

// bounced knows a report that a mail could not be delivered: RFC 3464, and the
// older ones that only a mailer-daemon's name or an empty return path tells.
func (p *parser) bounced(h header) bool {
	if kind, list := params(h.get("content-type")); kind == "multipart/report" {
		return strings.EqualFold(list["report-type"], "delivery-status") || list["report-type"] == "" && p.action != ""
	}
	if h.has("x-failed-recipients") {
		return true
	}
	local, _, _ := strings.Cut(strings.ToLower(p.msg.From.Email), "@")
	return local == "mailer-daemon" || local == "postmaster" && strings.TrimSpace(h.get("return-path")) == "<>"
}

// settleBounce ties the report to the mail that it is about, never by its
// subject (law.md M5). A report of a delay or of a success is no bounce.
func (p *parser) settleBounce() {
	m := &p.msg
	m.Kind = mail.Bounce
	if p.action != "" && p.action != "failed" {
		m.Kind = mail.AutoReply
		if p.action == "delayed" {
			p.notes.add("The server says that a mail is late: it is still trying.")
		}
	}
	if m.Kind == mail.Bounce && m.Whole {
		m.Status = p.status
		p.notes.add(returnedBecause(m.Status))
	}
	if p.returned == "" {
		p.returned = idInText(m.Text)
	}
	if p.returned != "" {
		m.InReplyTo, m.References = p.returned, []mail.MessageID{p.returned}
	}
}

// readStatus reads message/delivery-status (RFC 3464 section 2): blocks of
// fields, one for each recipient. One failure outweighs every delay.
func (p *parser) readStatus(at part) {
	rest := p.decode(at)
	for blocks := 0; len(rest) > 0 && blocks < maxParts; blocks++ {
		var quiet notes
		var h header
		before := len(rest)
		h, rest = splitHeader(rest, &quiet)
		if action := value(h, "action"); action != "" && p.action != "failed" {
			p.action, p.status = action, statusOf(h)
		}
		if len(rest) == before {
			return
		}
	}
}

// statusOf is the code of one recipient. Some servers say 5.0.0 there and the
// real code in the words of the server that refused.
func statusOf(h header) string {
	status := value(h, "status")
	if word, _, _ := strings.Cut(status, " "); mail.IsStatus(word) && !strings.HasSuffix(word, ".0.0") {
		return word
	}
	for _, word := range strings.FieldsFunc(value(h, "diagnostic-code"), func(r rune) bool { return strings.ContainsRune(" \t\r\n;,()#-", r) }) {
		if mail.IsStatus(word) && !strings.HasSuffix(word, ".0.0") {
			return word
		}
	}
	if mail.IsStatus(status) {
		return status
	}
	return ""
}

// returnedBecause says in words why a mail came back.
func returnedBecause(status string) string {
	switch mail.FailureOf(status) {
	case mail.FailedHard:
		return "The mail came back: the address does not exist or takes no mail (" + status + ")."
	case mail.FailedSoft:
		return "The mail came back: the mailbox is full, or its server could not be reached (" + status + "). The address may be right."
	case mail.FailedMessage:
		return "The mail came back: it is too large or of a kind that is not taken (" + status + "). The address is right."
	case mail.FailedPolicy:
		return "The mail came back: their server does not trust ours (" + status + "). Stop sending and have your own server looked at."
	}
	return "A mail came back, and the report does not say why in a way that can be relied on. Look at it yourself."
}

// readReturned takes the Message-ID of a message in the message. The message
// itself is shown as an attachment.
func (p *parser) readReturned(at part) {
	var quiet notes
	h, _ := splitHeader(p.decode(at), &quiet)
	if p.returned == "" {
		if p.returned = safeID(h.get("message-id")); p.returned == "" {
			p.returned = firstID(h.get("message-id"))
		}
	}
	name := Safe(decodeText(h.get("subject")))
	if name == "" {
		name = "message"
	}
	p.add(at, name+".eml")
}

var idLine = regexp.MustCompile(`(?im)^[ >]*message-id:\s*(<[^<>\s]+>)`)

// idInText finds the id in the copy that an old mailer puts below its apology.
func idInText(plain string) mail.MessageID {
	if found := idLine.FindStringSubmatch(plain); found != nil {
		return safeID(found[1])
	}
	return ""
}
