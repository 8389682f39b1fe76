package consent

// dutyWords is how one language says what a mail of duty says, beside wording.
// The sentences are data: a lawyer can read them here.
type dutyWords struct {
	hello string

	// The notice of Art. 13 and 14 in full (law.md section 4).
	noticeSubject string
	noticeWhy     string
	controller    string // %s name, %s postal, %s contact
	purpose       string
	categories    string
	recipients    string
	rights        string // %s contact
	automated     string

	// The answers to requests (Art. 12 to 22).
	subject     map[Right]string
	asked       string // %s date
	does        map[Right]string
	arrived     string // %s date: the request of that day is being worked on
	putOff      string // %s due date
	reason      string // before the reason, in a paragraph of its own
	kept        string
	facts       [8]string // name, e-mail, company, job, country, language, why we write, note
	mails       string
	agreed      string // %s when
	nowhere     string
	given       string // "Given to:"
	nobody      string
	tracks      map[Purpose]string // %s since
	until       string             // %s, added to a sentence of tracks
	stopTracks  string             // how to end it
	tracksEnded map[Purpose]string // %s until when
}

func dutyWordsOf(w wording) dutyWords {
	switch w.language {
	case "pl":
		return polishDuty()
	case "de":
		return germanDuty()
	}
	return englishDuty()
}

func englishDuty() dutyWords {
	return dutyWords{
		hello:         "Hello,",
		noticeSubject: "Information about your personal data",
		noticeWhy:     "this message offers nothing and expects no answer. It tells you, as Articles 13 and 14 of the GDPR demand, that we keep data about you.",
		controller:    "Controller: %s, %s. Contact for all questions of privacy: %s.",
		purpose:       "Purpose and legal basis: to know whom we may approach about business, and to keep to the law in doing so (legitimate interest, Article 6(1)(f) GDPR). We send you an offer only where the law allows it or you do.",
		categories:    "Data we keep: name, job, company, e-mail address, country, and our notes on business contact.",
		recipients:    "Recipients: our e-mail provider, which handles the data on our behalf. Our privacy policy says whether data leaves the European Economic Area.",
		rights:        "Your rights: access and a copy, correction, erasure, restriction, portability, and a complaint to the supervisory authority. Reply to this mail or write to %s.",
		automated:     "There are no automated decisions about you and no profiling.",
		subject: map[Right]string{
			RightAccess: "Your request for access to your data", RightCopy: "Your request for a copy of your data",
			RightRectify: "Your request for correction of your data", RightErase: "Your request for erasure of your data",
			RightRestrict: "Your request for restriction of processing", RightPortability: "Your request for your data in a portable form",
			RightObject: "Your objection", RightWhoTracks: "Your question who tracks our messages",
		},
		asked:   "this is the answer to your request of %s.",
		arrived: "we have your request of %s and work on it.",
		putOff:  "We need more time for it, and will answer by %s at the latest (Article 12(3) GDPR).",
		reason:  "The reason: ",
		does: map[Right]string{
			RightRectify:  "We have corrected your data. Below is what we keep now.",
			RightErase:    "We erase all data that we keep about you. A keyed fingerprint of your address stays, which nobody can read, so that we do not write to you again.",
			RightRestrict: "We now keep your data and do nothing else with it. Before that ends, you will hear from us.",
			RightObject:   "We have noted your objection. We will not use your data for advertising any more.",
		},
		kept: "What we keep about you:", facts: [8]string{"Name", "E-mail address", "Company", "Job", "Country", "Language", "Why we keep it", "Note"},
		mails: "We also keep the e-mails that we exchanged, and the record of what you allowed us and what you did not.", agreed: "On %s you agreed to further e-mails from us; you can take that back at any time.", nowhere: "Nothing but your address and the e-mails that we exchanged.",
		given: "We have given your data to:", nobody: "Beside our e-mail provider, which handles it on our behalf, nobody has received your data from us.",
		tracks: map[Purpose]string{
			"":          "Nobody tracks you: no message of ours records whether it is opened or a link in it is clicked.",
			TrackOpen:   "As you agreed on %s, we ourselves record when and how often our messages are opened.",
			TrackClick:  "As you agreed on %s, we ourselves record when and how often links in our messages are clicked.",
			TrackDevice: "As you agreed on %s, we ourselves record country, mail program and system family.",
		},
		until: " That ends on %s.", stopTracks: " To end it at once, reply STOP TRACKING.",
		tracksEnded: map[Purpose]string{
			TrackOpen:   "Until %s we recorded with your consent when and how often our messages were opened.",
			TrackClick:  "Until %s we recorded with your consent when and how often links in our messages were clicked.",
			TrackDevice: "Until %s we recorded with your consent country, mail program and system family.",
		},
	}
}

func polishDuty() dutyWords {
	return dutyWords{
		hello:         "Dzień dobry,",
		noticeSubject: "Informacja o Pani/Pana danych osobowych",
		noticeWhy:     "ta wiadomość niczego nie oferuje i nie wymaga odpowiedzi. Zgodnie z art. 13 i 14 RODO informujemy, że przechowujemy dane dotyczące Pani/Pana.",
		controller:    "Administrator: %s, %s. Kontakt we wszystkich sprawach danych osobowych: %s.",
		purpose:       "Cel i podstawa prawna: ustalenie, do kogo możemy się zwrócić w sprawach zawodowych, z zachowaniem prawa (prawnie uzasadniony interes, art. 6 ust. 1 lit. f RODO). Ofertę wysyłamy tylko wtedy, gdy pozwala na to prawo albo Pani/Pan.",
		categories:    "Dane, które przechowujemy: imię i nazwisko, stanowisko, firma, adres e-mail, kraj oraz nasze notatki o kontakcie zawodowym.",
		recipients:    "Odbiorcy: nasz dostawca poczty elektronicznej, który przetwarza dane w naszym imieniu. O tym, czy dane opuszczają Europejski Obszar Gospodarczy, mówi nasza polityka prywatności.",
		rights:        "Prawa: dostęp i kopia danych, sprostowanie, usunięcie, ograniczenie przetwarzania, przeniesienie oraz skarga do organu nadzorczego (w Polsce: PUODO). Wystarczy odpowiedzieć na tę wiadomość albo napisać na %s.",
		automated:     "Nie podejmujemy zautomatyzowanych decyzji i nie stosujemy profilowania.",
		subject: map[Right]string{
			RightAccess: "Pani/Pana żądanie dostępu do danych", RightCopy: "Pani/Pana żądanie kopii danych",
			RightRectify: "Pani/Pana żądanie sprostowania danych", RightErase: "Pani/Pana żądanie usunięcia danych",
			RightRestrict: "Pani/Pana żądanie ograniczenia przetwarzania", RightPortability: "Pani/Pana żądanie przeniesienia danych",
			RightObject: "Pani/Pana sprzeciw", RightWhoTracks: "Pani/Pana pytanie, kto śledzi nasze wiadomości",
		},
		asked:   "to jest odpowiedź na Pani/Pana żądanie z dnia %s.",
		arrived: "otrzymaliśmy Pani/Pana żądanie z dnia %s i zajmujemy się nim.",
		putOff:  "Potrzebujemy na to więcej czasu i odpowiemy najpóźniej do %s (art. 12 ust. 3 RODO).",
		reason:  "Powód: ",
		does: map[Right]string{
			RightRectify:  "Sprostowaliśmy Pani/Pana dane. Poniżej to, co przechowujemy teraz.",
			RightErase:    "Usuwamy wszystkie dane dotyczące Pani/Pana. Pozostaje zaszyfrowany skrót adresu, którego nikt nie odczyta, abyśmy więcej nie napisali.",
			RightRestrict: "Od teraz tylko przechowujemy Pani/Pana dane i nic więcej z nimi nie robimy. Zanim to się skończy, damy znać.",
			RightObject:   "Odnotowaliśmy Pani/Pana sprzeciw. Nie będziemy już używać tych danych do reklamy.",
		},
		kept: "Co przechowujemy:", facts: [8]string{"Imię i nazwisko", "Adres e-mail", "Firma", "Stanowisko", "Kraj", "Język", "Dlaczego", "Notatka"},
		mails: "Przechowujemy także wymienione wiadomości oraz zapis tego, na co Pani/Pan pozwala, a na co nie.", agreed: "Dnia %s wyraziła Pani/wyraził Pan zgodę na dalsze wiadomości od nas; można ją cofnąć w każdej chwili.", nowhere: "Tylko adres i wymienione wiadomości.",
		given: "Przekazaliśmy te dane:", nobody: "Poza naszym dostawcą poczty, który przetwarza je w naszym imieniu, nikt nie otrzymał od nas tych danych.",
		tracks: map[Purpose]string{
			"":          "Nikt Pani/Pana nie śledzi: żadna nasza wiadomość nie zapisuje, czy ją otwarto ani czy kliknięto link.",
			TrackOpen:   "Zgodnie ze zgodą z dnia %s sami zapisujemy, kiedy i ile razy nasze wiadomości są otwierane.",
			TrackClick:  "Zgodnie ze zgodą z dnia %s sami zapisujemy, kiedy i ile razy są klikane linki w naszych wiadomościach.",
			TrackDevice: "Zgodnie ze zgodą z dnia %s sami zapisujemy kraj, program pocztowy i rodzinę systemu.",
		},
		until: " Kończy się to %s.", stopTracks: " Aby to od razu zakończyć, wystarczy odpowiedzieć STOP ŚLEDZENIE.",
		tracksEnded: map[Purpose]string{
			TrackOpen:   "Do dnia %s zapisywaliśmy za Pani/Pana zgodą, kiedy i ile razy nasze wiadomości były otwierane.",
			TrackClick:  "Do dnia %s zapisywaliśmy za Pani/Pana zgodą, kiedy i ile razy były klikane linki w naszych wiadomościach.",
			TrackDevice: "Do dnia %s zapisywaliśmy za Pani/Pana zgodą kraj, program pocztowy i rodzinę systemu.",
		},
	}
}

func germanDuty() dutyWords {
	return dutyWords{
		hello:         "Guten Tag,",
		noticeSubject: "Information über Ihre personenbezogenen Daten",
		noticeWhy:     "diese Nachricht bietet nichts an und erwartet keine Antwort. Sie teilt Ihnen mit, wie es Artikel 13 und 14 DSGVO verlangen, dass wir Daten über Sie speichern.",
		controller:    "Verantwortlicher: %s, %s. Kontakt für alle Fragen des Datenschutzes: %s.",
		purpose:       "Zweck und Rechtsgrundlage: zu wissen, an wen wir uns geschäftlich wenden dürfen, und dabei das Recht einzuhalten (berechtigtes Interesse, Artikel 6 Absatz 1 Buchstabe f DSGVO). Ein Angebot senden wir Ihnen nur, wenn das Recht oder Sie selbst es erlauben.",
		categories:    "Daten, die wir speichern: Name, Funktion, Firma, E-Mail-Adresse, Land und unsere Notizen zum geschäftlichen Kontakt.",
		recipients:    "Empfänger: unser E-Mail-Anbieter, der die Daten in unserem Auftrag verarbeitet. Ob Daten den Europäischen Wirtschaftsraum verlassen, sagt unsere Datenschutzerklärung.",
		rights:        "Ihre Rechte: Auskunft und Kopie, Berichtigung, Löschung, Einschränkung, Übertragbarkeit und Beschwerde bei der Aufsichtsbehörde. Antworten Sie auf diese Nachricht oder schreiben Sie an %s.",
		automated:     "Es gibt keine automatisierten Entscheidungen über Sie und kein Profiling.",
		subject: map[Right]string{
			RightAccess: "Ihr Antrag auf Auskunft", RightCopy: "Ihr Antrag auf eine Kopie Ihrer Daten",
			RightRectify: "Ihr Antrag auf Berichtigung", RightErase: "Ihr Antrag auf Löschung",
			RightRestrict: "Ihr Antrag auf Einschränkung der Verarbeitung", RightPortability: "Ihr Antrag auf Datenübertragung",
			RightObject: "Ihr Widerspruch", RightWhoTracks: "Ihre Frage, wer unsere Nachrichten verfolgt",
		},
		asked:   "dies ist die Antwort auf Ihren Antrag vom %s.",
		arrived: "wir haben Ihren Antrag vom %s und arbeiten daran.",
		putOff:  "Wir brauchen dafür mehr Zeit und antworten spätestens bis zum %s (Artikel 12 Absatz 3 DSGVO).",
		reason:  "Der Grund: ",
		does: map[Right]string{
			RightRectify:  "Wir haben Ihre Daten berichtigt. Unten steht, was wir jetzt speichern.",
			RightErase:    "Wir löschen alle Daten, die wir über Sie speichern. Es bleibt ein verschlüsselter Fingerabdruck Ihrer Adresse, den niemand lesen kann, damit wir Ihnen nicht wieder schreiben.",
			RightRestrict: "Wir speichern Ihre Daten ab jetzt nur noch und tun sonst nichts mit ihnen. Bevor das endet, hören Sie von uns.",
			RightObject:   "Wir haben Ihren Widerspruch vermerkt. Wir verwenden Ihre Daten nicht mehr für Werbung.",
		},
		kept: "Was wir über Sie speichern:", facts: [8]string{"Name", "E-Mail-Adresse", "Firma", "Funktion", "Land", "Sprache", "Warum wir es speichern", "Notiz"},
		mails: "Wir speichern auch die E-Mails, die wir gewechselt haben, und was Sie uns erlaubt haben und was nicht.", agreed: "Am %s haben Sie weiteren E-Mails von uns zugestimmt; das können Sie jederzeit zurücknehmen.", nowhere: "Nur Ihre Adresse und die E-Mails, die wir gewechselt haben.",
		given: "Wir haben Ihre Daten weitergegeben an:", nobody: "Außer unserem E-Mail-Anbieter, der sie in unserem Auftrag verarbeitet, hat niemand Ihre Daten von uns erhalten.",
		tracks: map[Purpose]string{
			"":          "Niemand verfolgt Sie: Keine unserer Nachrichten hält fest, ob sie geöffnet oder ein Link darin angeklickt wird.",
			TrackOpen:   "Wie Sie am %s erlaubt haben, halten wir selbst fest, wann und wie oft unsere Nachrichten geöffnet werden.",
			TrackClick:  "Wie Sie am %s erlaubt haben, halten wir selbst fest, wann und wie oft Links in unseren Nachrichten angeklickt werden.",
			TrackDevice: "Wie Sie am %s erlaubt haben, halten wir selbst Land, Mailprogramm und Systemfamilie fest.",
		},
		until: " Das endet am %s.", stopTracks: " Um es sofort zu beenden, antworten Sie mit STOP TRACKING.",
		tracksEnded: map[Purpose]string{
			TrackOpen:   "Bis zum %s haben wir mit Ihrer Einwilligung festgehalten, wann und wie oft unsere Nachrichten geöffnet wurden.",
			TrackClick:  "Bis zum %s haben wir mit Ihrer Einwilligung festgehalten, wann und wie oft Links in unseren Nachrichten angeklickt wurden.",
			TrackDevice: "Bis zum %s haben wir mit Ihrer Einwilligung Land, Mailprogramm und Systemfamilie festgehalten.",
		},
	}
}
