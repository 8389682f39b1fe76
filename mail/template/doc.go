// Package template fills a mail for one person from a template that reads as
// if it had been written by hand. The language is a small part of Liquid: a
// field, a filter, an if. It has no loops, no includes, no code and reads
// nothing, so a template from a colleague can be used without fear.
//
//	{{ first_name | default: "there" }}
//	{% if company %}at {{ company | company }}{% else %}where you work{% endif %}
//
// The way through it:
//
//  1. field.go: the fields a template may name; any other is an error when it is saved.
//  2. front.go: a file is read: facts between +++ lines (TOML), then the text.
//  3. lex.go and parse.go: text becomes nodes, or an [Error] with line and column.
//  4. filter.go: what can be done to a value on its way into the text.
//  5. fill.go: [Template.Fill] walks the nodes. Values are put in as they are and
//     never read again, so a lead's name cannot be a template.
//  6. load.go and shipped/: our templates, and the user's own beside them.
//  7. lint.go: what a careful colleague would say before the mail leaves.
package template
