package store

import (
	"slices"
	"sync"

	"zgoda/mail"
)

// Change says what a commit touched: ids only. Whoever wants to know more asks.
// Nobody named means anybody's.
type Change struct {
	People []mail.PersonID // ascending, each once
	Outbox bool
}

// manyPeople is where naming them costs more than reading again.
const manyPeople = 200

// changes hands commits to one listener. The channel holds one Change; while
// nobody takes it, newer ones are merged into it. So a writer never waits and
// nothing is lost but the number of commits.
type changes struct {
	mu     sync.Mutex
	out    chan Change
	closed bool
}

func newChanges() *changes { return &changes{out: make(chan Change, 1)} }

// Changes tells of every commit that touched people or the outbox, coalesced.
// There is one channel for the life of the database; Close closes it.
func (db *DB) Changes() <-chan Change { return db.changes.out }

func (c *changes) publish(change Change) {
	if len(change.People) == 0 && !change.Outbox {
		return
	}
	change.People = few(change.People)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	select {
	case waiting := <-c.out:
		change = merge(waiting, change)
	default:
	}
	c.out <- change // The place is free: only publish fills it, and it holds the lock.
}

func (c *changes) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.closed = true
		close(c.out)
	}
}

func merge(a, b Change) Change {
	both := Change{Outbox: a.Outbox || b.Outbox}
	if len(a.People) > 0 && len(b.People) > 0 {
		both.People = few(slices.Concat(a.People, b.People))
	}
	return both
}

func few(people []mail.PersonID) []mail.PersonID {
	people = slices.Clone(people)
	slices.Sort(people)
	if people = slices.Compact(people); len(people) > manyPeople {
		return nil
	}
	return people
}
