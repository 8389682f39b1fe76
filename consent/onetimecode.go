package consent

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// codeLetters are Crockford's: none of them is taken for another.
const codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newCode is 30 random bits and the purpose's letter, such as "M-7K3P-Q2". One
// without a digit could be a word, and is not used.
func newCode(p Purpose, random io.Reader) (string, error) {
	bytes := make([]byte, 6)
	for range mostTries {
		if _, err := io.ReadFull(random, bytes); err != nil {
			return "", fmt.Errorf("make a one-time code: %w", err)
		}
		for i, b := range bytes {
			bytes[i] = codeLetters[b%32]
		}
		if code := string(bytes); strings.ContainsAny(code, digits) {
			return p.Letter() + "-" + code[:4] + "-" + code[4:], nil
		}
	}
	return "", errNotRandom
}

const (
	digits = "0123456789"
	// mostTries fails once in 10^20 times with a source that is random.
	mostTries = 200
)

var errNotRandom = errors.New("make a one-time code: the source is not random")

// codePattern finds what may be a code in folded text, with or without its dashes.
var codePattern = regexp.MustCompile(`\b([mocd])[ -]?([0-9a-z]{4})[ -]?([0-9a-z]{2})\b`)

// codesIn is every code that a folded text may hold, folded.
func codesIn(own string) []string {
	var codes []string
	for _, m := range codePattern.FindAllStringSubmatch(strings.NewReplacer("–", "-", "—", "-", "‑", "-").Replace(own), -1) {
		codes = append(codes, m[1]+misread.Replace(m[2]+m[3]))
	}
	return codes
}

// misread takes letters that a person may write for a digit back to it.
var misread = strings.NewReplacer("o", "0", "i", "1", "l", "1")

func foldCode(code string) string {
	code = plain(strings.ReplaceAll(code, "-", ""))
	if code == "" {
		return ""
	}
	return code[:1] + misread.Replace(code[1:])
}

// agreeWords are what every sentence of consent begins with, folded.
var agreeWords = []string{"i agree", "zgadzam sie", "einverstanden"}

// MayBeAnswer reports, quickly, whether a text may answer a question by mail:
// only of such a mail the raw bytes are worth keeping for a moment.
func MayBeAnswer(text string) bool {
	folded := plain(text)
	if holds(folded, agreeWords...) {
		return true
	}
	for _, code := range codePattern.FindAllString(folded, -1) {
		if strings.ContainsAny(code, digits) || strings.Count(code, "-") == 2 {
			return true
		}
	}
	return false
}
