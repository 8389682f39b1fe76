// Package status is the line at the top: whose mailbox it is, how the sync
// stands, how old the data is, and what is wrong with its next step.
package status

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/progress"
	"charm.land/lipgloss/v2"

	"zgoda/mail"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// barWidth is the cells of the progress bar.
const barWidth = 18

// Model is the status line. It has one line, and more while something is
// wrong.
type Model struct {
	styles  theme.Styles
	keys    keys.Global
	account string
	demo    bool
	w       int
	now     time.Time
	sync    mail.SyncStatus
	unknown int // mails of which nobody knows whether they arrived
	waiting int // leads who wait for an answer
	needs   needs
	bar     progress.Model
}

// New is the status line of an account.
func New(styles theme.Styles, k keys.Global, account string, demo bool) *Model {
	m := &Model{keys: k, account: account, demo: demo}
	m.SetStyles(styles)
	return m
}

// SetStyles changes the theme while running.
func (m *Model) SetStyles(styles theme.Styles) {
	m.styles = styles
	done, todo := styles.Swatch()
	m.bar = progress.New(progress.WithWidth(barWidth), progress.WithoutPercentage(), progress.WithFillCharacters('━', '─'))
	m.bar.FullColor, m.bar.EmptyColor = done, todo
	if done == nil {
		m.bar.FullColor, m.bar.EmptyColor = lipgloss.NoColor{}, lipgloss.NoColor{}
		m.bar.Full, m.bar.Empty = '#', '.'
	}
}

// SetWidth gives the line its cells.
func (m *Model) SetWidth(w int) { m.w = w }

// SetNow tells the time.
func (m *Model) SetNow(now time.Time) { m.now = now }

// SetSync is the newest state of the sync.
func (m *Model) SetSync(s mail.SyncStatus) { m.sync = s }

// Sync is the state that is shown.
func (m *Model) Sync() mail.SyncStatus { return m.sync }

// SetCounts tells of mails whose fate is unknown and of leads who wait.
func (m *Model) SetCounts(unknown, waiting int) { m.unknown, m.waiting = unknown, waiting }

// Height is how many lines the status needs now.
func (m *Model) Height() int {
	return 1 + len(m.problem())
}

// problemRows is the most rows that a problem may take from the inbox.
const problemRows = 3

// problem is what is wrong and what to do about it, wrapped.
func (m *Model) problem() []string {
	if m.sync.Problem == "" || m.w <= 0 {
		return nil
	}
	tone := m.styles.Warn
	if m.sync.Fatal {
		tone = m.styles.Bad
	}
	if m.w >= layout.Width(m.sync.Problem+m.sync.NextStep)+3 {
		return []string{" " + tone.Render(m.sync.Problem) + " " + m.styles.Text.Render(m.sync.NextStep)}
	}
	var lines []string
	for _, line := range layout.Wrap(m.sync.Problem, m.w-2) {
		lines = append(lines, " "+tone.Render(line))
	}
	for _, line := range layout.Wrap(m.sync.NextStep, m.w-2) {
		lines = append(lines, " "+m.styles.Text.Render(line))
	}
	return lines[:min(len(lines), problemRows)]
}

// View is the status, exactly its size.
func (m *Model) View() string {
	left := " " + m.styles.Brand.Render("zgoda") + "  " + m.styles.Muted.Render(m.who())
	line := layout.Spread(left, m.right()+" ", m.w)
	for _, more := range m.problem() {
		line += "\n" + layout.Fit(more, m.w)
	}
	return line
}

func (m *Model) who() string {
	account := m.account
	if account == "" {
		account = m.sync.Account
	}
	if m.demo {
		account += " · demo"
	}
	return account
}

// right is the state of everything, the weightiest first.
func (m *Model) right() string {
	var parts []string
	if m.unknown > 0 {
		parts = append(parts, m.styles.Bad.Render(fmt.Sprintf("? %d unknown", m.unknown))+m.styles.Muted.Render(" ("+m.keys.Outbox.Name()+")"))
	}
	if word := m.due(); word != "" {
		parts = append(parts, word)
	}
	if m.waiting > 0 && m.w >= 100 {
		parts = append(parts, m.styles.Accent.Render(strconv.Itoa(m.waiting))+m.styles.Muted.Render(" waiting"))
	}
	if word := m.phase(); word != "" {
		parts = append(parts, word)
	}
	return strings.Join(parts, m.styles.Faint.Render("  ·  "))
}

func (m *Model) phase() string {
	s := m.sync
	switch s.Phase {
	case mail.SyncConnecting:
		return m.styles.Muted.Render("connecting…")
	case mail.SyncRunning:
		return m.progress()
	case mail.SyncIdle:
		return m.styles.Good.Render("✓") + m.styles.Muted.Render(" up to date")
	case mail.SyncPolling:
		return m.styles.Good.Render("✓") + m.styles.Muted.Render(" checked "+theme.Ago(s.SyncedAt, m.now))
	case mail.SyncOffline:
		word := m.styles.Warn.Render("offline")
		if !s.RetryAt.IsZero() && !s.Fatal {
			word += m.styles.Muted.Render(", next try in " + theme.Left(s.RetryAt, m.now))
		}
		if !s.SyncedAt.IsZero() {
			word += m.styles.Muted.Render(" · as of " + theme.Moment(s.SyncedAt, m.now))
		}
		return word
	case mail.SyncOff:
		return m.styles.Muted.Render("sync is off")
	}
	return ""
}

func (m *Model) progress() string {
	s := m.sync
	what := "syncing"
	if s.Mailbox != "" {
		what += " " + string(s.Mailbox)
	}
	if s.Total <= 0 {
		return m.styles.Muted.Render(what + "…")
	}
	word := m.styles.Muted.Render(what+" ") + m.bar.ViewAs(float64(s.Done)/float64(s.Total)) +
		m.styles.Muted.Render(fmt.Sprintf(" %d of %d", s.Done, s.Total))
	if m.w >= 100 {
		word += m.styles.Faint.Render("  " + m.keys.Cancel.Name() + " " + m.keys.Cancel.Help().Desc)
	}
	return word
}
