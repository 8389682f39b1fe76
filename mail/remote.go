package mail

import "time"

// Role is what a mailbox is for (RFC 6154 SPECIAL-USE).
type Role string

// The mailboxes that zgoda syncs.
const (
	RoleInbox Role = "inbox"
	RoleSent  Role = "sent"
)

// Mailbox is one folder on one account as we know it. A message's place is
// (account, mailbox, UIDVALIDITY, UID): after a new UIDVALIDITY no old UID
// means anything (RFC 9051 section 2.3.1.1).
type Mailbox struct {
	ID          int64 // in our store; zero before it was saved
	Account     string
	Name        string // as the server names it
	Role        Role
	UIDValidity uint32
	// Complete says that the first sync went through. Until then LowUID is the
	// oldest UID already fetched, for the first sync goes newest first.
	Complete bool
	LowUID   uint32
	HighUID  uint32 // the newest UID already fetched
	SyncedAt time.Time
}

// Flags are the system flags of a message that zgoda keeps.
type Flags struct {
	Seen, Answered, Flagged bool
}

// Fetched is one message on its way from the server to the store.
type Fetched struct {
	UID      uint32
	Flags    Flags
	Internal time.Time // INTERNALDATE
	Size     int64     // RFC822.SIZE, octets
	Message  Message
	// Raw is the whole mail as it came, kept only where it may be the proof of a
	// consent; Auth is what was found of its sender then.
	Raw  []byte
	Auth Authentication
}

// Copy is one mail that lies on the server. Before it is deleted the Message-ID
// at its place is compared, for a UID may mean another mail by now.
type Copy struct {
	Mailbox     string
	UIDValidity uint32
	UID         uint32
	ID          MessageID
	At          time.Time
	Out         bool // sent by us
}

// FlagChange is what the server says of a message that we already hold.
type FlagChange struct {
	UID   uint32
	Flags Flags
}
