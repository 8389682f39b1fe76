package consent

// Closing is the weightiest check that refuses every mail to the person, whatever
// it would say; false when there is none. It has the four parts of every refusal:
// the rule, the reason, the source and the way (G24), for a screen that disables a
// key before there is a mail to be judged. The gate asks the whole history anew.
func (s Standing) Closing() (Check, bool) {
	switch {
	case s.Objected:
		return noObjection(folded{objected: true}, History{}), true
	case s.Suppressed:
		return notSuppressed(History{Suppressed: true}), true
	case s.Restricted:
		return ask{"L18", "restricted", "Not restricted", "GDPR Art. 18"}.no("Their data may be kept and not used.",
			"Answer their request; then record that the restriction is lifted, if it is.", FixRequest), true
	case s.Held.ID != "":
		held := s.Held
		held.Stop = true
		return noObjection(folded{}, History{Inbound: []Inbound{held}}), true
	case s.Stale:
		return sending{history: History{Stale: "bounced"}}.address(), true
	}
	return Check{}, false
}

// NotALead refuses a mail to somebody whom nobody has made a lead: data that came
// with a mail serves the correspondence and nothing else (L5b, S19).
func NotALead() Check {
	return ask{"L5b", "lead", "Is a lead", "GDPR Art. 5(1)(b)"}.no("They are not a lead: their data serves the mail they sent and nothing else.",
		"Make them a lead first; their source and date are filled in from their mail.", FixLead)
}
