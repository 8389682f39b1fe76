package thread

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"zgoda/mail"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// margin is the blank cells at the left of a mail. Ours have a line in them.
const margin = 2

// build makes the lines of the whole conversation, once for each answer.
func (m *Model) build() {
	if m.built {
		return
	}
	m.built, m.lines, m.newest = true, m.lines[:0], 0
	subject := ""
	for i, e := range m.entries {
		if i > 0 {
			m.lines = append(m.lines, "")
		}
		m.newest = len(m.lines)
		m.lines = append(m.lines, m.entry(e, subject)...)
		subject = bare(e.Message.Subject)
	}
}

// entry is one mail. A subject is said only where it changes.
func (m *Model) entry(e mail.Entry, before string) []string {
	width := max(10, m.w-margin-2)
	who, style := e.Message.From.Label(), m.styles.Theirs
	if e.Out {
		who, style = "You", m.styles.Ours
	}
	if who == "" {
		who = "(no sender)"
	}
	lines := []string{layout.Spread(style.Render(who)+m.kind(e.Message), m.styles.Muted.Render(theme.Moment(e.At, m.now)), width)}
	if subject := e.Message.Subject; bare(subject) != before && subject != "" {
		for _, line := range layout.Wrap(subject, width) {
			lines = append(lines, m.styles.Strong.Render(line))
		}
	}
	if !e.Out && m.held != "" && e.Message.ID == m.held {
		lines = append(lines, paint(m.styles.Bad, "? "+m.why+", so all mail waits · "+m.all.List.Heard.Name()+" says what it asks", width)...)
	}
	lines = append(lines, m.text(e.Message, width)...)
	lines = append(lines, m.facts(e.Message, width)...)
	if e.Outgoing != nil {
		lines = append(lines, m.onItsWay(*e.Outgoing, width)...)
	}
	rule := strings.Repeat(" ", margin)
	if e.Out {
		rule = m.styles.Accent.Render("▏") + strings.Repeat(" ", margin-1)
	}
	for i := range lines {
		lines[i] = rule + lines[i]
	}
	return lines
}

// kind says what sort of mail it is when a person did not write it.
func (m *Model) kind(msg mail.Message) string {
	switch msg.Kind {
	case mail.AutoReply:
		return m.styles.Muted.Render("  automatic answer")
	case mail.Bounce:
		return m.styles.Warn.Render("  bounce")
	case mail.List:
		return m.styles.Muted.Render("  newsletter")
	}
	return ""
}

// text is the body, its quotes folded.
func (m *Model) text(msg mail.Message, width int) []string {
	if !msg.Whole {
		if m.lead.IsLead() {
			return []string{m.styles.Muted.Render("fetching the text…")}
		}
		return paint(m.styles.Muted, "Only the envelope is here: the text of a mail is fetched when its sender is a lead ("+m.all.List.Lead.Name()+").", width)
	}
	var lines []string
	for _, part := range cutQuotes(msg.Text) {
		switch {
		case part.quote && !m.unfolded:
			lines = append(lines, m.styles.Quote.Render(layout.Fit(m.fold(part), width)))
		case part.quote:
			lines = append(lines, paint(m.styles.Quote, part.text, width)...)
		default:
			lines = append(lines, paint(m.styles.Text, part.text, width)...)
		}
	}
	return lines
}

// facts is what must be known of a mail beside its text, one line each.
func (m *Model) facts(msg mail.Message, width int) []string {
	var lines []string
	add := func(style lipgloss.Style, text string) { lines = append(lines, paint(style, text, width)...) }
	for _, a := range msg.Attachments {
		add(m.styles.Muted, "attached: "+attachment(a))
	}
	if n := len(msg.Trackers); n > 0 {
		add(m.styles.Warn, fmt.Sprintf("%s blocked: %s", count(n, "tracker"), hosts(msg.Trackers)))
	}
	if msg.AskReceipt {
		add(m.styles.Muted, "asks for a read receipt (never answered)")
	}
	for _, note := range msg.Notes {
		add(m.styles.Warn, "note: "+note)
	}
	if len(lines) > 0 {
		lines = append([]string{""}, lines...)
	}
	return lines
}

func attachment(a mail.Attachment) string {
	name := a.Name
	if name == "" {
		name = a.Type
	}
	return fmt.Sprintf("%s (%s, stays on the server)", name, size(a.Size))
}

func size(octets int) string {
	switch {
	case octets < 1000:
		return fmt.Sprintf("%d B", octets)
	case octets < 1_000_000:
		return fmt.Sprintf("%d kB", octets/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(octets)/1e6)
}

// hosts names each host once, with what it does.
func hosts(trackers []mail.Tracker) string {
	var names []string
	seen := map[string]bool{}
	for _, t := range trackers {
		if !seen[t.Host] {
			seen[t.Host] = true
			names = append(names, t.Host+" ("+t.What+")")
		}
	}
	if more := len(names) - 4; more > 0 {
		names = append(names[:4], fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// paint wraps text and styles each line.
func paint(style lipgloss.Style, text string, width int) []string {
	lines := layout.Wrap(text, width)
	for i, line := range lines {
		if line != "" {
			lines[i] = style.Render(line)
		}
	}
	return lines
}

// bare is a subject without its Re: and Fwd:, in which two mails of one
// conversation agree.
func bare(subject string) string {
	for {
		head, rest, ok := strings.Cut(subject, ":")
		if !ok {
			return strings.TrimSpace(subject)
		}
		switch strings.ToLower(strings.TrimSpace(head)) {
		case "re", "fw", "fwd", "odp", "aw", "wg", "sv":
			subject = rest
		default:
			return strings.TrimSpace(subject)
		}
	}
}
