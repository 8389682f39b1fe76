-- Consent in full: facts of leads, the chain over the ledger, decisions,
-- assessments, raw proofs, provenance, erasures.

ALTER TABLE people ADD COLUMN source_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN sole INTEGER NOT NULL DEFAULT 0 CHECK (sole IN (0, 1));
ALTER TABLE people ADD COLUMN notice_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN erase_after INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN retention TEXT NOT NULL DEFAULT '';
-- The mail of a lead that seems to ask us to stop, while nobody has settled it.
ALTER TABLE people ADD COLUMN held_id TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN held_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN held_doubt TEXT NOT NULL DEFAULT '';

CREATE INDEX people_notice ON people (notice_due, id) WHERE since > 0 AND notice_due > 0;
CREATE INDEX people_erase ON people (erase_after, id) WHERE since > 0 AND (erase_after > 0 OR retention = 'held');

-- Another address of the same person (two leads were merged).
CREATE TABLE aliases (
	address_key TEXT PRIMARY KEY,
	person      INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX aliases_person ON aliases (person);

-- Where each fact of a lead came from, and who wrote it down.
CREATE TABLE provenance (
	person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
	field  TEXT    NOT NULL,
	at     INTEGER NOT NULL,
	source TEXT    NOT NULL,
	actor  TEXT    NOT NULL,
	PRIMARY KEY (person, field, at)
) STRICT, WITHOUT ROWID;

-- How often each field of a lead was used on a day: nobody's data, see zgoda fields.
CREATE TABLE field_uses (
	field TEXT    NOT NULL,
	day   INTEGER NOT NULL, -- days since 1970-01-01
	uses  INTEGER NOT NULL,
	PRIMARY KEY (field, day)
) STRICT, WITHOUT ROWID;

-- Pieces of each lead's reason, so that near-identical ones find each other (law.md A2).
CREATE TABLE reason_bands (
	band   INTEGER NOT NULL,
	hash   INTEGER NOT NULL,
	person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
	PRIMARY KEY (band, hash, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX reason_bands_person ON reason_bands (person);

ALTER TABLE ledger ADD COLUMN subject_right TEXT NOT NULL DEFAULT '';
ALTER TABLE ledger ADD COLUMN fact TEXT NOT NULL DEFAULT '';

CREATE INDEX ledger_corrects ON ledger (corrects) WHERE corrects > 0;
CREATE INDEX ledger_requested ON ledger (seq) WHERE kind = 'requested';

ALTER TABLE proofs ADD COLUMN wording_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE proofs ADD COLUMN version TEXT NOT NULL DEFAULT '';
ALTER TABLE proofs ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE proofs ADD COLUMN raw TEXT NOT NULL DEFAULT '';
ALTER TABLE proofs ADD COLUMN auth TEXT NOT NULL DEFAULT '';

-- An entry goes only with its person (GDPR Art. 17); the chain keeps its place.
DROP TRIGGER ledger_no_delete;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
WHEN EXISTS (SELECT 1 FROM people WHERE id = old.person) BEGIN
	SELECT raise(ABORT, 'the ledger is append-only');
END;

-- One link for each entry of the ledger, decision, assessment and erasure, in
-- the order in which they were written. It holds no word about anybody: the
-- commitment is a keyed hash whose salt goes when a person is erased (law.md E4).
CREATE TABLE chain (
	pos        INTEGER PRIMARY KEY AUTOINCREMENT,
	what       TEXT NOT NULL,    -- 'event', 'decision', 'assessment', 'erasure'
	ref        INTEGER NOT NULL, -- its number there
	commitment BLOB NOT NULL,
	hash       BLOB NOT NULL,    -- over the hash before it and the commitment
	UNIQUE (what, ref)
) STRICT;

CREATE TRIGGER chain_no_update BEFORE UPDATE ON chain BEGIN
	SELECT raise(ABORT, 'the chain is append-only');
END;
CREATE TRIGGER chain_no_delete BEFORE DELETE ON chain BEGIN
	SELECT raise(ABORT, 'the chain is append-only');
END;
CREATE TRIGGER chain_no_replace BEFORE INSERT ON chain
WHEN EXISTS (SELECT 1 FROM chain WHERE pos = new.pos OR (what = new.what AND ref = new.ref)) BEGIN
	SELECT raise(ABORT, 'the chain is append-only');
END;

CREATE TABLE salts (
	pos    INTEGER PRIMARY KEY REFERENCES chain (pos),
	person INTEGER NOT NULL, -- 0 for what is of nobody
	salt   BLOB    NOT NULL
) STRICT;

CREATE INDEX salts_person ON salts (person);
CREATE TRIGGER salts_no_update BEFORE UPDATE ON salts BEGIN
	SELECT raise(ABORT, 'a salt cannot be changed');
END;
CREATE TRIGGER salts_no_delete BEFORE DELETE ON salts
WHEN old.person = 0 OR EXISTS (SELECT 1 FROM people WHERE id = old.person) BEGIN
	SELECT raise(ABORT, 'a salt cannot be deleted while its person is known');
END;

-- What the gate answered, with what it rested on.
CREATE TABLE decisions (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	person     INTEGER NOT NULL,
	at         INTEGER NOT NULL,
	act        TEXT    NOT NULL,
	moment     TEXT    NOT NULL,
	allowed    INTEGER NOT NULL CHECK (allowed IN (0, 1)),
	basis      TEXT    NOT NULL,
	rules      TEXT    NOT NULL,
	head       INTEGER NOT NULL, -- last ledger number it rests on
	message_id TEXT    NOT NULL,
	checks     TEXT    NOT NULL,
	inputs     TEXT    NOT NULL
) STRICT;

CREATE INDEX decisions_person ON decisions (person, id);
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions BEGIN
	SELECT raise(ABORT, 'a decision cannot be changed');
END;
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions
WHEN EXISTS (SELECT 1 FROM people WHERE id = old.person) BEGIN
	SELECT raise(ABORT, 'a decision cannot be deleted while its person is known');
END;

-- Legitimate-interest assessments, every version.
CREATE TABLE assessments (
	seq         INTEGER PRIMARY KEY AUTOINCREMENT,
	id          TEXT    NOT NULL,
	version     INTEGER NOT NULL,
	at          INTEGER NOT NULL,
	valid_until INTEGER NOT NULL,
	outcome     TEXT    NOT NULL,
	hash        TEXT    NOT NULL,
	body        TEXT    NOT NULL, -- the whole form, JSON
	UNIQUE (id, version)
) STRICT;

CREATE TRIGGER assessments_no_update BEFORE UPDATE ON assessments BEGIN
	SELECT raise(ABORT, 'an assessment cannot be changed: make a new version');
END;
CREATE TRIGGER assessments_no_delete BEFORE DELETE ON assessments BEGIN
	SELECT raise(ABORT, 'an assessment cannot be deleted');
END;

-- Raw mails that prove a consent, whatever becomes of them on the server.
CREATE TABLE raws (
	hash       TEXT PRIMARY KEY, -- SHA-256, hex
	person     INTEGER NOT NULL,
	message_id TEXT    NOT NULL,
	at         INTEGER NOT NULL,
	auth       TEXT    NOT NULL,
	raw        BLOB    NOT NULL
) STRICT;

CREATE INDEX raws_person ON raws (person);
CREATE TRIGGER raws_no_update BEFORE UPDATE ON raws BEGIN
	SELECT raise(ABORT, 'a proof cannot be changed');
END;
CREATE TRIGGER raws_no_delete BEFORE DELETE ON raws
WHEN EXISTS (SELECT 1 FROM people WHERE id = old.person) BEGIN
	SELECT raise(ABORT, 'a proof cannot be deleted while its person is known');
END;

-- That somebody was erased, and which links of the chain went silent with them.
CREATE TABLE erasures (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	at     INTEGER NOT NULL,
	reason TEXT    NOT NULL,
	silent TEXT    NOT NULL -- positions in the chain, a JSON list
) STRICT;

CREATE TRIGGER erasures_no_update BEFORE UPDATE ON erasures BEGIN
	SELECT raise(ABORT, 'an erasure cannot be changed');
END;
CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures BEGIN
	SELECT raise(ABORT, 'an erasure cannot be deleted');
END;

ALTER TABLE outbox ADD COLUMN template_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN duty TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN request INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN asks TEXT NOT NULL DEFAULT '';

ALTER TABLE suppressions ADD COLUMN erased_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX suppressions_erased ON suppressions (erased_at) WHERE erased_at > 0;
