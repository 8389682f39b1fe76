package demo

// castPoland is leads in Poland, where nobody may be written to first: each of
// them wrote to us, or agreed elsewhere.
func castPoland() []story {
	return []story{hanna(), lukasz(), agnieszka(), grzegorz(), tomasz()}
}

func hanna() story {
	return story{
		Person: Person{
			Address: at("hanna.zielinska@wydawnictwo-cma.example"), Name: "Hanna Zielińska", Company: "Wydawnictwo Ćma sp. z o.o.",
			Role: "Dyrektorka biura", Language: "pl", Country: "PL", Lead: true, Answers: Friendly,
			Source: "formularz na stronie jasnykat.example", SourceKind: "inbound", Reason: "Redakcja przenosi się do dawnej drukarni na Pradze i potrzebne jest światło, przy którym da się czytać korektę.",
			Note: "Lubi konkrety i krótkie zdania. Budżet po 1 stycznia.",
		},
		obtained: 41,
		rights: []right{
			{day: 41, kind: notice, method: byForm, evidence: "Informacja pod formularzem, wersja z 1 września", tag: "first"},
			{day: 41, kind: granted, purpose: marketing, method: byForm, wording: plMarketing, evidence: "Formularz na stronie, pole niezaznaczone z góry; kopia w wiadomości", tag: "first"},
			{day: 33, kind: granted, purpose: trackOpen, method: byMail, wording: plOpen, evidence: "Odpowiedź z pytaniem i zgodą, zdanie w całości", tag: "open"},
			{day: 33, kind: granted, purpose: trackClick, method: byMail, wording: plClick, evidence: "Ta sama wiadomość, osobne zdanie", tag: "open"},
		},
		notes: []note{
			{when: "41 09:14", tag: "first", subject: "Oświetlenie nowej redakcji", text: "Dzień dobry,\n\nprzenosimy redakcję do dawnej drukarni na Pradze. Hala jest piękna i ciemna jak studnia. Redaktorzy czytają w niej korektę po osiem godzin.\n\nCzy zajmują się Państwo takimi miejscami?"},
			{when: "41 11:02", out: true, text: "Dzień dobry,\n\ntak, dawne hale to nasza specjalność: wysoki sufit, mało okien, dużo czytania. Potrzebuję rzutu i kilku zdjęć o różnych porach dnia.\n\nCzy mogę też przysłać krótką listę pytań?"},
			{when: "40 08:47", text: "Dzień dobry,\n\nproszę bardzo. Rzut dostanie Pani od architekta, zdjęcia zrobię jutro o świcie i po zmroku, bo w dzień i tak nic nie widać."},
			{when: "34 14:20", out: true, text: "Dzień dobry,\n\ndziękuję za zdjęcia. To o świcie wisi teraz u nas nad ekspresem do kawy.\n\nOsobno pytam o jedno: czy mogę widzieć, czy otwiera Pani moje wiadomości i odnośniki? Można powiedzieć „nie” i nic się nie zmieni."},
			{when: "33 10:05", tag: "open", text: "Dzień dobry,\n\n" + plOpen + "\n\n" + plClick + "\n\nMiło, że ktoś najpierw pyta."},
			{when: "26 12:31", out: true, text: "Dzień dobry,\n\nw załączeniu wstępny projekt: 42 oprawy zamiast 118, 500 luksów na biurkach, pobór niższy o 61 procent.", files: []file{{name: "Projekt Ćma v1.pdf", kind: "application/pdf", data: pdf("Wydawnictwo Ćma, projekt oświetlenia, wersja 1")}}},
			{when: "2h10m", unread: true, text: "Dzień dobry,\n\nzarząd jest za. Mamy jedno pytanie: czy lampy nad stołem montażowym dadzą się ściemniać osobno? Grafik grozi, że inaczej przyniesie własną."},
		},
	}
}

func lukasz() story {
	return story{
		Person: Person{
			Address: at("l.swiatek@swiatek-wspolnicy.example"), Name: "Łukasz Świątek", Company: "Kancelaria Świątek i Wspólnicy sp. k.",
			Role: "Wspólnik", Language: "pl", Country: "PL", Lead: true, Answers: Curious,
			Source: "wiadomość przesłana do nas", SourceKind: "inbound", Reason: "Kancelaria wymienia świetlówki w archiwum akt, bo ubezpieczyciel uznał stare oprawy za ryzyko pożaru.",
		},
		obtained: 52,
		rights: []right{
			{day: 52, kind: notice, method: bySending, evidence: "Informacja w pierwszej odpowiedzi", tag: "answer"},
			{day: 45, kind: granted, purpose: marketing, method: byMail, wording: plMarketing, evidence: "Odpowiedź „zgoda, proszę wysyłać”", tag: "yes"},
			{day: 45, kind: refused, purpose: trackOpen, method: byMail, evidence: "Ta sama wiadomość: „śledzenia nie chcę”", tag: "yes"},
		},
		notes: []note{
			{when: "52 16:40", subject: "Archiwum akt, oprawy do wymiany", text: "Szanowni Państwo,\n\nubezpieczyciel wytknął nam świetlówki w archiwum. Proszę o informację, jakie oprawy spełniają normę i ile trwa wymiana."},
			{when: "52 17:15", out: true, tag: "answer", text: "Dzień dobry,\n\ndo archiwum polecamy oprawy bez nagrzewających się stateczników, klasa IP54. Wymiana 60 sztuk to jeden weekend.\n\nPaństwa dane (imię, nazwisko, stanowisko, e-mail) mam z Państwa wiadomości i używam ich tylko do odpowiedzi: https://jasnykat.example/privacy"},
			{when: "45 09:30", tag: "yes", text: "Zgoda, proszę wysyłać oferty. Śledzenia nie chcę: wiem, co czytam i kiedy."},
			{when: "44 10:12", out: true, text: "Dzień dobry,\n\nzapisane: oferty tak, śledzenie nie. Oferta na archiwum w załączeniu.", files: []file{{name: "Oferta 2026-118.pdf", kind: "application/pdf", data: pdf("Oferta 2026-118, archiwum")}}},
			{when: "9 13:55", out: true, text: "Dzień dobry,\n\nczy termin w pierwszy weekend grudnia nadal pasuje? Ekipa jest zarezerwowana do piątku."},
			{when: "8 08:20", text: "Pasuje. Klucz do archiwum odbiorą Państwo w sekretariacie, kod zna tylko pani Jadzia i to ona rządzi."},
		},
	}
}

func agnieszka() story {
	return story{
		Person: Person{
			Address: at("agnieszka.zolkiewska-brzeczyszczykiewicz@slonecznewzgorze.example"), Name: "Agnieszka Żółkiewska-Brzęczyszczykiewicz",
			Company: "Spółdzielnia Mieszkaniowa „Słoneczne Wzgórze” w Szczebrzeszynie", Role: "Kierowniczka działu utrzymania nieruchomości i inwestycji",
			Language: "pl", Country: "PL", Lead: true, Answers: Friendly,
			Source: "rozmowa na targach Światło w Warszawie", SourceKind: "event", Reason: "Spółdzielnia ma do końca roku wymienić oświetlenie klatek i biura zarządu, żeby dostać dotację.",
		},
		obtained: 27,
		rights: []right{
			{day: 27, kind: notice, method: inPerson, evidence: "Ulotka informacyjna wręczona przy rozmowie na targach"},
			{day: 20, kind: asked, purpose: marketing, method: byMail, wording: plMarketing, evidence: "Pytanie w odpowiedzi na jej wiadomość", tag: "ask"},
		},
		notes: []note{
			{when: "21 07:58", subject: "Po targach: klatki schodowe i biuro zarządu", text: "Dzień dobry,\n\npoznałyśmy się przy ekspresie na stoisku. Obiecała Pani tabelę z poborem mocy. Mieszkańcy z bloku B już o nią pytają."},
			{when: "20 12:10", out: true, tag: "ask", text: "Dzień dobry,\n\ntabela w załączeniu. Blok B może spać spokojnie.\n\nCzy mogę przysyłać także nasze oferty? " + plMarketing, files: []file{{name: "pobor-mocy.csv", kind: "text/csv", data: "oprawa;W\nstara;36\nnowa;14\n"}}},
			{when: "19 15:45", text: "Dziękuję, tabela wisi w gablocie. O ofertach zdecyduje zarząd, dam znać."},
		},
	}
}

func grzegorz() story {
	return story{
		Person: Person{
			Address: at("grzegorz.brzek@huta-plomyk.example"), Name: "Grzegorz Brzęk", Company: "Huta Szkła „Płomyk” S.A.",
			Role: "Kierownik zakupów", Language: "pl", Country: "PL", Lead: true, Answers: Stops,
			Source: "wiadomość przesłana do nas", SourceKind: "inbound", Reason: "Huta pytała o oprawy odporne na temperaturę do hali wytopu, które wytrzymają lato.",
		},
		obtained: 58,
		rights: []right{
			{day: 57, kind: notice, method: bySending, evidence: "Informacja w pierwszej odpowiedzi", tag: "answer"},
			{day: 30, kind: objected, method: byMail, evidence: "Odpowiedź „STOP, proszę nie pisać”", tag: "stop"},
		},
		notes: []note{
			{when: "58 13:12", subject: "Oprawy do hali wytopu", text: "Czy robią Państwo oprawy na 60 stopni otoczenia?"},
			{when: "57 09:00", out: true, tag: "answer", text: "Dzień dobry,\n\nna 60 stopni robi je tylko dwóch producentów i jednego z nich mamy. Zapytam o termin.\n\nO danych: https://jasnykat.example/privacy"},
			{when: "31 10:30", out: true, text: "Dzień dobry,\n\nmam termin: sześć tygodni. Czy przygotować ofertę?"},
			{when: "30 06:41", tag: "stop", plain: true, text: "STOP, proszę nie pisać.\n\nG. Brzęk"},
		},
	}
}

func tomasz() story {
	return story{
		Person: Person{
			Address: at("tomasz@drukarnia-wrobel.example"), Name: "Tomasz Wróbel", Company: "Drukarnia Wróbel i Syn s.c.",
			Role: "Właściciel", Language: "pl", Country: "PL", Lead: true, Answers: Away,
			Source: "wiadomość przesłana do nas", SourceKind: "inbound", Reason: "Drukarnia potrzebuje światła D50 przy ocenie kolorów, a obecne lampy przekłamują czerwień.",
		},
		obtained: 49,
		rights: []right{
			{day: 49, kind: notice, method: bySending, evidence: "Informacja w pierwszej odpowiedzi", tag: "answer"},
			{day: 40, kind: granted, purpose: marketing, method: byPhone, wording: plMarketing, evidence: "Rozmowa telefoniczna, notatka z 15 października"},
			{day: 40, kind: granted, purpose: trackOpen, method: byPhone, wording: plOpen, evidence: "Ta sama rozmowa, osobne pytanie"},
			{day: 12, kind: withdrawn, purpose: trackOpen, method: byMail, evidence: "Wiadomość „proszę jednak nie sprawdzać”", tag: "no"},
		},
		notes: []note{
			{when: "49 18:03", subject: "Czerwony nie jest czerwony", text: "Dobry wieczór,\n\npod naszymi lampami logo klienta jest pomarańczowe, na dworze czerwone. Klient jest z tych drobiazgowych."},
			{when: "48 08:30", out: true, tag: "answer", text: "Dzień dobry,\n\nto światło 4000 K o słabym oddawaniu czerwieni (R9 poniżej 20). Do oceny druku jest norma: D50, R9 powyżej 90.\n\nO danych: https://jasnykat.example/privacy"},
			{when: "13 11:11", out: true, text: "Dzień dobry,\n\npróbna oprawa jest w drodze, kurier będzie jutro przed dwunastą."},
			{when: "12 20:19", tag: "no", text: "Dobry wieczór,\n\noprawa świeci, czerwony znów jest czerwony.\n\nJedno: proszę jednak nie sprawdzać, kiedy otwieram pocztę. Żona pyta, co robię w niej o północy."},
			{when: "11 07:45", out: true, text: "Dzień dobry,\n\nwyłączone od tej chwili, także dla wiadomości, które już Pan ma."},
			{when: "3 09:01", plain: true, subject: "Odpowiedź automatyczna: Próbna oprawa", head: []string{"Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All"}, text: "Jestem na urlopie, wracam w poniedziałek. W pilnych sprawach syn: syn@drukarnia-wrobel.example.\n\nTomasz Wróbel"},
		},
	}
}
