package mime

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"zgoda/mail"
)

// maxAddresses bounds a To or Cc list; the rest is left out with a note.
const maxAddresses = 200

// addrSpec finds something like an address in a list that is otherwise unreadable.
var addrSpec = regexp.MustCompile(`[^\s<>()\[\],;:"@]+@[^\s<>()\[\],;:"@]+\.[^\s<>()\[\],;:"@]+`)

// addressList reads a list of addresses (RFC 5322 section 3.4), groups
// (RFC 6854) and all that is not one but looks like it.
func addressList(values []string, n *notes) []mail.Address {
	var list []mail.Address
	for _, value := range values {
		for _, item := range splitAddresses(value) {
			if len(list) >= maxAddresses {
				n.add("The mail names more people than are shown.")
				return list
			}
			if address, ok := readAddress(item, n); ok {
				list = append(list, address)
			}
		}
	}
	return list
}

// splitAddresses cuts at the commas and semicolons that stand outside quotes,
// comments and brackets, and drops the names of groups.
func splitAddresses(value string) []string {
	var items []string
	start, depth := 0, 0
	quoted, bracket := false, false
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case c == '\\' && (quoted || depth > 0):
			i++
		case quoted:
			quoted = c != '"'
		case c == '"' && depth == 0:
			quoted = true
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
		case c == '<':
			bracket = true
		case c == '>':
			bracket = false
		case bracket:
		case c == ':':
			start = i + 1
		case c == ',' || c == ';':
			items = append(items, value[start:i])
			start = i + 1
		}
	}
	if quoted && len(items) == 0 { // a quote that never ends swallowed it all
		return addrSpec.FindAllString(value, maxAddresses)
	}
	return append(items, value[min(start, len(value)):])
}

// readAddress reads one element of a list.
func readAddress(item string, n *notes) (mail.Address, bool) {
	item = strings.TrimSpace(item)
	if item == "" {
		return mail.Address{}, false
	}
	name, email := "", item
	if open := strings.LastIndexByte(item, '<'); open >= 0 {
		name = item[:open]
		email, _, _ = strings.Cut(item[open+1:], ">")
		if i := strings.LastIndexByte(email, ':'); i >= 0 {
			email = email[i+1:] // a source route, obsolete since 1989
		}
		email, _ = cutComment(email)
	} else {
		email, name = cutComment(item)
	}
	name = displayName(name)
	email = cleanEmail(email, n)
	address, err := mail.NewAddress(name, email)
	if err != nil {
		if found := addrSpec.FindString(item); found != "" {
			address, err = mail.NewAddress(name, Safe(found))
		}
	}
	if err != nil {
		n.add("An address in the header could not be read.")
		return mail.Address{}, false
	}
	return address, true
}

// cleanEmail takes blanks and invisible characters out of an addr-spec.
func cleanEmail(raw string, n *notes) string {
	text := toUTF8([]byte(strings.TrimSpace(raw)), "")
	safe := strings.ReplaceAll(Safe(text), " ", "")
	if Safe(text) != text {
		n.add("An address holds hidden characters.")
	}
	return strings.Trim(safe, `"'`)
}

// displayName decodes a phrase: encoded words, quotes and backslashes.
func displayName(raw string) string {
	raw = strings.TrimSpace(raw)
	if strings.HasPrefix(raw, `"`) {
		raw = unquote(raw)
	}
	name := Safe(decodeText(raw))
	if len(name) > 1 && (name[0] == '\'' || name[0] == '"') && name[len(name)-1] == name[0] {
		name = strings.TrimSpace(name[1 : len(name)-1])
	}
	return clip(name, maxName)
}

// maxName is how many runes of a display name are kept.
const maxName = 200

func unquote(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		case s[i] != '"':
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// cutComment parts "ewa@firma.pl (Ewa)" into address and comment.
func cutComment(s string) (rest, comment string) {
	var b, c strings.Builder
	depth := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '(':
			depth++
		case s[i] == ')' && depth > 0:
			depth--
		case depth > 0:
			c.WriteByte(s[i])
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), c.String()
}

// clip cuts s to n runes, the last of them an ellipsis when something is gone.
func clip(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	count := 0
	for i := range s {
		if count++; count == n {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}
