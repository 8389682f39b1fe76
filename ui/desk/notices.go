package desk

import (
	"time"

	"zgoda/consent"
	"zgoda/ui/theme"
)

func (m *Model) noticeRow(c consent.NoticeCase, selected bool) string {
	due, style := m.due(c.Due)
	return m.line(selected, due, style, c.Lead.Call(), c.Lead.Company, c.Lead.Country, c.Lead.Source)
}

func (m *Model) noticeStory(c consent.NoticeCase) (head string, story []string, way string) {
	source := "Their data came from " + orElse(c.Lead.Source, "a source that nobody wrote down")
	if c.Lead.SourceKind != "" {
		source += " (" + string(c.Lead.SourceKind) + ", " + public(c.Lead) + ")"
	}
	story = []string{source + ", " + m.on(c.Lead.ObtainedAt) + ". They must know by " + m.date(c.Due) + " (Art. 14(3))."}
	switch {
	case c.Standing.Stale:
		story = append(story, "! The address bounced: a mail will not reach them.")
	case !m.now.Before(c.Due):
		story = append(story, "! The time is over: no other mail may go to them.")
	case c.Standing.Closed():
		story = append(story, "They objected or are suppressed, and must be informed all the same.")
	}
	k := m.keys.DeskNotices
	way = name(k.Write) + " writes the notice and nothing else, " + name(k.Record) + " records that they were told another way, " + name(m.keys.Desk.Erase) + " erases them."
	return m.who(c.Lead), story, way
}

func public(lead consent.Lead) string {
	if lead.SourcePublic {
		return "public"
	}
	return "not public"
}

// on is a day for the middle of a sentence.
func (m *Model) on(at time.Time) string {
	switch day := theme.Day(at, m.now); day {
	case "no date", "today", "yesterday":
		return day
	default:
		return "on " + day
	}
}

// date is a day in full.
func (m *Model) date(at time.Time) string { return at.In(m.now.Location()).Format("2 January 2006") }

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
