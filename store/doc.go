// Package store is the memory of zgoda: one SQLite file that holds people,
// their mail, the ledger of their rights and the outbox. It implements the
// small interfaces that the other rooms ask for; one [DB] fits them all.
//
// The way through it:
//
//  1. store.go: [Open] checks who may read the files, takes the lock, migrates,
//     and opens two pools: one connection that writes, a few that read.
//  2. tx.go: view and update, the only two doors to the database. A tx knows the
//     time and whose rows it changed; the commit tells [DB.Changes].
//  3. mailboxes.go, messages.go, flags.go, bodies.go: the syncer writes mail
//     here. Every call is one transaction and may be repeated.
//     hear.go hears what leads wrote in the transaction that stores it; readings.go remembers what was read.
//  4. people.go: a person appears with their first mail. refresh.go keeps what
//     the inbox shows true in the transaction that changed a mail.
//  5. leads.go: a rep, and only a rep, makes a person a lead. import.go takes in a list of them;
//     provenance.go notes where each fact came from, fields.go whether it serves. merge.go makes one of two.
//     reasons.go: whose reasons are nearly the same. assessments.go: what first mails rest on.
//  6. rows.go and search.go: pages of the inbox by key. conversation.go: one person's mail.
//  7. ledger.go and history.go: what happened to a person's rights, append-only.
//     override.go: what only the data-protection officer may record.
//     suppress.go: the keyed hashes of those who must not be written to.
//     chain.go and committed.go: each entry gets a link, in the same transaction.
//     verify.go walks the chain; decisions.go keeps the answers of the gate; dossier.go is all that proves.
//  8. drafts.go, outbox.go, outgoing.go: a draft, from its first word to the
//     copy in the Sent mailbox.
//     fulfil.go: what a mail did by being sent; stale.go: what it did not, for it came back.
//  9. held.go and clocks.go keep true what a lead waits for; queue.go reads the queues by it.
//     step.go: a rights request is closed by a mail of ours and by nothing else.
//  10. columns.go: whose data every column holds, and rowsof.go: how a person's rows are read and go.
//     erase.go erases by it, copy.go copies by it, purge.go does the former by the day. journal.go and
//     replay.go: what was erased stays so when a backup is put back; erased.go: and when the server brings it again.
//     marks.go and quotes.go: where others name the person. wipe.go and slack.go: no byte is left in the files.
//  11. schema.sql is the whole schema today; migrations/ is how a file gets there.
//
// Every statement is a constant beside the function that scans it, named sql…;
// a test prepares each of them and reads its plan. Placeholders are $1, $2, …
// in the order of their first use, because SQLite numbers them so.
package store
