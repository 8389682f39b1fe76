package mail

import (
	"strconv"
	"strings"
)

// Failure is what it means that a mail could not be delivered (law.md M5).
type Failure string

// The failures. Only a hard one says that the address takes no mail.
const (
	FailedHard    Failure = "hard"    // no such mailbox or domain, or it is closed
	FailedSoft    Failure = "soft"    // full, overloaded, not reachable now
	FailedMessage Failure = "message" // too large, or of a kind that is not taken
	FailedPolicy  Failure = "policy"  // we are not trusted: a matter of our own server
	FailedUnknown Failure = "unknown" // nothing is said that could be relied on
)

// FailureOf sorts an enhanced status code such as "5.1.1" (RFC 3463 section 3).
func FailureOf(status string) Failure {
	class, rest, _ := strings.Cut(status, ".")
	switch {
	case !IsStatus(status):
		return FailedUnknown
	case class == "4":
		return FailedSoft
	case class != "5":
		return FailedUnknown
	}
	switch subject, _, _ := strings.Cut(rest, "."); {
	case rest == "1.0" || rest == "1.1" || rest == "1.2" || rest == "1.3" || rest == "1.6" || rest == "1.10" || rest == "2.1":
		return FailedHard
	case rest == "2.2" || rest == "3.1":
		return FailedSoft
	case rest == "2.3" || rest == "3.4" || subject == "6":
		return FailedMessage
	case subject == "7":
		return FailedPolicy
	}
	return FailedUnknown
}

// IsStatus reports whether s is an enhanced status code: three numbers, the
// first of them 2, 4 or 5.
func IsStatus(s string) bool {
	parts := strings.Split(s, ".")
	if len(parts) != 3 || parts[0] != "2" && parts[0] != "4" && parts[0] != "5" {
		return false
	}
	for _, p := range parts[1:] {
		if n, err := strconv.Atoi(p); err != nil || n < 0 || n > 999 || p != strconv.Itoa(n) {
			return false
		}
	}
	return true
}
