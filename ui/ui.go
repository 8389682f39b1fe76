package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/composer"
	"zgoda/ui/consentpane"
	"zgoda/ui/dialog"
	"zgoda/ui/keys"
	"zgoda/ui/leadform"
	"zgoda/ui/person"
	"zgoda/ui/status"
	"zgoda/ui/theme"
	"zgoda/ui/thread"
	"zgoda/ui/threadlist"
	"zgoda/ui/timeline"
	"zgoda/ui/toast"
)

// DefaultHold is how long a mail can be taken back after it was sent.
const DefaultHold = 10 * time.Second

// Options is what the screen must know beside its ports.
type Options struct {
	Company string // the controller's name
	Account string // the mailbox, for the status line
	Actor   string // who records consents; it goes into the ledger

	NoColor bool // read by weight and marks alone
	Light   bool // for a light terminal, until the terminal says what it is

	Hold        time.Duration // undo hold of a mail; zero is DefaultHold
	Demo        bool
	PortalReady bool   // consent/portal is configured, so tracking can work at all
	ConfigPath  string // named where a fact of the company is missing
	// Controller is the company as the gate knows it: the composer puts its
	// duty paragraphs back into a text.
	Controller consent.Controller
	EditorDir  string // 0700 directory for a text on its way to $EDITOR
	// FirstRun is the configuration file that is missing. When it is set there
	// is nothing behind the ports but the clock.
	FirstRun string
}

// focus is the pane that has the keys.
type focus int

const (
	onList focus = iota
	onThread
	onCard
)

// Model is the whole screen. It is made by [New].
type Model struct {
	ports  Ports
	opts   Options
	styles theme.Styles
	keys   keys.Map
	w, h   int
	now    time.Time
	focus  focus
	// beforeCard is the pane from which the rep went to the card.
	beforeCard focus

	list   *threadlist.Model
	thread *thread.Model
	card   *person.Model
	status *status.Model
	toasts *toast.Model

	composer *composer.Model
	record   *consentpane.Model
	rights   *timeline.Model
	confirm  *dialog.Model
	lead     *leadform.Model
	outbox   *outbox
	over     layer // help or palette, nil for none

	officer
	loads    loads
	outgoing []mail.Outgoing
	settled  map[mail.DraftID]bool // ended by the rep, so that it is no news
	tracking map[consent.Purpose]consent.Verdict
	history  consent.History // of the selected person, once loaded
	undos    []undo

	boxes boxes
	frame tea.View
	drawn bool // frame is what View would give
}

// New makes the screen. Nothing is read before Init.
func New(ports Ports, opts Options) *Model {
	if opts.Hold <= 0 {
		opts.Hold = DefaultHold
	}
	m := &Model{ports: ports, opts: opts, keys: keys.Default(), settled: map[mail.DraftID]bool{}}
	m.styles = theme.New(!opts.Light, !opts.NoColor)
	m.list = threadlist.New(m.styles, m.keys)
	m.thread = thread.New(m.styles, m.keys)
	m.card = person.New(m.styles, m.keys.Card, m.keys.List)
	m.status = status.New(m.styles, m.keys.Global, opts.Account, opts.Demo)
	undoKey, _ := m.keys.Global.Undo.Short()
	m.toasts = toast.New(m.styles, undoKey)
	m.makeLayers()
	m.list.SetFocused(true)
	return m
}

// Init asks for what the first frame shows, and for the terminal's colours.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.tick(), tea.RequestBackgroundColor}
	if m.opts.FirstRun == "" {
		cmds = append(cmds, m.wishes(m.list.Reload()), m.loadCounts(), m.loadOutgoing(), m.loadQueueCounts())
	}
	return tea.Batch(cmds...)
}

// restyle follows the terminal from dark to light and back.
func (m *Model) restyle(dark bool) {
	if dark == m.styles.Dark {
		return
	}
	m.styles = theme.New(dark, !m.opts.NoColor)
	m.list.SetStyles(m.styles)
	m.thread.SetStyles(m.styles)
	m.card.SetStyles(m.styles)
	m.status.SetStyles(m.styles)
	m.toasts.SetStyles(m.styles)
	if len(m.layers()) == 0 {
		m.makeLayers()
	}
	m.cut()
}

// selected is the person whom keys act on.
func (m *Model) selected() (consent.Row, bool) { return m.list.Row() }
