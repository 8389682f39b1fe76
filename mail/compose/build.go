package compose

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"mime/quotedprintable"
	"strings"
	"time"
	"unicode/utf8"

	"zgoda/mail"
)

// build makes the mail: fields, a text part and the same words as HTML.
func build(to mail.Address, draft mail.Draft, sender Sender, t tracks) (Sealed, error) {
	from, err := wireAddress(sender.From)
	if err != nil {
		return Sealed{}, fmt.Errorf("sender: %w", err)
	}
	if to, err = wireAddress(to); err != nil {
		return Sealed{}, fmt.Errorf("recipient: %w", err)
	}
	if err := checkID(draft.MessageID, to); err != nil {
		return Sealed{}, err
	}
	text, err := plainText(draft.Text)
	if err != nil {
		return Sealed{}, fmt.Errorf("text: %w", err)
	}
	page, err := htmlPage(text, draft.Language, linker{draft, sender, t})
	if err != nil {
		return Sealed{}, err
	}
	var out bytes.Buffer
	if err := writeFields(&out, from, to, draft, sender.Now); err != nil {
		return Sealed{}, err
	}
	boundary := newBoundary(draft.MessageID, text)
	fmt.Fprintf(&out, "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"%s\"\r\n\r\n", boundary)
	writePart(&out, boundary, "text/plain; charset=utf-8; format=flowed", flow(text))
	writePart(&out, boundary, "text/html; charset=utf-8", page)
	fmt.Fprintf(&out, "--%s--\r\n", boundary)
	return Sealed{
		from: from, to: to, id: draft.MessageID, raw: out.Bytes(),
		utf8: !ascii(from.Email) || !ascii(to.Email),
	}, nil
}

// writeFields writes the header. There is never a Cc, a Bcc, a field that asks
// for a read receipt (law.md M9) or one that names the program.
func writeFields(out *bytes.Buffer, from, to mail.Address, draft mail.Draft, now time.Time) error {
	subject, err := textField("Subject", draft.Subject)
	if err != nil {
		return err
	}
	sender, err := addressField("From", from)
	if err != nil {
		return err
	}
	recipient, err := addressField("To", to)
	if err != nil {
		return err
	}
	out.WriteString(sender + recipient + subject)
	out.WriteString("Date: " + now.Format("Mon, 02 Jan 2006 15:04:05 -0700") + "\r\n")
	out.WriteString(field("Message-ID", []string{draft.MessageID.Header()}))
	out.WriteString(threadFields(draft))
	out.WriteString(field("List-Unsubscribe", []string{"<mailto:" + mailto(from.Email) + "?subject=stop>"}))
	return nil
}

// threadFields is In-Reply-To and References (RFC 5322 section 3.6.4). An id of
// theirs that cannot stand in a header is left out rather than changed.
func threadFields(draft mail.Draft) string {
	var refs []string
	for _, id := range draft.References {
		if usable(id) {
			refs = append(refs, id.Header())
		}
	}
	fields := ""
	if usable(draft.InReplyTo) {
		fields = field("In-Reply-To", []string{draft.InReplyTo.Header()})
		if len(refs) == 0 {
			refs = []string{draft.InReplyTo.Header()}
		}
	}
	if len(refs) > 0 {
		fields += field("References", refs)
	}
	return fields
}

// writePart writes one alternative in quoted-printable, which keeps every line
// at 76 octets and the blanks at line ends that format=flowed lives of.
func writePart(out *bytes.Buffer, boundary, kind, body string) {
	fmt.Fprintf(out, "--%s\r\nContent-Type: %s\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", boundary, kind)
	var packed bytes.Buffer
	w := quotedprintable.NewWriter(&packed)
	_, _ = w.Write([]byte(body)) // a bytes.Buffer takes everything
	_ = w.Close()
	out.WriteString(hideFrom(packed.String()) + "\r\n")
}

// hideFrom keeps "From " from the beginning of every line: programs that keep
// mail in one file would change it or take it for the next mail. The soft break
// keeps the line within 76 octets.
func hideFrom(packed string) string {
	lines := strings.Split(packed, "\r\n")
	for i, line := range lines {
		hidden := ""
		for strings.HasPrefix(line, "From ") {
			hidden, line = hidden+"=46rom =\r\n", line[len("From "):]
		}
		lines[i] = hidden + line
	}
	return strings.Join(lines, "\r\n")
}

// newBoundary holds "=_", which quoted-printable can never hold (RFC 2045
// section 6.7). It is made of the content, so that one draft gives one mail.
func newBoundary(id mail.MessageID, text string) string {
	sum := sha256.Sum256([]byte(string(id) + "\x00" + text))
	return "=_" + hex.EncodeToString(sum[:16])
}

// plainText is the draft's text with \n as its line break and no blanks at line
// ends, which format=flowed gives a meaning to. Control characters are refused:
// a bare CR or LF is how one mail is smuggled into another (law.md M3).
func plainText(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", ErrBadField
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && control(r) }) {
		return "", ErrBadField
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if line != "-- " {
			lines[i] = strings.TrimRight(line, " ")
		}
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n") + "\n", nil
}
