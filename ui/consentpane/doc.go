// Package consentpane is the dialog in which a rep records what a person said
// about their rights: a yes, a no, a withdrawal, an objection, or that they
// were asked. Without evidence nothing can be recorded.
//
// The way through it:
//
//  1. consentpane.go: [Model], [New]; a fact opens it, keys fill it in.
//  2. fields.go: the questions, and which of them an answer needs.
//  3. guess.go: what is known already is filled in, so that Enter is enough.
//  4. build.go: the answers become a consent.Event, or an error beside its field.
//  5. withdraw.go: its second face: they take back what stands, in two keys.
//  6. heard.go: its third: what a mail asks that seems to ask us to stop.
//  7. correct.go: its fourth: an entry that was wrong from the beginning.
//  8. seen.go: its fifth: a fact that a country rule asks for.
//  9. view.go: the form, and what recording will do.
package consentpane
