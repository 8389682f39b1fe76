package consent

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/mail"
)

// noticeLetter is the notice as zgoda would send it.
func noticeLetter(h History, c Controller) Letter {
	l := Letter{Person: h.Lead.ID, To: []mail.Address{h.Lead.Address}, Language: h.Lead.Language, Duty: mail.DutyNotice}
	l.Subject, l.Text = NoticeLetter(c, h.Lead, l.Language)
	return l
}

// answerLetter is the drafted answer to an open request.
func answerLetter(h History, c Controller, r Request) Letter {
	l := Letter{
		Person: h.Lead.ID, To: []mail.Address{h.Lead.Address}, Language: h.Lead.Language,
		Duty: mail.DutyAnswer, Request: r.Seq, InReplyTo: r.Message,
	}
	l.Subject, l.Text = RequestAnswer(r, h, c, l.Language)
	return l
}

// asked is somebody of whom a request is open, and its only request.
func asked(country string, right Right, events ...Event) (History, Request) {
	events = append(events, requested(int64(len(events)+1), right, ago(2)))
	h := past(country, events...)
	r, open := OpenRequest(h, h.Head)
	if !open {
		panic("the request is not open")
	}
	return h, r
}

// TestL14_NoticeGoesWhereNoOfferMay: in every country and language, in time and
// over due, the notice may go, once.
func TestL14_NoticeGoesWhereNoOfferMay(t *testing.T) {
	for _, country := range append(Countries(), Country{}) {
		for _, language := range []string{"pl", "en", "de", "", "fr"} {
			for _, days := range []int{1, 40} {
				h, c := past(country.Code), company("PL")
				h.Lead.Language, h.Lead.Since, h.Lead.ObtainedAt = language, ago(days), ago(days)
				l := noticeLetter(h, c)
				v := DecideSend(h, l, c, noon)
				if !v.Allowed() || v.Basis != BasisDuty {
					t.Errorf("%s %q after %d days: %s on %q", country.Code, language, days, failedKeys(v), v.Basis)
				}
				if !Informs(h, l, c, noon) {
					t.Errorf("%s %q: it does not inform", country.Code, language)
				}
				h.Events = append(h.Events, Event{Seq: 1, Person: ewa, Kind: KindNotice, Evidence: "sent", Message: "n@x.example", At: ago(0), Actor: "zgoda"})
				if v := DecideSend(h, noticeLetter(h, c), c, noon); v.Allowed() {
					t.Errorf("%s %q: a second one goes too", country.Code, language)
				}
			}
		}
	}
}

// TestL14_NoticeIsNothingElse: whatever is done to it, it does not go.
func TestL14_NoticeIsNothingElse(t *testing.T) {
	h, c := past("PL"), company("PL")
	whole := noticeLetter(h, c)
	wrapped := whole
	wrapped.Text = rewrap(whole.Text)
	if v := DecideSend(h, wrapped, c, noon); !v.Allowed() {
		t.Fatalf("with other line breaks: %s", failedKeys(v))
	}
	last := func(l *Letter, s string) { l.Text = strings.TrimRight(l.Text, "\n") + s }
	for name, spoil := range map[string]func(*Letter, *History){
		"one word of an offer": func(l *Letter, _ *History) { last(l, " Lamps!\n") },
		"one letter more":      func(l *Letter, _ *History) { last(l, "x\n") },
		"a paragraph more":     func(l *Letter, _ *History) { last(l, "\n\nOur lamps are the best.\n") },
		"a paragraph before":   func(l *Letter, _ *History) { l.Text = "Buy now.\n\n" + l.Text },
		"a paragraph less":     func(l *Letter, _ *History) { l.Text = l.Text[strings.Index(l.Text, "\n\n")+2:] },
		"two paragraphs in one": func(l *Letter, _ *History) {
			l.Text = strings.Replace(l.Text, "\n\nYou may object", " You may object", 1)
		},
		"quoted words":            func(l *Letter, _ *History) { last(l, "\n\n> Our lamps are the best.\n") },
		"an offer as the subject": func(l *Letter, _ *History) { l.Subject = "Lamps" },
		"another language":        func(l *Letter, _ *History) { l.Language = "de" },
		"tracking":                func(l *Letter, _ *History) { l.TrackOpens = true },
		"tracking of clicks":      func(l *Letter, _ *History) { l.TrackClicks = true },
		"a question": func(l *Letter, _ *History) {
			l.Asks = []mail.Question{{Purpose: string(MarketingEmail), Wording: "I agree"}}
		},
		"two recipients":       func(l *Letter, _ *History) { l.To = append(l.To, mail.Address{Email: "b@studio.example"}) },
		"somebody else":        func(l *Letter, _ *History) { l.To = []mail.Address{{Email: "b@studio.example"}} },
		"who objected":         func(_ *Letter, h *History) { h.Events = []Event{event(1, KindObjected, "", ago(1))} },
		"who is restricted":    func(_ *Letter, h *History) { h.Events = []Event{event(1, KindRestricted, "", ago(1))} },
		"who asked to be":      func(_ *Letter, h *History) { h.Events = []Event{requested(1, RightRestrict, ago(1))} },
		"a suppressed address": func(_ *Letter, h *History) { h.Suppressed = true },
		"a stale address":      func(_ *Letter, h *History) { h.Stale = "bounced" },
		"who is no lead":       func(_ *Letter, h *History) { h.Lead.Since = time.Time{} },
		"another duty":         func(l *Letter, _ *History) { l.Duty = "greeting" },
		"an answer to nothing": func(l *Letter, _ *History) { l.Duty = mail.DutyAnswer },
		"no source": func(l *Letter, h *History) {
			h.Lead.Source = ""
			l.Subject, l.Text = NoticeLetter(company("PL"), h.Lead, l.Language)
		},
		"an offer as the source": func(l *Letter, h *History) {
			h.Lead.Source = "the list of those who need energy-saving office lighting"
			l.Subject, l.Text = NoticeLetter(company("PL"), h.Lead, l.Language)
		},
	} {
		l, h := whole, past("PL")
		spoil(&l, &h)
		if v := DecideSend(h, l, c, noon); v.Allowed() {
			t.Errorf("%s: it goes", name)
		}
	}
	gap := company("PL")
	gap.Postal = ""
	if v := DecideSend(h, noticeLetter(h, gap), gap, noon); v.Allowed() {
		t.Error("without the postal address it goes")
	}
}

// TestL12_AnswerGoesToEverybody who asked, and nowhere else.
func TestL12_AnswerGoesToEverybody(t *testing.T) {
	c := company("PL")
	for _, right := range Rights() {
		for _, language := range []string{"pl", "en", "de", ""} {
			for name, change := range map[string]func(*History){
				"plain":      func(*History) {},
				"suppressed": func(h *History) { h.Suppressed = true },
				"no lead":    func(h *History) { h.Lead.Since, h.Lead.Source, h.Lead.ObtainedAt = time.Time{}, "", time.Time{} },
				"over due":   func(h *History) { h.Lead.Since, h.Lead.ObtainedAt = ago(60), ago(60) },
				"stop mail":  func(h *History) { h.Inbound = []Inbound{{ID: theirMail, At: ago(2), Stop: true}} },
				"by letter":  func(h *History) { h.Events[len(h.Events)-1].Message = "" },
			} {
				h, _ := asked("PL", right, event(1, KindObjected, "", ago(3)), event(2, KindRestricted, "", ago(3)))
				change(&h)
				h.Lead.Language = language
				r, _ := OpenRequest(h, h.Head)
				v := DecideSend(h, answerLetter(h, c, r), c, noon)
				if !v.Allowed() || v.Basis != BasisDuty {
					t.Errorf("%s %q %s: %s", right, language, name, failedKeys(v))
				}
			}
		}
	}
}

// TestDuty_EventsOfOthersChangeNothing: neither what is owed nor what is closed.
func TestDuty_EventsOfOthersChangeNothing(t *testing.T) {
	c := company("PL")
	rapid.Check(t, func(t *rapid.T) {
		h, r := asked("GB", RightAccess)
		notice, answer := noticeLetter(h, c), answerLetter(h, c, r)
		before := []Verdict{DecideSend(h, notice, c, noon), DecideSend(h, answer, c, noon)}
		for i := range rapid.IntRange(1, 6).Draw(t, "events") {
			e := event(int64(i+2), rapid.SampledFrom([]Kind{KindRequested, KindExtended, KindAnswered, KindRestricted, KindReleased,
				KindNotice, KindDisclosed}).Draw(t, "kind"), "", ago(rapid.IntRange(0, 5).Draw(t, "ago")))
			e.Person, e.Corrects, e.Right, e.Message = 8, r.Seq, RightRestrict, "x@y.example"
			h.Events = append(h.Events, e)
		}
		for i, l := range []Letter{notice, answer} {
			if v := DecideSend(h, l, c, noon); failedKeys(v) != failedKeys(before[i]) || v.Basis != before[i].Basis {
				t.Fatalf("%s: %s, before %s", l.Duty, failedKeys(v), failedKeys(before[i]))
			}
		}
	})
}

// TestL12_AnswerIsNoAdvertisement lists what an answer may not be.
func TestL12_AnswerIsNoAdvertisement(t *testing.T) {
	c := company("PL")
	c.Offers = map[string]string{"pl": "oświetlenie biur"}
	for name, spoil := range map[string]func(*Letter, *History){
		"the offer":                func(l *Letter, _ *History) { l.Text += "\nBy the way: Energy-Saving  Office Lighting.\n" },
		"the offer in Polish":      func(l *Letter, _ *History) { l.Text += "\nNadal: oswietlenie biur.\n" },
		"the offer as the subject": func(l *Letter, _ *History) { l.Subject = "energy-saving office lighting" },
		"a link":                   func(l *Letter, _ *History) { l.Text += "\nhttps://jasnykat.example/shop\n" },
		"a link behind the policy": func(l *Letter, _ *History) { l.Text += "\nhttps://evil.example/?" + c.PolicyURL + "\n" },
		"a question for consent": func(l *Letter, _ *History) {
			l.Text += "\nReply with the words \"I agree to further e-mails\".\n"
		},
		"asks":            func(l *Letter, _ *History) { l.Asks = []mail.Question{{Purpose: string(TrackOpen)}} },
		"tracking":        func(l *Letter, _ *History) { l.TrackOpens = true },
		"false tracking":  func(l *Letter, _ *History) { l.Text += "\nWe record when this message is opened.\n" },
		"no text":         func(l *Letter, _ *History) { l.Text = " \n" },
		"an open field":   func(l *Letter, _ *History) { l.Text += "{{name}}" },
		"an escape":       func(l *Letter, _ *History) { l.Text += "\x1b[31m" },
		"no subject":      func(l *Letter, _ *History) { l.Subject = "" },
		"another request": func(l *Letter, _ *History) { l.Request = 99 },
		"no request":      func(l *Letter, _ *History) { l.Request = 0 },
		"another mail":    func(l *Letter, _ *History) { l.InReplyTo = "other@studio.example" },
		"no mail":         func(l *Letter, _ *History) { l.InReplyTo = "" },
		"an answered one": func(_ *Letter, h *History) { h.Events = append(h.Events, answered(2, 1, ago(1))) },
		"one of somebody else": func(_ *Letter, h *History) {
			h.Events[0].Person = 8
		},
		"a second recipient": func(l *Letter, _ *History) { l.To = append(l.To, l.To[0]) },
		"another address":    func(l *Letter, _ *History) { l.To = []mail.Address{{Email: "x@y.example"}} },
		"a stale address":    func(_ *Letter, h *History) { h.Stale = "bounced" },
		"another person":     func(l *Letter, _ *History) { l.Person = 8 },
	} {
		h, r := asked("GB", RightAccess)
		l := answerLetter(h, c, r)
		if v := DecideSend(h, l, c, noon); !v.Allowed() {
			t.Fatalf("unspoilt: %s", failedKeys(v))
		}
		spoil(&l, &h)
		if v := DecideSend(h, l, c, noon); v.Allowed() {
			t.Errorf("%s: it goes", name)
		}
	}
	// Their own data may name it: the answer must be able to list what is kept.
	h, r := asked("GB", RightAccess)
	h.Lead.Reason = "You asked three firms for energy-saving office lighting in March."
	if v := DecideSend(h, answerLetter(h, c, r), c, noon); !v.Allowed() {
		t.Errorf("their own data: %s", failedKeys(v))
	}
}

// TestL12_NoAnswerWithoutARequest: whatever else happened, a mail that says it is
// an answer goes only to an open request of that person.
func TestL12_NoAnswerWithoutARequest(t *testing.T) {
	c := company("PL")
	rapid.Check(t, func(t *rapid.T) {
		var events []Event
		for i := range rapid.IntRange(0, 8).Draw(t, "events") {
			e := requested(int64(i+1), rapid.SampledFrom(Rights()).Draw(t, "right"), ago(rapid.IntRange(0, 60).Draw(t, "ago")))
			e.Kind = rapid.SampledFrom([]Kind{KindRequested, KindAnswered, KindExtended, KindGranted, KindObjected, KindNotice, KindCorrected, KindRestricted}).Draw(t, "kind")
			e.Person = mail.PersonID(rapid.SampledFrom([]int64{7, 7, 8}).Draw(t, "person"))
			e.Corrects = int64(rapid.IntRange(0, 8).Draw(t, "corrects"))
			e.Purpose, e.Message = MarketingEmail, mail.MessageID(rapid.SampledFrom([]string{"", "a@b.example"}).Draw(t, "message"))
			events = append(events, e)
		}
		h := past("GB", events...)
		seq := int64(rapid.IntRange(-1, 9).Draw(t, "answers"))
		r, open := OpenRequest(h, seq)
		r.Seq = seq
		l := answerLetter(h, c, r)
		l.Subject, l.Text = "Your request", "This is the answer."
		if v := DecideSend(h, l, c, noon); v.Allowed() != open {
			t.Fatalf("open %t, allowed %t (%s)", open, v.Allowed(), failedKeys(v))
		}
		if open {
			found := false
			for _, e := range events {
				found = found || e.Seq == seq && e.Kind == KindRequested && e.Person == ewa
			}
			if !found {
				t.Fatal("a request was made out of nothing")
			}
		}
	})
}

// FuzzDuty: no text gets a notice through that is not the computed one, and no
// answer that names the offer or carries a control character.
func FuzzDuty(f *testing.F) {
	c := company("PL")
	h, r := asked("PL", RightAccess)
	notice, answer := noticeLetter(h, c), answerLetter(h, c, r)
	f.Add(notice.Subject, notice.Text, true)
	f.Add(answer.Subject, answer.Text, false)
	f.Add("x", "energy-saving\u200b office\nlighting", false)
	f.Fuzz(func(t *testing.T, subject, text string, isNotice bool) {
		l := answer
		if isNotice {
			l = notice
		}
		l.Subject, l.Text = subject, text
		v := DecideSend(h, l, c, noon)
		if !v.Allowed() {
			return
		}
		if isNotice && (subject != notice.Subject || strings.Join(strings.Fields(text), " ") != strings.Join(strings.Fields(notice.Text), " ")) {
			t.Fatalf("a changed notice goes: %q", text)
		}
		if strings.ContainsAny(text, "\x00\x1b\u202e") || strings.Contains(plain(subject), "energy-saving office lighting") ||
			strings.Contains(readBody(text).all, "energy-saving office lighting") {
			t.Fatalf("it goes: %q", text)
		}
	})
}
