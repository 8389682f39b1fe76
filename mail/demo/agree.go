package demo

import (
	"fmt"
	"regexp"
	"strings"
)

// AuthServID is the name by which the world's mail server says who sent a mail
// (RFC 8601): its people's domains have no DNS in which a key could be looked up.
const AuthServID = "mx.jasnykat.example"

// authenticated is the field that a real server of today puts above a mail.
func (s sheet) authenticated() string {
	domain := s.from.Domain()
	return fmt.Sprintf("Authentication-Results: %s; dkim=pass header.d=%s;\r\n spf=pass smtp.mailfrom=%s; dmarc=pass header.from=%s",
		AuthServID, domain, domain, domain)
}

// shown is how a mail of ours shows the sentence of a consent beside its code.
var shown = regexp.MustCompile(`["„“]([^"„“”]{10,300})["”“][^"„“”]{0,60}?\b([MOCD]-[0-9A-Z]{4}-[0-9A-Z]{2})\b`)

// consents is what a person says to a mail that asks for a consent; "" when it
// asks for none, or when this person never says a word about such a thing.
func (a answer) consents() string {
	all := shown.FindAllStringSubmatch(strings.Join(strings.Fields(a.asked.text), " "), -1)
	if len(all) == 0 {
		return ""
	}
	closing := story{Person: a.person}.closing(false)
	switch a.person.Answers {
	case Friendly:
		var said []string
		for _, m := range all {
			said = append(said, m[1]+".")
		}
		return strings.Join(said, "\n") + closing
	case Curious: // a courtesy, and no consent
		thanks := "ok, thanks"
		switch a.person.Language {
		case "pl":
			thanks = "ok, dziękuję"
		case "de":
			thanks = "ok, danke"
		}
		return thanks + closing
	}
	return ""
}
