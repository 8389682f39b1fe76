package auth

import (
	"strings"

	"github.com/emersion/go-msgauth/authres"

	"zgoda/mail"
)

// results reads the topmost Authentication-Results of the trusted host. A field of
// another host counts for nothing, and so does one of the right name below it:
// the sender may have written both. told is false when there is none.
func results(h head, from, trusted string) (verdict mail.Authentication, told bool) {
	if trusted == "" {
		return verdict, false
	}
	for _, f := range h {
		if f.name != "authentication-results" {
			continue
		}
		id, found, err := authres.Parse(plainParts(f.value))
		if !sameName(id, trusted) {
			continue
		}
		verdict = mail.Authentication{By: strings.ToLower(id), From: from}
		if err == nil {
			read(&verdict, found)
		}
		return verdict, true
	}
	return verdict, false
}

func read(verdict *mail.Authentication, found []authres.Result) {
	for _, result := range found {
		switch r := result.(type) {
		case *authres.DKIMResult:
			signed := dkimDomain(r)
			readDKIM(verdict, string(r.Value), signed)
		case *authres.SPFResult:
			verdict.SPF = string(r.Value)
		case *authres.DMARCResult:
			readDMARC(verdict, r)
		}
	}
}

// readDKIM keeps the best of several signatures: one that passed and is of the
// sender's organisation, else one that passed, else the first.
func readDKIM(verdict *mail.Authentication, value, domain string) {
	aligned := value == authres.ResultPass && aligned(domain, verdict.From)
	better := verdict.DKIM == "" || aligned && !verdict.Aligned || value == authres.ResultPass && verdict.DKIM != authres.ResultPass
	if !better || verdict.Aligned && !aligned {
		return
	}
	verdict.DKIM, verdict.Domain, verdict.Aligned = value, domain, aligned
}

// readDMARC believes a pass only for the domain in From. Two verdicts of one mail
// are as good as the worse.
func readDMARC(verdict *mail.Authentication, r *authres.DMARCResult) {
	value := string(r.Value)
	if value == authres.ResultPass && !sameName(ascii(r.From), verdict.From) {
		value = "other"
	}
	if verdict.DMARC == "" || verdict.DMARC == authres.ResultPass {
		verdict.DMARC = value
	}
}

// dkimDomain is the domain that signed; some hosts name only the identity.
func dkimDomain(r *authres.DKIMResult) string {
	domain := r.Domain
	if domain == "" {
		domain = r.Identifier[strings.LastIndexByte(r.Identifier, '@')+1:]
	}
	return ascii(domain)
}
