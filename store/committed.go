package store

import (
	"context"
	"database/sql"

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

// The rows come as one JSON list of their numbers; PostgreSQL would say = any($1).
const (
	sqlCommittedEvents = `SELECT l.seq, l.person, l.kind, l.purpose, l.method, l.at, l.recorded_at, l.actor, l.valid_until, l.corrects,
l.subject_right, l.fact, p.seq IS NOT NULL, coalesce(p.wording, ''), coalesce(p.language, ''), coalesce(p.evidence, ''),
coalesce(p.message, ''), coalesce(p.wording_hash, ''), coalesce(p.version, ''), coalesce(p.code, ''), coalesce(p.raw, ''), coalesce(p.auth, '')
FROM ledger l LEFT JOIN proofs p ON p.seq = l.seq WHERE l.seq IN (SELECT value FROM json_each($1))`
	sqlCommittedDecisions = `SELECT id, person, at, act, moment, allowed, basis, rules, head, message_id, checks, inputs
FROM decisions WHERE id IN (SELECT value FROM json_each($1))`
	sqlCommittedAssessments = `SELECT seq, id, version, at, valid_until, outcome, hash, body FROM assessments
WHERE seq IN (SELECT value FROM json_each($1))`
	sqlCommittedErasures = `SELECT id, at, reason, silent FROM erasures WHERE id IN (SELECT value FROM json_each($1))`
)

// keptRow is a row as it is committed to, and whom it is of.
type keptRow struct {
	canonical []byte
	person    mail.PersonID
}

// committed gives rows by their numbers in the table of what. One that is gone
// is not in the answer; of a kind that nobody writes there are none.
func (t *tx) committed(ctx context.Context, what chain.What, refs []int64) (map[int64]keptRow, error) {
	rows := make(map[int64]keptRow, len(refs))
	query, scan := committing(what)
	if query == "" || len(refs) == 0 {
		return rows, nil
	}
	err := t.each(ctx, query, []any{packed(refs)}, func(r *sql.Rows) error {
		ref, person, record, err := scan(r)
		if err != nil {
			return err
		}
		canonical, err := chain.Canonical(record)
		rows[ref] = keptRow{canonical, mail.PersonID(person)}
		return err
	})
	return rows, err
}

// committing is how the rows of a kind are read.
func committing(what chain.What) (query string, scan func(*sql.Rows) (ref, person int64, record any, err error)) {
	switch what {
	case chain.WhatEvent:
		return sqlCommittedEvents, func(rows *sql.Rows) (int64, int64, any, error) {
			var r eventRecord
			err := rows.Scan(&r.Seq, &r.Person, &r.Kind, &r.Purpose, &r.Method, &r.At, &r.RecordedAt, &r.Actor, &r.ValidUntil, &r.Corrects,
				&r.Right, &r.Fact, &r.Proven, &r.Wording, &r.Language, &r.Evidence, &r.Message, &r.WordingHash, &r.Version, &r.Code, &r.Raw, &r.Auth)
			return r.Seq, r.Person, &r, err
		}
	case chain.WhatDecision:
		return sqlCommittedDecisions, func(rows *sql.Rows) (int64, int64, any, error) {
			var r decisionRecord
			err := rows.Scan(&r.ID, &r.Person, &r.At, &r.Act, &r.Moment, &r.Allowed, &r.Basis, &r.Rules, &r.Head, &r.Message, &r.Checks, &r.Inputs)
			return r.ID, r.Person, &r, err
		}
	case chain.WhatAssessment:
		return sqlCommittedAssessments, func(rows *sql.Rows) (int64, int64, any, error) {
			var r assessmentRecord
			err := rows.Scan(&r.Seq, &r.ID, &r.Version, &r.At, &r.ValidUntil, &r.Outcome, &r.Hash, &r.Body)
			return r.Seq, 0, &r, err
		}
	case chain.WhatErasure:
		return sqlCommittedErasures, func(rows *sql.Rows) (int64, int64, any, error) {
			var r erasureRecord
			err := rows.Scan(&r.ID, &r.At, &r.Reason, &r.Silent)
			return r.ID, 0, &r, err
		}
	}
	return "", nil
}
