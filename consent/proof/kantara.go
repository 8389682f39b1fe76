package proof

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"zgoda/consent"
)

// ErrNoConsent says that there is nothing to give a receipt of.
var ErrNoConsent = errors.New("no consent was ever given")

// kantara is a consent receipt by the Kantara Initiative, version 1.1: the older
// shape, which other tools read (law.md E2). Every field is required there.
type kantara struct {
	Version      string           `json:"version"`
	Jurisdiction string           `json:"jurisdiction"`
	Timestamp    int64            `json:"consentTimestamp"` // seconds since 1970
	Method       string           `json:"collectionMethod"`
	ID           string           `json:"consentReceiptID"`
	Language     string           `json:"language"`
	Principal    string           `json:"piiPrincipalId"`
	Controllers  []kantaraParty   `json:"piiControllers"`
	Policy       string           `json:"policyUrl"`
	Services     []kantaraService `json:"services"`
	Sensitive    bool             `json:"sensitive"`
	Categories   []string         `json:"spiCat"`
}

type kantaraParty struct {
	Name    string         `json:"piiController"`
	Contact string         `json:"contact"`
	Address kantaraAddress `json:"address"`
	Email   string         `json:"email"`
	Phone   string         `json:"phone"`
}

type kantaraAddress struct {
	Street string `json:"streetAddress"`
}

type kantaraService struct {
	Name     string           `json:"service"`
	Purposes []kantaraPurpose `json:"purposes"`
}

type kantaraPurpose struct {
	Purpose     string   `json:"purpose"`
	Category    []string `json:"purposeCategory"`
	Type        string   `json:"consentType"`
	Data        []string `json:"piiCategory"`
	Primary     bool     `json:"primaryPurpose"`
	Termination string   `json:"termination"`
	Disclosure  bool     `json:"thirdPartyDisclosure"`
}

// Kantara is the receipt of the consents that stand now, or, when none does, of
// those that were given and are over; their termination says which. Somebody who
// never agreed to anything gets ErrNoConsent: there is nothing to confirm.
func (e Evidence) Kantara() ([]byte, error) {
	var last consent.Event
	service := kantaraService{Name: "personal e-mail from " + e.facts.Controller.Name}
	for _, purpose := range consent.Purposes() {
		if given, ok := e.given(purpose); ok {
			service.Purposes = append(service.Purposes, e.kantaraPurpose(purpose, given))
			if given.At.After(last.At) {
				last = given
			}
		}
	}
	if len(service.Purposes) == 0 {
		return nil, ErrNoConsent
	}
	c := e.facts.Controller
	receipt := kantara{
		Version: "KI-CR-v1.1.0", Jurisdiction: or(c.Country, "unknown"), Timestamp: last.At.Unix(), Method: or(string(last.Method), "unknown"),
		ID: e.urn("receipt", "kantara "+e.facts.At.UTC().Format(time.RFC3339Nano)), Language: e.language([]consent.Event{last}), Principal: e.person().ID,
		Controllers: []kantaraParty{{c.Name, or(c.Contact, c.Name), kantaraAddress{c.Postal}, c.Contact, "none: write to the e-mail address"}},
		Policy:      c.PolicyURL, Services: []kantaraService{service}, Categories: []string{},
	}
	text, err := json.MarshalIndent(receipt, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write a receipt: %w", err)
	}
	return append(text, '\n'), nil
}

// given is the newest grant of a purpose, whatever became of it.
func (e Evidence) given(purpose consent.Purpose) (last consent.Event, ok bool) {
	for _, event := range e.events(consent.KindGranted) {
		if event.Purpose == purpose && (!ok || event.Seq > last.Seq) {
			last, ok = event, true
		}
	}
	return last, ok
}

func (e Evidence) kantaraPurpose(of consent.Purpose, given consent.Event) kantaraPurpose {
	p := kantaraPurpose{
		Purpose: of.Title(), Category: []string{"marketing"}, Type: "EXPLICIT", Primary: of == consent.MarketingEmail,
		Termination: "any time: reply STOP to any mail",
	}
	switch state := e.standing.State(of); {
	case state != consent.Granted:
		p.Termination = "over: " + string(state)
	case !given.ValidUntil.IsZero():
		p.Termination += "; by itself on " + day(given.ValidUntil)
	}
	for _, d := range e.process(of).Data {
		p.Data = append(p.Data, d.Title)
	}
	return p
}
