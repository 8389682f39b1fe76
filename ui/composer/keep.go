package composer

import (
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/ui/event"
)

// keep is what is asked and saved while one writes. rev counts changes of the
// text, seq counts questions to the gate.
type keep struct {
	rev, seq  int
	askedRev  int // the text the newest question was about
	answered  int // the newest answer
	again     bool
	dirty     bool
	dirtyAt   time.Time
	saving    bool
	savingRev int
	// then is what waits until a new draft has its name: leaving or sending
	// before that would make a second one.
	then func() event.Wish
}

// naming reports whether a new draft is just being saved; then next is done
// once it has its name.
func (m *Model) naming(next func() event.Wish) bool {
	if !m.keep.saving || m.draft.ID != 0 {
		return false
	}
	m.keep.then = next
	m.note = note{text: "One moment: the draft is being saved."}
	return true
}

// changed notes a change; the gate is asked once the rep pauses.
func (m *Model) changed() tea.Cmd {
	m.keep.rev++
	if !m.keep.dirty {
		m.keep.dirty, m.keep.dirtyAt = true, m.now
	}
	rev := m.keep.rev
	return tea.Tick(m.options.Settle, func(time.Time) tea.Msg { return event.DraftSettled{Seq: rev} })
}

// ask asks the gate about the mail as it stands.
func (m *Model) ask() event.Wish {
	if m.step != editing {
		return nil
	}
	m.keep.seq++
	m.keep.askedRev = m.keep.rev
	return event.CheckDraft{Seq: m.keep.seq, Draft: m.Draft()}
}

// askAgain asks because the store has changed: at once, or when the answer that
// is still awaited is here, so that many changes cannot keep it away for ever.
func (m *Model) askAgain() event.Wish {
	if m.step == editing && m.keep.answered != m.keep.seq && m.list.err.text == "" {
		m.keep.again = true
		return nil
	}
	return m.ask()
}

// fresh reports whether the checklist speaks of the text as it stands.
func (m *Model) fresh() bool {
	return m.keep.answered == m.keep.seq && m.keep.askedRev == m.keep.rev && m.list.known()
}

// checked takes the gate's answer. Tracking that is no longer allowed is
// switched off at once, here and in the text.
func (m *Model) checked(fact event.DraftChecked) (event.Wish, tea.Cmd) {
	if fact.Seq != m.keep.seq {
		return nil, nil
	}
	if fact.Err != nil {
		m.list.fail(problemNote("The gate could not be asked.", fact.Err))
		return nil, nil
	}
	m.keep.answered = fact.Seq
	m.list.take(fact.Verdict)
	if fact.Tracking != nil {
		m.tracking = fact.Tracking
	}
	cmd := m.dropTracking()
	if m.keep.again {
		m.keep.again = false
		return m.ask(), cmd
	}
	return nil, cmd
}

// autosave saves what has been waiting long enough. One save at a time: two
// of a new draft would make two drafts.
func (m *Model) autosave() event.Wish {
	k := &m.keep
	if !k.dirty || k.saving || m.sending {
		return nil
	}
	if k.dirtyAt.IsZero() {
		k.dirtyAt = m.now
	}
	if m.now.Sub(k.dirtyAt) < SaveEvery {
		return nil
	}
	k.saving, k.savingRev = true, k.rev
	return event.SaveDraft{Seq: k.rev, Draft: m.Draft()}
}

// saved takes the answer to a save, and does what waited for it.
func (m *Model) saved(fact event.DraftSaved) event.Wish {
	k := &m.keep
	if !k.saving || fact.Seq != k.savingRev {
		return nil
	}
	then := k.then
	k.saving, k.then = false, nil
	if fact.Err != nil {
		k.dirtyAt = m.now // try again later
		m.note = problemNote("The draft could not be saved.", fact.Err)
		return nil
	}
	m.draft.ID = fact.Draft.ID
	if k.dirty = k.rev != fact.Seq; k.dirty {
		k.dirtyAt = m.now
	}
	if then != nil {
		m.note = note{}
		return then()
	}
	return nil
}

// queued takes the answer to sending. A refusal is the newest verdict there is.
func (m *Model) queued(fact event.DraftQueued) {
	m.sending = false
	if fact.Err == nil {
		m.reset()
		return
	}
	m.note = problemNote("The mail was not sent.", fact.Err)
	var refusal *consent.Refusal
	if errors.As(fact.Err, &refusal) {
		m.keep.seq++
		m.keep.answered, m.keep.askedRev = m.keep.seq, m.keep.rev
		m.list.take(refusal.Verdict)
		m.note.text = "Not sent. " + m.note.text
	}
}
