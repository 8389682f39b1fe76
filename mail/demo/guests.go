package demo

import "sync"

// guests counts who is in the house (connections and their IDLEs), so that the
// world ends only when everybody has gone. A sync.WaitGroup would not do: a
// guest may knock while the host already waits for the last one.
type guests struct {
	mu      sync.Mutex
	inside  int
	closing bool
	empty   chan struct{} // closed when nobody is inside and nobody may enter
}

func newGuests() *guests { return &guests{empty: make(chan struct{})} }

// enter lets a guest in, or not when the house closes.
func (g *guests) enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closing {
		return false
	}
	g.inside++
	return true
}

func (g *guests) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.inside--; g.closing && g.inside == 0 {
		close(g.empty)
	}
}

// shut lets nobody in any more.
func (g *guests) shut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closing {
		return
	}
	g.closing = true
	if g.inside == 0 {
		close(g.empty)
	}
}
