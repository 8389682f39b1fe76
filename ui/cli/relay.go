package cli

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"zgoda/mail"
	"zgoda/store"
	"zgoda/ui/event"
)

// relayPause is the least time between two deliveries to the screen: it
// redraws after every fact, and nobody reads faster than this.
const relayPause = 100 * time.Millisecond

// relay carries facts from the rooms to the screen. A slow screen never holds
// a room up: what waits is merged, never queued.
type relay struct {
	wake chan struct{} // holds one; full means already woken

	mu      sync.Mutex // guards what waits
	status  *mail.SyncStatus
	people  map[mail.PersonID]bool
	anybody bool
	outbox  bool
}

func newRelay() *relay {
	return &relay{wake: make(chan struct{}, 1), people: map[mail.PersonID]bool{}}
}

// syncChanged is the syncer's side: it keeps the newest state.
func (r *relay) syncChanged(status mail.SyncStatus) {
	r.mu.Lock()
	r.status = &status
	r.mu.Unlock()
	r.ring()
}

// storeChanged is the store's side.
func (r *relay) storeChanged(change store.Change) {
	r.mu.Lock()
	for _, person := range change.People {
		r.people[person] = true
	}
	r.anybody = r.anybody || len(change.People) == 0 && !change.Outbox
	r.outbox = r.outbox || change.Outbox
	r.mu.Unlock()
	r.ring()
}

func (r *relay) ring() {
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// take empties what waits.
func (r *relay) take() []tea.Msg {
	r.mu.Lock()
	defer r.mu.Unlock()
	var facts []tea.Msg
	if r.status != nil {
		facts = append(facts, event.SyncChanged{Status: *r.status})
		r.status = nil
	}
	if len(r.people) > 0 || r.outbox || r.anybody {
		fact := event.StoreChanged{Outbox: r.outbox}
		if !r.anybody {
			for person := range r.people {
				fact.People = append(fact.People, person)
			}
		}
		facts = append(facts, fact)
		clear(r.people)
		r.outbox, r.anybody = false, false
	}
	return facts
}

// run delivers to facts until ctx ends, then closes it.
func (r *relay) run(ctx context.Context, facts chan<- tea.Msg) {
	defer close(facts)
	for {
		select {
		case <-r.wake:
		case <-ctx.Done():
			return
		}
		for _, fact := range r.take() {
			select {
			case facts <- fact:
			case <-ctx.Done():
				return
			}
		}
		select {
		case <-time.After(relayPause):
		case <-ctx.Done():
			return
		}
	}
}
