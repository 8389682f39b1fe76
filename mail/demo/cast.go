package demo

import "zgoda/mail"

// cast is everybody, in the order of the programme.
func cast() []story {
	var all []story
	for _, part := range [][]story{castPoland(), castPolandMore(), castIsles(), castContinent(), castNew(), castMachines()} {
		all = append(all, part...)
	}
	return all
}

func at(email string) mail.Address { return mail.Address{Email: email} }

// The sentences that people agreed to, word for word (GDPR Art. 7(1)).
const (
	plMarketing = "Zgadzam się na otrzymywanie od Jasny Kąt Lighting Ltd ofert oświetlenia na mój adres e-mail. Zgodę mogę cofnąć w każdej chwili."
	plOpen      = "Zgadzam się, aby Jasny Kąt Lighting Ltd sprawdzał, czy, kiedy i ile razy otwieram jego wiadomości. Zgodę mogę cofnąć w każdej chwili."
	plClick     = "Zgadzam się, aby Jasny Kąt Lighting Ltd sprawdzał, które odnośniki w jego wiadomościach otwieram. Zgodę mogę cofnąć w każdej chwili."
	enMarketing = "I agree to receive offers for lighting from Jasny Kąt Lighting Ltd by e-mail. I can withdraw this at any time."
	enOpen      = "I agree that Jasny Kąt Lighting Ltd sees whether, when and how often I open its mails. I can withdraw this at any time."
)

// The words of package consent.
const (
	asked     = "asked"
	granted   = "granted"
	refused   = "refused"
	withdrawn = "withdrawn"
	objected  = "objected"
	notice    = "notice"

	marketing  = "marketing_email"
	trackOpen  = "track_open"
	trackClick = "track_click"

	byMail    = "e-mail"
	byPhone   = "phone"
	byForm    = "form"
	inPerson  = "in person"
	bySending = "sending"
)
