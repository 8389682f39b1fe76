package outbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"zgoda/consent"
	"zgoda/mail"
	"zgoda/mail/outbox"
	"zgoda/mail/smtp/smtptest"
)

// childEnv tells a copy of this test program what to do, and when to die.
const childEnv = "ZGODA_OUTBOX_CHILD"

type childTask struct {
	Dir    string
	Server mail.Server
	Target int
}

// TestChild is no test by itself: it is the process that TestM11_Kill9 kills.
func TestChild(t *testing.T) {
	encoded := os.Getenv(childEnv)
	if encoded == "" {
		t.Skip("only started by TestM11_Kill9AtEveryStep")
	}
	var task childTask
	if err := json.Unmarshal([]byte(encoded), &task); err != nil {
		t.Fatal(err)
	}
	d := childDesk(t, task)
	f := &fault{target: task.Target, strike: func() error {
		fmt.Println("struck")
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Kill()
		}
		if err != nil {
			t.Error(err)
		}
		select {} // no deferred call, no flush: the process is gone
	}}
	config := d.config()
	f.into(&config)
	if err := outbox.New(config).Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// TestM11_Kill9AtEveryStep is TestM11_CrashAtEveryStep with a real process and a
// real SIGKILL: what counts is what is on the disk.
func TestM11_Kill9AtEveryStep(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each step")
	}
	points := boundaries(t)
	for i, point := range points {
		if !strings.HasPrefix(point, "after") {
			continue // on the disk it is what the step before left
		}
		t.Run(fmt.Sprintf("%02d %s", i+1, point), func(t *testing.T) {
			d := newDesk(t, smtptest.Options{})
			out := d.queue(d.draft(consent.Tracking{}))
			if err := d.db.Close(); err != nil {
				t.Fatal(err)
			}
			d.killChild(i + 1)
			d.open()
			d.afterCrash(out.ID, points[:i+1])
		})
	}
}

// TestM11_Kill9WhileTheServerTakesTheMail kills the process between the final
// dot and the answer, the moment that RFC 1047 is about.
func TestM11_Kill9WhileTheServerTakesTheMail(t *testing.T) {
	dot := make(chan struct{})
	dead := make(chan struct{})
	d := newDesk(t, smtptest.Options{OnData: func([]byte) error {
		close(dot)
		<-dead
		return nil
	}})
	out := d.queue(d.draft(consent.Tracking{}))
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	child := d.child(0)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	<-dot
	if err := child.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = child.Wait() // it was killed
	close(dead)
	d.open()
	d.flush()
	d.pass(24 * time.Hour)
	d.flush()
	if d.find(out.ID).State != mail.Unknown || d.server.Begun() != 1 {
		t.Errorf("the mail is %s, DATA was said %d times", d.find(out.ID).State, d.server.Begun())
	}
}

// child is a copy of this program with one task.
func (d *desk) child(target int) *exec.Cmd {
	d.t.Helper()
	task, err := json.Marshal(childTask{Dir: d.dir, Server: d.server.Server, Target: target})
	if err != nil {
		d.t.Fatal(err)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestChild$")
	child.Env = append(os.Environ(), childEnv+"="+string(task))
	return child
}

// killChild runs a child until it has struck itself dead.
func (d *desk) killChild(target int) {
	d.t.Helper()
	said, err := d.child(target).Output()
	if err == nil || string(said) != "struck\n" {
		d.t.Fatalf("the child was not killed: %v\n%s", err, said)
	}
}
