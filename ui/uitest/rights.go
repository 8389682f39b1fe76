package uitest

import (
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// The sentences that the people of Rights agreed to.
const (
	marketingPL = "Zgadzam się na otrzymywanie ofert Nadruk Sp. z o.o. pocztą elektroniczną."
	opensEN     = "I agree that Nadruk Sp. z o.o. learns whether and when I open its mails."
)

func (p *Person) words(wording, version, language string) *Person {
	e := &p.Events[len(p.Events)-1]
	e.Wording, e.Version, e.Language = wording, version, language
	return p
}

func (p *Person) entry(change func(*consent.Event)) *Person {
	change(&p.Events[len(p.Events)-1])
	return p
}

// Rights is a few people in whose rights something is to be done: a mail that
// seems to ask us to stop, an answer with the code of a question, a request, a
// restriction, and one with an entry of every kind. Their standings are folded.
func Rights() *World {
	const m, o, c = consent.MarketingEmail, consent.TrackOpen, consent.TrackClick
	karol := person(1, "Karol Sowa", "karol@sowa.example", "Sowa i Syn", "właściciel", "PL", "pl", 0, true).
		said(true, 3*day, "Torby na kiermasz", "Dzień dobry Panie Karolu, jak obiecałam, przesyłam wzory toreb.").
		said(false, 2*time.Hour, "Re: Torby na kiermasz", "Pani Marto,\n\nproszę nie pisać przed poniedziałkiem, jesteśmy na targach.\n\nKarol Sowa\n\n> przesyłam wzory toreb.").
		event(consent.KindNotice, "", consent.BySending, 3*day, "the notice in our mail of 21 Nov").
		event(consent.KindGranted, m, consent.ByForm, 2*day, "form at the fair").words(marketingPL, "question 1/pl", "pl")
	nora := person(2, "Nora Byrne", "nora@liffey.example", "Liffey Studios", "buyer", "IE", "en", 0, true).
		event(consent.KindNotice, "", consent.BySending, 6*day, "the notice in our mail of 18 Nov").
		event(consent.KindGranted, m, consent.ByEmail, 5*day, "her mail of 19 Nov").words("Yes, send me your offers.", "", "en").
		event(consent.KindAsked, o, consent.ByEmail, 2*day, "question in our mail of 22 Nov").words(opensEN, "question 1/en", "en").
		entry(func(e *consent.Event) { e.Code = "O-7K3P-Q2" }).
		said(true, 2*day, "One question", "Hello Nora, may I ask one thing? "+opensEN).
		said(false, time.Hour, "Re: One question", "Hello Marta,\n\nO-7K3P-Q2, that is fine with me.\n\nNora")
	piotr := person(3, "Piotr Zając", "piotr@zajac.example", "Zając Meble", "", "PL", "pl", 0, true).
		said(false, 26*day, "Moje dane", "Proszę o kopię moich danych.").
		event(consent.KindNotice, "", consent.BySending, 30*day, "the notice in our mail of 25 Oct").
		event(consent.KindRequested, "", consent.ByEmail, 26*day, "his mail of 29 Oct").
		entry(func(e *consent.Event) { e.Right = consent.RightCopy })
	ida := person(4, "Ida Lund", "ida@lund.example", "Lund AB", "founder", "SE", "en", 0, true).
		said(false, 4*day, "My data", "This is not my company any more. Please do not use my data until it is clear.").
		event(consent.KindNotice, "", consent.BySending, 30*day, "the notice in our mail of 25 Oct").
		event(consent.KindRestricted, "", consent.ByEmail, 4*day, "her mail of 20 Nov")
	return NewWorld(karol.judge(), nora.judge(), piotr.judge(), ida.judge(), everyKind(c).judge())
}

// everyKind is a person of whom every kind of entry is recorded.
func everyKind(c consent.Purpose) *Person {
	p := person(5, "Zofia Kronika", "zofia@kronika.example", "Archiwum Kronika", "archiwistka", "PL", "pl", 0, true).
		said(false, 9*day, "Re: Teczki", "Dziękuję, teczki są w porządku.")
	for i, kind := range []consent.Kind{
		consent.KindEvidence, consent.KindOverride, consent.KindNotice, consent.KindAsked, consent.KindSoftOptIn, consent.KindGranted, consent.KindCorrected,
		consent.KindRead, consent.KindRequested, consent.KindExtended, consent.KindAnswered, consent.KindRestricted, consent.KindReleased,
		consent.KindDisclosed, consent.KindHeld, consent.KindUnheld, consent.KindMerged, consent.KindRefused, consent.KindWithdrawn, consent.KindObjected,
	} {
		purpose := consent.Purpose("")
		switch kind {
		case consent.KindAsked, consent.KindGranted, consent.KindRefused, consent.KindWithdrawn:
			purpose = c
		}
		p.event(kind, purpose, consent.ByEmail, time.Duration(40-2*i)*day, "note "+string(kind)).entry(func(e *consent.Event) {
			switch kind {
			case consent.KindAsked, consent.KindGranted:
				e.Wording, e.Language, e.Version = "Zgadzam się na pomiar kliknięć.", "pl", "question 1/pl"
			case consent.KindEvidence:
				e.Fact = consent.FactPublished
			case consent.KindRequested:
				e.Right = consent.RightAccess
			case consent.KindCorrected:
				e.Corrects = 6
			case consent.KindExtended, consent.KindAnswered:
				e.Corrects, e.ValidUntil = 9, e.At.AddDate(0, 2, 0)
			}
			if kind == consent.KindGranted {
				e.Message, e.Auth = mail.MessageID("yes@kronika.example"), "by mx.nadruk.example dkim=pass dmarc=pass domain=kronika.example"
				e.Raw = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
			}
		})
	}
	return p
}
