-- The database of zgoda. Every time is unix milliseconds UTC and 0 is "never";
-- every list is JSON; every flag is 0 or 1. People are never given the number
-- of somebody who was erased (AUTOINCREMENT), because the ledger knows them by it.

CREATE TABLE meta (
	name  TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each address that wrote to us or was written to. It is a lead
-- once since is set; of the others nothing stands here that a rep wrote.
CREATE TABLE people (
	id            INTEGER PRIMARY KEY AUTOINCREMENT,
	address_key   TEXT    NOT NULL UNIQUE,
	email         TEXT    NOT NULL,
	address_name  TEXT    NOT NULL DEFAULT '',
	name          TEXT    NOT NULL DEFAULT '',
	company       TEXT    NOT NULL DEFAULT '',
	role          TEXT    NOT NULL DEFAULT '',
	language      TEXT    NOT NULL DEFAULT '',
	country       TEXT    NOT NULL DEFAULT '',
	since         INTEGER NOT NULL DEFAULT 0,
	source        TEXT    NOT NULL DEFAULT '',
	source_public INTEGER NOT NULL DEFAULT 0 CHECK (source_public IN (0, 1)),
	obtained_at   INTEGER NOT NULL DEFAULT 0,
	reason        TEXT    NOT NULL DEFAULT '',
	note          TEXT    NOT NULL DEFAULT '',
	stale         TEXT    NOT NULL DEFAULT '',
	updated_at    INTEGER NOT NULL DEFAULT 0,
	-- From here on: what the inbox shows, kept true by refresh.go in
	-- the transaction that changed a mail.
	last_at       INTEGER NOT NULL DEFAULT 0,
	last_out      INTEGER NOT NULL DEFAULT 0 CHECK (last_out IN (0, 1)),
	subject       TEXT    NOT NULL DEFAULT '',
	snippet       TEXT    NOT NULL DEFAULT '',
	messages      INTEGER NOT NULL DEFAULT 0,
	unread        INTEGER NOT NULL DEFAULT 0,
	waiting       INTEGER NOT NULL DEFAULT 0 CHECK (waiting IN (0, 1)),
	wrote         INTEGER NOT NULL DEFAULT 0, -- personal mails from them
	last_in_id    TEXT    NOT NULL DEFAULT '',
	last_in_at    INTEGER NOT NULL DEFAULT 0,
	last_out_at   INTEGER NOT NULL DEFAULT 0,
	folded        TEXT    NOT NULL DEFAULT '', -- what search looks in, see fold.go
	-- A column of its own, else the planner takes the index of All for Leads.
	listed        INTEGER NOT NULL GENERATED ALWAYS AS (CASE WHEN since > 0 OR messages > 0 THEN 1 ELSE 0 END) STORED,
	source_kind TEXT NOT NULL DEFAULT '',
	sole INTEGER NOT NULL DEFAULT 0 CHECK (sole IN (0, 1)),
	notice_due INTEGER NOT NULL DEFAULT 0,
	erase_after INTEGER NOT NULL DEFAULT 0,
	retention TEXT NOT NULL DEFAULT '',
	held_id TEXT NOT NULL DEFAULT '',
	held_at INTEGER NOT NULL DEFAULT 0,
	held_doubt TEXT NOT NULL DEFAULT '',
	CHECK (since = 0 OR (source <> '' AND obtained_at <> 0)) -- law.md L14
) STRICT;

-- One index for each split of the inbox, in the order in which it is paged.
CREATE INDEX people_leads ON people (last_at DESC, id DESC) WHERE since > 0;
CREATE INDEX people_new ON people (last_at DESC, id DESC) WHERE since = 0 AND wrote > 0;
CREATE INDEX people_all ON people (last_at DESC, id DESC) WHERE listed = 1;
CREATE INDEX people_unread ON people (id) WHERE since > 0 AND unread > 0;
CREATE INDEX people_waiting ON people (id) WHERE since > 0 AND waiting = 1;

CREATE VIRTUAL TABLE people_search USING fts5 (
	folded, content = 'people', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0'
);
-- A deleted word leaves the index at once and not at the next merge.
INSERT INTO people_search (people_search, rank) VALUES ('secure-delete', 1);

-- What changes in folded is told to the index by refresh, for a whole batch at
-- once: a trigger would write a piece of the index for every row (measured:
-- two thirds of the time of a batch).
CREATE TRIGGER people_search_delete AFTER DELETE ON people WHEN old.folded <> '' BEGIN
	INSERT INTO people_search (people_search, rowid, folded) VALUES ('delete', old.id, old.folded);
END;

CREATE TABLE mailboxes (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	account      TEXT    NOT NULL,
	name         TEXT    NOT NULL,
	role         TEXT    NOT NULL,
	uid_validity INTEGER NOT NULL DEFAULT 0,
	complete     INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
	low_uid      INTEGER NOT NULL DEFAULT 0,
	high_uid     INTEGER NOT NULL DEFAULT 0,
	synced_at    INTEGER NOT NULL DEFAULT 0,
	UNIQUE (account, name)
) STRICT;

-- Envelopes. uid is NULL between a new UIDVALIDITY and the sync that finds the
-- message again. message_id is the Message-ID, or, for a mail without one, its
-- first place on the server: that has a blank in it and no Message-ID can.
CREATE TABLE messages (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	mailbox     INTEGER NOT NULL REFERENCES mailboxes (id),
	uid         INTEGER,
	message_id  TEXT    NOT NULL,
	at          INTEGER NOT NULL, -- INTERNALDATE, else date, else when it came
	out         INTEGER NOT NULL CHECK (out IN (0, 1)),
	kind        TEXT    NOT NULL,
	seen        INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1)),
	answered    INTEGER NOT NULL DEFAULT 0 CHECK (answered IN (0, 1)),
	flagged     INTEGER NOT NULL DEFAULT 0 CHECK (flagged IN (0, 1)),
	owed_seen   INTEGER NOT NULL DEFAULT 0 CHECK (owed_seen IN (0, 1)), -- read here, the server does not know yet
	whole       INTEGER NOT NULL DEFAULT 0 CHECK (whole IN (0, 1)),     -- a row in bodies
	wanted      INTEGER NOT NULL DEFAULT 0 CHECK (wanted IN (0, 1)),    -- a lead's, its body is to be fetched
	date        INTEGER NOT NULL DEFAULT 0,
	size        INTEGER NOT NULL DEFAULT 0,
	in_reply_to TEXT    NOT NULL DEFAULT '',
	from_email  TEXT    NOT NULL DEFAULT '',
	from_name   TEXT    NOT NULL DEFAULT '',
	subject     TEXT    NOT NULL DEFAULT '',
	refs        TEXT    NOT NULL DEFAULT '',
	reply_to    TEXT    NOT NULL DEFAULT '',
	recipients  TEXT    NOT NULL DEFAULT '',
	copies      TEXT    NOT NULL DEFAULT '',
	notes       TEXT    NOT NULL DEFAULT '',
	UNIQUE (mailbox, uid)
) STRICT;

CREATE INDEX messages_id ON messages (message_id);
CREATE INDEX messages_wanted ON messages (mailbox, uid DESC) WHERE wanted = 1 AND uid IS NOT NULL;
CREATE INDEX messages_owed ON messages (mailbox, uid) WHERE owed_seen = 1 AND uid IS NOT NULL;
CREATE INDEX messages_placeless ON messages (mailbox, message_id) WHERE uid IS NULL;

-- What was read of a mail beyond its envelope: only ever of leads (law.md L5b, L5c).
CREATE TABLE bodies (
	message     INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
	text        TEXT    NOT NULL DEFAULT '',
	from_html   INTEGER NOT NULL DEFAULT 0 CHECK (from_html IN (0, 1)),
	ask_receipt INTEGER NOT NULL DEFAULT 0 CHECK (ask_receipt IN (0, 1)),
	attachments TEXT    NOT NULL DEFAULT '',
	trackers    TEXT    NOT NULL DEFAULT ''
) STRICT;

-- Who a mail is with: the sender of one that came, each To and Cc of one that
-- we sent. We are never in it.
CREATE TABLE message_people (
	person  INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
	at      INTEGER NOT NULL,
	message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
	PRIMARY KEY (person, at, message)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_people_message ON message_people (message);

-- What happened to people's rights. It has no foreign key on purpose: it
-- outlives the person. What it says in words stands in proofs, which erasure may empty.
CREATE TABLE ledger (
	seq         INTEGER PRIMARY KEY AUTOINCREMENT,
	person      INTEGER NOT NULL,
	kind        TEXT    NOT NULL,
	purpose     TEXT    NOT NULL,
	method      TEXT    NOT NULL,
	at          INTEGER NOT NULL,
	recorded_at INTEGER NOT NULL,
	actor       TEXT    NOT NULL,
	valid_until INTEGER NOT NULL,
	corrects    INTEGER NOT NULL,
	subject_right TEXT NOT NULL DEFAULT '',
	fact TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX ledger_person ON ledger (person, seq);

CREATE TABLE proofs (
	seq      INTEGER PRIMARY KEY REFERENCES ledger (seq),
	person   INTEGER NOT NULL,
	wording  TEXT    NOT NULL,
	language TEXT    NOT NULL,
	evidence TEXT    NOT NULL,
	message  TEXT    NOT NULL,
	wording_hash TEXT NOT NULL DEFAULT '',
	version TEXT NOT NULL DEFAULT '',
	code TEXT NOT NULL DEFAULT '',
	raw TEXT NOT NULL DEFAULT '',
	auth TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN
	SELECT raise(ABORT, 'the ledger is append-only');
END;
-- An entry goes only with its person (GDPR Art. 17); the chain keeps its place.
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
WHEN EXISTS (SELECT 1 FROM people WHERE id = old.person) BEGIN
	SELECT raise(ABORT, 'the ledger is append-only');
END;
-- INSERT OR REPLACE would delete without asking the trigger above.
CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger WHERE seq = new.seq) BEGIN
	SELECT raise(ABORT, 'the ledger is append-only');
END;
CREATE TRIGGER proofs_no_update BEFORE UPDATE ON proofs BEGIN
	SELECT raise(ABORT, 'a proof cannot be changed');
END;
-- Only the proofs of a person who was erased may go.
CREATE TRIGGER proofs_no_delete BEFORE DELETE ON proofs
WHEN EXISTS (SELECT 1 FROM people WHERE id = old.person) BEGIN
	SELECT raise(ABORT, 'a proof cannot be deleted while its person is known');
END;
CREATE TRIGGER proofs_no_replace BEFORE INSERT ON proofs
WHEN EXISTS (SELECT 1 FROM proofs WHERE seq = new.seq) BEGIN
	SELECT raise(ABORT, 'a proof cannot be changed');
END;

-- Keyed hashes of addresses that must not be written to; no address, no name (law.md D4).
-- erased_at is when their owner was erased: mails of before then stay away.
CREATE TABLE suppressions (
	hash   TEXT PRIMARY KEY,
	at     INTEGER NOT NULL,
	reason TEXT    NOT NULL,
	erased_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX suppressions_erased ON suppressions (erased_at) WHERE erased_at > 0;

-- Drafts, from the first word to the copy in the Sent mailbox.
CREATE TABLE outbox (
	id           INTEGER PRIMARY KEY AUTOINCREMENT,
	person       INTEGER NOT NULL REFERENCES people (id),
	state        TEXT    NOT NULL CHECK (state IN ('editing', 'queued', 'sending', 'unknown', 'sent', 'failed', 'refused')),
	due_at       INTEGER NOT NULL DEFAULT 0,
	queued_at    INTEGER NOT NULL DEFAULT 0,
	sent_at      INTEGER NOT NULL DEFAULT 0,
	updated_at   INTEGER NOT NULL,
	attempts     INTEGER NOT NULL DEFAULT 0,
	copy         TEXT    NOT NULL DEFAULT '' CHECK (copy IN ('', 'pending', 'done')),
	landed       INTEGER NOT NULL DEFAULT 0 CHECK (landed IN (0, 1)), -- a mailbox of the server has shown it
	message_id   TEXT    NOT NULL DEFAULT '',
	to_email     TEXT    NOT NULL,
	to_name      TEXT    NOT NULL DEFAULT '',
	subject      TEXT    NOT NULL DEFAULT '',
	text         TEXT    NOT NULL DEFAULT '',
	template     TEXT    NOT NULL DEFAULT '',
	language     TEXT    NOT NULL DEFAULT '',
	in_reply_to  TEXT    NOT NULL DEFAULT '',
	refs         TEXT    NOT NULL DEFAULT '',
	track_opens  INTEGER NOT NULL DEFAULT 0 CHECK (track_opens IN (0, 1)),
	track_clicks INTEGER NOT NULL DEFAULT 0 CHECK (track_clicks IN (0, 1)),
	reason       TEXT    NOT NULL DEFAULT '',
	next_step    TEXT    NOT NULL DEFAULT '',
	raw          BLOB,
	template_hash TEXT NOT NULL DEFAULT '',
	duty TEXT NOT NULL DEFAULT '',
	request INTEGER NOT NULL DEFAULT 0,
	asks TEXT NOT NULL DEFAULT '', -- the sealed bytes, between Sealing and CopyDone
	CHECK (state = 'editing' OR message_id <> ''),
	CHECK (raw IS NULL OR state IN ('sending', 'unknown', 'sent'))
) STRICT;

CREATE UNIQUE INDEX outbox_message_id ON outbox (message_id) WHERE message_id <> '';
CREATE INDEX outbox_person ON outbox (person, state);
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'queued';
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';
CREATE INDEX outbox_open ON outbox (updated_at DESC, id DESC)
WHERE state IN ('queued', 'sending', 'unknown', 'failed', 'refused') OR (state = 'sent' AND copy <> 'done');
CREATE INDEX outbox_copies ON outbox (sent_at, id) WHERE state = 'sent' AND copy = 'pending';

-- M11: what may have left is never sent again by itself, whatever the program
-- does. Sent is the end; of Unknown only a person's word leads on.
CREATE TRIGGER outbox_sent_stays BEFORE UPDATE OF state ON outbox
WHEN old.state = 'sent' AND new.state <> 'sent' BEGIN
	SELECT raise(ABORT, 'a sent mail cannot be sent again');
END;
CREATE TRIGGER outbox_unknown_stays BEFORE UPDATE OF state ON outbox
WHEN old.state = 'unknown' AND new.state NOT IN ('unknown', 'sent', 'editing') BEGIN
	SELECT raise(ABORT, 'a mail that may have left is not sent again by itself');
END;
CREATE TRIGGER outbox_message_id_stays BEFORE UPDATE OF message_id ON outbox
WHEN old.message_id <> '' AND new.message_id <> old.message_id BEGIN
	SELECT raise(ABORT, 'the Message-ID of a mail does not change');
END;
CREATE TRIGGER outbox_only_queued_leaves BEFORE UPDATE OF state ON outbox
WHEN new.state = 'sending' AND old.state NOT IN ('queued', 'sending') BEGIN
	SELECT raise(ABORT, 'only a queued mail can leave');
END;

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

CREATE INDEX ledger_corrects ON ledger (corrects) WHERE corrects > 0;
CREATE INDEX ledger_requested ON ledger (seq) WHERE kind = 'requested';

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
