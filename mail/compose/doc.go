// Package compose turns a permit and a draft into the bytes of a mail. What it
// gives, a [Sealed], is the only thing that mail/smtp takes: without a permit
// there is nothing to send.
//
// The way through it:
//
//  1. compose.go: [Seal] and [SealTracked] use the permit, and check that the
//     draft is the very letter that the gate judged.
//  2. track.go: each wish to track needs the permit of its purpose.
//  3. build.go: the two alternatives and the fields around them.
//  4. field.go: header fields that nobody can break out of.
//  5. flowed.go: the text part. html.go: the same words as HTML, with nothing
//     in it that a mail program would load.
//
// The same permit, draft and moment give the same bytes.
package compose
