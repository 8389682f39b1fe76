package ui

import (
	"context"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// Ports is everything the screen may ask for. Each is small and stands for one
// room behind it; the screen cannot reach the network or the database itself.
type Ports struct {
	Inbox     Inbox
	People    People
	Outbox    Outbox
	Verdicts  Verdicts
	Templates Templates
	Server    Server
	Desk      Desk
	Intake    Intake
	Now       func() time.Time
}

// Inbox reads leads and their conversations from the store.
type Inbox interface {
	// Rows is a page of the inbox by key.
	Rows(ctx context.Context, query consent.Query) (consent.Page, error)
	// Counts is for the tabs.
	Counts(ctx context.Context) (consent.Counts, error)
	// Conversation is the newest limit mails with a person, oldest first, all
	// mailboxes and the outbox together, none twice.
	Conversation(ctx context.Context, person mail.PersonID, limit int) ([]mail.Entry, error)
	// MarkRead marks what the person wrote as read, here now and on the server soon.
	MarkRead(ctx context.Context, person mail.PersonID) error
}

// People reads and writes leads and their ledger.
type People interface {
	History(ctx context.Context, person mail.PersonID) (consent.History, error)
	// MakeLead makes a person who wrote to us a lead: source and date come from
	// their first mail. The bodies of their mails are fetched at the next sync.
	MakeLead(ctx context.Context, person mail.PersonID) (consent.Lead, error)
	// UnmakeLead takes that back.
	UnmakeLead(ctx context.Context, person mail.PersonID) error
	// AddLead makes a lead of somebody who never wrote: Address, Source,
	// SourceKind and ObtainedAt are required (L14). A suppressed address is refused.
	AddLead(ctx context.Context, lead consent.Lead) (consent.Lead, error)
	// SaveLead writes the facts of a lead; the address cannot change.
	SaveLead(ctx context.Context, lead consent.Lead) error
	// Record appends one event to the ledger, after Event.Validate.
	Record(ctx context.Context, event consent.Event) (consent.Event, error)
}

// Outbox keeps drafts and what is on its way.
type Outbox interface {
	// DraftFor is the draft being written to a person; false when there is none.
	DraftFor(ctx context.Context, person mail.PersonID) (mail.Draft, bool, error)
	// SaveDraft saves, and names a new draft.
	SaveDraft(ctx context.Context, draft mail.Draft) (mail.Draft, error)
	// Discard forgets a draft.
	Discard(ctx context.Context, id mail.DraftID) error
	// Queue puts a draft on its way with its Message-ID fixed, due after hold.
	Queue(ctx context.Context, draft mail.Draft, hold time.Duration) (mail.Outgoing, error)
	// Unqueue takes a queued draft back for editing; an error when it has left.
	Unqueue(ctx context.Context, id mail.DraftID) (mail.Draft, error)
	// Outgoing is what is on its way, and what needs a person, newest first.
	Outgoing(ctx context.Context) ([]mail.Outgoing, error)
	// Resolve ends an Unknown by the rep's word: arrived (Sent), or not (back to editing).
	Resolve(ctx context.Context, id mail.DraftID, arrived bool) error
}

// Verdicts asks the gate without sending; *consent.Gate is one.
type Verdicts interface {
	// MayQueue answers when a rep puts a mail on its way, and the answer is kept.
	// A Check is a checklist: it keeps nothing.
	MayQueue(ctx context.Context, letter consent.Letter) (consent.Verdict, error)
	CheckSend(ctx context.Context, letter consent.Letter) (consent.Verdict, error)
	CheckTrack(ctx context.Context, person mail.PersonID, purpose consent.Purpose) (consent.Verdict, error)
}

// Desk is what a data-protection officer works through: whom to inform, who asked
// for what, whose data must go, and on what each mail rested.
type Desk interface {
	// Counts is how much waits in each queue.
	QueueCounts(ctx context.Context) (consent.QueueCounts, error)
	// Notices is the leads who must be informed, the first due first, by key.
	Notices(ctx context.Context, after consent.Place, limit int) ([]consent.NoticeCase, error)
	// Requests is the open rights requests, the first due first.
	Requests(ctx context.Context) ([]consent.RequestCase, error)
	// Retention is the leads by the day on which their data must go, by key.
	Retention(ctx context.Context, after consent.Place, limit int) ([]consent.RetentionCase, error)
	// Decisions is the newest answers of the gate for a person, newest first.
	Decisions(ctx context.Context, person mail.PersonID, limit int) ([]consent.Decision, error)
	// Assessments is the newest version of each legitimate-interest assessment.
	Assessments(ctx context.Context) ([]consent.Assessment, error)
	// SaveAssessment writes a new version; a *mail.Problem says what it lacks.
	SaveAssessment(ctx context.Context, a consent.Assessment) (consent.Assessment, error)
	// Erase erases all traces of a person here and lists what lies on the server.
	Erase(ctx context.Context, person mail.PersonID, reason string) (consent.Erasure, error)
	// FindCopies looks on the server for mails of the person who was erased last
	// that zgoda did not know of. It can be asked once: their address is forgotten.
	FindCopies(ctx context.Context) ([]mail.Copy, error)
	// EraseCopies deletes those mails on the server and says how many went.
	EraseCopies(ctx context.Context, copies []mail.Copy) (int, error)
}

// Intake brings leads in from a CSV file on this machine. A file that cannot be
// read, or that says neither source, kind, date nor whether that source is
// public, is a *mail.Problem; a row that is refused is not.
type Intake interface {
	// Preview says what an import would do, and writes nothing.
	Preview(ctx context.Context, path string, facts consent.ImportFacts) (consent.ImportPreview, error)
	// Import takes in every row that may come in, in one transaction: an error or
	// a cancel leaves nothing behind.
	Import(ctx context.Context, path string, facts consent.ImportFacts) (consent.ImportReport, error)
}

// Templates fills templates with a lead's data.
type Templates interface {
	// Templates lists them for a language, the language's own first.
	Templates(language string) []mail.TemplateInfo
	// Fill fills one for a person, as an answer to their mail answers when that
	// is not empty: what the mail rests on is named in it.
	Fill(ctx context.Context, info mail.TemplateInfo, person mail.PersonID, answers mail.MessageID) (mail.Filled, error)
}

// Server is the sync; its calls return at once and answer by mail.SyncStatus.
type Server interface {
	SyncNow()
	CancelSync()
}
