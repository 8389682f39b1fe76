// Package leadform edits what is known of a lead, or adds one who never wrote.
//
// The way through it:
//
//  1. leadform.go: [Model], [New]; a fact opens it on a field, keys fill it in.
//  2. fields.go: the fields, and what is said beside them.
//  3. build.go: the answers become a consent.Lead, or errors beside their fields.
//  4. view.go: the form and its foot.
package leadform
