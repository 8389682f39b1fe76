package consent

import "fmt"

func trackingPurpose(history History, purpose Purpose) Check {
	a := ask{"T1", "purpose", "Purpose of tracking", "GDPR Art. 5(1)(b)"}
	switch {
	case history.Lead.ID == 0:
		return a.no("It is not known whose mail this would be.", "Open the person first.", FixNone)
	case !purpose.Tracking():
		return a.no("This is not a purpose of tracking.", "Ask for opens, clicks or device, each alone.", FixNone)
	}
	return a.yes(fmt.Sprintf("The question is about %s and nothing else.", purpose.Title()))
}

func trackingConsent(f folded, purpose Purpose) Check {
	a := ask{"L6a", "consent", "Consent to tracking", "ePrivacy Art. 5(3); GDPR Art. 6(1)(a)"}
	if !purpose.Tracking() {
		return a.no("Nothing is on file for this.", "Ask for opens, clicks or device, each alone.", FixNone)
	}
	switch state := f.states[purpose]; state {
	case Granted:
		return a.yes(fmt.Sprintf("Their consent to %s is on file.", purpose.Title()))
	case NeverAsked:
		return a.no(fmt.Sprintf("They were never asked about %s.", purpose.Title()),
			"Ask them, and record their answer with its wording.", FixTracking)
	case Asked:
		return a.no(fmt.Sprintf("They were asked about %s and have not said yes.", purpose.Title()),
			"Wait for their answer, and record it with its wording.", FixTracking)
	default:
		return a.no(fmt.Sprintf("Their consent to %s is %s.", purpose.Title(), state),
			"Send without tracking; only a new consent of theirs changes that.", FixTracking)
	}
}

// trackingCountry refuses where the country is unknown: in doubt there is no
// tracking (S61, G1). It never allows anything by itself.
func trackingCountry(lead Lead) Check {
	a := ask{"S61", "country", "Country is known", "ePrivacy Art. 5(3)"}
	if !LookupCountry(lead.Country).Known() {
		return a.no("Their country is unknown, and in doubt there is no tracking.",
			"Fill in the country on the lead card.", FixCountry)
	}
	return a.yes("Tracking needs consent in every country, in theirs too.")
}
