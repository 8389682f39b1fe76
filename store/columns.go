package store

import "slices"

// Whose is whose data a table holds.
type Whose string

// The answers.
const (
	OfPerson  Whose = "a person"       // each row is of one person
	OfPeople  Whose = "several people" // a row may be of more than one: a mail
	OfUs      Whose = "us"             // of the company and its own mailbox
	OfNobody  Whose = "nobody"         // no row says anything about anybody
	Technical Whose = "technical"      // made by the database for itself
)

// Category is what sort of data a column holds (S3; GDPR Art. 30(1)(c)).
type Category string

// The categories. There is none for addresses of machines and identifiers of
// devices: zgoda stores neither (S3, S56).
const (
	Name           Category = "name"
	Contact        Category = "contact"         // e-mail addresses
	Organisation   Category = "organisation"    // company, job, country, language
	Origin         Category = "origin"          // where the data came from, and when (Art. 14(2)(f))
	Notes          Category = "notes"           // what a rep wrote about the person
	Correspondence Category = "correspondence"  // mails and drafts
	Rights         Category = "rights"          // consents, objections, requests, notices and their proof
	Decisions      Category = "decisions"       // what the gate answered
	Work           Category = "state of work"   // what was read, answered, is due
	Reference      Category = "reference"       // numbers by which rows know each other
	Staff          Category = "staff"           // who of us recorded it
	Hash           Category = "keyed hash"      // tells somebody who knows the address that it was here, and nobody else
	Own            Category = "our own records" // of the company
)

// Column says what one column holds.
type Column struct {
	Name     string
	Category Category
	Withheld string // why it is not in the access copy; "" when it is
}

// Table says what one table holds, how a person's rows are found in it and what
// an erasure does with them. [Register] is what erasure, the access copy and the
// record of processing (Art. 30) are made from, so that a table that is missing
// in it is missing everywhere: a test fails on it.
type Table struct {
	Name    string
	Whose   Whose
	About   string // what it is for, one sentence
	Erasure string // what an erasure does with it, one sentence
	Columns []Column

	copy   string   // reads the rows of person $1; "" for none
	byHash bool     // copy asks for a keyed hash of an address instead
	erase  []string // deletes them, in this order
}

func of(category Category, names ...string) []Column {
	columns := make([]Column, len(names))
	for i, name := range names {
		columns[i] = Column{Name: name, Category: category}
	}
	return columns
}

func withheld(why string, category Category, names ...string) []Column {
	columns := of(category, names...)
	for i := range columns {
		columns[i].Withheld = why
	}
	return columns
}

// Register is every table of the database with every column, in the order in
// which an erasure goes through them: what points at a person goes first, and
// what the ledger keeps of them goes once they are gone, for its triggers let
// nothing go before.
func Register() []Table {
	return slices.Concat(registerMail(), registerPeople(), registerRights(), registerOthers())
}

// Withheld columns and the words for it.
const derived = "it is made from other fields of this copy, for the search"

func registerMail() []Table {
	return []Table{{
		Name: "outbox", Whose: OfPerson, About: "Drafts and mails on their way.", Erasure: "deleted",
		copy: sqlCopyOutbox, erase: []string{sqlEraseOutbox},
		Columns: slices.Concat(
			of(Reference, "id", "person", "message_id", "in_reply_to", "refs", "request"),
			of(Work, "state", "due_at", "queued_at", "sent_at", "updated_at", "attempts", "copy", "landed", "reason", "next_step"),
			of(Contact, "to_email"), of(Name, "to_name"),
			of(Correspondence, "subject", "text", "template", "template_hash", "language", "duty", "raw"),
			of(Rights, "track_opens", "track_clicks", "asks")),
	}, {
		Name: "bodies", Whose: OfPeople, About: "The texts of leads' mails.", Erasure: "deleted with the mail; the text of a mail to others as well stays and is listed",
		copy: sqlCopyBodies, erase: []string{sqlEraseBodies},
		Columns: slices.Concat(of(Reference, "message"), of(Correspondence, "text", "from_html", "ask_receipt", "attachments", "trackers")),
	}, {
		Name: "messages", Whose: OfPeople, About: "The envelopes of all mails.",
		Erasure: "emptied to its place on the server, so that it is not fetched again; of a mail to others as well the person's name and address are taken out",
		copy:    sqlCopyMessages, erase: []string{sqlErasePlaceless, sqlEraseMessages},
		Columns: slices.Concat(
			of(Reference, "id", "mailbox", "uid", "message_id", "in_reply_to", "refs"),
			of(Work, "seen", "answered", "flagged", "owed_seen", "whole", "wanted"),
			of(Contact, "from_email", "reply_to", "recipients", "copies"), of(Name, "from_name"),
			of(Correspondence, "at", "out", "kind", "date", "size", "subject", "notes")),
	}, {
		Name: "message_people", Whose: OfPerson, About: "Who each mail is with.", Erasure: "deleted",
		copy: sqlCopyMessagePeople, erase: []string{sqlEraseMessagePeople},
		Columns: slices.Concat(of(Reference, "person", "message"), of(Correspondence, "at")),
	}}
}

func registerPeople() []Table {
	return []Table{{
		Name: "aliases", Whose: OfPerson, About: "Other addresses of the same person.", Erasure: "deleted",
		copy: sqlCopyAliases, erase: []string{sqlEraseAliases},
		Columns: slices.Concat(of(Contact, "address_key"), of(Reference, "person")),
	}, {
		Name: "provenance", Whose: OfPerson, About: "Where each fact of a lead came from.", Erasure: "deleted",
		copy: sqlCopyProvenance, erase: []string{sqlEraseProvenance},
		Columns: slices.Concat(of(Reference, "person"), of(Origin, "field", "at", "source"), of(Staff, "actor")),
	}, {
		Name: "reason_bands", Whose: OfPerson, About: "Hashed pieces of a lead's reason, to find texts that are alike.", Erasure: "deleted",
		copy: sqlCopyReasonBands, erase: []string{sqlEraseReasonBands},
		Columns: slices.Concat(of(Reference, "person"), withheld("hashed pieces of the reason, which is in this copy", Notes, "band", "hash")),
	}, {
		Name: "people", Whose: OfPerson, About: "Leads, and everybody who wrote to us or was written to.", Erasure: "deleted",
		copy: sqlCopyPeople, erase: []string{sqlErasePeople},
		Columns: slices.Concat(
			of(Reference, "id", "last_in_id", "held_id"), of(Contact, "address_key", "email"), of(Name, "address_name", "name"),
			of(Organisation, "company", "role", "language", "country", "sole"),
			of(Origin, "since", "source", "source_kind", "source_public", "obtained_at"),
			of(Notes, "reason", "note"),
			of(Work, "stale", "updated_at", "last_at", "last_out", "messages", "unread", "waiting", "wrote", "last_in_at", "last_out_at", "listed", "held_at", "held_doubt"),
			of(Rights, "notice_due", "erase_after", "retention"),
			of(Correspondence, "subject", "snippet"), withheld(derived, Name, "folded")),
	}, {
		Name: "people_search", Whose: OfPerson, About: "The words of people's rows, for the search.", Erasure: "its words are deleted with the row, at once (secure-delete)",
		Columns: withheld(derived, Name, "folded", "people_search", "rank"),
	}}
}

func registerRights() []Table {
	return []Table{{
		Name: "proofs", Whose: OfPerson, About: "The words behind each entry of the ledger.", Erasure: "deleted",
		copy: sqlCopyProofs, erase: []string{sqlEraseProofs},
		Columns: slices.Concat(of(Reference, "seq", "person", "message"),
			of(Rights, "wording", "wording_hash", "version", "language", "evidence", "code", "raw", "auth")),
	}, {
		Name: "ledger", Whose: OfPerson, About: "What happened to a person's rights.", Erasure: "deleted; the chain keeps its place and stays whole",
		copy: sqlCopyLedger, erase: []string{sqlEraseLedger},
		Columns: slices.Concat(of(Reference, "seq", "person", "corrects"),
			of(Rights, "kind", "purpose", "method", "at", "recorded_at", "valid_until", "subject_right", "fact"), of(Staff, "actor")),
	}, {
		Name: "decisions", Whose: OfPerson, About: "What the gate answered, and on what it rested.", Erasure: "deleted",
		copy: sqlCopyDecisions, erase: []string{sqlEraseDecisions},
		Columns: slices.Concat(of(Reference, "id", "person", "head", "message_id"),
			of(Decisions, "at", "act", "moment", "allowed", "basis", "rules", "checks", "inputs")),
	}, {
		Name: "raws", Whose: OfPerson, About: "Whole mails that prove a consent.", Erasure: "deleted",
		copy: sqlCopyRaws, erase: []string{sqlEraseRaws},
		Columns: slices.Concat(of(Reference, "hash", "person", "message_id"), of(Rights, "at", "auth", "raw")),
	}, {
		Name: "salts", Whose: OfPerson, About: "The random numbers under which the chain speaks of an entry.", Erasure: "deleted: without them the chain says nothing",
		copy: sqlCopySalts, // PROOF's silence deletes them, and gives the places that went silent
		Columns: slices.Concat(of(Reference, "pos", "person"),
			withheld("a random number that says nothing; giving it away would weaken the proof", Rights, "salt")),
	}, {
		Name: "chain", Whose: OfNobody, About: "One link for each entry, decision, assessment and erasure.", Erasure: "stays: without its salt a link says nothing about anybody",
		copy:    sqlCopyChain,
		Columns: of(Reference, "pos", "what", "ref", "commitment", "hash"),
	}, {
		Name: "suppressions", Whose: OfPerson, About: "Keyed hashes of addresses that must not be written to.",
		Erasure: "a keyed hash of each address, the date and the reason stay, so that the person is not taken in again (Art. 17(3)(b), 21(3))",
		copy:    sqlCopySuppressions, byHash: true,
		Columns: slices.Concat(of(Rights, "at", "reason", "erased_at"),
			withheld("a keyed hash of the address, which is in this copy", Hash, "hash")),
	}}
}

func registerOthers() []Table {
	return []Table{{
		Name: "erasures", Whose: OfNobody, About: "That somebody was erased, when, why, and which links went silent.", Erasure: "gains a row without a name",
		Columns: of(Own, "id", "at", "reason", "silent"),
	}, {
		Name: "assessments", Whose: OfUs, About: "Legitimate-interest assessments.", Erasure: "stays: it names no lead",
		Columns: of(Own, "seq", "id", "version", "at", "valid_until", "outcome", "hash", "body"),
	}, {
		Name: "field_uses", Whose: OfNobody, About: "How often each field was used on a day.", Erasure: "stays: it counts fields, not people",
		Columns: of(Own, "field", "day", "uses"),
	}, {
		Name: "mailboxes", Whose: OfUs, About: "Our folders on the server, and how far they were read.", Erasure: "stays: it is ours",
		Columns: of(Own, "id", "account", "name", "role", "uid_validity", "complete", "low_uid", "high_uid", "synced_at"),
	}, {
		Name: "meta", Whose: OfUs, About: "What the database must know of itself.", Erasure: "stays: it is ours",
		Columns: of(Own, "name", "value"),
	}, {
		Name: "sqlite_sequence", Whose: Technical, About: "The last number that each table gave.", Erasure: "stays: numbers only",
		Columns: of(Reference, "name", "seq"),
	}}
}

// shadows are the tables in which the search index keeps itself. They hold its
// words as bytes and have no columns of their own that anybody could read.
func shadows() []string {
	return []string{"people_search_data", "people_search_idx", "people_search_docsize", "people_search_config"}
}
