// Package timeline is the panel with all that is recorded of one person's
// rights: what holds now and why, and the whole ledger, newest first, each entry
// with its proof. It only reads; its keys open what records.
//
// The way through it:
//
//  1. timeline.go: the model and its keys; event.ConsentLoaded opens it.
//  2. now.go: what holds now: badges, basis, and what would make each purpose possible.
//  3. entry.go: one entry of the ledger becomes lines; what was corrected is struck out.
//  4. pick.go: which entry a correction would take back.
package timeline

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// Model is the panel. It is made by [New] and opened by event.ConsentLoaded.
type Model struct {
	styles theme.Styles
	keys   keys.Consent
	act    keys.List
	all    keys.Map
	w, h   int
	now    time.Time

	open     bool
	person   mail.PersonID
	fact     event.ConsentLoaded
	unfolded bool
	picked   int64         // ledger number of the selected entry, 0 for none
	at       map[int64]int // the line on which each entry begins
	lines    []string
	built    bool
	scroll   layout.Scroll
}

// New makes the panel, closed. Now is the clock until the first event.Ticked.
func New(styles theme.Styles, bindings keys.Map, now time.Time) *Model {
	return &Model{styles: styles, keys: bindings.Consent, act: bindings.List, all: bindings, now: now}
}

// Open reports whether the panel is on the screen.
func (m *Model) Open() bool { return m.open }

// Close takes the panel away and forgets whose it was.
func (m *Model) Close() {
	m.open, m.person, m.fact, m.lines, m.built = false, 0, event.ConsentLoaded{}, nil, false
}

// Person is whose panel it is; zero when closed.
func (m *Model) Person() mail.PersonID { return m.person }

// SetSize gives the panel its cells.
func (m *Model) SetSize(w, h int) {
	if w != m.w {
		m.built = false
	}
	m.w, m.h = max(0, w), max(0, h)
}

// Update gives the panel a fact or a key.
func (m *Model) Update(msg tea.Msg) (event.Wish, tea.Cmd) {
	switch msg := msg.(type) {
	case event.Ticked:
		m.tick(msg.Now)
		return nil, nil
	case event.ConsentLoaded:
		m.take(msg)
		return nil, nil
	}
	if !m.open {
		return nil, nil
	}
	switch msg := msg.(type) {
	case event.StoreChanged:
		if len(msg.People) == 0 || slices.Contains(msg.People, m.person) {
			return event.ShowConsent{Person: m.person}, nil
		}
	case event.EventRecorded:
		if msg.Err == nil && msg.Event.Person == m.person {
			return event.ShowConsent{Person: m.person}, nil
		}
	case event.LeadSaved:
		if msg.Err == nil && msg.Lead.ID == m.person {
			return event.ShowConsent{Person: m.person}, nil
		}
	case tea.KeyPressMsg:
		return m.press(msg), nil
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelDown:
			m.by(3)
		case tea.MouseWheelUp:
			m.by(-3)
		}
	}
	return nil, nil
}

func (m *Model) tick(now time.Time) {
	if m.now.Format("2 15") != now.Format("2 15") {
		m.built = false
	}
	m.now = now
}

// take opens the panel, or brings it up to date: an answer about somebody else
// than is shown is an old one.
func (m *Model) take(fact event.ConsentLoaded) {
	if m.open && fact.Person != m.person {
		return
	}
	if !m.open {
		m.scroll, m.unfolded, m.picked = layout.Scroll{}, false, 0
	}
	m.open, m.person, m.fact, m.built = true, fact.Person, fact, false
	if !slices.Contains(m.correctable(), m.picked) {
		m.picked = 0
	}
}

func (m *Model) press(press tea.KeyPressMsg) event.Wish {
	k := m.keys
	switch {
	case k.Close.Is(press):
		m.Close()
		return event.CloseOverlay{}
	case k.Down.Is(press):
		m.by(1)
	case k.Up.Is(press):
		m.by(-1)
	case k.HalfDown.Is(press):
		m.by(max(1, m.body()/2))
	case k.HalfUp.Is(press):
		m.by(-max(1, m.body()/2))
	case k.Top.Is(press):
		m.scroll.Top = 0
	case k.Bottom.Is(press):
		m.build()
		m.scroll.Bottom(len(m.lines), m.body())
	case k.Unfold.Is(press):
		m.unfolded, m.built = !m.unfolded, false
	case k.Pick.Is(press):
		m.pick()
	default:
		return m.acts(press)
	}
	return nil
}

// acts is the keys that record; they mean here what they mean in the list. One
// that cannot be used says why.
func (m *Model) acts(press tea.KeyPressMsg) event.Wish {
	b, ok := keys.Find(m.Keys(), press)
	switch {
	case !ok:
		return nil
	case b.Off():
		return event.Notify{Text: sentenceOf(b.Why), Tone: event.Warn}
	}
	switch b.Action {
	case m.act.Record.Action:
		return event.AskRecord{Person: m.person}
	case m.act.Withdraw.Action:
		return event.AskRecord{Person: m.person, Face: event.FaceWithdraw}
	case m.act.Heard.Action:
		return event.AskRecord{Person: m.person, Face: event.FaceHeard}
	case m.act.Edit.Action:
		return event.EditLead{Person: m.person}
	case m.all.Global.Desk.Action: // the desk lies under this panel
		m.Close()
		return event.ShowDesk{Tab: event.TabRequests}
	case m.keys.Correct.Action:
		return event.AskRecord{Person: m.person, Face: event.FaceCorrect, Entry: m.picked}
	}
	return nil
}

func (m *Model) by(n int) {
	m.build()
	m.scroll.By(n, len(m.lines), m.body())
}

// Keys is what works in the panel.
func (m *Model) Keys() []keys.Binding {
	withdraw, edit := "", ""
	if len(m.fact.Standing.Revocable()) == 0 {
		withdraw = "nothing of theirs stands: " + m.act.Record.Name() + " records a no or an objection"
	}
	if !m.fact.History.Lead.IsLead() {
		edit = "not a lead yet"
	}
	list := []keys.Binding{m.act.Record, m.act.Withdraw.Disabled(withdraw)}
	if m.fact.Standing.Held.ID != "" {
		list = append([]keys.Binding{m.act.Heard}, list...)
	}
	list = append(list, m.act.Edit.Disabled(edit), m.keys.Unfold)
	if m.fact.Standing.Restricted || m.fact.Standing.Requests > 0 {
		list = append([]keys.Binding{m.all.Global.Desk}, list...)
	}
	if m.picked != 0 {
		list = append(list, m.keys.Correct)
	}
	if len(m.correctable()) > 0 {
		list = append(list, m.keys.Pick)
	}
	return append(list, m.keys.Down, m.keys.Close)
}

// headRows is the lines over what is scrolled.
const headRows = 2

func (m *Model) body() int { return max(1, m.h-headRows) }

// View is the panel, exactly its size.
func (m *Model) View() string {
	if m.w <= 0 || m.h <= 0 || !m.open {
		return layout.Block("", m.w, m.h)
	}
	m.build()
	lead := m.fact.History.Lead
	left := "  " + m.styles.TabActive.Render(lead.Call()) + m.styles.Muted.Render("  "+lead.Address.Email)
	if lead.Company != "" {
		left += m.styles.Muted.Render(" · " + lead.Company)
	}
	head := layout.Spread(left, m.styles.Muted.Render(m.place()), m.w) + "\n" + m.styles.PanelBorder.Render(strings.Repeat("─", m.w)) + "\n"
	return layout.Block(head+m.scroll.Show(m.lines, m.w, m.body()), m.w, m.h)
}

// place says how many entries there are, and whether more stands above or below.
func (m *Model) place() string {
	arrows := ""
	if m.scroll.Top > 0 {
		arrows += "↑"
	}
	if m.scroll.Top < len(m.lines)-m.body() {
		arrows += "↓"
	}
	return " " + count(len(m.fact.History.Events)) + " " + layout.Fit(arrows, 2) + " "
}

// Cursor is where the terminal's cursor belongs: the first line of the window.
func (m *Model) Cursor() *tea.Cursor {
	if !m.open || m.h <= headRows || m.w == 0 {
		return nil
	}
	return tea.NewCursor(0, headRows)
}
