package auth

import (
	"bytes"
	"context"

	"github.com/emersion/go-msgauth/dkim"

	"zgoda/mail"
)

// signatures verifies the mail's DKIM signatures. A signature with a body length
// (l=) is no proof of the whole mail, and one that has run out none at all; the
// library refuses both.
func signatures(ctx context.Context, raw []byte, from string, lookup func(context.Context, string) ([]string, error)) mail.Authentication {
	verdict := mail.Authentication{By: byOurselves, From: from}
	found, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{
		MaxVerifications: mostSignatures,
		LookupTXT:        func(domain string) ([]string, error) { return lookup(ctx, domain) },
	})
	if err != nil && len(found) == 0 {
		verdict.DKIM = "none"
		return verdict
	}
	for _, v := range found {
		switch {
		case v == nil:
		case v.Err == nil:
			readDKIM(&verdict, "pass", ascii(v.Domain))
		case dkim.IsTempFail(v.Err):
			readDKIM(&verdict, "temperror", ascii(v.Domain))
		default:
			readDKIM(&verdict, "fail", ascii(v.Domain))
		}
	}
	if verdict.DKIM == "" {
		verdict.DKIM = "none"
	}
	return verdict
}
