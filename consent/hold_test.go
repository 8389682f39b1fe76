package consent

import (
	"testing"
	"time"

	"zgoda/mail"
)

// TestL21_2_NobodyIsAnsweredWhoSaidStop: until the ledger says what the mail
// meant, nothing leaves; a consent on file does not help, a later one does.
func TestL21_2_NobodyIsAnsweredWhoSaidStop(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	said := Inbound{ID: "stop@firma.example", At: now.Add(-time.Hour), Stop: true}
	grant := Event{
		Seq: 1, Person: 1, Kind: KindGranted, Purpose: MarketingEmail, Method: ByForm, Wording: "Yes, write to me.", Evidence: "form 12",
		At: now.Add(-48 * time.Hour), RecordedAt: now.Add(-48 * time.Hour), Actor: "rep",
	}
	history := History{
		Lead:    Lead{ID: 1, Address: mail.Address{Email: "irena@sowa.example"}, Country: "PL"},
		Inbound: []Inbound{said}, Events: []Event{grant},
	}
	objection := func(h History) Check {
		for _, check := range DecideSend(h, Letter{Person: 1, InReplyTo: said.ID}, Controller{}, now).Checks {
			if check.Key == "objection" {
				return check
			}
		}
		t.Fatal("the objection was not looked at")
		return Check{}
	}
	if check := objection(history); check.OK || check.Fix != FixStop || check.Way == "" {
		t.Errorf("a mail that says stop can be answered: %+v", check)
	}
	if got := Stand(history, Controller{}, now).Basis; got != BasisNone {
		t.Errorf("the badge shows a basis: %q", got)
	}
	for name, event := range map[string]Event{
		"an entry that names the mail": {Seq: 2, Person: 1, Kind: KindNotice, Method: ByEmail, Evidence: "no stop meant", Message: said.ID, At: now, Actor: "rep"},
		"a later consent": {
			Seq: 2, Person: 1, Kind: KindGranted, Purpose: MarketingEmail, Method: ByPhone, Wording: "Do write again.", Evidence: "call",
			At: now.Add(-time.Minute), RecordedAt: now, Actor: "rep",
		},
	} {
		h := history
		h.Events = []Event{grant, event}
		if check := objection(h); !check.OK {
			t.Errorf("%s does not settle it: %s", name, check.Reason)
		}
	}
	h := history
	h.Events = []Event{grant, {Seq: 2, Person: 1, Kind: KindObjected, Method: ByEmail, Evidence: "the mail", Message: said.ID, At: now, Actor: "rep"}}
	if check := objection(h); check.OK {
		t.Error("the recorded objection does not count")
	}
}
