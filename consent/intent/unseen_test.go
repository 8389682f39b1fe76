package intent_test

import (
	"strings"
	"testing"

	"zgoda/consent"
	"zgoda/consent/intent"
)

// TestL21_2_WhatWasNeverSeen measures mails that were written to find what the words
// lack. When they were first read, 50 and then 63 of a hundred stops were heard; the
// sentences by parts (compose.go) came of it. Both files were used to change words
// since: the test keeps what was gained, and does not measure new wording.
func TestL21_2_WhatWasNeverSeen(t *testing.T) {
	var clear, held tally
	for _, s := range corpus(t, "unseen.txt", "unseen2.txt") {
		got := intent.Read(s.subject, s.text)
		clear.add(s.want.Stop == consent.StopClear, got.Stop == consent.StopClear)
		held.add(s.want.Stop != consent.StopNone, got.Stop != consent.StopNone)
		if s.want.Stop != consent.StopClear && got.Stop == consent.StopClear {
			t.Errorf("%s: taken for a clear stop: %q", s.where, s.text)
		}
		if s.want.Stop != consent.StopNone && got.Stop == consent.StopNone {
			t.Logf("%s: not heard: %q", s.where, s.text)
		}
	}
	t.Logf("clear stop       %s", clear)
	t.Logf("held or stopped  %s", held)
	if held.recall() < 0.95 || held.precision() < 0.95 {
		t.Errorf("fewer are held than before: %s", held)
	}
}

// FuzzRead: whatever stands around a stop on a line of its own, it is heard;
// whatever is quoted is not.
func FuzzRead(f *testing.F) {
	for _, s := range corpus(f, "en.txt", "pl.txt", "de.txt", "unseen.txt") {
		f.Add(s.subject, s.text)
	}
	f.Add("", "\xff\xfe> STOP\r\n--\r\n")
	f.Add("Re: a", strings.Repeat("> ", 5000)+"STOP")
	f.Fuzz(func(t *testing.T, subject, text string) {
		got := intent.Read(subject, text)
		if got.Asks() && got.Found == "" {
			t.Errorf("it asks for something in no words: %+v", got)
		}
		if len([]rune(got.Found)) > 120 || got.Own != consent.Plain(got.Own) {
			t.Errorf("the words are not folded: %+v", got)
		}
		if again := intent.Read(subject, text); describe(again) != describe(got) {
			t.Errorf("read twice: %s and %s", describe(got), describe(again))
		}
		if first := intent.Read("Re: x", "STOP\n\n"+text); first.Stop != consent.StopClear {
			t.Errorf("a stop at the top was not heard: %s", describe(first))
		}
		var quoted strings.Builder
		for line := range strings.Lines(text) {
			quoted.WriteString("> " + line)
		}
		if !strings.ContainsAny(text, "\r\u2028\u2029\u0085") {
			if q := intent.Read("Re: x", quoted.String()); q.Asks() || q.Own != "" {
				t.Errorf("a quoted mail asks for %s", describe(q))
			}
		}
	})
}
