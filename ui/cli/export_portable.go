package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"zgoda/consent"
	"zgoda/store"
)

// portable is what a person gave us by themselves (GDPR Art. 20(1)): their name
// and address as they write them, their mails, and their consents. What we wrote
// or found out is not in it.
type portable struct {
	Name     string           `json:"name"`
	Address  string           `json:"address"`
	Mails    []map[string]any `json:"mails"`
	Consents []map[string]any `json:"consents"`
}

// writePortable writes a vCard and JSON.
func writePortable(dir newDirectory, copied store.AccessCopy) error {
	lead := copied.Lead
	p := portable{Name: lead.Address.Name, Address: lead.Address.Email, Mails: []map[string]any{}, Consents: []map[string]any{}}
	if lead.SourceKind == consent.SourceInbound && p.Name == "" {
		p.Name = lead.Name
	}
	tables := map[string][]map[string]any{}
	for _, t := range copied.Tables {
		tables[t.Table] = t.Rows
	}
	bodies := byKey(tables["bodies"], "message")
	for _, row := range tables["messages"] {
		if row["out"] == int64(0) {
			p.Mails = append(p.Mails, pick(row, bodies[row["id"]], "message_id", "at", "subject", "text", "attachments"))
		}
	}
	proofs := byKey(tables["proofs"], "seq")
	for _, row := range tables["ledger"] {
		switch row["kind"] {
		case string(consent.KindGranted), string(consent.KindRefused), string(consent.KindWithdrawn), string(consent.KindObjected):
			p.Consents = append(p.Consents, pick(row, proofs[row["seq"]], "kind", "purpose", "method", "at", "valid_until", "wording", "language"))
		}
	}
	data, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	if err := dir.write("data.json", append(data, '\n')); err != nil {
		return err
	}
	return dir.write("contact.vcf", vcard(p.Name, p.Address))
}

func byKey(rows []map[string]any, key string) map[any]map[string]any {
	found := map[any]map[string]any{}
	for _, row := range rows {
		found[row[key]] = row
	}
	return found
}

func pick(row, more map[string]any, names ...string) map[string]any {
	picked := map[string]any{}
	for _, name := range names {
		if value, ok := row[name]; ok {
			picked[name] = value
		} else if value, ok := more[name]; ok {
			picked[name] = value
		}
	}
	return picked
}

// vcard is a name and an address as a vCard 4.0 (RFC 6350).
func vcard(name, address string) []byte {
	if name == "" {
		name = address
	}
	var card strings.Builder
	for _, line := range []string{"BEGIN:VCARD", "VERSION:4.0", "FN:" + cardText(name), "EMAIL:" + cardText(address), "END:VCARD"} {
		for len(line) > 75 { // section 3.2: longer lines go on after a blank, never within a letter
			cut := 75
			for !utf8.RuneStart(line[cut]) {
				cut--
			}
			card.WriteString(line[:cut] + "\r\n")
			line = " " + line[cut:]
		}
		card.WriteString(line + "\r\n")
	}
	return []byte(card.String())
}

// cardText escapes what separates values (RFC 6350 section 3.4).
func cardText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ",", `\,`, ";", `\;`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(s)
}
