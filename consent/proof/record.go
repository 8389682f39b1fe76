package proof

import (
	"time"

	"zgoda/consent"
	"zgoda/consent/chain"
)

// record is one purpose with all that happened to its consent. The fields that
// ISO/IEC TS 27560 makes mandatory are never left out (law.md E1).
type record struct {
	ID           string   `json:"@id"`
	Type         string   `json:"@type"`
	Identifier   string   `json:"dct:identifier"`
	ConformsTo   node     `json:"dct:conformsTo"`
	Subject      party    `json:"dpv:hasDataSubject"`
	Controller   party    `json:"dpv:hasDataController"`
	Jurisdiction node     `json:"dpv:hasJurisdiction"`
	Law          node     `json:"dpv:hasApplicableLaw"`
	Language     string   `json:"dct:language"`
	Notice       notice   `json:"dpv:hasNotice"`
	Process      process  `json:"dpv:hasProcess"`
	Control      control  `json:"dpv:hasConsentControl"`
	Rights       []node   `json:"dpv:hasRight"`
	Events       []status `json:"dpv:hasConsentStatus"`
	State        string   `json:"zgoda:state"`
}

type notice struct {
	ID       string `json:"@id"`
	Type     string `json:"@type"`
	Language string `json:"dct:language"`
	Date     string `json:"dct:date,omitempty"`
}

type process struct {
	Type       string      `json:"@type"`
	Purpose    purpose     `json:"dpv:hasPurpose"`
	LegalBasis node        `json:"dpv:hasLegalBasis"`
	Data       []data      `json:"dpv:hasPersonalData"`
	Source     string      `json:"dpv:hasDataSource"`
	Recipients []node      `json:"dpv:hasRecipient"`
	Storage    []condition `json:"dpv:hasStorageCondition"`
}

type purpose struct {
	Type  string `json:"@type"`
	Name  string `json:"dct:identifier"`
	Title string `json:"dct:title"`
}

type data struct {
	Type  string `json:"@type"`
	Title string `json:"dct:title"`
}

type condition struct {
	Type     string `json:"@type"`
	Location *node  `json:"dpv:hasLocation,omitempty"`
	Duration string `json:"dpv:hasDuration,omitempty"`
}

type control struct {
	Type  string `json:"@type"`
	Where node   `json:"dpv:isExercisedAt"`
	How   string `json:"dct:description"`
}

// status is one event of a consent.
type status struct {
	Type   []string `json:"@type"` // its state, and what sort of consent it is
	Date   string   `json:"dct:date"`
	Valid  string   `json:"dct:valid"` // an interval of ISO 8601; ".." is an open end
	By     node     `json:"dpv:isImplementedByEntity"`
	Who    node     `json:"dpv:isIndicatedBy"`
	Method string   `json:"dpv:hasIndicationMethod"`
	Basis  node     `json:"dpv:hasLegalBasis"`
	Proof  entry    `json:"zgoda:proof"`
}

// entry is one entry of the ledger with all that proves it (E3).
type entry struct {
	Seq         int64  `json:"entry"`
	Kind        string `json:"kind"`
	Purpose     string `json:"purpose,omitempty"`
	Right       string `json:"right,omitempty"`
	Fact        string `json:"fact,omitempty"`
	Method      string `json:"method,omitempty"`
	At          string `json:"at"`
	Wording     string `json:"wording,omitempty"`
	WordingHash string `json:"wording_sha256,omitempty"`
	Version     string `json:"wording_version,omitempty"`
	Language    string `json:"language,omitempty"`
	Evidence    string `json:"evidence,omitempty"`
	Message     string `json:"message_id,omitempty"`
	Raw         string `json:"raw_mail_sha256,omitempty"`
	Auth        string `json:"sender_authentication,omitempty"`
	Corrects    int64  `json:"speaks_of_entry,omitempty"`
	ValidUntil  string `json:"valid_until,omitempty"`
	Actor       string `json:"recorded_by"`
	RecordedAt  string `json:"recorded_at"`
	Place       *place `json:"chain,omitempty"`
}

func (e Evidence) proven(event consent.Event) entry {
	return entry{
		Seq: event.Seq, Kind: string(event.Kind), Purpose: string(event.Purpose), Right: string(event.Right), Fact: string(event.Fact),
		Method: string(event.Method), At: stamp(event.At), Wording: event.Wording, WordingHash: event.WordingHash(), Version: event.Version,
		Language: event.Language, Evidence: event.Evidence, Message: string(event.Message), Raw: event.Raw, Auth: event.Auth,
		Corrects: event.Corrects, ValidUntil: stamp(event.ValidUntil), Actor: event.Actor, RecordedAt: stamp(event.RecordedAt),
		Place: e.placed(ref{chain.WhatEvent, event.Seq}),
	}
}

// ofPurpose is what happened to one consent: its own events, what was taken back
// of them, the objections, which end every consent, and the withdrawals of
// marketing e-mail, which take the tracking along.
func (e Evidence) ofPurpose(purpose consent.Purpose) []consent.Event {
	own := map[int64]bool{}
	var events []consent.Event
	for _, event := range e.facts.History.Events {
		switch {
		case event.Purpose == purpose:
			own[event.Seq] = true
			events = append(events, event)
		case len(own) == 0:
		case event.Kind == consent.KindCorrected && own[event.Corrects], event.Kind == consent.KindObjected,
			event.Kind == consent.KindWithdrawn && event.Purpose == consent.MarketingEmail && purpose.Tracking():
			events = append(events, event)
		}
	}
	return events
}

func (e Evidence) record(of consent.Purpose, events []consent.Event) record {
	c, id := e.facts.Controller, e.urn("record", string(of))
	language := e.language(events)
	r := record{
		ID: id, Type: "dpv:ConsentRecord", Identifier: id, ConformsTo: node{recordProfile}, Subject: e.person(), Controller: e.controller(),
		Jurisdiction: country(c.Country), Law: node{"eu-gdpr:GDPR"}, Language: language,
		Notice:  notice{or(c.PolicyURL, "urn:zgoda:unknown"), "dpv:PrivacyNotice", language, stamp(e.informed())},
		Process: e.process(of),
		Control: control{"dpv:WithdrawConsent", node{"mailto:" + c.Contact}, "Reply STOP to any mail, or write to " + c.Contact + "."},
		Rights:  []node{{"eu-gdpr:A7-3"}, {"eu-gdpr:A15"}, {"eu-gdpr:A16"}, {"eu-gdpr:A17"}, {"eu-gdpr:A18"}, {"eu-gdpr:A20"}, {"eu-gdpr:A21"}, {"eu-gdpr:A77"}},
		State:   string(e.standing.State(of)),
	}
	for _, event := range events {
		r.Events = append(r.Events, e.status(event))
	}
	return r
}

func country(code string) node {
	if code == "" {
		return node{"urn:zgoda:unknown"}
	}
	return node{"loc:" + code}
}

// language is that of the newest wording, else of the person, else "und" (BCP 47).
func (e Evidence) language(events []consent.Event) string {
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].Language != "" {
			return events[i].Language
		}
	}
	return or(e.lead.Language, "und")
}

// informed is when the last notice was given.
func (e Evidence) informed() (at time.Time) {
	for _, event := range e.events(consent.KindNotice) {
		if event.At.After(at) {
			at = event.At
		}
	}
	return at
}

func (e Evidence) process(of consent.Purpose) process {
	location := country(e.facts.Controller.Country)
	kept := e.facts.Controller.Retention
	if end := e.facts.Retention.EraseAfter; !end.IsZero() {
		kept = "until " + day(end)
	}
	p := process{
		Type: "dpv:Process", Purpose: purpose{"dpv:DirectMarketing", string(of), of.Title()}, LegalBasis: node{"eu-gdpr:A6-1-a"},
		Data: []data{{"pd:EmailAddress", "e-mail address"}, {"pd:Name", "name"}}, Source: or(e.lead.Source, "unknown"),
		Recipients: []node{{e.controller().ID}},
		Storage:    []condition{{Type: "dpv:StorageLocation", Location: &location}, {Type: "dpv:StorageDuration", Duration: or(kept, "unknown")}},
	}
	switch of {
	case consent.TrackOpen:
		p.Purpose.Type = "dpv:Marketing"
		p.Data = append(p.Data, data{"dpv:PersonalData", "that, when and how often a mail was opened"})
	case consent.TrackClick:
		p.Purpose.Type = "dpv:Marketing"
		p.Data = append(p.Data, data{"dpv:PersonalData", "that, when and how often its links were clicked"})
	case consent.TrackDevice:
		p.Purpose.Type = "dpv:Marketing"
		p.Data = append(p.Data, data{"dpv:PersonalData", "country, mail client and system family"})
	}
	return p
}

// status is an event in the words of the vocabulary.
func (e Evidence) status(event consent.Event) status {
	subject, controller := node{e.person().ID}, node{e.controller().ID}
	s := status{
		Date: stamp(event.At), Valid: stamp(event.At) + "/" + or(stamp(event.ValidUntil), ".."), By: subject, Who: node{"dpv:DataSubject"},
		Method: or(string(event.Method), "unknown"), Basis: node{"dpv:ExpressedConsent"}, Proof: e.proven(event),
	}
	state := "dpv:ConsentUnknown"
	switch event.Kind {
	case consent.KindAsked:
		state, s.By, s.Who = "dpv:ConsentRequested", controller, node{"dpv:DataController"}
	case consent.KindGranted:
		state = "dpv:ConsentGiven"
	case consent.KindRefused:
		state = "dpv:ConsentRefused"
	case consent.KindWithdrawn, consent.KindObjected:
		state = "dpv:ConsentWithdrawn"
	case consent.KindCorrected:
		state, s.By, s.Who = "dpv:ConsentInvalidated", controller, node{"dpv:DataController"}
	}
	s.Type = []string{state, "dpv:ExpressedConsent"}
	return s
}
