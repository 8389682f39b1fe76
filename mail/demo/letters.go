package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"zgoda/mail"
)

// story is a person, their rights, and what was written to and fro.
type story struct {
	Person
	obtained int // days ago that the data was obtained
	rights   []right
	notes    []note
}

// right is an Event before its time is known.
type right struct {
	day      int // days ago
	kind     string
	purpose  string
	method   string
	wording  string
	evidence string
	tag      string // of the note that is the proof
	lasts    int    // days that a grant stands; zero is without end
}

// note is one mail before its time is known.
type note struct {
	when     string // "34 09:12" is 34 days ago at 9:12, "45m" is 45 minutes ago
	out      bool   // from the rep
	subject  string // empty goes on with the thread
	text     string
	html     string
	plain    bool // no closing and signature are added
	cold     bool // the duty paragraphs of a first mail are added
	unread   bool
	tag      string // names the note for a right
	head     []string
	files    []file
	charset  string       // empty is UTF-8
	from     mail.Address // zero is the person
	unlinked bool         // goes on with the subject but names no parent
	body     string       // the whole body with its own Content-Type
}

// posted is a note that became a mail.
type posted struct {
	folder string
	at     time.Time
	seen   bool
	raw    []byte
}

// tell turns the stories into people and mail, as seen at now.
func tell(now time.Time) ([]Person, []posted, error) {
	var people []Person
	var mails []posted
	for _, s := range cast() {
		letters, marks, err := s.letters(now)
		if err != nil {
			return nil, nil, fmt.Errorf("tell the story of %s: %w", s.Address.Domain(), err)
		}
		mails = append(mails, letters...)
		people = append(people, s.person(now, marks))
	}
	slices.SortStableFunc(mails, func(a, b posted) int { return a.at.Compare(b.at) })
	return people, mails, nil
}

// mark is a note that a right rests on.
type mark struct {
	id mail.MessageID
	at time.Time
}

func (s story) person(now time.Time, marks map[string]mark) Person {
	p := s.Person
	p.Address.Name = p.Name
	if s.obtained > 0 {
		p.ObtainedAt = daysAgo(now, s.obtained, 11, 0)
		// Who wrote to us gave us their data with that mail.
		if first, ok := marks[firstMark]; ok && first.at.YearDay() == p.ObtainedAt.YearDay() {
			p.ObtainedAt = first.at
		}
	}
	for i, r := range s.rights {
		proof := marks[r.tag]
		e := Event{Kind: r.kind, Purpose: r.purpose, Method: r.method, Wording: r.wording, Evidence: r.evidence,
			Message: proof.id, At: proof.at}
		if proof.id == "" {
			e.At = daysAgo(now, r.day, 11, 0)
		}
		e.At = e.At.Add(time.Duration(i) * time.Second) // keeps the order of what one mail or talk said
		if r.wording != "" {
			e.Language = p.Language
		}
		if r.lasts > 0 {
			e.ValidUntil = e.At.AddDate(0, 0, r.lasts)
		}
		p.Events = append(p.Events, e)
	}
	return p
}

// firstMark is the mark of a first note that the person wrote.
const firstMark = "\x00first"

// letters builds the mails of one story and gives the marks of the tagged ones.
func (s story) letters(now time.Time) ([]posted, map[string]mark, error) {
	marks := make(map[string]mark)
	var out []posted
	var subject string
	var thread []mail.MessageID
	for i, n := range s.notes {
		at, err := moment(now, n.when)
		if err != nil {
			return nil, nil, err
		}
		sh := s.sheet(n, at, i)
		if n.subject == "" {
			sh.subject = "Re: " + subject
			if !n.unlinked && len(thread) > 0 {
				sh.parent, sh.refs = thread[len(thread)-1], thread
			}
		} else {
			subject, thread = n.subject, nil
		}
		thread = append(slices.Clip(thread), sh.id)
		if n.tag != "" {
			marks[n.tag] = mark{sh.id, at}
		}
		if i == 0 && !n.out {
			marks[firstMark] = mark{sh.id, at}
		}
		raw, err := build(sh)
		if err != nil {
			return nil, nil, err
		}
		p := posted{folder: inbox, at: at, seen: !n.unread, raw: raw}
		if n.out {
			p.folder = sent
		}
		out = append(out, p)
	}
	return out, marks, nil
}

func (s story) sheet(n note, at time.Time, i int) sheet {
	them := mail.Address{Name: s.Name, Email: s.Address.Email}
	from, to := them, rep()
	if n.out {
		from, to = rep(), them
	}
	if !n.from.IsZero() {
		from = n.from
	}
	sh := sheet{
		from: from, to: to, subject: n.subject, at: at, head: n.head, html: n.html, files: n.files, charset: n.charset, body: n.body,
		id:   noteID(s.Address.Email, i, from.Domain()),
		text: strings.TrimSpace(n.text),
	}
	if !n.plain {
		sh.text += s.closing(n.out)
	}
	if n.cold {
		sh.text += "\n\n" + s.duties(at)
	}
	return sh
}

// noteID is the id of the note number i with a person: the same in every world.
func noteID(email string, i int, domain string) mail.MessageID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d", email, i))
	return mail.MessageID(hex.EncodeToString(sum[:16]) + "@" + domain)
}

// closing ends a mail as its writer does.
func (s story) closing(out bool) string {
	word := map[string]string{"pl": "Pozdrawiam", "de": "Mit freundlichen Grüßen"}[s.Language]
	if word == "" {
		word = "Kind regards"
	}
	lines := []string{"", "", word}
	if out {
		return strings.Join(append(lines, rep().Name, "Jasny Kąt Lighting Ltd"), "\n")
	}
	lines = append(lines, s.Name)
	if s.Role != "" {
		lines = append(lines, s.Role)
	}
	if s.Company != "" {
		lines = append(lines, s.Company)
	}
	return strings.Join(lines, "\n")
}

// duties are what the rep's first mails carried (law.md N2).
func (s story) duties(at time.Time) string {
	c := company(at)
	return fmt.Sprintf("I found your work address on %s. %s, %s, processes your name, role and e-mail address to introduce %s (legitimate interest) and erases them after %s without an answer. Your rights and details: %s\n\n"+
		"You may object at any time: just reply STOP. We then write no more.\n\nThis message contains no tracking.",
		s.Source, c.Name, c.Postal, c.Offer, c.Retention, c.PolicyURL)
}

// moment reads when a note was written.
func moment(now time.Time, when string) (time.Time, error) {
	if ago, err := time.ParseDuration(when); err == nil {
		return now.Add(-ago).Truncate(time.Second), nil
	}
	var day, hour, minute int
	if _, err := fmt.Sscanf(when, "%d %d:%d", &day, &hour, &minute); err != nil || day < 1 {
		return time.Time{}, fmt.Errorf("read the time %q: it is neither days ago and a clock nor a duration", when)
	}
	return daysAgo(now, day, hour, minute), nil
}

// daysAgo is a clock time on an earlier day, in the zone of now.
func daysAgo(now time.Time, day, hour, minute int) time.Time {
	y, m, d := now.Date()
	return time.Date(y, m, d-day, hour, minute, 0, 0, now.Location())
}
