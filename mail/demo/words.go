package demo

import (
	"strings"
	"time"
)

// sayings is what a person answers, one after the other. After the last they
// have said all they had to say, so that no demo writes mail for ever.
func sayings(p Person) []string {
	texts := map[Manner]map[string][]string{
		Friendly: {
			"pl": {
				"Dzień dobry,\n\ndziękuję za wiadomość. Tak, proszę przesłać, chętnie przeczytam.",
				"Dzień dobry,\n\nbrzmi rozsądnie. Proszę o ofertę, pokażę ją szefowej w czwartek.\n\nPS. Może Pani śmiało sprawdzać, czy otwieram wiadomości. Zgadzam się na to.",
				"Dziękuję, wszystko jasne. Odezwę się po rozmowie z zarządem.",
			},
			"en": {
				"Hello Marta,\n\nthanks for writing. Yes, do send it over, I am happy to read it.",
				"Hello Marta,\n\nthat sounds sensible. Please send an offer, I will show it on Thursday.\n\nPS. Feel free to see whether I open your mails. I agree to that.",
				"Thanks, all clear. I will be in touch once the board has met.",
			},
			"de": {
				"Guten Tag Frau Wiśniewska,\n\nvielen Dank für Ihre Nachricht. Ja, schicken Sie es mir gern.",
				"Guten Tag,\n\ndas klingt vernünftig. Bitte senden Sie mir ein Angebot.",
			},
		},
		Curious: {
			"pl": {
				"Dzień dobry,\n\nzanim zdecydujemy: ile trwa montaż i czy da się go zrobić w weekend?",
				"Dzień dobry,\n\na gwarancja? Poprzedni wykonawca obiecał pięć lat i zniknął po dwóch.",
			},
			"en": {
				"Hello Marta,\n\nbefore I say yes: how long does the work take, and can it be done at a weekend?",
				"Hello again,\n\nand the warranty? The last firm promised five years and was gone in two.",
			},
			"de": {
				"Guten Tag,\n\nvorab eine Frage: Wie lange dauert der Einbau, und geht das am Wochenende?",
				"Guten Tag,\n\nund die Garantie?",
			},
		},
		Stops: {
			"pl": {"STOP, proszę nie pisać."},
			"en": {"STOP. Please do not write to me again."},
			"de": {"STOP. Bitte schreiben Sie mir nicht mehr."},
		},
	}
	said := texts[p.Answers][p.Language]
	if said == nil {
		said = texts[p.Answers]["en"]
	}
	signed := make([]string, len(said))
	for i, text := range said {
		signed[i] = text + story{Person: p}.closing(false)
	}
	return signed
}

func awaySubject(language string) string {
	switch language {
	case "pl":
		return "Odpowiedź automatyczna: "
	case "de":
		return "Automatische Antwort: "
	}
	return "Automatic reply: "
}

func awayText(p Person, now time.Time) string {
	back := now.AddDate(0, 0, 9).Format("2006-01-02")
	text := "Thank you for your message. I am out of the office and back on DATE."
	switch p.Language {
	case "pl":
		text = "Dziękuję za wiadomość. Jestem na urlopie, wracam DATE. W pilnych sprawach proszę pisać na biuro@" + p.Address.Domain() + "."
	case "de":
		text = "Vielen Dank für Ihre Nachricht. Ich bin bis DATE nicht im Büro."
	}
	return strings.Replace(text, "DATE", back, 1) + "\n\n" + p.Name
}
