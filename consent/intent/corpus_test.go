package intent_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zgoda/consent"
	"zgoda/consent/intent"
)

// sample is one mail of the corpus with what a careful reader takes it for.
type sample struct {
	where         string
	want          consent.Intent
	subject, text string
}

// corpus reads files of mails from testdata.
func corpus(t testing.TB, files ...string) []sample {
	t.Helper()
	var all []sample
	for _, file := range files {
		file = filepath.Join("testdata", file)
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(raw), "\n") {
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			want, text, ok := strings.Cut(line, " | ")
			if !ok {
				t.Fatalf("%s:%d is no sample", file, n+1)
			}
			s := sample{where: fmt.Sprintf("%s:%d", filepath.Base(file), n+1), want: expected(t, want), subject: "Re: Lampy"}
			s.text = strings.ReplaceAll(text, `\n`, "\n")
			if rest, ok := strings.CutPrefix(s.text, "subject:"); ok {
				s.subject, s.text, _ = strings.Cut(rest, "\n")
			}
			all = append(all, s)
		}
	}
	return all
}

func expected(t testing.TB, words string) consent.Intent {
	t.Helper()
	parts := strings.Split(words, " +")
	want := consent.Intent{Stop: consent.Stopping(parts[0])}
	if parts[0] == "none" {
		want.Stop = consent.StopNone
	}
	rights := map[consent.Right]bool{}
	for _, p := range parts[1:] {
		switch p {
		case "withdraw":
			want.Withdraw = true
		case "tracking":
			want.StopTracking = true
		default:
			right, err := consent.ParseRight(p)
			if err != nil {
				t.Fatal(err)
			}
			rights[right] = true
		}
	}
	for _, right := range consent.Rights() {
		if rights[right] {
			want.Rights = append(want.Rights, right)
		}
	}
	return want
}

// tally counts one question over the corpus.
type tally struct{ hit, missed, wrong int }

func (n *tally) add(want, got bool) {
	switch {
	case want && got:
		n.hit++
	case want:
		n.missed++
	case got:
		n.wrong++
	}
}

func (n tally) precision() float64 { return float64(n.hit) / float64(max(1, n.hit+n.wrong)) }
func (n tally) recall() float64    { return float64(n.hit) / float64(max(1, n.hit+n.missed)) }
func (n tally) String() string {
	return fmt.Sprintf("%d right, %d missed, %d wrong: precision %.3f, recall %.3f", n.hit, n.missed, n.wrong, n.precision(), n.recall())
}

// TestL21_2_TheCorpusIsRead holds the two promises of the package over every mail
// of the corpus, and the rest to minimum values.
func TestL21_2_TheCorpusIsRead(t *testing.T) {
	samples := corpus(t, "en.txt", "pl.txt", "de.txt")
	if len(samples) < 150 {
		t.Fatalf("the corpus has %d mails only", len(samples))
	}
	var clear, held, tracking, withdraw, rights tally
	for _, s := range samples {
		got := intent.Read(s.subject, s.text)
		clear.add(s.want.Stop == consent.StopClear, got.Stop == consent.StopClear)
		held.add(s.want.Stop != consent.StopNone, got.Stop != consent.StopNone)
		tracking.add(s.want.StopTracking, got.StopTracking)
		withdraw.add(s.want.Withdraw, got.Withdraw)
		for _, right := range consent.Rights() {
			rights.add(has(s.want.Rights, right), has(got.Rights, right))
		}
		if s.want.Stop == consent.StopClear && got.Stop == consent.StopNone {
			t.Errorf("%s: a clear stop was not heard at all: %q", s.where, s.text)
		}
		if s.want.Stop != consent.StopClear && got.Stop == consent.StopClear {
			t.Errorf("%s: taken for a clear stop: %q", s.where, s.text)
		}
		if describe(got) != describe(s.want) {
			t.Logf("%s: read as %s, meant is %s: %q", s.where, describe(got), describe(s.want), s.text)
		}
	}
	t.Logf("%d mails", len(samples))
	for _, m := range []struct {
		name              string
		n                 tally
		precision, recall float64
	}{
		{"clear stop", clear, 1, 0.97}, {"held or stopped", held, 0.97, 1}, {"stop tracking", tracking, 0.95, 0.95},
		{"withdrawal", withdraw, 0.95, 0.95}, {"rights", rights, 0.95, 0.95},
	} {
		t.Logf("%-16s %s", m.name, m.n)
		if m.n.precision() < m.precision || m.n.recall() < m.recall {
			t.Errorf("%s fell below precision %.2f and recall %.2f: %s", m.name, m.precision, m.recall, m.n)
		}
	}
}

func has(rights []consent.Right, right consent.Right) bool {
	for _, r := range rights {
		if r == right {
			return true
		}
	}
	return false
}

func describe(i consent.Intent) string {
	words := "none"
	if i.Stop != consent.StopNone {
		words = string(i.Stop)
	}
	for _, right := range i.Rights {
		words += " +" + string(right)
	}
	if i.Withdraw {
		words += " +withdraw"
	}
	if i.StopTracking {
		words += " +tracking"
	}
	return words
}
