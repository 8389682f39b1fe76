package imaptest

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"zgoda/mail"
	"zgoda/mail/dial/dialtest"
)

// dovecotConf is a whole Dovecot 2.3 in one directory. Each block stands on
// lines of its own: Dovecot's parser wants it so.
const dovecotConf = `base_dir = %[1]s/run
state_dir = %[1]s/state
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
default_internal_user = %[2]s
default_internal_group = %[3]s
default_login_user = %[4]s
first_valid_uid = 1
auth_failure_delay = 0
auth_username_format = %%Ln
disable_plaintext_auth = no
ssl = yes
ssl_cert = <%[1]s/cert.pem
ssl_key = <%[1]s/key.pem
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 50
passdb {
  driver = passwd-file
  args = scheme=PLAIN %[1]s/users
}
userdb {
  driver = static
  args = uid=%[5]s gid=%[6]s home=%[1]s/mail/%%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox "Wysłane" {
    special_use = \Sent
    auto = subscribe
  }
  mailbox Sent {
    auto = create
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %[7]d
  }
  inet_listener imaps {
    port = %[8]d
    ssl = yes
  }
}
`

// Dovecot starts a Dovecot of its own on loopback and ends it with the test. It
// skips the test where Dovecot is not installed. Its \Sent folder has a Polish
// name, beside a plain "Sent" that is a trap. A login may have a domain
// ("rep@firma.example"): it is cut off.
func Dovecot(t testing.TB) *Host {
	t.Helper()
	program := lookup("dovecot")
	if program == "" {
		missing(t, "Dovecot (dovecot-imapd)")
	}
	// Not t.TempDir: the mail user of Dovecot must be able to enter it, and the
	// path of a socket may have only some hundred octets.
	dir, err := os.MkdirTemp("", "zgd")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	ca := dialtest.NewCA(t)
	plain, implicit := freePort(t), freePort(t)
	host := &Host{SentName: "Wysłane"}
	conf := writeDovecot(t, host, dir, ca, plain, implicit)
	run(t, program, conf, filepath.Join(dir, "log"), plain)

	server := mail.Server{Host: "127.0.0.1", Port: plain, Security: mail.Plain, Username: Rep, Password: Password, CA: ca.PEM}
	host.Plain, host.StartTLS, host.TLS = server, server, server
	host.StartTLS.Security = mail.StartTLS
	host.TLS.Security, host.TLS.Port = mail.ImplicitTLS, implicit
	host.Maildir = func(user string) string { return filepath.Join(dir, "mail", user, "Maildir") }
	host.Validity = func(t testing.TB, folder string) {
		t.Helper()
		next := strconv.FormatInt(time.Now().Unix()+1000, 10)
		out, err := exec.Command(lookup("doveadm"), "-c", conf, "mailbox", "update", "-u", Rep, "--uid-validity", next, folder).CombinedOutput()
		if err != nil {
			t.Fatalf("doveadm: %v: %s", err, out)
		}
	}
	return host
}

func writeDovecot(t testing.TB, host *Host, dir string, ca *dialtest.CA, plain, implicit int) string {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	cert, key := dialtest.Files(t, ca.Issue(t, dialtest.Leaf{}))
	must(os.Chmod(dir, 0o755))
	for _, sub := range []string{"run", "state", "mail"} {
		must(os.Mkdir(filepath.Join(dir, sub), 0o755))
	}
	must(os.WriteFile(filepath.Join(dir, "cert.pem"), cert, 0o644))
	must(os.WriteFile(filepath.Join(dir, "key.pem"), key, 0o600))
	users := fmt.Sprintf("%s:%s\n%s:%s\n", Rep, Password, Lead, Password)
	must(os.WriteFile(filepath.Join(dir, "users"), []byte(users), 0o644))

	me, err := user.Current()
	must(err)
	group, err := user.LookupGroupId(me.Gid)
	must(err)
	internal, internalGroup, login, uid, gid := me.Username, group.Name, me.Username, me.Uid, me.Gid
	if me.Uid == "0" { // Dovecot refuses to serve mail as root
		nobody, err := user.Lookup("nobody")
		must(err)
		internal, internalGroup, login, uid, gid = "dovecot", "dovecot", "dovenull", nobody.Uid, nobody.Gid
	}
	host.UID, err = strconv.Atoi(uid)
	must(err)
	host.GID, err = strconv.Atoi(gid)
	must(err)
	must(os.Chown(filepath.Join(dir, "mail"), host.UID, host.GID))
	conf := filepath.Join(dir, "dovecot.conf")
	must(os.WriteFile(conf, fmt.Appendf(nil, dovecotConf, dir, internal, internalGroup, login, uid, gid, plain, implicit), 0o644))
	return conf
}

// run starts the server and waits for its greeting.
func run(t testing.TB, program, conf, log string, port int) {
	t.Helper()
	cmd := exec.Command(program, "-F", "-c", conf)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		<-ended
	})
	for deadline := time.Now().Add(20 * time.Second); ; {
		conn, err := net.DialTimeout("tcp", "127.0.0.1:"+strconv.Itoa(port), time.Second)
		if err == nil {
			_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
			_, err = bufio.NewReader(conn).ReadString('\n')
			_ = conn.Close()
			if err == nil {
				return
			}
		}
		select {
		case <-ended:
			t.Fatalf("dovecot ended: %s%s", said.String(), read(log))
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatalf("dovecot does not answer: %v\n%s", err, read(log))
		}
	}
}

func read(path string) string {
	text, _ := os.ReadFile(path) // for a failure message only
	return string(text)
}

// lookup also looks where Debian keeps servers, which is in few users' PATH.
func lookup(program string) string {
	for _, name := range []string{program, "/usr/sbin/" + program, "/usr/local/sbin/" + program} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func freePort(t testing.TB) int {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().(*net.TCPAddr).Port
}
