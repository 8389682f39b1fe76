package mime

import (
	"sort"
	"strconv"
	"strings"
)

// params reads "type/sub; name=value; …" (RFC 2045 section 5.1) with the
// continuations and charsets of RFC 2231, and with what mailers write instead:
// blanks in bare values, encoded words, names twice, no closing quote.
func params(raw string) (value string, list map[string]string) {
	head, rest, _ := strings.Cut(raw, ";")
	value = strings.ToLower(strings.TrimSpace(head))
	list = map[string]string{}
	pieces := map[string][]piece{}
	for rest != "" && len(pieces)+len(list) < 100 {
		var name, text string
		name, text, rest = cutParam(rest)
		if name == "" {
			continue
		}
		if base, section, ok := strings.Cut(name, "*"); ok {
			pieces[base] = append(pieces[base], newPiece(section, text))
		} else if _, twice := list[name]; !twice {
			list[name] = decodeText(text)
		}
	}
	for base, of := range pieces {
		if text := joinPieces(of); text != "" {
			list[base] = text // RFC 2231 wins over a plain fall-back
		}
	}
	return value, list
}

// cutParam takes one "name=value" off.
func cutParam(s string) (name, value, rest string) {
	s = strings.TrimLeft(s, "; \t\r\n")
	i := strings.IndexAny(s, "=;")
	if i < 0 || s[i] == ';' {
		if i < 0 {
			return "", "", ""
		}
		return "", "", s[i+1:]
	}
	name = strings.ToLower(strings.TrimSpace(s[:i]))
	s = strings.TrimLeft(s[i+1:], " \t")
	if strings.HasPrefix(s, `"`) {
		end := closingQuote(s)
		return name, unquote(s[:end]), s[end:]
	}
	value, rest, _ = strings.Cut(s, ";")
	return name, strings.TrimSpace(value), rest
}

// closingQuote is the index after the quote that ends s, or len(s).
func closingQuote(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

// piece is one section of a parameter by RFC 2231.
type piece struct {
	index   int
	encoded bool
	text    string
}

func newPiece(section, text string) piece {
	number, encoded := strings.CutSuffix(section, "*")
	if section == "" { // name*=charset'lang'value
		return piece{0, true, text}
	}
	index, err := strconv.Atoi(number)
	if err != nil {
		index = 0
	}
	return piece{index, encoded, text}
}

// joinPieces puts the sections in order and decodes them in the charset that
// the first one names.
func joinPieces(list []piece) string {
	sort.SliceStable(list, func(i, j int) bool { return list[i].index < list[j].index })
	label := ""
	var data []byte
	for i, p := range list {
		text := p.text
		if i == 0 && p.encoded {
			if name, after, ok := strings.Cut(text, "'"); ok {
				if _, value, ok := strings.Cut(after, "'"); ok {
					label, text = name, value
				}
			}
		}
		if p.encoded {
			data = append(data, unpercent(text)...)
		} else {
			data = append(data, text...)
		}
	}
	return toUTF8(data, label)
}

func unpercent(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			out = append(out, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return out
}
