INSERT INTO people (address_key, email, address_name, name, since, source, obtained_at, last_at, messages, wrote, folded)
VALUES ('ewa@kupiec.example', 'Ewa@kupiec.example', 'Ewa', 'Ewa Żółć', 1790000000000, 'fair', 1780000000000, 1790000000000, 2, 1, 'ewa zolc');
INSERT INTO people_search (rowid, folded) VALUES (1, 'ewa zolc');
INSERT INTO mailboxes (account, name, role, uid_validity) VALUES ('marta@firma.example', 'INBOX', 'inbox', 7);
INSERT INTO messages (mailbox, uid, message_id, at, out, kind, whole) VALUES (1, 1, 'a@kupiec.example', 1790000000000, 0, 'personal', 1);
INSERT INTO bodies (message, text) VALUES (1, 'Dzień dobry');
INSERT INTO message_people (person, at, message) VALUES (1, 1790000000000, 1);
INSERT INTO ledger (person, kind, purpose, method, at, recorded_at, actor, valid_until, corrects)
VALUES (1, 'granted', 'track_open', 'e-mail', 1790000000000, 1790000000000, 'marta', 0, 0);
INSERT INTO proofs (seq, person, wording, language, evidence, message) VALUES (1, 1, 'Zgoda', 'pl', 'mail', 'a@kupiec.example');
INSERT INTO outbox (person, state, queued_at, updated_at, message_id, to_email, text)
VALUES (1, 'queued', 1790000001000, 1790000001000, 'b@firma.example', 'ewa@kupiec.example', 'Hello');
