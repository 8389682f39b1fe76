package consentpane

import (
	"strings"
	"time"

	"zgoda/consent"
	"zgoda/ui/theme"
)

// guess fills in what is known already, so that Enter is enough: a question of
// ours whose sentence or code stands in their newest mail, or a mail that seems
// to ask us to stop. Everything it fills in stands on the screen before it is
// recorded, and nothing is filled in that nobody wrote: that they wrote at all
// after a question is no answer to it (L4).
func (m *Model) guess() {
	if held := m.fact.Standing.Held; held.ID != "" && held.Doubt == "" {
		m.prove(held)
		m.form.Set(what, string(consent.KindObjected))
		m.ready()
		return
	}
	asked, ok := m.pending()
	if !ok || m.mail.ID == "" || !m.mail.At.After(asked.At) || m.named(m.mail) || !answers(m.fact.Text, asked) {
		return
	}
	m.prove(m.mail)
	m.form.Set(what, string(consent.KindGranted))
	m.form.Set(purpose, string(asked.Purpose))
	m.form.Set(wording, asked.Wording)
	m.ready()
}

// ready lets Enter record when nothing is missing.
func (m *Model) ready() {
	m.follow()
	if _, _, err := m.events(); err != nil {
		return
	}
	m.quick = true
}

// prove names a mail as the proof and says so in the evidence.
func (m *Model) prove(in consent.Inbound) {
	m.mail = in
	m.form.Set(how, string(consent.ByEmail))
	m.form.Set(evidence, "their mail of "+m.date(in.At))
	m.form.Set(proof, theirs)
}

func (m *Model) date(at time.Time) string { return at.In(m.now.Location()).Format("2 Jan 2006 15:04") }

// pending is the newest question of ours that has no answer yet.
func (m *Model) pending() (consent.Event, bool) {
	events := m.fact.History.Events
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		if e.Kind == consent.KindAsked && e.Wording != "" && m.fact.Standing.State(e.Purpose) == consent.Asked {
			return e, true
		}
	}
	return consent.Event{}, false
}

// answers reports whether a mail's own words hold the sentence that was asked, or
// its code.
func answers(text string, asked consent.Event) bool {
	words := plain(own(text))
	return asked.Code != "" && strings.Contains(words, plain(asked.Code)) || strings.Contains(words, plain(asked.Wording))
}

// plain is a text in small letters with single blanks.
func plain(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// named reports whether the ledger speaks of a mail already.
func (m *Model) named(in consent.Inbound) bool {
	for _, e := range m.fact.History.Events {
		if e.Message == in.ID {
			return true
		}
	}
	return false
}

// fresh is how old their newest mail may be to be taken for the proof of what
// they say now.
const fresh = 3 * 24 * time.Hour

// lately reports whether their newest mail may be what is recorded now.
func (m *Model) lately() bool {
	return m.mail.ID != "" && !m.named(m.mail) && m.now.Sub(m.mail.At) < fresh
}

// state is "M✓ marketing e-mail", for an option.
func state(p consent.Purpose, s consent.State) string {
	return p.Letter() + theme.Mark(s) + " " + p.Title()
}
