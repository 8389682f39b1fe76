package ui

import (
	"testing"
	"time"

	"zgoda/ui/event"
	"zgoda/ui/uitest"
)

// portsOf is a world as the screen's ports.
func portsOf(w *uitest.World) Ports {
	return Ports{Inbox: w, People: w, Outbox: w, Verdicts: w, Templates: w, Server: w, Now: w.Now}
}

var testOptions = Options{Company: "Nadruk Sp. z o.o.", Account: "marta@nadruk.example", Actor: "marta", PortalReady: true}

// at starts the screen over a world.
func at(t testing.TB, world *uitest.World, opts Options, w, h int) *uitest.Screen {
	t.Helper()
	return uitest.New(t, New(portsOf(world), opts), w, h)
}

// office starts the screen over the sales office, at rest.
func office(t testing.TB, w, h int) (*uitest.Screen, *uitest.World) {
	t.Helper()
	world := uitest.Office()
	s := at(t, world, testOptions, w, h)
	s.Send(event.SyncChanged{Status: uitest.InStep()})
	return s, world
}

// later tells the screen that d has passed.
func later(s *uitest.Screen, d time.Duration) { s.Send(event.Ticked{Now: uitest.Now.Add(d)}) }
