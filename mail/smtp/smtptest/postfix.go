package smtptest

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"

	"zgoda/mail"
	"zgoda/mail/dial/dialtest"
)

//go:embed main.cf.tmpl
var mainCF string

//go:embed master.cf.tmpl
var masterCF string

// PostfixOptions says how a Postfix is set up. The zero value delivers to
// [Username] and to nobody else, and takes the one login of this package.
type PostfixOptions struct {
	Domains   []string // that are delivered here; those of Mailboxes when empty
	Mailboxes []string // that exist; with an LMTPSocket, empty takes every one
	// Maildirs are where mailboxes lie that another program reads, such as
	// Dovecot's, by address; UID and GID are whose they are.
	Maildirs map[string]string
	UID, GID int
	// LMTPSocket is where mail is delivered, such as Dovecot's. Empty delivers
	// into maildirs, see [Postfix.Maildir].
	LMTPSocket string
	AuthSocket string // Dovecot's auth socket for Postfix; empty is one of our own
	SizeLimit  int    // octets; zero is 10 MiB
	CA         *dialtest.CA
}

// Postfix is a running server with two doors. It owns a directory of its own
// and ends with the test.
type Postfix struct {
	Implicit mail.Server // implicit TLS, as port 465
	StartTLS mail.Server // mandatory STARTTLS, as port 587
	setup    setup
}

// setup is what the templates see.
type setup struct {
	PostfixOptions
	Dir                  string
	Implicit, Submission int
}

// Start runs Postfix. Where it is not installed or this is not root, which its
// master needs, the test is skipped, or fails under CI=true.
func Start(t testing.TB, opts PostfixOptions) *Postfix {
	t.Helper()
	need(t)
	opts.Mailboxes = append(slices.Clone(opts.Mailboxes), slices.Sorted(maps.Keys(opts.Maildirs))...)
	if len(opts.Mailboxes) == 0 && opts.LMTPSocket == "" {
		opts.Mailboxes = []string{Username}
	}
	if len(opts.Domains) == 0 {
		opts.Domains = domainsOf(opts.Mailboxes)
	}
	if opts.SizeLimit == 0 {
		opts.SizeLimit = 10 << 20
	}
	if opts.CA == nil {
		opts.CA = dialtest.NewCA(t)
	}
	s := setup{PostfixOptions: opts, Dir: directory(t), Implicit: freePort(t), Submission: freePort(t)}
	if s.UID == 0 {
		s.UID, s.GID = owner(t, "nobody")
	}
	if s.AuthSocket == "" {
		s.AuthSocket = filepath.Join(s.Dir, "auth")
		serveSASL(t, s.AuthSocket)
	}
	s.write(t)
	s.run(t)
	server := mail.Server{Host: "127.0.0.1", Port: s.Implicit, Security: mail.ImplicitTLS, Username: Username, Password: Password, CA: opts.CA.PEM}
	p := &Postfix{Implicit: server, StartTLS: server, setup: s}
	p.StartTLS.Port, p.StartTLS.Security = s.Submission, mail.StartTLS
	return p
}

// need skips, or fails where everything is installed.
func need(t testing.TB) {
	t.Helper()
	why := ""
	if _, err := exec.LookPath("postfix"); err != nil {
		why = "Postfix is not installed"
	} else if os.Geteuid() != 0 {
		why = "Postfix's master can be started by root only"
	}
	switch {
	case why == "":
	case os.Getenv("CI") == "true":
		t.Fatal(why)
	default:
		t.Skip(why)
	}
}

// directory is outside t.TempDir, whose parents Postfix's own user cannot enter.
func directory(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "zgoda-postfix-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			if log, err := os.ReadFile(filepath.Join(dir, "log", "mail.log")); err == nil {
				t.Logf("Postfix's log:\n%s", log)
			}
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Errorf("Postfix's directory stays: %v", err)
		}
	})
	return dir
}

// write lays out the configuration.
func (s setup) write(t testing.TB) {
	t.Helper()
	certPEM, keyPEM := dialtest.Files(t, s.CA.Issue(t, dialtest.Leaf{}))
	var boxes strings.Builder
	for _, address := range s.Mailboxes {
		fmt.Fprintf(&boxes, "%s %s/\n", address, strings.TrimPrefix(s.maildir(address), "/"))
	}
	if err := os.Chmod(s.Dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for dir, owner := range map[string]string{"etc": "root", "queue": "root", "log": "root", "data": "postfix", "mail": ""} {
		s.makeDir(t, dir, owner)
	}
	for name, text := range map[string]string{
		"main.cf": s.fill(t, mainCF), "master.cf": s.fill(t, masterCF), "mailboxes": boxes.String(),
		"owners": "/^(.*)$/ $1\n", "key-and-chain.pem": string(keyPEM) + string(certPEM),
	} {
		mode := os.FileMode(0o644)
		if name == "key-and-chain.pem" {
			mode = 0o600 // read before Postfix drops its rights
		}
		if err := os.WriteFile(filepath.Join(s.Dir, "etc", name), []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
}

// makeDir makes a directory that belongs to name, or to whom mail is delivered as.
func (s setup) makeDir(t testing.TB, dir, name string) {
	t.Helper()
	uid, gid := s.UID, s.GID
	if name != "" {
		uid, gid = owner(t, name)
	}
	path := filepath.Join(s.Dir, dir)
	if err := errors.Join(os.Mkdir(path, 0o755), os.Chown(path, uid, gid)); err != nil {
		t.Fatal(err)
	}
}

func (s setup) maildir(address string) string {
	if dir, ok := s.Maildirs[address]; ok {
		return dir
	}
	return filepath.Join(s.Dir, "mail", address)
}

func (s setup) fill(t testing.TB, text string) string {
	t.Helper()
	var b strings.Builder
	if err := template.Must(template.New("").Parse(text)).Execute(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// watch runs the master and ends it, with its children, when our end of its
// standard input closes: so it ends even if the test is killed.
const watch = `"$0" -c "$1" </dev/null & master=$!; cat >/dev/null; kill "$master"; wait "$master"`

// run starts the master, waits until both doors answer, and ends it with the test.
func (s setup) run(t testing.TB) {
	t.Helper()
	conf := filepath.Join(s.Dir, "etc")
	if said, err := exec.Command("postfix", "-c", conf, "check").CombinedOutput(); err != nil { // makes the queue
		t.Fatalf("set Postfix up: %v\n%s", err, said)
	}
	daemons, err := exec.Command("postconf", "-h", "daemon_directory").Output()
	if err != nil {
		t.Fatalf("ask where Postfix lives: %v", err)
	}
	cmd := exec.Command("sh", "-c", watch, filepath.Join(strings.TrimSpace(string(daemons)), "master"), conf)
	stdin, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = stdin.Close()
		_ = cmd.Wait() // the master ends by a signal, which is no failure
	})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for _, port := range []int{s.Implicit, s.Submission} {
		if err := answers(ctx, port); err != nil {
			t.Fatalf("Postfix does not answer: %v", err)
		}
	}
}

// answers waits until a port takes connections.
func answers(ctx context.Context, port int) error {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			return conn.Close()
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func domainsOf(addresses []string) []string {
	var domains []string
	seen := map[string]bool{}
	for _, a := range addresses {
		if domain := (mail.Address{Email: a}).Domain(); !seen[domain] {
			seen[domain] = true
			domains = append(domains, domain)
		}
	}
	return domains
}

// freePort is a port that was free a moment ago.
func freePort(t testing.TB) int {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().(*net.TCPAddr).Port
}

// owner is the numbers of a user of this machine.
func owner(t testing.TB, name string) (uid, gid int) {
	t.Helper()
	u, err := user.Lookup(name)
	if err != nil {
		t.Fatal(err)
	}
	uid, errU := strconv.Atoi(u.Uid)
	gid, errG := strconv.Atoi(u.Gid)
	if err := errors.Join(errU, errG); err != nil {
		t.Fatal(err)
	}
	return uid, gid
}
