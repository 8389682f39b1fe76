package uitest

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"zgoda/consent"
	"zgoda/mail"
)

// Now is the moment at which the world stands still.
var Now = time.Date(2026, 11, 24, 9, 42, 0, 0, time.UTC)

// ErrNobody is returned for a person the world does not know.
var ErrNobody = errors.New("nobody of that name")

// Person is one person of the world: the row, the mails and the ledger.
type Person struct {
	Row     consent.Row
	Entries []mail.Entry
	Events  []consent.Event
	// Judged has the standing folded from the events, as the store does it.
	Judged bool
}

// World is a sales office in memory: it fulfils every port of the screen.
// Err, when set, is what every question answers.
type World struct {
	mu     sync.Mutex
	people []*Person // newest mail first
	out    []mail.Outgoing
	drafts map[mail.PersonID]mail.Draft
	nextID mail.DraftID
	seq    int64
	Files

	// Err is returned by every read while it is set.
	Err error
	// Asked counts the calls by the name of the port's method.
	Asked map[string]int
}

// NewWorld makes a world of these people.
func NewWorld(people ...*Person) *World {
	w := &World{people: people, drafts: map[mail.PersonID]mail.Draft{}, Asked: map[string]int{}, seq: 100}
	w.sort()
	return w
}

// Now is the clock of the ports.
func (w *World) Now() time.Time { return Now }

func (w *World) sort() {
	slices.SortFunc(w.people, func(a, b *Person) int { return compare(a.Row.Cursor(), b.Row.Cursor()) })
}

// compare puts the newer cursor first, and of two at once the greater ID.
func compare(a, b consent.Cursor) int {
	if c := b.At.Compare(a.At); c != 0 {
		return c
	}
	return cmp.Compare(b.ID, a.ID)
}

func (w *World) ask(name string) (unlock func()) {
	w.mu.Lock()
	w.Asked[name]++
	return w.mu.Unlock
}

func (w *World) find(id mail.PersonID) (*Person, error) {
	for _, p := range w.people {
		if p.Row.Lead.ID == id {
			return p, w.Err
		}
	}
	return nil, ErrNobody
}

// Edit changes one person under the world's lock.
func (w *World) Edit(id mail.PersonID, change func(*Person)) {
	defer w.ask("Edit")()
	if p, err := w.find(id); err == nil {
		change(p)
	}
	w.sort()
}

// Rows is a page by key.
func (w *World) Rows(_ context.Context, q consent.Query) (consent.Page, error) {
	defer w.ask("Rows")()
	if w.Err != nil {
		return consent.Page{}, w.Err
	}
	list := w.people
	if q.Split != consent.SplitAll || q.Search != "" {
		list = slices.DeleteFunc(slices.Clone(list), func(p *Person) bool { return !inSplit(p, q) })
	}
	from, to := bounds(list, q)
	page := consent.Page{Total: len(list), Index: from}
	for _, p := range list[from:to] {
		page.Rows = append(page.Rows, p.Row)
	}
	return page, nil
}

func bounds(list []*Person, q consent.Query) (from, to int) {
	edge := q.From == consent.Cursor{}
	at := func(c consent.Cursor) (int, bool) {
		return slices.BinarySearchFunc(list, c, func(p *Person, c consent.Cursor) int { return compare(p.Row.Cursor(), c) })
	}
	if q.Back {
		to = len(list)
		if !edge {
			to, _ = at(q.From)
		}
		return max(0, to-q.Limit), to
	}
	if !edge {
		i, found := at(q.From)
		from = i
		if found {
			from++
		}
	}
	return from, min(len(list), from+q.Limit)
}

func inSplit(p *Person, q consent.Query) bool {
	lead := p.Row.Lead.IsLead()
	if q.Split == consent.SplitLeads && !lead || q.Split == consent.SplitNew && lead {
		return false
	}
	if q.Search == "" {
		return true
	}
	hay := fold(p.Row.Lead.Call() + " " + p.Row.Lead.Company + " " + p.Row.Lead.Address.Email + " " + p.Row.Subject)
	for _, word := range strings.Fields(fold(q.Search)) {
		if !strings.Contains(hay, word) {
			return false
		}
	}
	return true
}

func fold(s string) string {
	return strings.NewReplacer("ł", "l", "ż", "z", "ó", "o", "ć", "c", "ą", "a", "ę", "e", "ś", "s", "ń", "n", "ź", "z").Replace(strings.ToLower(s))
}

// Counts counts the splits.
func (w *World) Counts(context.Context) (consent.Counts, error) {
	defer w.ask("Counts")()
	var c consent.Counts
	for _, p := range w.people {
		c.All++
		if !p.Row.Lead.IsLead() {
			c.New++
			continue
		}
		c.Leads++
		if p.Row.Unread > 0 {
			c.Unread++
		}
		if p.Row.Waiting {
			c.Waiting++
		}
	}
	return c, w.Err
}

// Conversation is a person's mails, oldest first.
func (w *World) Conversation(_ context.Context, id mail.PersonID, limit int) ([]mail.Entry, error) {
	defer w.ask("Conversation")()
	p, err := w.find(id)
	if err != nil {
		return nil, err
	}
	entries := slices.Clone(p.Entries)
	for i := len(w.out) - 1; i >= 0; i-- {
		if out := w.out[i]; out.Person == id && out.State != mail.Editing {
			entries = append(entries, mail.Entry{At: Now, Out: true, Seen: true, Outgoing: &out,
				Message: mail.Message{ID: out.MessageID, Subject: out.Subject, Text: out.Text, Whole: true}})
		}
	}
	return entries[max(0, len(entries)-limit):], nil
}

// MarkRead marks what a person wrote as read.
func (w *World) MarkRead(_ context.Context, id mail.PersonID) error {
	defer w.ask("MarkRead")()
	p, err := w.find(id)
	if err == nil {
		p.Row.Unread = 0
	}
	return err
}

// SyncNow and CancelSync only count.
func (w *World) SyncNow() { defer w.ask("SyncNow")() }

// CancelSync stops nothing: nothing runs.
func (w *World) CancelSync() { defer w.ask("CancelSync")() }
