package demo

import (
	"fmt"
	"net"
	"sync"
)

// door is a listener on loopback that remembers who came in. The servers of the
// libraries forget a listener or a connection that appears while they close;
// the door does not, so that Close always ends everything.
type door struct {
	net.Listener
	guests *guests
	asked  chan struct{} // closed when a server first waits here
	first  sync.Once

	mu   sync.Mutex
	open map[net.Conn]bool
	shut bool
}

func openDoor(g *guests) (*door, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	return &door{Listener: l, guests: g, asked: make(chan struct{}), open: make(map[net.Conn]bool)}, nil
}

// Accept lets the next connection in.
func (d *door) Accept() (net.Conn, error) {
	d.first.Do(func() { close(d.asked) })
	for {
		c, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if d.admit(c) {
			return &caller{Conn: c, door: d}, nil
		}
		_ = c.Close() // the house closes; there is nobody to tell
	}
}

func (d *door) admit(c net.Conn) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shut || !d.guests.enter() {
		return false
	}
	d.open[c] = true
	return true
}

// Close lets nobody in any more and cuts every line.
func (d *door) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.shut {
		return nil
	}
	d.shut = true
	for c := range d.open {
		_ = c.Close() // the server sees it and hangs up its side, see caller
	}
	return d.Listener.Close()
}

func (d *door) port() int {
	if a, ok := d.Addr().(*net.TCPAddr); ok {
		return a.Port
	}
	return 0
}

// caller is a connection. The guest has left when the server is done with it.
type caller struct {
	net.Conn
	door *door
	once sync.Once
}

// Close hangs up.
func (c *caller) Close() error {
	err := c.Conn.Close()
	c.once.Do(func() {
		c.door.mu.Lock()
		delete(c.door.open, c.Conn)
		c.door.mu.Unlock()
		c.door.guests.leave()
	})
	return err
}
