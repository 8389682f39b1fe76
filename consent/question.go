package consent

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"zgoda/mail"
)

// questionVersion names the sentences of this file. A new sentence is a new version.
const questionVersion = "question 1"

// dutyVersion names the sentence of consent that each first mail shows (S22).
const dutyVersion = "duty 1"

// AskAgainAfter is how long nobody is asked again after a refusal or a
// withdrawal (CNIL recommendation 2026-042).
const AskAgainAfter = 6 // months

// mostAsks is one question and one reminder for each purpose (C3).
const mostAsks = 2

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

// errNoController keeps a question from naming nobody (rec. 42).
var errNoController = errors.New("the company's name is missing, and a consent names who asks")

// Ask writes the questions for purposes, each a paragraph of its own, in "pl",
// "en" or "de" and in English for every other language. random gives the
// one-time codes; pass crypto/rand.Reader. Whether they may be asked is for
// [MayAsk] to say.
func Ask(controller Controller, purposes []Purpose, language string, random io.Reader) (questions []mail.Question, paragraphs []string, err error) {
	if blank(controller.Name) {
		return nil, nil, errNoController
	}
	a, name := askingIn(language), strings.TrimSpace(controller.Name)
	for _, p := range purposes {
		if _, err := ParsePurpose(string(p)); err != nil {
			return nil, nil, err
		}
		code, err := newCode(p, random)
		if err != nil {
			return nil, nil, err
		}
		q := mail.Question{Purpose: string(p), Wording: fmt.Sprintf(a.sentence[p], name), Code: code, Version: questionVersion + "/" + a.language}
		questions = append(questions, q)
		paragraphs = append(paragraphs, strings.Join([]string{
			fmt.Sprintf(a.lead[p], name), fmt.Sprintf(a.how, q.Wording, q.Code), a.end[p],
		}, " "))
	}
	return questions, paragraphs, nil
}

// codeLetters are Crockford's: none of them is taken for another.
const codeLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// newCode is 30 random bits and the purpose's letter, such as "M-7K3P-Q2". One
// without a digit could be a word, and is not used.
func newCode(p Purpose, random io.Reader) (string, error) {
	bytes := make([]byte, 6)
	for range mostTries {
		if _, err := io.ReadFull(random, bytes); err != nil {
			return "", fmt.Errorf("make a one-time code: %w", err)
		}
		for i, b := range bytes {
			bytes[i] = codeLetters[b%32]
		}
		if code := string(bytes); strings.ContainsAny(code, digits) {
			return p.Letter() + "-" + code[:4] + "-" + code[4:], nil
		}
	}
	return "", errNotRandom
}

const (
	digits = "0123456789"
	// mostTries fails once in 10^20 times with a source that is random.
	mostTries = 200
)

var errNotRandom = errors.New("make a one-time code: the source is not random")

// codePattern finds what may be a code in folded text, with or without its dashes.
var codePattern = regexp.MustCompile(`\b([mocd])[ -]?([0-9a-z]{4})[ -]?([0-9a-z]{2})\b`)

// codesIn is every code that a folded text may hold, folded.
func codesIn(own string) []string {
	var codes []string
	for _, m := range codePattern.FindAllStringSubmatch(strings.NewReplacer("–", "-", "—", "-", "‑", "-").Replace(own), -1) {
		codes = append(codes, m[1]+misread.Replace(m[2]+m[3]))
	}
	return codes
}

// misread takes letters that a person may write for a digit back to it.
var misread = strings.NewReplacer("o", "0", "i", "1", "l", "1")

func foldCode(code string) string {
	code = plain(strings.ReplaceAll(code, "-", ""))
	if code == "" {
		return ""
	}
	return code[:1] + misread.Replace(code[1:])
}

// agreeWords are what every sentence of consent begins with, folded.
var agreeWords = []string{"i agree", "zgadzam sie", "einverstanden"}

// MayBeAnswer reports, quickly, whether a text may answer a question by mail:
// only of such a mail the raw bytes are worth keeping for a moment.
func MayBeAnswer(text string) bool {
	folded := plain(text)
	if holds(folded, agreeWords...) {
		return true
	}
	for _, code := range codePattern.FindAllString(folded, -1) {
		if strings.ContainsAny(code, digits) || strings.Count(code, "-") == 2 {
			return true
		}
	}
	return false
}

// MayAsk answers whether a mail that rests on basis may ask the person for
// purpose now.
func MayAsk(history History, controller Controller, basis Basis, purpose Purpose, now time.Time) Check {
	a := ask{"C3", "asks", "May be asked", "GDPR Art. 7; ePrivacy Art. 13(1)"}
	f := fold(history, now)
	if _, err := ParsePurpose(string(purpose)); err != nil {
		return a.no("It is not known what would be asked for.", "Ask for one of the four purposes.", FixNone)
	}
	switch state := f.states[purpose]; {
	case f.objected || history.Suppressed:
		return a.no("They want no mail, so nothing may be asked of them.", "None. Leave them in peace.", FixNone)
	case state == Granted:
		return a.no(fmt.Sprintf("They have already agreed to %s.", purpose.Title()), "Ask nothing; the consent is on file.", FixText)
	}
	if until := askAgain(history, purpose, now); now.Before(until) {
		return a.no(fmt.Sprintf("They said no to %s less than six months ago.", purpose.Title()),
			fmt.Sprintf("Do not ask before %s.", day(until)), FixText)
	}
	if asksSince(history, purpose) >= mostAsks {
		return a.no(fmt.Sprintf("They were asked about %s twice and have not answered.", purpose.Title()),
			"Ask no more; only they can raise it now.", FixText)
	}
	if basis == BasisInterest || basis == BasisNone {
		if cold := coldRuling(history.Lead, controller, Event{}, now); cold.Rule == RuleNo {
			return a.no("A cold mail may not ask for consent there: the question itself is a commercial message.",
				"Ask in an answer to a mail of theirs.", FixText)
		}
	}
	return a.yes(fmt.Sprintf("They may be asked about %s.", purpose.Title()))
}

// askAgain is when a purpose may be asked about again after the last no; zero
// when there was none.
func askAgain(history History, purpose Purpose, now time.Time) time.Time {
	in := folding{history: history, now: now}
	var last time.Time
	for _, e := range history.Events {
		if in.no(e, purpose) {
			last = later(last, happened(e, now))
		}
	}
	if last.IsZero() {
		return last
	}
	return last.AddDate(0, AskAgainAfter, 0)
}

// asksSince counts the questions about a purpose that were never answered. The
// sentence that the law puts into each first mail is no question of ours (S22).
func asksSince(history History, purpose Purpose) int {
	n := 0
	in := folding{history: history}
	for _, e := range history.Events {
		switch {
		case e.Kind == KindAsked && e.Purpose == purpose && e.Code != "":
			n++
		case e.Kind == KindGranted && e.Purpose == purpose, in.no(e, purpose):
			n = 0
		}
	}
	return n
}

// asks looks at the questions of a letter. A letter without any has no such check.
func (s sending) asks() []Check {
	if len(s.letter.Asks) == 0 {
		return nil
	}
	a := ask{"L7.2", "asks", "Questions of consent", "GDPR Art. 7(2), rec. 42"}
	if s.letter.TrackOpens || s.letter.TrackClicks {
		return []Check{a.no("A mail that asks for consent may not itself be tracked.", "Switch tracking off in this mail.", FixTracking)}
	}
	seen := map[string]bool{}
	for _, q := range s.letter.Asks {
		if seen[q.Purpose] {
			return []Check{a.no("The mail asks for one consent twice.", "Take one of the two questions out.", FixText)}
		}
		seen[q.Purpose] = true
		if may := MayAsk(s.history, s.controller, s.ground.basis, Purpose(q.Purpose), s.now); !may.OK {
			return []Check{may}
		}
		if why := s.badQuestion(q); why != "" {
			return []Check{a.no(why, "Take the question out and put it in again.", FixText)}
		}
	}
	return []Check{a.yes("Each consent is asked for alone, with its own sentence and code.")}
}

// badQuestion is what is wrong with a question, "" when nothing is. Its sentence
// must be ours, for it names the company and the purpose, and it must be shown.
func (s sending) badQuestion(q mail.Question) string {
	ours := slices.ContainsFunc(askings(), func(a asking) bool {
		return q.Wording == fmt.Sprintf(a.sentence[Purpose(q.Purpose)], strings.TrimSpace(s.controller.Name)) && q.Version == questionVersion+"/"+a.language
	})
	used := slices.ContainsFunc(s.history.Events, func(e Event) bool {
		return e.Kind == KindAsked && e.Code == q.Code && (e.Message != s.letter.MessageID || e.Message == "")
	})
	switch {
	case blank(s.controller.Name) || !ours:
		return "A question does not name the company and the purpose in its own sentence."
	case !s.body.has(phrase(q.Wording)):
		return "The sentence to be sent back does not stand in the mail."
	case codePattern.FindString(plain(q.Code)) != plain(q.Code) || !s.body.has(q.Code):
		return "The code to be sent back does not stand in the mail."
	case used:
		return "The code of a question was used before."
	}
	return ""
}

// AskedBy is the entries that a letter makes once it was sent: one for each
// question, and one for the sentence of consent that a first mail shows (S22).
// Message and time are for the sender to fill in.
func AskedBy(history History, letter Letter, controller Controller, now time.Time) []Event {
	var events []Event
	add := func(q mail.Question, language string) {
		events = append(events, Event{
			Person: letter.Person, Kind: KindAsked, Purpose: Purpose(q.Purpose), Method: BySending, Wording: q.Wording, Language: language,
			Version: q.Version, Code: q.Code, Evidence: "asked by the mail", Actor: zgodaActs,
		})
	}
	marketing := false
	for _, q := range letter.Asks {
		marketing = marketing || q.Purpose == string(MarketingEmail)
		_, language, _ := strings.Cut(q.Version, "/")
		add(q, language)
	}
	if marketing || fold(history, now).states[MarketingEmail] == Granted || blank(controller.Name) {
		return events
	}
	b := readBody(letter.Text)
	for _, w := range everyWording() {
		if b.has(fmt.Sprintf(w.agree, strings.TrimSpace(controller.Name))) {
			wording := fmt.Sprintf(askingIn(w.language).sentence[MarketingEmail], strings.TrimSpace(controller.Name))
			add(mail.Question{Purpose: string(MarketingEmail), Wording: wording, Version: dutyVersion + "/" + w.language}, w.language)
		}
	}
	return events
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
			words[j] = strings.ReplaceAll(regexp.QuoteMeta(w), "\x00", `[^\n]{1,300}?`)
		}
		all[i] = strings.Join(words, `\s+`)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
