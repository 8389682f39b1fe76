package ui

import (
	"testing"
)

func TestGoldenInbox(t *testing.T) {
	for _, size := range sizes {
		s, _ := office(t, size.w, size.h)
		s.Exact()
		s.Golden("inbox-" + size.name)
		s.GoldenStyled("inbox-" + size.name)
	}
}

var sizes = []struct {
	name string
	w, h int
}{{"80x24", 80, 24}, {"100x30", 100, 30}, {"120x40", 120, 40}}
