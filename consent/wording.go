package consent

// wording is how one language says what the law wants said. The sentences are
// data: a lawyer can read them here, and no code builds a sentence from words.
type wording struct {
	language string
	date     string // layout of time.Format
	public   string
	private  string

	source    string           // %s source, %s date, %s public or private
	reason    string           // %s
	keeps     string           // %s name, %s postal, %s purpose
	purpose   map[Basis]string // %s offer where one is named
	basis     map[Basis]string // the words by which a notice names its legal basis
	goOn      string
	retention string           // %s
	rights    string           // %s contact
	agree     string           // %s name
	policy    string           // %s address
	label     map[Label]string // %s the words of the country that asks for it

	objection string
	tracking  map[Tracking]string
	units     map[string][3]string // of a period: one, few, many
}

// wordings gives the wording of a language; of one that we do not speak, and
// of none, English and Polish together (law.md N5).
func wordings(language string) []wording {
	switch language {
	case "pl":
		return []wording{polish()}
	case "en":
		return []wording{english()}
	case "de":
		return []wording{german()}
	}
	return []wording{english(), polish()}
}

func everyWording() []wording { return []wording{polish(), english(), german()} }

func english() wording {
	return wording{
		language: "en", date: "2 January 2006", public: "a public source", private: "not a public source",
		source: "Your work address comes from: %s (%s, %s).",
		reason: "I write for this reason: %s.",
		keeps:  "%s, %s, keeps your name, job, company and e-mail address %s.",
		purpose: map[Basis]string{
			BasisInterest: "to introduce %s (legal basis: legitimate interest)",
			BasisConsent:  "to write to you about %s (legal basis: your consent)",
			BasisSoft:     "to write to you about %s (legal basis: you are our customer)",
			BasisReply:    "to answer you (legal basis: your own message)",
		},
		basis: map[Basis]string{
			BasisInterest: "legitimate interest", BasisConsent: "your consent",
			BasisSoft: "you are our customer", BasisReply: "your own message",
		},
		goOn:      "If you write back, our correspondence is kept too.",
		retention: "Kept without an answer: %s, then all of it is erased.",
		rights:    "You can get a copy of your data, have it corrected or erased, and complain to the supervisory authority: reply to this mail or write to %s.",
		agree:     "If you would like further e-mails, reply with the words \"I agree to further e-mails from %s\".",
		policy:    "Privacy policy: %s",
		label: map[Label]string{
			LabelCommercial:  "This is a commercial message (%s).",
			LabelUnsolicited: "This is an unsolicited commercial message (%s).",
		},
		objection: "You may object at any time: just reply STOP. We will then not write to you again.",
		tracking: map[Tracking]string{
			{}:                          "This message contains no tracking.",
			{Opens: true}:               "As you agreed, we record when and how often this message is opened. To end that, reply STOP TRACKING.",
			{Clicks: true}:              "As you agreed, we record when and how often the links of this message are clicked. To end that, reply STOP TRACKING.",
			{Opens: true, Clicks: true}: "As you agreed, we record when and how often this message is opened and its links are clicked. To end that, reply STOP TRACKING.",
		},
		units: map[string][3]string{"day": {"day", "days", "days"}, "month": {"month", "months", "months"}, "year": {"year", "years", "years"}},
	}
}

func polish() wording {
	return wording{
		language: "pl", date: "02.01.2006", public: "źródło publiczne", private: "źródło niepubliczne",
		source: "Pani/Pana adres służbowy pochodzi z następującego źródła: %s (%s, %s).",
		reason: "Piszę z tego powodu: %s.",
		keeps:  "%s, %s, przetwarza Pani/Pana imię i nazwisko, stanowisko, firmę i adres e-mail, %s.",
		purpose: map[Basis]string{
			BasisInterest: "aby przedstawić ofertę: %s (podstawa prawna: prawnie uzasadniony interes)",
			BasisConsent:  "aby pisać na temat: %s (podstawa prawna: Pani/Pana zgoda)",
			BasisSoft:     "aby pisać na temat: %s (podstawa prawna: korzysta Pani/Pan z naszych usług)",
			BasisReply:    "aby odpowiedzieć (podstawa prawna: Pani/Pana wiadomość)",
		},
		basis: map[Basis]string{
			BasisInterest: "prawnie uzasadniony interes", BasisConsent: "podstawa prawna: Pani/Pana zgoda",
			BasisSoft: "korzysta Pani/Pan z naszych usług", BasisReply: "podstawa prawna: Pani/Pana wiadomość",
		},
		goOn:      "Po odpowiedzi przechowujemy także naszą korespondencję.",
		retention: "Okres przechowywania bez odpowiedzi: %s, potem wszystko usuwamy.",
		rights:    "Przysługuje Pani/Panu kopia danych, ich sprostowanie i usunięcie oraz skarga do organu nadzorczego (w Polsce: PUODO): wystarczy odpowiedzieć na tę wiadomość albo napisać na %s.",
		agree:     "Jeśli chce Pani/Pan dostawać dalsze wiadomości, proszę odpowiedzieć słowami „Zgadzam się na dalsze wiadomości od %s”.",
		policy:    "Polityka prywatności: %s",
		label: map[Label]string{
			LabelCommercial:  "To jest informacja handlowa (%s).",
			LabelUnsolicited: "To jest niezamówiona informacja handlowa (%s).",
		},
		objection: "W każdej chwili może Pani/Pan wnieść sprzeciw: wystarczy odpowiedzieć STOP. Nie napiszemy więcej.",
		tracking: map[Tracking]string{
			{}:                          "Ta wiadomość nie zawiera śledzenia.",
			{Opens: true}:               "Zgodnie z Pani/Pana zgodą zapisujemy, kiedy i ile razy ta wiadomość jest otwierana. Aby to zakończyć, wystarczy odpowiedzieć STOP ŚLEDZENIE.",
			{Clicks: true}:              "Zgodnie z Pani/Pana zgodą zapisujemy, kiedy i ile razy są klikane linki w tej wiadomości. Aby to zakończyć, wystarczy odpowiedzieć STOP ŚLEDZENIE.",
			{Opens: true, Clicks: true}: "Zgodnie z Pani/Pana zgodą zapisujemy, kiedy i ile razy ta wiadomość jest otwierana i są klikane jej linki. Aby to zakończyć, wystarczy odpowiedzieć STOP ŚLEDZENIE.",
		},
		units: map[string][3]string{"day": {"dzień", "dni", "dni"}, "month": {"miesiąc", "miesiące", "miesięcy"}, "year": {"rok", "lata", "lat"}},
	}
}

func german() wording {
	return wording{
		language: "de", date: "02.01.2006", public: "öffentliche Quelle", private: "nicht öffentliche Quelle",
		source: "Ihre geschäftliche Adresse stammt aus dieser Quelle: %s (%s, %s).",
		reason: "Ich schreibe aus diesem Grund: %s.",
		keeps:  "%s, %s, verarbeitet Ihren Namen, Ihre Funktion, Firma und E-Mail-Adresse, %s.",
		purpose: map[Basis]string{
			BasisInterest: "um Folgendes vorzustellen: %s (Rechtsgrundlage: berechtigtes Interesse)",
			BasisConsent:  "um Ihnen darüber zu schreiben: %s (Rechtsgrundlage: Ihre Einwilligung)",
			BasisSoft:     "um Ihnen darüber zu schreiben: %s (Rechtsgrundlage: Sie sind unser Kunde)",
			BasisReply:    "um Ihnen zu antworten (Rechtsgrundlage: Ihre Nachricht)",
		},
		basis: map[Basis]string{
			BasisInterest: "berechtigtes Interesse", BasisConsent: "Rechtsgrundlage: Ihre Einwilligung",
			BasisSoft: "Sie sind unser Kunde", BasisReply: "Rechtsgrundlage: Ihre Nachricht",
		},
		goOn:      "Wenn Sie antworten, speichern wir auch unseren Schriftwechsel.",
		retention: "Speicherdauer ohne Antwort: %s, danach wird alles gelöscht.",
		rights:    "Sie können eine Kopie Ihrer Daten, deren Berichtigung und Löschung verlangen und sich bei der Aufsichtsbehörde beschweren: Antworten Sie auf diese Nachricht oder schreiben Sie an %s.",
		agree:     "Wenn Sie weitere E-Mails wünschen, antworten Sie mit den Worten „Ich bin mit weiteren E-Mails von %s einverstanden“.",
		policy:    "Datenschutzerklärung: %s",
		label: map[Label]string{
			LabelCommercial:  "Dies ist eine kommerzielle Mitteilung (%s).",
			LabelUnsolicited: "Dies ist eine unverlangte kommerzielle Mitteilung (%s).",
		},
		objection: "Sie können jederzeit widersprechen: Antworten Sie einfach mit STOP. Wir schreiben Ihnen dann nicht mehr.",
		tracking: map[Tracking]string{
			{}:                          "Diese Nachricht enthält kein Tracking.",
			{Opens: true}:               "Wie von Ihnen erlaubt, halten wir fest, wann und wie oft diese Nachricht geöffnet wird. Zum Beenden antworten Sie mit STOP TRACKING.",
			{Clicks: true}:              "Wie von Ihnen erlaubt, halten wir fest, wann und wie oft die Links dieser Nachricht angeklickt werden. Zum Beenden antworten Sie mit STOP TRACKING.",
			{Opens: true, Clicks: true}: "Wie von Ihnen erlaubt, halten wir fest, wann und wie oft diese Nachricht geöffnet und ihre Links angeklickt werden. Zum Beenden antworten Sie mit STOP TRACKING.",
		},
		units: map[string][3]string{"day": {"Tag", "Tage", "Tage"}, "month": {"Monat", "Monate", "Monate"}, "year": {"Jahr", "Jahre", "Jahre"}},
	}
}
