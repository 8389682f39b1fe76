package intake

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
)

const nameUTF8 = "UTF-8"

// widen gives a file in UTF-16 as UTF-8, and any other file without its mark; name
// is "" when the bytes alone must tell.
func widen(raw []byte) (text []byte, name string, err error) {
	if rest, marked := bytes.CutPrefix(raw, []byte("\xEF\xBB\xBF")); marked {
		return rest, "", nil
	}
	order, sure := utf16Order(raw)
	if !sure {
		return raw, "", nil
	}
	text, err = utf16.UTF16(order, utf16.UseBOM).NewDecoder().Bytes(raw)
	if err != nil {
		return nil, "", fmt.Errorf("read UTF-16: %w", err)
	}
	return text, "UTF-16", nil
}

// utf16Look is how many bytes are looked at for a file without a mark.
const utf16Look = 4096

// utf16Order tells UTF-16 by its mark, or by the zeros that every second byte is
// in a text of Latin letters.
func utf16Order(raw []byte) (utf16.Endianness, bool) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xFF\xFE")):
		return utf16.LittleEndian, true
	case bytes.HasPrefix(raw, []byte("\xFE\xFF")):
		return utf16.BigEndian, true
	}
	look := raw[:min(len(raw), utf16Look)&^1]
	var zeros [2]int
	for i, b := range look {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(look) / 2
	switch {
	case half >= 4 && zeros[1]*10 > half*7 && zeros[0]*10 < half:
		return utf16.LittleEndian, true
	case half >= 4 && zeros[0]*10 > half*7 && zeros[1]*10 < half:
		return utf16.BigEndian, true
	}
	return utf16.LittleEndian, false
}

// single is one encoding of a byte a letter.
type single struct {
	name  string
	table *charmap.Charmap
}

// singles are those that address lists come in, the likeliest first.
func singles() []single {
	return []single{
		{"Windows-1250", charmap.Windows1250}, {"ISO-8859-2", charmap.ISO8859_2}, {"Windows-1252", charmap.Windows1252},
	}
}

// usual are the letters beyond ASCII of the languages that leads write.
const usual = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻäöüßÄÖÜéèêëàâçîïôûùÉÈ"

// likeness is how much bytes look like a text in an encoding.
func (s single) likeness(raw []byte) int {
	score, letter := 0, false
	for _, b := range raw {
		if b < utf8.RuneSelf {
			letter = unicode.IsLetter(rune(b))
			continue
		}
		switch r := s.table.DecodeByte(b); {
		case r == utf8.RuneError || unicode.IsControl(r):
			score -= 6
		case strings.ContainsRune(usual, r):
			score += 3
			letter = true
		case unicode.IsLetter(r):
			score++
			letter = true
		case letter: // a sign in the middle of a word
			score -= 2
		}
	}
	return score
}

// decoder turns one record after the other into UTF-8.
type decoder struct {
	whole    string // the encoding of the whole file, when that is known
	fallback single // of what is not UTF-8
	used     map[string]bool
}

// newDecoder picks the encoding of all that is not UTF-8 by looking at all of it.
func newDecoder(text []byte, whole string) *decoder {
	d := &decoder{whole: whole, fallback: singles()[0], used: map[string]bool{}}
	if utf8.Valid(text) {
		return d
	}
	var odd []byte
	for line := range bytes.Lines(text) {
		if !utf8.Valid(line) {
			odd = append(odd, line...)
		}
	}
	d.fallback, _ = likeliest(odd, d.fallback)
	return d
}

// likeliest is the encoding that fits best; the one at hand wins a tie.
func likeliest(raw []byte, at single) (single, int) {
	best, score := at, at.likeness(raw)
	for _, s := range singles() {
		if likeness := s.likeness(raw); likeness > score {
			best, score = s, likeness
		}
	}
	return best, score
}

// decode gives a cell as UTF-8. A record is in one encoding, so raw is the whole
// record that decides.
func (d *decoder) encodingOf(raw []byte) single {
	switch {
	case d.whole != "":
		d.used[d.whole] = true
		return single{}
	case utf8.Valid(raw):
		// Plain ASCII says nothing about the rest.
		if bytes.ContainsFunc(raw, func(r rune) bool { return r >= utf8.RuneSelf }) {
			d.used[nameUTF8] = true
		}
		return single{}
	}
	s := d.fallback
	if s.likeness(raw) < 0 {
		s, _ = likeliest(raw, s)
	}
	d.used[s.name] = true
	return s
}

func (s single) text(raw []byte) string {
	if s.table == nil {
		return string(raw)
	}
	out, err := s.table.NewDecoder().Bytes(raw)
	if err != nil {
		return string(bytes.ToValidUTF8(raw, []byte("\uFFFD")))
	}
	return string(out)
}

// name is how the file is written, all encodings that were met.
func (d *decoder) name() string {
	var names []string
	for _, name := range []string{"UTF-16", nameUTF8, "Windows-1250", "ISO-8859-2", "Windows-1252"} {
		if d.used[name] {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nameUTF8
	}
	return strings.Join(names, " and ")
}

// mixed reports whether the file is in more than one encoding.
func (d *decoder) mixed() bool { return len(d.used) > 1 }
