package smtptest

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
)

// serveSASL answers Postfix as Dovecot's auth service would (protocol version
// 1.2: a hello, then one AUTH line for one OK or FAIL), for the one login of
// this package. It is here so that a test of submission needs no Dovecot.
func serveSASL(t testing.TB, socket string) {
	t.Helper()
	ln, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(socket, 0o666); err != nil { // Postfix asks as its own user
		t.Fatal(err)
	}
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		conns []net.Conn
	)
	wg.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			conns = append(conns, conn)
			mu.Unlock()
			wg.Go(func() { answerSASL(conn) })
		}
	})
	t.Cleanup(func() {
		_ = ln.Close()
		mu.Lock()
		for _, conn := range conns {
			_ = conn.Close()
		}
		mu.Unlock()
		wg.Wait()
	})
}

func answerSASL(conn net.Conn) {
	defer conn.Close()
	fmt.Fprintf(conn, "VERSION\t1\t2\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t%032x\nDONE\n", 1)
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if fields[0] != "AUTH" || len(fields) < 3 {
			continue
		}
		if username, ok := plainLogin(fields); ok {
			fmt.Fprintf(conn, "OK\t%s\tuser=%s\n", fields[1], username)
		} else {
			fmt.Fprintf(conn, "FAIL\t%s\n", fields[1])
		}
	}
}

// plainLogin reads the initial response of PLAIN (RFC 4616).
func plainLogin(fields []string) (string, bool) {
	for _, field := range fields[3:] {
		response, found := strings.CutPrefix(field, "resp=")
		if !found {
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(response)
		if err != nil {
			return "", false
		}
		parts := strings.Split(string(raw), "\x00")
		if len(parts) == 3 && parts[1] == Username && parts[2] == Password {
			return Username, true
		}
	}
	return "", false
}
