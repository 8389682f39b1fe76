package demo

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
	"time"

	"golang.org/x/text/encoding/htmlindex"

	"zgoda/mail"
)

// sheet is a mail before it is bytes.
type sheet struct {
	from, to mail.Address
	subject  string
	id       mail.MessageID
	parent   mail.MessageID
	refs     []mail.MessageID
	at       time.Time
	head     []string // whole header lines more
	text     string
	html     string
	files    []file
	charset  string // empty is UTF-8
	// body, when set, is the whole of it with its own Content-Type line before
	// the first empty line.
	body string
}

// file is an attachment, or a part of another type beside the text.
type file struct {
	name, kind string
	data       string
	inline     bool
}

// build writes the mail as it would go over the wire.
func build(s sheet) ([]byte, error) {
	var out bytes.Buffer
	line := func(name, value string) { fmt.Fprintf(&out, "%s: %s\r\n", name, value) }
	line("Date", s.at.Format("Mon, 2 Jan 2006 15:04:05 -0700"))
	line("From", address(s.from, s.charset))
	line("To", address(s.to, s.charset))
	line("Subject", words(s.subject, s.charset))
	line("Message-ID", s.id.Header())
	if s.parent != "" {
		line("In-Reply-To", s.parent.Header())
	}
	if len(s.refs) > 0 {
		var refs []string
		for _, id := range s.refs {
			refs = append(refs, id.Header())
		}
		line("References", strings.Join(refs, "\r\n "))
	}
	line("MIME-Version", "1.0")
	for _, l := range s.head {
		out.WriteString(l + "\r\n")
	}
	if s.body != "" {
		out.WriteString(crlf(s.body))
		return out.Bytes(), nil
	}
	head, body, err := s.content()
	if err != nil {
		return nil, err
	}
	writeHead(&out, head)
	out.WriteString("\r\n")
	out.Write(body)
	return out.Bytes(), nil
}

// content is the body with its header: text, or text and HTML, or either with files.
func (s sheet) content() (textproto.MIMEHeader, []byte, error) {
	head, body, err := leaf("text/plain", s.text, s.charset)
	if err != nil {
		return nil, nil, err
	}
	if s.html != "" {
		html, page, err := leaf("text/html", s.html, s.charset)
		if err != nil {
			return nil, nil, err
		}
		if s.text == "" {
			head, body = html, page
		} else if head, body, err = many("alternative", part{head, body}, part{html, page}); err != nil {
			return nil, nil, err
		}
	}
	if len(s.files) == 0 {
		return head, body, nil
	}
	parts := []part{{head, body}}
	for _, f := range s.files {
		parts = append(parts, f.part())
	}
	return many("mixed", parts...)
}

type part struct {
	head textproto.MIMEHeader
	body []byte
}

func (f file) part() part {
	how := "attachment"
	if f.inline {
		how = "inline"
	}
	head := textproto.MIMEHeader{
		"Content-Type":              {f.kind},
		"Content-Transfer-Encoding": {"base64"},
	}
	if f.name != "" {
		head.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": f.name}))
	}
	coded := base64.StdEncoding.EncodeToString([]byte(f.data))
	var body strings.Builder
	for len(coded) > 76 {
		body.WriteString(coded[:76] + "\r\n")
		coded = coded[76:]
	}
	body.WriteString(coded + "\r\n")
	return part{head, []byte(body.String())}
}

func leaf(kind, text, charset string) (textproto.MIMEHeader, []byte, error) {
	if charset == "" {
		charset = "utf-8"
	}
	coded, err := inCharset(text, charset)
	if err != nil {
		return nil, nil, err
	}
	var body bytes.Buffer
	w := quotedprintable.NewWriter(&body)
	if _, err := w.Write([]byte(crlf(coded) + "\r\n")); err != nil {
		return nil, nil, err
	}
	if err := w.Close(); err != nil {
		return nil, nil, err
	}
	return textproto.MIMEHeader{
		"Content-Type":              {kind + "; charset=" + charset},
		"Content-Transfer-Encoding": {"quoted-printable"},
	}, body.Bytes(), nil
}

func many(kind string, parts ...part) (textproto.MIMEHeader, []byte, error) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	// The boundary is fixed by its depth, so that the same world has the same bytes.
	boundary := "=_jasny_kat_" + kind
	if err := w.SetBoundary(boundary); err != nil {
		return nil, nil, err
	}
	for _, p := range parts {
		pw, err := w.CreatePart(p.head)
		if err != nil {
			return nil, nil, err
		}
		if _, err := pw.Write(p.body); err != nil {
			return nil, nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, nil, err
	}
	return textproto.MIMEHeader{"Content-Type": {fmt.Sprintf("multipart/%s; boundary=%q", kind, boundary)}}, body.Bytes(), nil
}

// writeHead writes the two fields that a body can have, always in one order.
func writeHead(out *bytes.Buffer, head textproto.MIMEHeader) {
	for _, name := range []string{"Content-Type", "Content-Transfer-Encoding"} {
		if v := head.Get(name); v != "" {
			fmt.Fprintf(out, "%s: %s\r\n", name, v)
		}
	}
}

// address writes a mailbox; a name that is not plain ASCII becomes encoded words.
func address(a mail.Address, charset string) string {
	if a.Name == "" {
		return "<" + a.Email + ">"
	}
	name := words(a.Name, charset)
	if name == a.Name {
		name = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	}
	return name + "\r\n <" + a.Email + ">"
}

// words writes header text as RFC 2047 asks for.
func words(s, charset string) string {
	if charset == "" {
		charset = "utf-8"
	}
	coded, err := inCharset(s, charset)
	if err != nil {
		coded, charset = s, "utf-8"
	}
	return strings.ReplaceAll(mime.BEncoding.Encode(charset, coded), "?= =?", "?=\r\n =?")
}

func inCharset(s, charset string) (string, error) {
	e, err := htmlindex.Get(charset)
	if err != nil {
		return "", fmt.Errorf("find the charset %s: %w", charset, err)
	}
	coded, err := e.NewEncoder().String(s)
	if err != nil {
		return "", fmt.Errorf("write in %s: %w", charset, err)
	}
	return coded, nil
}

func crlf(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n")
}
