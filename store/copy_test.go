package store_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"zgoda/store"
)

// TestS10_TheCopyHoldsAllThatTheDatabaseHolds writes markers everywhere, and then
// wants each that stands in the database to stand in the copy, by the register.
func TestS10_TheCopyHoldsAllThatTheDatabaseHolds(t *testing.T) {
	d := newDesk(t)
	d.neighbours(0, 20)
	id := d.writeEverywhere()
	copied := ok(d.Copy(ctx, id))(t)
	text := ok(json.Marshal(copied))(t)
	for _, raw := range copied.Raws {
		text = append(text, raw.Data...)
	}
	lower := bytes.ToLower(text)
	elsewhere := map[string]bool{"editormark": true, "qwyszkowna": true} // a file; the folded name, which is withheld
	for _, marker := range markers {
		name := strings.ToLower(marker)
		encoded := false
		for shift := range 3 {
			encoded = encoded || bytes.Contains(text, base64Of(marker, shift))
		}
		if !bytes.Contains(lower, []byte(name)) && !encoded && !elsewhere[name] {
			t.Errorf("the database holds %s and the copy does not", marker)
		}
	}
	if bytes.Contains(lower, []byte("neighbour")) {
		t.Error("the copy holds data of others")
	}
	var there []string
	for _, table := range copied.Tables {
		if len(table.Rows) > 0 {
			there = append(there, table.Table)
		}
	}
	for _, name := range []string{"people", "aliases", "provenance", "messages", "bodies", "message_people", "ledger", "proofs", "decisions", "raws", "outbox", "chain", "salts"} {
		if !slices.Contains(there, name) {
			t.Errorf("the copy has no row of %s, only of %v", name, there)
		}
	}
	if len(copied.Mails) != 17 || len(copied.Raws) != 2 {
		t.Errorf("%d places on the server, %d whole mails", len(copied.Mails), len(copied.Raws))
	}
}

// TestS10_NothingOfThemIsOutsideTheCopy: once the rows that the copy is made from
// are gone, no byte of the person is left; so the copy missed nothing.
func TestS10_NothingOfThemIsOutsideTheCopy(t *testing.T) {
	d := newDesk(t)
	id := d.writeEverywhere()
	copied := ok(d.Copy(ctx, id))(t)
	ok(d.Erase(ctx, id, "they asked for it"))(t)
	if left := traces(t, d.home()); len(left) > 0 {
		t.Errorf("%q stands outside of what the copy is made from", left)
	}
	inCopy := map[string]bool{}
	for _, table := range copied.Tables {
		inCopy[table.Table] = true
	}
	for _, table := range store.Register() {
		if (table.Whose == store.OfPerson || table.Whose == store.OfPeople) && !inCopy[table.Name] && table.Name != "people_search" {
			t.Errorf("%s is of %s and not in the copy", table.Name, table.Whose)
		}
	}
}

// TestL15_TheSuppressionStateIsInTheCopy, and not the hash.
func TestL15_TheSuppressionStateIsInTheCopy(t *testing.T) {
	d := newDesk(t)
	id := d.aLead("ewa@studio.example")
	ok(d.Erase(ctx, id, "they asked for it"))(t)
	d.now = d.now.Add(1e12)
	d.receive(d.came("ewa@studio.example", 0))
	copied := ok(d.Copy(ctx, d.person("ewa@studio.example")))(t)
	for _, table := range copied.Tables {
		if table.Table != "suppressions" {
			continue
		}
		if len(table.Rows) != 1 || table.Rows[0]["reason"] != "erased" || table.Rows[0]["hash"] != nil || len(table.Withheld) != 1 {
			t.Errorf("it says %+v", table)
		}
		return
	}
	t.Error("the copy has no suppressions")
}
