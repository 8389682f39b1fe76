// Package cli is the composition root and the second face of zgoda: it reads
// the configuration, opens and closes everything, and offers each command. One
// gate stands behind all of them.
//
// The way through it:
//
//  1. cli.go: Run reads the arguments, picks a command and turns its error into
//     one sentence, a next step and an exit code.
//  2. config.go, secret.go: what the user set up, and where the password is.
//  3. paths.go: where configuration, data, log, heads and the journal of erasures lie.
//  4. world.go: open the database, gate, sync and outbox; close them in reverse.
//     senders.go: who sent a mail that may answer a question of consent.
//  5. ports.go, templates.go: the rooms as the screen's ports.
//     heads.go: the end of the chain, signed and kept outside the database.
//  6. screen.go, demo.go, setup.go, sync.go, leads.go, send.go (send_duty.go, send_ask.go), requests.go, notices.go, restrict.go (typed.go: what they read), assess.go (form.go), evidence.go, verify.go, prove.go, doctor.go: a command each.
//     erase.go, ropa.go, retention.go (purge.go), export.go (export_text.go, export_portable.go, access/): whose data goes, and what a person gets of it.
//     import.go (intake.go: the file), fields.go, merge.go: leads come in, what is kept of them, two that are one.
package cli
