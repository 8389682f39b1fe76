package consent

import (
	"regexp"
	"strings"
)

// stopWords is how people say "write no more" in Polish, English and German,
// folded by plain. One of them alone, at the beginning of a line or as a whole
// phrase, is enough: in doubt a person is asked, never written to (L21.2-3).
var stopWords = regexp.MustCompile(`\b(` + strings.Join([]string{
	`stop`, `unsubscribe`, `opt[ -]?out`, `remove me`, `(do not|don't|dont) (write|contact|e-?mail|mail)`, `stop (writing|sending|e-?mailing|contacting)`,
	`no (more|further) (e-?mails?|mails?|messages)`, `leave me alone`,
	`wypisz(cie)?`, `wypisac`, `rezygnuje z`, `nie zycze sobie`, `(prosze|prosimy) (juz )?(wiecej )?nie (pisac|wysylac|kontaktowac)`,
	`nie pisz(cie)?`, `(prosze|prosimy) (o )?(usunac|usuniecie)`, `usun(cie)? moj`, `sprzeciw(iam)?`, `wnosze sprzeciw`, `cofam zgode`,
	`abmelden`, `austragen`, `keine (weiteren |mehr )?(e-?mails?|mails?|nachrichten|werbung)`, `nicht (mehr|weiter) (schreiben|kontaktieren|anschreiben)`,
	`(bitte )?loschen sie`, `widerspreche`, `widerspruch`,
}, "|") + `)\b`)

// stopLines is how many of a mail's own lines are looked at: who wants to stop
// says so at once, and what stands below is mostly signature and small print.
const stopLines = 8

// quoteBegins is the line at which a mail stops being their own words.
var quoteBegins = regexp.MustCompile(`^(>|-{2,} ?(original|oryginal|urspr)|(from|od|von|sent|wyslano|gesendet): |.* (wrote|napisal(a|\(a\))?|pisze|schrieb)[^:]*:$)`)

// SaysStop reports whether a mail of theirs seems to ask us to write no more, by
// its own words alone: what it quotes was said by us. It only ever holds a mail
// back until the rep has recorded what was meant.
func SaysStop(subject, text string) bool {
	if s := plain(subject); s == "stop" || s == "unsubscribe" {
		return true
	}
	seen := 0
	for line := range strings.Lines(text) {
		line = plain(line)
		switch {
		case quoteBegins.MatchString(line):
			return false
		case line == "":
			continue
		}
		// "The last stop of the tram": the bare word counts at the beginning of a
		// line only.
		if found := stopWords.FindString(line); found != "" && (found != "stop" || strings.HasPrefix(line, "stop")) {
			return true
		}
		if seen++; seen == stopLines {
			return false
		}
	}
	return false
}

// unheard is the mail of theirs that seems to ask us to stop and of which the
// ledger says nothing yet; false when there is none. Any entry that names the
// mail settles it, and so does a later consent.
func (f folded) unheard(history History) (Inbound, bool) {
	for _, in := range history.Inbound {
		if in.Stop && !f.heard[in.ID] && !(f.states[MarketingEmail] == Granted && f.grant.At.After(in.At)) {
			return in, true
		}
	}
	return Inbound{}, false
}
