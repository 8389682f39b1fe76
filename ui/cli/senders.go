package cli

import (
	"context"
	"net"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/auth"
)

// mailConfig is what is known of the host that receives the account's mail.
type mailConfig struct {
	// AuthServID is the name by which that host signs its Authentication-Results
	// (RFC 8601): what it says of a sender is believed. Set it only when the host
	// takes fields with its own name out of mail that comes in. Without it zgoda
	// verifies DKIM signatures itself.
	AuthServID string `toml:"authserv_id,omitempty"`
}

// mayProve reports whether a mail's bytes may be the proof of a consent.
func mayProve(m *mail.Message) bool {
	return m.Kind == mail.Personal && consent.MayBeAnswer(m.Text)
}

// senders finds out who sent a mail: the word of the host that received it, else
// its own signature, whose key comes from the domain's name server. Only a mail
// that may answer a question by mail is ever looked at, so nobody else's name
// server hears of it.
func (c Config) senders() func(context.Context, []byte) mail.Authentication {
	resolver := &net.Resolver{}
	config := auth.Config{AuthServID: c.Mail.AuthServID, Lookup: resolver.LookupTXT}
	return func(ctx context.Context, raw []byte) mail.Authentication { return auth.Verify(ctx, raw, config) }
}
