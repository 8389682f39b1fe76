// Package importpane takes leads in from a file: it asks what is true of the
// whole file, shows what would become of every column and row, and then what
// did. It takes the whole room of the panes.
//
// The way through it:
//
//  1. importpane.go: [Model] goes from the form to the preview to the report.
//  2. facts.go: the form, and what of it is missing.
//  3. items.go: the columns and rows of a preview or a report as one list.
//  4. view.go: the counts, the rows on the screen, and all that is to be said of the selected one.
package importpane
