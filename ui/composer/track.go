package composer

import (
	tea "charm.land/bubbletea/v2"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/ui/event"
	"zgoda/ui/keys"
)

// toggle is one tracking switch as the screen shows it.
type toggle struct {
	purpose consent.Purpose
	key     keys.Binding
	name    string
	on      bool
	why     string // why it cannot be switched on; empty when it can
	way     string
	law     string
	short   string // why, in two or three words
	fix     event.Wish
	fixWord string
}

// noPortal is why nothing can be tracked, whatever anybody agreed to.
const noPortal = "No portal is configured: portal_url is empty."

func (m *Model) toggles() [2]toggle {
	return [2]toggle{
		m.toggle(consent.TrackOpen, m.by.Opens, "opens", m.draft.TrackOpens),
		m.toggle(consent.TrackClick, m.by.Clicks, "clicks", m.draft.TrackClicks),
	}
}

// toggle asks the gate's answer for a purpose. What was not answered is off.
func (m *Model) toggle(purpose consent.Purpose, key keys.Binding, name string, on bool) toggle {
	t := toggle{purpose: purpose, key: key, name: name, on: on, short: "agreed"}
	verdict, known := m.tracking[purpose]
	switch {
	case m.draft.Duty != mail.DutyNone:
		t.why, t.way, t.law, t.short = "A mail that the law asks for carries no tracking.", "Track a mail of your own, if they agreed.", "T1 · ePrivacy Art. 5(3)", "mail of duty"
		t.fix, t.fixWord = event.ShowConsent{Person: m.lead.ID}, fixWord(consent.FixNone)
	case len(m.draft.Asks) > 0:
		t.why, t.way, t.law, t.short = "A mail that asks for consent may not itself be tracked.", "Take the question out first.", "L7.2 · GDPR Art. 7(2)", "it asks"
		t.fix, t.fixWord = event.ShowConsent{Person: m.lead.ID}, fixWord(consent.FixNone)
	case !known || len(verdict.Checks) == 0:
		t.why, t.way, t.short = "The gate has not said yet that this person agreed to "+purpose.Title()+".", "", "not known yet"
	case !verdict.Allowed():
		failed := verdict.Failed()[0]
		t.why, t.way, t.law, t.short = failed.Reason, failed.Way, law(failed), "no consent"
		t.fix, t.fixWord = m.fixWish(failed.Fix), fixWord(failed.Fix)
		switch failed.Fix {
		case consent.FixConsent, consent.FixTracking:
			t.fix = event.AskRecord{Person: m.lead.ID, Kind: consent.KindGranted, Purpose: purpose}
			t.fixWord = fixWord(consent.FixConsent)
		case consent.FixCountry:
			t.short = "no country"
		}
	case !m.options.PortalReady:
		t.why, t.way, t.law, t.short = noPortal, "Set portal_url in the configuration.", "T3 · GDPR Art. 7(3)", "no portal"
		t.fix, t.fixWord = event.ShowConsent{Person: m.lead.ID}, fixWord(consent.FixNone)
	}
	return t
}

// switchTracking turns one toggle. Off always works; on only with the gate's
// yes, else nothing changes and the reason is shown (S58).
func (m *Model) switchTracking(purpose consent.Purpose) tea.Cmd {
	for _, t := range m.toggles() {
		if t.purpose != purpose {
			continue
		}
		if !t.on && t.why != "" {
			m.note = note{text: "Tracking of " + t.name + " stays off. " + t.why, way: t.way, law: t.law, bad: true, fix: t.fix, fixWord: t.fixWord}
			return nil
		}
		return m.setTracking(purpose, !t.on)
	}
	return nil
}

// setTracking changes the wish and the sentence in the text that tells the
// person of it.
func (m *Model) setTracking(purpose consent.Purpose, on bool) tea.Cmd {
	opens, clicks := m.draft.TrackOpens, m.draft.TrackClicks
	if purpose == consent.TrackOpen {
		opens = on
	} else {
		clicks = on
	}
	return m.track(opens, clicks)
}

// dropTracking switches off what is no longer allowed.
func (m *Model) dropTracking() tea.Cmd {
	var cmd tea.Cmd
	for _, t := range m.toggles() {
		if t.on && t.why != "" {
			cmd = m.setTracking(t.purpose, false)
			m.note = note{text: "Tracking of " + t.name + " was switched off. " + t.why, way: t.way, law: t.law, bad: true, fix: t.fix, fixWord: t.fixWord}
		}
	}
	return cmd
}

// trackingOff switches both off, for a check that asks for it.
func (m *Model) trackingOff() tea.Cmd { return m.track(false, false) }

// track sets both wishes, and makes the text say what they are.
func (m *Model) track(opens, clicks bool) tea.Cmd {
	m.draft.TrackOpens, m.draft.TrackClicks = opens, clicks
	before := m.body.text()
	if text := consent.SwapTracking(before, m.draft.Language, opens, clicks); text != before {
		m.body.replaceText(text)
	}
	return m.changed()
}
