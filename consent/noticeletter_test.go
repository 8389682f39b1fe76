package consent

import (
	"fmt"
	"strings"
	"testing"

	"zgoda/mail"
)

// TestS9_AnswersGolden is every drafted mail of duty, to be read by a person.
func TestS9_AnswersGolden(t *testing.T) {
	var b strings.Builder
	agreed := event(5, KindGranted, MarketingEmail, ago(90))
	tracked := event(1, KindGranted, TrackOpen, ago(90))
	ended := event(2, KindGranted, TrackClick, ago(90))
	stopped := event(3, KindWithdrawn, TrackClick, ago(30))
	given := event(4, KindDisclosed, "", ago(20))
	given.Evidence = "Dobra Instalacja sp. z o.o., to fit the lamps"
	for _, language := range []string{"pl", "en", "de"} {
		h, c := past("PL"), company("PL")
		subject, text := NoticeLetter(c, h.Lead, language)
		fmt.Fprintf(&b, "== %s: notice\n%s\n\n%s\n", language, subject, text)
		for _, right := range Rights() {
			h, r := asked("PL", right)
			subject, text := RequestAnswer(r, h, c, language)
			fmt.Fprintf(&b, "== %s: %s\n%s\n\n%s\n", language, right, subject, text)
		}
		_, r0 := asked("PL", RightAccess)
		subject, text = ExtensionLetter(r0, "three archives must be searched by hand", c, language)
		fmt.Fprintf(&b, "== %s: put off\n%s\n\n%s\n", language, subject, text)
		h, r := asked("PL", RightWhoTracks, tracked, ended, stopped, given, agreed)
		_, text = RequestAnswer(r, h, c, language)
		fmt.Fprintf(&b, "== %s: tracked\n%s\n", language, text)
		_, text = AccessAnswer(h, c, language)
		fmt.Fprintf(&b, "== %s: access of one who is tracked\n%s\n", language, text)
	}
	golden(t, "duty.golden", b.String())
}

// TestS9_AnswerToWhoIsTracked: it tells of the tracking, and carries none itself.
func TestS9_AnswerToWhoIsTracked(t *testing.T) {
	c := company("PL")
	for _, language := range []string{"pl", "en", "de", ""} {
		h, r := asked("PL", RightWhoTracks, event(1, KindGranted, MarketingEmail, ago(9)), event(2, KindGranted, TrackOpen, ago(9)),
			event(3, KindGranted, TrackClick, ago(9)), event(4, KindGranted, TrackDevice, ago(9)))
		h.Lead.Language = language
		l := answerLetter(h, c, r)
		if v := DecideSend(h, l, c, noon); !v.Allowed() {
			t.Errorf("%q: %s", language, failedKeys(v))
		}
		for _, w := range wordings(language) {
			if strings.Contains(l.Text, dutyWordsOf(w).tracks[""]) {
				t.Errorf("%q: it says that nobody tracks them", language)
			}
		}
		if l.TrackOpens = true; DecideSend(h, l, c, noon).Allowed() {
			t.Errorf("%q: the answer itself is tracked", language)
		}
	}
}

// TestD2_ExtensionByMail: once, in the first month, with a reason, and nothing else in it.
func TestD2_ExtensionByMail(t *testing.T) {
	const why = "three archives of our old office must be searched by hand"
	c := company("PL")
	letter := func(h History, r Request, reason string) Letter {
		l := answerLetter(h, c, r)
		l.Duty = mail.DutyExtend
		l.Subject, l.Text = ExtensionLetter(r, reason, c, l.Language)
		return l
	}
	for _, language := range []string{"pl", "en", "de", ""} {
		h, r := asked("DE", RightAccess, event(1, KindObjected, "", ago(3)))
		h.Lead.Language = language
		l := letter(h, r, why)
		if v := DecideSend(h, l, c, noon); !v.Allowed() || v.Basis != BasisDuty {
			t.Errorf("%q: %s", language, failedKeys(v))
		}
		if ReasonTold(l.Text) != why || ReasonTold(rewrap(l.Text)) != why {
			t.Errorf("%q: the reason is %q", language, ReasonTold(l.Text))
		}
	}
	h, r := asked("GB", RightAccess)
	late, again := r, h
	late.Received = ago(35)
	lateHistory := past("GB", requested(1, RightAccess, ago(35)))
	again.Events = append(again.Events, extended(2, 1, ago(1)))
	offer := letter(h, r, why)
	offer.Text += "\nOur energy-saving office lighting waits for you.\n"
	quoted := letter(h, r, "")
	quoted.Text += "\n> The reason: " + why + "\n"
	for name, v := range map[string]Verdict{
		"no reason":         DecideSend(h, letter(h, r, ""), c, noon),
		"hardly a reason":   DecideSend(h, letter(h, r, "busy"), c, noon),
		"a quoted reason":   DecideSend(h, quoted, c, noon),
		"after month one":   DecideSend(lateHistory, letter(lateHistory, late, why), c, noon),
		"a second time":     DecideSend(again, letter(again, r, why), c, noon),
		"with the offer":    DecideSend(h, offer, c, noon),
		"without a request": DecideSend(past("GB"), letter(h, r, why), c, noon),
	} {
		if v.Allowed() {
			t.Errorf("%s: it goes", name)
		}
	}
}

// TestN5_TheLedgerKeepsWhatWasTold: the notice and not the rest of the mail, nor what is quoted in it.
func TestN5_TheLedgerKeepsWhatWasTold(t *testing.T) {
	h, c := past("US"), company("PL")
	notice := noticeLetter(h, c)
	if told, version := NoticeTold(notice, c); told+"\n" != notice.Text || version != "notice 1/en" {
		t.Errorf("of the notice alone: %q, %s", told, version)
	}
	cold := letterFor(h, c, BasisInterest, Tracking{})
	cold.Text += "\n\n> " + c.PolicyURL
	d := DutiesOn(BasisInterest, c, h.Lead, "en", Tracking{})
	if told, _ := NoticeTold(cold, c); told != strings.Join([]string{d.Notice, d.Objection, d.Tracking}, "\n\n") {
		t.Errorf("of a first mail: %q", told)
	}
}
