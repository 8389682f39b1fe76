// Package demo plays the other side: an IMAP and an SMTP server on loopback
// with TLS, a mailbox full of sales mail, and people who answer. The program
// over it is the real one; nothing in it knows that its servers are a stage.
//
// The way through it:
//
//  1. world.go: [Start] raises the curtain, [World.Close] waits for everybody to go home.
//  2. cert.go: a certificate authority that lives as long as the world.
//  3. imap.go, folder.go: go-imap's in-memory server with SPECIAL-USE and a safe IDLE.
//  4. smtp.go, magic.go: takes mail from the rep; some addresses misbehave on purpose.
//  5. answer.go, words.go, agree.go: the people read what came and answer by their own
//     rule; some agree when they are asked for a consent, and one thanks only.
//  6. person.go, company.go, cast*.go, letters.go: who they are and what was written before.
//  7. build.go: words become the bytes of a mail.
//  8. keep.go: with a directory the world's mail outlives the program.
//  9. bulk.go: a mailbox of any size, for benchmarks.
//
// Every name is invented and every domain ends in .example (RFC 2606).
package demo
