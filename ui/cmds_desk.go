package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/ui/event"
)

// The commands of the desk, the erasure and the import: cmds.go for them.

// decisions is how many answers of the gate are shown of one person.
const decisions = 200

// erasing and importing are given more time than a question: an erasure empties
// the write-ahead log, an import is one transaction, the server deletes mail by mail.
const (
	erasing   = 2 * time.Minute
	importing = 5 * time.Minute
)

func callFor(patience time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), patience)
}

// loadQueueCounts asks how much waits in each queue, and when the first request is due.
func (m *Model) loadQueueCounts() tea.Cmd {
	desk := m.ports.Desk
	if desk == nil || !m.loads.queues.begin() {
		return nil
	}
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		fact := event.QueueCountsLoaded{}
		if fact.Counts, fact.Err = desk.QueueCounts(ctx); fact.Err != nil || fact.Counts.Requests == 0 {
			return fact
		}
		var requests []consent.RequestCase
		if requests, fact.Err = desk.Requests(ctx); len(requests) > 0 {
			fact.NextRequest = requests[0].Due
		}
		return fact
	}
}

func (m *Model) loadNotices(w event.LoadNotices) tea.Cmd {
	desk := m.ports.Desk
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		cases, err := desk.Notices(ctx, w.After, w.Limit)
		return event.NoticesLoaded{Seq: w.Seq, Cases: clean(cases), Err: err}
	}
}

func (m *Model) loadRequests(w event.LoadRequests) tea.Cmd {
	desk := m.ports.Desk
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		cases, err := desk.Requests(ctx)
		return event.RequestsLoaded{Seq: w.Seq, Cases: clean(cases), Err: err}
	}
}

func (m *Model) loadRetention(w event.LoadRetention) tea.Cmd {
	desk := m.ports.Desk
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		cases, err := desk.Retention(ctx, w.After, w.Limit)
		return event.RetentionLoaded{Seq: w.Seq, Cases: clean(cases), Err: err}
	}
}

func (m *Model) loadDecisions(w event.LoadDecisions) tea.Cmd {
	desk := m.ports.Desk
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		list, err := desk.Decisions(ctx, w.Person, decisions)
		return event.DecisionsLoaded{Seq: w.Seq, Person: w.Person, Decisions: clean(list), Err: err}
	}
}

func (m *Model) loadAssessments(w event.LoadAssessments) tea.Cmd {
	desk, templates := m.ports.Desk, m.ports.Templates
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		list, err := desk.Assessments(ctx)
		return event.AssessmentsLoaded{Seq: w.Seq, Assessments: clean(list), Templates: clean(templates.Templates("")), Err: err}
	}
}

func (m *Model) openAssessment(w event.EditAssessment) tea.Cmd {
	templates := m.ports.Templates
	return func() tea.Msg {
		return event.AssessmentOpened{Assessment: w.Assessment, Templates: clean(templates.Templates(""))}
	}
}

func (m *Model) saveAssessment(w event.SaveAssessment) tea.Cmd {
	desk := m.ports.Desk
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		saved, err := desk.SaveAssessment(ctx, w.Assessment)
		return event.AssessmentSaved{Assessment: saved, Err: err}
	}
}

func (m *Model) previewImport(w event.PreviewImport) tea.Cmd {
	intake := m.ports.Intake
	return func() tea.Msg {
		ctx, cancel := callFor(importing)
		defer cancel()
		preview, err := intake.Preview(ctx, w.Path, w.Facts)
		return event.PreviewLoaded{Seq: w.Seq, Preview: clean(preview), Err: err}
	}
}

func (m *Model) runImport(w event.RunImport) tea.Cmd {
	intake := m.ports.Intake
	return func() tea.Msg {
		ctx, cancel := callFor(importing)
		defer cancel()
		report, err := intake.Import(ctx, w.Path, w.Facts)
		return event.Imported{Seq: w.Seq, Report: clean(report), Err: err}
	}
}

func (m *Model) askErase(w event.AskErase) tea.Cmd {
	people := m.ports.People
	return func() tea.Msg {
		ctx, cancel := call()
		defer cancel()
		history, err := people.History(ctx, w.Person)
		return event.EraseAsked{Lead: clean(history.Lead), Err: err}
	}
}

func (m *Model) erase(w event.Erase) tea.Cmd {
	desk := m.ports.Desk
	return func() tea.Msg {
		ctx, cancel := callFor(erasing)
		defer cancel()
		erasure, err := desk.Erase(ctx, w.Person, w.Reason)
		return event.Erased{Person: w.Person, Erasure: clean(erasure), Err: err}
	}
}

func (m *Model) findCopies() tea.Cmd {
	desk := m.ports.Desk
	return func() tea.Msg {
		ctx, cancel := callFor(erasing)
		defer cancel()
		copies, err := desk.FindCopies(ctx)
		return event.CopiesFound{Copies: clean(copies), Err: err}
	}
}

func (m *Model) eraseCopies(w event.EraseCopies) tea.Cmd {
	desk := m.ports.Desk
	return func() tea.Msg {
		ctx, cancel := callFor(erasing)
		defer cancel()
		gone, err := desk.EraseCopies(ctx, w.Copies)
		return event.CopiesErased{Gone: gone, Asked: len(w.Copies), Err: err}
	}
}
