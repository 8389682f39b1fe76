package consentpane

import (
	"strings"

	"zgoda/consent"
	"zgoda/ui/form"
)

// openWithdraw asks nothing that is not known: Enter takes back all that stands.
// To take back is as easy as to give (Art. 7(3); S59).
func (m *Model) openWithdraw() {
	stands := m.fact.Standing.Revocable()
	options, initial := make([]form.Option, 0, len(stands)), make([]string, 0, len(stands))
	for _, p := range stands {
		options = append(options, form.Option{Value: string(p), Label: state(p, m.fact.Standing.State(p))})
		initial = append(initial, string(p))
	}
	fields := m.fields()
	kept := []form.Field{{Name: purpose, Label: "Withdraws", Kind: form.Marks, Options: options, Initial: strings.Join(initial, "\n"),
		Hint: "The blank takes one out, or in again."}}
	for _, f := range fields {
		switch f.Name {
		case how, evidence, when, proof:
			kept = append(kept, f)
		}
	}
	m.form = form.New(m.styles, m.by, kept...)
	m.form.Hide(when, true)
	m.form.Set(evidence, "told "+m.actor)
	m.form.Set(how, string(consent.ByPhone))
	if m.lately() {
		m.prove(m.mail)
		m.form.Set(evidence, "told "+m.actor+", mail of "+m.date(m.mail.At))
	}
	m.quick = true
}

// taken is the purposes that are marked.
func (m *Model) taken() []consent.Purpose {
	var all []consent.Purpose
	for _, p := range consent.Purposes() {
		for line := range strings.SplitSeq(m.form.Value(purpose), "\n") {
			if line == string(p) {
				all = append(all, p)
			}
		}
	}
	return all
}

// withdrawals is one event for each purpose; marketing e-mail takes the tracking
// along, so it stands alone.
func (m *Model) withdrawals() (all []consent.Event, field string, err error) {
	taken := m.taken()
	if len(taken) == 0 {
		return nil, purpose, consent.ErrNoPurpose
	}
	if taken[0] == consent.MarketingEmail {
		taken = taken[:1]
	}
	for _, p := range taken {
		e := m.event(consent.KindWithdrawn)
		e.Purpose = p
		if e.Evidence == "" {
			return nil, evidence, consent.ErrNoEvidence
		}
		if err := e.Validate(m.now); err != nil {
			return nil, fieldOf(err), err
		}
		all = append(all, e)
	}
	return all, "", nil
}

// event is one that happens now, with the answers that all events share.
func (m *Model) event(kind consent.Kind) consent.Event {
	e := consent.Event{
		Person: m.lead.ID, Kind: kind, Method: consent.Method(m.form.Value(how)),
		Evidence: strings.TrimSpace(m.form.Value(evidence)), At: m.now, Actor: m.actor,
	}
	if m.form.Value(proof) == theirs {
		e.Message = m.mail.ID
	}
	return e
}

// taking says what taking back will do.
func (m *Model) taking() (string, bool) {
	taken := m.taken()
	if len(taken) == 0 {
		return "Nothing is marked.", false
	}
	var titles []string
	for _, p := range taken {
		titles = append(titles, p.Title())
	}
	words := "Closes " + list(titles) + " at once, for a mail that is waiting too."
	if taken[0] == consent.MarketingEmail {
		words = "Closes marketing e-mail at once, for a mail that is waiting too. All tracking goes with it."
	}
	return words + " Cannot be taken back.", true
}

// list is "a, b and c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
