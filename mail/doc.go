// Package mail holds the words that every room of zgoda shares when it speaks
// of mail: an address, a Message-ID, a message, a draft, an outbox row. It is
// pure: it does no I/O, reads no clock and imports nothing of ours, so that
// the screen can speak of mail and still be unable to reach the network.
//
// The way through it:
//
//  1. address.go: a foreign string becomes an [Address], or an error.
//  2. messageid.go: the identity of a message, and how a new one is made.
//  3. message.go: what one parsed message is, once mail/mime has read it.
//  4. remote.go: where a message lives on a server (mailbox, UIDVALIDITY, UID).
//  5. draft.go: what a rep writes, and the states it goes through on its way out.
//  6. status.go: how far the sync is, in words for a status line.
//
// The sub-packages do the work, each with one technology: mime parses and
// builds, imap fetches, template fills, compose seals, smtp submits, outbox
// drives, demo plays the other side.
package mail
