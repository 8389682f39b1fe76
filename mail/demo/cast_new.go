package demo

// castNew is people who wrote to us and whom nobody has made a lead yet.
func castNew() []story {
	return []story{piotr(), fiona(), bartek(), irena(), lena(), zofia()}
}

func piotr() story {
	return story{
		Person: Person{Address: at("piotr.mazur@mazur-transport.example"), Name: "Piotr Mazur", Company: "Mazur Transport sp. j.", Role: "Dyspozytor", Language: "pl", Answers: Friendly},
		notes: []note{
			{when: "1 15:30", unread: true, subject: "Oferta na biuro spedycji, 14 stanowisk", text: "Dzień dobry,\n\npolecił mi Państwa Tomek z drukarni. Mamy 14 stanowisk, trzy zmiany i lampy z poprzedniej epoki. Proszę o ofertę."},
			{when: "55m", unread: true, text: "Dopisuję: budżet jest, zgoda szefa też. Brakuje tylko światła."},
		},
	}
}

func fiona() story {
	return story{
		Person: Person{Address: at("fiona@gallagher-vets.example"), Name: "Fiona Gallagher", Company: "Gallagher Veterinary Clinic", Language: "en", Answers: Curious},
		notes: []note{
			{when: "2 17:21", unread: true, subject: "Do your lamps hum?", text: "Hello,\n\na strange question, maybe: do your lamps hum? We cannot hear it, but the cats can, and they leave the table.\n\nWhat would four rooms cost?"},
		},
	}
}

func bartek() story {
	return story{
		Person: Person{Address: at("bartek.zajac@kawiarnia-polana.example"), Name: "Bartek Zając", Company: "Kawiarnia Polana", Language: "pl", Answers: Friendly},
		notes: []note{
			{when: "4 12:12", subject: "Plan kawiarni w załączeniu", text: "Dzień dobry,\n\nw załączeniu plan i zdjęcie. Goście siedzą do drugiej w nocy, więc światło ma mówić „zostań”, ale nie za głośno.",
				files: []file{{name: "plan kawiarni – parter.pdf", kind: "application/pdf", data: pdf("Kawiarnia Polana, parter")}, {name: "sala.png", kind: "image/png", data: dot}}},
			{when: "3 10:40", out: true, text: "Dzień dobry,\n\npiękny plan, dziękuję. Ile mają Państwo stolików przy oknie?"},
			{when: "20h", text: "Siedem i pół. Połówka jest dla kota."},
		},
	}
}

// irena objects in her own words and nobody has recorded it yet.
func irena() story {
	return story{
		Person: Person{
			Address: at("irena.sowa@sowa-notariusz.example"), Name: "Irena Sowa", Company: "Kancelaria Notarialna Irena Sowa", Role: "Notariusz",
			Language: "pl", Country: "PL", Lead: true, Answers: Stops,
			Source: "wiadomość przesłana do nas", SourceKind: "inbound", Reason: "Pytanie dotyczyło lamp do sali czytania aktów, w której podpisuje się umowy drobnym drukiem.",
		},
		obtained: 31,
		rights:   []right{{day: 30, kind: notice, method: bySending, evidence: "Informacja w pierwszej odpowiedzi", tag: "answer"}},
		notes: []note{
			{when: "31 13:00", subject: "Lampy do sali czytania aktów", text: "Dzień dobry,\n\nproszę o cenę dwóch lamp do czytania, mocnych i spokojnych."},
			{when: "30 09:25", out: true, tag: "answer", text: "Dzień dobry,\n\ndwie takie lampy to 640 zł, dostawa w trzy dni. O danych: https://jasnykat.example/privacy"},
			{when: "14 10:00", out: true, text: "Dzień dobry,\n\nczy lampy nadal są potrzebne?"},
			{when: "3h5m", unread: true, plain: true, text: "STOP, proszę nie pisać. Lampy kupiła siostra.\n\nI. Sowa"},
		},
	}
}

func lena() story {
	const invite = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Hoffmann//DE\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:ortstermin-7@hoffmann-bau.example\r\n" +
		"DTSTAMP:20260101T080000Z\r\nDTSTART:20261202T090000Z\r\nDTEND:20261202T100000Z\r\nSUMMARY:Ortstermin Speicherstadt\r\nLOCATION:Block K\\, 3. Boden\r\n" +
		"ORGANIZER;CN=Lena Hoffmann:mailto:lena@hoffmann-bau.example\r\nATTENDEE;RSVP=TRUE:mailto:marta@jasnykat.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	return story{
		Person: Person{Address: at("lena@hoffmann-bau.example"), Name: "Lena Hoffmann", Company: "Hoffmann Bau GmbH", Language: "de", Country: "DE", Answers: Friendly},
		notes: []note{
			{when: "2 09:50", unread: true, subject: "Einladung: Ortstermin Speicherstadt", text: "Guten Tag,\n\nanbei die Einladung zum Ortstermin. Bitte feste Schuhe, der Boden ist von 1888.",
				files: []file{{name: "invite.ics", kind: "text/calendar; method=REQUEST; charset=utf-8", data: invite}}},
		},
	}
}

func zofia() story {
	return story{
		Person: Person{Address: at("zofia@teatr-lampka.example"), Name: "Zofia „Zośka” Król", Company: "Teatr Lampka", Language: "pl", Answers: Friendly},
		notes: []note{
			{when: "9 11:11", subject: "Foyer, które nie wygląda jak poczekalnia", text: "Dzień dobry,\n\nnasze foyer wygląda jak poczekalnia u dentysty. Publiczność szepcze. Pomogą Państwo?"},
			{when: "8 10:05", out: true, text: "Dzień dobry,\n\npomożemy. Zaczęłabym od zgaszenia połowy lamp: to najtańszy projekt w naszej ofercie."},
			{when: "8 19:40", text: "Zgasiliśmy. Publiczność dalej szepcze, ale już romantycznie."},
			{when: "7 09:30", out: true, text: "Dzień dobry,\n\nto połowa sukcesu. Drugą narysuję do piątku."},
			{when: "1 18:18", text: "Piątek minął, a my czekamy jak na premierę. Kiedy możemy zobaczyć rysunek?"},
		},
	}
}
