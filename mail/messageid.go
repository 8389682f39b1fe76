package mail

import (
	"crypto/rand"
	"encoding/hex"
	"strings"

	"golang.org/x/net/idna"
)

// MessageID is the identity of a message (RFC 5322 section 3.6.4) without its
// angle brackets. Ids are compared as bytes: they are opaque and case matters.
type MessageID string

// ParseMessageID takes the brackets and outer blanks away. Text that cannot be
// an id (empty, with blanks, controls or brackets inside) gives "".
func ParseMessageID(s string) MessageID {
	s = strings.TrimSpace(s)
	s = strings.TrimSuffix(strings.TrimPrefix(s, "<"), ">")
	if len(s) > 998 || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == '<' || r == '>' || isControl(r) }) {
		return ""
	}
	return MessageID(s)
}

// NewMessageID makes an id of 128 random bits at domain. It says nothing of
// the person, the lead or how many mails were sent (law.md M7). A domain beyond
// ASCII becomes its A-label, for an id must pass through every server.
func NewMessageID(domain string) MessageID {
	var b [16]byte
	if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
		domain = ascii
	}
	_, _ = rand.Read(b[:]) // never fails since Go 1.24: it ends the program instead
	return MessageID(hex.EncodeToString(b[:]) + "@" + domain)
}

// Header is the id as it stands in a header, with its brackets.
func (id MessageID) Header() string { return "<" + string(id) + ">" }

// MaxReferences bounds a References header: the first and the newest ids stay.
const MaxReferences = 20

// ReplyReferences is the References list of an answer to parent: the parent's
// own list and the parent's id (RFC 5322 section 3.6.4), trimmed in the middle.
func ReplyReferences(parent MessageID, references []MessageID) []MessageID {
	refs := append(append([]MessageID(nil), references...), parent)
	if over := len(refs) - MaxReferences; over > 0 {
		refs = append(refs[:1:1], refs[1+over:]...)
	}
	return refs
}

// ReplySubject is the subject of an answer: one "Re:" and no more, whatever
// the other side's program put before it (RFC 5322 section 3.6.5).
func ReplySubject(subject string) string {
	for {
		trimmed := strings.TrimSpace(subject)
		head, rest, found := strings.Cut(trimmed, ":")
		switch strings.ToLower(strings.TrimSpace(head)) {
		case "re", "odp", "aw", "sv":
			if found {
				subject = rest
				continue
			}
		}
		return "Re: " + trimmed
	}
}
