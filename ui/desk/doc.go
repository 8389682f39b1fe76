// Package desk is the work of a data-protection officer: whom to inform, who
// asked for what, whose data must go, what the gate answered, and on which
// assessments mails rest. It takes the whole room of the panes.
//
// The way through it:
//
//  1. desk.go: [Model]; Open shows a page, a fact fills it, a key moves or acts.
//  2. queue.go: the rows in memory are a window over the store's order, paged by key.
//  3. load.go: what each page asks for, and whose answer is whose.
//  4. acts.go: what a key does to a case, and why it cannot be done.
//  5. step.go: the small forms: an extension, a restriction, a hold, a new request, an override.
//  6. view.go draws the page; notices.go, requests.go, retention.go, decisions.go
//     and assessments.go say what stands in a row and under it.
package desk
