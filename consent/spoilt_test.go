package consent

import (
	"strings"
	"testing"
	"time"

	"zgoda/mail"
)

// TestN4_Spoilt spoils a lawful cold mail in one place at a time: the one check
// that guards the place must say no.
func TestN4_Spoilt(t *testing.T) {
	replace := func(l *Letter, old, new string) { l.Text = strings.Replace(l.Text, old, new, 1) }
	w := english()
	type spoil func(h *History, l *Letter, c *Controller)
	for _, tc := range []struct {
		id, failed string
		spoil      spoil
	}{
		{"control", "", func(*History, *Letter, *Controller) {}},
		{"D4 suppressed", "suppressed", func(h *History, _ *Letter, _ *Controller) { h.Suppressed = true }},
		{"L5d bounced", "address", func(h *History, _ *Letter, _ *Controller) { h.Stale = "550" }},
		{"S26 two", "recipient", func(_ *History, l *Letter, _ *Controller) { l.To = append(l.To, l.To[0]) }},
		{"S26 none", "recipient", func(_ *History, l *Letter, _ *Controller) { l.To = nil }},
		{"S26 another", "recipient", func(_ *History, l *Letter, _ *Controller) { l.To = []mail.Address{{Email: "jan@studio.example"}} }},
		{"S26 other person", "recipient", func(_ *History, l *Letter, _ *Controller) { l.Person = 8 }},
		{"S26 case is no other address", "", func(_ *History, l *Letter, _ *Controller) { l.To = []mail.Address{{Email: "EWA@Studio.Example"}} }},
		{"L14 no source", "source", func(h *History, _ *Letter, _ *Controller) { h.Lead.Source = "" }},
		{"L14 no date", "source", func(h *History, _ *Letter, _ *Controller) { h.Lead.ObtainedAt = time.Time{} }},
		{"L14 future", "source", func(h *History, _ *Letter, _ *Controller) { h.Lead.ObtainedAt = noon.Add(time.Hour) }},
		{"A3 reason not in the mail", "reason", func(_ *History, l *Letter, _ *Controller) { replace(l, "second studio", "new shop") }},
		{"A2 reason of a template", "reason", func(h *History, l *Letter, c *Controller) {
			h.Lead.Reason += " {{x}}"
			*l = letterFor(*h, *c, BasisInterest, Tracking{})
		}},
		{"A2 one long word", "reason", func(h *History, l *Letter, c *Controller) {
			h.Lead.Reason = strings.Repeat("x", 80)
			*l = letterFor(*h, *c, BasisInterest, Tracking{})
		}},
		{"L14 source of a template", "source", func(h *History, l *Letter, c *Controller) {
			h.Lead.Source = "[[source]]"
			*l = letterFor(*h, *c, BasisInterest, Tracking{})
		}},
		{"L14 company not said", "notice", func(_ *History, l *Letter, c *Controller) { l.Text = strings.ReplaceAll(l.Text, c.Name, "We") }},
		{"L14 contact not said", "notice", func(_ *History, l *Letter, c *Controller) { l.Text = strings.ReplaceAll(l.Text, c.Contact, "us") }},
		{"L21.4 a right without a way", "object", func(_ *History, l *Letter, _ *Controller) { replace(l, w.objection, "You may object at any time.") }},
		{"L21.4 buried in a long paragraph", "object", func(_ *History, l *Letter, _ *Controller) {
			replace(l, w.objection, strings.Repeat("This is a long story about lamps. ", 9)+w.objection)
		}},
		{"P13.4 Re on a later mail that answers nothing", "subject", func(h *History, l *Letter, _ *Controller) {
			h.LastOutbound, l.Subject = ago(5), "Re: lighting"
		}},
		{"P13.4 Re on a later mail in its thread", "", func(h *History, l *Letter, _ *Controller) {
			h.LastOutbound, l.InReplyTo, l.Subject = ago(5), "ours@jasnykat.example", "Re: lighting"
		}},
		{"FixConfig name", "company", func(_ *History, _ *Letter, c *Controller) { c.Name = "" }},
		{"FixConfig policy", "company", func(_ *History, _ *Letter, c *Controller) { c.PolicyURL = "http://jasnykat.example/privacy" }},
		{"S28 no link", "policy", func(_ *History, l *Letter, c *Controller) { replace(l, c.PolicyURL, "on our site") }},
		{"S28 another page", "policy", func(_ *History, l *Letter, c *Controller) { replace(l, c.PolicyURL, c.PolicyURL+"-old") }},
		{"S28 only quoted", "policy", func(_ *History, l *Letter, c *Controller) { replace(l, c.PolicyURL, "none\n> "+c.PolicyURL) }},
		{"S11 source not said", "notice", func(_ *History, l *Letter, _ *Controller) { replace(l, "studio.example/team", "the web") }},
		{"S25 retention not said", "notice", func(_ *History, l *Letter, _ *Controller) { replace(l, "6 months", "a while") }},
		{"L14 date not said", "notice", func(_ *History, l *Letter, _ *Controller) { replace(l, "21 November 2026", "some time ago") }},
		{"L14 postal not said", "notice", func(_ *History, l *Letter, _ *Controller) { replace(l, "ul. Prosta 1", "here") }},
		{"L14 another basis", "notice", func(_ *History, l *Letter, _ *Controller) { replace(l, "legitimate interest", "your consent") }},
		{"S22 how to agree", "agree", func(_ *History, l *Letter, _ *Controller) {
			replace(l, "If you would like further e-mails", "")
			replace(l, "I agree to", "I like")
		}},
		{"L21.4 gone", "object", func(_ *History, l *Letter, _ *Controller) { replace(l, w.objection, "") }},
		{"L21.4 inside another paragraph", "object", func(_ *History, l *Letter, _ *Controller) { replace(l, "\n\n"+w.objection, " "+w.objection) }},
		{"L21.4 with the tracking sentence", "object", func(_ *History, l *Letter, _ *Controller) { replace(l, w.objection+"\n\n", w.objection+" ") }},
		{"L21.4 denied", "object", func(_ *History, l *Letter, _ *Controller) {
			replace(l, w.objection, "You cannot object: reply and see.")
		}},
		{"L21.4 by hand", "", func(_ *History, l *Letter, _ *Controller) {
			replace(l, w.objection, "If this bothers you, you can object.\nReply \"stop\" and I am gone.")
		}},
		{"L21.4 by hand in German", "", func(_ *History, l *Letter, _ *Controller) {
			replace(l, w.objection, "Sie können widersprechen, Antwort genügt.")
		}},
		{"S23 no copy", "rights", func(_ *History, l *Letter, _ *Controller) { replace(l, "a copy of", "news of") }},
		{"S23 no erasure", "rights", func(_ *History, l *Letter, _ *Controller) {
			replace(l, "corrected or erased", "corrected")
			replace(l, "all of it is erased", "it ends")
		}},
		{"S9 silent", "told", func(_ *History, l *Letter, _ *Controller) { replace(l, w.tracking[Tracking{}], "") }},
		{"S9 untrue", "told", func(_ *History, l *Letter, _ *Controller) {
			replace(l, w.tracking[Tracking{}], w.tracking[Tracking{Opens: true}])
		}},
		{"S55 wished without consent", "told track_open", func(_ *History, l *Letter, _ *Controller) { l.TrackOpens = true }},
		{"S55 told and wished without consent", "track_click", func(h *History, l *Letter, c *Controller) {
			*l = letterFor(*h, *c, BasisInterest, Tracking{Clicks: true})
		}},
		{"S48 field", "fields", func(_ *History, l *Letter, _ *Controller) { l.Text += "\n{{answer}}" }},
		{"S48 half a field", "fields", func(_ *History, l *Letter, _ *Controller) { l.Text += "\nanswer}}" }},
		{"S48 bracket", "fields", func(_ *History, l *Letter, _ *Controller) { l.Text += "\n[[name]]" }},
		{"S48 subject", "fields", func(_ *History, l *Letter, _ *Controller) { l.Subject = "For {{company}}" }},
		{"P13.4 Re", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = "RE : lighting" }},
		{"P13.4 Fwd", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = " Fwd[2]: lighting" }},
		{"P13.4 Odp", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = "Odp: oświetlenie" }},
		{"P13.4 hidden Re", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = "\u200bRe: lighting" }},
		{"M3 empty subject", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = " \t" }},
		{"M3 header injection", "subject", func(_ *History, l *Letter, _ *Controller) { l.Subject = "x\r\nBcc: all@example.org" }},
		{"M3 colon is no prefix", "", func(_ *History, l *Letter, _ *Controller) { l.Subject = "Cork: one question" }},
		{"M3 escape", "text", func(_ *History, l *Letter, _ *Controller) { l.Text += "\x1b[31m" }},
		{"M3 bidi", "text", func(_ *History, l *Letter, _ *Controller) { l.Text += "\u202e" }},
		{"M3 broken", "text", func(_ *History, l *Letter, _ *Controller) { l.Text += "\xff" }},
		{"CRLF and rewrapped", "", func(_ *History, l *Letter, _ *Controller) { l.Text = strings.ReplaceAll(rewrap(l.Text), "\n", "\r\n") }},
	} {
		h, l, c := lawful("US", BasisInterest, "ewa@studio.example")
		tc.spoil(&h, &l, &c)
		v := DecideSend(h, l, c, noon)
		failed := failedKeys(v)
		for _, want := range strings.Fields(tc.failed) {
			if check(v, want).OK {
				t.Errorf("%s: %s passed", tc.id, want)
			}
		}
		if (tc.failed == "") != (failed == "") {
			t.Errorf("%s: failed %q, want %q", tc.id, failed, tc.failed)
		}
	}
}

// rewrap breaks lines as an editor would, and leaves paragraphs alone.
func rewrap(text string) string {
	var b strings.Builder
	for _, p := range strings.Split(text, "\n\n") {
		column := 0
		for _, w := range strings.Fields(p) {
			if column > 0 && column+len(w) > 72 {
				b.WriteString("\n")
				column = 0
			} else if column > 0 {
				b.WriteString(" ")
			}
			b.WriteString(w)
			column += len(w) + 1
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// TestM3_EmptyText: a mail of nothing but quoted lines has no text either.
func TestM3_EmptyText(t *testing.T) {
	for _, text := range []string{"", " \n\t", "> quoted\n> only"} {
		h, l, c := lawful("PL", BasisReply, "ewa@studio.example")
		h.Events = []Event{event(1, KindNotice, "", ago(1))}
		l.Text = text
		if v := DecideSend(h, l, c, noon); failedKeys(v) != "text" {
			t.Errorf("%q: %s", text, failedKeys(v))
		}
	}
}
