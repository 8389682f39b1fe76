package mime

import (
	"bytes"
	"strings"

	"zgoda/mail"
)

// maxFileName is how many runes of a file name are kept; the extension stays whole.
const maxFileName = 120

// attach names a part that is not shown as text.
func (p *parser) attach(at part) {
	_, list := params(at.header.get("content-disposition"))
	name := list["filename"]
	if name == "" {
		name = at.params["name"]
	}
	p.add(at, name)
}

func (p *parser) add(at part, name string) {
	p.msg.Attachments = append(p.msg.Attachments, mail.Attachment{
		Name: fileName(name), Type: mediaType(at.kind), Size: decodedSize(at),
	})
}

// fileName is a base name that is safe to show and to save under: no path, no
// invisible character, nothing that a file system gives a meaning to.
func fileName(raw string) string {
	name := Safe(raw)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"|?*`, r) {
			return '_'
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ") // blanks must not push the extension out of sight
	name = strings.TrimRight(strings.TrimLeft(name, ". "), ". ")
	runes := []rune(name)
	if len(runes) <= maxFileName {
		return name
	}
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 || len(name)-dot > 20 {
		return clip(name, maxFileName)
	}
	ext := name[dot:]
	return clip(name[:dot], maxFileName-len([]rune(ext))) + ext
}

// mediaType is kind when it is one, else the type of unknown bytes.
func mediaType(kind string) string {
	ok := len(kind) < 100 && strings.Count(kind, "/") == 1 && !strings.HasPrefix(kind, "/") && !strings.HasSuffix(kind, "/")
	for _, r := range kind {
		ok = ok && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune("/!#$&^_.+-", r))
	}
	if !ok {
		return "application/octet-stream"
	}
	return kind
}

// decodedSize counts the octets of a part after decoding without decoding it.
func decodedSize(at part) int {
	switch strings.ToLower(strings.TrimSpace(at.header.get("content-transfer-encoding"))) {
	case "base64":
		n := 0
		for _, c := range at.body {
			if c > ' ' && c != '=' {
				n++
			}
		}
		return n * 3 / 4
	case "quoted-printable":
		soft := bytes.Count(at.body, []byte("=\n")) + bytes.Count(at.body, []byte("=\r\n"))
		coded := bytes.Count(at.body, []byte("=")) - soft
		return max(0, len(at.body)-2*coded-2*bytes.Count(at.body, []byte("=\n"))-3*bytes.Count(at.body, []byte("=\r\n")))
	}
	return len(at.body)
}
