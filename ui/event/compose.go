package event

import (
	"zgoda/consent"
	"zgoda/mail"
)

// LeadField names a field of the lead form, so that a failed check can open
// the form where it is mended.
type LeadField string

// The fields of the lead form, in their order on the screen.
const (
	FieldAddress  LeadField = "address" // only when a lead is added
	FieldName     LeadField = "name"
	FieldCompany  LeadField = "company"
	FieldRole     LeadField = "role"
	FieldLanguage LeadField = "language"
	FieldCountry  LeadField = "country"
	FieldSole     LeadField = "sole"
	FieldSource   LeadField = "source"
	FieldKind     LeadField = "source_kind"
	FieldObtained LeadField = "obtained"
	FieldPublic   LeadField = "public"
	FieldReason   LeadField = "reason"
	FieldNote     LeadField = "note"
)

// RecordFace is which question the dialog of records puts.
type RecordFace string

// The faces.
const (
	FaceRecord   RecordFace = ""         // what a person said, any of it
	FaceWithdraw RecordFace = "withdraw" // they take back what they agreed to
	FaceCorrect  RecordFace = "correct"  // an entry was wrong from the beginning
	FaceSeen     RecordFace = "seen"     // a fact that a country rule asks for was looked up
	FaceHeard    RecordFace = "heard"    // what a mail asks that seems to ask us to stop
)

// Reply is the mail of theirs that a new draft answers.
type Reply struct {
	ID         mail.MessageID
	References []mail.MessageID // for the draft, see mail.ReplyReferences
	Subject    string           // of that mail
}

// Wishes that open something. The root loads what it needs and answers with
// the fact named at each.
type (
	// Compose asks for the composer: ComposeLoaded. With Answer the draft
	// answers the newest mail of the person. Duty is a mail that the law itself
	// wants; Request is the rights request that a DutyAnswer answers.
	Compose struct {
		Person  mail.PersonID
		Answer  bool
		Duty    mail.Duty
		Request int64
	}
	// EditLead asks for the lead form on a field: LeadLoaded. Nobody named means
	// a new lead.
	EditLead struct {
		Person mail.PersonID
		Field  LeadField
	}
	// AskRecord asks for the dialog that records what a person said:
	// RecordLoaded. Kind and Purpose may be empty.
	AskRecord struct {
		Person  mail.PersonID
		Kind    consent.Kind
		Purpose consent.Purpose
		Face    RecordFace
		Entry   int64 // ledger number of the entry that FaceCorrect takes back
	}
	// ShowConsent asks for the panel with all that is recorded of a person:
	// ConsentLoaded.
	ShowConsent struct{ Person mail.PersonID }
	// OpenPerson asks for a person's conversation in the inbox. Address finds
	// them when they are not among the rows in memory; it may be empty.
	OpenPerson struct {
		Person  mail.PersonID
		Address string
	}
	// ShowOutbox asks for the outbox: OutgoingLoaded.
	ShowOutbox struct{}
)

// Wishes of the composer.
type (
	// FillTemplate fills a template for a person: TemplateFilled.
	FillTemplate struct {
		Seq    int
		Person mail.PersonID
		Info   mail.TemplateInfo
		// Answers is the mail of theirs that the draft answers, may be empty.
		Answers mail.MessageID
	}
	// CheckDraft asks the gate without sending: DraftChecked with the same Seq.
	CheckDraft struct {
		Seq   int
		Draft mail.Draft
	}
	// SaveDraft saves what is written: DraftSaved with the same Seq.
	SaveDraft struct {
		Seq   int
		Draft mail.Draft
	}
	// LeaveComposer goes back to the inbox. The draft is saved first when Save.
	LeaveComposer struct {
		Draft mail.Draft
		Save  bool
	}
	// DiscardDraft forgets the draft and leaves; undo is SaveDraft of the same
	// draft under no ID.
	DiscardDraft struct{ Draft mail.Draft }
	// QueueDraft sends: the root asks the gate again before it queues, and
	// answers with DraftQueued.
	QueueDraft struct{ Draft mail.Draft }
	// OpenEditor gives the text to $EDITOR: EditorClosed.
	OpenEditor struct{ Text string }
)

// Wishes of the dialogs and the outbox.
type (
	// Record writes one event into the ledger: EventRecorded.
	Record struct{ Event consent.Event }
	// SaveLead writes the facts of a lead: LeadSaved.
	SaveLead struct{ Lead consent.Lead }
	// AddLead makes a lead of somebody who never wrote: LeadSaved.
	AddLead struct{ Lead consent.Lead }
	// TakeBack takes a queued mail back for editing: DraftTaken.
	TakeBack struct{ ID mail.DraftID }
	// EditAgain opens a failed or refused mail in the composer: DraftTaken.
	EditAgain struct{ ID mail.DraftID }
	// ResolveUnknown ends an unknown mail by the rep's word: OutgoingResolved.
	ResolveUnknown struct {
		ID      mail.DraftID
		Arrived bool
	}
	// Confirmed is the answer of a confirm dialog: Then when the rep agreed.
	Confirmed struct{ Then Wish }
)

func (Compose) wish()        {}
func (EditLead) wish()       {}
func (AskRecord) wish()      {}
func (ShowConsent) wish()    {}
func (OpenPerson) wish()     {}
func (ShowOutbox) wish()     {}
func (FillTemplate) wish()   {}
func (CheckDraft) wish()     {}
func (SaveDraft) wish()      {}
func (LeaveComposer) wish()  {}
func (DiscardDraft) wish()   {}
func (QueueDraft) wish()     {}
func (OpenEditor) wish()     {}
func (Record) wish()         {}
func (SaveLead) wish()       {}
func (AddLead) wish()        {}
func (TakeBack) wish()       {}
func (EditAgain) wish()      {}
func (ResolveUnknown) wish() {}
func (Confirmed) wish()      {}

// Facts for the composer.
type (
	// ComposeLoaded is all that the composer opens with.
	ComposeLoaded struct {
		Person   mail.PersonID
		Lead     consent.Lead
		Draft    mail.Draft // the one being written, when HasDraft
		HasDraft bool
		Reply    *Reply // the mail to answer; nil for a new conversation
		// Last is their newest mail, whether it is answered or not: a template
		// that says "Re:" answers it. Nil when they never wrote.
		Last      *Reply
		Templates []mail.TemplateInfo
		// Tracking is the gate's answer for each purpose of tracking.
		Tracking map[consent.Purpose]consent.Verdict
		// History is what a question for a consent is judged by, and the open
		// request that an answer of duty answers.
		History consent.History
		// Duty is a mail that the law itself wants; Request is the one it answers.
		Duty    mail.Duty
		Request int64
		Err     error
	}
	// TemplateFilled answers FillTemplate.
	TemplateFilled struct {
		Seq    int
		Info   mail.TemplateInfo
		Filled mail.Filled
		Err    error
	}
	// DraftSettled says that the rep has stopped typing for a moment; the
	// composer sends it to itself.
	DraftSettled struct{ Seq int }
	// DraftChecked answers CheckDraft.
	DraftChecked struct {
		Seq     int
		Verdict consent.Verdict
		// Tracking is as in ComposeLoaded; nil leaves it as it was.
		Tracking map[consent.Purpose]consent.Verdict
		Err      error
	}
	// DraftSaved answers SaveDraft. Draft carries the name it was given.
	DraftSaved struct {
		Seq   int
		Draft mail.Draft
		Err   error
	}
	// DraftQueued answers QueueDraft. A *consent.Refusal in Err is the gate's no.
	DraftQueued struct {
		Outgoing mail.Outgoing
		Err      error
	}
	// EditorClosed answers OpenEditor.
	EditorClosed struct {
		Text string
		Err  error
	}
)

// Facts for the dialogs and the outbox.
type (
	// LeadLoaded opens the lead form.
	LeadLoaded struct {
		Lead  consent.Lead
		Field LeadField
		// Twins is how many other leads have nearly the same reason (A2).
		Twins int
		Err   error
	}
	// RecordLoaded opens the dialog that records an event.
	RecordLoaded struct {
		Lead    consent.Lead
		Kind    consent.Kind
		Purpose consent.Purpose
		// Mail is the newest mail of the person, offered as the proof; may be empty.
		Mail consent.Inbound
		Face RecordFace
		// Entry is the entry that FaceCorrect takes back.
		Entry consent.Event
		// Text is the subject and the text of Mail, as far as they are known.
		Subject, Text string
		// Standing and History are of the person: what is known of them need not
		// be typed again.
		Standing consent.Standing
		History  consent.History
		Err      error
	}
	// ConsentLoaded opens the panel of a person's rights, or brings it up to date.
	ConsentLoaded struct {
		Person   mail.PersonID
		Standing consent.Standing
		History  consent.History
		// Tracking is the gate's answer for each purpose of tracking, Contact its
		// answer for a mail begun now.
		Tracking map[consent.Purpose]consent.Verdict
		Contact  consent.Verdict
		Err      error
	}
	// EventRecorded answers Record.
	EventRecorded struct {
		Event consent.Event
		Err   error
	}
	// LeadSaved answers SaveLead and AddLead.
	LeadSaved struct {
		Lead consent.Lead
		New  bool
		Err  error
	}
	// DraftTaken answers TakeBack and EditAgain.
	DraftTaken struct {
		Draft mail.Draft
		Err   error
	}
	// OutgoingResolved answers ResolveUnknown.
	OutgoingResolved struct {
		ID      mail.DraftID
		Arrived bool
		Err     error
	}
)

// DialogReady says that a dialog which appeared by itself may be answered now;
// it sends it to itself.
type DialogReady struct{ Seq int }
