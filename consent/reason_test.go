package consent

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// words a reason of these tests is made of, none like another.
var reasonWords = strings.Fields(`open second studio harbour march lighting tender asked architects renovate warehouse ceiling night shifts
glare printers moved premises expansion energy budget council announced supplier retrofit laboratory corridor daylight sensors replace
tubes landlord permits scaffolding kitchen canteen machines safety inspection report insurance roof skylight painters gallery museum
archive library stage theatre rehearsal costumes orchestra reading bakery ovens flour delivery ramp forklift aisle racks cold storage`)

// aReason is a sentence of n different words, with two names in it.
func aReason(t *rapid.T, n int) []string {
	picks := rapid.Permutation(reasonWords).Draw(t, "words")[:n]
	return append([]string{"You"}, picks...)
}

// TestA2_NearCopiesAreSimilar: one word changed, names and numbers swapped, case,
// accents and punctuation changed.
func TestA2_NearCopiesAreSimilar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := aReason(t, rapid.IntRange(10, 25).Draw(t, "length"))
		a := strings.Join(words, " ") + "."
		if ReasonSimilarity(a, a) != 1 || ReasonSimilarity(a, strings.ToLower(a)+"!") != 1 {
			t.Fatal("the same words are not the same reason")
		}
		changed := append([]string(nil), words...)
		changed[rapid.IntRange(1, len(words)-1).Draw(t, "place")] = rapid.SampledFrom([]string{"something", "x", "incomprehensibilities"}).Draw(t, "word")
		if got := ReasonSimilarity(a, strings.Join(changed, " ")); got < SimilarReason {
			t.Fatalf("one word changed of %d: %.3f", len(words), got)
		}
		at := rapid.IntRange(1, len(words)).Draw(t, "name at")
		named := func(name string) string {
			return strings.Join(words[:at], " ") + " " + name + " " + strings.Join(words[at:], " ")
		}
		if got := ReasonSimilarity(named("Ewa Żółć"), named("Oliver Bennett")); got != 1 {
			t.Fatalf("names swapped: %.3f", got)
		}
		if got := ReasonSimilarity(named("2024"), named("17")); got != 1 {
			t.Fatalf("numbers swapped: %.3f", got)
		}
	})
}

// TestA2_UnrelatedAreNotSimilar: two reasons with at most a third of their words in common.
func TestA2_UnrelatedAreNotSimilar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.Permutation(reasonWords).Draw(t, "words")
		shared := rapid.IntRange(0, 4).Draw(t, "shared")
		a, b := all[:12], append(append([]string(nil), all[12-shared:12]...), all[12:24-shared]...)
		x, y := strings.Join(a, " "), strings.Join(b, " ")
		got := ReasonSimilarity(x, y)
		if got >= 0.6 {
			t.Fatalf("%.3f with %d of 12 words shared", got, shared)
		}
		if back := ReasonSimilarity(y, x); math.Abs(back-got) > 1e-9 {
			t.Fatalf("not symmetric: %f and %f", got, back)
		}
	})
}

// TestA2_RealReasonsDiffer: reasons that a careful rep wrote are no twins, in any language.
func TestA2_RealReasonsDiffer(t *testing.T) {
	reasons := []string{
		"You open a second studio in Cork in March and asked for bids for its lighting.",
		"Your practice moves into the old tannery in Leith in February, and the planning file says that its lighting is to be replaced.",
		"Your new laboratory in Dundee runs around the clock, and night shifts under the present lights were in the local paper.",
		"You said your printing floor in Galway loses an hour a day to glare from the west windows.",
		"Państwa pracownia przenosi się w marcu do dawnej drukarni na Pradze i szuka dostawcy oświetlenia.",
		"W zapytaniu ofertowym z października podali Państwo, że hala w Łodzi ma jeszcze świetlówki z 1998 roku.",
		"Ihr neues Lager in Köln arbeitet nachts, und in der Ausschreibung steht, dass die Beleuchtung zu ersetzen ist.",
		"Sie eröffnen im März ein zweites Studio in Hamburg und haben um Angebote für das Licht gebeten.",
		"YOUR WORKSHOP WANTS LAMPS THAT STAND THE DUST OF A SAWMILL",
		"THE CANTEEN OF YOUR NEW HEAD OFFICE HAS NO DAYLIGHT AT ALL",
	}
	for i, a := range reasons {
		for _, b := range reasons[i+1:] {
			if got := ReasonSimilarity(a, b); got >= 0.8 {
				t.Errorf("%.3f: %q and %q", got, a, b)
			}
		}
	}
}

// TestA2_PiecesFindNearCopies: of the near copies of many sentences next to all
// share a piece, of the unrelated next to none.
func TestA2_PiecesFindNearCopies(t *testing.T) {
	found, near, false1, far := 0, 0, 0, 0
	for i := range 400 {
		words := make([]string, 14)
		for j := range words {
			words[j] = reasonWords[(i*31+j*j*7+j*i)%len(reasonWords)]
		}
		a := strings.Join(words, " ")
		words[3+i%9] = fmt.Sprintf("other%c", 'a'+i%26)
		near++
		if share(ReasonPieces(a), ReasonPieces(strings.Join(words, " "))) {
			found++
		}
		for j := range words {
			words[j] = reasonWords[(i*17+j*13+5)%len(reasonWords)]
		}
		if b := strings.Join(words, " "); ReasonSimilarity(a, b) < 0.5 {
			far++
			if share(ReasonPieces(a), ReasonPieces(b)) {
				false1++
			}
		}
	}
	t.Logf("%d of %d near copies found; %d of %d unrelated looked at in vain", found, near, false1, far)
	if found < near*99/100 || false1 > far/10 || far < 300 {
		t.Error("the pieces do not part the near from the far")
	}
}

func share(a, b []int64) bool {
	for i := range a {
		if a[i] == b[i] {
			return true
		}
	}
	return false
}

// TestA2_TwinsRefuse: two others with nearly the reason pass, three do not, and the
// sentence says how many there are.
func TestA2_TwinsRefuse(t *testing.T) {
	for twins := range 6 {
		h, l, c := interested()
		h.Twins = twins
		v := DecideSend(h, l, c, noon)
		got := check(v, "reason")
		if v.Allowed() != (twins <= 2) || !got.OK && (!strings.HasPrefix(got.Reason, fmt.Sprintf("%d other leads", twins)) || got.Fix != FixReason) {
			t.Errorf("%d twins: %+v", twins, got)
		}
	}
}

func FuzzReasonSimilarity(f *testing.F) {
	f.Add("You open a second studio in Cork in March.", "You open a second studio in Kerry in May.")
	f.Add("", "…")
	f.Add("ŻÓŁĆ \xff\xfe 12 12", "ㅤ\u200b A.A.A")
	f.Fuzz(func(t *testing.T, a, b string) {
		got, back := ReasonSimilarity(a, b), ReasonSimilarity(b, a)
		if math.IsNaN(got) || got < 0 || got > 1+1e-9 || math.Abs(got-back) > 1e-9 {
			t.Fatalf("%f and %f", got, back)
		}
		if pieces := ReasonPieces(a); len(pieces) != 0 && len(pieces) != reasonBands {
			t.Fatalf("%d pieces", len(pieces))
		}
		if same := ReasonSimilarity(a, a); same != 0 && math.Abs(same-1) > 1e-9 {
			t.Fatalf("a reason is %f like itself", same)
		}
	})
}

func BenchmarkReasonPieces(b *testing.B) {
	reason := lead("US").Reason
	b.ReportAllocs()
	for b.Loop() {
		if len(ReasonPieces(reason)) != reasonBands {
			b.Fatal("no pieces")
		}
	}
}
