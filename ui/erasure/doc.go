// Package erasure takes one person out of zgoda, with everything that is known
// of them. It says beforehand what goes and what stays, wants a word to be typed,
// and afterwards lists what still lies on the server and who else quotes them.
//
// The way through it:
//
//  1. erasure.go: [Model] goes from the question to the report, step by step; there is no way back.
//  2. ask.go: the question, its word and its reason.
//  3. report.go: what went, what stays, and what lies elsewhere.
package erasure
