package erasure

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"zgoda/mail"
	"zgoda/ui/layout"
)

// rows is how many rows of the report are in view.
func (m *Model) rows() int { return max(0, m.h-len(m.foot())) }

func (m *Model) reportLines() []string {
	lines := strings.Split(m.scroll.Show(m.report(), m.w, m.rows()), "\n")
	return append(lines, m.foot()...)
}

// report is what went and what is left. No word of it names the person.
func (m *Model) report() []string {
	s := m.styles
	inner, pad := max(1, m.w-2*margin), strings.Repeat(" ", margin)
	var lines []string
	add := func(style lipgloss.Style, text string) {
		for _, line := range layout.Wrap(text, inner) {
			lines = append(lines, pad+style.Render(line))
		}
	}
	add(s.Good, "✓ Erased here.")
	add(s.Text, m.counted())
	add(s.Muted, "Left of them: a keyed hash of the address, the date and the reason. Nobody can read the address from it.")
	if m.erasure.Left != "" {
		add(s.Warn, "! "+m.erasure.Left)
	}
	if m.gone > 0 || m.asked > 0 {
		lines = append(lines, "")
		mark, style := "✓", s.Good
		if m.gone < m.asked {
			mark, style = "!", s.Warn
		}
		add(style, fmt.Sprintf("%s %d of %d mails went from the server.", mark, m.gone, m.asked))
		if len(m.erasure.Copies) == 0 && m.gone < m.asked {
			add(s.Muted, "The others were not at their places any more: somebody moved or deleted them. Search the mailbox by hand.")
		}
	}
	if copies := m.erasure.Copies; len(copies) > 0 {
		lines = append(lines, "")
		add(s.Warn, fmt.Sprintf("! %s on the server. %s deletes them there.", lie(len(copies)), m.after.Copies.Name()))
		for _, c := range copies {
			lines = append(lines, pad+s.Muted.Render(m.place(c)))
		}
	} else if m.asked == 0 && !m.search.running {
		lines = append(lines, "")
		add(s.Muted, "No mail of theirs is known to lie on the server.")
	}
	switch {
	case m.search.running:
		add(s.Accent, "Searching the server for more…")
	case m.search.err != "":
		add(s.Warn, "! The server was not searched, so there may be more. "+m.search.err+" "+m.search.way)
	}
	if quotes := m.erasure.Quotes; len(quotes) > 0 {
		lines = append(lines, "")
		add(s.Warn, fmt.Sprintf("! %s. A person must decide about each.", quote(len(quotes))))
		for _, c := range quotes {
			lines = append(lines, pad+s.Muted.Render(m.place(c)))
		}
	}
	if named := m.erasure.Named; len(named) > 0 {
		lines = append(lines, "")
		add(s.Warn, fmt.Sprintf("! The notes, the reason or a draft of %s them. A person must decide there too.", name(named)))
	}
	return lines
}

// name is the other leads in whose words the person is named.
func name(people []mail.PersonID) string {
	numbers := make([]string, 0, len(people))
	for _, id := range people {
		numbers = append(numbers, fmt.Sprint(id))
	}
	if len(people) == 1 {
		return "lead " + numbers[0] + " names"
	}
	return "leads " + strings.Join(numbers, ", ") + " name"
}

// counted is how many rows went from which tables.
func (m *Model) counted() string {
	total, parts := 0, []string{}
	for _, table := range slices.Sorted(maps.Keys(m.erasure.Rows)) {
		if n := m.erasure.Rows[table]; n > 0 {
			total += n
			parts = append(parts, fmt.Sprintf("%s %d", table, n))
		}
	}
	if total == 0 {
		return "There was nothing of theirs here."
	}
	return fmt.Sprintf("%d rows went: %s.", total, strings.Join(parts, ", "))
}

func lie(n int) string {
	if n == 1 {
		return "1 mail with them still lies"
	}
	return fmt.Sprintf("%d mails with them still lie", n)
}

func quote(n int) string {
	if n == 1 {
		return "1 mail with other people names them"
	}
	return fmt.Sprintf("%d mails with other people name them", n)
}

// idMost is how much of a Message-ID is shown: enough to find it, too little to
// tell whose server made it.
const idMost = 12

// place is where a mail lies: mailbox, day, whose it is, the beginning of its Message-ID.
func (m *Model) place(c mail.Copy) string {
	whose := "theirs"
	if c.Out {
		whose = "ours"
	}
	local, _, _ := strings.Cut(string(c.ID), "@")
	// Message-IDs are kept as they came, so that they can be compared; drawn they
	// are foreign text.
	local = strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return '?'
		}
		return r
	}, local)
	if len(local) > idMost {
		local = local[:idMost] + "…"
	}
	day := "no date"
	if !c.At.IsZero() {
		day = c.At.Format("2006-01-02")
	}
	return layout.Fit(c.Mailbox, 16) + " " + layout.Fit(day, 11) + layout.Fit(whose, 8) + local
}

// foot is what is going on, what went wrong, or the question that is open.
func (m *Model) foot() []string {
	s := m.styles
	inner, pad := max(1, m.w-2*margin), strings.Repeat(" ", margin)
	lines := []string{""}
	add := func(style lipgloss.Style, text string) {
		if text == "" {
			return
		}
		for _, line := range layout.Wrap(text, inner) {
			lines = append(lines, pad+style.Render(line))
		}
	}
	switch m.stage {
	case erasing:
		add(s.Accent, "Erasing… the file is being cleaned, too. This cannot be stopped.")
	case deleting:
		add(s.Accent, "Asking the server to delete them…")
	case sure:
		add(s.Warn, fmt.Sprintf("Delete %d mails on the server for good?", len(m.erasure.Copies)))
		add(s.Text, m.by.Yes.Name()+" deletes them, "+m.by.No.Name()+" keeps them.")
	case leaving:
		add(s.Warn, fmt.Sprintf("! %s on the server, and this list is kept nowhere.", lie(len(m.erasure.Copies))))
		add(s.Text, m.after.Close.Name()+" closes all the same, "+m.after.Copies.Name()+" deletes them.")
	}
	if m.err != "" {
		add(s.Bad, "✗ "+m.err)
		add(s.Muted, m.way)
	}
	if len(lines) == 1 {
		return nil
	}
	return lines
}
