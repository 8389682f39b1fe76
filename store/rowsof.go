package store

// The statements of [Register]: how a person's rows are read for the access copy,
// and how they go. Both take the person's number and nothing else.
const (
	sqlCopyOutbox        = `SELECT * FROM outbox WHERE person = $1 ORDER BY id`
	sqlCopyBodies        = `SELECT b.* FROM message_people p JOIN bodies b ON b.message = p.message WHERE p.person = $1 ORDER BY p.at, p.message`
	sqlCopyMessages      = `SELECT m.* FROM message_people p JOIN messages m ON m.id = p.message WHERE p.person = $1 ORDER BY p.at, p.message`
	sqlCopyMessagePeople = `SELECT * FROM message_people WHERE person = $1 ORDER BY at, message`
	sqlCopyAliases       = `SELECT * FROM aliases WHERE person = $1 ORDER BY address_key`
	sqlCopyProvenance    = `SELECT * FROM provenance WHERE person = $1 ORDER BY field, at`
	sqlCopyReasonBands   = `SELECT * FROM reason_bands WHERE person = $1 ORDER BY band, hash`
	sqlCopyPeople        = `SELECT * FROM people WHERE id = $1`
	sqlCopyProofs        = `SELECT p.* FROM ledger l JOIN proofs p ON p.seq = l.seq WHERE l.person = $1 ORDER BY l.seq`
	sqlCopyLedger        = `SELECT * FROM ledger WHERE person = $1 ORDER BY seq`
	sqlCopyDecisions     = `SELECT * FROM decisions WHERE person = $1 ORDER BY id`
	sqlCopyRaws          = `SELECT * FROM raws WHERE person = $1 ORDER BY hash`
	sqlCopySalts         = `SELECT * FROM salts WHERE person = $1 ORDER BY pos`
	sqlCopyChain         = `SELECT c.* FROM salts s JOIN chain c ON c.pos = s.pos WHERE s.person = $1 ORDER BY c.pos`
	sqlCopySuppressions  = `SELECT * FROM suppressions WHERE hash = $1`
)

const (
	sqlEraseOutbox = `DELETE FROM outbox WHERE person = $1`
	sqlEraseBodies = `DELETE FROM bodies WHERE message` + partAlone
	// A mail without a place on the server goes. One that has a place is emptied: a
	// row that is gone would be fetched again at the next sync.
	sqlErasePlaceless = `DELETE FROM messages WHERE uid IS NULL AND id` + partAlone
	sqlEraseMessages  = `UPDATE messages SET message_id = 'at ' || mailbox || '/' || uid, at = 0, kind = 'personal', answered = 0,
flagged = 0, owed_seen = 0, whole = 0, wanted = 0, date = 0, size = 0, in_reply_to = '', from_email = '', from_name = '', subject = '',
refs = '', reply_to = '', recipients = '', copies = '', notes = '' WHERE id` + partAlone
	sqlEraseMessagePeople = `DELETE FROM message_people WHERE person = $1`
	sqlEraseAliases       = `DELETE FROM aliases WHERE person = $1`
	sqlEraseProvenance    = `DELETE FROM provenance WHERE person = $1`
	sqlEraseReasonBands   = `DELETE FROM reason_bands WHERE person = $1`
	sqlErasePeople        = `DELETE FROM people WHERE id = $1`
	sqlEraseProofs        = `DELETE FROM proofs WHERE seq IN (SELECT seq FROM ledger WHERE person = $1)`
	sqlEraseLedger        = `DELETE FROM ledger WHERE person = $1`
	sqlEraseDecisions     = `DELETE FROM decisions WHERE person = $1`
	sqlEraseRaws          = `DELETE FROM raws WHERE person = $1`
)
