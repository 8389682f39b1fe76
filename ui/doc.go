// Package ui is the screen: a terminal program over a few small ports. It
// cannot reach the network or the database itself.
//
// The way of a key through it:
//
//  1. run.go: the program gives it to Update.
//  2. update.go: layers first, then the keys that work everywhere, then the acts
//     on the selected person, then the pane that has the focus. It only routes.
//  3. A component answers with a wish (event.Wish). wish.go knows whom it is for.
//  4. act.go: what a key does to a person, and why it cannot be done now.
//  5. cmds.go: the only file that calls a port, always in a tea.Cmd. undo.go
//     keeps the way back. cmds_desk.go is its part for the desk.
//  6. desk.go: the layers of a data-protection officer; who was erased is taken off
//     everything that the screen holds.
//
// The way of a fact (what has happened, from the world or as the answer to a
// command): run.go relays it, fact.go gives it to whom it concerns.
//
// The way to the screen: view.go cuts the boxes once for a size, lets each
// component draw exactly its own, lays the layers over them (layer.go) and keeps
// the frame until something changes.
package ui
