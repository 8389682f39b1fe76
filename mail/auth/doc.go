// Package auth finds out who really sent a mail, for the one case in which that
// decides something: a consent that comes by mail. It is read by nothing else,
// and a mail that it can say nothing of has proven nothing.
//
// The way through it:
//
//  1. auth.go: [Verify]; the word of the trusted host first, else the signatures themselves.
//  2. header.go: the fields of a header as a verifier must see them, and the one From.
//  3. results.go: the topmost Authentication-Results of the configured host (RFC 8601).
//  4. signature.go: DKIM (RFC 6376), with the key looked up by whoever calls.
//  5. align.go: whether the domain that signed is the organisation of the From (RFC 7489).
//
// go-msgauth does the cryptography. Its reader of Authentication-Results takes a
// semicolon in a comment for the end of a result, so comments are taken out first.
package auth
