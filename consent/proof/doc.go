// Package proof shows all that is on file about one person's rights: why we may
// write to them, since when, by what words, and what the gate made of it (GDPR
// Art. 5(2), 7(1); law.md L5.2, L7.1).
//
// The way through it:
//
//  1. facts.go: [Facts], what the store hands over, and [Of], which orders it.
//  2. text.go and sections.go: the same as a page to be read.
//  3. receipt.go and record.go: the same as a consent receipt, JSON-LD in the
//     shape of ISO/IEC TS 27560 by the Data Privacy Vocabulary (law.md E1).
//  4. kantara.go: the consents in the older shape that other tools read (E2).
//
// Nothing here is fetched, and nothing refers to what would have to be: names of
// the vocabulary are names and no addresses to be opened.
package proof
