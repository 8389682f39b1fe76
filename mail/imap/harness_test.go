package imap

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"zgoda/mail"
	"zgoda/mail/imap/imaptest"
)

// everywhere runs a test against both servers.
func everywhere(t *testing.T, test func(t *testing.T, host *imaptest.Host)) {
	t.Run("embedded", func(t *testing.T) { test(t, imaptest.Embedded(t, imaptest.FullCaps)) })
	t.Run("minimal", func(t *testing.T) { test(t, imaptest.Embedded(t, imaptest.MinCaps)) })
	t.Run("dovecot", func(t *testing.T) { test(t, imaptest.Dovecot(t)) })
}

// bench is a syncer, its mirror, and a place to wait for what they tell.
type bench struct {
	*Syncer
	mirror *imaptest.Mirror

	mu       sync.Mutex
	told     sync.Cond
	statuses []mail.SyncStatus
}

func newBench(server mail.Server, change func(*Config)) *bench {
	b := &bench{mirror: imaptest.NewMirror()}
	b.told.L = &b.mu
	b.mirror.Saved = func() error { b.told.Broadcast(); return nil }
	config := Config{
		Server: server, Account: "main", Mirror: b.mirror, Batch: 10,
		Debounce: time.Millisecond, Backoff: func(int) time.Duration { return time.Millisecond },
		Status: func(s mail.SyncStatus) {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.statuses = append(b.statuses, s)
			b.told.Broadcast()
		},
	}
	if change != nil {
		change(&config)
	}
	b.Syncer = NewSyncer(config)
	return b
}

// until waits for a state that is told by a status or a save.
func (b *bench) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	late := false
	timer := time.AfterFunc(20*time.Second, func() { b.mu.Lock(); late = true; b.mu.Unlock(); b.told.Broadcast() })
	defer timer.Stop()
	b.mu.Lock()
	defer b.mu.Unlock()
	for !ok() {
		if late {
			stacks := make([]byte, 1<<20)
			stacks = stacks[:runtime.Stack(stacks, true)]
			t.Fatalf("never: %s; the last of %d statuses: %+v\n%s", what, len(b.statuses), b.lastLocked(), stacks)
		}
		b.told.Wait()
	}
}

func (b *bench) lastLocked() mail.SyncStatus {
	if len(b.statuses) == 0 {
		return mail.SyncStatus{}
	}
	return b.statuses[len(b.statuses)-1]
}

// mark is the place in the statuses after which untilTold looks.
func (b *bench) mark() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.statuses)
}

// untilTold waits for a status that may already have passed.
func (b *bench) untilTold(t *testing.T, what string, since int, ok func(mail.SyncStatus) bool) {
	t.Helper()
	b.until(t, what, func() bool { return slices.ContainsFunc(b.statuses[since:], ok) })
}

func isOffline(s mail.SyncStatus) bool { return s.Phase == mail.SyncOffline }

func (b *bench) untilPhase(t *testing.T, phase mail.SyncPhase) {
	t.Helper()
	b.until(t, "phase "+string(phase), func() bool { return b.lastLocked().Phase == phase })
}

// run starts Run; the function it gives back ends it and waits.
func (b *bench) run(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); b.Run(ctx) }()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return stop
}

func (b *bench) once(t *testing.T) {
	t.Helper()
	if err := b.Once(t.Context()); err != nil {
		t.Fatalf("sync: %v", err)
	}
}

// same wants the mirror to be what the server has: UIDs, flags and subjects.
func same(t *testing.T, host *imaptest.Host, mirror *imaptest.Mirror, folder string) {
	t.Helper()
	client := host.Client(t)
	selected, err := client.Select(folder, nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	if selected.NumMessages > 0 {
		list, err := client.Fetch(imap.UIDSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{Flags: true, Envelope: true}).Collect()
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range list {
			want = append(want, fmt.Sprintf("%d %v %s", one.UID, flags(one.Flags), one.Envelope.Subject))
		}
	}
	var got []string
	for _, one := range mirror.Mail(folder) {
		got = append(got, fmt.Sprintf("%d %v %s", one.UID, one.Flags, one.Message.Subject))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("%s: the mirror differs\nserver %d: %s\nmirror %d: %s", folder, len(want), strings.Join(want, "\n"), len(got), strings.Join(got, "\n"))
	}
}
