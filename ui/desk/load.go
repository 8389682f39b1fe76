package desk

import (
	tea "charm.land/bubbletea/v2"

	"zgoda/ui/event"
)

// reload asks for the page that is shown again.
func (m *Model) reload() event.Wish {
	if m.tab == event.TabDecisions && m.person.ID == 0 {
		return nil
	}
	if q, ok := m.page().reload(); ok {
		return m.wish(q)
	}
	return nil
}

// wish is a question about the page that is shown.
func (m *Model) wish(q question) event.Wish {
	switch m.tab {
	case event.TabNotices:
		return event.LoadNotices{Seq: q.seq, After: q.after, Limit: q.limit}
	case event.TabRequests:
		return event.LoadRequests{Seq: q.seq}
	case event.TabRetention:
		return event.LoadRetention{Seq: q.seq, After: q.after, Limit: q.limit}
	case event.TabDecisions:
		return event.LoadDecisions{Seq: q.seq, Person: m.person.ID}
	}
	return event.LoadAssessments{Seq: q.seq}
}

// loaded puts an answer on its page. An answer to an older question is dropped.
func (m *Model) loaded(msg tea.Msg) event.Wish {
	var tab event.DeskTab
	var taken bool
	switch msg := msg.(type) {
	case event.NoticesLoaded:
		tab, taken = event.TabNotices, m.notices.take(msg.Seq, msg.Cases, msg.Err, m.visible())
	case event.RequestsLoaded:
		tab, taken = event.TabRequests, m.requests.take(msg.Seq, msg.Cases, msg.Err, m.visible())
	case event.RetentionLoaded:
		tab, taken = event.TabRetention, m.retention.take(msg.Seq, msg.Cases, msg.Err, m.visible())
	case event.DecisionsLoaded:
		tab, taken = event.TabDecisions, msg.Person == m.person.ID && m.decisions.take(msg.Seq, msg.Decisions, msg.Err, m.visible())
	case event.AssessmentsLoaded:
		tab, taken = event.TabAssessments, m.assessments.take(msg.Seq, msg.Assessments, msg.Err, m.visible())
		if taken {
			m.templates = msg.Templates
		}
	case event.AssessmentSaved:
		if msg.Err == nil && m.tab == event.TabAssessments {
			return m.reload()
		}
	}
	if !taken || tab != m.tab {
		return nil
	}
	if q, ok := m.page().retry(); ok {
		return m.wish(q)
	}
	return nil
}
