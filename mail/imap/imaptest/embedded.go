package imaptest

import (
	"bytes"
	"crypto/tls"
	"io"
	"log"
	"net"
	"sync"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"zgoda/mail"
	"zgoda/mail/dial/dialtest"
)

// FullCaps is what the embedded server can do; MinCaps is a server of 2003.
var (
	FullCaps = imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIMAP4rev2: {}}
	MinCaps  = imap.CapSet{imap.CapIMAP4rev1: {}}
)

// Embedded starts the server that comes with go-imap. Its Sent folder bears no
// mark, so the sync must know it by its name.
func Embedded(t testing.TB, caps imap.CapSet) *Host {
	t.Helper()
	host := &Host{SentName: "Sent"}
	memory := imapmemserver.New()
	var rep *imapmemserver.User
	for _, name := range []string{Lead, Rep} {
		rep = imapmemserver.NewUser(name, Password)
		for _, folder := range []string{"INBOX", host.SentName} {
			if err := rep.Create(folder, nil); err != nil {
				t.Fatal(err)
			}
		}
		memory.AddUser(rep)
	}
	host.Validity = func(t testing.TB, folder string) { recreate(t, host, rep, folder) }

	serve(t, host, &imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		Caps: caps, InsecureAuth: true,
		Logger: log.New(io.Discard, "", 0), // it tells of every connection that a test cuts
	})
	return host
}

// serve listens in all three ways until the test ends.
func serve(t testing.TB, host *Host, options *imapserver.Options) {
	t.Helper()
	ca := dialtest.NewCA(t)
	options.TLSConfig = &tls.Config{Certificates: []tls.Certificate{ca.Issue(t, dialtest.Leaf{})}}
	server := imapserver.New(options)
	var serving sync.WaitGroup
	listen := func(security mail.Security) mail.Server {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := ln.Addr().(*net.TCPAddr).Port
		if security == mail.ImplicitTLS {
			ln = tls.NewListener(ln, options.TLSConfig)
		}
		serving.Go(func() { _ = server.Serve(ln) }) // ends with the listener
		return mail.Server{Host: "127.0.0.1", Port: port, Security: security, Username: Rep, Password: Password, CA: ca.PEM}
	}
	host.TLS, host.StartTLS, host.Plain = listen(mail.ImplicitTLS), listen(mail.StartTLS), listen(mail.Plain)
	t.Cleanup(func() {
		_ = server.Close()
		serving.Wait()
	})
}

// recreate makes a folder anew with the same mail: the server counts its
// UIDVALIDITY up.
func recreate(t testing.TB, host *Host, user *imapmemserver.User, folder string) {
	t.Helper()
	client := host.Client(t)
	if _, err := client.Select(folder, nil).Wait(); err != nil {
		t.Fatal(err)
	}
	list, err := client.Fetch(imap.UIDSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{{Peek: true}}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	if err := user.Delete(folder); err != nil {
		t.Fatal(err)
	}
	if err := user.Create(folder, nil); err != nil {
		t.Fatal(err)
	}
	for _, one := range list {
		raw := one.BodySection[0].Bytes
		if _, err := user.Append(folder, literal{bytes.NewReader(raw), int64(len(raw))}, &imap.AppendOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

type literal struct {
	io.Reader
	size int64
}

func (l literal) Size() int64 { return l.size }
