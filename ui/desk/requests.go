package desk

import (
	"zgoda/consent"
	"zgoda/ui/theme"
)

func (m *Model) requestRow(c consent.RequestCase, selected bool) string {
	due, style := m.due(c.Due)
	received := theme.Day(c.Received, m.now)
	if c.Extended {
		received += ", extended"
	}
	return m.line(selected, due, style, c.Lead.Call(), string(c.Right), c.Lead.Country, received)
}

func (m *Model) requestStory(c consent.RequestCase) (head string, story []string, way string) {
	head = m.who(c.Lead) + m.styles.Muted.Render("  asks for "+asked(c.Right))
	came := "It reached us " + m.on(c.Received)
	if c.Evidence != "" {
		came += ": " + c.Evidence
	}
	story = []string{sentence(came) + " The answer is due by " + m.date(c.Due) + " (Art. 12(3))."}
	if c.Extended {
		story = append(story, "Extended: "+sentence(c.Why))
	}
	if !c.Ack.IsZero() && m.now.Before(c.Ack) {
		story = append(story, "Until it is answered, tell them by "+m.date(c.Ack)+" that it has arrived.")
	}
	k := m.keys.DeskRequests
	answer := name(k.Answer)
	switch c.Right {
	case consent.RightErase:
		way = answer + " answers first: after the erasure there is nobody left to answer to. Then " + name(m.keys.Desk.Erase) + " erases them."
	case consent.RightObject, consent.RightRestrict:
		way = answer + " answers that it is done. Nothing else is written to them while this is open; " + name(k.Restrict) + " puts a restriction on record."
	case consent.RightRectify:
		way = name(m.keys.Desk.Open) + " goes to the person to mend the data, then " + answer + " says so."
	default:
		way = answer + " writes the answer with what is kept of them. It is closed by the mail that answers it, and by nothing else."
	}
	return head, story, way
}

// asked is a right in the words of a person who asks for it.
func asked(r consent.Right) string {
	switch r {
	case consent.RightAccess:
		return "what is kept of them, why and from where (Art. 15)"
	case consent.RightCopy:
		return "a copy of their data (Art. 15(3))"
	case consent.RightRectify:
		return "a correction (Art. 16)"
	case consent.RightErase:
		return "erasure (Art. 17)"
	case consent.RightRestrict:
		return "restriction (Art. 18)"
	case consent.RightPortability:
		return "their data to take along (Art. 20)"
	case consent.RightObject:
		return "an end to marketing (Art. 21)"
	case consent.RightWhoTracks:
		return "who tracks them (Art. 15)"
	}
	return string(r)
}
