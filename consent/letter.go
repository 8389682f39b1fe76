package consent

import "zgoda/mail"

// Letter is what the law looks at in a mail before it may leave.
type Letter struct {
	Person    mail.PersonID
	To        []mail.Address // must be exactly one, and the person's own
	Subject   string
	Text      string
	Language  string
	InReplyTo mail.MessageID // the mail of theirs that this one answers

	TrackOpens, TrackClicks bool

	Template     string // name of the template it began as, "" when written by hand
	TemplateHash string // of its source at that time
	Duty         mail.Duty
	Request      int64           // the rights request that it answers (Request.Seq), for DutyAnswer
	Asks         []mail.Question // the consents that it asks for, each with its own sentence and code
	MessageID    mail.MessageID  // once it has one
}

// LetterOf is the letter that a draft would be.
func LetterOf(d mail.Draft) Letter {
	return Letter{
		Person: d.Person, To: []mail.Address{d.To}, Subject: d.Subject, Text: d.Text, Language: d.Language,
		InReplyTo: d.InReplyTo, TrackOpens: d.TrackOpens, TrackClicks: d.TrackClicks,
		Template: d.Template, TemplateHash: d.TemplateHash, Duty: d.Duty, Request: d.Request, Asks: d.Asks, MessageID: d.MessageID,
	}
}
