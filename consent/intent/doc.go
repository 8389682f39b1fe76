// Package intent reads what a mail of theirs asks for in its own words: to be
// written to no more, to be tracked no more, to take a consent back, or one of
// the rights of GDPR Art. 15 to 22; in Polish, English and German, in any wording
// that its corpus knows. It decides nothing: consent.Hear does that.
//
// The way through it:
//
//  1. intent.go: [Read], which asks the files below in this order.
//  2. own.go: their own words, without what they quote, signed or took from us.
//  3. stop.go: clear, doubtful, or nothing; what is clear and what makes it doubtful.
//  4. right.go: the eight rights, and the words by which each is asked for.
//  5. compose.go: what may be a stop by its parts alone, in words that no list has.
//  6. parts.go: rights by their parts, and refusals, which hold a mail only.
//  7. phrases.go: how hundreds of expressions are asked of a sentence in little time.
//
// Words are data here: regular expressions over folded text (consent.Plain), one
// list a language. A clear stop must never be missed as none, and an innocent mail
// must never be clear; testdata holds the mails that both are measured with. A new
// wording is first put there.
package intent
