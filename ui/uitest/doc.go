// Package uitest drives a model without a terminal: keys in, frames out.
//
// The way through it:
//
//  1. screen.go: [Screen] presses keys, runs the commands and keeps the frame.
//  2. golden.go: a frame is compared with a file; -update writes it.
//  3. world.go and people.go: [World], the ports of a small sales office, in memory;
//     desk.go: the same with work for a data-protection officer.
//
// It does not import the screen, so that the screen's own tests can use it.
package uitest
