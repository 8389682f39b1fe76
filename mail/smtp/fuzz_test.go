package smtp

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"zgoda/mail"
)

// FuzzDialogue lets a server say anything. Whatever it says, "sent" needs a dot
// that was written, and "nothing was handed over" needs that none was.
func FuzzDialogue(f *testing.F) {
	f.Add("220 x\r\n250-x\r\n250 8BITMIME\r\n250 ok\r\n250 ok\r\n354 go\r\n250 ok\r\n221 bye\r\n")
	f.Add("220 x\r\n250 x\r\n250 ok\r\n550 5.1.1 no\r\n221 bye\r\n")
	f.Add("220 x\r\n250-x\r\n250 SIZE 1\r\n")
	f.Add("220 x\r\n250 x\r\n250 ok\r\n250 ok\r\n354 go\r\n451 4.3.0 later\r\n")
	f.Add("220 x\r\n250 x\r\n250 ok\r\n250 ok\r\n354 go\r\n")
	f.Add("220-\r\n220-\r\n999 \x00\r\n" + strings.Repeat("x", 3000))
	f.Fuzz(func(t *testing.T, script string) {
		heard, err := dialogue(script)
		dot := bytes.Contains(heard, []byte("\r\n.\r\n"))
		var end *mail.SubmitError
		switch {
		case err == nil && !dot:
			t.Errorf("sent, and the mail never ended: %q", heard)
		case err == nil:
		case !errors.As(err, &end):
			t.Errorf("%T: %v", err, err)
		case end.Stage != stageEnd && dot:
			t.Errorf("the dot was written, and the attempt ended at %s: %v", end.Stage, end)
		case end.Unknown && end.Stage != stageEnd:
			t.Errorf("unknown at %s", end.Stage)
		case end.Stage == stageEnd && end.Code == 0 && !end.Unknown:
			t.Errorf("no answer to the dot, and not unknown: %+v", end)
		}
	})
}

// dialogue plays script to a client and gives what the client said.
func dialogue(script string) ([]byte, error) {
	ours, theirs := net.Pipe()
	var heard bytes.Buffer
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(&heard, theirs) }) // ends with the pipe
	both.Go(func() {
		_, _ = io.WriteString(theirs, script) // the client may leave earlier
		_ = theirs.Close()
	})
	s := &session{wire: newWire(ours), ctx: context.Background(), unhook: func() {}}
	err := s.greet()
	if err == nil {
		err = s.handOver(context.Background(), letter("x"), yes)
	}
	s.close()
	both.Wait()
	return heard.Bytes(), err
}

// FuzzWire: the line-by-line reading loses and adds nothing.
func FuzzWire(f *testing.F) {
	f.Add("220 a\r\n220 b\r\n", 3)
	f.Add(strings.Repeat("x", 5000)+"\n\n\n", 100)
	f.Fuzz(func(t *testing.T, said string, size int) {
		if len(said) > maxHeard {
			t.Skip()
		}
		ours, theirs := net.Pipe()
		var writer sync.WaitGroup
		writer.Go(func() {
			_, _ = io.WriteString(theirs, said)
			_ = theirs.Close()
		})
		w := newWire(ours)
		var got []byte
		b := make([]byte, max(1, min(size, 4096)))
		for {
			n, err := w.Read(b)
			if line := b[:n]; bytes.IndexByte(line, '\n') >= 0 && bytes.IndexByte(line, '\n') != n-1 {
				t.Fatalf("more than one line at once: %q", line)
			}
			got = append(got, b[:n]...)
			if err != nil {
				break
			}
		}
		writer.Wait()
		if string(got) != said {
			t.Errorf("%q became %q", said, got)
		}
	})
}
