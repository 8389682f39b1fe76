package desk

import (
	"fmt"
	"strings"

	"zgoda/consent"
	"zgoda/ui/layout"
)

// The columns of the assessments, in cells.
const (
	outcomeWide = 13
	validWide   = 17
	textsWide   = 22
)

func (m *Model) assessmentHead() string {
	return layout.Fit("Outcome", outcomeWide) + layout.Fit("Valid", validWide) + layout.Fit("Texts", textsWide) + "Campaign"
}

func (m *Model) assessmentRow(a consent.Assessment, selected bool) string {
	s := m.styles
	mark, style := m.outcome(a)
	valid, validStyle := m.due(a.ValidUntil)
	texts, textStyle := fmt.Sprintf("%d as assessed", len(a.Templates)), s.Muted
	if changed := m.changed(a); len(changed) > 0 {
		texts, textStyle = fmt.Sprintf("! %d older text", len(changed)), s.Warn
	}
	return m.bar(selected) + s.On(style, selected, true).Render(layout.Fit(mark, outcomeWide)) +
		s.On(validStyle, selected, true).Render(layout.Fit(valid, validWide)) +
		s.On(textStyle, selected, true).Render(layout.Fit(texts, textsWide)) +
		s.On(s.Text, selected, true).Render(layout.Fit(fmt.Sprintf("%s · v%d", a.Name, a.Version), max(0, m.w-margin-outcomeWide-validWide-textsWide)))
}

// changed is the templates that are not any more what was assessed.
func (m *Model) changed(a consent.Assessment) []string {
	var names []string
	for _, ref := range a.Templates {
		if ref.Name == "" {
			continue // written by hand: there is no text to compare
		}
		now := ""
		for _, info := range m.templates {
			if info.Name == ref.Name && info.Language == ref.Language {
				now = info.Hash
			}
		}
		if now != ref.Hash {
			names = append(names, ref.Name+" ("+ref.Language+")")
		}
	}
	return names
}

func (m *Model) assessmentStory(a consent.Assessment) (head string, story []string, way string) {
	by := "by " + a.Author + ", " + m.on(a.Date)
	if a.Second != "" {
		by += ", looked at by " + a.Second + " too"
	}
	head = m.styles.Strong.Render(a.Name) + m.styles.Muted.Render("  "+by)
	_, reasons := a.Outcome()
	for _, reason := range reasons {
		story = append(story, sentence(reason))
	}
	story = append(story, a.Interest)
	renew := name(m.keys.DeskAssess.Renew)
	changed := m.changed(a)
	stands, because := a.Stands(m.now)
	switch {
	case !m.now.Before(a.ValidUntil):
		way = "It is a year old and carries nothing any more. " + renew + " renews it."
	case len(changed) > 0:
		way = "Made for an older text: " + strings.Join(changed, ", ") + ". No mail of it can go out; " + renew + " renews it."
	case !stands:
		way = "Nothing can rest on it: " + because + ". " + renew + " opens it."
	default:
		way = renew + " opens it; what is saved is a new version."
	}
	return head, story, way
}
