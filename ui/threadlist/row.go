package threadlist

import (
	"strings"

	"charm.land/lipgloss/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// ageWidth is the cells of the age column.
const ageWidth = 4

// row draws one person in two lines:
//
//	▌● Ewa Żółkiewska · Piekarnia Wanda   waits  12m
//	▌  Re: Torby papierowe — Pani Mar…   M✓ O✓ C✗ D?
func (m *Model) row(r consent.Row, selected bool) [rowHeight]string {
	on := func(style lipgloss.Style) lipgloss.Style { return m.styles.On(style, selected, m.focused) }
	bar := " "
	if selected {
		bar = "▌"
	}
	bar = on(m.styles.Bar).Render(bar)
	dot := " "
	if r.Unread > 0 {
		dot = "●"
	}
	blank := on(m.styles.Text)
	w := max(0, m.w-4) // bar, dot, and a blank at both sides
	return [rowHeight]string{
		bar + on(m.styles.Accent).Render(dot) + blank.Render(" ") + m.firstLine(r, w, on) + blank.Render(" "),
		bar + blank.Render("  ") + m.secondLine(r, w, selected, on) + blank.Render(" "),
	}
}

type ground func(lipgloss.Style) lipgloss.Style

func (m *Model) firstLine(r consent.Row, w int, on ground) string {
	word, style := m.state(r)
	age := theme.Age(r.LastAt, m.now)
	right := strings.Repeat(" ", max(0, ageWidth-len(age))) + age
	rest := w - ageWidth
	if word != "" {
		rest -= layout.Width(word) + 2
	}
	name := m.styles.Text
	if r.Unread > 0 {
		name = m.styles.Unread
	}
	line := m.nameAndCompany(r, max(0, rest), on(name), on(m.styles.Muted))
	if word != "" {
		line += on(style).Render("  " + word)
	}
	return line + on(m.styles.Muted).Render(right)
}

// nameAndCompany fits both into w cells; the company gives way first.
func (m *Model) nameAndCompany(r consent.Row, w int, name, company lipgloss.Style) string {
	call := r.Lead.Call()
	left := w - layout.Width(call)
	if r.Lead.Company == "" || left < 8 {
		return name.Render(layout.Fit(call, w))
	}
	return name.Render(call) + company.Render(layout.Fit(" · "+r.Lead.Company, left))
}

func (m *Model) secondLine(r consent.Row, w int, selected bool, on ground) string {
	badge := theme.BadgeOn(m.styles, r.Standing, selected, m.focused)
	if !r.Lead.IsLead() && len(r.Standing.States) == 0 && !r.Standing.Closed() {
		badge = on(m.styles.Faint).Render(layout.Fit(newPerson(r), theme.BadgeWidth))
	}
	rest := w - theme.BadgeWidth - 1
	if rest < 8 {
		return on(m.styles.Text).Render(layout.Fit("", max(0, w-theme.BadgeWidth))) + badge
	}
	subject := r.Subject
	switch {
	case r.Messages == 0:
		subject = "no mail yet"
	case subject == "":
		subject = "(no subject)"
	}
	if r.LastOut {
		subject = "→ " + subject
	}
	left := rest - layout.Width(subject)
	if r.Snippet == "" || left < 8 {
		return on(m.styles.Muted).Render(layout.Fit(subject, rest)+" ") + badge
	}
	return on(m.styles.Muted).Render(subject) + on(m.styles.Faint).Render(layout.Fit(" — "+r.Snippet, left)+" ") + badge
}

// newPerson is what stands in the badge column of somebody who is no lead.
func newPerson(consent.Row) string { return "not a lead" }

// state is the one word that a row says beside the name: what needs a person
// first, then what the law wants, then what is on its way.
func (m *Model) state(r consent.Row) (string, lipgloss.Style) {
	notice, tone := theme.Notice(m.styles, r.Standing, m.now)
	request, asked := theme.Request(m.styles, r.Standing, m.now)
	soon := request != "" && r.Standing.RequestDue.Sub(m.now) <= theme.NoticeSoon
	late := notice != "" && m.now.After(r.Standing.NoticeDue)
	switch {
	case r.Out == mail.Unknown || r.Out == mail.Failed || r.Out == mail.Refused:
		return string(r.Out), m.styles.Bad
	case soon && (!late || m.now.After(r.Standing.RequestDue)):
		return request, asked
	case late:
		return notice, tone
	case r.Out == mail.Queued || r.Out == mail.Sending:
		return string(r.Out), m.styles.Accent
	case r.Draft:
		return "draft", m.styles.Accent
	case notice != "":
		return notice, tone
	case r.Waiting && !r.Standing.Closed():
		return "waits", m.styles.Accent
	case request != "":
		return request, asked
	}
	return "", m.styles.Text
}
