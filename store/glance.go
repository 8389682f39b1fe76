package store

import (
	"context"
	"strings"

	"zgoda/mail"
)

// glance is one mail as the inbox sees it.
type glance struct {
	at            int64 // unix milliseconds, 0 for none
	out, answered bool
	id, inReplyTo string
	subject, text string
}

// The first 4000 runes of a body are enough to make a snippet, past the quoted
// lines at its top.
const sqlLatest = `SELECT m.message_id, m.in_reply_to, m.answered, m.subject, coalesce(substr(b.text, 1, 4000), '')
FROM message_people p JOIN messages m ON m.id = p.message LEFT JOIN bodies b ON b.message = m.id
WHERE p.person = $1 AND p.at = $2 AND m.out = $3 AND ($4 = '' OR m.kind = $4) ORDER BY p.message DESC LIMIT 1`

// latest is the person's mail of one moment and direction.
func (t *tx) latest(ctx context.Context, person mail.PersonID, at int64, out bool, kind mail.Kind) (glance, error) {
	if at == 0 {
		return glance{}, nil
	}
	g := glance{at: at, out: out}
	_, err := t.found(ctx, sqlLatest, []any{person, at, out, kind}, &g.id, &g.inReplyTo, &g.answered, &g.subject, &g.text)
	return g, err
}

const sqlLatestSent = `SELECT count(*) OVER (), sent_at, message_id, in_reply_to, subject, text FROM outbox
WHERE person = $1 AND state = 'sent' AND landed = 0 ORDER BY sent_at DESC LIMIT 1`

// latestOut is our newest mail to the person, in the Sent mailbox or sent and
// not there yet; sent is how many of the latter there are.
func (t *tx) latestOut(ctx context.Context, person mail.PersonID, at int64) (out glance, sent int, err error) {
	if out, err = t.latest(ctx, person, at, true, ""); err != nil {
		return out, 0, err
	}
	own := glance{out: true}
	if _, err = t.found(ctx, sqlLatestSent, []any{person}, &sent, &own.at, &own.id, &own.inReplyTo, &own.subject, &own.text); err != nil {
		return out, 0, err
	}
	if own.at > out.at {
		out = own
	}
	return out, sent, nil
}

// newer is the later of a mail from them and one from us. INTERNALDATE knows
// no parts of a second, so within one the answer is the later, and where none
// answers the other, theirs: better a row that waits too long than one forgotten.
func newer(in, out glance) glance {
	switch {
	case out.at == 0 || in.at/1000 > out.at/1000:
		return in
	case in.at == 0 || in.at/1000 < out.at/1000:
		return out
	case out.inReplyTo != "" && out.inReplyTo == in.id:
		return out
	}
	return in
}

// snippet is the beginning of what the mail itself says, in one line.
func snippet(text string) string {
	var words []string
	runes := 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), ">") {
			continue
		}
		for _, word := range strings.Fields(line) {
			words = append(words, word)
			if runes += len([]rune(word)) + 1; runes > mail.SnippetLen {
				return cut(strings.Join(words, " "), mail.SnippetLen)
			}
		}
	}
	return strings.Join(words, " ")
}

func cut(s string, runes int) string {
	if r := []rune(s); len(r) > runes {
		return string(r[:runes])
	}
	return s
}
