// Package consent decides what may be done to a person: may I write to them,
// may I learn that they opened it? It is pure. It does no I/O, reads no clock
// and knows no SQL; what it must know is handed to it, and it answers always.
//
// The way through it:
//
//  1. purpose.go: the four purposes, and the six states each can be in.
//  2. event.go: what can happen to a person's rights; a list of events is a ledger.
//  3. lead.go: who the person is, where the data came from, why we write.
//  4. history.go: all that the gate must know of one person, and its fold [Stand] for badges.
//  5. country.go and countries.tsv: what the law of a country allows.
//  6. letter.go: what the law looks at in a mail before it leaves.
//  7. decide.go: [DecideSend] and [DecideTrack], total and pure, give a [Verdict].
//  8. gate.go: [Gate] reads the ledger, decides, and issues a permit or a [Refusal].
//  9. permit.go: [SendPermit] and [TrackPermit], which nothing but the gate can make.
//
// Unknown never allows. There is no override for tracking and no "track all".
package consent
