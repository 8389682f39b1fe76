package mail

import "time"

// SyncPhase is what the connection to the server is doing.
type SyncPhase string

// The phases of a sync.
const (
	SyncOff        SyncPhase = "off"        // no account, or stopped by the rep
	SyncConnecting SyncPhase = "connecting" // dialling, TLS, login
	SyncRunning    SyncPhase = "syncing"    // Done of Total
	SyncIdle       SyncPhase = "idle"       // up to date, the server will tell (IDLE)
	SyncPolling    SyncPhase = "polling"    // up to date, we ask from time to time
	SyncOffline    SyncPhase = "offline"    // no connection; RetryAt says when next
)

// SyncStatus is one account's state in words for the status line. It is a
// value: each change is a new one. Problem and NextStep are for a person and
// hold no address, secret or server text.
type SyncStatus struct {
	Account     string
	Phase       SyncPhase
	Mailbox     Role
	Done, Total int       // messages, while Phase is SyncRunning
	SyncedAt    time.Time // last time we were up to date; zero for never
	RetryAt     time.Time // while offline
	Problem     string    // one sentence, empty when all is well
	NextStep    string
	Fatal       bool // trying again cannot help (wrong password, unknown certificate)
}
