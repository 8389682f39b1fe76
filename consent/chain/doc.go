// Package chain makes the ledger provable: each entry gets a link, and every
// link names the one before it, so that nothing can be changed, dropped, moved
// or put between without being found (law.md E4, L5.2).
//
// A link holds no word about anybody. It holds a commitment: a keyed hash of
// the entry under a random salt of its own. When a person is erased (GDPR Art.
// 17), entry and salt go; the link stays, says nothing any more, and the chain
// still verifies.
//
// The way through it:
//
//  1. record.go: what an entry is in canonical JSON, and [Commit], its commitment.
//  2. link.go: [Link], one place in the chain, and [Next], which adds one.
//  3. verify.go: [Verify] walks the chain and names the first broken entry.
//  4. head.go: [Head], the end of the chain signed at one moment. Heads are kept
//     outside the database, because whoever holds the file can rebuild a chain (E5).
//     restart.go: what is said when a backup was put back.
//
// The package does no I/O and reads no clock.
package chain
