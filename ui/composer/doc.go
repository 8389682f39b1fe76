// Package composer writes one mail to one person. It knows no law: beside the
// text stands the gate's own answer, line by line, each red one with the key
// that mends it.
//
// The way through it:
//
//  1. composer.go: [Model], [New], and how facts and keys reach the step they are for.
//  2. picker.go: step one, how the mail begins.
//  3. edit.go and keys.go: step two, the keys while one writes.
//  4. answer.go and mend.go: what makes a mail an answer, and what mends a red line.
//  5. body.go and gaps.go: the text, by grapheme, and its unfilled fields.
//  6. checklist.go: a verdict as lines; which is open, what mends it.
//  7. track.go: the two toggles of tracking, and why they are off.
//  8. duty.go: the two mails that the law itself wants; ask.go: the question for a consent.
//  9. keep.go: what is asked of the gate and saved while one writes.
//  10. view.go and side.go: the screen, one column below 100 cells and two above.
package composer
