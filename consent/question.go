package consent

import (
	"errors"
	"fmt"
	"io"
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
