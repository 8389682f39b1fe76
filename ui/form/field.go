package form

import (
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"zgoda/ui/keys"
	"zgoda/ui/theme"
)

// Kind is how a field is filled in.
type Kind int

// The kinds.
const (
	Line   Kind = iota // one line of text
	Long               // text that wraps, Rows lines of it on the screen
	Choice             // one of Options, with the arrows or the blank
	Marks              // any of Options: the arrows go to one, the blank marks it
)

// Option is one choice.
type Option struct{ Value, Label string }

// Field is one question. Fill in the exported part and hand it to [New].
type Field struct {
	Name    string // stable
	Label   string // at most labelWidth cells
	Hint    string // said under the field while it has the focus
	Kind    Kind
	Options []Option
	Rows    int
	Limit   int // most runes; 0 for no limit
	Hidden  bool
	Initial string // of Marks: the values, one a line
	// Blank leaves a choice open until the rep makes it: what the law wants to be
	// said must not be said by a default.
	Blank bool

	err    string
	line   textinput.Model
	long   textarea.Model
	at     int // the option chosen, or under the bar; -1 for none
	marked map[string]bool
}

func (f *Field) prepare(styles theme.Styles) {
	switch f.Kind {
	case Line:
		f.line = NewLine(styles)
		f.line.CharLimit = f.Limit
	case Long:
		f.Rows = max(2, f.Rows)
		f.long = NewLong(styles)
		f.long.CharLimit = f.Limit
		f.long.SetHeight(f.Rows)
		f.long.KeyMap.InsertNewline.SetEnabled(false) // Enter goes on
	case Choice:
		if f.Blank {
			f.at = -1
		}
	}
	f.set(f.Initial)
}

// NewLine is an input of one line as the house draws it: no prompt, the
// terminal's own cursor.
func NewLine(styles theme.Styles) textinput.Model {
	in := textinput.New()
	in.Prompt = ""
	in.KeyMap = keys.TextInput()
	in.SetVirtualCursor(false)
	look := textinput.StyleState{Text: styles.Input, Placeholder: styles.Placeholder, Prompt: styles.Prompt, Suggestion: styles.Placeholder}
	in.SetStyles(textinput.Styles{Focused: look, Blurred: look})
	return in
}

// NewLong is the same for several lines. Its text carries no style of its own,
// so that what is drawn can be marked afterwards.
func NewLong(styles theme.Styles) textarea.Model {
	area := textarea.New()
	area.Prompt = ""
	area.ShowLineNumbers = false
	area.KeyMap = keys.TextArea()
	area.MaxHeight, area.MaxWidth = 0, 0
	area.SetVirtualCursor(false)
	look := textarea.StyleState{Selection: styles.Toast}
	area.SetStyles(textarea.Styles{Focused: look, Blurred: look})
	return area
}

// Value is what the field holds; for a choice the option's Value, "" while none
// is chosen; for marks the values of those marked, one a line, in their order.
func (f *Field) Value() string {
	switch f.Kind {
	case Line:
		return f.line.Value()
	case Long:
		return f.long.Value()
	case Marks:
		var marked []string
		for _, option := range f.Options {
			if f.marked[option.Value] {
				marked = append(marked, option.Value)
			}
		}
		return strings.Join(marked, "\n")
	}
	if f.at >= 0 && f.at < len(f.Options) {
		return f.Options[f.at].Value
	}
	return ""
}

func (f *Field) set(value string) {
	switch f.Kind {
	case Line:
		f.line.SetValue(value)
		f.line.CursorEnd()
	case Long:
		f.long.SetValue(value)
	case Marks:
		f.marked = map[string]bool{}
		for line := range strings.SplitSeq(value, "\n") {
			f.marked[line] = true
		}
	default:
		for i, option := range f.Options {
			if option.Value == value {
				f.at = i
			}
		}
	}
}

func (f *Field) update(msg tea.Msg, bindings keys.Dialog) (cmd tea.Cmd) {
	switch f.Kind {
	case Line:
		f.line, cmd = f.line.Update(msg)
	case Long:
		f.long, cmd = f.long.Update(msg)
	case Choice, Marks:
		if press, ok := msg.(tea.KeyPressMsg); ok && len(f.Options) > 0 {
			f.choose(press, bindings)
		}
	}
	return cmd
}

// choose goes to the option beside this one; the blank marks one of several.
func (f *Field) choose(press tea.KeyPressMsg, bindings keys.Dialog) {
	n := len(f.Options)
	switch {
	case f.Kind == Marks && bindings.Toggle.Is(press):
		option := f.Options[f.at].Value
		f.marked[option] = !f.marked[option]
	case bindings.Right.Is(press), bindings.Toggle.Is(press):
		f.at = (f.at + 1) % n
	case bindings.Left.Is(press):
		f.at = (max(f.at, 0) + n - 1) % n
	}
}

func (f *Field) takeFocus() {
	switch f.Kind {
	case Line:
		f.line.Focus() // its command blinks a cursor that is not drawn
	case Long:
		f.long.Focus()
	}
}

// refresh scrolls a long text to its cursor: the library does so only when it
// hears a message.
func (f *Field) refresh() {
	if f.Kind == Long {
		f.long, _ = f.long.Update(nil)
	}
}

func (f *Field) blur() {
	switch f.Kind {
	case Line:
		f.line.Blur()
	case Long:
		f.long.Blur()
	}
}

func (f *Field) setWidth(w int) {
	switch f.Kind {
	case Line:
		f.line.SetWidth(max(1, w-1)) // one cell for the cursor after the text
	case Long:
		f.long.SetWidth(max(1, w))
	}
}
