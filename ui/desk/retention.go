package desk

import "zgoda/consent"

func (m *Model) retentionRow(c consent.RetentionCase, selected bool) string {
	due, style := m.due(c.Retention.EraseAfter)
	if c.Retention.Class == consent.ClassHeld {
		due, style = "= held", m.styles.Accent
	}
	return m.line(selected, due, style, c.Lead.Call(), c.Lead.Company, c.Lead.Country, string(c.Retention.Class))
}

func (m *Model) retentionStory(c consent.RetentionCase) (head string, story []string, way string) {
	r := c.Retention
	words := why(r.Class)
	if days, ok := r.DaysLeft(m.now); ok && r.Class != consent.ClassHeld {
		switch {
		case !m.now.Before(r.EraseAfter):
			words += " The time is over since " + m.date(r.EraseAfter) + "."
		case days == 0:
			words += " The last day is today or tomorrow."
		default:
			words += " It goes after " + m.date(r.EraseAfter) + "."
		}
	}
	hold, erase := name(m.keys.DeskRetention.Hold), name(m.keys.Desk.Erase)
	way = erase + " erases them now; " + hold + " keeps the data for a legal claim, with its reason."
	if r.Class == consent.ClassHeld {
		way = hold + " lifts it. Until then nothing of theirs is erased."
	}
	return m.who(c.Lead), []string{words}, way
}

// why is what a class of retention rests on.
func why(c consent.Class) string {
	switch c {
	case consent.ClassUninformed:
		return "They were never informed: after a month the data must go, or they must be told (Art. 14(3))."
	case consent.ClassCold:
		return "They never answered: the data goes a while after our last mail."
	case consent.ClassDialogue:
		return "They wrote to us: the data goes a while after their last mail. An open never counts."
	case consent.ClassConsent:
		return "They agreed: the data stays as long as that stands."
	case consent.ClassHeld:
		return "A legal hold (Art. 17(3)(e)) or a restriction (Art. 18) is on them: the data stays until that is lifted."
	}
	return "It is not known how long this data may be kept."
}
