package store

import (
	"hash/maphash"
	"runtime"
	"sync"

	"zgoda/consent"
	"zgoda/consent/intent"
	"zgoda/mail"
)

// mostReadings bounds how many mails' readings are remembered.
const mostReadings = 8192

// readings remembers what mails ask for, because every question to the gate
// reads the person's newest mails again. It keeps no word of any mail: only the
// hash of its text (with a seed of this process) and what was found.
type readings struct {
	seed maphash.Seed
	mu   sync.Mutex
	of   map[uint64]consent.Intent
}

func newReadings() *readings {
	return &readings{seed: maphash.MakeSeed(), of: map[uint64]consent.Intent{}}
}

// asks is what a mail asks for, without its words.
func (r *readings) asks(subject, text string) consent.Intent {
	key := maphash.String(r.seed, subject+"\x00"+text)
	r.mu.Lock()
	known, found := r.of[key]
	r.mu.Unlock()
	if found {
		return known
	}
	read := intent.Read(subject, text)
	read.Own, read.Found = "", ""
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.of) >= mostReadings {
		clear(r.of)
	}
	r.of[key] = read
	return read
}

// tells reports, without asking the database, whether a mail may change anything.
func (r *readings) tells(subject, text string) bool {
	return r.asks(subject, text).Asks() || consent.MayBeAnswer(text)
}

// warm reads a batch before its transaction begins, on every core: the writer is
// not kept waiting, and nobody waits for the writer meanwhile.
func (r *readings) warm(batch []mail.Fetched, us string) {
	places := make(chan struct{}, runtime.GOMAXPROCS(0))
	var work sync.WaitGroup
	for i := range batch {
		m := &batch[i].Message
		if !m.Whole || m.From.Key() == us {
			continue
		}
		places <- struct{}{}
		work.Go(func() {
			r.asks(m.Subject, m.Text)
			<-places
		})
	}
	work.Wait()
}
