package ui

import (
	tea "charm.land/bubbletea/v2"

	"zgoda/mail"
)

// once lets one question of a kind be on its way. What is asked meanwhile is
// asked once more after the answer, so that a storm of changes costs two.
type once struct{ busy, again bool }

// begin reports whether to ask now.
func (o *once) begin() bool {
	if o.busy {
		o.again = true
		return false
	}
	o.busy = true
	return true
}

// done ends a question and asks again when it must.
func (o *once) done(ask func() tea.Cmd) tea.Cmd {
	again := o.again
	o.busy, o.again = false, false
	if again {
		return ask()
	}
	return nil
}

// loads is what is on its way from the store.
type loads struct {
	counts, outgoing, queues once
	person                   once
	next                     mail.PersonID // whom to load after the answer on its way
	seq                      int
}

// beginPerson reports whether to load person now, and under which number.
func (l *loads) beginPerson(person mail.PersonID) (seq int, now bool) {
	if !l.person.begin() {
		l.next = person
		return 0, false
	}
	l.seq++
	return l.seq, true
}

// personDone loads whom the rep went on to meanwhile.
func (l *loads) personDone(load func(mail.PersonID) tea.Cmd) tea.Cmd {
	return l.person.done(func() tea.Cmd { return load(l.next) })
}
