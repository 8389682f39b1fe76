package chain

import (
	"bytes"
	"fmt"
	"iter"
)

// Fault is what is wrong with an entry.
type Fault string

// The faults.
const (
	FaultGap      Fault = "an entry is missing before it, or it is out of order"
	FaultHash     Fault = "its hash does not follow from the entry before it"
	FaultWords    Fault = "its words are not those that were recorded"
	FaultNoWords  Fault = "its words are gone, and no erasure covers that"
	FaultNoSalt   Fault = "its salt is gone, and no erasure covers that"
	FaultNoLink   Fault = "it has no link in the chain: it was put in beside zgoda"
	FaultCut      Fault = "the chain ends before it, although it was anchored"
	FaultRebuilt  Fault = "the chain up to it is another one than was anchored"
	FaultHead     Fault = "the signature of an anchored head is wrong"
	FaultHeadLine Fault = "a line of the anchored heads cannot be read"
)

// Broken names one broken entry.
type Broken struct {
	Pos   int64 // in the chain; 0 when it has no link
	What  What  // "" for a head
	Ref   int64 // number among its kind; for a head its line in the file
	Fault Fault
}

// String is the entry and its fault in one sentence without its stop.
func (b Broken) String() string {
	switch {
	case b.What == "" && b.Pos == 0:
		return fmt.Sprintf("anchored head %d: %s", b.Ref, b.Fault)
	case b.What == "":
		return fmt.Sprintf("entry %d: %s", b.Pos, b.Fault)
	case b.Pos == 0:
		return fmt.Sprintf("%s %d: %s", b.What, b.Ref, b.Fault)
	}
	return fmt.Sprintf("entry %d (%s %d): %s", b.Pos, b.What, b.Ref, b.Fault)
}

// Report is what a walk along the chain found.
type Report struct {
	Last   Link  // the end of the chain
	Intact int64 // entries whose words are those that were recorded
	Erased int64 // entries that went with an erasure, and verify all the same
	Faults int64 // entries and heads that are broken
	First  *Broken
	Heads  int // anchored heads that the chain agrees with
}

// OK reports whether nothing is broken.
func (r Report) OK() bool { return r.First == nil }

// Add notes a fault; the first one stays First.
func (r *Report) Add(b Broken) {
	r.Faults++
	if r.First == nil {
		r.First = &b
	}
}

// Entry is a link together with what it stands for.
type Entry struct {
	Link
	Record []byte // canonical; nil when it is gone
	Salt   []byte // nil when it is gone
}

// Erased says which erasure made which positions silent: silent position to the
// position of the erasure's own link.
type Erased map[int64]int64

// Covers reports whether the entry at pos went with an erasure that was
// recorded after it.
func (e Erased) Covers(pos int64) bool { return e[pos] > pos }

// Verify walks the chain in the order of positions and holds it against the
// entries, and against heads, which may be nil. It reads each entry once and
// keeps none. An error is one of the sequence, and then nothing is known.
func Verify(entries iter.Seq2[Entry, error], erased Erased, heads *Heads) (Report, error) {
	var report Report
	for entry, err := range entries {
		if err != nil {
			return Report{}, err
		}
		if fault := examine(report.Last, entry, erased); fault != "" {
			report.Add(Broken{Pos: entry.Pos, What: entry.What, Ref: entry.Ref, Fault: fault})
		} else if entry.Record == nil {
			report.Erased++
		} else {
			report.Intact++
		}
		report.Last = entry.Link
		heads.pass(entry.Link, &report)
	}
	heads.end(&report)
	return report, nil
}

// examine gives the fault of an entry that follows last, "" for none.
func examine(last Link, e Entry, erased Erased) Fault {
	switch {
	case e.Pos != last.Pos+1:
		return FaultGap
	case len(e.Commitment) != HashSize || !bytes.Equal(e.Hash, e.follow(last.Hash)):
		return FaultHash
	case erased.Covers(e.Pos) && e.Record == nil && e.Salt == nil:
		return ""
	case e.Record == nil:
		return FaultNoWords
	case e.Salt == nil:
		return FaultNoSalt
	case len(e.Salt) != SaltSize || !bytes.Equal(Commit(e.Salt, e.Record), e.Commitment):
		return FaultWords
	}
	return ""
}
