package demo

// castContinent is leads in countries with rules of their own, and one of whom
// nobody knows where they are.
func castContinent() []story {
	return []story{claire(), etienne(), annegret(), jorg(), sanne(), hanako(), wang()}
}

func claire() story {
	return story{
		Person: Person{
			Address: at("claire.moreau@atelier-lumen.example"), Name: "Claire Moreau", Company: "Atelier Lumen SAS",
			Role: "Responsable des locaux", Language: "en", Country: "FR", Lead: true, Answers: Friendly,
			Source: "atelier-lumen.example/equipe", SourceKind: "own research", SourcePublic: true, Reason: "Your workshop in Lyon restores paper, and your call for tenders of October asks for light without ultraviolet.",
		},
		obtained: 10,
	}
}

func etienne() story {
	return story{
		Person: Person{
			Address: at("etienne@maison-lefevre.example"), Name: "Étienne Lefèvre", Company: "Maison Lefèvre SARL",
			Role: "Gérant", Language: "en", Country: "FR", Lead: true, Answers: Curious,
			Source: "maison-lefevre.example/contact", SourceKind: "own research", SourcePublic: true, Reason: "Your tasting room in Reims was rebuilt this summer, and the reviews praise the wine and complain about the light.",
		},
		obtained: 19,
		rights:   []right{{day: 18, kind: notice, method: bySending, evidence: "Notice in our first mail", tag: "first"}},
		notes: []note{
			{when: "18 10:05", out: true, cold: true, tag: "first", subject: "Maison Lefèvre: one question about your tasting room", text: "Hello Étienne,\n\nI am writing for one reason: the reviews of your tasting room praise the wine and complain about the light. Under a better lamp a rosé is pink again.\n\nMay I send you one page? A reply of \"yes\" will do. Without one I will not write again."},
			{when: "12 18:36", text: "Madame,\n\nit is true, my rosé looks like tea. But my ceiling is historical and nobody may drill. What do you do with a ceiling that one may not touch?\n\nAnd before we talk: where did you get my address? Please send me a copy of the data that you hold about me."},
		},
	}
}

func annegret() story {
	return story{
		Person: Person{
			Address: at("a.schaefer@nordlicht-architekten.example"), Name: "Dr. Annegret Schäfer", Company: "Nordlicht Architekten GmbH",
			Role: "Projektleiterin", Language: "de", Country: "DE", Lead: true, Answers: Friendly,
			Source: "Ihre Visitenkarte von der Messe Licht und Raum", SourceKind: "event", Reason: "Sie planen für eine Hamburger Reederei drei Etagen Büro ohne direktes Deckenlicht und suchen Hersteller.",
		},
		obtained: 26, // no notice yet: due in days
	}
}

func jorg() story {
	return story{
		Person: Person{
			Address: at("joerg.mueller-luedenscheidt@steuerkanzlei-ml.example"), Name: "Jörg Müller-Lüdenscheidt", Company: "Steuerkanzlei Müller-Lüdenscheidt PartG mbB",
			Role: "Steuerberater", Language: "de", Country: "DE", Lead: true, Answers: Curious,
			Source: "die Nachricht an uns", SourceKind: "inbound", Reason: "Ihre Frage galt blendfreiem Licht für zwölf Arbeitsplätze, weil die neuen Röhren über den Fenstern blenden.",
		},
		obtained: 13,
		rights:   []right{{day: 12, kind: notice, method: bySending, evidence: "Hinweis in unserer ersten Antwort", tag: "answer"}},
		notes: []note{
			{when: "13 08:01", subject: "Blendfreies Licht für zwölf Arbeitsplätze", text: "Guten Tag,\n\nzwei Kolleginnen haben Migräne, seit die neuen Röhren hängen. Haben Sie etwas, das nicht flimmert?"},
			{when: "12 09:19", out: true, tag: "answer", text: "Guten Tag,\n\nja. Flimmern kommt vom Vorschaltgerät, nicht von der LED. Wir messen es gern vor Ort.\n\nWelche Daten wir speichern und warum: https://jasnykat.example/privacy"},
			{when: "3 07:58", unread: true, text: "Guten Tag,\n\nbitte messen Sie. Dienstag und Mittwoch ist jemand hier, die Badewanne steht im Keller, bitte nicht wundern."},
		},
	}
}

func sanne() story {
	return story{
		Person: Person{
			Address: at("sanne@devries-fietsen.example"), Name: "Sanne de Vries", Company: "De Vries Fietsen B.V.",
			Role: "Bedrijfsleider", Language: "en", Country: "NL", Lead: true, Answers: Friendly,
			Source: "the message you sent us", SourceKind: "inbound", Reason: "Your bicycle works in Utrecht assemble at night and want to see every scratch on black paint.",
		},
		obtained: 47,
		rights: []right{
			{day: 46, kind: notice, method: bySending, evidence: "Notice in our first answer", tag: "answer"},
			{day: 39, kind: granted, purpose: marketing, method: byMail, wording: enMarketing, evidence: "Reply: \"sure, send offers\"", tag: "yes"},
		},
		notes: []note{
			{when: "47 12:45", subject: "Scratches on black bicycles", text: "Hi,\n\nwe paint bicycles black and find the scratches when the sun comes up. Customers find them too."},
			{when: "46 10:30", out: true, tag: "answer", text: "Hello Sanne,\n\nraking light: low, from the side, 5000 K. It is unkind to everything, which is the point.\n\nWhat we keep of you and why: https://jasnykat.example/privacy"},
			{when: "39 16:00", tag: "yes", text: "Unkind light is ordered by the boss. And sure, send offers when you have some."},
			{when: "38 09:12", out: true, text: "Hello Sanne,\n\nnoted, thank you. Offer attached.", files: []file{{name: "offer-raking-light.pdf", kind: "application/pdf", data: pdf("Offer: raking light")}}},
			{when: "22 14:14", text: "Installed. We found scratches from 2019."},
			{when: "21 09:00", out: true, text: "Hello Sanne,\n\nthen it works. The invoice is kinder than the light."},
		},
	}
}

func hanako() story {
	return story{
		Person: Person{
			Address: at("hanako.yamada@hikari-trading.example"), Name: "山田 花子", Company: "株式会社ひかり商事",
			Role: "Facility Manager", Language: "en", Country: "JP", Lead: true, Answers: Friendly,
			Source: "the message you sent us", SourceKind: "inbound", Reason: "Your firm opens an office in Warsaw in spring and asked how meeting rooms are lit in Europe.",
		},
		obtained: 8,
		rights:   []right{{day: 7, kind: notice, method: bySending, evidence: "Notice in our first answer", tag: "answer"}},
		notes: []note{
			{when: "8 03:20", subject: "ワルシャワ事務所の照明について / Lighting for our Warsaw office", text: "Dear Ms Wiśniewska,\n\nwe will open an office in Warsaw. 会議室は二つあります。 How bright is a meeting room in Europe?"},
			{when: "7 09:30", out: true, tag: "answer", text: "Dear Ms Yamada,\n\n500 lux on the table, and less on the faces: people speak better when they are not examined.\n\nWhat we keep of you and why: https://jasnykat.example/privacy"},
			{when: "2 02:55", unread: true, text: "Dear Ms Wiśniewska,\n\nthis is a beautiful rule. よろしくお願いします。 Please send a plan for two rooms."},
		},
	}
}

func wang() story {
	return story{
		Person: Person{
			Address: at("xiaoming.wang@mingde-optics.example"), Name: "王小明", Company: "明德光电",
			Role: "Sales", Language: "en",
		},
		notes: []note{
			// A Chinese mail program: GB 18030 in text and header.
			{when: "29 04:12", charset: "gb18030", subject: "灯具报价 quotation", text: "Dear friend,\n\n我们是专业的LED灯具制造商。 We make LED panels. Please find our best price.\n\n王小明"},
		},
	}
}
