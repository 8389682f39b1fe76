// Package intake reads the CSV file of somebody else's list and says, row by row,
// what of it may come in. It is pure: it is handed bytes and gives answers; the
// file is opened elsewhere, and the store decides what a row does to a known lead.
//
// The way through it:
//
//  1. encoding.go: bytes become text. A file may be UTF-8, UTF-16, Windows-1250,
//     Windows-1252 or ISO-8859-2, and may change from row to row.
//  2. record.go: text becomes records. A quote that nobody closed costs its own
//     line and no other.
//  3. columns.go and names.go: headers in Polish, English and German become
//     fields of a lead. Any other column is dropped, and is told why.
//  4. row.go, value.go and date.go: a record becomes a lead, or a refusal.
//  5. claim.go: what a file says about consent. It can close and never open.
//  6. read.go: [Read] does all of that; every row ends in Items or in Refused.
//
// Why not encoding/csv: with broken quotes it either stops or takes the rest of
// the file for one cell, and then rows would be lost without a word.
package intake
