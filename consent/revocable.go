package consent

// Revocable is the purposes that the person can take back now: what they agreed
// to, and the e-mail that rests on a soft opt-in (Art. 7(3); S59).
func (s Standing) Revocable() []Purpose {
	var all []Purpose
	for _, p := range Purposes() {
		soft := p == MarketingEmail && s.Basis == BasisSoft
		if s.State(p) == Granted || soft {
			all = append(all, p)
		}
	}
	return all
}
