package proof_test

import (
	"encoding/json"
	"errors"
	"testing"

	"zgoda/consent"
	"zgoda/consent/proof"
)

// TestE2_KantaraReceipt has every field that Kantara CR 1.1 requires, and says
// of a consent that is over that it is.
func TestE2_KantaraReceipt(t *testing.T) {
	text, err := proof.Of(ewa()).Kantara()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "ewa.kantara.json", string(text))
	var r map[string]any
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	for _, path := range [][]string{
		{"version"}, {"jurisdiction"}, {"consentTimestamp"}, {"collectionMethod"}, {"consentReceiptID"}, {"language"}, {"piiPrincipalId"},
		{"piiControllers", "0", "piiController"}, {"piiControllers", "0", "contact"}, {"piiControllers", "0", "address"}, {"piiControllers", "0", "email"},
		{"piiControllers", "0", "phone"}, {"policyUrl"}, {"services", "0", "service"}, {"sensitive"}, {"spiCat"},
	} {
		if at(r, path...) == nil {
			t.Errorf("it lacks %v", path)
		}
	}
	purposes := at(r, "services", "0", "purposes").([]any)
	for i, termination := range []string{"any time: reply STOP to any mail; by itself on 2028-11-06", "over: withdrawn"} {
		for _, field := range []string{"purpose", "consentType", "piiCategory", "primaryPurpose", "termination", "thirdPartyDisclosure"} {
			if at(purposes[i], field) == nil {
				t.Errorf("purpose %d lacks %s", i, field)
			}
		}
		if got := at(purposes[i], "termination"); got != termination {
			t.Errorf("purpose %d ends %q", i, got)
		}
	}
}

func TestE2_NoConsentNoReceipt(t *testing.T) {
	f := ewa()
	f.History.Events = []consent.Event{f.History.Events[0], f.History.Events[1]}
	if text, err := proof.Of(f).Kantara(); !errors.Is(err, proof.ErrNoConsent) || text != nil {
		t.Errorf("%s, %v", text, err)
	}
}
