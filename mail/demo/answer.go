package demo

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // what the rep sends may be in any charset
	gomail "github.com/emersion/go-message/mail"

	"zgoda/mail"
)

// postman brings the rep's mail to people and their answers back. One goroutine
// is his, and the world waits for it.
type postman struct {
	after time.Duration // negative: nobody answers
	now   func() time.Time
	wake  chan struct{}

	mu    sync.Mutex
	bag   []answer // by due, for every answer takes as long
	times map[string]int
}

// answer is a mail on its way back. Its due is by the real clock, for it is waited for.
type answer struct {
	due    time.Time
	person Person
	asked  question
	nth    int
}

func newPostman(after time.Duration, now func() time.Time) *postman {
	return &postman{after: after, now: now, wake: make(chan struct{}, 1), times: make(map[string]int)}
}

// got notes that a mail reached a person.
func (p *postman) got(person Person, raw []byte) {
	if p.after < 0 || person.Answers == Silent {
		return
	}
	p.mu.Lock()
	key := person.Address.Key()
	p.bag = append(p.bag, answer{due: time.Now().Add(p.after), person: person, asked: readQuestion(raw), nth: p.times[key]})
	p.times[key]++
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// run delivers answers as they fall due, until ctx ends.
func (p *postman) run(ctx context.Context, h *house) {
	for {
		next, wait := p.next()
		if next != nil {
			if raw := next.mail(p.now()); raw != nil {
				// A mailbox in memory takes everything; a full disk under a kept world
				// loses this one answer and nothing else.
				_ = h.put(inbox, raw, p.now())
			}
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-p.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// idle is how long the postman sleeps with an empty bag; a mail wakes him before.
const idle = time.Hour

// next takes the first answer out when it is due, or says how long to wait.
func (p *postman) next() (*answer, time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.bag) == 0 {
		return nil, idle
	}
	if wait := time.Until(p.bag[0].due); wait > 0 {
		return nil, wait
	}
	first := p.bag[0]
	p.bag = p.bag[1:]
	return &first, 0
}

// question is what an answer must know of the mail that it answers.
type question struct {
	id      mail.MessageID
	refs    []mail.MessageID
	subject string
	date    time.Time
	text    string
	head    string // as it came, for a delivery status notification
}

// maxQuote is how many octets of a text are read for the quote.
const maxQuote = 8 << 10

func readQuestion(raw []byte) question {
	var q question
	if end := bytes.Index(raw, []byte("\r\n\r\n")); end >= 0 {
		q.head = string(raw[:end+2])
	}
	r, err := gomail.CreateReader(bytes.NewReader(raw))
	if r == nil || err != nil && !message.IsUnknownCharset(err) {
		return q
	}
	id, _ := r.Header.MessageID()
	q.id = mail.MessageID(id)
	refs, _ := r.Header.MsgIDList("References")
	for _, ref := range refs {
		q.refs = append(q.refs, mail.MessageID(ref))
	}
	q.subject, _ = r.Header.Subject()
	q.date, _ = r.Header.Date()
	for {
		part, err := r.NextPart()
		if err != nil {
			return q
		}
		if h, ok := part.Header.(*gomail.InlineHeader); ok && q.text == "" {
			if kind, _, _ := h.ContentType(); kind == "text/plain" || kind == "" {
				text, _ := io.ReadAll(io.LimitReader(part.Body, maxQuote))
				q.text = strings.ToValidUTF8(string(text), "")
			}
		}
	}
}

// mail is the answer as bytes; nil when the person has said all they had to say.
func (a answer) mail(now time.Time) []byte {
	s := sheet{
		from: a.person.Address, to: rep(), at: now, id: mail.NewMessageID(a.person.Address.Domain()),
		subject: "Re: " + strings.TrimPrefix(a.asked.subject, "Re: "),
		parent:  a.asked.id, refs: mail.ReplyReferences(a.asked.id, a.asked.refs),
	}
	if a.asked.id == "" {
		s.refs = nil
	}
	s.head = []string{s.authenticated()}
	switch a.person.Answers {
	case Gone:
		return must(build(notification(s, a)))
	case Away:
		if a.nth > 0 {
			return nil // once, as RFC 3834 section 2 asks for
		}
		s.head = append(s.head, "Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All")
		s.subject = awaySubject(a.person.Language) + a.asked.subject
		s.text = awayText(a.person, now)
	default:
		if said := a.consents(); said != "" {
			s.text = said + "\n\n" + a.quote()
			break
		}
		said := sayings(a.person)
		if a.nth >= len(said) {
			return nil
		}
		s.text = said[a.nth] + "\n\n" + a.quote()
	}
	return must(build(s))
}

// must gives the bytes; nil, so no answer, for the mail that cannot be built.
// There is none: every text is ours and in UTF-8.
func must(raw []byte, err error) []byte {
	if err != nil {
		return nil
	}
	return raw
}

// quote is what was asked, as most mail programs put it below an answer.
func (a answer) quote() string {
	var out strings.Builder
	when := a.asked.date.Format("2006-01-02 15:04")
	switch a.person.Language {
	case "pl":
		fmt.Fprintf(&out, "W dniu %s %s napisała:\n", when, rep().Name)
	case "de":
		fmt.Fprintf(&out, "Am %s schrieb %s:\n", when, rep().Name)
	default:
		fmt.Fprintf(&out, "On %s, %s wrote:\n", when, rep().Name)
	}
	for line := range strings.Lines(strings.ReplaceAll(strings.TrimSpace(a.asked.text), "\r\n", "\n")) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, ">") {
			out.WriteString(">" + line + "\n")
		} else {
			out.WriteString(strings.TrimRight("> "+line, " ") + "\n")
		}
	}
	return strings.TrimRight(out.String(), "\n")
}
