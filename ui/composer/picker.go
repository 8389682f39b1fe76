package composer

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"zgoda/mail"
	"zgoda/ui/keys"
	"zgoda/ui/layout"
)

// picker chooses how a mail begins.
type picker struct {
	all       []mail.TemplateInfo
	languages []string
	language  int
	at        int
}

// newPicker lists templates by language, the lead's own language first.
func newPicker(all []mail.TemplateInfo, own string) picker {
	p := picker{all: all}
	for _, info := range all {
		if !slices.Contains(p.languages, info.Language) {
			p.languages = append(p.languages, info.Language)
		}
	}
	if i := slices.Index(p.languages, own); i > 0 {
		p.languages = append([]string{own}, slices.Delete(p.languages, i, i+1)...)
	}
	if len(p.languages) == 0 {
		p.languages = []string{own}
	}
	return p
}

// shown is the templates of the chosen language, and the blank one.
func (p picker) shown() []mail.TemplateInfo {
	var shown []mail.TemplateInfo
	for _, info := range p.all {
		if info.Language == p.speaks() {
			shown = append(shown, info)
		}
	}
	return append(shown, mail.TemplateInfo{
		Language: p.speaks(), Title: "Blank", About: "An empty page; the duties are added as the checklist asks.",
	})
}

func (p picker) speaks() string { return p.languages[p.language] }

// answerTemplate is the name of the template that an answer mostly begins as.
const answerTemplate = "reply"

// point selects the template of that name, where there is one.
func (p *picker) point(name string) {
	p.at = max(0, slices.IndexFunc(p.shown(), func(info mail.TemplateInfo) bool { return info.Name == name }))
}

// selected is what Enter takes. A Name of "" is the blank page.
func (p picker) selected() mail.TemplateInfo {
	shown := p.shown()
	return shown[min(p.at, len(shown)-1)]
}

// press moves in the list; chosen says that Enter was pressed.
func (p *picker) press(press tea.KeyPressMsg, bindings keys.Picker) (chosen bool) {
	n := len(p.shown())
	switch {
	case bindings.Down.Is(press):
		p.at = min(p.at+1, n-1)
	case bindings.Up.Is(press):
		p.at = max(p.at-1, 0)
	case bindings.Language.Is(press):
		p.language = (p.language + 1) % len(p.languages)
		p.at = min(p.at, len(p.shown())-1)
	case bindings.Choose.Is(press):
		return true
	}
	return false
}

// languageName says a language in words.
func languageName(code string) string {
	switch code {
	case "pl":
		return "Polish"
	case "en":
		return "English"
	case "de":
		return "German"
	case "":
		return "language not known"
	}
	return code
}

func (m *Model) viewPicker() string {
	s := m.styles
	head := s.Title.Render("Write to " + m.lead.Call())
	if m.reply != nil {
		head = s.Title.Render("Answer " + m.lead.Call())
	}
	if m.lead.Company != "" {
		head += s.Muted.Render(" · " + m.lead.Company)
	}
	lines := []string{"", "  " + head, "", "  " + m.languageLine(), ""}
	inner := max(1, min(76, m.w-6))
	for i, info := range m.pick.shown() {
		bar, title := "  ", s.Text
		if i == m.pick.at {
			bar, title = s.Bar.Render("▌")+" ", s.Accent
		}
		lines = append(lines, "  "+bar+title.Render(layout.Fit(info.Title, inner)))
		for _, about := range layout.Wrap(info.About, inner) {
			lines = append(lines, "  "+bar+s.Muted.Render(about))
		}
		lines = append(lines, "")
	}
	return strings.Join(m.window(lines), "\n")
}

func (m *Model) languageLine() string {
	s := m.styles
	line := s.Muted.Render("Templates in ")
	for i, code := range m.pick.languages {
		if i > 0 {
			line += s.Faint.Render(" · ")
		}
		style := s.Muted
		if i == m.pick.language {
			style = s.Accent.Underline(true)
		}
		line += style.Render(languageName(code))
	}
	if m.lead.Language == m.pick.speaks() && m.lead.Language != "" {
		line += s.Muted.Render("   the language of this lead")
	}
	return line
}

// window keeps the selected template on a low screen: the head goes first.
func (m *Model) window(lines []string) []string {
	over := len(lines) - m.h
	if over <= 0 {
		return lines
	}
	mark := m.styles.Bar.Render("▌")
	last := 0
	for i, line := range lines {
		if strings.Contains(line, mark) {
			last = i
		}
	}
	return lines[min(over, max(0, last+1-m.h)):]
}
