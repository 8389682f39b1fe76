package composer

import (
	"errors"
	"slices"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/form"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// Options is what the composer must know of the configuration.
type Options struct {
	// PortalReady says that portal_url is configured: without a portal nothing
	// could be tracked, so the toggles stay off.
	PortalReady bool
	// Controller is the company that the duty paragraphs speak of.
	Controller consent.Controller
	// ConfigPath is the file that a missing fact of the company belongs in; may
	// be empty.
	ConfigPath string
	// Settle is how long after the last key the gate is asked; zero is SettleTime.
	Settle time.Duration
}

// SettleTime is how long the rep must pause before the gate is asked.
const SettleTime = 150 * time.Millisecond

// SaveEvery is how long a change waits before it is saved.
const SaveEvery = 2 * time.Second

// step is where the rep is.
type step int

const (
	closed step = iota
	picking
	filling // a template is being filled
	editing
)

// Model is the composer. It is made by [New] and opened by event.ComposeLoaded.
type Model struct {
	styles  theme.Styles
	pickBy  keys.Picker
	by      keys.Composer
	options Options
	w, h    int

	step  step
	lead  consent.Lead
	reply *event.Reply
	last  *event.Reply // their newest mail, answered or not
	draft mail.Draft   // all but what is in the two fields
	pick  picker
	now   time.Time

	subject   textinput.Model
	body      body
	inSubject bool

	history  consent.History // of the lead, when the mail was opened
	request  consent.Request // that a mail of duty answers
	list     checklist
	tracking map[consent.Purpose]consent.Verdict
	keep     keep
	note     note
	asked    bool // whether to discard
	sending  bool
	written  bool // step two was reached
}

// note is one sentence at the bottom, until the next key. Fix is what the fix
// key does while it stands there; nil leaves it to the checklist.
type note struct {
	text, way string
	law       string // rule and source, for a refusal
	bad       bool
	fix       event.Wish
	fixWord   string
}

// New makes a composer that is closed.
func New(styles theme.Styles, bindings keys.Map, options Options) *Model {
	if options.Settle <= 0 {
		options.Settle = SettleTime
	}
	m := &Model{styles: styles, pickBy: bindings.Picker, by: bindings.Composer, options: options}
	m.subject = form.NewLine(styles)
	m.subject.Placeholder = "What it is about"
	m.body = newBody(styles)
	return m
}

// SetSize gives the composer its cells.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = max(0, w), max(0, h)
	m.arrange()
}

// Open reports whether a mail is being begun or written.
func (m *Model) Open() bool { return m.step != closed }

// Person is whom the mail is for; zero when closed.
func (m *Model) Person() mail.PersonID {
	if m.step == closed {
		return 0
	}
	return m.lead.ID
}

// Draft is the mail as it stands.
func (m *Model) Draft() mail.Draft {
	d := m.draft
	d.Subject, d.Text = m.subject.Value(), m.body.text()
	return d
}

// Update gives the composer a fact or a key.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	defer m.arrange()
	switch msg := msg.(type) {
	case event.ComposeLoaded:
		return m.open(msg), nil
	case event.Ticked:
		m.now = msg.Now
	}
	if m.step == closed {
		return nil, nil
	}
	switch msg := msg.(type) {
	case event.TemplateFilled:
		return m.filled(msg), nil
	case event.LeadSaved:
		if msg.Err == nil && msg.Lead.ID == m.lead.ID {
			return m.leadSaved(msg.Lead), nil
		}
	case event.EventRecorded:
		if msg.Err == nil && msg.Event.Person == m.lead.ID {
			return m.ask(), nil
		}
	case event.StoreChanged:
		if len(msg.People) == 0 || slices.Contains(msg.People, m.lead.ID) {
			return m.askAgain(), nil
		}
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		if m.step == editing {
			return m.typed(msg)
		}
	default:
		return m.fact(msg)
	}
	return nil, nil
}

// fact is an answer to something the composer wished.
func (m *Model) fact(msg tea.Msg) (event.Wish, tea.Cmd) {
	if m.step != editing {
		return nil, nil
	}
	switch msg := msg.(type) {
	case event.DraftSettled:
		if msg.Seq == m.keep.rev {
			return m.ask(), nil
		}
	case event.Ticked:
		return m.autosave(), nil
	case event.DraftChecked:
		return m.checked(msg)
	case event.DraftSaved:
		return m.saved(msg), nil
	case event.DraftQueued:
		m.queued(msg)
	case event.EditorClosed:
		if msg.Err != nil {
			m.note = problemNote("The editor could not be used.", msg.Err)
			return nil, nil
		}
		m.body.setText(msg.Text)
		return nil, m.changed()
	}
	return nil, nil
}

// open begins with a draft that is there, or with the choice of a template.
func (m *Model) open(fact event.ComposeLoaded) event.Wish {
	m.reset()
	m.history = fact.History
	m.lead, m.reply, m.last, m.tracking = fact.Lead, fact.Reply, fact.Last, fact.Tracking
	m.pick = newPicker(fact.Templates, fact.Lead.Language)
	if m.reply != nil {
		m.pick.point(answerTemplate)
	}
	m.step = picking
	m.draft = mail.Draft{Person: fact.Lead.ID, To: fact.Lead.Address, Language: m.pick.speaks()}
	if fact.Err != nil {
		m.note = problemNote("This mail could not be opened.", fact.Err)
		return nil
	}
	m.answer(m.reply)
	if fact.HasDraft {
		m.draft = fact.Draft
		m.request, _ = consent.OpenRequest(m.history, fact.Draft.Request)
		m.write(fact.Draft.Subject, fact.Draft.Text)
		return m.ask()
	}
	if fact.Duty != mail.DutyNone {
		return m.openDuty(fact.Duty, fact.Request)
	}
	return nil
}

func (m *Model) reset() {
	m.draft, m.reply, m.last, m.lead = mail.Draft{}, nil, nil, consent.Lead{}
	m.history, m.request = consent.History{}, consent.Request{}
	m.list, m.tracking, m.note = checklist{}, nil, note{}
	m.keep = keep{seq: m.keep.seq, rev: m.keep.rev} // numbers go on, so that old answers stay old
	m.asked, m.sending, m.inSubject, m.written = false, false, false, false
	m.subject.SetValue("")
	m.body.setText("")
	m.step = closed
}

// Close empties the composer: the mail is queued, discarded or left.
func (m *Model) Close() { m.reset() }

// write goes to step two with this text.
func (m *Model) write(subject, text string) {
	m.step, m.written = editing, true
	m.subject.SetValue(layout.Typed(subject))
	m.body.setText(text)
	m.focusSubject(subject == "")
	if gaps := gapsIn(m.body.text()); len(gaps) > 0 {
		m.body.selectRunes(gaps[0].row, gaps[0].col, gaps[0].runes)
	}
}

func (m *Model) focusSubject(yes bool) {
	m.inSubject = yes
	if yes {
		m.body.area.Blur()
		m.subject.Focus()
		m.subject.CursorEnd()
		return
	}
	m.subject.Blur()
	m.subject.CursorStart() // a long one is shown from its beginning
	m.body.area.Focus()
}

// problemNote says an error for a person: a mail.Problem in its own words,
// anything else in ours; the chain is for the log.
func problemNote(sentence string, err error) note {
	var refusal *consent.Refusal
	if errors.As(err, &refusal) {
		n := note{text: refusal.Reason(), way: refusal.Way(), bad: true}
		if failed := refusal.Verdict.Failed(); len(failed) > 0 {
			n.law = law(failed[0])
		}
		return n
	}
	var problem *mail.Problem
	if errors.As(err, &problem) {
		return note{text: problem.Sentence, way: problem.NextStep, bad: true}
	}
	return note{text: sentence, way: "Try again; the log says more.", bad: true}
}
