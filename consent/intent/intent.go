package intent

import (
	"slices"
	"strings"

	"zgoda/consent"
)

// Read says what a personal mail asks for. It is total: any text gives an answer,
// in time linear in its length, of which 64 KiB are read.
func Read(subject, text string) consent.Intent {
	body, signature := own(text)
	r := reading{intent: consent.Intent{Own: consent.Plain(body)}, rights: map[consent.Right]bool{}}
	if s := consent.Plain(subject); !answer.MatchString(s) {
		r.unit(s, names(s))
	}
	for line := range strings.Lines(body) {
		r.bare(strings.TrimSpace(line))
	}
	for _, paragraph := range strings.Split(body, "\n\n") {
		paragraph = umlauts.Replace(strings.Join(strings.Fields(paragraph), " "))
		near := names(paragraph)
		for _, s := range sentences(paragraph) {
			r.unit(s, near)
		}
	}
	for line := range strings.Lines(signature) {
		if line = strings.TrimSpace(line); isBare(line) {
			r.stop(consent.StopDoubtful, line)
		}
	}
	for _, right := range consent.Rights() {
		if r.rights[right] {
			r.intent.Rights = append(r.intent.Rights, right)
		}
	}
	return r.intent
}

// Stop is how surely a mail asks us to write no more, see [Read].
func Stop(subject, text string) consent.Stopping { return Read(subject, text).Stop }

// reading is one mail while it is being read.
type reading struct {
	intent consent.Intent
	rights map[consent.Right]bool
}

// stop notes a degree of stopping; a clear one is never taken back.
func (r *reading) stop(s consent.Stopping, found string) {
	if r.intent.Stop == consent.StopClear || s == consent.StopNone {
		return
	}
	if s == consent.StopClear || r.intent.Stop == consent.StopNone {
		r.intent.Stop = s
	}
	if s == consent.StopClear || r.intent.Found == "" {
		r.found(found, s == consent.StopClear)
	}
}

// longestFound bounds, in runes, the words that go into an entry's evidence.
const longestFound = 120

func (r *reading) found(words string, first bool) {
	if r.intent.Found != "" && !first {
		return
	}
	if runes := []rune(words); len(runes) > longestFound {
		words = string(runes[:longestFound])
	}
	r.intent.Found = words
}

// bare looks at one line alone: a single word of stopping is a whole mail to many.
func (r *reading) bare(line string) {
	if isBare(line) {
		r.stop(consent.StopClear, line)
	}
}

// longestBare bounds, in octets, a line that is nothing but a stop.
const longestBare = 80

func isBare(line string) bool {
	return len(line) > 0 && len(line) <= longestBare && len(bareStop.candidates(line)) > 0 && bareStop.MatchString(trim(line))
}

// unit looks at one sentence.
func (r *reading) unit(s string, near named) {
	r.bare(s)
	switch {
	case tracked.MatchString(s) && !other.MatchString(s):
		r.intent.StopTracking = true
		r.found(s, false)
		r.right(s, near)
		return
	case withdraws.MatchString(s):
		if doubted(s) {
			r.stop(consent.StopDoubtful, s)
		} else {
			r.intent.Withdraw = true
			r.found(s, false)
		}
	}
	r.stop(degree(s), s)
	r.right(s, near)
}

// sentences cuts a paragraph. The mark stays with its sentence, for a question
// asks something else than a demand.
func sentences(paragraph string) []string {
	var all []string
	start := 0
	for i := 0; i < len(paragraph); i++ {
		end := i + 1
		if !strings.ContainsRune(".!?;", rune(paragraph[i])) || end < len(paragraph) && paragraph[end] != ' ' && paragraph[end] != '"' {
			continue
		}
		if abbreviation(paragraph[start:end]) {
			continue
		}
		all = append(all, strings.TrimSpace(paragraph[start:end]))
		start = end
	}
	if rest := strings.TrimSpace(paragraph[start:]); rest != "" {
		all = append(all, rest)
	}
	return all
}

// abbreviation reports whether a dot ends a short word and no sentence.
func abbreviation(s string) bool {
	last := s[strings.LastIndexByte(s, ' ')+1:]
	return slices.Contains([]string{"art.", "ust.", "par.", "abs.", "nr.", "no.", "dr.", "mr.", "mrs.", "ms.", "p.", "sp.", "o.o.", "bzw.", "z.b.", "np.", "tzn.", "e.g.", "i.e.", "lit."}, last)
}

// trim takes greetings, politeness and punctuation off both ends.
func trim(s string) string {
	for {
		next := strings.Trim(s, " .,!?:;\"'-*()")
		next = strings.TrimSuffix(polite.ReplaceAllString(next, ""), " ")
		if next == s {
			return s
		}
		s = next
	}
}
