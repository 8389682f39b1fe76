package proof_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/consent"
	"zgoda/consent/chain"
	"zgoda/consent/proof"
	"zgoda/mail"
)

var update = flag.Bool("update", false, "write the golden files anew")

// noon is the one moment of these tests.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func ago(days int) time.Time { return noon.AddDate(0, 0, -days) }

// ewa agreed to mail and to open tracking, took the latter back, was informed,
// and asked for a copy.
func ewa() proof.Facts {
	of := func(seq int64, kind consent.Kind, purpose consent.Purpose, at time.Time, more func(*consent.Event)) consent.Event {
		e := consent.Event{Seq: seq, Person: 7, Kind: kind, Purpose: purpose, Method: consent.ByEmail, Evidence: "their mail", At: at, RecordedAt: at.Add(time.Minute), Actor: "marta"}
		if more != nil {
			more(&e)
		}
		return e
	}
	asked := func(e *consent.Event) {
		e.Method, e.Evidence, e.Message, e.Wording, e.Language, e.Version, e.Code = consent.BySending, "", "ours@firma.example", "Zgadzam się na dalsze wiadomości od Firma.", "pl", "question 1/pl", "K7Q2"
	}
	yes := func(e *consent.Event) {
		asked(e)
		e.Method, e.Evidence, e.Message, e.Code = consent.ByEmail, "their answer repeats the sentence", "theirs@studio.example", ""
		e.Raw, e.Auth = strings.Repeat("ab", 32), "by dkim dkim=pass domain=studio.example"
		e.ValidUntil = e.At.AddDate(2, 0, 0)
	}
	events := []consent.Event{
		of(3, consent.KindNotice, "", ago(20), func(e *consent.Event) { e.Method, e.Evidence, e.Message = consent.BySending, "", "first@firma.example" }),
		of(4, consent.KindAsked, consent.MarketingEmail, ago(19), asked),
		of(5, consent.KindGranted, consent.MarketingEmail, ago(18), yes),
		of(6, consent.KindGranted, consent.TrackOpen, ago(18), yes),
		of(9, consent.KindWithdrawn, consent.TrackOpen, ago(3), func(e *consent.Event) { e.Method, e.Evidence = consent.ByPhone, "a call at 14:10" }),
		of(10, consent.KindRequested, "", ago(2), func(e *consent.Event) { e.Right, e.Message = consent.RightCopy, "ask@studio.example" }),
		of(11, consent.KindEvidence, "", ago(2), func(e *consent.Event) {
			e.Method, e.Fact, e.Evidence = "", consent.FactPublished, "studio.example/contact"
		}),
	}
	lead := consent.Lead{
		ID: 7, Address: mail.Address{Name: "Ewa Żółć", Email: "ewa@studio.example"}, Name: "Ewa Żółć", Company: "Studio Ltd", Role: "Head of Facilities",
		Language: "pl", Country: "PL", Since: ago(25), Source: "studio.example/team", SourceKind: consent.SourceResearch, SourcePublic: true, ObtainedAt: ago(25),
		Reason: "You open a second studio in Cork in March and asked for bids for its lighting.",
	}
	history := consent.History{Lead: lead, Events: events, Head: 11}
	f := proof.Facts{
		At: noon, History: history, Allowed: 40, Refused: 2, Retention: consent.Retention{Class: consent.ClassConsent, EraseAfter: noon.AddDate(2, 0, 0)},
		Controller: consent.Controller{
			Name: "Firma sp. z o.o.", Postal: "ul. Prosta 1, 00-001 Warszawa", Country: "PL", Contact: "rodo@firma.example",
			PolicyURL: "https://firma.example/privacy", Offer: "lighting", Retention: "6 months",
		},
		Decisions: []consent.Decision{
			{ID: 2, Moment: consent.MomentTrack, Verdict: consent.DecideTrack(history, consent.TrackOpen, ago(1)), Inputs: consent.Inputs{States: []string{"track_open=withdrawn"}}},
			{ID: 1, Moment: consent.MomentSend, Message: "out@firma.example", Inputs: consent.Inputs{States: []string{"marketing_email=granted"}, Assessment: "LIA-1/2 abcd"},
				Verdict: consent.Verdict{Person: 7, Act: consent.ActSend, Basis: consent.BasisConsent, At: ago(10), Seq: 6, Rules: "rules 1, countries 1",
					Checks: []consent.Check{{Rule: "L5a", Key: "basis", OK: true, Reason: "They agreed."}}}},
		},
		Assessments: []consent.Assessment{{ID: "LIA-1", Version: 2, Name: "Studios", Author: "Marta", Second: "Jan", Interest: "They save energy.",
			Necessity: "Nothing less works.", Balance: "They publish the address for business.", Date: ago(40), ValidUntil: ago(-300)}},
	}
	return linked(f)
}

// linked gives every entry its link, under salts that are the same each time.
func linked(f proof.Facts) proof.Facts {
	var last chain.Link
	add := func(what chain.What, n int64) {
		last = chain.Next(last, what, n, chain.Commit([]byte("salt"), fmt.Appendf(nil, "%s %d", what, n)))
		f.Links = append(f.Links, last)
		f.Chain.Intact++
	}
	for _, e := range f.History.Events {
		add(chain.WhatEvent, e.Seq)
	}
	for i := range f.Decisions {
		add(chain.WhatDecision, f.Decisions[len(f.Decisions)-1-i].ID)
	}
	f.Chain.Last, f.Chain.Heads = last, 3
	return f
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	// The rules have a version of their own; it is not what is looked at here.
	got = strings.ReplaceAll(got, consent.RulesVersion(), "RULES")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is\n%s\nrun with -update if that is right", name, got)
	}
}

func receipt(t testing.TB, f proof.Facts) string {
	t.Helper()
	text, err := proof.Of(f).Receipt().JSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestL5_2_GoldenPage is the page that zgoda prove prints.
func TestL5_2_GoldenPage(t *testing.T) { golden(t, "ewa.txt", proof.Of(ewa()).Text()) }

func TestE1_GoldenReceipt(t *testing.T) { golden(t, "ewa.json", receipt(t, ewa())) }

// mandatory is every field that ISO/IEC TS 27560 makes mandatory (law.md E1), and
// where it stands: in the receipt, in each record, in each party, in each event.
var mandatory = map[string]map[string][]string{
	"receipt": {"schema version": {"dct:conformsTo", "@id"}, "receipt id": {"dct:identifier"}},
	"record": {
		"schema version": {"dct:conformsTo", "@id"}, "record id": {"dct:identifier"}, "pii principal id": {"dpv:hasDataSubject", "dct:identifier"},
		"privacy notice": {"dpv:hasNotice", "@id"}, "language": {"dct:language"}, "purpose": {"dpv:hasProcess", "dpv:hasPurpose", "dct:identifier"},
		"pii information": {"dpv:hasProcess", "dpv:hasPersonalData"}, "pii controllers": {"dpv:hasDataController", "@id"},
		"storage locations": {"dpv:hasProcess", "dpv:hasStorageCondition", "0", "dpv:hasLocation", "@id"},
		"retention period":  {"dpv:hasProcess", "dpv:hasStorageCondition", "1", "dpv:hasDuration"},
		"jurisdiction":      {"dpv:hasJurisdiction", "@id"}, "recipient third parties": {"dpv:hasProcess", "dpv:hasRecipient", "0", "@id"},
		"withdrawal method": {"dpv:hasConsentControl", "dpv:isExercisedAt", "@id"}, "pii type": {"dpv:hasProcess", "dpv:hasPersonalData", "0", "@type"},
		"lawful basis (GDPR)": {"dpv:hasProcess", "dpv:hasLegalBasis", "@id"}, "rights (GDPR)": {"dpv:hasRight", "0", "@id"}, "source (GDPR)": {"dpv:hasProcess", "dpv:hasDataSource"},
		"party id": {"dpv:hasDataController", "dct:identifier"}, "party name": {"dpv:hasDataController", "dpv:hasName"},
		"party address": {"dpv:hasDataController", "dpv:hasAddress"}, "party contact": {"dpv:hasDataController", "dpv:hasContact"},
		"party type": {"dpv:hasDataController", "@type"}, "events": {"dpv:hasConsentStatus", "0", "@type"},
	},
	"event": {
		"event time": {"dct:date"}, "validity duration": {"dct:valid"}, "entity id": {"dpv:isImplementedByEntity", "@id"},
		"event type": {"dpv:hasLegalBasis", "@id"}, "event state": {"@type", "0"},
	},
}

// at follows a path into decoded JSON; nil and "" are nothing.
func at(v any, path ...string) any {
	for _, step := range path {
		switch in := v.(type) {
		case map[string]any:
			v = in[step]
		case []any:
			i := int(step[0] - '0')
			if i >= len(in) {
				return nil
			}
			v = in[i]
		default:
			return nil
		}
	}
	if v == "" {
		return nil
	}
	return v
}

// TestE1_MandatoryFields: nothing that the standard makes mandatory is missing,
// even of somebody of whom hardly anything is known.
func TestE1_MandatoryFields(t *testing.T) {
	bare := ewa()
	bare.History.Lead = consent.Lead{ID: 7, Address: bare.History.Lead.Address}
	for i := range bare.History.Events {
		bare.History.Events[i].Language, bare.History.Events[i].Method = "", ""
	}
	bare.Retention, bare.Decisions, bare.Links = consent.Retention{}, nil, nil
	for name, facts := range map[string]proof.Facts{"all is known": ewa(), "little is known": bare} {
		var r map[string]any
		if err := json.Unmarshal([]byte(receipt(t, facts)), &r); err != nil {
			t.Fatal(err)
		}
		require := func(what string, v any) {
			for field, path := range mandatory[what] {
				if at(v, path...) == nil {
					t.Errorf("%s: the %s lacks %s", name, what, field)
				}
			}
		}
		require("receipt", r)
		records := at(r, "dpv:hasRecordOfActivity").([]any)
		if len(records) != 2 {
			t.Fatalf("%s: %d records", name, len(records))
		}
		for _, rec := range records {
			require("record", rec)
			for _, event := range at(rec, "dpv:hasConsentStatus").([]any) {
				require("event", event)
			}
		}
	}
}

// TestE1_NothingIsFetched: the context stands in the receipt, and each prefix
// that is used is declared there.
func TestE1_NothingIsFetched(t *testing.T) {
	var r map[string]any
	if err := json.Unmarshal([]byte(receipt(t, ewa())), &r); err != nil {
		t.Fatal(err)
	}
	context, inline := r["@context"].(map[string]any)
	if !inline {
		t.Fatal("the context is somewhere else")
	}
	var look func(any)
	look = func(v any) {
		switch in := v.(type) {
		case []any:
			for _, v := range in {
				look(v)
			}
		case map[string]any:
			for key, v := range in {
				prefix, _, compact := strings.Cut(key, ":")
				if declared, _ := context[prefix].(string); !strings.HasPrefix(key, "@") && (!compact || declared == "") {
					t.Errorf("%s is in no vocabulary", key)
				}
				if id, is := v.(string); is && (key == "@id" || key == "@type") && strings.Count(id, ":") == 1 && context[strings.Split(id, ":")[0]] == nil && !strings.HasPrefix(id, "https") && !strings.HasPrefix(id, "mailto") {
					t.Errorf("%s is in no vocabulary", id)
				}
				if key != "@context" && key != "zgoda:evidence" && key != "zgoda:proof" {
					look(v)
				}
			}
		}
	}
	look(r)
}

// TestE3_ConsentWordForWord: years later the sentence can be shown as it was,
// byte for byte, with its hash (L7.1).
func TestE3_ConsentWordForWord(t *testing.T) {
	f := ewa()
	f.History.Events[2].Wording = "Tak –  <b>zgadzam się</b> & \"już\"\n na wszystko\u00a0…"
	var r map[string]any
	if err := json.Unmarshal([]byte(receipt(t, f)), &r); err != nil {
		t.Fatal(err)
	}
	entry := at(r, "zgoda:evidence", "ledger", "2")
	if at(entry, "wording") != f.History.Events[2].Wording || at(entry, "wording_sha256") != f.History.Events[2].WordingHash() {
		t.Errorf("%v", entry)
	}
}

// TestProof_ShowsEveryEntry: whatever kind an entry has, the page has it, with
// its place in the chain; one without a link is called so.
func TestProof_ShowsEveryEntry(t *testing.T) {
	f := ewa()
	f.History.Events = append(f.History.Events, consent.Event{Seq: 99, Person: 7, Kind: "invented later", At: noon})
	f.Merged = []proof.Ledger{{Person: 8, Events: []consent.Event{{Seq: 2, Person: 8, Kind: consent.KindGranted, Purpose: consent.TrackOpen, At: noon, Wording: "Yes."}}}}
	f.Links = append(f.Links, chain.Next(f.Chain.Last, chain.WhatEvent, 2, nil))
	page := proof.Of(f).Text()
	if !strings.Contains(page, "Recorded of lead 8, who is the same person") || !strings.Contains(receipt(t, f), `"lead": 8`) {
		t.Error("what was recorded of the lead that was merged in is left out")
	}
	for _, e := range append(f.History.Events, f.Merged[0].Events...) {
		if !strings.Contains(page, fmt.Sprintf("entry %d ", e.Seq)) {
			t.Errorf("entry %d is left out", e.Seq)
		}
	}
	if strings.Count(page, "NO LINK") != 1 {
		t.Errorf("%d entries are called unlinked", strings.Count(page, "NO LINK"))
	}
}

// TestProof_BrokenChainIsSaid: a page over a broken chain says so.
func TestProof_BrokenChainIsSaid(t *testing.T) {
	f := ewa()
	f.Chain.Add(chain.Broken{Pos: 5, What: chain.WhatEvent, Ref: 9, Fault: chain.FaultWords})
	if page := proof.Of(f).Text(); !strings.Contains(page, "BROKEN at entry 5 (event 9)") {
		t.Error("the page says nothing")
	}
	if text := receipt(t, f); !strings.Contains(text, `"first_broken": "entry 5 (event 9)`) {
		t.Error("the receipt says nothing")
	}
}

// TestProof_IsTotal: whatever stands in the ledger, there is a page that speaks
// to no terminal, and a receipt that is JSON.
func TestProof_IsTotal(t *testing.T) {
	hostile := rapid.SampledFrom([]string{"", "x", "\x1b]8;;http://evil\x07", "\u202eevil", "a\nb", "\xff", "\u009b2J", strings.Repeat("long ", 50)})
	rapid.Check(t, func(r *rapid.T) {
		f := ewa()
		f.History.Lead.Name, f.History.Lead.Source, f.Controller.Contact = hostile.Draw(r, "name"), hostile.Draw(r, "source"), hostile.Draw(r, "contact")
		f.History.Lead.Reason, f.Controller.Country = hostile.Draw(r, "reason"), hostile.Draw(r, "country")
		for i := range f.History.Events {
			e := &f.History.Events[i]
			e.Kind = consent.Kind(rapid.SampledFrom([]string{string(e.Kind), "objected", "corrected", "withdrawn", ""}).Draw(r, "kind"))
			e.Purpose = rapid.SampledFrom(append(consent.Purposes(), "", "all")).Draw(r, "purpose")
			e.Wording, e.Evidence, e.Auth = hostile.Draw(r, "wording"), hostile.Draw(r, "evidence"), hostile.Draw(r, "auth")
			e.Message, e.Actor = mail.MessageID(hostile.Draw(r, "message")), hostile.Draw(r, "actor")
			e.Corrects = rapid.Int64Range(-1, 12).Draw(r, "corrects")
		}
		evidence := proof.Of(f)
		for _, c := range evidence.Text() {
			if c != '\n' && (c < ' ' || c >= 0x7f && c < 0xa0 || c >= 0x202a && c <= 0x202e) {
				r.Fatalf("the page speaks to the terminal: %q", c)
			}
		}
		text, err := evidence.Receipt().JSON()
		if err != nil || !json.Valid(text) {
			r.Fatalf("%v", err)
		}
	})
}
