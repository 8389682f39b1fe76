package ui

import (
	"testing"

	"zgoda/ui/uitest"
)

// The cost of a frame follows the screen and not the mailbox: 100 leads and
// 10,000 leads must read alike.
func BenchmarkFirstFrame(b *testing.B) {
	for _, size := range []struct {
		name string
		n    int
	}{{"100", 100}, {"10000", 10_000}} {
		b.Run(size.name, func(b *testing.B) {
			world := uitest.Crowd(size.n)
			b.ReportAllocs()
			for b.Loop() {
				s := uitest.New(b, New(portsOf(world), testOptions), 120, 40)
				if s.Frame() == "" {
					b.Fatal("no frame")
				}
			}
		})
	}
}

// BenchmarkKeyToFrame is one key in the list: Update, what it sets in motion,
// and every View on the way, with the conversation of each person loaded.
func BenchmarkKeyToFrame(b *testing.B) {
	s := uitest.New(b, New(portsOf(uitest.Crowd(10_000)), testOptions), 120, 40)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%5000 == 4999 {
			s.Press("g")
		}
		s.Press("j")
	}
}

// BenchmarkKeyAnswered is the same without what comes later: the key, and the
// frame that answers it.
func BenchmarkKeyAnswered(b *testing.B) {
	m := New(portsOf(uitest.Crowd(1000)), testOptions)
	uitest.New(b, m, 200, 60)
	press := [2]string{"j", "k"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m.Update(uitest.Key(press[i%2]))
		_ = m.View()
	}
}
