package proof

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"zgoda/consent"
	"zgoda/consent/chain"
)

// The profiles of ISO/IEC TS 27560 by the Data Privacy Vocabulary that a receipt
// follows (law.md E1, S90): a receipt is a wrapper around the records.
const (
	receiptProfile = "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"
	recordProfile  = "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr"
)

// Receipt is the evidence as JSON-LD. Its context stands in it, so that nothing
// has to be fetched to read it; what no vocabulary has a word for is a JSON
// literal under zgoda: (JSON-LD 1.1 section 4.2.2).
type Receipt struct {
	Context    context  `json:"@context"`
	ID         string   `json:"@id"`
	Type       string   `json:"@type"`
	Identifier string   `json:"dct:identifier"`
	ConformsTo node     `json:"dct:conformsTo"`
	Created    string   `json:"dct:created"`
	Publisher  party    `json:"dct:publisher"`
	Records    []record `json:"dpv:hasRecordOfActivity"`
	Evidence   whole    `json:"zgoda:evidence"`
}

type context struct {
	Version  float64   `json:"@version"`
	DPV      string    `json:"dpv"`
	GDPR     string    `json:"eu-gdpr"`
	PD       string    `json:"pd"`
	Loc      string    `json:"loc"`
	DCT      string    `json:"dct"`
	RDF      string    `json:"rdf"`
	Zgoda    string    `json:"zgoda"`
	Evidence jsonValue `json:"zgoda:evidence"`
	Proof    jsonValue `json:"zgoda:proof"`
}

type jsonValue struct {
	Type string `json:"@type"`
}

func vocabulary() context {
	literal := jsonValue{"@json"}
	return context{
		Version: 1.1, DPV: "https://w3id.org/dpv#", GDPR: "https://w3id.org/dpv/legal/eu/gdpr#", PD: "https://w3id.org/dpv/pd#",
		Loc: "https://w3id.org/dpv/loc#", DCT: "http://purl.org/dc/terms/", RDF: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
		Zgoda: "urn:zgoda:", Evidence: literal, Proof: literal,
	}
}

// node is a name and no text.
type node struct {
	ID string `json:"@id"`
}

// party is whoever takes part: id, name, address, contact and type (E1).
type party struct {
	ID         string `json:"@id"`
	Type       string `json:"@type"`
	Identifier string `json:"dct:identifier"`
	Name       string `json:"dpv:hasName"`
	Address    string `json:"dpv:hasAddress,omitempty"`
	Contact    string `json:"dpv:hasContact"`
}

// whole is what a receipt keeps beside the records.
type whole struct {
	Basis       string      `json:"basis"`
	Objected    bool        `json:"objected"`
	Suppressed  bool        `json:"suppressed"`
	NoticeDue   string      `json:"notice_due,omitempty"`
	KeptAs      string      `json:"retention_class"`
	EraseAfter  string      `json:"erase_after,omitempty"`
	Source      source      `json:"source"`
	Reason      string      `json:"reason"`
	Assessments []assessed  `json:"assessments"`
	Entries     []entry     `json:"ledger"`
	Merged      []merged    `json:"merged,omitempty"`
	Requests    []requested `json:"requests"`
	Allowed     int         `json:"decisions_yes"`
	Refused     int         `json:"decisions_no"`
	Decisions   []decided   `json:"newest_decisions"`
	Chain       chained     `json:"chain"`
}

type merged struct {
	Lead    int64   `json:"lead"`
	Entries []entry `json:"ledger"`
}

type source struct {
	From     string `json:"from"`
	Kind     string `json:"kind"`
	Public   bool   `json:"public"`
	Obtained string `json:"obtained"`
}

type assessed struct {
	ID        string `json:"id"`
	Version   int    `json:"version"`
	Name      string `json:"name"`
	Outcome   string `json:"outcome"`
	Author    string `json:"author"`
	Second    string `json:"second,omitempty"`
	Date      string `json:"date"`
	Until     string `json:"valid_until,omitempty"`
	Interest  string `json:"interest"`
	Necessity string `json:"necessity"`
	Balance   string `json:"balance"`
	Hash      string `json:"sha256"`
}

type requested struct {
	Entry    int64  `json:"entry"`
	Right    string `json:"right"`
	Received string `json:"received"`
	Due      string `json:"due"`
	Answered string `json:"answered,omitempty"`
	Answer   string `json:"answer_message_id,omitempty"`
}

type decided struct {
	ID      int64          `json:"id"`
	At      string         `json:"at"`
	Act     string         `json:"act"`
	Moment  string         `json:"moment"`
	Allowed bool           `json:"allowed"`
	Basis   string         `json:"basis"`
	Rules   string         `json:"rules"`
	Head    int64          `json:"rests_on_entry"`
	Message string         `json:"message_id,omitempty"`
	Checks  []checked      `json:"checks"`
	Inputs  consent.Inputs `json:"inputs"`
	Place   *place         `json:"chain,omitempty"`
}

type checked struct {
	Rule   string `json:"rule"`
	Key    string `json:"key"`
	OK     bool   `json:"ok"`
	Reason string `json:"reason"`
}

type chained struct {
	OK      bool   `json:"ok"`
	Broken  string `json:"first_broken,omitempty"`
	Entries int64  `json:"entries"`
	Head    string `json:"head_sha256"`
	Heads   int    `json:"heads_agree"`
	Theirs  int    `json:"theirs"`
}

type place struct {
	Pos        int64  `json:"entry"`
	Hash       string `json:"sha256"`
	Commitment string `json:"commitment"`
}

// Receipt is the evidence as a consent receipt.
func (e Evidence) Receipt() Receipt {
	id := e.urn("receipt", e.facts.At.UTC().Format(time.RFC3339Nano))
	r := Receipt{
		Context: vocabulary(), ID: id, Type: "dpv:ConsentReceipt", Identifier: id, ConformsTo: node{receiptProfile},
		Created: stamp(e.facts.At), Publisher: e.controller(), Records: []record{}, Evidence: e.whole(),
	}
	for _, purpose := range consent.Purposes() {
		if events := e.ofPurpose(purpose); len(events) > 0 {
			r.Records = append(r.Records, e.record(purpose, events))
		}
	}
	return r
}

// JSON is the receipt as a text to be kept.
func (r Receipt) JSON() ([]byte, error) {
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write a receipt: %w", err)
	}
	return append(text, '\n'), nil
}

// urn is a name that is the same for the same thing and tells nothing of it:
// the chain's hashes are random to whoever does not have them.
func (e Evidence) urn(what, of string) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s %d %s", what, e.lead.ID, of)
	if len(e.facts.Links) > 0 {
		sum.Write(e.facts.Links[0].Hash)
	}
	return "urn:zgoda:" + what + ":" + hex.EncodeToString(sum.Sum(nil)[:16])
}

func (e Evidence) controller() party {
	c := e.facts.Controller
	return party{
		ID: "urn:zgoda:controller", Type: "dpv:DataController", Identifier: or(c.PolicyURL, c.Name), Name: c.Name, Address: c.Postal, Contact: c.Contact,
	}
}

func (e Evidence) person() party {
	id := e.urn("person", "")
	return party{ID: id, Type: "dpv:DataSubject", Identifier: id, Name: e.lead.Call(), Contact: e.lead.Address.Email}
}

func (e Evidence) whole() whole {
	f := e.facts
	w := whole{
		Basis: string(e.standing.Basis), Objected: e.standing.Objected, Suppressed: e.standing.Suppressed, NoticeDue: stamp(e.standing.NoticeDue),
		KeptAs: string(f.Retention.Class), EraseAfter: stamp(f.Retention.EraseAfter), Reason: e.lead.Reason,
		Source:      source{e.lead.Source, string(e.lead.SourceKind), e.lead.SourcePublic, stamp(e.lead.ObtainedAt)},
		Assessments: []assessed{}, Entries: []entry{}, Requests: []requested{}, Decisions: []decided{},
		Allowed: f.Allowed, Refused: f.Refused,
		Chain: chained{OK: f.Chain.OK(), Entries: f.Chain.Last.Pos, Head: hex.EncodeToString(f.Chain.Last.Hash), Heads: f.Chain.Heads, Theirs: len(f.Links)},
	}
	if b := f.Chain.First; b != nil {
		w.Chain.Broken = b.String()
	}
	for _, a := range e.assessments() {
		outcome, _ := a.Outcome()
		w.Assessments = append(w.Assessments, assessed{a.ID, a.Version, a.Name, string(outcome), a.Author, a.Second, stamp(a.Date), stamp(a.ValidUntil),
			a.Interest, a.Necessity, a.Balance, a.Hash()})
	}
	for _, event := range f.History.Events {
		w.Entries = append(w.Entries, e.proven(event))
	}
	for _, ledger := range f.Merged {
		m := merged{int64(ledger.Person), []entry{}}
		for _, event := range ledger.Events {
			m.Entries = append(m.Entries, e.proven(event))
		}
		w.Merged = append(w.Merged, m)
	}
	for _, r := range e.requests {
		w.Requests = append(w.Requests, requested{r.Seq, string(r.Right), stamp(r.Received), stamp(r.Due), stamp(r.Answered), string(r.Answer)})
	}
	for _, d := range f.Decisions {
		w.Decisions = append(w.Decisions, e.decided(d))
	}
	return w
}

func (e Evidence) decided(d consent.Decision) decided {
	v := d.Verdict
	out := decided{
		ID: d.ID, At: stamp(v.At), Act: string(v.Act), Moment: string(d.Moment), Allowed: v.Allowed(), Basis: string(v.Basis), Rules: v.Rules,
		Head: v.Seq, Message: string(d.Message), Checks: []checked{}, Inputs: d.Inputs, Place: e.placed(ref{chain.WhatDecision, d.ID}),
	}
	for _, c := range v.Checks {
		out.Checks = append(out.Checks, checked{c.Rule, c.Key, c.OK, c.Reason})
	}
	return out
}

func (e Evidence) placed(of ref) *place {
	l, linked := e.links[of]
	if !linked {
		return nil
	}
	return &place{l.Pos, hex.EncodeToString(l.Hash), hex.EncodeToString(l.Commitment)}
}

// stamp is a time as RFC 3339 in UTC; "" for never.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
