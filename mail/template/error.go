package template

import (
	"fmt"

	"zgoda/mail"
)

// Error is what is wrong with a template and where. Its Problem is for the
// person who wrote the template.
type Error struct {
	mail.Problem
	File   string // base name, empty when the source was not a file
	Line   int    // from 1, of the whole source with its front matter; 0 for the file as a whole
	Column int    // in characters, from 1; 0 for the whole line
}

// Error says file:line:column and what is wrong.
func (e *Error) Error() string {
	where := e.File
	if e.Line > 0 {
		where = fmt.Sprintf("%s:%d:%d", e.File, e.Line, e.Column)
	}
	return where + ": " + e.Sentence
}

// Unwrap gives the problem, so that errors.As finds its sentence.
func (e *Error) Unwrap() error { return &e.Problem }

func wrong(line, column int, next, format string, args ...any) *Error {
	e := &Error{Line: line, Column: column}
	e.Sentence = fmt.Sprintf(format, args...)
	e.NextStep = next
	e.Fatal = true
	return e
}

// in names the file in the error and in its sentence.
func (e *Error) in(file string) *Error {
	e.File = file
	switch {
	case e.Line > 0 && e.Column > 0:
		e.Sentence = fmt.Sprintf("Template %s, line %d, column %d: %s", file, e.Line, e.Column, e.Sentence)
	case e.Line > 0:
		e.Sentence = fmt.Sprintf("Template %s, line %d: %s", file, e.Line, e.Sentence)
	default:
		e.Sentence = fmt.Sprintf("Template %s: %s", file, e.Sentence)
	}
	return e
}
