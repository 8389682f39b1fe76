package proof_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"
)

// offline is a loader for which there is no net.
type offline struct{ asked []string }

func (o *offline) LoadDocument(address string) (*ld.RemoteDocument, error) {
	o.asked = append(o.asked, address)
	return nil, errors.New("nothing is fetched")
}

// TestE1_AProcessorReadsTheReceipt: a JSON-LD processor that knows nothing of
// zgoda expands it without fetching anything, loses no property, and finds the
// records, their events and the literal evidence where the vocabulary puts them.
func TestE1_AProcessorReadsTheReceipt(t *testing.T) {
	var document map[string]any
	if err := json.Unmarshal([]byte(receipt(t, ewa())), &document); err != nil {
		t.Fatal(err)
	}
	loader := &offline{}
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader, options.ProcessingMode = loader, ld.JsonLd_1_1
	expanded, err := ld.NewJsonLdProcessor().Expand(document, options)
	if err != nil || len(loader.asked) != 0 {
		t.Fatalf("%v, it asked for %v", err, loader.asked)
	}
	root := expanded[0].(map[string]any)
	const dpv = "https://w3id.org/dpv#"
	if at(root, "@type", "0") != dpv+"ConsentReceipt" {
		t.Errorf("it is a %v", at(root, "@type"))
	}
	records, _ := root[dpv+"hasRecordOfActivity"].([]any)
	if len(records) != 2 {
		t.Fatalf("%d records", len(records))
	}
	for i, want := range []string{"ConsentGiven", "ConsentWithdrawn"} {
		events, _ := at(records[i], dpv+"hasConsentStatus").([]any)
		if len(events) != 2 || at(records[i], "@type", "0") != dpv+"ConsentRecord" {
			t.Fatalf("record %d is a %v with %d events", i, at(records[i], "@type"), len(events))
		}
		if last := at(events[1], "@type", "0"); last != dpv+want {
			t.Errorf("record %d ends with %v, want %s", i, last, want)
		}
		if proof, literal := at(events[1], "urn:zgoda:proof", "0", "@value").(map[string]any); !literal || proof["recorded_by"] != "marta" {
			t.Errorf("the proof of record %d is %v", i, at(events[1], "urn:zgoda:proof"))
		}
	}
	if evidence, literal := at(root, "urn:zgoda:evidence", "0", "@value").(map[string]any); !literal || evidence["basis"] != "consent" {
		t.Error("the evidence is no JSON literal")
	}
	lost(t, "", document, expanded)
}

// lost looks for properties of the document that the processor dropped, because
// they are in no vocabulary.
func lost(t *testing.T, path string, document map[string]any, expanded []any) {
	t.Helper()
	kept := map[string]bool{}
	var collect func(any)
	collect = func(v any) {
		switch in := v.(type) {
		case []any:
			for _, v := range in {
				collect(v)
			}
		case map[string]any:
			for name, v := range in {
				kept[name] = true
				collect(v)
			}
		}
	}
	collect(expanded)
	prefixes := document["@context"].(map[string]any)
	var look func(string, any)
	look = func(path string, v any) {
		switch in := v.(type) {
		case []any:
			for _, v := range in {
				look(path, v)
			}
		case map[string]any:
			for name, v := range in {
				if slices.Contains([]string{"@context", "@id", "@type", "zgoda:evidence", "zgoda:proof"}, name) {
					continue
				}
				prefix, local, _ := strings.Cut(name, ":")
				whole, _ := prefixes[prefix].(string)
				if !kept[whole+local] {
					t.Errorf("%s/%s was lost", path, name)
				}
				look(path+"/"+name, v)
			}
		}
	}
	look(path, document)
}
