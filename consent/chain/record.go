package chain

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/gowebpki/jcs"
)

// What is the kind of entry that a link stands for.
type What string

// The kinds. They are part of every hash and never change.
const (
	WhatEvent      What = "event"      // an entry of the ledger, with its wording and evidence
	WhatDecision   What = "decision"   // an answer of the gate
	WhatAssessment What = "assessment" // a version of a legitimate-interest assessment
	WhatErasure    What = "erasure"    // that somebody was erased, and which links went silent
)

// SaltSize is the length of a salt in bytes: as long as the hash, so that
// nobody can guess what a commitment of an erased entry stood for.
const SaltSize = 32

// NewSalt is a random salt. It cannot err (crypto/rand.Read never does).
func NewSalt() []byte {
	salt := make([]byte, SaltSize)
	_, _ = rand.Read(salt)
	return salt
}

// Canonical is a record as it is committed to: JSON by RFC 8785, in which equal
// records have equal bytes. A record is a struct of strings, numbers below 2^53
// and booleans; what is no JSON is an error.
func Canonical(record any) ([]byte, error) {
	raw, err := json.Marshal(record)
	if err != nil {
		return nil, fmt.Errorf("write a record: %w", err)
	}
	canonical, err := jcs.Transform(raw)
	if err != nil {
		return nil, fmt.Errorf("write a record canonically: %w", err)
	}
	return canonical, nil
}

// Commit is the commitment to a canonical record: HMAC-SHA-256 under its salt.
// Without the salt it says nothing of the record; with it, it fits no other.
func Commit(salt, canonical []byte) []byte {
	mac := hmac.New(sha256.New, salt)
	_, _ = mac.Write(canonical) // a hash never errs
	return mac.Sum(nil)
}
