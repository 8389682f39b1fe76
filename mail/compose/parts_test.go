package compose_test

import (
	"bytes"
	"io"
	stdmime "mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"

	"pgregory.net/rapid"

	"zgoda/mail/compose"
)

// htmlPart is the HTML part of a mail, taken apart by the standard library.
func htmlPart(t rapid.TB, s compose.Sealed) string {
	t.Helper()
	_, body, _ := bytes.Cut(s.Bytes(), []byte("\r\n\r\n"))
	kind, params, err := stdmime.ParseMediaType(fields(s.Bytes())["content-type"][0])
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("type %q: %v", kind, err)
	}
	r := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	var kinds []string
	page := ""
	for {
		part, err := r.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("read the parts: %v", err)
		}
		kinds = append(kinds, part.Header.Get("Content-Type"))
		data, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatalf("read a part: %v", err)
		}
		page = string(data)
	}
	if strings.Join(kinds, " + ") != "text/plain; charset=utf-8; format=flowed + text/html; charset=utf-8" {
		t.Fatalf("parts = %q", kinds)
	}
	return page
}
