package imap

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"zgoda/mail"
	"zgoda/mail/imap/imaptest"
)

// talk is a whole sync as a server says it: an answer for each line of the
// client, parted by "%%", with "$" for the client's tag.
const talk = "* OK [CAPABILITY IMAP4rev1 IDLE ESEARCH CONDSTORE] hi\r\n" +
	"%%$ OK [CAPABILITY IMAP4rev1] in\r\n%%* CAPABILITY IMAP4rev1 IDLE ESEARCH CONDSTORE SPECIAL-USE LIST-EXTENDED\r\n$ OK\r\n" +
	"%%* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST (\\Sent) \"/\" \"Wys&AUI-ane\"\r\n$ OK\r\n" +
	"%%* 2 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 9] n\r\n* OK [HIGHESTMODSEQ 5] m\r\n$ OK [READ-WRITE]\r\n" +
	"%%* ESEARCH (TAG \"$\") UID ALL 3,8\r\n$ OK\r\n" +
	"%%* 1 FETCH (UID 3 FLAGS (\\Seen) INTERNALDATE \"02-Nov-2026 10:00:00 +0100\" RFC822.SIZE 40 BODY[HEADER] {18}\r\nSubject: a\r\nb: c\r\n)\r\n" +
	"* 2 FETCH (UID 8 FLAGS () INTERNALDATE \"02-Nov-2026 10:00:00 +0100\" RFC822.SIZE 4 BODY[HEADER] NIL)\r\n$ OK\r\n" +
	"%%* 1 FETCH (UID 3 BODY[]<0> {5}\r\nhello FLAGS ())\r\n$ OK\r\n" +
	"%%* 0 EXISTS\r\n* OK [UIDVALIDITY 8] v\r\n$ OK\r\n%%* SEARCH\r\n$ OK\r\n%%* BYE\r\n$ OK\r\n"

// play answers each line of the client with the next part of the script.
func play(conn net.Conn, script string) {
	defer conn.Close()
	answers := strings.Split(script, "%%")
	if _, err := io.WriteString(conn, answers[0]); err != nil {
		return
	}
	lines := bufio.NewScanner(conn)
	for _, answer := range answers[1:] {
		if !lines.Scan() {
			return
		}
		tag, _, _ := strings.Cut(lines.Text(), " ")
		if _, err := io.WriteString(conn, strings.ReplaceAll(answer, "$", tag)); err != nil {
			return
		}
	}
}

// syncWith syncs once with a server that follows a script.
func syncWith(ctx context.Context, script string) (*imaptest.Mirror, error) {
	client, server := net.Pipe()
	played := make(chan struct{})
	go func() { defer close(played); play(server, script) }()
	defer func() { _ = client.Close(); <-played }()

	// A poison message makes the sync connect anew: to a port where nobody is.
	nobody := mail.Server{Host: "127.0.0.1", Port: 1, Security: mail.Plain, Username: "rep", Password: "word"}
	mirror := imaptest.NewMirror()
	mirror.Lead = func(mail.Message) bool { return true }
	syncer := NewSyncer(Config{Server: nobody, Mirror: mirror})
	session, err := start(ctx, client, nobody, 200*time.Millisecond)
	if err != nil {
		return mirror, err
	}
	v := &visit{Syncer: syncer, session: session}
	err = v.all(ctx, true)
	v.session.Close()
	return mirror, err
}

func TestScriptedSync(t *testing.T) {
	mirror, err := syncWith(t.Context(), talk)
	if err != nil {
		t.Fatal(err)
	}
	list := mirror.Mail("INBOX")
	if len(list) != 2 || !list[0].Flags.Seen || list[0].UID != 3 || !mirror.Box("Wysłane").Complete {
		t.Errorf("got %+v", list)
	}
}

// FuzzServer lets a server say anything: the sync ends, with an error or
// without, and neither panics nor hangs.
func FuzzServer(f *testing.F) {
	f.Add(talk)
	for _, change := range [][2]string{
		{"{18}", "{99999999999}"}, {"{18}", "{3}"}, {"UID 3 ", ""}, {"3,8", "1:4294967295"}, {"3,8", "*"}, {"ALL 3,8", "MIN 3"},
		{"(\\Seen)", "[\\Seen]"}, {"2 EXISTS", "4294967296 EXISTS"}, {"2 EXISTS", "2 EXISTS extra"}, {"FETCH", "VANISHED"},
		{"UIDVALIDITY 7", "UIDVALIDITY x"}, {"INBOX", "{6}\r\nIN\x00BOX"}, {"\\Sent", "\\Noselect"}, {"02-Nov-2026", "99-Xyz-2026"},
		{"$ OK [READ", "$ NO [READ"}, {"* OK", "* PREAUTH"}, {"* OK", "* BYE"}, {"Wys&AUI-ane", "&&&"}, {"UID ALL 3,8", "ALL 3,8"},
		{"BODY[HEADER] NIL", "BODY[HEADER] \"quoted\""}, {"UID 8", "UID 3"}, {"hello", "hel\x1b]52;c;"},
	} {
		f.Add(strings.ReplaceAll(talk, change[0], change[1]))
	}
	f.Fuzz(func(t *testing.T, script string) {
		if len(script) > 64<<10 {
			return
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		mirror, _ := syncWith(ctx, script)
		if ctx.Err() != nil {
			t.Fatal("the sync did not end by itself")
		}
		for _, folder := range []string{"INBOX", "Wysłane"} {
			for _, one := range mirror.Mail(folder) {
				if one.UID == 0 || strings.ContainsAny(one.Message.Subject+one.Message.Text, "\x1b\u009b") {
					t.Errorf("stored %+v", one)
				}
			}
		}
	})
}
