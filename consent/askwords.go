package consent

import (
	"regexp"
	"slices"
	"strings"
)

// asking is how one language asks. Each purpose has a sentence of its own, so
// that one yes is never two (Art. 7(4), rec. 43); every sentence names who asks
// and what for (rec. 42).
type asking struct {
	language string
	sentence map[Purpose]string // %s company
	lead     map[Purpose]string // what would be done, %s company
	how      string             // %s sentence, %s code
	end      map[Purpose]string // how to take it back
}

func askings() []asking { return []asking{askEnglish(), askPolish(), askGerman()} }

func askEnglish() asking {
	const tracking = "You can end it at any time: reply STOP TRACKING."
	return asking{
		language: "en",
		sentence: map[Purpose]string{
			MarketingEmail: "I agree to further e-mails from %s",
			TrackOpen:      "I agree that %s records when I open its e-mails",
			TrackClick:     "I agree that %s records when I click links in its e-mails",
			TrackDevice:    "I agree that %s records the country and mail program in which I open its e-mails",
		},
		lead: map[Purpose]string{
			MarketingEmail: "May %s write to you again about its offer?",
			TrackOpen:      "May %s record whether, when and how often you open its e-mails?",
			TrackClick:     "May %s record whether, when and how often you click links in its e-mails?",
			TrackDevice:    "May %s record in which country and with which kind of mail program you open its e-mails?",
		},
		how: "If you agree, reply with this sentence: \"%s\", or with this code: %s. Nothing happens if you do not.",
		end: map[Purpose]string{MarketingEmail: "You can end it at any time: reply STOP.", TrackOpen: tracking, TrackClick: tracking, TrackDevice: tracking},
	}
}

func askPolish() asking {
	const tracking = "W każdej chwili można to zakończyć: wystarczy odpowiedzieć STOP ŚLEDZENIE."
	return asking{
		language: "pl",
		sentence: map[Purpose]string{
			MarketingEmail: "Zgadzam się na dalsze wiadomości od %s",
			TrackOpen:      "Zgadzam się, aby firma %s zapisywała, kiedy otwieram jej wiadomości",
			TrackClick:     "Zgadzam się, aby firma %s zapisywała, kiedy klikam linki w jej wiadomościach",
			TrackDevice:    "Zgadzam się, aby firma %s zapisywała kraj i program, w którym otwieram jej wiadomości",
		},
		lead: map[Purpose]string{
			MarketingEmail: "Czy firma %s może napisać ponownie w sprawie swojej oferty?",
			TrackOpen:      "Czy firma %s może zapisywać, czy, kiedy i ile razy otwierane są jej wiadomości?",
			TrackClick:     "Czy firma %s może zapisywać, czy, kiedy i ile razy klikane są linki w jej wiadomościach?",
			TrackDevice:    "Czy firma %s może zapisywać, w jakim kraju i w jakim rodzaju programu otwierane są jej wiadomości?",
		},
		how: "Jeśli tak, wystarczy odpowiedzieć tym zdaniem: „%s” albo tym kodem: %s. Bez odpowiedzi nic się nie stanie.",
		end: map[Purpose]string{MarketingEmail: "W każdej chwili można to zakończyć: wystarczy odpowiedzieć STOP.", TrackOpen: tracking, TrackClick: tracking, TrackDevice: tracking},
	}
}

func askGerman() asking {
	const tracking = "Sie können das jederzeit beenden: Antworten Sie mit STOP TRACKING."
	return asking{
		language: "de",
		sentence: map[Purpose]string{
			MarketingEmail: "Ich bin mit weiteren E-Mails von %s einverstanden",
			TrackOpen:      "Ich bin einverstanden, dass %s festhält, wann ich ihre E-Mails öffne",
			TrackClick:     "Ich bin einverstanden, dass %s festhält, wann ich Links in ihren E-Mails anklicke",
			TrackDevice:    "Ich bin einverstanden, dass %s festhält, in welchem Land und Programm ich ihre E-Mails öffne",
		},
		lead: map[Purpose]string{
			MarketingEmail: "Darf %s Ihnen wieder zu ihrem Angebot schreiben?",
			TrackOpen:      "Darf %s festhalten, ob, wann und wie oft Sie ihre E-Mails öffnen?",
			TrackClick:     "Darf %s festhalten, ob, wann und wie oft Sie Links in ihren E-Mails anklicken?",
			TrackDevice:    "Darf %s festhalten, in welchem Land und mit welcher Art von Mailprogramm Sie ihre E-Mails öffnen?",
		},
		how: "Wenn Sie einverstanden sind, antworten Sie mit diesem Satz: „%s“ oder mit diesem Code: %s. Sonst geschieht nichts.",
		end: map[Purpose]string{MarketingEmail: "Sie können das jederzeit beenden: Antworten Sie mit STOP.", TrackOpen: tracking, TrackClick: tracking, TrackDevice: tracking},
	}
}

// askingIn is the asking of a language, English for one that we do not speak.
func askingIn(language string) asking {
	for _, a := range askings() {
		if a.language == language {
			return a
		}
	}
	return askEnglish()
}

// OurWords are patterns of the paragraphs that we put into mails and that speak
// of stopping and agreeing, for a folded text. Where they stand in a mail of
// theirs, they are quoted, whether marked or not.
func OurWords() []string {
	var all []string
	for _, w := range everyWording() {
		all = append(all, w.objection, w.rights, w.agree)
		for _, told := range w.tracking {
			all = append(all, told)
		}
	}
	for _, a := range askings() {
		all = append(all, a.how)
		for _, p := range Purposes() {
			all = append(all, a.lead[p], a.end[p])
		}
	}
	for i, s := range all {
		words := strings.Fields(plain(strings.ReplaceAll(s, "%s", "\x00")))
		for j, w := range words {
			words[j] = strings.ReplaceAll(regexp.QuoteMeta(w), "\x00", `(?s:.{1,300}?)`)
		}
		all[i] = strings.Join(words, `\s+`)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
