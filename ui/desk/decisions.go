package desk

import (
	"fmt"
	"strings"

	"zgoda/consent"
	"zgoda/ui/layout"
	"zgoda/ui/theme"
)

// The columns of the decisions, in cells.
const (
	whenWide   = 18
	actWide    = 15
	answerWide = 12
)

func (m *Model) decisionHead() string {
	return layout.Fit("When", whenWide) + layout.Fit("What", actWide) + layout.Fit("Answer", answerWide) + "Rests on · of " + m.person.Call()
}

func (m *Model) decisionRow(d consent.Decision, selected bool) string {
	s := m.styles
	answer, style, rests := "✓ yes", s.Good, string(d.Verdict.Basis)
	if failed := d.Verdict.Failed(); !d.Verdict.Allowed() {
		answer, style, rests = "✗ no", s.Bad, "nothing"
		if len(failed) > 0 {
			rests = failed[0].Rule + ": " + failed[0].Reason
		}
	}
	return m.bar(selected) + s.On(s.Muted, selected, true).Render(layout.Fit(theme.Moment(d.Verdict.At, m.now), whenWide)) +
		s.On(s.Text, selected, true).Render(layout.Fit(string(d.Verdict.Act), actWide)) +
		s.On(style, selected, true).Render(layout.Fit(answer, answerWide)) +
		s.On(s.Muted, selected, true).Render(layout.Fit(rests, max(0, m.w-margin-whenWide-actWide-answerWide)))
}

func (m *Model) decisionStory(d consent.Decision) (head string, story []string, way string) {
	v := d.Verdict
	head = m.styles.Strong.Render(fmt.Sprintf("Decision %d", d.ID)) +
		m.styles.Muted.Render(fmt.Sprintf("  asked %s · rules %s · ledger %d", moment(d.Moment), v.Rules, v.Seq))
	failed := v.Failed()
	for _, check := range failed {
		story = append(story, "✗ "+check.Rule+" "+check.Title+": "+check.Reason+" ("+check.Source+")")
	}
	if len(failed) > 0 {
		way = failed[0].Way
	}
	if len(failed) == 0 {
		story = append(story, fmt.Sprintf("✓ All %d checks passed; it rests on %s.", len(v.Checks), orElse(string(v.Basis), "nothing but the law's own duty")))
	}
	return head, append(story, inputs(d.Inputs)), way
}

func moment(at consent.Moment) string {
	switch at {
	case consent.MomentQueue:
		return "when it was queued"
	case consent.MomentSend:
		return "before it left"
	case consent.MomentTrack:
		return "for tracking"
	}
	return string(at)
}

// inputs is what the answer was computed from, in a line.
func inputs(in consent.Inputs) string {
	var parts []string
	add := func(label, value string) {
		if value != "" {
			parts = append(parts, label+" "+value)
		}
	}
	add("country", in.Country)
	add("sender", in.Sender)
	add("source", in.Source)
	add("template", in.Template)
	add("assessment", in.Assessment)
	add("duty", in.Duty)
	add("subject", in.Subject)
	if len(in.States) > 0 {
		parts = append(parts, strings.Join(in.States, " "))
	}
	if len(parts) == 0 {
		return "Nothing was known of the person."
	}
	return strings.Join(parts, " · ")
}
