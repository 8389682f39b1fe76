// Package assessform is the legitimate-interest assessment as a form of a
// minute (law.md section 3): picks where there is a choice, a sentence where
// there is a reason, and the outcome beside the fields, computed at every key.
// It takes the whole room of the panes.
//
// The way through it:
//
//  1. assessform.go: [Model], opened by event.AssessmentOpened; a save makes a new version.
//  2. fields.go: the questions, in the order of the three steps: interest, necessity, balance.
//  3. build.go: the answers become a consent.Assessment, and what is missing is said at its field.
//  4. view.go: the fields, and beside or under them what it comes to.
package assessform
