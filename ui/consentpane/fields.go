package consentpane

import (
	"zgoda/consent"
	"zgoda/ui/event"
	"zgoda/ui/form"
)

// The names of the fields.
const (
	what     = "what"
	purpose  = "purpose"
	how      = "how"
	wording  = "wording"
	evidence = "evidence"
	when     = "when"
	proof    = "mail"
)

// theirs is the value of the field mail that names the newest mail.
const theirs = "theirs"

func (m *Model) fields() []form.Field {
	methods := consent.Methods()
	ways := make([]form.Option, 0, len(methods))
	for _, method := range methods {
		ways = append(ways, form.Option{Value: string(method), Label: string(method)})
	}
	purposes := make([]form.Option, 0, len(consent.Purposes()))
	for _, p := range consent.Purposes() {
		purposes = append(purposes, form.Option{Value: string(p), Label: p.Letter() + " " + p.Title()})
	}
	mails := []form.Option{{Value: "", Label: "none"}}
	if m.mail.ID != "" {
		mails = append(mails, form.Option{Value: theirs, Label: "their mail of " + m.mail.At.In(m.now.Location()).Format("2006-01-02 15:04")})
	}
	return []form.Field{
		{Name: what, Label: "What", Kind: form.Choice, Options: []form.Option{
			{Value: string(consent.KindGranted), Label: "agreed"},
			{Value: string(consent.KindRefused), Label: "said no"},
			{Value: string(consent.KindWithdrawn), Label: "took it back"},
			{Value: string(consent.KindObjected), Label: "objects to all"},
			{Value: string(consent.KindAsked), Label: "was asked"},
			{Value: string(consent.KindNotice), Label: "was informed"},
		}},
		{Name: purpose, Label: "For", Kind: form.Choice, Options: purposes},
		{Name: how, Label: "How", Kind: form.Choice, Options: ways},
		{Name: wording, Label: "Wording", Kind: form.Long, Rows: 2},
		{Name: evidence, Label: "Evidence", Kind: form.Long, Rows: 2,
			Hint: "Where the proof is: what was said, a file, a form, a note. It is kept for ever."},
		{Name: when, Label: "When", Kind: form.Line, Limit: 10, Hint: "The day it happened: year-month-day."},
		{Name: proof, Label: "Mail", Kind: form.Choice, Options: mails, Hidden: m.mail.ID == "",
			Hint: "The mail that is the proof is kept by its Message-ID."},
	}
}

// follow shows the questions that the kind needs.
func (m *Model) follow() {
	switch m.face {
	case event.FaceWithdraw, event.FaceCorrect, event.FaceSeen:
		return
	case event.FaceHeard:
		m.followHeard()
		return
	}
	kind := consent.Kind(m.form.Value(what))
	m.form.Hide(purpose, kind == consent.KindObjected || kind == consent.KindNotice)
	m.form.Hide(wording, kind != consent.KindGranted && kind != consent.KindAsked)
	hint := "Word for word: the sentence the person agreed to."
	if kind == consent.KindAsked {
		hint = "The question as it was put."
	}
	m.form.SetHint(wording, hint)
}

// toggleMail names the person's newest mail as the proof, or takes it off.
func (m *Model) toggleMail() {
	if m.mail.ID == "" {
		return
	}
	value := theirs
	if m.form.Value(proof) == theirs {
		value = ""
	}
	m.form.Set(proof, value)
}

// consequence says what recording will do, and whether it can be taken back.
func (m *Model) consequence() (sentence string, final bool) {
	switch m.face {
	case event.FaceWithdraw:
		return m.taking()
	case event.FaceHeard:
		return m.hearing()
	case event.FaceCorrect:
		return m.correcting()
	case event.FaceSeen:
		return "Notes what you saw and where. It counts for twelve months, and only where the country asks for it.", false
	}
	return m.effect()
}

// effect says what recording will do, and whether it can be taken back.
func (m *Model) effect() (sentence string, final bool) {
	p := consent.Purpose(m.form.Value(purpose))
	switch consent.Kind(m.form.Value(what)) {
	case consent.KindGranted:
		return opens(p), false
	case consent.KindRefused:
		return "Closes " + p.Title() + ". Only a new yes of this person opens it. Cannot be taken back.", true
	case consent.KindWithdrawn:
		return "Closes " + p.Title() + " at once, for a mail that is waiting too. Cannot be taken back.", true
	case consent.KindObjected:
		return "Closes this person for all mail. Cannot be taken back.", true
	case consent.KindAsked:
		return "Notes that the question was put. Opens nothing.", false
	case consent.KindNotice:
		return "Notes that this person was told what you keep of them, from where and why (GDPR Art. 14).", false
	}
	return "", false
}

func opens(p consent.Purpose) string {
	switch p {
	case consent.MarketingEmail:
		return "Opens e-mail with offers to this person, until they take it back."
	case consent.TrackOpen:
		return "You may learn that, when and how often this person opened your mail, until they take it back. Nothing else."
	case consent.TrackClick:
		return "You may learn that, when and how often this person followed a link, until they take it back. Nothing else."
	case consent.TrackDevice:
		return "You may learn the country, the mail client and the system of this person, until they take it back."
	}
	return ""
}
