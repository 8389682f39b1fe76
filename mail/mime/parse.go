package mime

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"zgoda/mail"
)

// The limits of one mail. What is over them is left out, with a note.
const (
	maxDepth    = 20      // parts in parts
	maxParts    = 200     // parts that are looked at
	maxText     = 2 << 20 // octets of text that are kept
	maxSubject  = 1000    // runes
	maxTrackers = 100
)

// Parse reads a whole message. It never errors and never panics: what cannot
// be read is told in Notes. Message.Whole is true.
func Parse(raw []byte) mail.Message {
	return parse(raw, true)
}

// ParseHeader reads a header block and nothing after it: the envelope of a
// mail whose body was not fetched (law.md L5b). Message.Whole is false.
func ParseHeader(raw []byte) mail.Message {
	return parse(raw, false)
}

// ParseReader is [Parse] of at most limit octets of r. When there are more, or
// when reading ends in an error, Notes says so and what was read is kept.
func ParseReader(r io.Reader, limit int64) mail.Message {
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	var said string
	if int64(len(raw)) > limit {
		raw = raw[:limit]
		said = fmt.Sprintf("The mail is larger than %s: the rest was not read.", size(limit))
	} else if err != nil {
		said = "The mail broke off while it was read."
	}
	m := Parse(raw)
	if said != "" {
		m.Notes = append([]string{said}, m.Notes...)
	}
	return m
}

func size(n int64) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d octets", n)
}

// panicked is what a mail says that our own code fell over.
const panicked = "A part of the mail could not be read."

// parser holds the state of one message.
type parser struct {
	msg   mail.Message
	notes notes

	parts    int // looked at so far
	room     int // octets of text that may still be kept
	invites  string
	returned mail.MessageID
	action   string // the strongest Action of a delivery report (RFC 3464)
	status   string // of the recipient that action is of
}

func parse(raw []byte, whole bool) (m mail.Message) {
	p := &parser{room: maxText}
	p.msg.Whole = whole
	defer func() {
		if recover() != nil { // a fault of ours must not lose a mail
			p.notes.add(panicked)
		}
		p.msg.Notes = p.notes.list
		m = p.msg
	}()
	h, body := splitHeader(raw, &p.notes)
	p.envelope(h)
	if whole {
		p.body(h, body)
	}
	p.kind(h)
	return p.msg
}

// envelope reads the header fields of the message itself.
func (p *parser) envelope(h header) {
	m := &p.msg
	m.Subject = clip(Safe(decodeText(h.get("subject"))), maxSubject)
	m.Date = parseDate(h.get("date"))
	if m.Date.IsZero() && h.has("date") {
		p.notes.add("The date of the mail could not be read.")
	}
	m.ID = p.messageID(h.get("message-id"))
	m.InReplyTo = firstID(h.get("in-reply-to"))
	m.References = references(h.get("references"))
	m.From = first(addressList(h.all("from"), &p.notes))
	if m.From.IsZero() {
		m.From = first(addressList(h.all("sender"), &p.notes))
	}
	if m.From.IsZero() {
		p.notes.add("The mail does not say who it is from.")
	}
	if reply := first(addressList(h.all("reply-to"), &p.notes)); !reply.IsZero() && reply.Key() != m.From.Key() {
		m.ReplyTo = reply
	}
	m.To = addressList(h.all("to"), &p.notes)
	m.Cc = addressList(h.all("cc"), &p.notes)
	m.AskReceipt = h.has("disposition-notification-to", "return-receipt-to", "x-confirm-reading-to")
	p.warn()
}

func first(list []mail.Address) mail.Address {
	if len(list) == 0 {
		return mail.Address{}
	}
	return list[0]
}

// warn says what in the sender's name or address is made to deceive.
func (p *parser) warn() {
	from := p.msg.From
	if shown := addrSpec.FindString(from.Name); shown != "" && !strings.EqualFold(shown, from.Email) {
		p.notes.add("The sender's name shows another address than the mail is from.")
	}
	if other := otherForm(from.Domain()); other != "" {
		p.notes.add("The sender's domain is not plain Latin: " + Safe(from.Domain()) + " is " + other + ".")
	}
}

var angleID = regexp.MustCompile(`<[^<>\s]+>`)

// messageID reads the mail's own id. One that would not be safe to show is not
// taken; the store then names the mail by its place.
func (p *parser) messageID(raw string) mail.MessageID {
	id := safeID(raw)
	if id == "" {
		id = firstID(raw)
	}
	if id == "" && strings.TrimSpace(raw) != "" {
		p.notes.add("The Message-ID could not be read.")
	}
	return id
}

func safeID(raw string) mail.MessageID {
	id := mail.ParseMessageID(raw)
	if id == "" || Safe(string(id)) != string(id) {
		return ""
	}
	return id
}

func firstID(raw string) mail.MessageID {
	if found := angleID.FindString(raw); found != "" {
		return safeID(found)
	}
	return ""
}

// references reads a References field; of a long one the first and the newest
// ids stay (mail.MaxReferences).
func references(raw string) []mail.MessageID {
	var ids []mail.MessageID
	for _, found := range angleID.FindAllString(raw, -1) {
		if id := safeID(found); id != "" {
			ids = append(ids, id)
		}
	}
	if over := len(ids) - mail.MaxReferences; over > 0 {
		ids = append(ids[:1:1], ids[1+over:]...)
	}
	return ids
}
