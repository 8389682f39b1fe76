package event

import (
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// DeskTab is one page of the desk.
type DeskTab int

// The pages, in their order.
const (
	TabNotices DeskTab = iota
	TabRequests
	TabRetention
	TabDecisions
	TabAssessments
)

// Wishes of the desk: what a data-protection officer works through.
type (
	// ShowDesk opens the desk on a page, for a person; nobody named means the one
	// selected in the inbox.
	ShowDesk struct {
		Tab  DeskTab
		Lead consent.Lead
	}
	// LoadNotices asks for a page of the queue of notices: NoticesLoaded.
	LoadNotices struct {
		Seq   int
		After consent.Place
		Limit int
	}
	// LoadRequests asks for the open rights requests: RequestsLoaded.
	LoadRequests struct{ Seq int }
	// LoadRetention asks for a page of the queue of retention: RetentionLoaded.
	LoadRetention struct {
		Seq   int
		After consent.Place
		Limit int
	}
	// LoadDecisions asks what the gate answered of a person: DecisionsLoaded.
	LoadDecisions struct {
		Seq    int
		Person mail.PersonID
	}
	// LoadAssessments asks for the newest version of each assessment: AssessmentsLoaded.
	LoadAssessments struct{ Seq int }
	// EditAssessment opens the form: AssessmentOpened. A zero Assessment is a new one.
	EditAssessment struct{ Assessment consent.Assessment }
	// SaveAssessment writes a new version: AssessmentSaved.
	SaveAssessment struct{ Assessment consent.Assessment }
)

// Wishes of the erasure.
type (
	// AskErase opens the erasure of a person: EraseAsked. Nothing goes before the
	// rep has typed the word.
	AskErase struct{ Person mail.PersonID }
	// Erase erases all traces of a person here: Erased.
	Erase struct {
		Person mail.PersonID
		Reason string
	}
	// FindCopies looks for more of their mails on the server: CopiesFound.
	FindCopies struct{}
	// EraseCopies deletes their mails on the server: CopiesErased.
	EraseCopies struct{ Copies []mail.Copy }
)

// Wishes of the import.
type (
	// PreviewImport asks what an import would do: PreviewLoaded.
	PreviewImport struct {
		Seq   int
		Path  string
		Facts consent.ImportFacts
	}
	// RunImport takes the rows in: Imported.
	RunImport struct {
		Seq   int
		Path  string
		Facts consent.ImportFacts
	}
)

func (PreviewImport) wish()   {}
func (RunImport) wish()       {}
func (ShowDesk) wish()        {}
func (LoadNotices) wish()     {}
func (LoadRequests) wish()    {}
func (LoadRetention) wish()   {}
func (LoadDecisions) wish()   {}
func (LoadAssessments) wish() {}
func (EditAssessment) wish()  {}
func (SaveAssessment) wish()  {}
func (AskErase) wish()        {}
func (Erase) wish()           {}
func (FindCopies) wish()      {}
func (EraseCopies) wish()     {}

// Facts for the desk. Seq is the number of the question.
type (
	// QueueCountsLoaded is how much waits in each queue. NextRequest is when the
	// first open request is due, zero when there is none.
	QueueCountsLoaded struct {
		Counts      consent.QueueCounts
		NextRequest time.Time
		Err         error
	}
	// NoticesLoaded answers LoadNotices.
	NoticesLoaded struct {
		Seq   int
		Cases []consent.NoticeCase
		Err   error
	}
	// RequestsLoaded answers LoadRequests.
	RequestsLoaded struct {
		Seq   int
		Cases []consent.RequestCase
		Err   error
	}
	// RetentionLoaded answers LoadRetention.
	RetentionLoaded struct {
		Seq   int
		Cases []consent.RetentionCase
		Err   error
	}
	// DecisionsLoaded answers LoadDecisions, the newest first.
	DecisionsLoaded struct {
		Seq       int
		Person    mail.PersonID
		Decisions []consent.Decision
		Err       error
	}
	// AssessmentsLoaded answers LoadAssessments. Templates are all there are now,
	// so that one that has changed since can be told.
	AssessmentsLoaded struct {
		Seq         int
		Assessments []consent.Assessment
		Templates   []mail.TemplateInfo
		Err         error
	}
	// AssessmentOpened is what the form opens with.
	AssessmentOpened struct {
		Assessment consent.Assessment
		Templates  []mail.TemplateInfo
	}
	// AssessmentSaved answers SaveAssessment.
	AssessmentSaved struct {
		Assessment consent.Assessment
		Err        error
	}
	// EraseAsked opens the dialog of an erasure.
	EraseAsked struct {
		Lead consent.Lead
		Err  error
	}
	// Erased answers Erase.
	Erased struct {
		Person  mail.PersonID
		Erasure consent.Erasure
		Err     error
	}
	// CopiesFound answers FindCopies.
	CopiesFound struct {
		Copies []mail.Copy
		Err    error
	}
	// PreviewLoaded answers PreviewImport.
	PreviewLoaded struct {
		Seq     int
		Preview consent.ImportPreview
		Err     error
	}
	// Imported answers RunImport.
	Imported struct {
		Seq    int
		Report consent.ImportReport
		Err    error
	}
	// CopiesErased answers EraseCopies: how many of Asked have gone.
	CopiesErased struct {
		Gone, Asked int
		Err         error
	}
)
