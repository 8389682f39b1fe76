// Package imap keeps our mirror of a mailbox equal to the server's: it fetches
// what is new, forgets what is gone, hands over what was read, and saves a copy
// of what was sent. It never writes to the screen and never sees the store,
// only the [Mirror] port; nothing here is waited for by a key press.
//
// The way through it:
//
//  1. syncer.go: [Syncer.Run] owns everything: one command connection, one idle
//     connection, the back-off between them, and what the rep asks for.
//  2. session.go: one connection, from the greeting to the login, and Do, which
//     gives every command a context and a limit for silence.
//  3. starttls.go upgrades; wire.go is the socket below, which knows why it
//     ended; guard.go keeps a trap from the library; errors.go finds a sentence.
//  4. folders.go: which folders are INBOX and Sent.
//  5. sync.go: one folder, server against mirror: what is missing, what is gone,
//     which bodies are wanted; flags.go: who read what, in both directions.
//  6. fetch.go: messages off the wire, with their bytes where they may prove a consent; poison.go: around the one that cannot be read.
//  7. idle.go: the second connection, which hears of changes and wakes the first.
//  8. sent.go and check.go: short connections of their own, for the outbox and for setup;
//     erase.go and raws.go: the same to find, fetch or delete one person's mails.
//
// The library is go-imap v2, whose client has no contexts and ends a connection
// at the first line that it cannot read. Both are answered here: a command that
// waits too long closes its connection, and a message that ends the connection is
// found by halving and kept as a placeholder.
package imap
