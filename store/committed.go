package store

import (
	"context"

	"zgoda/consent/chain"
	"zgoda/mail"
)

// What a link commits to is the whole row, under the names below, which are
// part of every commitment and never change: a new column of a later version
// gets omitempty, so that older rows keep their bytes. Times are the stored
// milliseconds, and JSON columns are the stored text itself.

type eventRecord struct {
	Seq         int64  `json:"seq"`
	Person      int64  `json:"person"`
	Kind        string `json:"kind"`
	Purpose     string `json:"purpose"`
	Method      string `json:"method"`
	At          int64  `json:"at"`
	RecordedAt  int64  `json:"recorded_at"`
	Actor       string `json:"actor"`
	ValidUntil  int64  `json:"valid_until"`
	Corrects    int64  `json:"corrects"`
	Right       string `json:"right"`
	Fact        string `json:"fact"`
	Proven      bool   `json:"proven"` // a row in proofs
	Wording     string `json:"wording"`
	Language    string `json:"language"`
	Evidence    string `json:"evidence"`
	Message     string `json:"message"`
	WordingHash string `json:"wording_sha256"`
	Version     string `json:"version"`
	Code        string `json:"code"`
	Raw         string `json:"raw_sha256"`
	Auth        string `json:"auth"`
}

type decisionRecord struct {
	ID      int64  `json:"id"`
	Person  int64  `json:"person"`
	At      int64  `json:"at"`
	Act     string `json:"act"`
	Moment  string `json:"moment"`
	Allowed int64  `json:"allowed"`
	Basis   string `json:"basis"`
	Rules   string `json:"rules"`
	Head    int64  `json:"head"`
	Message string `json:"message_id"`
	Checks  string `json:"checks"`
	Inputs  string `json:"inputs"`
}

type assessmentRecord struct {
	Seq        int64  `json:"seq"`
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	At         int64  `json:"at"`
	ValidUntil int64  `json:"valid_until"`
	Outcome    string `json:"outcome"`
	Hash       string `json:"hash"`
	Body       string `json:"body"`
}

type erasureRecord struct {
	ID     int64  `json:"id"`
	At     int64  `json:"at"`
	Reason string `json:"reason"`
	Silent string `json:"silent"`
}

const (
	sqlCommittedEvent = `SELECT l.seq, l.person, l.kind, l.purpose, l.method, l.at, l.recorded_at, l.actor, l.valid_until, l.corrects,
l.subject_right, l.fact, p.seq IS NOT NULL, coalesce(p.wording, ''), coalesce(p.language, ''), coalesce(p.evidence, ''),
coalesce(p.message, ''), coalesce(p.wording_hash, ''), coalesce(p.version, ''), coalesce(p.code, ''), coalesce(p.raw, ''), coalesce(p.auth, '')
FROM ledger l LEFT JOIN proofs p ON p.seq = l.seq WHERE l.seq = $1`
	sqlCommittedDecision = `SELECT id, person, at, act, moment, allowed, basis, rules, head, message_id, checks, inputs
FROM decisions WHERE id = $1`
	sqlCommittedAssessment = `SELECT seq, id, version, at, valid_until, outcome, hash, body FROM assessments WHERE seq = $1`
	sqlCommittedErasure    = `SELECT id, at, reason, silent FROM erasures WHERE id = $1`
)

// committed is a row in canonical JSON, and whom it is of; nil when it is gone.
func (t *tx) committed(ctx context.Context, what chain.What, ref int64) ([]byte, mail.PersonID, error) {
	switch what {
	case chain.WhatEvent:
		var r eventRecord
		known, err := t.found(ctx, sqlCommittedEvent, []any{ref}, &r.Seq, &r.Person, &r.Kind, &r.Purpose, &r.Method, &r.At, &r.RecordedAt,
			&r.Actor, &r.ValidUntil, &r.Corrects, &r.Right, &r.Fact, &r.Proven, &r.Wording, &r.Language, &r.Evidence, &r.Message,
			&r.WordingHash, &r.Version, &r.Code, &r.Raw, &r.Auth)
		return canonical(known, err, r, r.Person)
	case chain.WhatDecision:
		var r decisionRecord
		known, err := t.found(ctx, sqlCommittedDecision, []any{ref}, &r.ID, &r.Person, &r.At, &r.Act, &r.Moment, &r.Allowed, &r.Basis,
			&r.Rules, &r.Head, &r.Message, &r.Checks, &r.Inputs)
		return canonical(known, err, r, r.Person)
	case chain.WhatAssessment:
		var r assessmentRecord
		known, err := t.found(ctx, sqlCommittedAssessment, []any{ref}, &r.Seq, &r.ID, &r.Version, &r.At, &r.ValidUntil, &r.Outcome, &r.Hash, &r.Body)
		return canonical(known, err, r, 0)
	case chain.WhatErasure:
		var r erasureRecord
		known, err := t.found(ctx, sqlCommittedErasure, []any{ref}, &r.ID, &r.At, &r.Reason, &r.Silent)
		return canonical(known, err, r, 0)
	}
	return nil, 0, nil // a kind that nobody writes: there are no words of it
}

func canonical(known bool, err error, record any, person int64) ([]byte, mail.PersonID, error) {
	if err != nil || !known {
		return nil, 0, err
	}
	raw, err := chain.Canonical(record)
	return raw, mail.PersonID(person), err
}
