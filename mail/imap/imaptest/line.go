package imaptest

import (
	"bufio"
	"io"
	"net"
	"sync"
	"testing"

	"zgoda/mail"
)

// Line is a proxy between a client and a server. It works on plain text, so
// that it can read what is said.
type Line struct {
	Server mail.Server // what the client connects to
	to     string

	mu     sync.Mutex
	edit   func(line string) string
	budget int // octets from the server until the cut; negative: no cut
	silent bool
	heal   chan struct{} // closed when silence ends
	conns  map[net.Conn]struct{}
	count  int
	only   int // connections at a time; zero is no limit
	closed bool
}

// NewLine stands before a host's plain port.
func NewLine(t testing.TB, host *Host) *Line {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &Line{Server: host.Plain, to: host.Plain.Addr(), budget: -1, heal: make(chan struct{}), conns: map[net.Conn]struct{}{}}
	l.Server.Port = ln.Addr().(*net.TCPAddr).Port
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { l.carry(conn) })
		}
	})
	t.Cleanup(func() {
		_ = ln.Close()
		l.mu.Lock()
		l.closed = true
		l.mu.Unlock()
		l.Speak()
		l.CutNow()
		wg.Wait()
	})
	return l
}

// Edit changes every line of the server on its way; nil changes nothing. Lines
// inside literals are lines too.
func (l *Line) Edit(f func(line string) string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.edit = f
}

// CutAfter cuts the line after n more octets from the server, once.
func (l *Line) CutAfter(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.budget = n
}

// CutNow ends all connections.
func (l *Line) CutNow() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for conn := range l.conns {
		_ = conn.Close()
	}
}

// Silence keeps connections open and carries nothing, as a black hole does.
func (l *Line) Silence() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.silent {
		l.silent, l.heal = true, make(chan struct{})
	}
}

// Speak ends the silence.
func (l *Line) Speak() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.silent {
		l.silent = false
		close(l.heal)
	}
}

// Only lets so many connections live at a time, as some servers do; zero lifts it.
func (l *Line) Only(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.only = n
}

// Dialled is how many connections there were.
func (l *Line) Dialled() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.count
}

func (l *Line) carry(client net.Conn) {
	server, err := net.Dial("tcp", l.to)
	if err != nil {
		_ = client.Close()
		return
	}
	l.mu.Lock()
	l.count++
	closed := l.closed || l.only > 0 && len(l.conns) >= 2*l.only // two ends each
	l.conns[client], l.conns[server] = struct{}{}, struct{}{}
	l.mu.Unlock()
	drop := func() { _ = client.Close(); _ = server.Close() }
	if closed {
		drop()
	}
	var wg sync.WaitGroup
	wg.Go(func() { defer drop(); l.pump(server, client, false) })
	wg.Go(func() { defer drop(); l.pump(client, server, true) })
	wg.Wait()
	l.mu.Lock()
	delete(l.conns, client)
	delete(l.conns, server)
	l.mu.Unlock()
}

func (l *Line) pump(to io.Writer, from io.Reader, fromServer bool) {
	lines := bufio.NewReaderSize(from, 1<<20)
	for {
		line, err := lines.ReadString('\n')
		l.mu.Lock()
		silent, heal := l.silent, l.heal
		l.mu.Unlock()
		if silent {
			<-heal
		}
		if fromServer {
			var cut bool
			if line, cut = l.change(line); cut {
				_, _ = io.WriteString(to, line)
				return
			}
		}
		if _, bad := io.WriteString(to, line); bad != nil || err != nil {
			return
		}
	}
}

// change edits a line and spends the budget.
func (l *Line) change(line string) (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.edit != nil {
		line = l.edit(line)
	}
	if l.budget < 0 {
		return line, false
	}
	if len(line) > l.budget {
		line, l.budget = line[:l.budget], -1
		return line, true
	}
	l.budget -= len(line)
	return line, false
}
