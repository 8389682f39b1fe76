package consent

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"zgoda/mail"
)

// TestL7_4_EachPurposeIsAskedAlone: a sentence and a code of its own, the company
// and the purpose named, and how to take it back beside it (rec. 42; L7.2, L7.3).
func TestL7_4_EachPurposeIsAskedAlone(t *testing.T) {
	c := company("PL")
	for _, language := range []string{"pl", "en", "de", "fr", ""} {
		questions, paragraphs, err := Ask(c, Purposes(), language, rand.Reader)
		if err != nil || len(questions) != len(Purposes()) || len(paragraphs) != len(questions) {
			t.Fatalf("%s: %d questions, %d paragraphs, %v", language, len(questions), len(paragraphs), err)
		}
		sentences, codes := map[string]bool{}, map[string]bool{}
		for i, q := range questions {
			p := paragraphs[i]
			sentences[q.Wording], codes[q.Code] = true, true
			if Purpose(q.Purpose) != Purposes()[i] || !strings.Contains(q.Wording, c.Name) || !strings.HasPrefix(q.Code, Purpose(q.Purpose).Letter()+"-") {
				t.Errorf("%s: %+v", language, q)
			}
			if !strings.Contains(p, q.Wording) || !strings.Contains(p, q.Code) || !strings.Contains(p, "STOP") || strings.Contains(p, "\n") {
				t.Errorf("%s: %q does not show sentence, code and way out", language, p)
			}
			if Purpose(q.Purpose).Tracking() != strings.Contains(p, "STOP TRACKING") && !strings.Contains(p, "STOP ŚLEDZENIE") {
				t.Errorf("%s: %q names the wrong way out", language, p)
			}
			for j, other := range paragraphs {
				if i != j && (strings.Contains(other, q.Wording) || strings.Contains(other, q.Code)) {
					t.Errorf("%s: two purposes share a sentence", language)
				}
			}
		}
		if len(sentences) != 4 || len(codes) != 4 {
			t.Errorf("%s: %d sentences and %d codes", language, len(sentences), len(codes))
		}
	}
}

func TestL7_2_NobodyAsksWithoutAName(t *testing.T) {
	if _, _, err := Ask(Controller{}, Purposes(), "en", rand.Reader); !errors.Is(err, errNoController) {
		t.Errorf("asked for nobody: %v", err)
	}
	if _, _, err := Ask(company("PL"), []Purpose{"everything"}, "en", rand.Reader); err == nil {
		t.Error("asked for everything at once")
	}
	if _, _, err := Ask(company("PL"), Purposes(), "en", bytes.NewReader(nil)); err == nil {
		t.Error("made a code of nothing")
	}
}

// TestC3_WhoMayBeAsked is the truth table of MayAsk.
func TestC3_WhoMayBeAsked(t *testing.T) {
	ask := func(seq int64, days int) Event { e := askedAt(seq, ago(days)); return e }
	duty := ask(1, 9)
	duty.Code = ""
	suppressed := past("GB")
	suppressed.Suppressed = true
	for _, c := range []struct {
		name    string
		history History
		basis   Basis
		purpose Purpose
		want    bool
	}{
		{"in an answer", past("PL"), BasisReply, MarketingEmail, true},
		{"in a cold mail where it is allowed", past("GB"), BasisInterest, MarketingEmail, true},
		{"in a cold mail to Poland", past("PL"), BasisInterest, MarketingEmail, false},
		{"in a cold mail to Denmark", past("DK"), BasisInterest, TrackOpen, false},
		{"in a cold mail to nowhere", past(""), BasisNone, MarketingEmail, false},
		{"a customer", past("PL"), BasisSoft, TrackOpen, true},
		{"tracking of one who agreed to mail", past("PL", event(1, KindGranted, MarketingEmail, ago(9))), BasisConsent, TrackOpen, true},
		{"granted", past("PL", event(1, KindGranted, MarketingEmail, ago(9))), BasisConsent, MarketingEmail, false},
		{"refused lately", past("PL", event(1, KindRefused, MarketingEmail, ago(9))), BasisReply, MarketingEmail, false},
		{"refused six months ago", past("PL", event(1, KindRefused, MarketingEmail, ago(185))), BasisReply, MarketingEmail, true},
		{"withdrawn lately", past("PL", event(1, KindGranted, TrackOpen, ago(99)), event(2, KindWithdrawn, TrackOpen, ago(9))), BasisReply, TrackOpen, false},
		{"another purpose refused", past("PL", event(1, KindRefused, TrackOpen, ago(9))), BasisReply, TrackClick, true},
		{"marketing withdrawn, tracking asked", past("PL", event(1, KindWithdrawn, MarketingEmail, ago(9))), BasisReply, TrackOpen, false},
		{"objected", past("PL", event(1, KindObjected, "", ago(400))), BasisReply, MarketingEmail, false},
		{"suppressed", suppressed, BasisReply, MarketingEmail, false},
		{"a reminder", past("PL", ask(1, 9)), BasisReply, MarketingEmail, true},
		{"a second reminder", past("PL", ask(1, 19), ask(2, 9)), BasisReply, MarketingEmail, false},
		{"duty sentences do not count", past("GB", duty, duty, duty), BasisReply, MarketingEmail, true},
		{"asked twice, answered, ended", past("PL", ask(1, 400), ask(2, 390), func() Event {
			e := event(3, KindGranted, MarketingEmail, ago(380))
			e.ValidUntil = ago(10)
			return e
		}()), BasisReply, MarketingEmail, true},
		{"an unknown purpose", past("PL"), BasisReply, "everything", false},
	} {
		got := MayAsk(c.history, company("GB"), c.basis, c.purpose, noon)
		if got.OK != c.want || got.Reason == "" || !got.OK && got.Way == "" {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// TestL7_2_ALetterThatAsks: only our own sentence, shown with its code, untracked,
// once for each purpose, and only where it may be asked.
func TestL7_2_ALetterThatAsks(t *testing.T) {
	c, h := company("GB"), wrote(past("GB"), 2)
	questions, paragraphs, err := Ask(c, []Purpose{MarketingEmail, TrackOpen}, "en", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good := letterFor(h, c, BasisReply, Tracking{})
	good.Text += "\n\n" + strings.Join(paragraphs, "\n\n")
	good.Asks = questions
	if got := check(DecideSend(h, good, c, noon), "asks"); !got.OK {
		t.Fatalf("a right question is refused: %s", got.Reason)
	}
	if got := check(DecideSend(h, letterFor(h, c, BasisReply, Tracking{}), c, noon), "asks"); got.Rule != "" {
		t.Error("a letter that asks nothing is asked about it")
	}
	agreed := wrote(past("GB", event(1, KindGranted, TrackClick, ago(9))), 2)
	for name, c2 := range map[string]struct {
		history History
		change  func(*Letter)
	}{
		"the sentence is not shown":  {h, func(l *Letter) { l.Text = strings.ReplaceAll(l.Text, questions[0].Wording, "yes") }},
		"the sentence is quoted":     {h, func(l *Letter) { l.Text = strings.Replace(l.Text, paragraphs[0], "> "+paragraphs[0], 1) }},
		"the code is not shown":      {h, func(l *Letter) { l.Text = strings.ReplaceAll(l.Text, questions[1].Code, "") }},
		"the code is none":           {h, func(l *Letter) { l.Asks[0].Code = "please" }},
		"the code is empty":          {h, func(l *Letter) { l.Asks[0].Code = "" }},
		"a sentence of its own":      {h, func(l *Letter) { l.Asks[0].Wording = "I agree to everything"; l.Text += " I agree to everything" }},
		"another purpose's sentence": {h, func(l *Letter) { l.Asks[0].Wording = questions[1].Wording }},
		"asked twice":                {h, func(l *Letter) { l.Asks = append(l.Asks, l.Asks[0]) }},
		"tracked":                    {agreed, func(l *Letter) { l.TrackClicks = true }},
		"refused before":             {wrote(past("GB", event(1, KindRefused, TrackOpen, ago(9))), 2), func(*Letter) {}},
		"the code was used":          {wrote(past("GB", func() Event { e := askedAt(1, ago(9)); e.Code = questions[0].Code; return e }()), 2), func(*Letter) {}},
		"an unknown purpose":         {h, func(l *Letter) { l.Asks[0].Purpose = "everything" }},
		"another version":            {h, func(l *Letter) { l.Asks[0].Version = "question 0/en" }},
	} {
		l := good
		l.Asks = append([]mail.Question(nil), questions...)
		c2.change(&l)
		if got := check(DecideSend(c2.history, l, c, noon), "asks"); got.OK || got.Reason == "" || got.Way == "" {
			t.Errorf("%s: it may be sent (%+v)", name, got)
		}
	}
}

// TestS22_TheSentenceOfAFirstMailIsAQuestion: who sends it back has agreed to
// exactly that; it has no code, and no question is recorded of one who agreed.
func TestS22_TheSentenceOfAFirstMailIsAQuestion(t *testing.T) {
	c := company("GB")
	for _, language := range []string{"pl", "en", "de"} {
		h := past("GB")
		l := letterFor(h, c, BasisInterest, Tracking{})
		d := Duties(c, h.Lead, language, Tracking{})
		l.Text = "Hello,\n\n" + d.Notice + "\n\n" + d.Objection
		got := AskedBy(h, l, c, noon)
		if len(got) != 1 || got[0].Kind != KindAsked || got[0].Purpose != MarketingEmail || got[0].Version != "duty 1/"+language || got[0].Code != "" {
			t.Fatalf("%s: %+v", language, got)
		}
		if !readBody(l.Text).has(got[0].Wording) {
			t.Errorf("%s: the mail does not show %q", language, got[0].Wording)
		}
		if got := AskedBy(past("GB", event(1, KindGranted, MarketingEmail, ago(9))), l, c, noon); len(got) != 0 {
			t.Errorf("%s: asked of one who agreed: %+v", language, got)
		}
	}
	questions, _, err := Ask(c, []Purpose{MarketingEmail, TrackOpen}, "de", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	got := AskedBy(past("GB"), Letter{Person: ewa, Asks: questions}, c, noon)
	if len(got) != 2 || got[0].Code != questions[0].Code || got[1].Wording != questions[1].Wording || got[1].Language != "de" {
		t.Errorf("the questions are recorded as %+v", got)
	}
}

// TestMayBeAnswerKeepsFewMails: only a mail that may answer is worth its bytes.
func TestMayBeAnswerKeepsFewMails(t *testing.T) {
	for text, want := range map[string]bool{
		"M-7K3P-Q2": true, "m7k3pq2": true, "M-ABCD-EF": true, "Zgadzam się na dalsze wiadomości": true, "Ich bin EINVERSTANDEN": true,
		"please contact the company about the delivery": false, "": false, "ok thanks": false, "collide": false,
	} {
		if MayBeAnswer(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
}
