package demo

// castMachines is mail that no lead wrote: a newsletter, a vendor whose mail
// watches its reader, a portal, and somebody who means harm.
func castMachines() []story { return []story{newsletter(), tracked(), portal(), hostile()} }

func newsletter() story {
	issue := func(when, subject, lead string) note {
		return note{when: when, plain: true, subject: subject,
			head: []string{"List-Id: Swiatlo i Biuro <tygodnik.swiatlo-i-biuro.example>",
				"List-Unsubscribe: <https://swiatlo-i-biuro.example/u/7f3a>, <mailto:stop@swiatlo-i-biuro.example>",
				"List-Unsubscribe-Post: List-Unsubscribe=One-Click", "Precedence: bulk"},
			text: lead + "\n\nCzytaj: https://swiatlo-i-biuro.example/tygodnik\nRezygnacja: https://swiatlo-i-biuro.example/u/7f3a",
			html: "<html><body><h1>Światło i Biuro</h1><p>" + lead + "</p><table><tr><td>Targi</td><td>Hala 3</td></tr><tr><td>Prenumerata</td><td>110 zł</td></tr></table><p><a href=\"https://swiatlo-i-biuro.example/u/7f3a\">Rezygnacja</a></p></body></html>"}
	}
	return story{
		Person: Person{Address: at("tygodnik@swiatlo-i-biuro.example"), Name: "Światło i Biuro", Language: "pl"},
		notes: []note{
			issue("43 06:00", "Tygodnik 40: świetlówki odchodzą", "Od stycznia znikają ostatnie świetlówki. Co zamiast nich?"),
			issue("29 06:00", "Tygodnik 42: cisza w oprawach", "Dlaczego zasilacz brzęczy i kto to słyszy?"),
			issue("8 06:00", "Tygodnik 45: targi za progiem", "Plan hal i lista wystawców w jednym miejscu."),
		},
	}
}

// tracked is a vendor's mail with the pixel and the links of a tracking tool.
// The hosts are of the reserved kind; the paths are those of the real thing.
func tracked() story {
	const text = "Hi Marta,\n\njust circling back on my last note. Our platform lifts open rates by 83%. Do you have 15 minutes this week?\n\nCalendar: https://t.hubspotemail.example/e3t/Ctc/ABC+113/cX9k204/VVx\n\nChad"
	const html = `<html><body><p>Hi Marta,</p><p>just circling back on my last note. Our platform lifts <b>open rates by 83%</b>. ` +
		`Do you have 15 minutes <a href="https://t.hubspotemail.example/e3t/Ctc/ABC+113/cX9k204/VVxJ1?u=marta%40jasnykat.example">this week</a>?</p><p>Chad</p>` +
		`<img src="https://t.hubspotemail.example/e3t/Cto/ABC+113/cX9k204/open.gif?r=8f14e45f" width="1" height="1" alt="" style="display:none">` +
		`<img src="https://cdn.pixelpal.example/logo.png" width="120" height="40" alt="PixelPal"></body></html>`
	return story{
		Person: Person{Address: at("chad@pixelpal.example"), Name: "Chad from PixelPal", Company: "PixelPal Inc.", Language: "en"},
		notes: []note{
			{when: "17 15:00", plain: true, subject: "Marta, quick question", text: text, html: html, head: []string{"X-HS-Cid: 113", "Disposition-Notification-To: chad@pixelpal.example"}},
			{when: "10 15:00", plain: true, subject: "Re: Marta, quick question", text: text, html: html, head: []string{"X-HS-Cid: 113"}},
			{when: "3 15:00", plain: true, unread: true, subject: "Re: Re: Marta, quick question", text: text, html: html, head: []string{"X-HS-Cid: 113"}},
		},
	}
}

func portal() story {
	return story{
		Person: Person{Address: at("no-reply@przetargi.example"), Name: "Portal Przetargów", Language: "pl"},
		notes: []note{
			{when: "6 05:30", plain: true, subject: "Nowe ogłoszenie: oświetlenie, woj. łódzkie", head: []string{"Auto-Submitted: auto-generated"},
				html: "<html><head><style>p{color:#333}</style></head><body><p>Nowe ogłoszenie pasuje do Twoich słów kluczowych:</p><ul><li><b>Oświetlenie pracowni</b>, Łódź</li></ul><p><a href=\"https://przetargi.example/o/4411\">Zobacz ogłoszenie</a></p><script>alert(1)</script></body></html>"},
		},
	}
}

// hostile is what a mail can try against a terminal: escape sequences in name,
// subject and text, a forged badge, text that turns its direction, letters
// that only look like ours, a file name that climbs.
func hostile() story {
	const esc = "\x1b"
	return story{
		Person: Person{Address: at("marta@jasnykąt.example"), Name: "M\u0430rta Wi\u015bniewsk\u0430" + esc + "[2J", Language: "pl"},
		notes: []note{
			{when: "1 03:33", plain: true, unread: true, subject: "Pilne" + esc + "]0;owned\x07 \u202egnp.arutkaf " + esc + "[32mM granted" + esc + "[0m",
				text: "Zaloguj się ponownie:\n" + esc + "]8;;https://jasnykat.example" + esc + "\\https://jasnyk\u0430t.example/login" + esc + "]8;;" + esc + "\\\n" +
					esc + "P+q544e" + esc + "\\" + esc + "_Gf=100;AAAA" + esc + "\\" + "\u009b31m zgoda: M O C D granted\n" + esc + "]52;c;cm0gLXJmIH4K\x07" + "Z\u0335\u0321\u0322\u0327\u0328\u032a\u032b\u032c\u032d\u032eg\u0335\u0321oda",
				html:  "<p>Zaloguj &#27;]52;c;AAAA&#7; <a href=\"https://xn--jasnykt-3kg.example/login\">https://jasnykat.example/login</a></p><div style=\"display:none\">ukryte</div>",
				files: []file{{name: "../../.bashrc" + esc + "[A\u202efdp.exe", kind: "application/octet-stream", data: "echo owned"}}},
		},
	}
}
