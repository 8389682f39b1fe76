package chain_test

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zgoda/consent/chain"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// words is a record of these tests.
type words struct {
	Seq     int64  `json:"seq"`
	Wording string `json:"wording"`
	Yes     bool   `json:"yes"`
}

func entryAfter(t testing.TB, last chain.Link, ref int64, wording string) chain.Entry {
	t.Helper()
	record, err := chain.Canonical(words{ref, wording, true})
	if err != nil {
		t.Fatal(err)
	}
	salt := chain.NewSalt()
	return chain.Entry{Link: chain.Next(last, chain.WhatEvent, ref, chain.Commit(salt, record)), Record: record, Salt: salt}
}

func chainOf(t testing.TB, n int) []chain.Entry {
	t.Helper()
	var entries []chain.Entry
	var last chain.Link
	for i := 1; i <= n; i++ {
		e := entryAfter(t, last, int64(i), fmt.Sprintf("I agree to further e-mails, %d", i))
		entries, last = append(entries, e), e.Link
	}
	return entries
}

func sequence(entries []chain.Entry) iter.Seq2[chain.Entry, error] {
	return func(yield func(chain.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func verify(t testing.TB, entries []chain.Entry, erased chain.Erased, heads *chain.Heads) chain.Report {
	t.Helper()
	report, err := chain.Verify(sequence(entries), erased, heads)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// clone is a chain that may be spoilt.
func clone(entries []chain.Entry) []chain.Entry {
	out := slices.Clone(entries)
	for i := range out {
		out[i].Commitment, out[i].Hash = bytes.Clone(out[i].Commitment), bytes.Clone(out[i].Hash)
		out[i].Record, out[i].Salt = bytes.Clone(out[i].Record), bytes.Clone(out[i].Salt)
	}
	return out
}

func anchored(t testing.TB, heads ...chain.Head) *chain.Heads {
	t.Helper()
	var text strings.Builder
	for _, h := range heads {
		fmt.Fprintln(&text, h)
	}
	read, err := chain.ReadHeads(strings.NewReader(text.String()), signer(t).Public().(ed))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// TestE4_CanonicalJSON is the sample of RFC 8785 section 3.2.2, as far as a
// record can hold it: sorted names, shortest numbers, no needless escapes.
func TestE4_CanonicalJSON(t *testing.T) {
	record := struct {
		Z    int64   `json:"z"`
		Name string  `json:"name"`
		A    float64 `json:"a"`
		Euro string  `json:"ż"`
	}{4, "<Ewa & Żółć>\u2028\n\"", 1e30, "$"}
	got, err := chain.Canonical(record)
	want := "{\"a\":1e+30,\"name\":\"<Ewa & Żółć>\u2028\\n\\\"\",\"z\":4,\"ż\":\"$\"}"
	if err != nil || string(got) != want {
		t.Errorf("%v: %s\nwant %s", err, got, want)
	}
	if _, err := chain.Canonical(make(chan int)); err == nil {
		t.Error("a channel became a record")
	}
}

// TestE4_HashesAreFixed pins the shape of a link for good: a chain of an older
// zgoda must verify for ever.
func TestE4_HashesAreFixed(t *testing.T) {
	salt := bytes.Repeat([]byte{7}, chain.SaltSize)
	first := chain.Next(chain.Link{}, chain.WhatEvent, 1, chain.Commit(salt, []byte(`{"a":1}`)))
	second := chain.Next(first, chain.WhatDecision, 9, chain.Commit(salt, []byte(`{"a":2}`)))
	got := fmt.Sprintf("%x %x", first.Hash[:8], second.Hash[:8])
	if want := "a48a4f8af34cdd26 c6d30b2a91f5a210"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestE4_AWholeChainVerifies(t *testing.T) {
	if r := verify(t, nil, nil, nil); !r.OK() || r.Last.Pos != 0 {
		t.Errorf("the empty chain: %+v", r)
	}
	entries := chainOf(t, 20)
	r := verify(t, entries, nil, anchored(t, chain.Sign(signer(t), chain.Link{}, noon), chain.Sign(signer(t), entries[6].Link, noon), chain.Sign(signer(t), entries[19].Link, noon)))
	if !r.OK() || r.Intact != 20 || r.Erased != 0 || r.Heads != 3 || r.Last.Pos != 20 {
		t.Errorf("%+v", r)
	}
}

// TestE4_AFaultIsNamed: each thing that can be done to a chain, and what is said of it.
func TestE4_AFaultIsNamed(t *testing.T) {
	for name, tc := range map[string]struct {
		spoil func([]chain.Entry) []chain.Entry
		pos   int64
		fault chain.Fault
	}{
		"words":             {func(e []chain.Entry) []chain.Entry { e[4].Record[20] ^= 1; return e }, 5, chain.FaultWords},
		"salt":              {func(e []chain.Entry) []chain.Entry { e[4].Salt[0] ^= 1; return e }, 5, chain.FaultWords},
		"no words":          {func(e []chain.Entry) []chain.Entry { e[4].Record = nil; return e }, 5, chain.FaultNoWords},
		"no salt":           {func(e []chain.Entry) []chain.Entry { e[4].Salt = nil; return e }, 5, chain.FaultNoSalt},
		"neither":           {func(e []chain.Entry) []chain.Entry { e[4].Salt, e[4].Record = nil, nil; return e }, 5, chain.FaultNoWords},
		"commitment":        {func(e []chain.Entry) []chain.Entry { e[4].Commitment[3] ^= 1; return e }, 5, chain.FaultHash},
		"short commitment":  {func(e []chain.Entry) []chain.Entry { e[4].Commitment = e[4].Commitment[:31]; return e }, 5, chain.FaultHash},
		"hash":              {func(e []chain.Entry) []chain.Entry { e[4].Hash[3] ^= 1; return e }, 5, chain.FaultHash},
		"kind":              {func(e []chain.Entry) []chain.Entry { e[4].What = chain.WhatErasure; return e }, 5, chain.FaultHash},
		"number":            {func(e []chain.Entry) []chain.Entry { e[4].Ref++; return e }, 5, chain.FaultHash},
		"dropped":           {func(e []chain.Entry) []chain.Entry { return slices.Delete(e, 4, 5) }, 6, chain.FaultGap},
		"first dropped":     {func(e []chain.Entry) []chain.Entry { return e[1:] }, 2, chain.FaultGap},
		"swapped":           {func(e []chain.Entry) []chain.Entry { e[4], e[5] = e[5], e[4]; return e }, 6, chain.FaultGap},
		"swapped, numbered": {func(e []chain.Entry) []chain.Entry { e[4], e[5] = e[5], e[4]; e[4].Pos, e[5].Pos = 5, 6; return e }, 5, chain.FaultHash},
		"words swapped":     {func(e []chain.Entry) []chain.Entry { e[4].Record, e[5].Record = e[5].Record, e[4].Record; return e }, 5, chain.FaultWords},
		"doubled":           {func(e []chain.Entry) []chain.Entry { return slices.Insert(e, 5, e[4]) }, 5, chain.FaultGap},
	} {
		report := verify(t, tc.spoil(clone(chainOf(t, 9))), nil, nil)
		if report.OK() || report.First.Pos != tc.pos || report.First.Fault != tc.fault || report.First.String() == "" {
			t.Errorf("%s: %v", name, report.First)
		}
	}
}

// TestE4_ErasedEntriesVerify: salt and words go, the chain stays whole; but only
// where a later erasure says so, and only when all of it went (L17.3, Art. 17).
func TestE4_ErasedEntriesVerify(t *testing.T) {
	entries := clone(chainOf(t, 9))
	for _, i := range []int{2, 5} {
		entries[i].Record, entries[i].Salt = nil, nil
	}
	if r := verify(t, entries, chain.Erased{3: 9, 6: 9}, nil); !r.OK() || r.Erased != 2 || r.Intact != 7 {
		t.Errorf("%+v", r)
	}
	for name, erased := range map[string]chain.Erased{"one is not covered": {3: 9}, "an erasure before its entry": {3: 9, 6: 5}, "an erasure of itself": {3: 9, 6: 6}} {
		if r := verify(t, entries, erased, nil); r.OK() || r.First.Pos != 6 || r.First.Fault != chain.FaultNoWords {
			t.Errorf("%s: %v", name, r.First)
		}
	}
	half := clone(entries)
	half[2].Salt = chain.NewSalt()
	if r := verify(t, half, chain.Erased{3: 9, 6: 9}, nil); r.OK() || r.First.Pos != 3 {
		t.Errorf("a salt that stayed: %v", r.First)
	}
	kept := chainOf(t, 9)
	if r := verify(t, kept, chain.Erased{3: 9}, nil); !r.OK() || r.Intact != 9 {
		t.Errorf("an entry that an erasure names and that is still there: %+v", r)
	}
}

// TestE5_AnchoredHeads: who holds the file can rebuild a chain, but not one
// that agrees with a head kept elsewhere.
func TestE5_AnchoredHeads(t *testing.T) {
	entries := chainOf(t, 9)
	heads := func() *chain.Heads {
		return anchored(t, chain.Sign(signer(t), entries[3].Link, noon), chain.Sign(signer(t), entries[8].Link, noon))
	}
	if r := verify(t, entries[:6], nil, heads()); r.OK() || r.First.Pos != 7 || r.First.Fault != chain.FaultCut || r.Heads != 1 {
		t.Errorf("cut off: %v", r.First)
	}
	if r := verify(t, entries[:6], nil, nil); !r.OK() {
		t.Error("without a head a cut cannot be seen")
	}
	if r := verify(t, chainOf(t, 9), nil, heads()); r.OK() || r.First.Pos != 4 || r.First.Fault != chain.FaultRebuilt {
		t.Errorf("rebuilt: %v", r.First)
	}
	forged := chain.Sign(signer(t), entries[3].Link, noon)
	forged.At = forged.At.Add(time.Second)
	if r := verify(t, entries, nil, anchored(t, forged)); r.OK() || r.First.Fault != chain.FaultHead || r.First.Ref != 1 {
		t.Errorf("forged: %v", r.First)
	}
	other, err := chain.SigningKey([]byte("another master key"))
	if err != nil {
		t.Fatal(err)
	}
	if r := verify(t, entries, nil, anchored(t, chain.Sign(other, entries[3].Link, noon))); r.OK() || r.First.Fault != chain.FaultHead {
		t.Errorf("another key: %v", r.First)
	}
	broken, err := chain.ReadHeads(strings.NewReader("\nzgoda-head-1 nonsense\n"+strings.Repeat("x", 9000)+"\n"), signer(t).Public().(ed))
	if err != nil {
		t.Fatal(err)
	}
	if r := verify(t, entries, nil, broken); r.Faults != 2 || r.First.Fault != chain.FaultHeadLine || r.First.Ref != 2 {
		t.Errorf("nonsense: %v", r.First)
	}
}

func TestVerify_AnErrorIsNoReport(t *testing.T) {
	disk := errors.New("disk gone")
	report, err := chain.Verify(func(yield func(chain.Entry, error) bool) {
		if yield(chainOf(t, 1)[0], nil) {
			yield(chain.Entry{}, disk)
		}
	}, nil, nil)
	if !errors.Is(err, disk) || report.Intact != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// TestE4_NothingGoesUnseen spoils a chain in any way, under a head of its end,
// and asks that the first spoilt entry be named.
func TestE4_NothingGoesUnseen(t *testing.T) {
	entries := chainOf(t, 12)
	heads := chain.Sign(signer(t), entries[11].Link, noon)
	rapid.Check(t, func(r *rapid.T) {
		spoilt := clone(entries)
		at := rapid.IntRange(0, 11).Draw(r, "at")
		first, last := int64(at+1), int64(at+1)
		switch rapid.SampledFrom([]string{"flip", "drop", "swap", "cut", "insert", "rebuild"}).Draw(r, "how") {
		case "flip":
			e := &spoilt[at]
			part := rapid.SampledFrom([][]byte{e.Record, e.Salt, e.Commitment, e.Hash}).Draw(r, "part")
			part[rapid.IntRange(0, len(part)-1).Draw(r, "byte")] ^= byte(rapid.IntRange(1, 255).Draw(r, "bits"))
		case "drop":
			spoilt, last = slices.Delete(spoilt, at, at+1), int64(at+2)
		case "swap":
			with := rapid.IntRange(0, 11).Filter(func(i int) bool { return i != at }).Draw(r, "with")
			spoilt[at], spoilt[with] = spoilt[with], spoilt[at]
			first, last = int64(min(at, with)+1), int64(max(at, with)+1)
		case "cut":
			spoilt = spoilt[:at]
		case "insert":
			var before chain.Link
			if at > 0 {
				before = spoilt[at-1].Link
			}
			spoilt, last = slices.Insert(spoilt, at, entryAfter(t, before, 99, "I never said that")), int64(at+2)
		case "rebuild": // new words, and every hash after them made anew
			var before chain.Link
			if at > 0 {
				before = spoilt[at-1].Link
			}
			spoilt[at] = entryAfter(t, before, spoilt[at].Ref, "I never said that")
			for i := at + 1; i < 12; i++ {
				spoilt[i].Link = chain.Next(spoilt[i-1].Link, spoilt[i].What, spoilt[i].Ref, spoilt[i].Commitment)
			}
			first, last = 12, 12 // the head is what shows it
		}
		report := verify(t, spoilt, nil, anchored(t, heads))
		if report.OK() || report.First.Pos < first || report.First.Pos > last {
			r.Fatalf("named %v, spoilt %d to %d", report.First, first, last)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	entries := chainOf(b, 100_000)
	b.ReportAllocs()
	for b.Loop() {
		if r := verify(b, entries, nil, nil); !r.OK() {
			b.Fatal(r.First)
		}
	}
}
