package demo

// castIsles is leads in the United Kingdom and Ireland, where a named business
// contact may be written to with a good reason.
func castIsles() []story {
	return []story{oliver(), priya(), aoife(), seamus()}
}

func oliver() story {
	return story{
		Person: Person{
			Address: at("oliver.bennett@harbourfinch.example"), Name: "Oliver Bennett", Company: "Harbour & Finch Architects Ltd",
			Role: "Head of Facilities", Language: "en", Country: "GB", Lead: true, Answers: Friendly,
			Source: "harbourfinch.example/team", SourceKind: "own research", SourcePublic: true, Reason: "Your practice moves into the old tannery in Leith in February, and the planning file says that its lighting is to be replaced.",
		},
		obtained: 6,
	}
}

func priya() story {
	return story{
		Person: Person{
			Address: at("priya.raman@tidewater-labs.example"), Name: "Priya Raman", Company: "Tidewater Laboratories Ltd",
			Role: "Operations Director", Language: "en", Country: "GB", Lead: true, Answers: Friendly,
			Source: "tidewater-labs.example/contact", SourceKind: "own research", SourcePublic: true, Reason: "Your new laboratory in Dundee runs around the clock, and night shifts under the present lights were in the local paper.",
		},
		obtained: 35,
		rights: []right{
			{day: 34, kind: notice, method: bySending, evidence: "Notice in our first mail", tag: "first"},
			{day: 29, kind: granted, purpose: marketing, method: byMail, wording: enMarketing, evidence: "Reply: \"Yes, keep me posted\"", tag: "yes"},
			{day: 28, kind: granted, purpose: trackOpen, method: byPhone, wording: enOpen, evidence: "Phone call of that day, note in the diary, sentence read out"},
		},
		notes: []note{
			{when: "34 09:40", out: true, cold: true, tag: "first", subject: "Tidewater: night shifts and light", text: "Hello Priya,\n\nI am writing for one reason: your night shifts in Dundee were in the paper, and light is what we do. One page shows what changes when lamps follow the clock.\n\nMay I send it? A reply of \"yes\" will do. Without one I will not write again."},
			{when: "29 22:17", tag: "yes", text: "Hello Marta,\n\nYes, keep me posted. It is 22:17 and I am under those lights right now."},
			{when: "28 08:50", out: true, text: "Hello Priya,\n\nhere is the page. The short of it: cooler light until two, warmer after, and nobody drives home blinking.", files: []file{{name: "night-shift.pdf", kind: "application/pdf", data: pdf("Light for night shifts")}}},
			{when: "6 23:02", text: "Marta, the pilot bench works. Two people asked to swap onto the night shift. What would the whole floor cost?"},
			{when: "5 10:30", out: true, text: "Hello Priya,\n\nsplendid. I need the number of benches and a look at the ceiling. Would a visit next week suit?"},
			{when: "38m", unread: true, text: "Next Tuesday at ten. Bring a jumper, the cold room is on the way."},
		},
	}
}

func aoife() story {
	return story{
		Person: Person{
			Address: at("aoife.byrne@liffeystudios.example"), Name: "Aoife Byrne", Company: "Liffey Studios Ltd",
			Role: "Head of Facilities", Language: "en", Country: "IE", Lead: true, Answers: Curious,
			Source: "the message you sent us", SourceKind: "inbound", Reason: "You open a second animation studio in Cork in March, and your page asks for lighting suppliers.",
		},
		obtained: 16,
		rights: []right{
			{day: 15, kind: notice, method: bySending, evidence: "Notice in our first answer", tag: "answer"},
			{day: 10, kind: asked, purpose: trackOpen, method: byMail, wording: enOpen, evidence: "Asked in our mail, no answer yet", tag: "ask"},
		},
		notes: []note{
			{when: "16 10:10", subject: "Lighting for Cork", text: "Hi there,\n\nwe are an animation studio and open a second place in Cork. Thirty people drawing on tablets all day. What should hang above them?"},
			{when: "15 09:05", out: true, tag: "answer", text: "Hello Aoife,\n\nnothing that shines into a tablet: light the ceiling and the walls, and the screens stay black. Could you tell me the height of the room?\n\nWhat we keep of you (name, role, address) and why: https://jasnykat.example/privacy"},
			{when: "14 11:26", text: "3.4 metres, with beams that the landlord loves more than us."},
			{when: "10 08:55", out: true, tag: "ask", text: "Hello Aoife,\n\nbeams are friends: we hide the strips behind them. A sketch is on its way.\n\nMay I see whether you open my mails? " + enOpen + " If not, just ignore this line."},
			{when: "7 15:03", text: "The sketch is lovely, the beams look expensive. Are they?"},
			{when: "6 09:44", out: true, text: "Hello Aoife,\n\nless than they look: 8,900 for the whole floor, with the fitting. The beams are free."},
		},
	}
}

func seamus() story {
	return story{
		Person: Person{
			Address: at("seamus@oconghaile-print.example"), Name: "Séamus Ó Conghaile", Company: "Ó Conghaile & Daughters",
			Role: "Partner", Language: "en", Country: "IE", Lead: true, Answers: Stops,
			Source: "your business card, at the Galway trade evening", SourceKind: "event", Reason: "You said your printing floor in Galway loses an hour a day to glare from the west windows.",
			Note: "Met on the stairs. Nobody has told him yet that we keep his card.",
		},
		obtained: 33, // no notice: overdue, and days before the purge would take him
	}
}
