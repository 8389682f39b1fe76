package uitest

import (
	"fmt"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

type states = map[consent.Purpose]consent.State

// person makes one; ago is how long ago the newest mail came.
func person(id int, name, email, company, role, country, language string, ago time.Duration, lead bool) *Person {
	l := consent.Lead{ID: mail.PersonID(id), Address: mail.Address{Name: name, Email: email}, Name: name, Company: company, Role: role,
		Country: country, Language: language}
	if lead {
		l.Since, l.ObtainedAt = Now.Add(-20*24*time.Hour), Now.Add(-20*24*time.Hour)
		l.SourceKind = consent.SourceInbound
		l.Source = "their mail of " + l.ObtainedAt.Format("2 Jan 2006")
	}
	return &Person{Row: consent.Row{Lead: l, LastAt: Now.Add(-ago), Standing: consent.Standing{States: states{}}}}
}

func (p *Person) stand(basis consent.Basis, s states) *Person {
	p.Row.Standing.Basis, p.Row.Standing.States = basis, s
	return p
}

func (p *Person) due(in time.Duration) *Person {
	p.Row.Standing.NoticeDue = Now.Add(in)
	return p
}

// said appends a mail; the newest one names the row.
func (p *Person) said(out bool, ago time.Duration, subject, text string) *Person {
	id := mail.MessageID(fmt.Sprintf("m%d-%d@example.test", p.Row.Lead.ID, len(p.Entries)))
	m := mail.Message{ID: id, From: p.Row.Lead.Address, Subject: subject, Text: text, Date: Now.Add(-ago), Kind: mail.Personal, Whole: true}
	if out {
		m.From, m.To = mail.Address{Name: "Marta Lis", Email: "marta@nadruk.example"}, []mail.Address{p.Row.Lead.Address}
	}
	p.Entries = append(p.Entries, mail.Entry{Ref: mail.MessageRef(len(p.Entries) + 1), At: Now.Add(-ago), Out: out, Seen: true, Message: m})
	p.Row.Subject, p.Row.Snippet, p.Row.LastAt, p.Row.LastOut = subject, snippet(text), Now.Add(-ago), out
	p.Row.Messages = len(p.Entries)
	p.Row.Waiting = !out && p.Row.Lead.IsLead()
	return p
}

func snippet(text string) string {
	r := []rune(text)
	for i, c := range r {
		if c == '\n' {
			r[i] = ' '
		}
	}
	return string(r[:min(len(r), mail.SnippetLen)])
}

func (p *Person) unread(n int) *Person {
	p.Row.Unread = n
	return p
}

func (p *Person) last(change func(*mail.Message)) *Person {
	change(&p.Entries[len(p.Entries)-1].Message)
	return p
}

func (p *Person) event(kind consent.Kind, purpose consent.Purpose, method consent.Method, ago time.Duration, evidence string) *Person {
	p.Events = append(p.Events, consent.Event{Seq: int64(len(p.Events) + 1), Person: p.Row.Lead.ID, Kind: kind, Purpose: purpose, Method: method,
		Evidence: evidence, At: Now.Add(-ago), RecordedAt: Now.Add(-ago), Actor: "marta"})
	return p
}

const day = 24 * time.Hour

// Office is a small sales office: leads in every state, Polish and Chinese
// names, new people, a newsletter and an objection.
func Office() *World {
	const m, o, c, d = consent.MarketingEmail, consent.TrackOpen, consent.TrackClick, consent.TrackDevice
	ewa := person(1, "Ewa Żółkiewska", "ewa@piekarniawanda.example", "Piekarnia Wanda", "właścicielka", "PL", "pl", 0, true).
		stand(consent.BasisConsent, states{m: consent.Granted, o: consent.Granted, c: consent.Refused, d: consent.Asked}).
		said(false, 3*day, "Torby papierowe z nadrukiem", "Dzień dobry,\n\nszukamy toreb papierowych z naszym logo, około 4 000 sztuk na kwartał.\nCzy mogą Państwo przesłać próbki i cennik?\n\nPozdrawiam\nEwa Żółkiewska").
		said(true, 2*day, "Re: Torby papierowe z nadrukiem", "Dzień dobry Pani Ewo,\n\npróbki wysłałam dziś kurierem, będą u Pani jutro przed południem.\nCennik dla 4 000 sztuk jest niżej; przy umowie na rok cena spada o 8%.\n\nMarta Lis\nNadruk Sp. z o.o.\n\n> szukamy toreb papierowych z naszym logo,\n> około 4 000 sztuk na kwartał.\n> Czy mogą Państwo przesłać próbki i cennik?").
		said(false, 12*time.Minute, "Re: Torby papierowe z nadrukiem", "Pani Marto,\n\npróbki dotarły, papier jest świetny. Proszę o umowę na rok\ni o termin pierwszej dostawy przed świętami.\n\nI tak, mogą Państwo pisać do mnie o nowych produktach.\n\nEwa\n\n> próbki wysłałam dziś kurierem, będą u Pani jutro przed południem.\n> Cennik dla 4 000 sztuk jest niżej; przy umowie na rok cena spada o 8%.").
		unread(1).
		event(consent.KindNotice, "", consent.BySending, 2*day, "the notice in our mail of 22 Nov").
		event(consent.KindAsked, d, consent.ByEmail, 2*day, "question in our mail of 22 Nov").
		event(consent.KindRefused, c, consent.ByPhone, 30*time.Hour, "phone call, she said no links please").
		event(consent.KindGranted, o, consent.ByPhone, 30*time.Hour, "phone call, opens are fine").
		event(consent.KindGranted, m, consent.ByEmail, 12*time.Minute, "her mail of today: \"mogą Państwo pisać do mnie o nowych produktach\"")
	ewa.Row.Lead.Reason = "Pyta o torby z logo dla czterech piekarni; nasze torby mają atest do żywności."
	ewa.last(func(m *mail.Message) {
		m.Attachments = []mail.Attachment{{Name: "logo-wanda.pdf", Type: "application/pdf", Size: 248_000}}
		m.AskReceipt = true
	})
	wei := person(2, "王偉", "wei.wang@huaxin.example", "華新包裝 Huaxin", "buyer", "", "en", 0, true).
		stand(consent.BasisReply, states{m: consent.Asked}).due(5*day).
		said(false, 2*time.Hour, "Sample request: kraft paper 90 g", "Hello Marta, could you quote 20,000 bags in 90 g kraft? We need 样品 first.").unread(2)
	jan := person(3, "Jan Kowalski-Brzęczyszczykiewicz", "jan@hurt-pol.example", "Hurt-Pol Sp. z o.o. Sp. k.", "kierownik zakupów", "PL", "pl", 0, true).
		stand(consent.BasisInterest, states{m: consent.NeverAsked}).due(-3*day).
		said(true, 5*time.Hour, "Opakowania zbiorcze dla hurtowni", "Dzień dobry, piszę, bo na targach w Poznaniu pytał Pan o opakowania zbiorcze.")
	anna := person(4, "Anna Schmidt", "anna.schmidt@kaffeehaus.example", "Kaffeehaus Linde", "Einkauf", "DE", "de", 0, true).
		stand(consent.BasisNone, states{m: consent.Withdrawn, o: consent.Withdrawn}).
		said(false, 26*time.Hour, "Re: Neue Becher", "Danke, bitte schicken Sie mir keine Werbung mehr. Die Bestellung läuft weiter.")
	anna.Row.Standing.Objected = true
	anna.event(consent.KindObjected, "", consent.ByEmail, 26*time.Hour, "her mail of 23 Nov: keine Werbung mehr")
	olek := person(5, "Aleksander Nowak", "a.nowak@lodziarnia.example", "Lodziarnia Ólo", "", "PL", "pl", 0, true).
		stand(consent.BasisSoft, states{m: consent.Expired, o: consent.Granted, c: consent.Granted}).
		said(true, 3*day, "Kubki na sezon", "Cześć Olek, wracam do kubków na sezon: mamy nowy druk bez folii.")
	mia := person(6, "Mia Lindqvist", "mia@fika.example", "Fika AB", "founder", "SE", "en", 0, true).
		stand(consent.BasisConsent, states{m: consent.Granted, o: consent.Refused}).
		said(false, 4*day, "Invoice 2026/118", "Thanks, paid today. Talk in spring!")
	mia.Row.Waiting = false
	tomek := person(7, "Tomasz Wiśniewski", "tomasz@palarnia.example", "Palarnia Wisła", "współwłaściciel", "PL", "pl", 0, true).
		stand(consent.BasisReply, states{}).
		said(false, 6*day, "Zapytanie o woreczki na kawę", "Dzień dobry, interesują nas woreczki 250 g z zaworem.")
	tomek.Row.Draft = true
	li := person(8, "李娜 (Li Na)", "li.na@teahouse.example", "Old Tea House", "manager", "GB", "en", 0, true).
		stand(consent.BasisInterest, states{m: consent.NeverAsked}).
		said(true, 9*day, "Tea tins with your own print", "Dear Li Na, your shop won the tea award, and tins like yours are what we print.")
	hania := person(20, "Hanna Dąbrowska", "hanna@kwiaciarnia.example", "", "", "", "", 0, false).
		said(false, 40*time.Minute, "Papier do bukietów", "").unread(1).last(envelope)
	rob := person(21, "Rob Fletcher", "rob@northbound.example", "", "", "", "", 0, false).
		said(false, 20*time.Hour, "Do you ship to Ireland?", "").unread(1).last(envelope)
	news := person(22, "Druk & Papier Weekly", "news@drukweekly.example", "", "", "", "", 0, false).
		said(false, 2*day, "12 trendów w opakowaniach na 2027", "").last(envelope).last(func(m *mail.Message) {
		m.Kind = mail.List
		m.Trackers = []mail.Tracker{{Host: "t.drukweekly.example", What: "pixel"}, {Host: "click.drukweekly.example", What: "redirect link"}}
	})
	return NewWorld(ewa, wei, jan, anna, olek, mia, tomek, li, hania, rob, news)
}

func envelope(m *mail.Message) { m.Whole, m.Text = false, "" }

// Crowd is n leads with one mail each, for benchmarks.
func Crowd(n int) *World {
	people := make([]*Person, 0, n)
	for i := range n {
		p := person(i+1, fmt.Sprintf("Żaneta Łęcka %05d", i), fmt.Sprintf("z%05d@firma%d.example", i, i%97), fmt.Sprintf("Firma %d Sp. z o.o.", i%97), "dyrektorka", "PL", "pl", 0, true).
			stand(consent.BasisConsent, states{consent.MarketingEmail: consent.Granted, consent.TrackOpen: consent.Asked}).
			said(i%3 == 0, time.Duration(i)*time.Minute, "Oferta na opakowania z nadrukiem", "Dzień dobry, wracam do naszej rozmowy o opakowaniach z nadrukiem na przyszły rok.")
		people = append(people, p)
	}
	return NewWorld(people...)
}

// InStep is a sync that has nothing left to do.
func InStep() mail.SyncStatus {
	return mail.SyncStatus{Account: "marta@nadruk.example", Phase: mail.SyncIdle, SyncedAt: Now.Add(-time.Minute)}
}
