package imap

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestGuardKnowsTheTrapHoweverItIsCut(t *testing.T) {
	tests := map[string]bool{
		"* CAPABILITY IMAP4rev1 IDLE\r\n": true, "* OK [CAPABILITY IMAP4rev1 IDLE] (hello)\r\n": true,
		"* 1 FETCH (UID 3 FLAGS ())\r\n": true, "* OK [PERMANENTFLAGS (\\Seen)] x\r\n": true, "Subject: [CAPABILITY (x)]\r\n": true,
		"* LIST () \"/\" INBOX\r\nT1 OK\r\n": true, "": true, "\r\n": true, "* ok [capability (": true, // the library knows upper case only
		"* CAPABILITY (": false, "* CAPABILITY A B(\r\n": false, "* capability(": false, "* OK [CAPABILITY A (\r\n": false,
		"T12 OK [CAPABILITY(": false, "hi\r\n* PREAUTH [CAPABILITY " + strings.Repeat("A ", 200) + "(": false,
		"T1 NO [CAPABILITY A B ](\r\n": true,
	}
	for text, want := range tests {
		rapid.Check(t, func(t *rapid.T) {
			var g guard
			got := true
			for rest := []byte(text); len(rest) > 0 && got; {
				n := rapid.IntRange(1, len(rest)).Draw(t, "n")
				got = g.pass(rest[:n])
				rest = rest[n:]
			}
			if got != want {
				t.Fatalf("%q: %v, want %v", text, got, want)
			}
		})
	}
}
