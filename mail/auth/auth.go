package auth

import (
	"context"
	"strings"
	"time"

	"zgoda/mail"
)

// Config is whom to believe and where keys are looked up.
type Config struct {
	// AuthServID is the authserv-id of the host that receives our mail and takes
	// forged fields of its own name out (RFC 8601 section 5); "" believes nobody.
	AuthServID string
	// Lookup gives the TXT records of a domain; nil verifies no signature.
	Lookup func(ctx context.Context, domain string) ([]string, error)
	// Timeout bounds all lookups for one mail together; zero is ten seconds.
	Timeout time.Duration
}

const (
	defaultTimeout = 10 * time.Second
	// mostSignatures is how many signatures of one mail are verified.
	mostSignatures = 5
	// byOurselves is what Authentication.By says when no host's word was taken.
	byOurselves = "dkim"
)

// Verify says what is known of the sender of a raw mail. It never errs: what
// cannot be read or looked up proves nothing, and the zero Authentication says so.
func Verify(ctx context.Context, raw []byte, config Config) mail.Authentication {
	head, ok := readHead(raw)
	if !ok {
		return mail.Authentication{}
	}
	from, ok := head.from()
	if !ok {
		return mail.Authentication{}
	}
	if verdict, told := results(head, from, config.AuthServID); told {
		return verdict
	}
	if config.Lookup == nil {
		return mail.Authentication{}
	}
	if config.Timeout <= 0 {
		config.Timeout = defaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, config.Timeout)
	defer cancel()
	return signatures(ctx, raw, from, config.Lookup)
}

// sameName compares two names of hosts.
func sameName(a, b string) bool {
	return strings.EqualFold(strings.TrimSuffix(a, "."), strings.TrimSuffix(b, "."))
}
