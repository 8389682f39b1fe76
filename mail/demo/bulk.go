package demo

import (
	"fmt"
	"iter"
	"time"

	"zgoda/mail"
)

// Raw is one mail of [Bulk].
type Raw struct {
	Bytes []byte
	At    time.Time
	With  mail.Address // the person it was exchanged with
	Out   bool         // written by the rep
}

// BulkEnd is when the last mail of [Bulk] was written.
func BulkEnd() time.Time { return time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC) }

// perPerson is about how many mails one person of Bulk has.
const perPerson = 10

// Bulk is n mails, oldest first and always the same: a mailbox of any size for
// benchmarks. Each of n/10 people with Polish names talks with the rep in
// threads of four, about one mail in three written by the rep.
func Bulk(n int) iter.Seq[Raw] {
	return func(yield func(Raw) bool) {
		people := max(1, n/perPerson)
		start := BulkEnd().Add(-time.Duration(n) * 7 * time.Minute)
		for i := range n {
			raw, err := bulkMail(i, people, start.Add(time.Duration(i+1)*7*time.Minute))
			if err != nil || !yield(raw) {
				return // every text is UTF-8, so there is no error to give
			}
		}
	}
}

// bulkMail is mail number i of the whole: round number i/people of person i%people.
func bulkMail(i, people int, at time.Time) (Raw, error) {
	p, round := i%people, i/people
	with, firm := bulkPerson(p)
	out := round%3 == 1
	s := sheet{from: with, to: rep(), at: at, id: bulkID(p, round, with), subject: bulkSubject(p, round)}
	if out {
		s.from, s.to = rep(), with
	}
	for r := round - round%4; r < round; r++ {
		s.refs = append(s.refs, bulkID(p, r, with))
	}
	if len(s.refs) > 0 {
		s.parent = s.refs[len(s.refs)-1]
		s.subject = "Re: " + s.subject
	}
	s.text = fmt.Sprintf("Dzień dobry,\n\n%s %s\n\nPozdrawiam\n%s\n%s\n",
		bulkLines[(p+round)%len(bulkLines)], bulkLines[(p*7+round*3)%len(bulkLines)], s.from.Name, firm)
	raw, err := build(s)
	return Raw{Bytes: raw, At: at, With: with, Out: out}, err
}

func bulkID(person, round int, with mail.Address) mail.MessageID {
	return mail.MessageID(fmt.Sprintf("bulk.%d.%d@%s", person, round, with.Domain()))
}

func bulkPerson(p int) (mail.Address, string) {
	first, last := bulkFirst[p%len(bulkFirst)], bulkLast[p/len(bulkFirst)%len(bulkLast)]
	firm := bulkFirms[p%len(bulkFirms)]
	host := fmt.Sprintf("firma%d.example", p)
	return mail.Address{Name: first + " " + last, Email: fmt.Sprintf("osoba%d@%s", p, host)}, fmt.Sprintf("%s %d sp. z o.o.", firm, p)
}

func bulkSubject(person, round int) string {
	return fmt.Sprintf("%s, sprawa %d", bulkTopics[(person+round/4)%len(bulkTopics)], person*10+round/4)
}

var bulkFirst = [...]string{
	"Łukasz", "Żaneta", "Grzegorz", "Małgorzata", "Świętosława", "Paweł", "Agnieszka", "Bożena", "Michał", "Zofia",
	"Krzysztof", "Elżbieta", "Wojciech", "Jadwiga", "Rafał", "Ścibor", "Katarzyna", "Jędrzej", "Halina", "Oskar",
}

var bulkLast = [...]string{
	"Wójcik", "Żółć", "Szczęsny", "Brzęczyszczykiewicz", "Łęcka", "Dąbrowska", "Kozłowski", "Źrebiec", "Ćwiklińska", "Gołąb",
	"Śliwiński", "Pająk", "Mączyńska", "Król", "Jabłoński", "Zając", "Nowak-Jeziorańska", "Piątek", "Świątek", "Sroka",
}

var bulkFirms = [...]string{"Drukarnia Ćma", "Biuro Rachunkowe Saldo", "Piekarnia Świt", "Hurtownia Żuraw", "Pracownia Łuk", "Klinika Jaś", "Szkoła Iskra"}

var bulkTopics = [...]string{"Oświetlenie open space", "Wymiana świetlówek", "Audyt energetyczny", "Oferta na halę", "Termin montażu", "Faktura za projekt", "Próbki opraw"}

var bulkLines = [...]string{
	"Chcemy wymienić oświetlenie na trzecim piętrze, bo obecne świetlówki migoczą.",
	"Proszę o informację, ile potrwa montaż i czy można pracować po godzinach.",
	"Rachunek za prąd wzrósł w tym roku o jedną czwartą, więc temat wraca na zarząd.",
	"W załączeniu nie ma jeszcze rzutu piętra, doślę go jutro rano.",
	"Najbardziej zależy nam na cichych zasilaczach i ciepłej barwie w strefie odpoczynku.",
	"Poprzedni wykonawca nie odbierał telefonu, stąd pytanie o serwis i gwarancję.",
	"Czy pomiar natężenia światła jest wliczony w cenę?",
	"Dziękuję za rozmowę, wszystko się zgadza.",
	"Termin w przyszłym tygodniu nam odpowiada, najlepiej we wtorek przed południem.",
	"Zażółć gęślą jaźń: to zdanie sprawdza, czy polskie litery dochodzą całe.",
}
