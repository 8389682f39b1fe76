package demo

// castPolandMore is leads in Poland whose rights are in the states that are
// rarer: expired, refused, dead, overdue.
func castPolandMore() []story {
	return []story{ewa(), katarzyna(), michal(), krzysztof()}
}

func ewa() story {
	return story{
		Person: Person{
			Address: at("ewa.dabrowska@biuro-saldo.example"), Name: "Ewa Dąbrowska", Company: "Biuro Rachunkowe Saldo sp. z o.o.",
			Role: "Główna księgowa", Language: "pl", Country: "PL", Lead: true, Answers: Friendly,
			Source: "wiadomość przesłana do nas", SourceKind: "inbound", Reason: "Biuro rachunkowe zatrudnia pięć nowych osób i rozbudowuje salę, w której liczy się do nocy.",
		},
		obtained: 400,
		rights: []right{
			{day: 400, kind: notice, method: bySending, evidence: "Informacja w pierwszej odpowiedzi, rok temu"},
			{day: 400, kind: granted, purpose: marketing, method: byForm, wording: plMarketing, evidence: "Formularz na stronie, ważny rok", lasts: 365},
		},
		notes: []note{
			// An older mail program: the text and the header are in ISO 8859-2.
			{when: "18 10:22", charset: "iso-8859-2", subject: "Pytanie o fakturę i żarówki", text: "Dzień dobry,\n\nfaktura 88 dotarła, dziękuję. Przy okazji: w sali konferencyjnej zgasły dwie oprawy. Gwarancja jeszcze żyje?"},
			{when: "18 11:40", out: true, text: "Dzień dobry,\n\ngwarancja żyje do marca. Wymienimy je w czwartek, bez kosztów."},
			{when: "16 08:05", charset: "windows-1250", text: "Czwartek pasuje. Proszę nie przed dziesiątą, bo mamy zamknięcie miesiąca i nikt nie wstanie od biurka."},
		},
	}
}

func katarzyna() story {
	return story{
		Person: Person{
			Address: at("k.nowak-jezioranska@uczelnia-lodz.example"), Name: "Katarzyna Nowak-Jeziorańska", Company: "Akademia Sztuk Świetlnych w Łodzi",
			Role: "Zastępczyni kanclerza", Language: "pl", Country: "PL", Lead: true, Answers: Curious,
			Source: "wiadomość przesłana do nas", SourceKind: "inbound", Reason: "Uczelnia ogłosi w styczniu przetarg na oświetlenie pracowni malarskich i zbiera wiedzę.",
		},
		obtained: 24,
		rights: []right{
			{day: 24, kind: notice, method: bySending, evidence: "Informacja w pierwszej odpowiedzi", tag: "answer"},
			{day: 22, kind: refused, purpose: marketing, method: byMail, evidence: "„Ofert proszę nie przysyłać, pytania zadamy sami.”", tag: "no"},
		},
		notes: []note{
			{when: "24 12:00", subject: "Pracownie malarskie, dialog techniczny", text: "Szanowni Państwo,\n\nzbieramy wiedzę przed przetargiem. Jak mierzy się równomierność światła na sztaludze, skoro sztalugi chodzą?"},
			{when: "24 14:10", out: true, tag: "answer", text: "Dzień dobry,\n\nmierzy się na siatce w całej pracowni, na wysokości 1,3 m i pod kątem. Przesyłam normę i przykład.\n\nCzy mogę przysyłać także oferty? O danych: https://jasnykat.example/privacy"},
			{when: "22 09:33", tag: "no", text: "Dziękuję, to bardzo pomocne. Ofert proszę nie przysyłać, pytania zadamy sami."},
			{when: "5 16:28", text: "Szanowni Państwo,\n\nczy jest różnica między lampami do malarstwa olejnego i akwareli, czy to legenda studentów?"},
			{when: "4 09:10", out: true, text: "Dzień dobry,\n\nlegenda, ale z ziarnem prawdy: olej błyszczy, więc ważny jest kąt padania. Akwareli wszystko jedno, byle nie zza pleców."},
			{when: "4 09:52", text: "Przekażę studentom. Będą niepocieszeni."},
		},
	}
}

func michal() story {
	return story{
		Person: Person{
			Address: at("michal@nitka-studio.example"), Name: "Michał 🚀 Pająk", Company: "Nitka Studio P.S.A.",
			Role: "Założyciel", Language: "pl", Country: "PL", Lead: true, Answers: Friendly,
			Source: "wiadomość przesłana do nas", SourceKind: "inbound", Reason: "Studio gier przechodzi z piwnicy na dziewiąte piętro i boi się pierwszego słońca w monitorach.",
		},
		obtained: 24,
		notes: []note{
			{when: "24 23:48", subject: "Światło dla ludzi, którzy go nie lubią 🦇", text: "Hej,\n\nrobimy gry, dotąd w piwnicy. Teraz mamy okna od południa i nikt nic nie widzi. Da się ciemniej?", html: "<p>Hej,</p><p>robimy gry, dotąd w <b>piwnicy</b>. Teraz mamy okna od południa i nikt nic nie widzi. Da się <i>ciemniej</i>?</p><p>🕹️ Michał</p>"},
			{when: "23 09:15", out: true, text: "Dzień dobry,\n\nda się: rolety, oprawy pośrednie i żadnych jasnych plam w ekranach. Ile osób siedzi tyłem do okien?"},
			{when: "23 23:51", unread: true, text: "Wszyscy. Ci przodem już odeszli."},
		},
	}
}

func krzysztof() story {
	return story{
		Person: Person{
			Address: at("k.zawadzki@dawnafirma.example"), Name: "Krzysztof Zawadzki", Company: "Dawna Firma S.A.",
			Role: "Administrator", Language: "pl", Country: "PL", Lead: true, Answers: Gone, Stale: "the mailbox does not exist (5.1.1)",
			Source: "wiadomość przesłana do nas", SourceKind: "inbound", Reason: "Pytanie dotyczyło serwisu opraw na korytarzach budynku, który firma właśnie sprzedaje.",
		},
		obtained: 55,
		rights:   []right{{day: 54, kind: notice, method: bySending, evidence: "Informacja w pierwszej odpowiedzi", tag: "answer"}},
		notes: []note{
			{when: "55 08:15", subject: "Serwis opraw na korytarzach", text: "Dzień dobry,\n\nmigoczą nam lampy na trzech korytarzach. Kto je serwisuje?"},
			{when: "54 10:00", out: true, tag: "answer", text: "Dzień dobry,\n\nmy. Serwisant może być w środę. O danych: https://jasnykat.example/privacy"},
			{when: "15 09:20", out: true, text: "Dzień dobry,\n\nmija pół roku od przeglądu. Czy umówić następny?"},
			{when: "15 09:21", plain: true, unread: true, subject: "Undelivered Mail Returned to Sender", from: daemon("dawnafirma.example"),
				head: []string{"Auto-Submitted: auto-replied", "Return-Path: <>"},
				body: report("dawnafirma.example", "k.zawadzki@dawnafirma.example", "Subject: Re: Serwis opraw na korytarzach\nMessage-ID: "+noteID("k.zawadzki@dawnafirma.example", 2, domain).Header()+"\nFrom: "+rep().Email+"\nTo: k.zawadzki@dawnafirma.example")},
		},
	}
}
