package mail

// SubmitError is why a submission did not end in a 250. Temporary and Unknown
// decide what the outbox does; a plain one is final.
type SubmitError struct {
	Problem
	Stage     string // "connect", "tls", "auth", "mail", "rcpt", "data", "end"
	Code      int    // SMTP reply code, zero when none came
	Enhanced  string // RFC 3463 code such as "5.1.1", may be empty
	Temporary bool   // 4xx, or no connection: nothing was handed over, try later
	// Unknown says that the final dot was on its way when the connection ended,
	// so the server may or may not have the mail (RFC 1047; law.md M11). It must
	// never be sent again by itself.
	Unknown bool
}

// Unwrap gives the problem, so that errors.As finds its sentence.
func (e *SubmitError) Unwrap() error { return &e.Problem }

// SentCopy is a mail the server took whose copy is not in the Sent mailbox yet.
type SentCopy struct {
	ID        DraftID
	MessageID MessageID
	Raw       []byte
}
