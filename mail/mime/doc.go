// Package mime reads foreign mail. It turns bytes into a [mail.Message] whose
// every text is safe to put on a terminal, and it never gives up: a damaged
// mail is told of in Notes and is never a lost one. It loads nothing.
//
// The way through it:
//
//  1. parse.go: [Parse], [ParseHeader], [ParseReader]; the limits; the envelope.
//  2. header.go: bytes become header fields and a body, however broken they are.
//  3. words.go: raw bytes and encoded words (RFC 2047) become UTF-8.
//  4. param.go, address.go, date.go: the structured header fields.
//  5. kind.go, bounce.go: person, robot, list or bounce, and which mail bounced.
//  6. body.go, multipart.go, leaf.go: the tree of parts becomes one text.
//  7. flowed.go, html.go, flow.go, link.go, tracker.go: text formats become plain text.
//  8. attach.go, invite.go: what is not text is named, and an invitation told.
//  9. safe.go: the last step on every field. snippet.go: the line for a list.
//
// The library go-message decodes transfer encodings and charsets. Its header
// and multipart readers stop at the first malformed line, and the standard
// library's address, date and parameter readers do too, so those are our own.
package mime
