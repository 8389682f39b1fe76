package chain_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"strings"
	"testing"

	"zgoda/consent/chain"
)

type ed = ed25519.PublicKey

func signer(t testing.TB) ed25519.PrivateKey {
	t.Helper()
	key, err := chain.SigningKey(bytes.Repeat([]byte{3}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestE5_AHeadIsOneLine(t *testing.T) {
	entries := chainOf(t, 3)
	head := chain.Sign(signer(t), entries[2].Link, noon)
	line := head.String()
	if !head.Good() || strings.Contains(line, "\n") || len(line) > 300 {
		t.Errorf("%d characters: %s", len(line), line)
	}
	wrapped := "\r\n  " + strings.ReplaceAll(line, " ", "\r\n ") + "\r\n"
	for _, text := range []string{line, wrapped} {
		back, err := chain.ParseHead(text)
		if err != nil || !back.Good() || back.String() != line || back.Pos != 3 || !bytes.Equal(back.Hash, entries[2].Hash) || !back.At.Equal(noon) {
			t.Errorf("%v: %+v", err, back)
		}
	}
	for _, bad := range []string{"", line[1:], line + " x", strings.Replace(line, " 3 ", " 03 ", 1), strings.Replace(line, " 3 ", " -3 ", 1), strings.ToUpper(line)} {
		if _, err := chain.ParseHead(bad); err == nil {
			t.Errorf("%q is a head", bad)
		}
	}
}

// FuzzParseHead: whatever stands in the file, a head that is read is the line
// it was read from, and only a signature makes it good.
func FuzzParseHead(f *testing.F) {
	key, err := chain.SigningKey(bytes.Repeat([]byte{3}, 32))
	if err != nil {
		f.Fatal(err)
	}
	line := chain.Sign(key, chain.Next(chain.Link{}, chain.WhatEvent, 1, make([]byte, chain.HashSize)), noon).String()
	for _, seed := range []string{"", line, line + "\n", strings.Replace(line, " 1 ", " 2 ", 1), "zgoda-head-1 1 aa 2026 bb cc", line[:len(line)-1] + "="} {
		f.Add(seed)
	}
	if restart, err := chain.SignRestart(key, chain.Link{}, noon, "why"); err == nil {
		f.Add(restart.String())
	}
	f.Fuzz(func(t *testing.T, text string) {
		head, err := chain.ParseHead(text)
		if err == nil {
			if head.String() != strings.Join(strings.Fields(text), " ") {
				t.Errorf("%q was read from %q", head, text)
			}
			if head.Good() && bytes.Equal(head.Key, key.Public().(ed)) && head.String() != line {
				t.Errorf("a forged head is good: %q", text)
			}
		}
		heads, err := chain.ReadHeads(strings.NewReader(text), key.Public().(ed))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := chain.Verify(sequence(nil), nil, heads); err != nil {
			t.Fatal(err)
		}
	})
}

// TestE5_ARestartIsOnRecord: a backup that was put back goes on from where it
// stands; what was anchored before is given up by a signed word, and nothing else.
func TestE5_ARestartIsOnRecord(t *testing.T) {
	entries := chainOf(t, 9)
	key := signer(t)
	restart, err := chain.SignRestart(key, entries[5].Link, noon, " Backup of Monday:\nthe disk failed ")
	if err != nil || !restart.Good() || restart.Reason != "Backup of Monday:\nthe disk failed" {
		t.Fatalf("%+v, %v", restart, err)
	}
	if _, err := chain.SignRestart(key, entries[5].Link, noon, " \t"); !errors.Is(err, chain.ErrNoReason) {
		t.Errorf("without a reason: %v", err)
	}
	read := func(lines ...fmt.Stringer) *chain.Heads {
		t.Helper()
		var text strings.Builder
		for _, line := range lines {
			fmt.Fprintln(&text, line)
		}
		heads, err := chain.ReadHeads(strings.NewReader(text.String()), key.Public().(ed))
		if err != nil {
			t.Fatal(err)
		}
		return heads
	}
	end, before := chain.Sign(key, entries[8].Link, noon), chain.Sign(key, entries[1].Link, noon)
	heads := read(before, end, restart)
	report := verify(t, entries[:6], nil, heads)
	if restarts, given := heads.Restarts(); !report.OK() || len(restarts) != 1 || given != 2 || report.Heads != 1 {
		t.Errorf("%v, %d given up, %d agree", report.First, given, report.Heads)
	}
	if r := verify(t, entries[:5], nil, read(end, restart)); r.OK() || r.First.Fault != chain.FaultCut {
		t.Errorf("cut again after it: %v", r.First)
	}
	if r := verify(t, entries[:6], nil, read(restart, end)); r.OK() || r.First.Fault != chain.FaultCut {
		t.Errorf("a head after it counts: %v", r.First)
	}
	forged := restart
	forged.Reason = "Nothing happened"
	if r := verify(t, entries[:6], nil, read(end, forged)); r.OK() || r.Faults != 2 {
		t.Errorf("a forged one gives up nothing: %v", r.First)
	}
	plain := restart
	plain.Head = chain.Sign(key, entries[5].Link, noon) // the signature of a head is none of a restart
	if r := verify(t, entries[:6], nil, read(end, plain)); r.OK() {
		t.Error("the signature of a head made a restart")
	}
}
