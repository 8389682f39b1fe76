package consent

import "testing"

// TestRegressionL17_ErasedWhoWroteAgainIsNotColdMailed: after an erasure a mail of
// theirs opens the way for its answer and for their consent. A legitimate interest
// once came back with it, in every country that allows a first mail.
func TestRegressionL17_ErasedWhoWroteAgainIsNotColdMailed(t *testing.T) {
	h, c := wrote(past("GB"), 1), company("GB")
	if v := DecideSend(h, letterFor(h, c, BasisInterest, Tracking{}), c, noon); !v.Allowed() {
		t.Fatalf("the case itself is refused: %s", failedKeys(v))
	}
	h.Erased = ago(2)
	if v := DecideSend(h, letterFor(h, c, BasisInterest, Tracking{}), c, noon); v.Allowed() || check(v, "basis").OK {
		t.Error("a first mail on legitimate interest goes to somebody who was erased")
	}
	if v := DecideSend(h, letterFor(h, c, BasisReply, Tracking{}), c, noon); !v.Allowed() {
		t.Errorf("their mail cannot be answered: %s", failedKeys(v))
	}
	if b := Stand(h, c, noon).Basis; b != BasisReply {
		t.Errorf("the badge says %q", b)
	}
	agreed := h
	agreed.Events = []Event{event(1, KindGranted, MarketingEmail, ago(1))}
	if v := DecideSend(agreed, letterFor(agreed, c, BasisConsent, Tracking{}), c, noon); !v.Allowed() {
		t.Errorf("their new consent does not carry: %s", failedKeys(v))
	}
}
