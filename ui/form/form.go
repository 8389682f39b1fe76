// Package form is a leaf: fields under one another, with the focus on one of
// them. The dialogs that ask for more than yes or no are made of it.
//
// The way through it:
//
//  1. field.go: a [Field], one line of text, several, a choice, or marks.
//  2. form.go: [Form] moves the focus and hands the keys to the field that has it.
//  3. view.go: the form is drawn exactly to its size, scrolled to the focus.
package form

import (
	tea "charm.land/bubbletea/v2"

	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// Form is fields with one focus. It is made by [New].
type Form struct {
	styles theme.Styles
	keys   keys.Dialog
	fields []*Field
	focus  int
	w, h   int
	offset int // first line on the screen, of all lines
}

// New makes a form of fields, the focus on the first that is shown.
func New(styles theme.Styles, bindings keys.Dialog, fields ...Field) *Form {
	f := &Form{styles: styles, keys: bindings}
	for i := range fields {
		field := fields[i]
		field.prepare(styles)
		f.fields = append(f.fields, &field)
	}
	f.focus = -1
	f.move(1)
	return f
}

// SetSize gives the form its cells.
func (f *Form) SetSize(w, h int) {
	if w == f.w && h == f.h {
		f.scroll()
		return
	}
	f.w, f.h = max(0, w), max(0, h)
	for _, field := range f.fields {
		field.setWidth(f.valueWidth())
		field.refresh()
	}
	f.scroll()
}

// Result is what a message did to the form.
type Result struct {
	Changed string // name of the field whose value changed, empty for none
	Last    bool   // Enter was pressed on the last field
}

// Update gives the form a message: its own keys move, the rest is typed.
func (f *Form) Update(msg tea.Msg) (Result, tea.Cmd) {
	field := f.current()
	if field == nil {
		return Result{}, nil
	}
	defer f.scroll()
	press, ok := msg.(tea.KeyPressMsg)
	if paste, pasted := msg.(tea.PasteMsg); pasted {
		return f.edit(field, tea.PasteMsg{Content: layout.Typed(paste.Content)})
	}
	if !ok {
		return Result{}, nil
	}
	switch {
	case f.keys.Choose.Is(press):
		if f.next(1) < 0 {
			return Result{Last: true}, nil
		}
		f.move(1)
	case f.keys.Next.Is(press), f.keys.Down.Is(press) && field.Kind != Long:
		f.wrap(1)
	case f.keys.Prev.Is(press), f.keys.Up.Is(press) && field.Kind != Long:
		f.wrap(-1)
	default:
		return f.edit(field, msg)
	}
	return Result{}, nil
}

func (f *Form) edit(field *Field, msg tea.Msg) (Result, tea.Cmd) {
	before := field.Value()
	cmd := field.update(msg, f.keys)
	if field.Value() == before {
		return Result{}, cmd
	}
	field.err = ""
	return Result{Changed: field.Name}, cmd
}

// Value is the value of a field, "" when there is none of that name.
func (f *Form) Value(name string) string {
	if field := f.find(name); field != nil {
		return field.Value()
	}
	return ""
}

// Set gives a field a value.
func (f *Form) Set(name, value string) {
	if field := f.find(name); field != nil {
		field.set(value)
	}
}

// SetHint changes what is said under a field while it has the focus.
func (f *Form) SetHint(name, hint string) {
	if field := f.find(name); field != nil {
		field.Hint = hint
	}
}

// SetLabel changes the label of a field.
func (f *Form) SetLabel(name, label string) {
	if field := f.find(name); field != nil {
		field.Label = label
	}
}

// Hide takes a field off the screen, or puts it back.
func (f *Form) Hide(name string, hidden bool) {
	field := f.find(name)
	if field == nil {
		return
	}
	field.Hidden = hidden
	if hidden && f.current() == field {
		f.wrap(1)
	}
}

// Fail shows an error at a field and moves the focus there.
func (f *Form) Fail(name, err string) {
	if field := f.find(name); field != nil {
		field.err = err
		f.Focus(name)
	}
}

// Errors reports whether any field that is shown has an error.
func (f *Form) Errors() bool {
	for _, field := range f.fields {
		if field.err != "" && !field.Hidden {
			return true
		}
	}
	return false
}

// Clear takes all errors away.
func (f *Form) Clear() {
	for _, field := range f.fields {
		field.err = ""
	}
}

// Focus moves the focus to a field that is shown.
func (f *Form) Focus(name string) {
	for i, field := range f.fields {
		if field.Name == name && !field.Hidden {
			f.set(i)
			f.scroll()
			return
		}
	}
}

// Focused is the name of the field that has the focus.
func (f *Form) Focused() string {
	if field := f.current(); field != nil {
		return field.Name
	}
	return ""
}

func (f *Form) find(name string) *Field {
	for _, field := range f.fields {
		if field.Name == name {
			return field
		}
	}
	return nil
}

func (f *Form) current() *Field {
	if f.focus < 0 || f.focus >= len(f.fields) {
		return nil
	}
	return f.fields[f.focus]
}

// next is the index of the next shown field in a direction, -1 for none.
func (f *Form) next(step int) int {
	for i := f.focus + step; i >= 0 && i < len(f.fields); i += step {
		if !f.fields[i].Hidden {
			return i
		}
	}
	return -1
}

func (f *Form) move(step int) {
	if i := f.next(step); i >= 0 {
		f.set(i)
	}
}

// wrap is move, from the last field to the first and back.
func (f *Form) wrap(step int) {
	if f.next(step) >= 0 {
		f.move(step)
		return
	}
	was := f.focus
	f.focus = -1
	if step < 0 {
		f.focus = len(f.fields)
	}
	i := f.next(step)
	f.focus = was
	if i >= 0 {
		f.set(i)
	}
}

func (f *Form) set(i int) {
	if field := f.current(); field != nil {
		field.blur()
	}
	f.focus = i
	f.fields[i].takeFocus()
	f.fields[i].refresh()
}
